"""What a practice is drafted from: difficulties, activities, meetings, outcomes and people of an ended program."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from mentoring_site.russian import full_stop, joined, number_text, period, plural
from people.accounts.models import User
from people.register.models import Person
from people.rights import CHAIR, COUNCIL, SECRETARY, Right
from programs.completion.models import Completion, Outcome
from programs.journal.models import Meeting
from programs.learning.models import Moment, SkillRating
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from roadmap.practices.models import PracticeAuthor

Part = PracticeAuthor.Part
MOST_LINES = 12


@dataclass(frozen=True)
class Draft:
    """The fields of a practice and its authors, as far as the program tells them."""

    fields: dict[str, str]
    authors: list[tuple[Person, str]]


def drafted(program: Program, user: User) -> Draft:
    """Return what a practice about an ended program may begin with; the user is an author too."""
    fields = {
        "title": program.title,
        "problem": _problem(program),
        "done": _done(program),
        "result": _result(program),
        "figures": figures(program, user),
    }
    return Draft(fields, _authors(program, user))


def _problem(program: Program) -> str:
    """Difficulties of a pair; of a group only their topics: in a group nobody reads those of the others (п. 1.3)."""
    found = program.difficulties.select_related("topic").order_by("pk")
    if program.pairing.kind == Pairing.Kind.PAIR:
        lines = [one.text for one in found]
    else:
        lines = list(dict.fromkeys(one.topic.name for one in found if one.topic))
    goal = f"Цель программы: {full_stop(program.goal.strip())}" if program.goal.strip() else ""
    return "\n\n".join(filter(None, [_list("С чем пришли:", lines), goal]))


def _list(heading: str, lines: list[str]) -> str:
    lines = [line.strip() for line in lines if line.strip()]
    return "\n".join([heading, *(f"— {line}" for line in lines[:MOST_LINES])]) if lines else ""


def _done(program: Program) -> str:
    ways = [str(one).lower() for one in (*program.forms.all(), *program.kinds.all())]
    how = f"Как работали: {joined(ways)}." if ways else ""
    return "\n\n".join(filter(None, [how, _list("Шаги программы:", [one.title for one in program.activities.all()])]))


def _result(program: Program) -> str:
    """The words that the mentee has approved for everybody: the others were written for few."""
    approved = program.completions.filter(state=Completion.State.REGISTERED, public_approved_at__isnull=False)
    texts = [text.strip() for text in approved.order_by("pk").values_list("public_text", flat=True)]
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def figures(program: Program, user: User) -> str:
    """Return the figures of a program, one a line: term, meetings, activities, difficulties, rated skills."""
    lines = [_term(program), _meetings(program), _activities(program), _outcomes(program), _skills(program, user)]
    return "\n".join(filter(None, lines))


def _term(program: Program) -> str:
    since, until = program.started_on or program.starts_on, program.ended_on or program.ends_on
    return f"Срок: {period(since, until)}" if since else ""


def _meetings(program: Program) -> str:
    both = Meeting.objects.filter(program=program).exclude(attendances__confirmed_at__isnull=True)
    total = both.order_by().aggregate(number=Count("pk"), minutes=Sum("minutes"))
    if not total["number"]:
        return ""
    hours = number_text(round(total["minutes"] / 60, 1))
    return f"{plural(total['number'], 'встреча,встречи,встреч')}, {hours} ч"


def _activities(program: Program) -> str:
    checked = Count("pk", filter=Q(results__state="checked"), distinct=True)
    total = program.activities.aggregate(whole=Count("pk", distinct=True), done=checked)
    if not total["whole"]:
        return ""
    return f"Мероприятий плана выполнено: {total['done']} из {total['whole']}"


def _outcomes(program: Program) -> str:
    levels = Outcome.objects.filter(completion__program=program, completion__state=Completion.State.REGISTERED)
    total = levels.aggregate(
        whole=Count("pk"),
        resolved=Count("pk", filter=Q(level=Outcome.Level.RESOLVED)),
        partly=Count("pk", filter=Q(level=Outcome.Level.PARTLY)),
    )
    if not total["whole"]:
        return ""
    partly = f", отчасти — {total['partly']}" if total["partly"] else ""
    return f"Затруднений снято: {total['resolved']} из {total['whole']}{partly}"


def _skills(program: Program, user: User) -> str:
    """«Оценка выросла у 4 навыков из 5», from ratings that the user may read: nobody's answers become known by it."""
    ratings = SkillRating.objects.visible_to(user).filter(skill__program=program)
    ratings = ratings.filter(moment__in=[Moment.START, Moment.END])
    levels: dict[tuple[int, str], dict[str, int]] = {}
    for skill, part, moment, value in ratings.order_by().values_list("skill", "part", "moment", "value"):
        levels.setdefault((skill, part), {})[moment] = value
    whole = {key: one for key, one in levels.items() if len(one) == len((Moment.START, Moment.END))}
    grown = {skill for (skill, _), one in whole.items() if one[Moment.END] > one[Moment.START]}
    if not whole:
        return ""
    number = plural(len(grown), "навыка,навыков,навыков")
    return f"К концу программы оценка выросла у {number} из {len({skill for skill, _ in whole})}"


def _authors(program: Program, user: User) -> list[tuple[Person, str]]:
    sides: Any = program.pairing.participations.select_related("person").order_by("part", "pk")
    parts = {Participation.Part.MENTOR: Part.MENTOR, Participation.Part.MENTEE: Part.MENTEE}
    found = {side.person_id: (side.person, parts[side.part]) for side in sides}
    found.setdefault(program.curator_id, (program.curator, Part.CURATOR))
    if user.person_id not in found:
        council = user.roles & {CHAIR, SECRETARY, COUNCIL}
        part = Part.COUNCIL if council else Part.CURATOR if user.can(Right.PRACTICES_PUBLISH) else Part.OTHER
        found[user.person_id] = (user.person, part)
    return list(found.values())
