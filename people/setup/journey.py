"""The first hour of a school, «Первые шаги»: its first steps, from the particulars to the people who hold offices."""

from django.db.models import Exists, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Journey, Step
from people.accounts.models import User
from people.register.models import Employment
from people.rights import ACTING, CHAIR, CLERK, CURATOR, DIRECTOR, SECRETARY, Right
from people.roles.models import RoleGrant
from people.school.models import School

FIRST = "first"
LEAD = (
    "От пустой школы до первой программы. Шаг закрывается сам, когда сделано то, о чём он; идти можно с перерывами:"
    " ничего не потеряется."
)
TRAVELLERS = (Right.ACCOUNTS_MANAGE, Right.BANKS_APPROVE, Right.CONSENTS_RECORD)  # administrator, director, clerk


def journey(over) -> Journey:
    """Return the journey of the first hour; ``over`` is known to a higher feature: a program runs or has run."""
    return Journey(FIRST, "Первые шаги", LEAD, TRAVELLERS, over)


def _held(*roles: str) -> QuerySet:
    return RoleGrant.objects.live().filter(role__in=roles).order_by()


def _came_in(*roles: str) -> Exists:
    return Exists(_held(*roles).filter(person__user__last_login__isnull=False))


def _account_of(*roles: str) -> str:
    """Lead to the account of whoever holds the office, or to the page that makes one."""
    grant = _held(*roles).order_by("-since").select_related("person__user").first()
    if grant is None:
        return reverse("people:roles")
    user = User.objects.filter(person=grant.person_id).only("pk").first()
    if user is None:
        return f"{reverse('people:accounts_new')}?of=offices"
    return reverse("people:account_one", args=[user.pk])


STEPS = (
    Step(
        "school",
        10,
        "Запишите сведения о школе",
        "Они стоят в шапке приказов и на сайте",
        Right.SCHOOL_EDIT,
        lambda: reverse("people:school"),
        "Записать",
        lambda: Exists(School.objects.order_by()),
        4,
        3,
    ),
    Step(
        "director",
        20,
        "Запишите директора",
        "Без него приказы подписать некому",
        Right.ROLES_MANAGE,
        lambda: f"{reverse('people:role_give')}?role={DIRECTOR}",
        "Записать директора",
        lambda: Exists(_held(DIRECTOR, ACTING)),
        5,
        2,
    ),
    Step(
        "curator",
        30,
        "Назначьте куратора",
        "Наставничество ведёт куратор; его назначает директор приказом (п.\u00a03.3)",
        Right.ROLES_MANAGE,
        lambda: f"{reverse('people:role_give')}?role={CURATOR}",
        "Назначить куратора",
        lambda: Exists(_held(CURATOR)),
        5,
        2,
    ),
    Step(
        "director-account",
        40,
        "Дайте директору войти",
        "Директор подтверждает доступ куратора: без него куратор не войдёт. Учётные записи директору и куратору"
        " заводятся одной кнопкой",
        Right.ACCOUNTS_MANAGE,
        lambda: _account_of(DIRECTOR, ACTING),
        "Дать доступ",
        lambda: _came_in(DIRECTOR, ACTING),
        4,
        5,
        after=("director",),
    ),
    Step(
        "curator-account",
        50,
        "Дайте куратору войти",
        "Дальше школу заполняет куратор: люди, согласия, банки, пары",
        Right.ACCOUNTS_MANAGE,
        lambda: _account_of(CURATOR),
        "Дать доступ",
        lambda: _came_in(CURATOR),
        4,
        5,
        after=("curator", "director-account"),
    ),
    Step(
        "staff",
        60,
        "Загрузите список сотрудников",
        "Тот же файл Excel, который школа ведёт сама: столбцы система узнает",
        Right.PEOPLE_IMPORT,
        lambda: reverse("people:imports"),
        "Загрузить список",
        lambda: Exists(Employment.objects.current().filter(is_teaching=True).order_by()),
        4,
        5,
    ),
    Step(
        "offices",
        70,
        "Назовите председателя совета и специалиста по кадрам",
        "Совет рекомендует пары, специалист по кадрам визирует и регистрирует приказы",
        Right.ROLES_MANAGE,
        lambda: reverse("people:offices"),
        "Назвать",
        lambda: Exists(_held(CHAIR, SECRETARY)) & Exists(_held(CLERK)),
        3,
        2,
        after=("staff",),
    ),
)
