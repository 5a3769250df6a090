"""Requests that nobody has answered in the agenda of the next meeting: those of the mentee to the mentor."""

from collections.abc import Iterator

from people.accounts.models import User
from programs.journal.agenda import Source
from programs.program.models import Program
from programs.requests.kinds.base import FILED
from programs.requests.models import Request


def _offers(program: Program, user: User) -> Iterator[str]:
    asked = Request.objects.visible_to(user).filter(state=FILED, kind="help", route="mentor")
    for request in asked.filter(pairing=program.pairing_id).order_by("due_on", "pk")[:3]:
        yield f"Ответить на просьбу о помощи: {request.about or request.text}"


REQUESTS = Source(30, _offers)
