"""Low answers as a sign of whom to help today (programs/attention), only for who reads them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from people.accounts.models import User
from programs.program.models import Program
from programs.relationship.models import RelationshipAnswer


def facts(programs: QuerySet[Program], today: date, reader: User) -> dict[int, dict[str, Any]]:
    """Return program -> for how many days a low answer has waited, and whether somebody asks for a talk."""
    found: dict[int, dict[str, Any]] = {}
    for answer in RelationshipAnswer.objects.low_for(reader):
        known = found.setdefault(answer.program_id, {"uneasy": 0, "wants_talk": False})
        known["uneasy"] = max(known["uneasy"], (today - timezone.localdate(answer.answered_at)).days)
        known["wants_talk"] |= answer.level == RelationshipAnswer.Level.TALK
    return found
