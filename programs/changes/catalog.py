"""The types of change by their names in addresses."""

from programs.changes.amendment.presenters import AMENDMENT_TYPE
from programs.changes.dissolution.presenters import DISSOLUTION_TYPE
from programs.changes.models import Change
from programs.changes.pause.presenters import PAUSE_TYPE, RESUMPTION_TYPE
from programs.changes.replacement.presenters import REPLACEMENT_TYPE
from programs.changes.types import ChangeType

CHANGE_TYPES: dict[str, ChangeType] = {
    t.name: t for t in (AMENDMENT_TYPE, REPLACEMENT_TYPE, PAUSE_TYPE, RESUMPTION_TYPE, DISSOLUTION_TYPE)
}


def type_of(change: Change) -> ChangeType:
    """Return the type of a change."""
    return CHANGE_TYPES[change._meta.model_name or ""]
