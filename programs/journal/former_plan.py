"""The plan that a held meeting was logged from, kept so that it can be put back when the record is taken back."""

from datetime import date
from typing import Any

from django.db.models import F, Model

from mentoring_site.russian import rudate, rutime
from mentoring_site.workflow import Already, Refused
from programs.journal.models import Meeting, MeetingAttendance
from programs.program.models import Activity

FIELDS = ("held_on", "minutes", "format", "about", "activity_id", "logged_at", "logged_by_id")
SIDE_FIELDS = ("participation_id", "objection", "objected_at", "objected_by_id")


def read(meeting: Meeting) -> dict[str, Any]:
    """Return what a planned meeting says, and who was asked with their answers, as values that JSON can hold."""
    sides = [_values(side, SIDE_FIELDS) for side in MeetingAttendance.objects.filter(meeting=meeting.pk).order_by("pk")]
    return {**_values(meeting, FIELDS), "sides": sides}


def put_back(meeting: Meeting) -> None:
    """Make a held meeting the plan again that it came from. Raises ``Already``; ``Refused`` when its time is taken."""
    plan = dict(meeting.former_plan or {})
    sides = plan.pop("sides")
    values = _restored(Meeting, plan)
    held_on, starts_at = values["held_on"], meeting.starts_at
    if Meeting.every.planned().filter(program=meeting.program_id, held_on=held_on, starts_at=starts_at).exists():
        raise Refused(
            f"Встреча была записана по плану, а на {rudate(held_on)} в {rutime(starts_at)} с тех пор назначена другая:"
            " сначала перенесите или отмените её"
        )
    if not Activity.objects.filter(pk=values["activity_id"], program=meeting.program_id).exists():
        values["activity_id"] = None
    empty = {"next_step": "", "request_key": None, "former_plan": None}
    held = Meeting.every.filter(pk=meeting.pk, state=Meeting.State.HELD, version=meeting.version)
    if not held.update(state=Meeting.State.PLANNED, version=F("version") + 1, **values, **empty):
        raise Already("Эту запись о встрече уже изменили или убрали")
    MeetingAttendance.objects.filter(meeting=meeting.pk).delete()
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting_id=meeting.pk, **_restored(MeetingAttendance, side)) for side in sides
    )


def _values(obj: Model, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(obj, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _restored(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as the fields hold them: days and moments came through JSON as text."""
    fields: Any = model._meta
    return {
        name: value if name.endswith("_id") else fields.get_field(name).to_python(value)
        for name, value in values.items()
    }
