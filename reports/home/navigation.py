"""What surrounds every page of the cabinet: navigation by role, the user's name, the school's name."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from people.rights import MENTOR, Right, label
from people.school.models import School
from programs.pairings.models import Participation

# (label, url name, beginnings of addresses that belong to it, right or None)
GROUPS = (
    (
        ("Мои задачи", "reports:home", ("/home/",), None),
        ("Пары и группы", "programs:pairings", ("/pairings/",), "pairings"),
        ("Программы", "programs:programs", ("/programs/",), "programs"),
        ("Приказы", "reports:orders", ("/orders/",), "orders"),
        ("Ознакомление", "reports:acquaintance", ("/acquaintance/",), None),
        ("Методический совет", "roadmap:minutes_list", ("/council/",), Right.MINUTES_SEE),
        ("Дорожная карта", "roadmap:roadmaps", ("/roadmap/",), None),
    ),
    (
        ("Часы наставничества", "programs:hours", ("/programs/hours/",), Right.PAPERS_SEE_ALL),
        ("Люди", "people:register", ("/people/",), Right.PEOPLE_SEE_ALL),
        ("Банки", "people:banks", ("/banks/",), Right.BANKS_SEE),
        ("Согласия", "people:consents", ("/consents/",), None),
        ("Соглашения", "programs:agreements", ("/agreements/", "/notices/"), "agreements"),
        ("Сайт", "reports:site", ("/site/",), Right.SITE_PREVIEW),
    ),
    (
        ("Роли", "people:roles", ("/settings/roles/",), "roles"),
        ("Учётные записи", "people:accounts", ("/settings/accounts/",), "accounts"),
        ("Школа", "people:school", ("/settings/school/",), Right.SCHOOL_EDIT),
        ("Рабочие дни", "people:workdays", ("/settings/workdays/",), Right.WORKDAYS_EDIT),
        ("Списки и образцы", "programs:lists", ("/settings/lists/",), Right.LISTS_EDIT),
        ("Состояние системы", "health_details", ("/health/",), Right.HEALTH_SEE),
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
)  # the four that a role uses most: the first four that it has


def cabinet(request) -> dict:
    """Context processor: navigation of the logged-in user and the school's name."""
    user = getattr(request, "user", None)
    context = {
        "school_short": _school_short(request),
        "demo": settings.DEMO,
        "view_mode": request.COOKIES.get("view", "") if request.COOKIES.get("view") in VIEW_MODES else "",
    }
    if user is None or not user.is_authenticated:
        return context
    groups = [[_item(request, entry) for entry in group if _open(user, entry[3])] for group in GROUPS]
    groups = [[item for item in group if item] for group in groups]
    _only_nearest(groups)
    flat = {item["name"]: item for group in groups for item in group}
    roles = ", ".join(sorted(label(role) for role in user.roles))
    return context | {
        "nav": [group for group in groups if group],
        "nav_phone": [flat[name] for name in PHONE if name in flat][:4],
        "search_url": reverse("reports:search"),
        "me": {
            "name": user.person.short_name,
            "roles_line": roles,
            "url": reverse("people:account"),
            "logout_url": reverse("account_logout"),
        },
    }


def school_of(request) -> School | None:
    """Return the school's particulars, read once per request."""
    if not hasattr(request, "school"):
        request.school = School.get()
    return request.school


def _school_short(request) -> str:
    """The short name of the school, or an empty string before the first setup."""
    school = school_of(request)
    return school.organisation.short_name if school else ""


VIEW_MODES = ("contrast", "large", "contrast large")


def _open(user, right: str | None) -> bool:
    """Whether the entry is shown: one's own pairs and programmes are shown to whoever has or had any."""
    if right is None:
        return True
    if right in ("pairings", "programs"):
        return user.can(f"{right}.see_all") or _takes_part(user)
    if right == "orders":
        return user.can(Right.ORDERS_SEE_ALL) or _takes_part(user)
    if right == "agreements":
        return user.can(Right.AGREEMENTS_SEE_ALL) or MENTOR in user.roles
    if right in ("roles", "accounts"):
        return any(r.startswith(f"{right}.") for r in user.rights)
    return user.can(right)


def _takes_part(user) -> bool:
    if not hasattr(user, "takes_part"):
        user.takes_part = Participation.objects.filter(person=user.person_id).exists()
    return user.takes_part


def _only_nearest(groups):
    """Leave one current entry: the one with the longest beginning, «Часы» and not «Программы» at /programs/hours/."""
    items = [item for group in groups for item in group]
    nearest = max((item["current"] for item in items), default=0)
    for item in items:
        item["current"] = nearest > 0 and item["current"] == nearest


def _item(request, entry) -> dict | None:
    text, name, beginnings, _ = entry
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    nearness = max((len(b) for b in beginnings if request.path.startswith(b)), default=0)
    return {"label": text, "url": url, "name": name, "current": nearness}
