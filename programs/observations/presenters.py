"""What the page of a sheet and its paper show."""

from typing import Any

from mentoring_site.russian import rudate, ruday
from mentoring_site.ui.elements import Action, Fact
from people.accounts.models import User
from people.language.declension import post_of
from people.promises import Promise
from people.roles.letterhead import place, school_facts, signer_of
from programs.journal.acts import is_agreed
from programs.journal.models import Meeting
from programs.observations.models import Mark, Observation


def facts(sheet: Observation) -> list[Fact]:
    """Return what stands above the criteria."""
    return Fact.known(
        [
            ("Урок", sheet.lesson),
            ("Кто вёл", sheet.teacher.person.full_name),
            ("Кто смотрел", sheet.created_by.person.full_name),
            ("Когда", ruday(sheet.meeting.held_on)),
            ("Кто читает", Promise.ENTRY.named(sheet.meeting.readers)),
        ]
    )


def rows(sheet: Observation) -> list[dict[str, str]]:
    """Return the criteria with their marks in words."""
    words = dict(Mark.choices)
    return [{"text": c["text"], "mark": words.get(c["mark"], ""), "note": c["note"]} for c in sheet.criteria]


def may_fill(sheet: Observation, user: User) -> bool:
    """Whether the user may write into the sheet now."""
    program = sheet.meeting.program
    open_now = program.state == program.State.RUNNING and not is_agreed(sheet.meeting)
    return sheet.created_by_id == user.pk and open_now


def actions(sheet: Observation, user: User) -> list[Action]:
    """Return the buttons of a sheet."""
    url = sheet.get_absolute_url()
    found = []
    if may_fill(sheet, user):
        found.append(Action("fill", "Заполнить лист", f"{url}fill/", primary=sheet.filled_at is None))
    found.append(Action("pdf", "Напечатать (PDF)", f"{url}pdf/", primary=sheet.filled_at is not None))
    if may_fill(sheet, user):
        found.append(Action("drop", "Убрать лист", f"{url}drop/", danger=True))
    return found


def is_planned(sheet: Observation) -> bool:
    """Whether its entry has still to become the record of a meeting."""
    return sheet.meeting.state == Meeting.State.PLANNED


def paper(sheet: Observation) -> dict[str, Any]:
    """Return the facts of ``documents/observation.html``."""
    return {
        "school": school_facts(),
        "place": place(),
        "name": sheet.template.name,
        "lesson": sheet.lesson,
        "teacher": sheet.teacher.person.full_name,
        "signer": signer_of(sheet.created_by.person, post_of(sheet.created_by.person)),
        "date": rudate(sheet.meeting.held_on),
        "rows": rows(sheet),
        "strengths": sheet.strengths,
        "advice": sheet.advice,
    }
