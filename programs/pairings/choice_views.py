"""Choosing who works with whom: mentees without a pair with the mentors who suit them, then the proposal
(п. 2.3, 3.5, 6.1).
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring_site import undo
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import page_of
from mentoring_site.views_log import Kind, note
from people.banks.models import Candidate, Statement
from people.register.models import Employment, Person
from people.rights import Right
from programs.pairings import acts, pool
from programs.pairings.choice_presenters import (
    SHOWN_ALONE,
    choice,
    column,
    columns,
    fit_card,
    matrix,
    mentee_card,
    propose_address,
)
from programs.pairings.forms import ChoiceFilters, ProposeForm
from programs.pairings.matching import Fit
from programs.pairings.models import Pairing, Participation
from programs.pairings.rules import pairing_title
from programs.pairings.successors import seconds_of
from programs.pairings.terms import is_too_long, usual_end
from programs.pairings.variants import best

AT_ONCE = 20  # mentees on a page
ANSWERS_AHEAD = "Участники отвечают доверительно"


@require_safe
def choose(request) -> HttpResponse:
    """Mentees without a pair, each with the mentors who suit, and everybody in one table while the school is small."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    form = ChoiceFilters(request.GET)
    found = _filtered(form).order_by("person__last_name", "person__first_name", "pk")
    page = page_of(found, request, AT_ONCE)
    school, mentees = pool.school_with(request.user, list(page["page_obj"]))
    prefetch_related_objects(mentees, "categories")
    of_page = {mentee.pk for mentee in mentees}
    fits = {one.pk: pool.ranked(school, [one]) for one in school.mentees if one.pk in of_page}
    whole = {} if "empty" in request.GET else best(school).chosen
    chosen = {pk: mentor for pk, mentor in whole.items() if pk in of_page}
    shown = columns(school.mentors, fits, chosen)
    people = [*(m.person_id for m in mentees), *(m.person for m in school.mentors)]
    note(request.user, people, Kind.QUESTIONNAIRE)
    context = {
        "filters": form,
        "url": reverse("programs:pairing_new"),
        "choices": [choice(mentee, fits[mentee.pk], chosen.get(mentee.pk)) for mentee in mentees],
        "matrix": matrix(mentees, shown, fits, chosen),
        "columns": [column(mentor) for mentor in shown],
        "others": len(school.mentors) - len(shown),
        "chosen": len(chosen),
        "set_url": reverse("programs:pairing_set"),
        "mentor_url": reverse("programs:pairing_mentor"),
        "school_url": reverse("programs:pairing_school"),
        "supports_url": reverse("programs:supports") if request.user.can(Right.REQUESTS_DECIDE) else "",
        "any_mentors": bool(school.mentors),
        "filtered": form.has_changed(),
        "bank_url": reverse("people:banks"),
        "crumbs": choice_crumbs("Подбор"),
        "in_pairs": pool.in_pairs(),
    }
    return render(request, "programs/pairings/pairing_choose.html", context | page)


def _filtered(form: ChoiceFilters) -> QuerySet[Candidate]:
    chosen = form.cleaned_data if form.is_valid() else {}
    found = pool.free_mentees()
    if chosen.get("q"):
        found = found.filter(person__in=Person.objects.found_by(chosen["q"]))
    if chosen.get("department"):
        here = Employment.objects.current().filter(person=OuterRef("person"), department=chosen["department"])
        found = found.filter(Exists(here))
    if chosen.get("topic"):
        found = found.filter(topics=chosen["topic"])
    return found


def choice_crumbs(*last: str) -> list[Crumb]:
    """Return the way to the choice, or to its step ``last``."""
    way = [Crumb("Пары и группы", reverse("programs:pairings"))]
    if last == ("Подбор",):
        return [*way, Crumb("Подбор")]
    return [*way, Crumb("Подбор", reverse("programs:pairing_new")), *map(Crumb, last)]


@require_safe
def choose_mentor(request) -> HttpResponse:
    """The mentors who suit the marked mentees together: the second step of a group."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    mentees = _named(request, Participation.Part.MENTEE)
    if not mentees:
        return redirect("programs:pairing_new")
    address = propose_address(mentees)
    found = page_of(pool.group_fits(request.user, mentees, pool.mentors(near=mentees)), request, per_page=SHOWN_ALONE)
    fits = list(found["page_obj"])
    note(request.user, [*(m.person_id for m in mentees), *(fit.mentor.person for fit in fits)], Kind.QUESTIONNAIRE)
    context = {
        "mentees": [mentee_card(m) for m in mentees],
        "fits": [fit_card(fit, address) for fit in fits],
        **found,
        "group": len(mentees) > 1,
        "names": joined([m.person.short_name for m in mentees]),
        "back_url": reverse("programs:pairing_new"),
        "bank_url": reverse("people:banks"),
        "crumbs": choice_crumbs("Наставник"),
    }
    return render(request, "programs/pairings/pairing_mentor.html", context)


def _named(request, part: str) -> list[Candidate]:
    """Return the candidates named in the address who stand in the bank as ``part``."""
    return candidates(request.GET.getlist(part), part)


def candidates(keys: Sequence[str], part: str) -> list[Candidate]:
    """Return those of the candidates who stand in the bank as ``part``, with their load and what matching reads."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 16][: pool.AT_ONCE]
    found = Candidate.objects.standing().filter(pk__in=numbers, part=part)
    return list(pool.with_statements(found, "topics", "categories").order_by("person__last_name", "pk"))


def propose(request) -> HttpResponse:
    """Propose the chosen people to each other: topics, reasons, criterion, term (п. 3.5, 6.1)."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    mentors = _named(request, Participation.Part.MENTOR)
    mentees = _named(request, Participation.Part.MENTEE)
    if len(mentors) != 1 or not mentees:
        raise Http404
    note(request.user, [one.person_id for one in [*mentees, *mentors]], Kind.QUESTIONNAIRE)
    mentor, kind = mentors[0], Pairing.Kind.PAIR if len(mentees) == 1 else Pairing.Kind.GROUP
    fit = next(iter(pool.group_fits(request.user, mentees, [mentor])), None)
    form = ProposeForm(request.POST or None, mentees=mentees, initial=first_terms(mentor, mentees, fit))
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _propose(request.user, kind, mentor, mentees, form.cleaned_data))
        if made:
            title = pairing_title(Pairing.objects.visible_to(request.user).with_people().get(pk=made.pk))
            undo.say(request, f"Предложение отправлено: {title}. {ANSWERS_AHEAD}", made, "propose")
            return redirect(made)
    context = {
        "form": form,
        "mentor": fit_card(fit, propose_address(mentees)) if fit else None,
        "mentees": [mentee_card(m) for m in mentees],
        "submit": "Отправить предложение",
        "heading": "Новая пара" if kind == Pairing.Kind.PAIR else "Новая группа",
        "names": joined([m.person.short_name for m in mentees]),
        "cancel_url": reverse("programs:pairing_new"),
        "crumbs": choice_crumbs("Предложение"),
    }
    return render(request, "programs/pairings/pairing_propose.html", context)


def _propose(user, kind: str, mentor: Candidate, mentees: Sequence[Candidate], data: dict) -> Pairing:
    names = ("topics", "why", "planned_from", "planned_to", "request_key")
    seconds = seconds_of(user, {mentee.pk: mentor.pk for mentee in mentees})
    return acts.propose(
        by=user,
        kind=kind,
        mentor=mentor,
        mentees=mentees,
        profile_fits=True,
        seconds=seconds,
        **{name: data[name] for name in names},
    )


def first_terms(mentor: Candidate, mentees: Sequence[Candidate], fit: Fit | None) -> dict:
    """Return what the form offers at first: topics in common, the explanation in words, the term to the end of May."""
    said = [s for m in mentees for s in m.statements.all() if s.kind == Statement.Kind.REQUEST]
    topics = {s.topic_id for s in said if s.topic_id}
    common = topics & {t.pk for t in mentor.topics.all()} or topics
    start = timezone.localdate()
    year = start.year if start.month < 3 else start.year + 1
    end = start.replace(year=year, month=5, day=31)
    end = usual_end(start) if is_too_long(start, end) else end
    answers = [a for a in fit.answers if a.kind == Statement.Kind.REQUEST] if fit else []
    reasons = dict.fromkeys(f"«{a.need}» — «{a.offer}» ({a.by})" for a in answers)
    why = "Запросу отвечает компетенция наставника: " + "; ".join(reasons) if reasons else ""
    return {"topics": list(common), "planned_from": start, "planned_to": end, "why": why[:2000]}
