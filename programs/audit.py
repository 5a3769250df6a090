"""History of programs in words; for director and curator also the changed fields (point: who did what when)."""

from auditlog.registry import auditlog

from programs.program.models import Activity, Program

SERVICE = [
    "state",
    "version",
    "search",
    "request_key",
    "earliest_end",
    "latest_end",
    "approved_text",
    "curator",
    "created_by",
    "endorsed_by",
    "agreed_by",
    "term_decided_by",
    "results_published_by",
]


def register() -> None:
    """Register models with auditlog; called once when the app is ready."""
    auditlog.register(Program, exclude_fields=SERVICE)
    auditlog.register(Activity, exclude_fields=["program"])
