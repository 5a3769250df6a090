"""Ready questions of the agenda: what waits for the council, worded with declined names (п. 3.5, 6.2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from mentoring_site.russian import full_stop, joined, period, quoted
from people.language.declension import name_in, post_in, post_of
from people.language.names import agree
from people.rights import CURATOR
from people.roles.holders import holder
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Program
from roadmap.council.matters import AT_MOST, MatterKind, kind_of
from roadmap.council.models import AgendaItem, AgendaMatter, Minutes

PROGRAM = "персонализированн{} программ{} наставничества"


@dataclass(frozen=True)
class Question:
    """A question of the agenda with what it decides on."""

    title: str
    heard: str
    decided: str
    programs: Sequence[Program] = ()
    pairings: Sequence[Pairing] = ()
    matters: Sequence[Model] = ()


def waiting_programs() -> QuerySet[Program, Any]:
    """Return programs that the curator has supported and no minutes since have decided on."""
    supported = Program.objects.filter(state=Program.State.SUBMITTED, endorsed_at__isnull=False)
    return _undecided(supported, "programs", "endorsed_at").with_people().order_by("endorsed_at", "pk")


def waiting_pairings() -> QuerySet[Pairing, Any]:
    """Return pairs and groups whose people agree and whose topics are confirmed, not yet recommended."""
    ready = Pairing.objects.filter(
        state=Pairing.State.PROPOSED, topics_confirmed_at__isnull=False, minutes_date__isnull=True
    )
    silent = Participation.objects.live().filter(pairing=OuterRef("pk")).exclude(wish=Participation.Wish.YES)
    found = _undecided(ready.filter(~Exists(silent)), "pairings", "topics_confirmed_at")
    return found.with_people().order_by("topics_confirmed_at", "pk")


def _undecided(rows, relation: str, moment: str):
    """Leave out what stands in a meeting to come or a draft, or was decided by minutes begun after the ``moment``."""
    items = AgendaItem.objects.filter(
        Q(minutes__state__in=(Minutes.State.PLANNED, Minutes.State.DRAFT))
        | Q(minutes__state=Minutes.State.SIGNED, postponed=False, minutes__created_at__gte=OuterRef(moment)),
        **{relation: OuterRef("pk")},
    )
    return rows.filter(~Exists(items))


def ready_questions(programs: Iterable[Program], pairings: Iterable[Pairing]) -> Iterator[Question]:
    """Yield one question for all programs and one for all pairs, as far as there are any."""
    if programs := _with_people(Program, "pairing__participations", programs):
        yield _of_programs(programs)
    if pairings := _with_people(Pairing, "participations", pairings):
        yield _of_pairings(pairings)


def questions_of(matters: Iterable[Model]) -> Iterator[Question]:
    """Yield a question for each other thing (``matters.py``)."""
    for thing in matters:
        kind = kind_of(thing)
        if kind is not None:
            title = kind.title(thing)
            yield Question(title=title[:500], heard="", decided=kind.decided(thing), matters=[thing])


def waiting_matters(kind: MatterKind, user: Any) -> list[Any]:
    """Return the things of a kind that wait for a meeting and stand in no meeting to come."""
    stand = AgendaMatter.objects.filter(
        object_type=ContentType.objects.get_for_model(kind.model),
        object_id=OuterRef("pk"),
        item__minutes__state__in=(Minutes.State.PLANNED, Minutes.State.DRAFT),
    )
    return list(kind.waiting(user).filter(~Exists(stand))[:AT_MOST])


def _with_people(model, relation: str, chosen) -> list:
    """Return the rows in the given order with their people and the corrected forms of names."""
    keys = [row.pk for row in chosen]
    people = present().select_related("person", "employment").prefetch_related("person__name_forms")
    found = model.objects.prefetch_related(Prefetch(relation, people, to_attr="people")).in_bulk(keys)
    return [found[key] for key in keys]


def _speaker() -> str:
    """«Очирову С. Д., заместителя директора по учебно-воспитательной работе»: who reports, in the accusative."""
    curator = holder(CURATOR)
    if curator is None:
        return "куратора"
    post = post_of(curator)
    name = name_in(curator, "accusative", short=True)
    return f"{name}, {post_in(curator, post, 'accusative')}" if post else name


def _of_programs(programs: Sequence[Program]) -> Question:
    lines = [f"{quoted(p.title)} {_whose(p.pairing.people)}{_term(p.starts_on, p.ends_on)}" for p in programs]
    if len(lines) == 1:
        return Question(
            title=f"О согласовании {PROGRAM.format('ой', 'ы')} {quoted(programs[0].title)}",
            heard=full_stop(f"{_speaker()}: о {PROGRAM.format('ой', 'е')} {lines[0]}"),
            decided=full_stop(
                f"Согласовать и представить директору на утверждение {PROGRAM.format('ую', 'у')} {lines[0]}"
            ),
            programs=programs,
        )
    return Question(
        title=f"О согласовании {PROGRAM.format('ых', '')}",
        heard=f"{_speaker()}: о {PROGRAM.format('ых', 'ах')}, представленных на согласование ({len(lines)}).",
        decided=_listed(f"Согласовать и представить директору на утверждение {PROGRAM.format('ые', 'ы')}:", lines),
        programs=programs,
    )


PAIRS, GROUPS, BOTH = frozenset({"pair"}), frozenset({"group"}), frozenset({"pair", "group"})
GENITIVE = {
    (PAIRS, True): "наставнической пары",
    (PAIRS, False): "наставнических пар",
    (GROUPS, True): "наставнической группы",
    (GROUPS, False): "наставнических групп",
    (BOTH, False): "наставнических пар и групп",
}
"""What is recommended, by its kinds and whether it is one."""


def _of_pairings(pairings: Sequence[Pairing]) -> Question:
    lines = [f"{_attached(p.people)}{_term(p.planned_from, p.planned_to)}" for p in pairings]
    one = len(pairings) == 1
    what = GENITIVE[frozenset(p.kind for p in pairings), one]
    if one:
        decided = full_stop(f"Рекомендовать директору закрепить {lines[0]}")
    else:
        decided = _listed("Рекомендовать директору закрепить:", lines)
    return Question(
        title=f"О рекомендации {what} к закреплению приказом",
        heard=f"{_speaker()}: о составе {what}, согласии участников и темах работы.",
        decided=decided,
        pairings=pairings,
    )


def _listed(start: str, lines: list[str]) -> str:
    lines = [*lines[:-1], full_stop(lines[-1])]
    return "\n".join([start, *[f"{n}) {line}{';' if n < len(lines) else ''}" for n, line in enumerate(lines, 1)]])


def _sides(people: Iterable[Participation]) -> tuple[list[Participation], list[Participation]]:
    return [p for p in people if p.part == Participation.Part.MENTOR], [
        p for p in people if p.part == Participation.Part.MENTEE
    ]


def _names(sides: Iterable[Participation], case: str) -> str:
    return joined([name_in(p.person, case, short=True) for p in sides])


def _whose(people: Iterable[Participation]) -> str:
    """«(наставник — Басангов О. С., наставляемая — Лиджиева К. Б.)»."""
    mentors, mentees = _sides(people)
    word = agree(mentees[0].person.gender, "наставляемый", "наставляемая") if len(mentees) == 1 else "наставляемые"
    return f"(наставник — {_names(mentors, 'nominative')}, {word} — {_names(mentees, 'nominative')})"


def _attached(people: Iterable[Participation]) -> str:
    """«наставника Басангова О. С. за наставляемой Лиджиевой К. Б.» (п. 6.2)."""
    mentors, mentees = _sides(people)
    word = agree(mentees[0].person.gender, "наставляемым", "наставляемой") if len(mentees) == 1 else "наставляемыми"
    return f"наставника {_names(mentors, 'accusative')} за {word} {_names(mentees, 'instrumental')}"


def _term(start: date | None, end: date | None) -> str:
    return f", срок: {period(start, end)}" if start and end else ""
