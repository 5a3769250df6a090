"""Об утверждении дорожной карты (п. 3.3, 3.4); the year plan in the form that schools use
(docs/law.md#papers-roadmap).
"""

from django.db.models import Prefetch

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import school_year
from people.language.declension import post_of
from people.register.models import Person
from people.rights import ACTING, CHAIR, CLERK, DIRECTOR, SYSADMIN
from people.rights import CURATOR as CURATOR_ROLE
from people.roles.holders import holders
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import RULES, OrderKind, OrderSubject, nothing
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.wording import CONTROL, CURATOR, REGULATION, by_regulation, executor, point, since
from roadmap.plan import acts as plan_acts
from roadmap.plan.amending import ADDED, CHANGED, DROPPED, amended, changes
from roadmap.plan.documents import COLUMNS, TITLE, rows_of
from roadmap.plan.models import Roadmap, required_tasks
from roadmap.regulation import approvals


def compose(order, context) -> tuple[str, str, list[dict]]:
    """The plan stands in the appendix."""
    plan = subjects(order, "roadmap")[0]
    name = f"(плана мероприятий) по реализации {REGULATION} на {school_year(plan.school_year, full=True)} учебный год"
    said = approvals.decisions(plan.approvals)
    whole = name.replace("(плана мероприятий)", "(план мероприятий)")
    old = amended(plan)
    return (
        f"О внесении изменений в дорожную карту {whole}" if old else f"Об утверждении дорожной карты {name}",
        by_regulation(context.school, "3.3", "3.4") + (f", с учётом {said}" if said else ""),
        [
            _amend(old, plan, whole)
            if old
            else point(f"Утвердить дорожную карту {whole} согласно приложению к настоящему приказу{in_force(plan)}."),
            point(
                "Ответственным исполнителям обеспечить выполнение мероприятий в сроки, установленные дорожной картой."
            ),
            *executor(
                context.curator,
                context.until(7),
                "ознакомить ответственных исполнителей с дорожной картой",
                "разместить дорожную карту на официальном сайте учреждения",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def _amend(old, plan, whole: str) -> dict:
    """An approved roadmap is changed: what, line by line; the whole of the new edition stands in the appendix."""
    found = [f"{AMENDED[change.what]} {change.number} «{full_words(change.text)}»" for change in changes(old, plan)][
        :MOST_LINES
    ]
    return point(
        f"Внести в дорожную карту {whole}, утверждённую приказом {PaperRef(old.order_number, old.order_date)},"
        f" следующие изменения и изложить её в новой редакции согласно приложению к настоящему приказу{in_force(plan)}"
        + (":" if found else "."),
        *found,
    )


def full_words(text: str) -> str:
    """Return the text of a line inside a sentence: without its full stop."""
    return text.strip().rstrip(".;")


def in_force(plan) -> str:
    """« и ввести её в действие с 1 сентября 2026 г.»: not the date of the order (docs/law.md#orders-text)."""
    return f" и ввести её в действие {since(plan.since)}" if plan.since else ""


def appendices(order) -> list[dict]:
    """The year plan in the form that schools use, word for word as the roadmap is printed.

    docs/law.md#papers-roadmap
    """
    return [
        appendix(
            f"{TITLE} на {school_year(plan.school_year, full=True)} учебный год",
            COLUMNS,
            rows_of(plan),
            approved="УТВЕРЖДЕНА",
            wide=True,
            grifs=approvals.grifs(plan.approvals),
        )
        for plan in subjects(order, "roadmap")
    ]


AMENDED = {ADDED: "дополнить пунктом", CHANGED: "изложить в новой редакции пункт", DROPPED: "исключить пункт"}
MOST_LINES = 40
OFFICES = {
    "директор": (ACTING, DIRECTOR),
    "куратор": (CURATOR_ROLE,),
    "методический совет": (CHAIR,),
    "специалист по кадрам": (CLERK,),
    "системный администратор": (SYSADMIN,),
}
"""Who answers for what is charged to an office or a body: it reads the order for all."""


def _concerned(plan):
    """Whom the tasks name, and who holds the offices that they name in words."""
    tasks = [task for stage in plan.stages.all() for task in stage.tasks.all()]
    named = {person: post_of(person) for task in tasks for person in task.responsible.all()}
    offices = {word for task in tasks for word in task.responsible_words.lower().split(", ") if word in OFFICES}
    held = holders(*(role for word in offices for role in OFFICES[word]))
    found = (held[role] for word in OFFICES if word in offices for role in OFFICES[word] if role in held)
    return {person: post_of(person) for person in found} | named


def _enact(plan, *, by, order):
    plan_acts.approve(plan, by=by, number=order.number, date=order.date)


ROADMAP_SUBJECT = OrderSubject(
    name="roadmap",
    position=50,
    model="roadmap.Roadmap",
    transition="approve",
    states=frozenset({Roadmap.State.SUBMITTED}),
    enact=_enact,
    phrase=str,
    item_text=lambda plan: (f"{plan} — утверждается", ""),
    summary_forms={
        "": (
            "дорожная карта,дорожные карты,дорожных карт",
            ("Утверждена", "Утверждены"),
            "Будет утверждена",
            "Будут утверждены",
        )
    },
    people_concerned=_concerned,
    cited_papers=lambda plans: [paper for plan in plans for paper in approvals.cited(plan.approvals)],
    select_related=("roadmap",),
    list_select_related=("roadmap",),
    requirement_prefetches=lambda before: [required_tasks(before)],
    appendix_prefetches=lambda before: [Prefetch(f"{before}stages__tasks__responsible", Person.objects.with_posts())],
    people_named=nothing,
)

ROADMAP_ORDER = OrderKind(
    code="roadmap",
    group=RULES,
    position=30,
    label="Об утверждении дорожной карты",
    subject=ROADMAP_SUBJECT,
    compose=compose,
    visa_roles=("curator",),
    appendices=appendices,
    order_by=("school_year", "pk"),
    single_subject=True,
    waiting_words=("дорожная карта ждёт,дорожные карты ждут,дорожных карт ждут", "приказа об утверждении"),
    empty_state=("Дорожных карт, переданных на утверждение, нет. Карту составляет куратор.", "roadmap:roadmaps"),
    undone_by={
        "roadmap": "Дорожную карту заменяет приказ об утверждении новой редакции",
    },
)
