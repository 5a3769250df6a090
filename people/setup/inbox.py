"""What the school itself still owes: the order on the Положение, a director, a curator (п. 3.1, 3.3)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.inbox import InboxItem
from people.accounts.models import FirstSetup
from people.inbox_counts import told_of
from people.rights import ACTING, CURATOR, DIRECTOR, Right
from people.roles.models import RoleGrant
from people.setup.acts import HOW_TO_GO_ON, STEPS, is_open, unfinished

WEIGHT = 100  # nothing else can go on without these


def asks(user) -> dict:
    """Whether the user's own first setup is open; whether there are a director and a curator."""
    live = RoleGrant.objects.live()
    heads = {
        "has_director": Exists(live.filter(role__in=[DIRECTOR, ACTING])),
        "has_curator": Exists(live.filter(role=CURATOR)),
    }
    in_setup = Exists(FirstSetup.objects.filter(user=user.pk, finished_at=None))
    return {"in_setup": in_setup} | (heads if user.can(Right.ROLES_MANAGE) else {})


def items(user, told=None) -> list[InboxItem]:
    """Return what those who run the school have to record before programmes can start."""
    school = told or told_of(asks(user))
    if (school is None or school.in_setup) and (setup := unfinished(user)):
        why = (
            f"Пройдено шагов: {len(setup.done)} из {len(STEPS)}"
            if is_open(setup)
            else f"Её шаги закрылись через сутки. {HOW_TO_GO_ON}"
        )
        return [InboxItem("Закончить первую настройку", why, reverse("people:setup"), "Продолжить", weight=WEIGHT)]
    if not (user.can(Right.SCHOOL_EDIT) or user.can(Right.ROLES_MANAGE)):
        return []
    found = []
    if user.can(Right.SCHOOL_EDIT) and not (school and school.has_regulation):
        found.append(
            InboxItem(
                "Записать подписанный приказ об утверждении Положения",
                "Ни одна программа не начнётся без него (п.\u00a03.1)",
                reverse("people:school"),
                "Записать приказ",
                weight=WEIGHT,
            )
        )
    if user.can(Right.ROLES_MANAGE):
        for role, is_there, title, why in (
            (DIRECTOR, school and school.has_director, "Записать директора", "Приказы подписать некому"),
            (
                CURATOR,
                school and school.has_curator,
                "Назначить куратора приказом директора",
                "Наставничество ведёт куратор (п.\u00a03.3)",
            ),
        ):
            if not is_there:
                url = f"{reverse('people:role_give')}?role={role}"
                found.append(InboxItem(title, why, url, "Дать роль", weight=WEIGHT))
    return found
