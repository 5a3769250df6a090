"""Об утверждении дорожной карты (п. 3.3, 3.4); the year plan in the form that schools use
(docs/law.md#papers-roadmap).
"""

from django.db.models import Prefetch

from mentoring_site.russian import school_year
from people.language.declension import post_of
from people.register.models import Person
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import RULES, OrderKind, OrderSubject, nothing
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.wording import CONTROL, CURATOR, REGULATION, by_regulation, executor, point, since
from roadmap.plan import acts as plan_acts
from roadmap.plan.documents import COLUMNS, TITLE, rows_of
from roadmap.plan.models import Roadmap, required_tasks
from roadmap.regulation import approvals


def compose(order, context) -> tuple[str, str, list[dict]]:
    """The plan stands in the appendix."""
    plan = subjects(order, "roadmap")[0]
    name = f"(плана мероприятий) по реализации {REGULATION} на {school_year(plan.school_year, full=True)} учебный год"
    said = approvals.decisions(plan.approvals)
    whole = name.replace("(плана мероприятий)", "(план мероприятий)")
    return (
        f"Об утверждении дорожной карты {name}",
        by_regulation(context.school, "3.3", "3.4") + (f", с учётом {said}" if said else ""),
        [
            point(f"Утвердить дорожную карту {whole} согласно приложению к настоящему приказу{in_force(plan)}."),
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


def _concerned(plan):
    tasks = [task for stage in plan.stages.all() for task in stage.tasks.all()]
    return {person: post_of(person) for task in tasks for person in task.responsible.all()}


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
