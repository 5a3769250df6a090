"""The places of the cabinet and their sections, as data: nine at most, so that nothing is cut off.

A new page gets one line here: a section of the place to which it belongs.
"""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from people.rights import Right


@dataclass(frozen=True)
class Entry:
    """A section of a place: its address by name, and the beginnings of all addresses that belong to it.

    It is shown to whoever has one of the ``rights``, ``for_participants`` also to those who are or were in a pair or
    group, ``for_mentors`` to mentors; an entry that names none of them is shown to everybody. ``note`` says on the
    page of settings what it is for.
    """

    label: str
    name: str
    beginnings: tuple[str, ...]
    rights: tuple[Right, ...] = ()
    for_participants: bool = False
    for_mentors: bool = False
    note: str = ""
    pages: tuple[str, ...] = ()  # where its address leads on to: the tabs of the place stand there too

    @cached_property
    def url(self) -> str:
        """The address, found once: every page shows all entries."""
        return reverse(self.name)


@dataclass(frozen=True)
class Place:
    """A line of the navigation; who sees only one of its sections finds that one under its own name.

    It opens its first section, whose tabs lead to the others, or the page ``index`` that lists them.
    """

    label: str
    sections: tuple[Entry, ...]
    index: str = ""


SETTINGS = Place(
    "Настройки",
    (
        Entry(
            "Сведения о школе",
            "people:school",
            ("/settings/school/",),
            (Right.SCHOOL_EDIT,),
            note="Стоят в шапке документов и на сайте",
        ),
        Entry(
            "Роли",
            "people:roles",
            ("/settings/roles/",),
            (Right.ROLES_SEE, Right.ROLES_MANAGE),
            note="Кто директор, куратор, председатель совета и что каждый может",
        ),
        Entry(
            "Учётные записи",
            "people:accounts",
            ("/settings/accounts/",),
            (Right.ACCOUNTS_INVITE, Right.ACCOUNTS_MANAGE),
            note="Имена для входа, приглашения, листки",
        ),
        Entry(
            "Запросы доступа",
            "people:access_requests",
            ("/settings/access/",),
            (Right.ACCESS_RELEASE, Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE),
            note="Что один попросил, а другой подтверждает",
        ),
        Entry(
            "Рабочие дни",
            "people:workdays",
            ("/settings/workdays/",),
            (Right.WORKDAYS_EDIT,),
            note="Праздники и переносы: по ним считают сроки в бумагах",
        ),
        Entry(
            "Сроки хранения",
            "people:retention",
            ("/settings/retention/",),
            (Right.RETENTION_EDIT,),
            note="Сколько лет хранить каждый вид документов",
        ),
        Entry(
            "Опись файлов",
            "reports:files",
            ("/settings/files/",),
            (Right.PAPERS_SEE_ALL,),
            note="Что хранится за каждый учебный год, с какой контрольной суммой и до какого дня",
        ),
        Entry(
            "Списки и образцы",
            "programs:lists",
            ("/settings/lists/",),
            (Right.LISTS_EDIT,),
            note="Темы, формы и виды наставничества, образцы программ и шагов",
        ),
        Entry(
            "Почта",
            "people:mail",
            ("/settings/mail/",),
            (Right.HEALTH_SEE,),
            note="Почтовый сервер, пробное письмо, журнал доставки",
        ),
        Entry(
            "Состояние системы",
            "health_details",
            ("/health/",),
            (Right.HEALTH_SEE,),
            note="Резервные копии, место на диске, фоновые работы",
        ),
    ),
    index="reports:settings",
)
GROUPS: tuple[tuple[Place, ...], ...] = (
    (
        Place(
            "Мои задачи",
            (
                Entry("Мои задачи", "reports:home", ("/home/",)),
                Entry("Календарь", "reports:calendar", ("/calendar/", "/planned-meetings/")),
            ),
        ),
        Place(
            "Пары и группы",
            (
                Entry(
                    "Пары и группы",
                    "programs:pairings",
                    ("/pairings/",),
                    (Right.PAIRINGS_SEE_ALL,),
                    for_participants=True,
                ),
                Entry("Без пары", "programs:supports", ("/without-a-pair/",), (Right.REQUESTS_DECIDE,)),
            ),
        ),
        Place(
            "Программы",
            (
                Entry(
                    "Программы", "programs:programs", ("/programs/",), (Right.PROGRAMS_SEE_ALL,), for_participants=True
                ),
                Entry(
                    "Формы и виды",
                    "programs:kinds",
                    ("/programs/kinds/",),
                    (Right.PROGRAMS_SEE_ALL,),
                    for_participants=True,
                ),
                Entry("Образцы программ", "programs:templates", ("/programs/templates/",), (Right.PROGRAMS_WRITE,)),
                Entry(
                    "Просьбы",
                    "programs:requests",
                    ("/requests/",),
                    (
                        Right.REQUESTS_DECIDE,
                        Right.PERSONAL_FILES_OPEN,
                        Right.PERSONAL_FILES_RECORD,
                        Right.MINUTES_SEE,
                    ),
                    for_participants=True,
                ),
                Entry(
                    "Конкурсы и события",
                    "programs:contests",
                    ("/contests/",),
                    (Right.PROGRAMS_SEE_ALL,),
                    for_participants=True,
                ),
                Entry("Кому помочь", "programs:attention", ("/programs/attention/",), (Right.REPORTS_PIPELINE,)),
                Entry("Поручения совета", "programs:support_tasks", ("/support/",), (Right.PROGRAMS_SUPPORT,)),
                Entry(
                    "Оценки совета",
                    "programs:council_marks",
                    ("/programs/council-marks/",),
                    (Right.PROGRAMS_ASSESS, Right.REPORTS_PIPELINE),
                ),
                Entry("Часы наставничества", "programs:hours", ("/programs/hours/",), (Right.PAPERS_SEE_ALL,)),
                Entry("Мероприятия программ", "programs:activities", ("/activities/",), (Right.PROGRAMS_SEE_ALL,)),
                Entry(
                    "Задания", "programs:mentor_tasks", ("/tasks/",), (Right.PROGRAMS_SEE_ALL,), for_participants=True
                ),
                Entry(
                    "Как работается вместе",
                    "programs:relationships",
                    ("/relationships/",),
                    (Right.RELATIONSHIPS_SEE,),
                    for_participants=True,
                ),
            ),
        ),
    ),
    (
        Place(
            "Приказы",
            (
                Entry("Приказы", "reports:orders", ("/orders/",), (Right.ORDERS_SEE_ALL,), for_participants=True),
                Entry("Мнения профсоюза", "reports:opinions", ("/council/opinions/",), (Right.ORDERS_SEE_ALL,)),
                Entry("Ознакомление", "reports:acquaintance", ("/acquaintance/",)),
            ),
        ),
        Place(
            "Согласия",
            (
                Entry("Согласия", "people:consents", ("/consents/",), pages=("/consents/mine/",)),
                Entry(
                    "Соглашения",
                    "programs:agreements",
                    ("/agreements/", "/notices/"),
                    (Right.AGREEMENTS_SEE_ALL,),
                    for_mentors=True,
                ),
                Entry("Уведомления", "programs:notices", ("/notices/",), (Right.AGREEMENTS_SEE_ALL,)),
            ),
        ),
    ),
    (
        Place(
            "Люди",
            (
                Entry("Люди", "people:register", ("/people/",), (Right.PEOPLE_SEE_ALL,)),
                Entry(
                    "Банки",
                    "people:banks",
                    ("/banks/",),
                    (Right.BANKS_SEE,),
                    pages=("/banks/mentees/", "/banks/mentors/"),
                ),
                Entry("Обучение", "roadmap:trainings", ("/training/",)),
            ),
        ),
        Place(
            "Школа",
            (
                Entry("Дорожная карта", "roadmap:roadmaps", ("/roadmap/",)),
                Entry("События", "roadmap:events", ("/school-events/",)),
                Entry("Постоянные обязанности", "roadmap:duties", ("/roadmap/duties/",), (Right.ROADMAP_SEE,)),
                Entry("Методический совет", "roadmap:minutes_list", ("/council/",), (Right.MINUTES_SEE,)),
                Entry("Советы и объединения", "roadmap:bodies", ("/council/bodies/",), (Right.MINUTES_SEE,)),
                Entry("Партнёры", "roadmap:partners", ("/partners/",), (Right.PARTNERS_SEE,)),
                Entry("Правовая база", "roadmap:legal_acts", ("/legal-base/",)),
                Entry(
                    "Проекты актов",
                    "reports:act_drafts",
                    ("/act-drafts/",),
                    (Right.ACT_DRAFTS_EDIT, Right.ORDERS_REGISTER),
                ),
                Entry("Библиотека", "roadmap:library", ("/library/",)),
                Entry("Лучшие практики", "roadmap:practices", ("/practices/",)),
                Entry("Сайт", "reports:site", ("/site/",), (Right.SITE_PREVIEW,)),
            ),
        ),
        Place(
            "Отчёты",
            (
                Entry("Обзор", "reports:figures", ("/overview/",), (Right.PROGRAMS_SEE_ALL,)),
                Entry("Показатели", "reports:indicators", ("/indicators/",), (Right.PROGRAMS_SEE_ALL,)),
                Entry("Опросы", "reports:surveys", ("/surveys/",)),
                Entry("Мониторинг", "reports:monitorings", ("/monitoring/",), (Right.MONITORING_SEE,)),
                Entry("Число участников", "reports:statistics", ("/statistics/",), (Right.PROGRAMS_SEE_ALL,)),
                Entry("Итоговые отчёты", "reports:annuals", ("/annual/",), (Right.PROGRAMS_SEE_ALL,)),
                Entry("Исполнение Положения", "reports:compliance", ("/compliance/",), (Right.COMPLIANCE_SEE,)),
                Entry("Папки для проверки", "reports:folders", ("/inspection/",), (Right.INSPECTION_MAKE,)),
                Entry(
                    "Учебные годы",
                    "reports:school_years",
                    ("/school-years/",),
                    (Right.ROADMAP_SEE, Right.ORDERS_SEE_ALL),
                ),
                Entry("Прежние документы", "reports:past_imports", ("/past/",), (Right.PAST_LOAD,)),
            ),
        ),
    ),
    (SETTINGS,),
)
TALKS = Entry("Разговор", "reports:talks", ("/talks/",), for_participants=True)
"""Stands on phones only: on a wide screen the talk is a tab of its program."""
PHONE = {
    "mentor": ("reports:home", "programs:programs", "reports:talks", "reports:acquaintance"),
    "mentee": ("reports:home", "programs:programs", "reports:talks", "reports:acquaintance"),
    "curator": ("reports:home", "programs:programs", "programs:pairings", "reports:orders"),
    "director": ("reports:home", "reports:orders", "people:banks", "programs:programs"),
    "acting": ("reports:home", "reports:orders", "people:banks", "programs:programs"),
    "clerk": ("reports:home", "reports:orders", "people:register", "people:consents"),
    "chair": ("reports:home", "programs:programs", "roadmap:minutes_list", "programs:pairings"),
    "secretary": ("reports:home", "programs:programs", "roadmap:minutes_list", "programs:pairings"),
    "council": ("reports:home", "programs:programs", "programs:pairings", "roadmap:minutes_list"),
    "sysadmin": ("reports:home", "people:accounts", "people:access_requests", "health_details"),
}
"""What the bottom of a phone shows, by role."""
OFFICES = ("curator", "director", "acting", "clerk", "chair", "secretary", "sysadmin", "mentor", "mentee", "council")
"""Whose four places somebody with several roles gets: the nearest to the daily work first."""
EVERYBODY = ("reports:home", "reports:acquaintance", "people:consents", "roadmap:roadmaps")
"""The four of whoever has no role, and what fills up the rest."""
