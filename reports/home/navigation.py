"""What surrounds every page of the cabinet: navigation by role, the user's name, the school's name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.accounts.models import User
from people.letters.told import told_of
from people.rights import MENTEE, MENTOR, Right, label
from programs.pairings.models import Participation
from reports.help.tours import tour_of
from reports.site.context import school_short_of, view_mode_of


@dataclass(frozen=True)
class Entry:
    """A line of the navigation: its address by name, and the beginnings of all addresses that belong to it.

    It is shown to whoever has one of the ``rights``, ``for_participants`` also to those who are or were in a pair or
    group, ``for_mentors`` to mentors; an entry that names none of them is shown to everybody.
    """

    label: str
    name: str
    beginnings: tuple[str, ...]
    rights: tuple[Right, ...] = ()
    for_participants: bool = False
    for_mentors: bool = False

    @cached_property
    def url(self) -> str:
        """The address, found once: every page shows all entries."""
        return reverse(self.name)


GROUPS = (
    (
        Entry("Мои задачи", "reports:home", ("/home/",)),
        Entry(
            "Пары и группы",
            "programs:pairings",
            ("/pairings/",),
            (Right.PAIRINGS_SEE_ALL,),
            for_participants=True,
        ),
        Entry("Программы", "programs:programs", ("/programs/",), (Right.PROGRAMS_SEE_ALL,), for_participants=True),
        Entry("Приказы", "reports:orders", ("/orders/",), (Right.ORDERS_SEE_ALL,), for_participants=True),
        Entry("Ознакомление", "reports:acquaintance", ("/acquaintance/",)),
        Entry("Методический совет", "roadmap:minutes_list", ("/council/",), (Right.MINUTES_SEE,)),
        Entry("Дорожная карта", "roadmap:roadmaps", ("/roadmap/",)),
        Entry("Календарь", "reports:calendar", ("/calendar/", "/planned-meetings/")),
        Entry("Обзор", "reports:figures", ("/overview/",), (Right.PROGRAMS_SEE_ALL,)),
        Entry("Правовая база", "roadmap:legal_acts", ("/legal-base/",)),
    ),
    (
        Entry("Часы наставничества", "programs:hours", ("/programs/hours/",), (Right.PAPERS_SEE_ALL,)),
        Entry("Люди", "people:register", ("/people/",), (Right.PEOPLE_SEE_ALL,)),
        Entry("Банки", "people:banks", ("/banks/",), (Right.BANKS_SEE,)),
        Entry("Согласия", "people:consents", ("/consents/",)),
        Entry(
            "Соглашения",
            "programs:agreements",
            ("/agreements/", "/notices/"),
            (Right.AGREEMENTS_SEE_ALL,),
            for_mentors=True,
        ),
        Entry("Сайт", "reports:site", ("/site/",), (Right.SITE_PREVIEW,)),
    ),
    (
        Entry("Роли", "people:roles", ("/settings/roles/",), (Right.ROLES_SEE, Right.ROLES_MANAGE)),
        Entry(
            "Учётные записи",
            "people:accounts",
            ("/settings/accounts/",),
            (Right.ACCOUNTS_INVITE, Right.ACCOUNTS_MANAGE),
        ),
        Entry(
            "Запросы доступа",
            "people:access_requests",
            ("/settings/access/",),
            (Right.ACCESS_RELEASE, Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE),
        ),
        Entry("Школа", "people:school", ("/settings/school/",), (Right.SCHOOL_EDIT,)),
        Entry("Рабочие дни", "people:workdays", ("/settings/workdays/",), (Right.WORKDAYS_EDIT,)),
        Entry("Сроки хранения", "people:retention", ("/settings/retention/",), (Right.RETENTION_EDIT,)),
        Entry("Списки и образцы", "programs:lists", ("/settings/lists/",), (Right.LISTS_EDIT,)),
        Entry("Почта", "people:mail", ("/settings/mail/",), (Right.HEALTH_SEE,)),
        Entry("Состояние системы", "health_details", ("/health/",), (Right.HEALTH_SEE,)),
    ),
)
PHONE = (
    "reports:home",
    "programs:programs",
    "programs:pairings",
    "reports:orders",
    "people:register",
    "people:consents",
    "people:accounts",
    "roadmap:roadmaps",
)
"""What the bottom of a phone shows: the first four of these that the user has."""


@dataclass(frozen=True)
class NavItem:
    """An entry as ``components/nav.html`` shows it."""

    label: str
    url: str
    name: str
    current: bool = False


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
    shown = [[entry for entry in group if _is_shown(user, entry)] for group in GROUPS]
    current = _current(request.path, [entry for group in shown for entry in group])
    groups = [[NavItem(e.label, e.url, e.name, e is current) for e in group] for group in shown]
    by_name = {item.name: item for group in groups for item in group}
    return context | {
        "nav": [group for group in groups if group],
        "tour": tour_of(request),
        "told": told_of(request),
        "help_url": reverse("reports:help"),
        "nav_phone": [by_name[name] for name in PHONE if name in by_name][:4],
        "search_url": reverse("reports:search"),
        "me": {
            "name": user.person.short_name,
            "roles_line": ", ".join(sorted(label(role, user.person.gender) for role in user.roles)),
            "url": reverse("people:account"),
            "logout_url": reverse("account_logout"),
        },
    }


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
