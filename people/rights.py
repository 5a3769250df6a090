"""Rights and the roles that hold them, as data.

Views and acts ask ``user.can(Right.ORDERS_REGISTER)``. Who may see which object comes from relations:
``visible_to(user)`` of its queryset. Mentor and mentee are not granted: pairs give them (people/roles/relations.py).
"""

from collections.abc import Iterable
from typing import Any, Protocol

from mentoring_site.rights import BaseRight

DIRECTOR, ACTING, CURATOR, CLERK, SYSADMIN = "director", "acting", "curator", "clerk", "sysadmin"
CHAIR, SECRETARY, COUNCIL = "chair", "secretary", "council"
MENTOR, MENTEE = "mentor", "mentee"

ROLES = {
    DIRECTOR: ("директор", "Утверждает кандидатов и программы, подписывает приказы, видит всё"),
    ACTING: ("исполняющий обязанности директора", "То же, что директор, в назначенные дни"),
    CURATOR: ("куратор", "Ведёт всё: банки, пары, программы, приказы, дорожную карту, сайт"),
    CHAIR: ("председатель методического совета", "Согласует программы, подтверждает темы пар, рекомендует пары"),
    SECRETARY: ("секретарь методического совета", "Ведёт протоколы и записывает решения совета"),
    COUNCIL: ("член методического совета", "Предлагает кандидатов и пары, пишет замечания к программам"),
    CLERK: (
        "специалист по кадрам",
        "Ведёт список сотрудников, согласия на бумаге, регистрирует приказы, прикладывает сканы",
    ),
    SYSADMIN: ("системный администратор", "Заводит учётные записи и следит за работой системы; дел людей не решает"),
}
RELATION_ROLES = {
    MENTOR: ("наставник", "По приказу о закреплении: ведёт программу, проверяет мероприятия, отмечает встречи"),
    MENTEE: ("наставляемый", "По приказу о закреплении: участвует в составлении программы, выполняет мероприятия"),
}
ROLE_CHOICES = [(code, label) for code, (label, _) in ROLES.items()]


class Right(BaseRight):
    """Everything that roles allow; the words are shown on the screen of roles, in refusals and in the README."""

    # Люди
    PEOPLE_SEE_ALL = "people.see_all", "видеть всех людей школы"
    PEOPLE_EDIT = "people.edit", "вести список людей"
    PEOPLE_IMPORT = "people.import", "загружать список сотрудников из файла"
    PEOPLE_HISTORY = "people.history", "видеть, кто и что менял в сведениях"
    CONSENTS_SEE_ALL = "consents.see_all", "видеть реестр согласий"
    CONSENTS_RECORD = "consents.record", "записывать согласия на бумаге"
    AGREEMENTS_SEE_ALL = "agreements.see_all", "видеть соглашения с наставниками и уведомления"
    AGREEMENTS_RECORD = "agreements.record", "вести соглашения с наставниками и записывать уведомления"
    CONSENTS_DESTROY = "consents.destroy", "утверждать уничтожение персональных данных"
    # Банки
    BANKS_SEE = "banks.see", "видеть банки наставников и наставляемых"
    QUESTIONNAIRES_SEE = "questionnaires.see", "читать анкеты кандидатов и замечания о них"
    BANKS_PROPOSE = "banks.propose", "предлагать кандидатов"
    BANKS_FILL_FOR_OTHERS = "banks.fill_for_others", "заполнять анкеты со слов"
    BANKS_COMMENT = "banks.comment", "писать замечания к кандидатам"
    BANKS_APPROVE = "banks.approve", "утверждать и отклонять кандидатов"
    BANKS_CORRECT = "banks.correct", "исправлять сведения банков и записывать их проверку"
    # Пары и группы
    PAIRINGS_SEE_ALL = "pairings.see_all", "видеть все пары и группы"
    PAIRINGS_PROPOSE = "pairings.propose", "предлагать пары и группы"
    PAIRINGS_TOPICS = "pairings.topics", "подтверждать темы пар от имени совета"
    PAIRINGS_RECOMMEND = "pairings.recommend", "записывать рекомендацию совета"
    PAIRINGS_ANSWER_FOR_OTHERS = "pairings.answer_for_others", "записывать ответы участников с их слов"
    # Программы
    PROGRAMS_SEE_ALL = "programs.see_all", "видеть все программы"
    PROGRAMS_WRITE = "programs.write", "составлять программы"
    PROGRAMS_TERM = "programs.decide_term", "записывать решение об особом сроке программы"
    PROGRAMS_ENDORSE = "programs.endorse", "визировать программы как ответственный куратор"
    PROGRAMS_REMARK = "programs.remark", "писать замечания к программам"
    PROGRAMS_AGREE = "programs.agree", "записывать согласование совета"
    PROGRAMS_SUPPORT = "programs.support", "поручать методическую поддержку программ"
    PROGRAMS_ASSESS = "programs.assess", "оценивать программы в середине и в конце"
    PROGRAMS_RETURN = "programs.send_back", "возвращать программы на доработку"
    PROGRAMS_ACT_FOR_OTHERS = "programs.act_for_others", "записывать дела участников с бумаги"
    PROGRAMS_CHANGE = "programs.change", "готовить изменения, замены, приостановления и завершения"
    PETITIONS_DECIDE = "petitions.decide", "решать ходатайства о замене и сложении обязанностей наставника"
    REQUESTS_DECIDE = "requests.decide", "решать просьбы и предложения участников"
    RELATIONSHIPS_SEE = "relationships.see", "читать, как наставнику и наставляемым работается вместе"
    RELEASES_DECIDE = "releases.decide", "решать, освободить ли участника от уроков на время мероприятия"
    CONTESTS_DECIDE = "contests.decide", "решать, участвует ли наставляемый в конкурсе, и назначать, кто готовит"
    INCENTIVES_DECIDE = "incentives.decide", "рассматривать предложения о поощрении"
    DISCIPLINE_SEE = "discipline.see", "читать предложения о дисциплинарном взыскании"
    DISCIPLINE_DECIDE = "discipline.decide", "решать, брать ли в работу предложение о взыскании"
    COUNCIL_TALKS = "council.talks", "назначать консультации и посредников от имени совета"
    PERSONAL_FILES_OPEN = "personal_files.open", "разрешать наставнику смотреть личное дело наставляемого"
    PERSONAL_FILES_RECORD = "personal_files.record", "записывать, что наставник посмотрел в личном деле"
    PROGRAMS_PUBLISH = "programs.publish", "публиковать результаты"
    PAPER_ENTER = "paper.enter", "вносить пары и программы, которые уже есть на бумаге"
    PAST_LOAD = "past.load", "загружать прежние приказы, пары и программы из файла"
    # Обучение и партнёры
    TRAINING_SEE = "training.see", "видеть, кто чему учился"
    TRAINING_EDIT = "training.edit", "вести записи об обучении и подтверждать их"
    PARTNERS_SEE = "partners.see", "видеть партнёров школы и договоры с ними"
    PARTNERS_EDIT = "partners.edit", "вести партнёров школы, договоры и переговоры"
    # Приказы
    ORDERS_SEE_ALL = "orders.see_all", "видеть все приказы"
    ORDERS_DRAFT = "orders.draft", "готовить проекты приказов"
    ORDERS_VISA = "orders.visa", "визировать приказы"
    ORDERS_REGISTER = "orders.register", "регистрировать подписанные приказы"
    PAPERS_SEE_ALL = "papers.see_all", "видеть все документы"
    # Дорожная карта и обзор
    ROADMAP_SEE = "roadmap.see", "видеть дорожную карту"
    ROADMAP_WRITE = "roadmap.write", "составлять дорожную карту"
    ROADMAP_APPROVE = "roadmap.approve", "утверждать дорожную карту"
    ACT_DRAFTS_EDIT = "act_drafts.edit", "писать проекты локальных актов и замечания к ним"
    ACT_DRAFTS_LEAD = "act_drafts.lead", "вести обсуждение проектов локальных актов"
    LEGAL_BASE_EDIT = "legal_base.edit", "вести правовую базу"
    LEGAL_BASE_SETTLE = "legal_base.settle", "решать сомнения о правовых актах"
    MINUTES_SEE = "minutes.see", "видеть протоколы методического и других советов"
    MINUTES_WRITE = "minutes.write", "назначать заседания, вести протоколы и записывать их подписание"
    BODIES_EDIT = "bodies.edit", "вести составы советов и объединений"
    PRACTICES_WRITE = "practices.write", "описывать лучшие практики"
    PRACTICES_REVIEW = "practices.review", "рассматривать практики и методические материалы от имени совета"
    PRACTICES_PUBLISH = "practices.publish", "решать, показать ли практику на сайте"
    LIBRARY_WRITE = "library.write", "вести методическую копилку"
    EVENTS_SEE = "events.see", "видеть все события школы и их участников"
    EVENTS_WRITE = "events.write", "готовить события, приглашать на них и записывать, кто был"
    SURVEYS_SEE = "surveys.see", "видеть опросы и их итоги"
    SURVEYS_WRITE = "surveys.write", "составлять анкеты и проводить опросы"
    MONITORING_SEE = "monitoring.see", "видеть мониторинг системы наставничества"
    MONITORING_WRITE = "monitoring.write", "проводить мониторинг и завершать его"
    MONITORING_ASSESS = "monitoring.assess", "записывать оценку результатов мониторинга советом"
    STATISTICS_KEEP = "statistics.keep", "сохранять справки о числе участников"
    REPORTS_PIPELINE = "reports.pipeline", "видеть, где стоит каждое дело"
    ANNUAL_WRITE = "annual.write", "составлять итоговые аналитические отчёты"
    ANNUAL_SIGN = "annual.sign", "подписывать итоговые аналитические отчёты"
    INDICATORS_EDIT = "indicators.edit", "устанавливать цели показателей"
    COMPLIANCE_SEE = "compliance.see", "видеть, чем подтверждён каждый пункт Положения"
    COMPLIANCE_SETTLE = "compliance.settle", "решать, что пункт Положения в школе не применяется"
    INSPECTION_MAKE = "inspection.make", "собирать папку для проверки и передавать её по акту"
    # Сайт и справочники
    SITE_PREVIEW = "site.preview", "видеть страницы сайта до публикации"
    SITE_DRAFT = "site.draft", "писать черновики новостей"
    SITE_EDIT = "site.edit", "вести публичный раздел"
    LISTS_EDIT = "lists.edit", "вести списки тем, форм и видов"
    LISTS_SHARE = "lists.share", "показывать свои отборы всем, кто открывает список"
    WORKDAYS_EDIT = "workdays.edit", "вести календарь рабочих дней"
    RETENTION_EDIT = "retention.edit", "устанавливать сроки хранения документов"
    # Школа и система
    SCHOOL_EDIT = "school.edit", "менять сведения о школе"
    ROLES_MANAGE = "roles.manage", "давать и заканчивать роли"
    ROLES_SEE = "roles.see", "видеть, у кого какие роли"
    ACCOUNTS_INVITE = "accounts.invite", "заводить учётные записи и выдавать приглашения"
    ACCOUNTS_MANAGE = "accounts.manage", "закрывать учётные записи, сбрасывать вход с кодом"
    ACCESS_RELEASE = "access.release", "подтверждать доступ руководителей и администраторов, о котором просит другой"
    HEALTH_SEE = "health.see", "следить за работой системы"

    @property
    def holders(self) -> list[str]:
        """Return the names of the roles that hold the right; an acting director has the rights of the director."""
        return [ROLES[role][0] for role in ROLES if role != ACTING and self in RIGHTS[role]]


class Actor(Protocol):
    """A logged-in user, as features below accounts know one: who it is and what the roles of today allow."""

    pk: int
    person_id: int
    person: Any

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles of today."""
        ...

    def can(self, right: str) -> bool:
        """Whether one of the user's roles gives the right."""
        ...


_ALL_PEOPLE = {Right.PEOPLE_SEE_ALL}
_COUNCIL = {
    Right.BANKS_SEE,
    Right.QUESTIONNAIRES_SEE,
    Right.BANKS_PROPOSE,
    Right.PAIRINGS_SEE_ALL,
    Right.PAIRINGS_PROPOSE,
    Right.PROGRAMS_SEE_ALL,
    Right.PROGRAMS_WRITE,
    Right.PROGRAMS_REMARK,
    Right.PROGRAMS_ASSESS,
    Right.ROADMAP_SEE,
    Right.TRAINING_SEE,
    Right.PARTNERS_SEE,
    Right.MINUTES_SEE,
    Right.ACT_DRAFTS_EDIT,
    Right.PRACTICES_WRITE,
    Right.PRACTICES_REVIEW,
    Right.LIBRARY_WRITE,
    Right.SITE_PREVIEW,
    Right.SITE_DRAFT,
    Right.EVENTS_SEE,
    Right.COMPLIANCE_SEE,
    Right.SURVEYS_SEE,
    Right.MONITORING_SEE,
    Right.MONITORING_ASSESS,
}
RIGHTS = {
    DIRECTOR: (
        _ALL_PEOPLE
        | {
            Right.PEOPLE_HISTORY,
            Right.BANKS_SEE,
            Right.QUESTIONNAIRES_SEE,
            Right.BANKS_COMMENT,
            Right.BANKS_APPROVE,
            Right.PAIRINGS_SEE_ALL,
            Right.PROGRAMS_SEE_ALL,
            Right.PROGRAMS_RETURN,
            Right.PETITIONS_DECIDE,
            Right.RELEASES_DECIDE,
            Right.INCENTIVES_DECIDE,
            Right.DISCIPLINE_SEE,
            Right.DISCIPLINE_DECIDE,
            Right.PERSONAL_FILES_OPEN,
            Right.ORDERS_SEE_ALL,
            Right.ORDERS_DRAFT,
            Right.ORDERS_VISA,
            Right.ORDERS_REGISTER,
            Right.ROADMAP_SEE,
            Right.ACT_DRAFTS_EDIT,
            Right.ACT_DRAFTS_LEAD,
            Right.TRAINING_SEE,
            Right.PARTNERS_SEE,
            Right.PARTNERS_EDIT,
            Right.MINUTES_SEE,
            Right.EVENTS_SEE,
            Right.SURVEYS_SEE,
            Right.MONITORING_SEE,
            Right.ROADMAP_APPROVE,
            Right.LEGAL_BASE_EDIT,
            Right.LEGAL_BASE_SETTLE,
            Right.ROLES_MANAGE,
            Right.ROLES_SEE,
            Right.ACCESS_RELEASE,
            Right.SCHOOL_EDIT,
            Right.REPORTS_PIPELINE,
            Right.ANNUAL_SIGN,
            Right.INDICATORS_EDIT,
            Right.COMPLIANCE_SEE,
            Right.COMPLIANCE_SETTLE,
            Right.INSPECTION_MAKE,
            Right.PAPERS_SEE_ALL,
            Right.CONSENTS_SEE_ALL,
            Right.AGREEMENTS_SEE_ALL,
            Right.AGREEMENTS_RECORD,
            Right.CONSENTS_DESTROY,
            Right.SITE_PREVIEW,
            Right.PRACTICES_PUBLISH,
            Right.LISTS_SHARE,
        }
    ),
    CURATOR: (
        _ALL_PEOPLE
        | {
            Right.PEOPLE_EDIT,
            Right.PEOPLE_IMPORT,
            Right.PEOPLE_HISTORY,
            Right.BANKS_SEE,
            Right.QUESTIONNAIRES_SEE,
            Right.BANKS_PROPOSE,
            Right.BANKS_FILL_FOR_OTHERS,
            Right.BANKS_CORRECT,
            Right.CONSENTS_SEE_ALL,
            Right.CONSENTS_RECORD,
            Right.AGREEMENTS_SEE_ALL,
            Right.AGREEMENTS_RECORD,
            Right.WORKDAYS_EDIT,
            Right.RETENTION_EDIT,
            Right.PAIRINGS_SEE_ALL,
            Right.PAIRINGS_PROPOSE,
            Right.PAIRINGS_ANSWER_FOR_OTHERS,
            Right.PROGRAMS_SEE_ALL,
            Right.PROGRAMS_WRITE,
            Right.PROGRAMS_TERM,
            Right.PROGRAMS_ENDORSE,
            Right.PROGRAMS_RETURN,
            Right.PROGRAMS_REMARK,
            Right.PROGRAMS_ACT_FOR_OTHERS,
            Right.PROGRAMS_CHANGE,
            Right.PETITIONS_DECIDE,
            Right.REQUESTS_DECIDE,
            Right.RELATIONSHIPS_SEE,
            Right.RELEASES_DECIDE,
            Right.CONTESTS_DECIDE,
            Right.INCENTIVES_DECIDE,
            Right.DISCIPLINE_SEE,
            Right.PROGRAMS_PUBLISH,
            Right.ORDERS_SEE_ALL,
            Right.ORDERS_DRAFT,
            Right.ORDERS_VISA,
            Right.ORDERS_REGISTER,
            Right.ROADMAP_SEE,
            Right.ACT_DRAFTS_EDIT,
            Right.ACT_DRAFTS_LEAD,
            Right.ROADMAP_WRITE,
            Right.TRAINING_SEE,
            Right.TRAINING_EDIT,
            Right.PARTNERS_SEE,
            Right.PARTNERS_EDIT,
            Right.LEGAL_BASE_EDIT,
            Right.MINUTES_SEE,
            Right.MINUTES_WRITE,
            Right.BODIES_EDIT,
            Right.EVENTS_SEE,
            Right.EVENTS_WRITE,
            Right.SURVEYS_SEE,
            Right.SURVEYS_WRITE,
            Right.MONITORING_SEE,
            Right.MONITORING_WRITE,
            Right.STATISTICS_KEEP,
            Right.REPORTS_PIPELINE,
            Right.ANNUAL_WRITE,
            Right.INDICATORS_EDIT,
            Right.COMPLIANCE_SEE,
            Right.COMPLIANCE_SETTLE,
            Right.INSPECTION_MAKE,
            Right.PAPERS_SEE_ALL,
            Right.LISTS_EDIT,
            Right.LISTS_SHARE,
            Right.ROLES_MANAGE,
            Right.ROLES_SEE,
            Right.SCHOOL_EDIT,
            Right.ACCOUNTS_INVITE,
            Right.ACCOUNTS_MANAGE,
            Right.SITE_EDIT,
            Right.SITE_PREVIEW,
            Right.SITE_DRAFT,
            Right.PRACTICES_WRITE,
            Right.PRACTICES_PUBLISH,
            Right.LIBRARY_WRITE,
            Right.PAPER_ENTER,
            Right.PAST_LOAD,
            Right.HEALTH_SEE,
        }
    ),
    CHAIR: (
        _COUNCIL
        | {
            Right.PAIRINGS_TOPICS,
            Right.PAIRINGS_RECOMMEND,
            Right.PROGRAMS_AGREE,
            Right.PROGRAMS_SUPPORT,
            Right.PROGRAMS_RETURN,
            Right.CONTESTS_DECIDE,
            Right.ORDERS_VISA,
            Right.MINUTES_WRITE,
            Right.COUNCIL_TALKS,
            Right.BODIES_EDIT,
            Right.EVENTS_WRITE,
            Right.ACCESS_RELEASE,
        }
    ),
    SECRETARY: (
        _COUNCIL
        | {
            Right.PAIRINGS_TOPICS,
            Right.PAIRINGS_RECOMMEND,
            Right.PROGRAMS_AGREE,
            Right.PROGRAMS_SUPPORT,
            Right.PROGRAMS_RETURN,
            Right.MINUTES_WRITE,
            Right.BODIES_EDIT,
            Right.EVENTS_WRITE,
        }
    ),
    COUNCIL: _COUNCIL,
    CLERK: (
        _ALL_PEOPLE
        | {
            Right.PEOPLE_EDIT,
            Right.PEOPLE_IMPORT,
            Right.CONSENTS_SEE_ALL,
            Right.CONSENTS_RECORD,
            Right.AGREEMENTS_SEE_ALL,
            Right.AGREEMENTS_RECORD,
            Right.WORKDAYS_EDIT,
            Right.RETENTION_EDIT,
            Right.ORDERS_SEE_ALL,
            Right.ORDERS_DRAFT,
            Right.ORDERS_VISA,
            Right.ORDERS_REGISTER,
            Right.PAST_LOAD,
            Right.PAPERS_SEE_ALL,
            Right.TRAINING_SEE,
            Right.TRAINING_EDIT,
            Right.PARTNERS_SEE,
            Right.PERSONAL_FILES_RECORD,
            Right.ACCOUNTS_INVITE,
            Right.LISTS_SHARE,
        }
    ),
    # the banks are run together with the system administrator (п. 3.4): who stands in them, not what people say, and
    # nothing is decided about anybody; news are published together too (п. 3.5)
    SYSADMIN: {
        Right.ACCOUNTS_MANAGE,
        Right.ACCOUNTS_INVITE,
        Right.HEALTH_SEE,
        Right.ROLES_SEE,
        Right.BANKS_SEE,
        Right.BANKS_CORRECT,
        Right.PEOPLE_SEE_ALL,
        Right.SITE_PREVIEW,
        Right.SITE_DRAFT,
        Right.SITE_EDIT,
    },
}
RIGHTS[ACTING] = RIGHTS[DIRECTOR]
RIGHTS[MENTOR] = RIGHTS[MENTEE] = set()

PRIVILEGED = {DIRECTOR, ACTING, CURATOR, CHAIR, SECRETARY, CLERK, SYSADMIN}
"""Roles that approve, sign or administer: a second factor is required outside the demo, idle sessions end in 30
minutes, access is asked by one and released by another (people/access).
"""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Return the union of rights of the given roles."""
    return frozenset(right for role in roles for right in RIGHTS[role])


def label(role: str, gender: str = "m") -> str:
    """Return the Russian word for a role, of a person when the gender is given: only «наставляемая» differs."""
    return "наставляемая" if (role, gender) == (MENTEE, "f") else (ROLES | RELATION_ROLES)[role][0]
