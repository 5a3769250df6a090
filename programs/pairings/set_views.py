"""Several proposals in one go: the set that was put together on the page of choosing, one look, one press (п. 6.1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural
from mentoring_site.views_log import Kind, note
from people.banks.models import Candidate, Topic
from people.rights import Right
from programs.pairings import acts, pool
from programs.pairings.choice_presenters import FitCard, fit_card, propose_address
from programs.pairings.choice_views import ANSWERS_AHEAD, candidates, choice_crumbs, first_terms
from programs.pairings.forms import FitsForm, TermsForm
from programs.pairings.matching import Fit
from programs.pairings.models import Pairing, Participation
from programs.pairings.rules import pairing_title
from programs.pairings.successors import seconds_of

CHOSEN = "m"  # the name of a mentee's choice in the address: «m12=45», candidates of the banks
GROUP = "group"  # mentors in the address whose mentees make one group


@dataclass(frozen=True)
class Proposal:
    """One pair or group of the set, with its form; ``warning`` says what the act would refuse."""

    mentor: Candidate
    mentees: Sequence[Candidate]
    form: TermsForm
    fit: FitCard
    warning: str = ""
    other_url: str = ""
    other_words: str = ""

    @property
    def kind(self) -> str:
        return Pairing.Kind.PAIR if len(self.mentees) == 1 else Pairing.Kind.GROUP

    @property
    def title(self) -> str:
        """«Мельник О. Л. — Ким А. П.»: the mentor first."""
        return f"{self.mentor.person.short_name} — {joined([m.person.short_name for m in self.mentees])}"


def propose_set(request) -> HttpResponse:
    """Check the set and send all its proposals; those that were refused stay on the page with what was typed."""
    require(request.user, Right.PAIRINGS_PROPOSE)
    proposals, gone = _proposals(request)
    for name in gone:
        messages.info(request, f"{name}: пара уже есть, в набор не войдёт")
    if not proposals:
        messages.info(request, "В наборе пока нет ни одной пары: отметьте наставника хотя бы одному наставляемому")
        return redirect("programs:pairing_new")
    people = [c.person_id for p in proposals for c in [p.mentor, *p.mentees]]
    note(request.user, people, Kind.QUESTIONNAIRE)
    criterion = FitsForm(request.POST or None)
    if request.method == "POST" and all([criterion.is_valid(), *(p.form.is_valid() for p in proposals)]):
        refused = _send(request, proposals)
        if not refused:
            return redirect(f"{reverse('programs:pairings')}?state={Pairing.State.PROPOSED}")
        proposals = refused
    context = {
        "proposals": proposals,
        "criterion": criterion,
        "number": plural(len(proposals), "предложение,предложения,предложений"),
        "wrong": any(p.form.errors for p in proposals) or bool(criterion.errors),
        "back_url": reverse("programs:pairing_new"),
        "crumbs": choice_crumbs("Набор"),
    }
    return render(request, "programs/pairings/pairing_set.html", context)


def _send(request, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Send each proposal by itself; return those that were refused, their reasons stand in their forms."""
    sent, refused = [], []
    seconds = seconds_of(request.user, {m.pk: one.mentor.pk for one in proposals for m in one.mentees})
    for proposal in proposals:
        made = act_with_form(proposal.form, lambda one=proposal: _propose(request.user, one, seconds))
        if made:
            sent.append(pairing_title(Pairing.objects.visible_to(request.user).with_people().get(pk=made.pk)))
        else:
            refused.append(proposal)
    if sent:
        said = plural(len(sent), "предложение отправлено,предложения отправлены,предложений отправлено")
        messages.success(request, f"{said}: {'; '.join(sent)}. {ANSWERS_AHEAD}")
    return refused


def _propose(user, proposal: Proposal, seconds: dict[int, int]) -> Pairing:
    names = ("topics", "why", "planned_from", "planned_to", "request_key")
    data = {name: proposal.form.cleaned_data[name] for name in names}
    return acts.propose(
        by=user,
        kind=proposal.kind,
        mentor=proposal.mentor,
        mentees=proposal.mentees,
        profile_fits=True,
        seconds=seconds,
        **data,
    )


def _proposals(request) -> tuple[list[Proposal], list[str]]:
    """Return the pairs and groups that the address names, and who cannot be in the set any more."""
    asked = wanted(request.GET)
    mentees = {m.pk: m for m in candidates([str(pk) for pk in asked], Participation.Part.MENTEE)}
    mentors = {m.pk: m for m in candidates([str(pk) for pk in asked.values()], Participation.Part.MENTOR)}
    free = set(pool.free_mentees().filter(pk__in=mentees).values_list("pk", flat=True))
    if request.method == "POST":  # what was sent by the first press is answered by its key
        free |= set(mentees)
    chosen = [(mentees[one], mentors[other]) for one, other in asked.items() if one in free and other in mentors]
    gone = [mentees[one].person.short_name for one in asked if one in mentees and one not in free]
    by_mentor: dict[int, list[Candidate]] = defaultdict(list)
    for mentee, mentor in chosen:
        by_mentor[mentor.pk].append(mentee)
    together = {int(key) for key in request.GET.getlist(GROUP) if key.isdecimal()}
    parts = [
        (mentors[pk], part)
        for pk, own in by_mentor.items()
        for part in ([own] if pk in together else [[one] for one in own])
        if request.method == "GET" or _prefix(mentors[pk], part) in _sent(request)
    ]
    topics = list(Topic.objects.filter(is_open=True).values_list("pk", "name"))
    fits = pool.set_fits(request.user, parts)
    return [
        _proposal(request, fit, part, by_mentor[part[0].pk], topics) for fit, part in zip(fits, parts, strict=True)
    ], gone


def wanted(address: QueryDict) -> dict[int, int]:
    """Return mentor by mentee, keys of candidates, at most as many as one look at the school has."""
    found = {}
    for name in list(address)[: 2 * pool.AT_ONCE]:
        key, value = name.removeprefix(CHOSEN), str(address.get(name))
        if name != key and key.isdecimal() and value.isdecimal() and max(len(key), len(value)) < 16:
            found[int(key)] = int(value)
    return found


def _sent(request) -> set[str]:
    """Return the prefixes of the forms that were on the page: those refused before stay alone."""
    return {name.removesuffix("-request_key") for name in request.POST if name.endswith("-request_key")}


def _prefix(mentor: Candidate, mentees: Sequence[Candidate]) -> str:
    return "-".join(str(c.pk) for c in [mentor, *mentees])


def _proposal(
    request,
    fit: Fit,
    part: tuple[Candidate, Sequence[Candidate]],
    own: Sequence[Candidate],
    topics: Sequence[tuple[int, str]],
) -> Proposal:
    """Return one proposal; ``own`` are all mentees of this mentor in the set."""
    mentor, mentees = part
    first = first_terms(mentor, mentees, fit)
    form = TermsForm(request.POST or None, prefix=_prefix(mentor, mentees), initial=first, topics=topics)
    words, address = "", ""
    if len(own) > 1:
        alone = len(mentees) == 1
        words = "Объединить в группу" if alone else "Разделить на пары"
        address = _address(request, mentor, together=alone)
    places = plural(fit.free, "место,места,мест")
    warning = f"Свободно {places}, а в наборе у этого наставника {len(own)}" if fit.free < len(own) else ""
    return Proposal(mentor, mentees, form, fit_card(fit, propose_address(mentees)), warning, address, words)


def _address(request, mentor: Candidate, *, together: bool) -> str:
    """Return the address of the same set where the mentees of ``mentor`` are a group, or are pairs again."""
    pairs = [(f"{CHOSEN}{one}", other) for one, other in wanted(request.GET).items()]
    groups = {key for key in request.GET.getlist(GROUP) if key.isdecimal()} - {str(mentor.pk)}
    groups |= {str(mentor.pk)} if together else set()
    return f"?{urlencode([*pairs, *((GROUP, key) for key in sorted(groups))])}"
