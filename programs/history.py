"""History of programmes in words; for director and curator also the changed fields (point: who did what when)."""

import re

from auditlog.registry import auditlog

from mentoring_site.russian import rushort
from people import history
from programs.models import Activity, Program

SERVICE = [
    "state", "version", "search", "request_key", "earliest_end", "latest_end", "approved_text", "curator",
    "created_by", "endorsed_by", "agreed_by", "term_decided_by", "results_published_by",
]  # fmt: skip


def register() -> None:
    """Tell auditlog which models to watch; called once when the app is ready."""
    auditlog.register(Program, exclude_fields=SERVICE)
    auditlog.register(Activity, exclude_fields=["program"])


def entries(program, *, fields: bool = False, completions=()) -> list[dict]:
    """Return the history of a programme, its plan and its completions for ``components/history.html``, newest first."""
    objects = [program, *completions, *(program.activities.all() if fields else ())]
    found = history.entries(objects, fields=fields)
    for entry in found:
        entry["changes"] = [_dates(change) for change in entry["changes"]]
    return found


def _dates(line: str) -> str:
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: rushort(day.group()), line)
