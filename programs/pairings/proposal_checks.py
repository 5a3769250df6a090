"""What is wrong with a proposal of a pair or group before it is made (п. 1.2, 2.3, 3.3, 3.5, 6.1)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from mentoring_site.russian import plural
from people.banks.models import Candidate, Topic
from people.consents.closed import closed_on
from people.register.leaving import beyond_work
from programs.pairings.models import Pairing, Participation
from programs.pairings.rules import mentees_of, pairing_title
from programs.pairings.terms import term_complaint


def complaints(
    kind: str,
    mentor: Candidate,
    mentees: Sequence[Candidate],
    *,
    topics: Collection[Topic],
    why: str,
    profile_fits: bool,
    planned_from: date | None,
    planned_to: date | None,
    beside: Pairing | None = None,
) -> list[str]:
    """Return every reason at once; candidates are annotated with ``load``.

    ``beside`` is the pair at work of the same people that goes on: a situational program beside it takes no new place.
    """
    wrong_term = term_complaint(planned_from, planned_to)
    return [
        *_composition(kind, mentor, mentees),
        *_not_in_bank([mentor, *mentees]),
        *_taken(mentees, beside),
        *(() if beside else _no_place(mentor, mentees)),
        *_unexplained(topics, why, profile_fits),
        *([wrong_term] if wrong_term else []),
        *beyond_work([c.person for c in (mentor, *mentees)], planned_to, "срок закрепления"),
    ]


def reopening(pairing: Pairing, candidates: Sequence[Candidate]) -> list[str]:
    """Return every reason why a proposal that was closed cannot be open again; candidates as for ``complaints``."""
    mentees = [c for c in candidates if c.part == Candidate.Part.MENTEE]
    mentors = [c for c in candidates if c.part == Candidate.Part.MENTOR]
    return [
        *_not_in_bank(candidates),
        *_taken(mentees),
        *(said for mentor in mentors for said in _no_place(mentor, mentees)),
        *beyond_work([c.person for c in candidates], pairing.planned_to, "срок закрепления"),
        *_without_consent(candidates),
    ]


def _without_consent(candidates: Sequence[Candidate]) -> Iterator[str]:
    closed = closed_on(c.person_id for c in candidates)
    for candidate in candidates:
        if candidate.person_id in closed:
            yield f"{candidate.person.short_name}: согласия на обработку персональных данных больше нет"


def _composition(kind: str, mentor: Candidate, mentees: Sequence[Candidate]) -> Iterator[str]:
    persons = {m.person_id for m in mentees}
    if mentor.part != Candidate.Part.MENTOR or any(m.part != Candidate.Part.MENTEE for m in mentees):
        yield "Наставника выбирают из банка наставников, наставляемых — из банка наставляемых"
    if mentor.person_id in persons:
        yield f"{mentor.person.short_name}: нельзя быть наставником самому себе"
    if kind not in Pairing.Kind.values:
        yield "Выберите: пара или группа"
    if kind == Pairing.Kind.PAIR and len(mentees) != 1:
        yield "В паре один наставляемый. Для нескольких выберите группу"
    if kind == Pairing.Kind.GROUP and len(persons) < 2:
        yield "В группе от двух разных наставляемых (п. 2.3 Положения)"
    elif len(persons) != len(mentees):
        yield "Один наставляемый отмечен дважды"


def _not_in_bank(candidates: Sequence[Candidate]) -> Iterator[str]:
    for candidate in candidates:
        if candidate.state not in Candidate.STANDING_STATES:
            yield f"{candidate.person.short_name}: не стоит в банке. Кандидата утверждает директор"


def _taken(mentees: Sequence[Candidate], beside: Pairing | None = None) -> Iterator[str]:
    """A mentee answers to one proposal at a time: a second mentor would not know of the first."""
    taken = (
        Pairing.objects.live()
        .exclude(pk__in=[beside.pk] if beside else [])
        .with_people()
        .filter(
            participations__part=Participation.Part.MENTEE,
            participations__until__isnull=True,
            participations__person__in=[m.person_id for m in mentees],
        )
        .distinct()
    )
    names = {m.person_id: m.person.short_name for m in mentees}
    for pairing in taken:
        for p in mentees_of(pairing):
            if p.person_id in names:
                yield (
                    f"{names[p.person_id]} уже в {'паре' if pairing.kind == Pairing.Kind.PAIR else 'группе'}:"
                    f" {pairing_title(pairing)} ({pairing.get_state_display()})"
                )


def _no_place(mentor: Candidate, mentees: Sequence[Candidate]) -> Iterator[str]:
    limit = mentor.capacity_persons or 0
    if mentor.load + len(mentees) > limit:
        yield (
            f"У наставника нет места: {mentor.person.short_name} может взять не больше"
            f" {plural(limit, 'наставляемого,наставляемых,наставляемых')}, уже {'ведёт' if mentor.load else 'ведёт:'}"
            f" {mentor.load}, а с этим предложением будет {mentor.load + len(mentees)}"
        )


def _unexplained(topics: Collection[Topic], why: str, profile_fits: bool) -> Iterator[str]:
    if not topics:
        yield "Отметьте хотя бы одну тему (п. 3.5 Положения)"
    if not why.strip():
        yield "Напишите, почему эти люди подходят друг другу"
    if not profile_fits:
        yield "Подтвердите, что профиль наставника отвечает запросам каждого наставляемого (п. 6.1 Положения)"
