"""Facts of the roadmap's paper, ``documents/roadmap.html``, and of the appendix to its order: one text
(docs/law.md#papers-roadmap).
"""

from typing import Any

from mentoring_site.russian import school_year, upper_first
from people.language.declension import post_of
from people.rights import CURATOR
from people.roles.holders import holder
from people.roles.letterhead import school_facts
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.presenters import responsible_words, term_words
from roadmap.proofs import kinds
from roadmap.regulation.approvals import grifs

COLUMNS = (
    ("№", 5),
    ("Наименование этапа", 19),
    ("Содержание деятельности и план мероприятий", 29),
    ("Срок", 15),
    ("Исполнитель", 14),
    ("Результат. Вид документа", 18),
)
SHEET = (
    "№",
    "Этап",
    "Мероприятие",
    "Начало",
    "Срок",
    "Исполнитель",
    "Результат. Вид документа",
    "Чем закрывается",
    "Выполнено",
    "Что получилось",
)
TITLE = "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества педагогических работников"


def roadmap_facts(roadmap: Roadmap) -> dict[str, Any]:
    """Return what the template reads. Takes a roadmap with prefetched stages, tasks and responsible people."""
    curator = holder(CURATOR)
    signer = {"post": upper_first(post_of(curator)), "name_before": curator.signature_name} if curator else None
    return {
        "school": school_facts(),
        "title": TITLE,
        "year": f"{school_year(roadmap.school_year, full=True)} учебный год",
        "appendix": None,
        "approved": "УТВЕРЖДЕНА",
        "grifs": grifs(roadmap.approvals),
        "number": roadmap.order_number or None,
        "date": str(roadmap.order_date) if roadmap.order_date else None,
        "stages": stages_of(roadmap),
        "signer": signer,
        "figure": None,
    }


def stages_of(roadmap: Roadmap) -> list[dict[str, Any]]:
    """Return the stages with their tasks in words, numbered «1.1» (roadmap with stages, tasks, responsible people)."""
    return [
        {
            "number": str(stage.number),
            "name": stage.title,
            "tasks": [_task(stage.number, task) for task in stage.tasks.all()],
        }
        for stage in roadmap.stages.all()
    ]


def rows_of(roadmap: Roadmap) -> list[list[str]]:
    """Return the same as rows of one table, ``COLUMNS``."""
    return [
        [task["number"], stage["name"], task["text"], task["term"], task["responsible"], task["result"]]
        for stage in stages_of(roadmap)
        for task in stage["tasks"]
    ]


def sheet(roadmap: Roadmap) -> list[tuple]:
    """Return the rows of the workbook, ``SHEET``: a line of its own for each stage, then its tasks, terms as dates."""
    rows: list[tuple] = []
    for stage in roadmap.stages.all():
        rows.append((str(stage.number), stage.title, *[None] * (len(SHEET) - 2)))
        rows += [
            (
                f"{stage.number}.{task.number}",
                stage.title,
                task.text,
                task.starts_on,
                task.due_on,
                responsible_words(task),
                task.expected_result,
                kinds.words(task.proof_kinds),
                task.done_on,
                task.done_note,
            )
            for task in stage.tasks.all()
        ]
    return rows


def _task(stage: int, task: Task) -> dict[str, str]:
    return {
        "number": f"{stage}.{task.number}",
        "text": task.text,
        "term": term_words(task),
        "responsible": responsible_words(task),
        "result": task.expected_result,
    }
