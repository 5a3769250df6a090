"""Changed fields of acts, practices and materials, kept by auditlog for the history (mentoring_site/history.py)."""

from auditlog.registry import auditlog

from roadmap.legal_base.models import LegalAct
from roadmap.library.models import Material
from roadmap.practices.models import Practice

MATERIAL = ["title", "kind", "annotation", "audience", "topic", "source", "licence"]
SERVICE = ["search", "version", "request_key", "created_at", "created_by", "settled_at", "settled_by"]


def register() -> None:
    """Register models with auditlog; called once when the app is ready."""
    auditlog.register(LegalAct, exclude_fields=list(SERVICE))
    auditlog.register(Practice, include_fields=list(Practice.TEXTS))
    auditlog.register(Material, include_fields=list(MATERIAL))
