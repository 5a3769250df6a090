"""What pages of requests show: rows, facts, buttons, what may be asked here (п. 1.4, 2.3, 4.1, 5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from programs.pairings.models import Pairing
from programs.pairings.rules import pairing_title
from programs.requests import filing
from programs.requests.deciding import deciders, movers, moves, parties, rung_words
from programs.requests.kinds.base import ACCEPTED, DONE, FILED, RequestKind
from programs.requests.models import Request
from programs.requests.subjects import Subject

COLUMNS = ("Вид", "Кто просит", "О чём", "Состояние", "Чей ход", "Дата", "Ответить до", "Решено")
TONES: dict[str, Tone] = {ACCEPTED: "done", DONE: "done"}


@dataclass(frozen=True)
class RequestRow:
    """A line of a list."""

    url: str
    name: str
    author: str
    about: str
    badge: Badge
    move: str
    filed_on: date
    due_on: date | None
    late: bool


@dataclass(frozen=True)
class Offer:
    """Something that may be asked here: the button and what it is for."""

    label: str
    lead: str
    url: str


def badge(request: Request, user: User) -> Badge:
    """The state in the words of the kind; what waits for the user, what is late."""
    if request.state != FILED:
        return Badge(request.state_words, TONES.get(request.state, "stopped"))
    if request.is_late:
        return Badge("просрочено", "late")
    return Badge(request.state_words, "you" if moves(request, user) else "others")


def move_words(request: Request, user: User) -> str:
    """Whose move it is: «Ваш», «наставник», nobody's."""
    if request.state != FILED:
        return ""
    return "Ваш" if moves(request, user) else rung_words(movers(request, user)[0])


def row(request: Request, user: User) -> RequestRow:
    """Return the line of a request read ``with_requirements()``."""
    return RequestRow(
        url=request.get_absolute_url(),
        name=request.title,
        author=request.author.short_name,
        about=request.about,
        badge=badge(request, user),
        move=move_words(request, user),
        filed_on=request.filed_on,
        due_on=request.due_on if request.state == FILED else None,
        late=request.is_late,
    )


def cells(request: Request, user: User) -> tuple:
    """Return the cells of a request in the workbook; its words stand in none."""
    return (
        request.title,
        request.author.full_name,
        request.about,
        request.state_words,
        move_words(request, user),
        request.filed_on,
        request.due_on,
        request.decided_at,
    )


def offers(subject: Subject, about: Iterable[str], user: User) -> list[Offer]:
    """Return what the user may ask about a subject: of a program also what is asked about its pair."""
    return [
        Offer(kind.offer, kind.lead, new_url(kind, _key(subject, kind)))
        for name in about
        for kind in filing.open_to(subject, name, user)
    ]


def _key(subject: Subject, kind: RequestKind) -> int:
    found: Any = {"program": subject.program, "pairing": subject.pairing}.get(kind.about) or subject.thing
    return found.pk


def new_url(kind: RequestKind, pk: int) -> str:
    """Where a request of a kind about a thing is filed."""
    return reverse("programs:request_new", args=[kind.code, pk])


def facts(request: Request, user: User) -> list[Fact]:
    """Return the facts of a request; its words, its answer and what the kind keeps for those who read them."""
    at, by = request.decided_at, request.decided_by
    rows: list[tuple[str, object]] = [
        ("Кто", request.author.full_name),
        ("О чём", request.about),
        ("Подано", f"{ruday(request.filed_on)}{', на бумаге' if request.on_paper else ''}"),
        ("Ответить до", ruday(request.due_on) if request.due_on and request.state == FILED else ""),
        ("Срочность", request.type.term(request.term).label),
    ]
    if request.is_open:
        rows += [(request.type.ask, request.text), *request.type.facts(request)]
        label = request.type.accept.ask or "Ответ"
        rows.append((label if request.state != "declined" else "Почему отклонено", request.answer))
    if request.state == FILED:
        rung, _ = deciders(request, user)
        rows.append(("Решает", rung_words(rung)))
    rows.append(("Решено", f"{ruday(at)}, {by.person.short_name}" if at and by else ""))
    if request.paper_date:
        founder = request.type.founder and request.about_director
        paper = PaperRef(request.paper_number, request.paper_date)
        words = paper.on_screen if request.paper_number else paper.day
        rows.append(("Письмо учредителя" if founder else "Ответ на бумаге", words))
    found = Fact.known(rows)
    if request.is_open and request.led_to is not None:
        found.append(Fact("К чему привело", str(request.led_to), url=_led_to_url(request.led_to, user)))
    return found


def _led_to_url(made: Any, user: User) -> str:
    """Return where it is read, for those who may open it: a draft of an order is not opened by everybody."""
    visible = getattr(type(made).objects, "visible_to", None)
    return made.get_absolute_url() if visible is None or visible(user).filter(pk=made.pk).exists() else ""


def actions(request: Request, user: User) -> list[Action]:
    """Return the buttons of a request: to decide, to record an answer, to take back, to remind, to declare interest."""
    found: list[Action | None] = []
    if request.is_open:
        found = [
            action(request, name, user, _at(request, name), primary=name == "accept") for name in request.type.steps
        ]
        found += request.type.actions(request, user)
    mine = request.author_id == user.person_id or request.created_by_id == user.pk
    if mine:
        found.append(action(request, "withdraw", user, _at(request, "withdraw")))
    if request.state == FILED and moves(request, user) and request.author_id != user.person_id and parties(request):
        found.append(Action("interest", "Заявить о заинтересованности", _at(request, "interest")))
    if request.type.paper and request.is_open and request.state in (ACCEPTED, DONE):
        found.append(Action("paper", "Напечатать (PDF)", _at(request, "paper")))
    return [one for one in found if one]


def remind_url(request: Request, user: User) -> str:
    """Where a press writes a reminder, for whoever waits for an answer of others."""
    waits = request.state == FILED and not moves(request, user)
    return reverse("programs:request_remind", args=[request.pk]) if waits else ""


def _at(request: Request, name: str) -> str:
    if name in ("interest", "paper"):
        return reverse(f"programs:request_{name}", args=[request.pk])
    return reverse("programs:request_step", args=[request.pk, name])


def crumbs(request: Request, last: str = "") -> list[Crumb]:
    """Return the way to a request or to a page below it."""
    way = [Crumb("Просьбы", reverse("programs:requests"))]
    if not last:
        return [*way, Crumb(request.title)]
    return [*way, Crumb(request.title, request.get_absolute_url()), Crumb(last)]


def place(request: Request, user: User) -> tuple[str, str]:
    """Return the words and the address of where the request belongs, for those who may open it."""
    if request.pairing is None or not Pairing.objects.visible_to(user).filter(pk=request.pairing.pk).exists():
        return "", ""
    if request.program:
        return request.program.title, request.program.get_absolute_url()
    return pairing_title(request.pairing), request.pairing.get_absolute_url()


def closed_words(request: Request) -> str:
    """Say to whoever sees that there is a request, but does not read it, who does."""
    readers = request.type.route(request.route).promise.readers
    return f"Текст и ответ читают только {readers}."
