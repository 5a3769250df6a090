"""What pages show of the content of a program to whom: plan, fields, the remarks next to them (п. 1.2, 1.3, 3.5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, period, ruday, term
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Participation
from programs.program.content import FIELD_WORDS
from programs.program.doing import do_url
from programs.program.drafting.acts import edit_refusal
from programs.program.drafting.plan_acts import moved
from programs.program.kinds.registry import described
from programs.program.models import Activity, ActivityResult, Program, Trial
from programs.program.presenters import takes_part
from programs.program.rules import may_draft
from programs.program.sections import expected
from programs.program.states import BEFORE_APPROVAL, State

NOT_BEGUN = (*BEFORE_APPROVAL, State.APPROVED)


@dataclass(frozen=True)
class RemarkRow:
    """A remark next to what it is about; ``resolve_url`` is for those who may mark it as taken into account."""

    text: str
    about: str
    who: str
    at: datetime
    resolved: datetime | None
    resolve_url: str


@dataclass(frozen=True)
class PlanRow:
    """A line of the plan."""

    title: str
    url: str
    result: str
    why: list[str]
    who: str
    when: str
    badge: Badge
    remarks: list[RemarkRow]
    drop_url: str = ""
    do_url: str = ""
    key: int = 0
    up: str = ""  # the order of the whole plan after a step up or down, on the page where it is arranged
    down: str = ""
    materials: tuple[tuple[str, str], ...] = ()  # (name, address) of the files that help with it
    category: str = ""


@dataclass(frozen=True)
class FieldRow:
    """A field of the program."""

    label: str
    values: list[str]
    remarks: list[RemarkRow]


class Remarks:
    """The remarks of a draft as the user sees them; an approved program shows none.

    ``resolvable`` offers to mark them as taken into account to those who may.
    """

    def __init__(self, program: Program, user: User, *, resolvable: bool = True):
        may = resolvable and may_draft(program, user)
        self._rows: dict[int | str, list[RemarkRow]] = {}
        for remark in program.remarks.all() if program.state in BEFORE_APPROVAL else ():
            url = reverse("programs:remark_resolve", args=[program.pk, remark.pk])
            row = RemarkRow(
                remark.text,
                remark.about,
                remark.by.person.short_name,
                remark.at,
                remark.resolved_at,
                url if may and remark.resolved_at is None else "",
            )
            self._rows.setdefault(remark.activity_id or remark.field, []).append(row)

    def of_activity(self, activity: Activity) -> list[RemarkRow]:
        return self._rows.get(activity.pk, [])

    def of_field(self, name: str) -> list[RemarkRow]:
        return self._rows.get(name, [])

    def general(self) -> list[RemarkRow]:
        """Return what is bound to no single field or activity: to the whole, the title, the plan, and returns."""
        return [row for key in ("", "title", "activities") for row in self.of_field(key)]


def own_sides(program: Program, user: User) -> list[Participation] | None:
    """Return the participations about which alone the user may read, or None when about everybody's (п. 1.3, подп. 4).

    In a group a mentee reads only of oneself, also after having finished; a mentor who was replaced reads of nobody.
    """
    if program.pairing.kind == "pair":
        return None
    mine = takes_part(program, user)
    if mine is not None:
        return [mine] if mine.part == "mentee" else None
    if user.can(Right.PROGRAMS_SEE_ALL):
        return None
    return list(program.pairing.participations.filter(person=user.person_id, part="mentee"))


def own_candidates(program: Program, user: User) -> set[int | None] | None:
    """Return the candidates whose words alone the user may read, or None when everybody's."""
    sides = own_sides(program, user)
    return None if sides is None else {p.candidate_id for p in sides}


def plan(program: Program, user: User, remarks: Remarks, *, droppable: bool = False) -> list[PlanRow]:
    """Return the lines of the plan: what, what for, who, when, in what state; open remarks stand below their line."""
    editable = may_draft(program, user) and not edit_refusal(program, user)
    steps = moved(list(program.activities.all())) if droppable else {}
    sides = own_sides(program, user)
    return [
        PlanRow(
            title=activity.title,
            url=_activity_url(program, activity, editable),
            result=expected(activity.expected_result, activity.evidence),
            why=purposes(program, activity, user),
            who=responsible_words(program, activity.responsible),
            when=dates_words(activity),
            badge=_plan_badge(program, activity, user, remarks.of_activity(activity), sides),
            remarks=remarks.of_activity(activity),
            drop_url=reverse("programs:activity_drop", args=[program.pk, activity.pk]) if droppable else "",
            do_url=do_url(program, activity, user),
            key=activity.pk,
            up=steps.get(activity.pk, ("", ""))[0],
            down=steps.get(activity.pk, ("", ""))[1],
            materials=tuple(
                (file.name, reverse("programs:activity_material", args=[program.pk, activity.pk, file.pk]))
                for file in activity.materials.all()
            ),
            category=category_words(activity),
        )
        for activity in program.activities.all()
    ]


def _activity_url(program: Program, activity: Activity, editable: bool) -> str:
    if editable:
        return reverse("programs:activity_edit", args=[program.pk, activity.pk])
    return "" if program.state in NOT_BEGUN else reverse("programs:activity", args=[activity.pk])


def purposes(program: Program, activity: Activity, user: User) -> list[str]:
    """What an activity is for. In a group a mentee reads one's own difficulties, of the others — only whom it helps."""
    own = own_candidates(program, user)
    found = []
    for statement in activity.statements.all():
        other = own is not None and statement.candidate_id not in own
        names = [p.person.short_name for p in program.pairing.people if p.candidate_id == statement.candidate_id]
        found.append(f"для участника: {joined(names)}" if other else statement.text)
    return list(dict.fromkeys(found))


def category_words(activity: Activity) -> str:
    """Return «взаимодействие со структурами школы: методический совет», or an empty string."""
    return ": ".join(filter(None, (activity.get_category_display(), activity.partner)))


def duties_words(program: Program) -> str:
    """Return how many activities of the plan serve which duty of the mentor (п. 4.2): «кругозор — 2»; or nothing."""
    counted = Counter(a.get_category_display() for a in program.activities.all() if a.category)
    return "; ".join(f"{words}\u00a0— {number}" for words, number in counted.items())


def responsible_words(program: Program, responsible: str) -> str:
    """«наставник», «наставляемая», «наставляемые», «оба», «все» by the code of who is responsible."""
    mentees = [p for p in program.pairing.people if p.part == "mentee"]
    if responsible == Activity.Responsible.MENTOR:
        return "наставник"
    if responsible == Activity.Responsible.BOTH:
        return "оба" if len(mentees) == 1 else "все"
    return mentees[0].part_word if len(mentees) == 1 else "наставляемые"


def dates_words(activity: Activity) -> str:
    """«7–18 декабря», «15 января», with no-break spaces."""
    if not activity.starts_on or activity.starts_on == activity.due_on:
        return ruday(activity.due_on)
    if (activity.starts_on.year, activity.starts_on.month) == (activity.due_on.year, activity.due_on.month):
        return f"{activity.starts_on.day}–{ruday(activity.due_on)}"
    return f"{ruday(activity.starts_on)} – {ruday(activity.due_on)}"


def _plan_badge(
    program: Program,
    activity: Activity,
    user: User,
    remarks: Iterable[RemarkRow],
    sides: list[Participation] | None,
) -> Badge:
    """Return the state of an activity: a remark before approval, then the results of the mentees.

    ``sides`` are the participations of whose results the user may know, None for all of the program.
    """
    if any(not remark.resolved for remark in remarks):
        return Badge("есть замечание", "you")
    if program.state in NOT_BEGUN:
        return Badge("впереди", "ahead")
    mentees = [p for p in program.pairing.people if p.part == "mentee"] if sides is None else sides
    keys = {p.pk for p in mentees}
    states = [r.state for r in activity.results.all() if r.participation_id in keys]
    checked = states.count(ActivityResult.State.CHECKED)
    mine = takes_part(program, user)
    part = mine.part if mine else ""
    if mentees and checked == len(mentees):
        return Badge("выполнено", "done")
    if ActivityResult.State.RETURNED in states:
        return Badge("возвращено", "you" if part == "mentee" else "others")
    if ActivityResult.State.DONE in states:
        return Badge("на проверке", "you" if part == "mentor" else "others")
    return _undone_badge(program, activity, f"{checked} из {len(mentees)}" if states else "")


def _undone_badge(program: Program, activity: Activity, progress: str) -> Badge:
    """Return the state of an activity that waits for its mentees; ``progress`` says how many have done it."""
    today = timezone.localdate()
    if program.state != State.RUNNING:
        return Badge("не отмечено", "stopped")
    if program.paused:
        return Badge("приостановлено", "stopped")
    if activity.due_on < today:
        return Badge("просрочено", "late")
    if progress:
        return Badge(progress, "others")
    begun = (activity.starts_on or activity.due_on) <= today
    return Badge("идёт", "others") if begun else Badge("впереди", "ahead")


def fields(program: Program, user: User, remarks: Remarks) -> list[FieldRow]:
    """Return the program's fields with the remarks bound to them; a mentee of a group reads only one's own words."""
    own = own_candidates(program, user)
    names = {p.candidate_id: p.person.short_name for p in program.pairing.people}
    several = program.pairing.kind == "group"
    closed = _closed(program)

    def said(name: str, left_out: dict[int, str] | None = None) -> list[str]:
        rows = [s for s in getattr(program, name).all() if own is None or s.candidate_id in own]
        reasons = {pk: f" (без мероприятия: {reason})" for pk, reason in (left_out or {}).items()}
        reasons |= {s.pk: "\u00a0— снято" for s in rows if s.pk in closed}
        whose = {s.pk: f"{names[s.candidate_id]}: " for s in rows if several and s.candidate_id in names}
        return [f"{whose.get(s.pk, '')}{s.text}{reasons.get(s.pk, '')}" for s in rows]

    values = {
        "goal": [program.goal],
        "requests": said("requests"),
        "difficulties": said("difficulties", {row.statement_id: row.reason for row in program.left_out.all()}),
        "strengths": said("strengths"),
        "forms": [f.name for f in program.forms.all()],
        "kinds": [k.name for k in program.kinds.all()],
        "justification": [program.justification],
        "directions": [program.directions],
        "details": [*_details(program), *(f"Создано. {condition}" for condition in program.conditions.all())],
        "term": [_term(program)],
        **({"trial": trial_words(trial)} if (trial := getattr(program, "trial", None)) else {}),
    }
    return [
        FieldRow(FIELD_WORDS[name], [line for line in lines if line], remarks.of_field(name))
        for name, lines in values.items()
    ]


def _closed(program: Program) -> set[int]:
    """Return the difficulties that both sides have closed (programs/difficulties)."""
    return {row.statement_id for row in program.difficulty_rows.all() if row.state == row.State.CLOSED}


def difficulties_gone(program: Program, user: User) -> tuple[int, int]:
    """Return how many of the difficulties of which the user reads are gone, and how many there are."""
    own, rows = own_candidates(program, user), list(program.difficulties.all())
    pairs = [(s.pk, s.candidate_id) for s in rows]
    known = {pk for pk, _ in pairs}
    raised = [r for r in program.difficulty_rows.all() if r.statement_id not in known]
    pairs += [(row.statement_id, row.statement.candidate_id) for row in raised]
    closed = _closed(program)
    mine = [pk for pk, candidate in pairs if own is None or candidate in own]
    return sum(pk in closed for pk in mine), len(mine)


def _details(program: Program) -> list[str]:
    return [f"{label}: {words}" for one in described(program) for label, words in one["pairs"]]


def trial_words(trial: Trial) -> list[str]:
    """What is tried, and what the council has concluded (п. 3.5)."""
    asked = f"Проверяем: {trial.question}"
    if not trial.verdict:
        return [asked]
    minutes = f"протокол № {trial.minutes_number} от {trial.minutes_date:%d.%m.%Y}"
    return [asked, f"Совет решил: {trial.get_verdict_display()} ({minutes}). {trial.conclusion}"]


def _term(program: Program) -> str:
    if not program.starts_on or not program.ends_on:
        return ""
    text = f"{period(program.starts_on, program.ends_on)} ({term(program.starts_on, program.ends_on)})"
    return f"{text}. Особый срок: {program.term_decision}" if program.term_decision else text
