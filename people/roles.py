"""Roles as data: what each may do, with a sentence for people. Rights to objects come from relations (people/access.py).

A right is a word ``area.verb``; views ask ``user.can("orders.register")``. Mentor and mentee are computed from pairs.
"""

from django.utils import timezone

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

_ALL_PEOPLE = {"people.see_all"}
_COUNCIL = {
    "banks.see",
    "banks.propose",
    "pairings.see_all",
    "pairings.propose",
    "programs.see_all",
    "programs.remark",
    "roadmap.see",
    "minutes.see",
}
RIGHTS = {
    DIRECTOR: _ALL_PEOPLE
    | {
        "people.history",
        "banks.see",
        "banks.comment",
        "banks.approve",
        "pairings.see_all",
        "programs.see_all",
        "orders.see_all",
        "orders.draft",
        "orders.visa",
        "orders.register",
        "roadmap.see",
        "minutes.see",
        "roadmap.approve",
        "roles.manage",
        "school.edit",
        "reports.pipeline",
        "papers.see_all",
        "consents.see_all",
        "agreements.see_all",
        "agreements.record",
        "consents.destroy",
        "site.preview",
    },
    CURATOR: _ALL_PEOPLE
    | {
        "people.edit",
        "people.import",
        "people.history",
        "banks.see",
        "banks.propose",
        "banks.fill_for_others",
        "consents.see_all",
        "consents.record",
        "agreements.see_all",
        "agreements.record",
        "workdays.edit",
        "pairings.see_all",
        "pairings.propose",
        "pairings.answer_for_others",
        "programs.see_all",
        "programs.write",
        "programs.endorse",
        "programs.remark",
        "programs.act_for_others",
        "programs.publish",
        "orders.see_all",
        "orders.draft",
        "orders.visa",
        "orders.register",
        "roadmap.see",
        "roadmap.write",
        "minutes.see",
        "minutes.write",
        "reports.pipeline",
        "papers.see_all",
        "lists.edit",
        "roles.manage",
        "school.edit",
        "accounts.invite",
        "accounts.manage",
        "site.edit",
        "site.preview",
        "paper.enter",
        "health.see",
    },
    CHAIR: _COUNCIL | {"pairings.topics", "pairings.recommend", "programs.agree", "orders.visa", "minutes.write"},
    SECRETARY: _COUNCIL | {"pairings.topics", "pairings.recommend", "programs.agree", "minutes.write"},
    COUNCIL: _COUNCIL,
    CLERK: _ALL_PEOPLE
    | {
        "people.edit",
        "people.import",
        "consents.see_all",
        "consents.record",
        "agreements.see_all",
        "agreements.record",
        "workdays.edit",
        "orders.see_all",
        "orders.draft",
        "orders.visa",
        "orders.register",
        "papers.see_all",
        "accounts.invite",
    },
    # the bank is kept together with the system administrator (п. 3.4)
    SYSADMIN: {"accounts.manage", "accounts.invite", "health.see", "roles.see", "banks.see", "people.see_all"},
}
RIGHTS[ACTING] = RIGHTS[DIRECTOR]
RIGHTS[MENTOR] = RIGHTS[MENTEE] = set()

PRIVILEGED = {DIRECTOR, ACTING, CURATOR, CLERK, SYSADMIN}
"""Roles that approve or administer: a second factor is required outside the demo, idle sessions end in 30 minutes."""


def roles_of(user) -> frozenset[str]:
    """Return the codes of roles that ``user``'s person holds today, with mentor and mentee from live pairs; one query."""
    if not user.is_active:
        return frozenset()
    granted = user.person.roles.live(timezone.localdate()).order_by().values_list("role")
    parts = user.person.participations.engaged().order_by().values_list("part")
    return frozenset(role for (role,) in granted.union(parts))


def rights_of(roles) -> frozenset[str]:
    """Return the union of rights of the given roles."""
    return frozenset(right for role in roles for right in RIGHTS[role])


def label(role: str) -> str:
    """Return the Russian word for a role."""
    return (ROLES | RELATION_ROLES)[role][0]
