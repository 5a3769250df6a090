"""Facts of the roadmap's paper, ``documents/roadmap.html`` (docs/law.md#papers-roadmap)."""

from typing import Any

from mentoring_site.russian import school_year, upper_first
from people.language.declension import post_of
from people.rights import CURATOR
from people.roles.holders import holder
from people.roles.letterhead import school_facts
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.presenters import responsible_words, term_words
from roadmap.regulation.approvals import grifs

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
        "stages": [
            {"number": stage.number, "name": stage.title, "tasks": [_task(task) for task in stage.tasks.all()]}
            for stage in roadmap.stages.all()
        ],
        "signer": signer,
        "figure": None,
    }


def _task(task: Task) -> dict[str, str]:
    return {
        "text": task.text,
        "term": term_words(task),
        "responsible": responsible_words(task),
        "result": task.expected_result,
    }
