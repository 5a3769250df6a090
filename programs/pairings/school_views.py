"""The whole school at once: three variants of all pairs, one person moved, two mentors side by side (п. 6.1).

Looking changes nothing and tells nobody; what a variant proposes goes through the page of a set.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring_site.rights import require
from mentoring_site.views_log import Kind, note
from people.rights import Right
from programs.pairings import pool
from programs.pairings.choice_presenters import mentee_card
from programs.pairings.choice_views import candidates, choice_crumbs
from programs.pairings.models import Participation
from programs.pairings.school_presenters import lines, pair_rows, set_address, sides, tab, unplaced
from programs.pairings.set_views import CHOSEN, wanted
from programs.pairings.variants import bottlenecks, changes, variants

LOSSES = 10  # people who are told by name what a variant costs them


@require_safe
def whole_school(request) -> HttpResponse:
    """Three variants of all pairs; those who are moved stay where they are put, the others are arranged anew."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    school = pool.whole_school(request.user)
    scores = school.scores()
    found = variants(school, scores=scores)
    code = request.GET.get("v", "")
    before = next((one for one in found if one.code == code), found[0])
    pins = _pins(before.chosen, wanted(request.GET))
    if pins:
        found = variants(school, pins, scores)
    shown = next((one for one in found if one.code == code), found[0])
    note(request.user, [one.person for one in (*school.mentees, *school.mentors)], Kind.QUESTIONNAIRE)
    narrow = bottlenecks(shown, pool.colleagues()) if unplaced(shown) else []
    kept = [(f"{CHOSEN}{mentee}", mentor) for mentee, mentor in pins.items()]
    own = reverse("programs:pairing_school")
    context = {
        "tabs": [tab(one, found[0], shown, f"{own}?{urlencode([('v', one.code), *kept])}") for one in found],
        "variant": shown,
        "rows": pair_rows(shown, pins),
        "changes": changes(before, shown) if pins else [],
        "difference": shown.total - before.total,
        "undo_url": f"{own}?{urlencode({'v': shown.code})}",
        "losses": shown.losses[:LOSSES],
        "more_losses": max(0, len(shown.losses) - LOSSES),
        "narrow": narrow[:1],
        "further": narrow[1:],
        "unplaced": unplaced(shown),
        "places": sum(school.places()),
        "set_url": set_address(shown) if shown.placed else "",
        "choose_url": reverse("programs:pairing_new"),
        "rules_url": reverse("programs:pairing_rules") if _may_change(request.user) else "",
        "wishes_url": reverse("programs:colleague_wishes"),
        "bank_url": reverse("people:banks"),
        "rest": max(0, pool.without_pair() - len(school.mentees)),
        "crumbs": choice_crumbs("Вся школа"),
    }
    return render(request, "programs/pairings/pairing_school.html", context)


def _pins(chosen: dict[int, int], asked: dict[int, int]) -> dict[int, int]:
    """Return who stands elsewhere than the variant puts them."""
    return {mentee: mentor for mentee, mentor in asked.items() if chosen.get(mentee) != mentor}


def _may_change(user) -> bool:
    return user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS)


@require_safe
def compare(request) -> HttpResponse:
    """Two mentors side by side for one mentee: each criterion in a sentence."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    mentees = candidates(request.GET.getlist("mentee")[:1], Participation.Part.MENTEE)
    if not mentees:
        raise Http404
    school = pool.pool_of(request.user, mentees, pool.mentors(near=mentees, at_most=pool.AT_ONCE))
    mentee = school.mentees[0]
    everybody = [fit.mentor for fit in pool.ranked(school, [mentee])]
    known = {str(mentor.pk): mentor for mentor in everybody}
    asked = [known[key] for key in dict.fromkeys(request.GET.getlist("mentor")[:2]) if key in known]
    two = [*asked, *(mentor for mentor in everybody if mentor not in asked)][:2]
    note(request.user, [mentee.person, *(mentor.person for mentor in two)], Kind.QUESTIONNAIRE)
    context = {
        "mentee": mentee_card(mentees[0]),
        "sides": sides(school, mentee, two),
        "lines": lines(school, mentee, two),
        "selects": [(mentor.pk, everybody) for mentor in two],
        "url": reverse("programs:pairing_compare"),
        "crumbs": choice_crumbs("Сравнение"),
    }
    return render(request, "programs/pairings/pairing_compare.html", context)
