"""Ready questions of the agenda: what waits for the council, worded with declined names (п. 3.5, 6.2)."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from mentoring_site.russian import joined, period, quoted
from people.language.declension import name_in, post_of
from people.language.names import agree
from people.language.posts import decline_post
from people.roles.holders import holder
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Program
from roadmap.council.models import AgendaItem

PROGRAM = "персонализированн{} программ{} наставничества"


def waiting_programs():
    """Programmes that the curator has supported and no minutes since have decided on."""
    supported = Program.objects.filter(state="submitted", endorsed_at__isnull=False)
    return _not_standing(supported, "programs", "endorsed_at").with_people().order_by("endorsed_at", "pk")


def waiting_pairings():
    """Pairs and groups whose people agree and whose topics are confirmed, not yet recommended."""
    ready = Pairing.objects.filter(state="proposed", topics_confirmed_at__isnull=False, minutes_date__isnull=True)
    silent = Participation.objects.live().filter(pairing=OuterRef("pk")).exclude(wish="yes")
    found = _not_standing(ready.filter(~Exists(silent)), "pairings", "topics_confirmed_at")
    return found.with_people().order_by("topics_confirmed_at", "pk")


def _not_standing(rows, name, moment):
    standing = AgendaItem.objects.filter(
        Q(minutes__state="draft") | Q(minutes__created_at__gte=OuterRef(moment)), **{name: OuterRef("pk")}
    )
    return rows.filter(~Exists(standing))


def ready(programs, pairings):
    """Yield (columns of a question, its matters): one question for all programmes, one for all pairs."""
    programs, pairings = _whole(programs), _whole(pairings)
    if programs:
        yield _of_programs(programs), {"programs": programs}
    if pairings:
        yield _of_pairings(pairings), {"pairings": pairings}


def _whole(rows) -> list:
    """The rows with their people and corrected forms of names, in the given order."""
    rows = list(rows)
    if not rows:
        return []
    people = present().select_related("person", "employment").prefetch_related("person__name_forms")
    path = "participations" if isinstance(rows[0], Pairing) else "pairing__participations"
    found = type(rows[0]).objects.filter(pk__in=[r.pk for r in rows])
    by_pk = {r.pk: r for r in found.prefetch_related(Prefetch(path, people, to_attr="people"))}
    return [by_pk[r.pk] for r in rows]


def _speaker() -> str:
    """«Очирову С. Д., заместителя директора по учебно-воспитательной работе»: who reports, in the accusative."""
    curator = holder("curator")
    if curator is None:
        return "куратора"
    post = post_of(curator)
    name = name_in(curator, "accusative", short=True)
    return f"{name}, {decline_post(post, 'accusative', curator.gender)}" if post else name


def _of_programs(programs) -> dict:
    lines = [f"{quoted(p.title)} {_whose(p.pairing.people)}{_term(p.starts_on, p.ends_on)}" for p in programs]
    if len(lines) == 1:
        told = quoted(programs[0].title)
        return {
            "title": f"О согласовании {PROGRAM.format('ой', 'ы')} {told}",
            "heard": _stop(f"{_speaker()}: о {PROGRAM.format('ой', 'е')} {lines[0]}"),
            "decided": (
                f"Согласовать и представить директору на утверждение {PROGRAM.format('ую', 'у')} {_stop(lines[0])}"
            ),
        }
    return {
        "title": f"О согласовании {PROGRAM.format('ых', '')}",
        "heard": f"{_speaker()}: о {PROGRAM.format('ых', 'ах')}, представленных на согласование ({len(lines)}).",
        "decided": _listed(f"Согласовать и представить директору на утверждение {PROGRAM.format('ые', 'ы')}:", lines),
    }


def _of_pairings(pairings) -> dict:
    lines = [f"{_attached(p.people)}{_term(p.planned_from, p.planned_to)}" for p in pairings]
    one = len(pairings) == 1
    kinds = {p.kind for p in pairings}
    what = {
        frozenset({"pair"}): "наставнической пары" if one else "наставнических пар",
        frozenset({"group"}): "наставнической группы" if one else "наставнических групп",
    }.get(frozenset(kinds), "наставнических пар и групп")
    if one:
        decided = _stop(f"Рекомендовать директору закрепить {lines[0]}")
    else:
        decided = _listed("Рекомендовать директору закрепить:", lines)
    return {
        "title": f"О рекомендации {what} к закреплению приказом",
        "heard": f"{_speaker()}: о составе {what}, согласии участников и темах работы.",
        "decided": decided,
    }


def _stop(text: str) -> str:
    """The text with one full stop at its end: «… 2027 г.» has it already."""
    return text if text.endswith(".") else f"{text}."


def _listed(start: str, lines: list[str]) -> str:
    lines = [*lines[:-1], _stop(lines[-1])]
    return "\n".join([start, *[f"{n}) {line}{';' if n < len(lines) else ''}" for n, line in enumerate(lines, 1)]])


def _sides(people):
    return [p for p in people if p.part == "mentor"], [p for p in people if p.part == "mentee"]


def _names(sides, case) -> str:
    return joined([name_in(p.person, case, short=True) for p in sides])


def _whose(people) -> str:
    """«(наставник — Басангов О. С., наставляемая — Лиджиева К. Б.)»."""
    mentors, mentees = _sides(people)
    word = agree(mentees[0].person.gender, "наставляемый", "наставляемая") if len(mentees) == 1 else "наставляемые"
    return f"(наставник — {_names(mentors, 'nominative')}, {word} — {_names(mentees, 'nominative')})"


def _attached(people) -> str:
    """«наставника Басангова О. С. за наставляемой Лиджиевой К. Б.» (п. 6.2)."""
    mentors, mentees = _sides(people)
    word = agree(mentees[0].person.gender, "наставляемым", "наставляемой") if len(mentees) == 1 else "наставляемыми"
    return f"наставника {_names(mentors, 'accusative')} за {word} {_names(mentees, 'instrumental')}"


def _term(start, end) -> str:
    return f", срок: {period(start, end)}" if start and end else ""
