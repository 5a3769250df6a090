"""Who releases whose access (docs/decisions/0013): never who asked, never whom it is about."""

from typing import TYPE_CHECKING

from mentoring_site.workflow import Requirement, Transition, Workflow
from people.accounts.models import User
from people.rights import ACTING, CHAIR, DIRECTOR, Right, label
from people.roles.models import RoleGrant

if TYPE_CHECKING:
    from people.access.models import AccessRequest

ASKING = {
    "slip": Right.ACCOUNTS_MANAGE,
    "letter": Right.ACCOUNTS_MANAGE,
    "codes": Right.ACCOUNTS_MANAGE,
    "email": Right.ACCOUNTS_MANAGE,
    "contact": Right.PEOPLE_EDIT,
    "role": Right.ROLES_MANAGE,
}
"""Which right lets somebody ask for what; an order asks by the right to register orders."""


def is_chairs(person_id: int, role: str, asked_by: User | None) -> bool:
    """Whether the chair of the council releases: the director's own access, and what the director asks for."""
    grants = RoleGrant.objects.not_ended()
    directors = grants.filter(person=person_id, role=DIRECTOR).exists()
    head = asked_by is not None and bool(asked_by.roles & {DIRECTOR, ACTING})
    return role == DIRECTOR or directors or head


def releasing(request: "AccessRequest") -> set[str]:
    """Return the roles of which one must release: those of today, whatever they were when it was asked."""
    return {CHAIR} if is_chairs(request.person_id, request.role, request.asked_by) else {DIRECTOR, ACTING}


def who_releases(request: "AccessRequest") -> str:
    """Name who releases, for people."""
    return label(CHAIR) if CHAIR in releasing(request) else label(DIRECTOR)


def may_release(request: "AccessRequest", user: User) -> bool:
    """Whether the request is the user's to release: by role, neither the one who asked nor the owner."""
    asked = request.asked_by.person_id if request.asked_by else None
    return bool(user.roles & releasing(request)) and user.person_id not in (asked, request.person_id)


def may_refuse(request: "AccessRequest", user: User) -> bool:
    """Whether the user may stop a request: who would release it, who asked (takes it back), and the owner."""
    own = user.person_id == request.person_id or user.pk == request.asked_by_id
    return own or may_release(request, user)


def can_anybody_release(request: "AccessRequest") -> bool:
    """Whether there is somebody else who can log in and release."""
    asked = request.asked_by.person_id if request.asked_by else None
    grants = RoleGrant.objects.in_force().filter(role__in=releasing(request), person__user__is_active=True)
    able = grants.exclude(person__user__last_login=None)
    return able.exclude(person__in=[pk for pk in (asked, request.person_id) if pk]).exists()


def _asker_still_may(request: "AccessRequest") -> str | None:
    """Who asked has been closed or lost the right meanwhile."""
    by, right = request.asked_by, ASKING.get(request.kind)
    if request.values.get("grant"):
        right = Right.ORDERS_REGISTER
    if by is None or right is None:
        return None
    if not by.is_active or not by.can(right):
        return f"{by.person.short_name} больше не может просить об этом. Пусть попросит {right.who}"
    return None


ACCESS_REQUEST = Workflow(
    Transition(
        "release",
        "Подтвердить",
        ("asked",),
        "released",
        "запрос доступа подтверждён",
        (Requirement("Кто просил, имеет право просить", _asker_still_may),),
        may=may_release,
        who=(
            "директор (о самом директоре и по его просьбе — председатель методического совета), но не тот, кто просил,"
            " и не тот, о чьём доступе речь"
        ),
    ),
    Transition(
        "refuse",
        "Отказать",
        ("asked",),
        "refused",
        "в доступе отказано",
        may=may_refuse,
        who="тот, кто подтверждает, кто просил, или сам владелец",
    ),
    Transition(
        "lapse",
        "Закрыть по сроку",
        ("asked",),
        "lapsed",
        "запрос доступа закрыт: за неделю его никто не подтвердил",
        may=lambda request, user: False,
        who="система по истечении недели",
    ),
)
