"""Changed fields of the legal base, kept by auditlog for the history (mentoring_site/history.py)."""

from auditlog.registry import auditlog

from roadmap.legal_base.models import LegalAct

SERVICE = ["search", "version", "request_key", "created_at", "created_by", "settled_at", "settled_by"]


def register() -> None:
    """Register models with auditlog; called once when the app is ready."""
    auditlog.register(LegalAct, exclude_fields=list(SERVICE))
