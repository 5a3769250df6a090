"""Pages of the calendar: a month, a list, the secret address, the file that programs of calendars read."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mentoring_site import ciphers
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.middleware import school_zone
from mentoring_site.russian import add_months, upper_first
from mentoring_site.ui.elements import Tab
from people.accounts.requests import UserRequest
from programs.journal.hours import month_words
from reports.calendar import acts, ics
from reports.calendar.entries import MINE, SCHOOL, entries, event_entry, sees_school
from reports.calendar.month import SHORT, WEEKDAYS, bounds, weeks
from roadmap.events.models import Event

LIST = "list"
SHOWN = "calendar_address"  # in the session, encrypted: the address is shown until the end of this login
BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
YEARS = range(2000, 2100)


def _month(request: UserRequest) -> date:
    """Return the first day of the month that is asked for, else of this one. Raises ``Http404`` for no month."""
    asked = request.GET.get("month", "")
    if not asked:
        return timezone.localdate().replace(day=1)
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise Http404 from None
    if found.year not in YEARS:
        raise Http404
    return found


@require_GET
def calendar(request: UserRequest) -> HttpResponseBase:
    """A month as a table or a list: my own entries, or the school's for those who see all programs."""
    first, user = _month(request), request.user
    scope = SCHOOL if request.GET.get("scope") == SCHOOL and sees_school(user) else MINE
    as_list = request.GET.get("view") == LIST
    found = entries(user, *bounds(first), scope=scope)
    rows = weeks(first, found, timezone.localdate(), whole=as_list)

    def address(**changed: str) -> str:
        given = {"month": f"{first:%Y-%m}", "scope": scope, "view": LIST if as_list else ""} | changed
        kept = {name: value for name, value in given.items() if value and value != MINE}
        return f"{reverse('reports:calendar')}?{urlencode(kept)}"

    days = [day for week in rows for day in week if day.inside]
    context = {
        "heading": upper_first(month_words(first)),
        "weeks": rows,
        "days": [day for day in days if day.entries or day.off_words],
        "as_list": as_list,
        "weekdays": list(zip(SHORT, WEEKDAYS, strict=True)),
        "earlier": (month_words(add_months(first, -1)), address(month=f"{add_months(first, -1):%Y-%m}")),
        "later": (month_words(add_months(first, 1)), address(month=f"{add_months(first, 1):%Y-%m}")),
        "this_url": "" if first == timezone.localdate().replace(day=1) else address(month=""),
        "tabs": _tabs(address, scope) if sees_school(user) else [],
        "other": ("Таблицей", address(view="")) if as_list else ("Списком", address(view=LIST)),
        "list_url": address(view=LIST),
        "subscribe_url": reverse("reports:calendar_address"),
    }
    return render(request, "reports/calendar/calendar.html", context)


def _tabs(address, scope: str) -> list[Tab]:
    names = ((MINE, "Мой календарь"), (SCHOOL, "Календарь школы"))
    return [Tab(label, address(scope=name), current=scope == name) for name, label in names]


@require_GET
def address(request: UserRequest) -> HttpResponseBase:
    """The secret address: create, copy, revoke."""
    live = acts.live_address(request.user)
    token = _shown(request) if live else ""
    shown = live is not None and bool(token) and acts.hash_of(token) == live.token_hash
    context = {
        "live": live,
        "address": settings.SITE_URL + reverse("reports:calendar_feed", args=[token]) if shown else "",
    }
    return render(request, "reports/calendar/address.html", context)


def _shown(request: UserRequest) -> str:
    try:
        return ciphers.decrypt(request.session[SHOWN]) if SHOWN in request.session else ""
    except ciphers.Unreadable:
        return ""


@require_POST
def address_new(request: UserRequest) -> HttpResponseBase:
    """Make a new secret address; the former one stops to work."""
    request.session[SHOWN] = ciphers.encrypt(acts.issue(by=request.user))
    messages.success(request, "Адрес создан. Скопируйте его сейчас: после выхода он больше не показывается")
    return redirect("reports:calendar_address")


@require_POST
def address_revoke(request: UserRequest) -> HttpResponseBase:
    """Let the secret address stop to work."""
    request.session.pop(SHOWN, None)
    to = reverse("reports:calendar_address")
    return act_and_redirect(
        request, lambda: acts.revoke(by=request.user), success="Адрес отозван: по нему больше ничего не прочесть", to=to
    )


def _around() -> dict[str, Any]:
    """Return what ``ics.calendar`` needs to know of the site, the zone and the moment."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {"site": settings.SITE_URL, "host": host, "zone": school_zone(), "now": timezone.now()}


@require_GET
def event_ics(request: UserRequest, pk: int) -> HttpResponseBase:
    """One event of the school as a file for one's own calendar."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    text = ics.calendar([event_entry(event)], name=event.title, **_around())
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="event-{pk}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_GET
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The owner's own entries for a program of calendars; a wrong, revoked or closed address is absent."""
    owner = acts.owner_of(token)
    if owner is None:
        raise Http404
    today = timezone.localdate()
    text = ics.calendar(
        entries(owner, today - BEFORE, today + AFTER, cancelled=True),
        name="Наставничество",
        **_around(),
    )
    headers = {
        "Cache-Control": "private, max-age=900",
        "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
