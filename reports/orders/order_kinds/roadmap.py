"""Об утверждении дорожной карты (п. 3.3, 3.4); the year plan in the form that schools use
(docs/law.md#papers-roadmap).
"""

from django.db.models import Prefetch

from mentoring_site.russian import period, rushort, school_year
from people.language.declension import post_of
from people.register.models import Person
from reports.orders.order_kinds.appendices import sheet
from reports.orders.order_kinds.base import Kind, Subject, nothing
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.wording import CONTROL, CURATOR, REGULATION, by_regulation, executor, point
from roadmap.plan import acts as plan_acts
from roadmap.plan.models import required_tasks


def compose(order, setting) -> tuple[str, str, list[dict]]:
    """The plan stands in the appendix."""
    plan = subjects(order, "roadmap")[0]
    name = f"(плана мероприятий) по реализации {REGULATION} на {school_year(plan.school_year, full=True)} учебный год"
    whole = name.replace("(плана мероприятий)", "(план мероприятий)")
    return (
        f"Об утверждении дорожной карты {name}",
        by_regulation(setting.school, "3.3", "3.4"),
        [
            point(f"Утвердить дорожную карту {whole} согласно приложению к настоящему приказу."),
            point(
                "Ответственным исполнителям обеспечить выполнение мероприятий в сроки, установленные дорожной картой."
            ),
            *executor(
                setting.curator,
                setting.until(7),
                "ознакомить ответственных исполнителей с дорожной картой",
                "разместить дорожную карту на официальном сайте учреждения",
                role=CURATOR,
            ),
            point(CONTROL),
        ],
    )


def appendices(order):
    """The year plan in the form that schools use (docs/law.md#papers-roadmap)."""
    sheets = []
    for plan in (item.roadmap for item in order.items.all() if item.roadmap_id):
        rows = []
        for stage in plan.stages.all():
            for task in stage.tasks.all():
                dates = (
                    period(task.starts_on, task.due_on)
                    if task.starts_on and task.due_on
                    else f"до {rushort(task.due_on)}"
                    if task.due_on
                    else "в течение года"
                )
                rows.append(
                    [
                        f"{stage.number}.{task.number}",
                        stage.title,
                        task.text,
                        dates,
                        task.responsible_words,
                        task.expected_result,
                    ]
                )
        sheets.append(
            sheet(
                "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества педагогических"
                f" работников на {school_year(plan.school_year, full=True)} учебный год",
                (
                    ("№", 5),
                    ("Наименование этапа", 16),
                    ("Содержание деятельности и план мероприятий", 32),
                    ("Сроки", 14),
                    ("Ответственные", 15),
                    ("Ожидаемый результат", 18),
                ),
                rows,
                approved="УТВЕРЖДЕНА",
                wide=True,
            )
        )
    return sheets


def _concerned(plan):
    tasks = [task for stage in plan.stages.all() for task in stage.tasks.all()]
    return {person: post_of(person) for task in tasks for person in task.responsible.all()}


def _enact(plan, *, by, order):
    plan_acts.approve(plan, by=by, number=order.full_number, date=order.date)


PLAN = Subject(
    name="roadmap",
    model="roadmap.Roadmap",
    verb="approve",
    moments=frozenset({"submitted"}),
    enact=_enact,
    words=str,
    line=lambda plan: (f"{plan} — утверждается", ""),
    told={
        "": (
            "дорожная карта,дорожные карты,дорожных карт",
            ("Утверждена", "Утверждены"),
            "Будет утверждена",
            "Будут утверждены",
        )
    },
    concerned=_concerned,
    joins=("roadmap",),
    behind=lambda before: [required_tasks(before)],
    papers=lambda before: [Prefetch(f"{before}stages__tasks__responsible", Person.objects.with_posts())],
    named=nothing,
)

ROADMAP = Kind(
    code="roadmap",
    label="Об утверждении дорожной карты",
    about=PLAN,
    compose=compose,
    visas=("curator",),
    appendices=appendices,
    order_by=("school_year", "pk"),
    single=True,
    waits=("дорожная карта ждёт,дорожные карты ждут,дорожных карт ждут", "приказа об утверждении"),
    empty=("Дорожных карт, переданных на утверждение, нет. Карту составляет куратор.", "roadmap:roadmaps"),
    ready=lambda rows: rows.prefetch_related(None),
)
