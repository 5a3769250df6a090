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
from roadmap.regulation.approvals import grifs

COLUMNS = (
    ("№", 5),
    ("Наименование этапа", 19),
    ("Содержание деятельности и план мероприятий", 29),
    ("Сроки", 15),
    ("Ответственные", 14),
    ("Ожидаемый результат", 18),
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


def _task(stage: int, task: Task) -> dict[str, str]:
    return {
        "number": f"{stage}.{task.number}",
        "text": task.text,
        "term": term_words(task),
        "responsible": responsible_words(task),
        "result": task.expected_result,
    }
