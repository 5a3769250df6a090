"""Pages of the navigation itself: the settings by sections, one's own talks."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.rights import Right
from people.school.models import School
from people.setup.school_parts import PARTS, part_url
from programs.program.models import Program
from reports.home.navigation import settings_of
from reports.home.places import SETTINGS


@dataclass(frozen=True)
class Particular:
    """One thing of the school with the address of its short form."""

    label: str
    value: str
    url: str


@require_GET
def settings_page(request: UserRequest) -> HttpResponse:
    """All settings that the user may open, and the school's particulars one by one."""
    entries = settings_of(request.user)
    if not entries:
        raise NotAllowed("Настройки меняют те, кто ведёт школу и систему")
    school = School.get() if request.user.can(Right.SCHOOL_EDIT) else None
    here = reverse(SETTINGS.index)
    context = {
        "entries": entries,
        "particulars": [Particular(p.label, p.value(school), part_url(p.name, here)) for p in PARTS] if school else [],
    }
    return render(request, "reports/home/settings.html", context)


@require_GET
def talks(request: UserRequest) -> HttpResponse:
    """The talk of the only program that goes on, else the programs with their talks."""
    pairings = request.user.person.participations.live().values("pairing")
    programs = list(
        Program.objects.visible_to(request.user).filter(pairing__in=pairings).order_by("-started_on", "-pk")
    )
    running = [program for program in programs if program.state == Program.State.RUNNING]
    if len(running or programs) == 1:
        return redirect("programs:talk", (running or programs)[0].pk)
    return render(request, "reports/home/talks.html", {"programs": programs})
