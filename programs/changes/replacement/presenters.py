"""What the page of a replacement of a mentor shows, and where one is begun (п. 4.1, 5.1)."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from mentoring_site.russian import ruday, rushort
from mentoring_site.ui.elements import Action, Check
from people.accounts.models import User
from people.rights import Right
from programs.changes.replacement.acts import missing_for_order
from programs.changes.replacement.agreement_steps import papers_left
from programs.changes.replacement.models import Replacement
from programs.changes.replacement.rules import successor_appointed
from programs.changes.types import ChangeType
from programs.pairings.models import Pairing
from programs.program.models import Program


def summary(change: Replacement) -> str:
    """Return «Иванова И. И. → Петров П. П., по 5 октября»."""
    until = f", по {ruday(change.until)}" if change.until else ""
    return f"{change.former.person.short_name} → {change.candidate.person.short_name}{until}"


def facts(change: Replacement, user: User) -> list[tuple[str, object]]:
    """Return the facts of a replacement; its ground only to those who may know of the petition."""
    if change.returned_on:
        afterwards = f"прежний наставник вернулся {ruday(change.returned_on)}"
    else:
        afterwards = "потом прежний наставник вернётся без нового приказа"
    ground = change.get_ground_display() + (f", от {rushort(change.paper_on)}" if change.paper_on else "")
    return [
        ("Прежний наставник", change.former.person.full_name),
        ("Новый наставник", change.candidate.person.full_name),
        ("Основание", ground if _sees_ground(change, user) else ""),
        ("В связи с", change.circumstances),
        ("С какого дня", ruday(change.effective_on or change.since)),
        ("По какой день", f"{ruday(change.until)}, {afterwards}" if change.until else "навсегда"),
        ("Что передано", change.handover),
    ]


def _sees_ground(change: Replacement, user: User) -> bool:
    """A petition is confidential until the order names it as its ground."""
    open_to_all = change.ground != Replacement.Ground.PETITION or change.state == Replacement.State.REGISTERED
    if open_to_all or user.can(Right.PROGRAMS_CHANGE) or user.can(Right.ORDERS_SEE_ALL):
        return True
    return bool(change.petition and change.petition.participation.person_id == user.person_id)


def of_program(program: Program, user: User) -> QuerySet:
    """Return the replacements that the tab of a program shows."""
    found = Replacement.objects.visible_to(user).filter(pairing=program.pairing_id)
    return found.select_related("former__person", "candidate__person")


def offer(program: Program, user: User) -> Action | None:
    """Return the button that begins a replacement."""
    if program.pairing.state != Pairing.State.ASSIGNED or not user.can(Right.PROGRAMS_CHANGE):
        return None
    return Action("replace", "Заменить наставника", reverse("programs:replacement_new", args=[program.pairing_id]))


def actions(change: Replacement, user: User) -> Iterator[Action]:
    """Return the curator's buttons: correct what is prepared, bring the former mentor back early."""
    if not user.can(Right.PROGRAMS_CHANGE):
        return
    if change.state == Replacement.State.PROPOSED:
        yield Action("edit", "Исправить", reverse("programs:replacement_edit", args=[change.pk]))
    if change.lasts:
        url = reverse("programs:replacement_return", args=[change.pk])
        yield Action("return", "Прежний наставник вернулся раньше", url)


def appointment_checks(change: Replacement) -> Iterator[Check]:
    """Say that the order of replacement also appoints a new mentor who is not appointed yet (п. 3.2)."""
    if successor_appointed.complaints(change):
        yield Check(True, "Новый наставник ещё не назначен: его назначит тот же приказ")


def context(change: Replacement, user: User) -> dict:
    """Return what ``replacement.html`` reads besides: papers and pay (ТК 351.8), for those who keep the agreements.

    Whoever the papers are about does not see the list: nobody decides about oneself.
    """
    own = user.person_id in (change.candidate.person_id, change.former.person_id)
    shown = change.state in (Replacement.State.READY, Replacement.State.REGISTERED) and not change.returned_on
    keeps = user.can(Right.AGREEMENTS_RECORD) and not own
    return {"papers": papers_left(change) if shown and keeps else []}


REPLACEMENT_TYPE = ChangeType(
    Replacement,
    order_effect="После приказа программу поведёт новый наставник; прежний сможет читать записи своего времени.",
    summary=summary,
    facts=facts,
    of_program=of_program,
    offer=offer,
    actions=actions,
    missing_for_order=lambda change: missing_for_order(change, appointing=[change.candidate_id]),
    more_checks=appointment_checks,
    template="programs/changes/replacement/replacement.html",
    context=context,
)
