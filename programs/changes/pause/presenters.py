"""What the pages of a suspension and of a resumption show, and where they are begun (п. 7.2)."""

from django.db.models import QuerySet
from django.urls import reverse

from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action
from people.accounts.models import User
from people.rights import Right
from programs.changes.pause import acts
from programs.changes.pause.models import Pause, Resumption
from programs.changes.types import ChangeType
from programs.program.models import Program


def pause_term(pause: Pause) -> str:
    """Return «с 1 октября по 20 октября»."""
    return f"с {ruday(pause.since)} " + (f"по {ruday(pause.until)}" if pause.until else "до приказа о возобновлении")


def pause_facts(pause: Pause, user: User) -> list[tuple[str, object]]:
    """Return the facts of a suspension."""
    return [
        ("Приостановлена", pause_term(pause)),
        ("В связи с", pause.reason),
        ("О ком", pause.about.person.short_name if pause.about else ""),
        ("Основание", pause.paper_words),
        ("Возобновлена", f"с {ruday(pause.resumed_on)}" if pause.resumed_on else ""),
    ]


def pause_offer(program: Program, user: User) -> Action | None:
    """Return the button that begins a suspension of a running program."""
    running = program.state == Program.State.RUNNING
    if not running or not user.can(Right.PROGRAMS_CHANGE) or acts.present_pause(program):
        return None
    return Action("pause", "Приостановить", reverse("programs:pause_new", args=[program.pk]))


def resumption_offer(program: Program, user: User) -> Action | None:
    """Return the button that begins the resumption of a suspended program."""
    if not user.can(Right.PROGRAMS_CHANGE) or not (pause := acts.present_pause(program)):
        return None
    return Action("resume", "Возобновить", reverse("programs:resume_new", args=[pause.pk]), primary=True)


def pauses_of(program: Program, user: User) -> QuerySet:
    """Return the suspensions that the tab of a program shows."""
    return Pause.objects.visible_to(user).filter(program=program)


def resumptions_of(program: Program, user: User) -> QuerySet:
    """Return the resumptions that the tab of a program shows."""
    return Resumption.objects.visible_to(user).filter(pause__program=program)


PAUSE_TYPE = ChangeType(
    Pause,
    order_effect="После приказа мероприятия на это время не будут считаться просроченными.",
    summary=pause_term,
    facts=pause_facts,
    of_program=pauses_of,
    offer=pause_offer,
)
RESUMPTION_TYPE = ChangeType(
    Resumption,
    order_effect="После приказа программа пойдёт дальше с указанного дня.",
    summary=lambda resumption: f"с {ruday(resumption.on)}",
    facts=lambda resumption, user: [
        ("Приостановлена", pause_term(resumption.pause)),
        ("Возобновляется с", ruday(resumption.on)),
    ],
    of_program=resumptions_of,
    offer=resumption_offer,
)
