"""What the pages of a petition show: its line on the tab of a program, its facts, its buttons (п. 4.1, 5.1)."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action, Badge, Fact, Tone
from people.accounts.models import User
from people.rights import Right
from programs.changes.petitions.inbox import to_carry_out
from programs.changes.petitions.models import Petition
from programs.changes.petitions.rules import PETITION
from programs.changes.types import ChangeRow
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from programs.program.presenters import takes_part

TONES: dict[str, Tone] = {
    "filed": "you",
    "accepted": "done",
    "declined": "stopped",
    "withdrawn": "stopped",
    "lapsed": "stopped",
}
HEADINGS: dict[str, str] = {
    Participation.Part.MENTEE: "Попросить о замене наставника",
    Participation.Part.MENTOR: "Попросить о сложении обязанностей",
}
FROM_PAPER = "Записать ходатайство с бумаги"


def of_program(program: Program, user: User) -> QuerySet[Petition]:
    """Return the petitions of the pair of a program that the user may read."""
    found = Petition.objects.visible_to(user).filter(pairing=program.pairing_id)
    return found.select_related("participation__person")


def row(petition: Petition) -> ChangeRow:
    """Return the line of a petition on the tab of a program."""
    return ChangeRow(
        url=petition.get_absolute_url(),
        name=petition.get_kind_display().capitalize(),
        summary=f"{petition.participation.person.short_name}, {ruday(petition.filed_on)}",
        badge=Badge(petition.get_state_display(), TONES[petition.state]),
    )


def offer(program: Program, user: User, petitions: Iterable[Petition]) -> Action | None:
    """Return the button that files one's own petition, unless one is open, or records a paper."""
    mine, curator = takes_part(program, user), user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    waits = any(p.state == Petition.State.FILED and p.participation.person_id == user.person_id for p in petitions)
    if program.pairing.state != Pairing.State.ASSIGNED or not ((mine and not waits) or curator):
        return None
    label = HEADINGS[mine.part] if mine else FROM_PAPER
    return Action("petition", label, reverse("programs:petition_new", args=[program.pairing_id]))


def facts(petition: Petition) -> list[Fact]:
    """Return the facts of a petition."""
    at, by, letter = petition.decided_at, petition.decided_by, petition.founder_date
    return Fact.known(
        [
            ("Кто", petition.participation.person.full_name),
            ("Дата", ruday(petition.filed_on)),
            ("Как подано", "на бумаге" if petition.on_paper else "в системе"),
            ("Почему", petition.reason),
            ("Решение", petition.answer),
            ("Письмо учредителя", PaperRef(petition.founder_number, petition.founder_date).on_screen if letter else ""),
            ("Решено", f"{ruday(at)}, {by.person.short_name}" if at and by else ""),
        ]
    )


def what_next(petition: Petition) -> str:
    """Say who carries out what was granted, while nobody has begun; else an empty string."""
    waits = Petition.objects.filter(to_carry_out(), pk=petition.pk).exists()
    return "Дальше куратор заменяет наставника или готовит завершение на странице пары." if waits else ""


def actions(petition: Petition, user: User) -> list[Action]:
    """Return the buttons of an open petition: how it may be decided and by whom; to withdraw one's own."""
    if petition.state != Petition.State.FILED:
        return []
    found = []
    decides = PETITION["accept"].allows(petition, user)
    if decides and not user.can(Right.PROGRAMS_CHANGE):
        found = [
            Action("accept", "Удовлетворить", _step(petition, "accept"), primary=True),
            Action("decline", "Отклонить", _step(petition, "decline"), danger=True),
        ]
    elif decides:
        replace = f"{reverse('programs:replacement_new', args=[petition.pairing_id])}?petition={petition.pk}"
        found = [
            Action("replace", "Заменить наставника", replace, primary=True),
            _end(petition),
            Action("accept", "Решено иначе", _step(petition, "accept")),
            Action("decline", "Отклонить", _step(petition, "decline"), danger=True),
        ]
    if petition.participation.person_id == user.person_id:
        found.append(Action("withdraw", "Отозвать", _step(petition, "withdraw")))
    return found


def _end(petition: Petition) -> Action:
    running = petition.pairing.programs.filter(state=Program.State.RUNNING).first()
    if running:
        return Action("end", "Завершить программу", reverse("programs:completion_new", args=[running.pk]))
    return Action("end", "Прекратить закрепление", reverse("programs:dissolution_new", args=[petition.pairing_id]))


def _step(petition: Petition, verb: str) -> str:
    return reverse(f"programs:petition_{verb}", args=[petition.pk])
