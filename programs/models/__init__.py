"""What: pairs and groups, personalised programmes and everything that happens in them."""

from programs.models.changes import Amendment, AmendmentConsent, Pause, Resumption
from programs.models.completion import Completion, Outcome
from programs.models.journal import Meeting, MeetingAttendance, Message
from programs.models.lists import MentoringForm, MentoringKind, ProgramTemplate, TemplateActivity
from programs.models.pairing import Pairing, Participation
from programs.models.program import Activity, ActivityResult, DraftConfirmation, Program, Remark
from programs.models.replacing import Dissolution, Petition, Substitution
from programs.models.versions import AgreedVersion

__all__ = [
    "Activity",
    "ActivityResult",
    "AgreedVersion",
    "Amendment",
    "AmendmentConsent",
    "Completion",
    "Dissolution",
    "DraftConfirmation",
    "Meeting",
    "MeetingAttendance",
    "MentoringForm",
    "MentoringKind",
    "Message",
    "Outcome",
    "Pairing",
    "Participation",
    "Pause",
    "Petition",
    "Program",
    "ProgramTemplate",
    "Remark",
    "Resumption",
    "Substitution",
    "TemplateActivity",
]
