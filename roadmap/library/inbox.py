"""What waits: materials for the council, returned ones for who has put them."""

from collections.abc import Iterator

from mentoring_site.inbox import Group, HeldItem, InboxItem
from people.accounts.models import User
from people.rights import Right
from roadmap.library.models import Material

AT_MOST = 20
State = Material.State


def items(user: User) -> Iterator[InboxItem]:
    """Return what the user has to look at or to correct."""
    if user.can(Right.PRACTICES_REVIEW):
        found = Material.objects.filter(state=State.REVIEW).exclude(created_by=user.pk)
        yield from (_to_look_at(material) for material in found.order_by("submitted_at", "pk")[:AT_MOST])
    yield from (_to_correct(material) for material in _own(user) if material.state == State.RETURNED)


def _own(user: User) -> list[Material]:
    """Return the user's own materials that the council has seen; read once for a user object, that is for a request."""
    if not hasattr(user, "_own_materials"):
        found = Material.objects.filter(created_by=user.pk, state__in=(State.RETURNED, State.REVIEW))
        user._own_materials = list(found.order_by("submitted_at", "pk")[:AT_MOST])  # type: ignore[attr-defined]
    return user._own_materials  # type: ignore[attr-defined]


def _to_look_at(material: Material) -> InboxItem:
    return InboxItem(
        f"Рассмотреть материал: {material}",
        "Совет принимает его в библиотеку или возвращает с замечаниями (п. 3.5)",
        f"{material.get_absolute_url()}review/",
        "Посмотреть",
        since=material.submitted_at,
        group=Group.COUNCIL,
        key=f"material:{material.pk}:review",
    )


def _to_correct(material: Material) -> InboxItem:
    return InboxItem(
        f"Поправить материал: {material}",
        "Совет вернул его с замечаниями",
        material.get_absolute_url(),
        "Открыть материал",
        since=material.reviewed_at,
        group=Group.COUNCIL,
        key=f"material:{material.pk}",
    )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own materials that the council looks at; no query besides that of ``items``."""
    for material in _own(user):
        if material.state == State.REVIEW:
            url, key = material.get_absolute_url(), f"material:{material.pk}"
            yield HeldItem(f"Материал: {material}", "методический совет", url, key, since=material.submitted_at)
