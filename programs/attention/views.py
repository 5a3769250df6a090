"""The page «Кому помочь»."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.attention.list_page import page_of
from programs.attention.look import look, with_weight
from programs.attention.rules import State
from programs.program.models import Program


@require_GET
def attention(request: UserRequest) -> HttpResponseBase:
    """The running programs from those that need help most; the same list as XLSX."""
    require(request.user, Right.REPORTS_PIPELINE)
    running = Program.objects.visible_to(request.user).running()
    found = look(running, reader=request.user)
    counts = [(state, sum(a.state == state for a in found.values())) for state in State]
    return page_of(found).answer(request, with_weight(running, found), counts=counts)
