"""Models of programs: the program, its plan with results, remarks and confirmations of the draft, frozen versions."""

from programs.program.models.authored import Condition, LeftOut, Trial
from programs.program.models.plan import Activity, ActivityResult
from programs.program.models.program import Program, ProgramQuerySet, past_end
from programs.program.models.remarks import DraftConfirmation, Remark
from programs.program.models.versions import AgreedVersion

__all__ = [
    "Activity",
    "ActivityResult",
    "AgreedVersion",
    "Condition",
    "DraftConfirmation",
    "LeftOut",
    "Program",
    "ProgramQuerySet",
    "Remark",
    "Trial",
    "past_end",
]
