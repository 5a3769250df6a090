"""What the page of an amendment shows: the new wording of the plan next to the old one, consents, buttons (п. 7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from mentoring_site.russian import joined, rudate, ruday
from mentoring_site.ui.elements import Action, Badge, Tone
from people.accounts.models import User
from people.language.names import agree
from people.register.models import Person
from programs.changes.amendment.acts import carried_out, may_amend, present_plan
from programs.changes.amendment.models import Amendment
from programs.changes.types import ChangeType
from programs.program import content_presenters
from programs.program.models import Activity, Program
from programs.program.sections import expected
from programs.program.states import IN_FORCE

RESPONSIBLE_CODES = {label: code for code, label in Activity.Responsible.choices}


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan in its new wording; ``old`` is what the line was, the addresses are empty for a reader."""

    title: str
    result: str
    who: str
    when: str
    badge: Badge
    old: str = ""
    edit_url: str = ""
    drop_url: str = ""


@dataclass(frozen=True)
class ConsentRow:
    """A side of the program and when it has agreed, in words."""

    person: str
    part: str
    given: str
    objection: str = ""


def summary(amendment: Amendment) -> str:
    """Return «продление до 1 июня и план в новой редакции»."""
    parts = [f"продление до {ruday(amendment.new_end)}"] if amendment.new_end else []
    parts += ["план в новой редакции"] if amendment.plan is not None else []
    return joined(parts) or "готовится"


def facts(amendment: Amendment, user: User) -> list[tuple[str, object]]:
    """Return the facts of an amendment."""
    old_end, new_end = amendment.old_end or amendment.program.ends_on, amendment.new_end
    ahead = amendment.effective_on and amendment.before is None
    return [
        ("Срок", f"до {rudate(new_end)} (был до {rudate(old_end)})" if new_end else "не меняется"),
        ("Вступит в силу", ruday(amendment.effective_on) if ahead else ""),
        ("Решение об особом сроке", amendment.term_decision),
        ("Формы наставничества", joined(amendment.form_names)),
        ("Почему", amendment.reason),
    ]


def of_program(program: Program, user: User) -> QuerySet:
    """Return the amendments that the tab of a program shows."""
    return Amendment.objects.visible_to(user).filter(program=program)


def offer(program: Program, user: User) -> Action | None:
    """Return the button that begins an amendment."""
    if program.state not in IN_FORCE or not may_amend(program, user):
        return None
    return Action("amend", "Продлить или изменить", reverse("programs:amendment_new", args=[program.pk]))


def may_edit(amendment: Amendment, user: User) -> bool:
    """Whether the user may reword the amendment now."""
    return amendment.state == Amendment.State.PROPOSED and may_amend(amendment.program, user)


def actions(amendment: Amendment, user: User) -> Iterator[Action]:
    """Return the reader's own consent while it is awaited, and the edit."""
    if amendment.state != Amendment.State.PROPOSED:
        return
    people = amendment.program.pairing.people
    mine = next((p for p in people if p.person_id == user.person_id and p.until is None), None)
    if mine and mine.pk not in amendment.consents_by_side and amendment.changes_something:
        url = reverse("programs:amendment_agree", args=[amendment.pk, mine.pk])
        objects = mine.pk in amendment.objections_by_side
        yield Action("agree", "Прочитать и согласиться", url, primary=not objects)
    if mine and mine.pk not in amendment.objections_by_side and amendment.changes_something:
        url = reverse("programs:amendment_object", args=[amendment.pk, mine.pk])
        yield Action("object", disagrees(mine.person), url)
    if may_edit(amendment, user):
        yield Action("edit", "Изменить срок или причину", reverse("programs:amendment_edit", args=[amendment.pk]))


def context(amendment: Amendment, user: User) -> dict:
    """Return what ``amendment.html`` reads besides: the plan, where a line is added, consents."""
    editable = may_edit(amendment, user)
    return {
        "plan": plan(amendment, editable=editable),
        "line_url": reverse("programs:amendment_line_new", args=[amendment.pk]) if editable else "",
        "consents": _consents(amendment),
    }


def plan(amendment: Amendment, *, editable: bool = False) -> list[PlanRow]:
    """Return the plan in its new wording next to what it was: each line kept, changed, new or dropped."""
    old_lines = {line["pk"]: line for line in _old_plan(amendment)}
    new_lines = amendment.plan if amendment.plan is not None else list(old_lines.values())
    locked = carried_out(amendment.program)
    rows = []
    for number, line in enumerate(new_lines):
        old = old_lines.pop(line["pk"], None)
        args = [amendment.pk, number] if editable and line["pk"] not in locked else None
        rows.append(_plan_row(amendment.program, line, old, args))
    dropped = Badge("убрано", "stopped")
    return rows + [_plan_row(amendment.program, line, line, badge=dropped) for line in old_lines.values()]


def _plan_row(
    program: Program, line: dict, old: dict | None, args: list[int] | None = None, *, badge: Badge | None = None
) -> PlanRow:
    """Return the row of a line; ``args`` are those of the addresses where it is edited and dropped."""
    word, tone = _difference(line, old)
    return PlanRow(
        title=line["title"],
        result=expected(line["expected_result"], line["evidence"]),
        who=content_presenters.responsible_words(program, line["responsible"]),
        when=_when(line),
        badge=badge or Badge(word, tone),
        old=f"{old['title']}, {_when(old)}" if old and old != line else "",
        edit_url=reverse("programs:amendment_line", args=args) if args else "",
        drop_url=reverse("programs:amendment_line_drop", args=args) if args else "",
    )


def _difference(line: dict, old: dict | None) -> tuple[str, Tone]:
    if old is None:
        return "новое", "you"
    return ("без изменений", "ahead") if old == line else ("изменено", "others")


def _old_plan(amendment: Amendment) -> list[dict]:
    """Return the present plan; once the amendment is in effect, the one before it, which it keeps in words."""
    if amendment.before is None:
        return present_plan(amendment.program)
    kept = {(line["title"], line["due_on"]): line["pk"] for line in amendment.plan or []}
    return [
        {
            **activity,
            "pk": kept.get((activity["title"], activity["due_on"]), f"было{number}"),
            "responsible": RESPONSIBLE_CODES.get(activity["responsible"], activity["responsible"]),
        }
        for number, activity in enumerate(amendment.before["activities"])
    ]


def _when(line: dict) -> str:
    due = ruday(date.fromisoformat(line["due_on"]))
    return f"{ruday(date.fromisoformat(line['starts_on']))} – {due}" if line["starts_on"] else due


def _consents(amendment: Amendment) -> list[ConsentRow]:
    rows = []
    for p in amendment.program.pairing.people:
        given = amendment.consents_by_side.get(p.pk)
        words = f"{ruday(given['on'])}{', на бумаге' if given['paper'] else ''}" if given else ""
        objection = amendment.objections_by_side.get(p.pk)
        said = f"{disagrees(p.person).lower()}: «{objection.reason}»" if objection else ""
        rows.append(ConsentRow(p.person.full_name, p.part_word, words, said))
    return rows


def disagrees(person: Person) -> str:
    """Return «Не согласна», as the person says it."""
    return agree(person.gender, "Не согласен", "Не согласна")


AMENDMENT_TYPE = ChangeType(
    Amendment,
    order_effect="После приказа изменятся срок и план программы; прежняя редакция сохранится.",
    summary=summary,
    facts=facts,
    of_program=of_program,
    offer=offer,
    actions=actions,
    template="programs/changes/amendment/amendment.html",
    context=context,
)
