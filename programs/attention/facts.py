"""What the rules look at in a running program: one query of annotations and the count of silent days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.absences.models import Absence
from people.accounts.models import User
from people.consents.models import DUTIES, PROCESSING, Consent
from programs.changes.pause.models import Pause
from programs.completion.models import Completion
from programs.journal.models import MeetingAttendance
from programs.journal.silence import Silence, silences
from programs.learning.models import SkillRating
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program

LOOKED_BACK = 7
"""Silent days from which a silence is counted at all."""


@dataclass(frozen=True)
class Facts:
    """One running program on a day. Numbers are days unless said; None stands for «no such thing»."""

    program: int
    running: int  # since the first day of the program
    left: int | None  # until its planned end; negative when that has passed
    completing: bool = False
    idle: bool = False  # suspended, or the mentor or a mentee is away today
    silent: int = 0
    never_met: bool = False
    overdue: int = 0  # activities
    overdue_days: int = 0  # of the oldest one
    unchecked: int | None = None  # the oldest result that waits for its mentor
    objected: int | None = None  # the oldest objection to a meeting that nobody has settled
    consent_left: int | None = None
    agreement_left: int | None = None
    agreement_open: int | None = None  # since an agreement without which the mentor works was begun
    stalled: int = 0  # skills that the mentees themselves rate low in the middle, or no higher than at the start
    self_rated: int = 0  # skills that they have rated in the middle
    marked_low: bool = False  # the council has answered a criterion with «нет», given by higher features
    asked: int | None = None  # the longest overdue answer to a request, given by higher features
    uneasy: int | None = None  # since a low answer about the relationship; only in the facts of who reads it
    wants_talk: bool = False  # the same: somebody asks for a talk


Extra = Callable[[QuerySet[Program], date], dict[int, dict[str, Any]]]
PrivateExtra = Callable[[QuerySet[Program], date, User], dict[int, dict[str, Any]]]
_EXTRA: list[Extra] = []
_PRIVATE: list[PrivateExtra] = []


def register(extra: Extra) -> None:
    """Add a source of facts of a higher feature: program -> fields of ``Facts``; called when the app is ready."""
    if extra not in _EXTRA:
        _EXTRA.append(extra)


def register_private(extra: PrivateExtra) -> None:
    """Add a source of facts that are told only to those who may read them; called when the app is ready."""
    if extra not in _PRIVATE:
        _PRIVATE.append(extra)


def facts_of(programs: QuerySet[Program], today: date | None = None, reader: User | None = None) -> dict[int, Facts]:
    """Return program -> its facts, of the running ones among ``programs``; no further program costs a query.

    What is told in confidence is among them only for a ``reader`` who may read it.
    """
    today = today or timezone.localdate()
    running = programs.running()  # type: ignore[attr-defined]
    quiet = silences(programs.going_on(), LOOKED_BACK, today)  # type: ignore[attr-defined]
    more: dict[int, dict[str, Any]] = {}
    found = [extra(running, today) for extra in _EXTRA]
    found += [private(running, today, reader) for private in _PRIVATE if reader]
    for program, fields in (item for one in found for item in one.items()):
        more.setdefault(program, {}).update(fields)
    rows = (
        running.order_by().annotate(**_annotations(today)).values("pk", "started_on", "ends_on", *_annotations(today))
    )
    return {row["pk"]: _facts(row, quiet.get(row["pk"]), more.get(row["pk"], {}), today) for row in rows}


def _facts(row: dict[str, Any], quiet: Silence | None, more: dict[str, Any], today: date) -> Facts:
    ends_on, started_on = row["ends_on"], row["started_on"] or today
    consent, agreement = row["consent_until"], row["agreement_until"]
    if ends_on and agreement and agreement >= ends_on:
        agreement = None
    return Facts(
        program=row["pk"],
        running=(today - started_on).days,
        left=(ends_on - today).days if ends_on else None,
        completing=row["completing"],
        idle=row["paused"] or row["away"],
        silent=quiet.days if quiet else 0,
        never_met=bool(quiet and quiet.none),
        overdue=row["overdue"],
        overdue_days=(today - row["overdue_since"]).days if row["overdue_since"] else 0,
        unchecked=_days_since(row["unchecked_since"], today),
        objected=_days_since(row["objected_since"], today),
        consent_left=(consent - today).days if consent else None,
        agreement_left=(agreement - today).days if agreement else None,
        agreement_open=_days_since(row["agreement_open_since"], today),
        stalled=row["stalled"],
        self_rated=row["self_rated"],
        **more,
    )


def _days_since(moment: datetime | None, today: date) -> int | None:
    return (today - timezone.localdate(moment)).days if moment else None


def _annotations(today: date) -> dict[str, Any]:
    """Return the annotations of a program, each a subquery of its own."""
    here = {"program": OuterRef("pk")}
    people = Participation.objects.live().filter(pairing=OuterRef(OuterRef("pairing"))).order_by().values("person")
    late = _late(today).filter(**here)
    waiting = ActivityResult.objects.filter(activity__program=OuterRef("pk"), state=ActivityResult.State.DONE)
    objections = MeetingAttendance.objects.filter(
        meeting__program=OuterRef("pk"), meeting__state="held", objected_at__isnull=False
    )
    soon = Consent.objects.live(today).filter(
        Q(purpose=PROCESSING) | Q(purpose=DUTIES, matter=OuterRef("pairing__uuid")),
        until__isnull=False,
        person__in=people,
    )
    agreements: Any = MentorAgreement.objects.live().filter(pairing=OuterRef("pairing"))
    skills: Any = SkillRating.objects.filter(skill__program=OuterRef("pk"))
    ended = Completion.objects.filter(**here).exclude(state=Completion.State.WITHDRAWN)
    return {
        "completing": Exists(ended),
        "paused": Exists(Pause.objects.going_on(today).filter(**here)),
        "away": Exists(Absence.objects.going_on(today).filter(person__in=people)),
        "overdue": Coalesce(Subquery(late.order_by().values("program").annotate(n=Count("pk")).values("n")), 0),
        "overdue_since": _least(late, "program", "due_on"),
        "unchecked_since": _least(waiting, "activity__program", "done_at"),
        "objected_since": _least(objections, "meeting__program", "objected_at"),
        "consent_until": Subquery(soon.order_by("until").values("until")[:1]),
        "agreement_until": _least(agreements.filter(signed_on__isnull=False), "pairing", "ends_on"),
        "stalled": _number(skills.stalled()),
        "self_rated": _number(skills.self_assessed()),
        "agreement_open_since": Subquery(
            agreements.with_stage(today).filter(stage__in=OPEN_STAGES).order_by("created_at").values("created_at")[:1]
        ),
    }


OPEN_STAGES = (
    MentorAgreement.Stage.ASSIGN,
    MentorAgreement.Stage.CONSENT,
    MentorAgreement.Stage.TERMS,
    MentorAgreement.Stage.SIGN,
    MentorAgreement.Stage.ORDER,
)


def _least(rows: QuerySet, by: str, column: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(least=Min(column)).values("least"))


def _number(ratings: QuerySet) -> Coalesce:
    counted = ratings.order_by().values("skill__program").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _late(today: date) -> QuerySet[Activity]:
    """Activities past their day that some mentee has not done, or whose result was returned."""
    done = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    done = done.exclude(state=ActivityResult.State.RETURNED)
    mentees = Participation.objects.live().filter(part=Participation.Part.MENTEE)
    lagging = mentees.filter(~Exists(done), pairing=OuterRef("program__pairing"))
    return Activity.objects.filter(Exists(lagging), due_on__lt=today)
