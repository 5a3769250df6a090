"""What surrounds every page of the cabinet: navigation by role, the user's name, the school's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from mentoring_site.ui.elements import Crumb, Tab
from people.accounts.models import User
from people.letters.told import told_of
from people.rights import MENTEE, MENTOR, label
from programs.pairings.models import Participation
from reports.help.tours import tour_of
from reports.home.places import EVERYBODY, GROUPS, OFFICES, PHONE, SETTINGS, TALKS, Entry, Place
from reports.site.context import school_short_of, view_mode_of


@dataclass(frozen=True)
class NavItem:
    """An entry as ``components/nav.html`` shows it."""

    label: str
    url: str
    name: str
    current: bool = False
    note: str = ""  # the sections of a place, where there is room for them


def cabinet(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation of the logged-in user and the school's name."""
    user = getattr(request, "user", None)
    context = {
        "school_short": school_short_of(request),
        "demo": settings.DEMO,
        "view_mode": view_mode_of(request),
    }
    if user is None or not user.is_authenticated:
        return context
    shown = shown_to(user)
    current = _current(request.path, [entry for group in shown for _, entries in group for entry in entries])
    place, sections = next(((p, found) for group in shown for p, found in group if current in found), (None, []))
    return context | {
        "nav": [[_item(place, entries, current, request.path) for place, entries in group] for group in shown],
        "nav_phone": _phone(user, shown, request.path, current),
        "nav_tabs": _tabs(request.path, place, sections),
        "nav_crumbs": _crumbs(request.path, place, sections, current),
        "search_url": reverse("reports:search"),
        "tour": tour_of(request),
        "told": told_of(request),
        "help_url": reverse("reports:help"),
        "me": {
            "name": user.person.short_name,
            "roles_line": ", ".join(sorted(label(role, user.person.gender) for role in user.roles)),
            "url": reverse("people:account"),
            "logout_url": reverse("account_logout"),
        },
    }


Shown = tuple[Place, list[Entry]]


def shown_to(user: User) -> list[list[Shown]]:
    """Return the places that the user has, each with the sections that the user may open; no empty group."""
    groups = [[(place, [e for e in place.sections if _is_shown(user, e)]) for place in group] for group in GROUPS]
    return [found for group in groups if (found := [(place, entries) for place, entries in group if entries])]


def settings_of(user: User) -> list[Entry]:
    """Return the settings that the user may open."""
    return [entry for entry in SETTINGS.sections if _is_shown(user, entry)]


def _item(place: Place, entries: Sequence[Entry], current: Entry | None, path: str) -> NavItem:
    """A place with one section is that section."""
    first = entries[0]
    if len(entries) == 1:
        return NavItem(first.label, first.url, first.name, current is first)
    url = reverse(place.index) if place.index else first.url
    note = "" if place.index else ", ".join(entry.label for entry in entries if entry.label != place.label)
    return NavItem(place.label, url, place.index or first.name, current in entries or path == url, note)


def _phone(user: User, shown: Sequence[Sequence[Shown]], path: str, current: Entry | None) -> list[NavItem]:
    """Return the four entries at the bottom of a phone, by the user's first role in ``OFFICES``."""
    entries = {entry.name: entry for group in shown for _, found in group for entry in found}
    if _is_shown(user, TALKS):
        entries[TALKS.name] = TALKS
    role = next((role for role in OFFICES if role in user.roles), "")
    names = [name for name in (*PHONE.get(role, ()), *EVERYBODY) if name in entries]
    chosen = [entries[name] for name in dict.fromkeys(names)][:4]
    here = _current(path, chosen) or current
    return [NavItem(entry.label, entry.url, entry.name, entry is here) for entry in chosen]


def _tabs(path: str, place: Place | None, entries: Sequence[Entry]) -> list[Tab]:
    """The sections of the place, above the page of one of them; the settings have a page instead."""
    if place is None or place.index or len(entries) == 1 or all(not _stands_at(path, e) for e in entries):
        return []
    return [Tab(entry.label, entry.url, _stands_at(path, entry)) for entry in entries]


def _stands_at(path: str, entry: Entry) -> bool:
    """Whether the page is that of a section, and not one inside it."""
    return path == entry.url or path in entry.pages


def _crumbs(path: str, place: Place | None, entries: Sequence[Entry], current: Entry | None) -> list[Crumb]:
    """The way back from a page that says none itself: to its section, from a section of the settings to all of them."""
    if place is None or current is None:
        return [] if path == reverse(SETTINGS.index) else [Crumb("Мои задачи", reverse("reports:home"))]
    top = [Crumb(place.label, reverse(place.index))] if place.index and len(entries) > 1 else []
    if _stands_at(path, current):
        return [*top, Crumb(current.label)] if top else []
    return [*top, Crumb(current.label, current.url)]


def _is_shown(user: User, entry: Entry) -> bool:
    if not (entry.rights or entry.for_participants or entry.for_mentors):
        return True
    return (
        any(user.can(right) for right in entry.rights)
        or (entry.for_mentors and MENTOR in user.roles)
        or (entry.for_participants and _takes_part(user))
    )


def _takes_part(user: User) -> bool:
    """Return whether the user is or was in a pair or group; asks only when the roles do not decide it."""
    if user.roles & {MENTOR, MENTEE}:
        return True
    if not hasattr(user, "takes_part"):
        user.takes_part = Participation.objects.filter(person=user.person_id).exists()  # type: ignore[attr-defined]
    return user.takes_part  # type: ignore[attr-defined]


def _current(path: str, entries: list[Entry]) -> Entry | None:
    """Return the entry to which an address belongs: at /programs/hours/ «Часы» and not «Программы»."""
    nearness = {e: max((len(b) for b in e.beginnings if path.startswith(b)), default=0) for e in entries}
    nearest = max(entries, key=nearness.__getitem__)
    return nearest if nearness[nearest] else None
