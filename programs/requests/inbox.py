"""Requests that wait for the user, that others leave unanswered, and what kinds ask after a decision."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring_site.inbox import Group, HeldItem, InboxItem
from mentoring_site.russian import full_stop
from people.accounts.models import User
from programs.requests import registry
from programs.requests.deciding import movers, moves, rung_words
from programs.requests.kinds.base import FILED
from programs.requests.models import Request

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return what the user decides, what is late with others and the user sees to, what kinds ask for."""
    shown: set[int] = set()
    for request in Request.objects.asking(user).with_requirements()[:AT_MOST]:
        if request.state != FILED:
            yield from request.type.items(request, user)
        elif moves(request, user):
            shown.add(request.pk)
            yield _decide(request) if request.type.is_prepared(request) else _prepare(request)
    if Request.objects.someone_else_answers(user):
        late = Request.objects.visible_to(user).late().exclude(Q(pk__in=shown) | Q(author=user.person_id))
        for request in late.with_requirements().order_by("due_on", "pk")[:AT_MOST]:
            yield _unanswered(request, user)
    for kind in registry.kinds().values():
        yield from kind.waits(user)


def _decide(request: Request) -> InboxItem:
    said = request.type.accept
    return InboxItem(
        f"{said.label}: {request.type.name}",
        f"{request.author.short_name}: {request.about}",
        request.get_absolute_url(),
        "Прочитать и решить" if request.type.decline else "Прочитать и ответить",
        since=request.created_at,
        until=request.due_on,
        weight=75,
        group=Group.REQUESTS,
        key=f"request:{request.pk}",
    )


def _prepare(request: Request) -> InboxItem:
    return InboxItem(
        f"{request.type.preparing}: {request.type.name}",
        f"{request.author.short_name}: {request.about}",
        request.get_absolute_url(),
        "Открыть",
        since=request.created_at,
        until=request.due_on,
        weight=75,
        group=Group.REQUESTS,
        key=f"request:{request.pk}",
    )


def _unanswered(request: Request, user: User) -> InboxItem:
    who = rung_words(movers(request, user)[0])
    return InboxItem(
        f"Без ответа: {request.type.name}",
        f"{full_stop(request.about)} Просит {request.author.short_name}, отвечает {who}",
        request.get_absolute_url(),
        "Открыть и напомнить",
        since=request.created_at,
        until=request.due_on,
        weight=60,
        group=Group.REQUESTS,
        key=f"request:{request.pk}:late",
    )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own requests that others have to decide."""
    mine = Request.objects.filter(author=user.person_id, state=FILED).with_requirements()
    for request in mine.order_by("filed_on", "pk")[:AT_MOST]:
        yield HeldItem(
            f"Ответ: {request.type.name}",
            rung_words(movers(request, user)[0]),
            request.get_absolute_url(),
            f"request:{request.pk}",
            since=request.created_at,
            remind_url=reverse("programs:request_remind", args=[request.pk]),
        )
