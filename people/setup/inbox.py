"""What the school itself still has to record: the order on the Положение, a director, a curator (п. 3.1, 3.3)."""

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.rights import CURATOR, DIRECTOR, Right
from people.school.models import School
from people.setup.acts import HOW_TO_CONTINUE, STEPS, is_open, missing_roles, unfinished

WEIGHT = 100  # nothing else can go on without these


def items(user) -> list[InboxItem]:
    """Return what those who run the school have to record before programs can start."""
    if setup := unfinished(user):
        why = (
            f"Пройдено шагов: {len(setup.done)} из {len(STEPS)}"
            if is_open(setup)
            else f"Её шаги закрылись через сутки. {HOW_TO_CONTINUE}"
        )
        return [
            InboxItem(
                "Закончить первую настройку",
                why,
                reverse("people:setup"),
                "Продолжить",
                weight=WEIGHT,
                group=Group.SCHOOL,
                key="setup",
            )
        ]
    found = []
    if user.can(Right.SCHOOL_EDIT) and not ((school := School.get()) and school.has_regulation):
        found.append(
            InboxItem(
                "Записать подписанный приказ об утверждении Положения",
                "Ни одна программа не начнётся без него (п.\u00a03.1)",
                reverse("people:school"),
                "Записать приказ",
                weight=WEIGHT,
                group=Group.SCHOOL,
                key="setup:regulation",
            )
        )
    return [*found, *_roles(user)]


def _roles(user) -> list[InboxItem]:
    """Roles without which nothing goes on, for those who give roles."""
    if not user.can(Right.ROLES_MANAGE):
        return []
    missing = missing_roles()
    return [
        InboxItem(
            title,
            why,
            f"{reverse('people:role_give')}?role={role}",
            "Дать роль",
            weight=WEIGHT,
            group=Group.SCHOOL,
            key=f"setup:{role}",
        )
        for role, title, why in (
            (DIRECTOR, "Записать директора", "Приказы подписать некому"),
            (CURATOR, "Назначить куратора приказом директора", "Наставничество ведёт куратор (п.\u00a03.3)"),
        )
        if role in missing
    ]
