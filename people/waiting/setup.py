"""What the school itself still owes: the order on the Положение, a director, a curator (п. 3.1, 3.3)."""
from django.db.models import Exists
from django.urls import reverse

from mentoring_site.waiting import Waiting
from people.models import FirstSetup, RoleGrant, School
from people.roles import ACTING, CURATOR, DIRECTOR
from people.setup import HOW_TO_GO_ON, STEPS, is_open, unfinished

WEIGHT = 100  # nothing else can go on without these


def waiting(user) -> list[Waiting]:
    """Return what those who run the school have to record before programmes can start."""
    runs = user.can("school.edit") or user.can("roles.manage")
    school = _school(user) if runs else None
    if (school is None or school.setting_up) and (setup := unfinished(user)):
        why = f"Пройдено шагов: {len(setup.done)} из {len(STEPS)}" if is_open(setup) else f"Её шаги закрылись через сутки. {HOW_TO_GO_ON}"
        return [Waiting("Закончить первую настройку", why, reverse("people:setup"), "Продолжить", weight=WEIGHT)]
    if not runs:
        return []
    found = []
    if user.can("school.edit") and not (school and school.has_regulation):
        found.append(Waiting(
            "Записать подписанный приказ об утверждении Положения", "Ни одна программа не начнётся без него (п.\u00a03.1)",
            reverse("people:school"), "Записать приказ", weight=WEIGHT,
        ))
    if user.can("roles.manage"):
        for role, is_there, title, why in (
            (DIRECTOR, school and school.has_director, "Записать директора", "Приказы подписать некому"),
            (CURATOR, school and school.has_curator, "Назначить куратора приказом директора", "Наставничество ведёт куратор (п.\u00a03.3)"),
        ):
            if not is_there:
                url = f"{reverse('people:role_give')}?role={role}"
                found.append(Waiting(title, why, url, "Дать роль", weight=WEIGHT))
    return found


def _school(user):
    """Return the school with who heads it and whether this user's first setup is unfinished; one query."""
    live = RoleGrant.objects.live()
    return School.objects.annotate(
        has_director=Exists(live.filter(role__in=[DIRECTOR, ACTING])),
        has_curator=Exists(live.filter(role=CURATOR)),
        setting_up=Exists(FirstSetup.objects.filter(finished_at__isnull=True, user=user.pk)),
    ).first()
