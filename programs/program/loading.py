"""One programme with everything that its pages and requirements read, in six queries.

Plain prefetching would take one query per list; here the short lists come together in one UNION.
"""

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.banks.models import Statement
from people.school.models import School
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.pairings.models import present, with_consents
from programs.program.content import LISTS
from programs.program.models import Activity, DraftConfirmation, Program
from programs.program.rules import BEFORE_APPROVAL
from programs.program.version_models import AgreedVersion

STATEMENTS = ("difficulties", "strengths", "requests")


def for_page(queryset):
    """Narrow a queryset of programmes to what a page reads in its first query."""
    regulation = School.objects.filter(regulation_date__isnull=False)
    kept = AgreedVersion.objects.filter(program=OuterRef("pk")).order_by().values("program").annotate(n=Count("pk"))
    queryset = queryset.with_pause(timezone.localdate())
    return queryset.select_related("curator", "pairing").annotate(
        has_regulation=Exists(regulation), versions_kept=Coalesce(Subquery(kept.values("n")), 0)
    )


def fill(program: Program, *, whole: bool = True) -> Program:
    """Fill in what requirements and pages read: people, remarks; ``whole`` adds lists, confirmations,
    plan and results.
    """
    people = with_consents(present()).select_related("person__user", "candidate", "employment__department")
    prefetch_related_objects([program], Prefetch("pairing__participations", people, to_attr="people"))
    remarks = program.remarks.select_related("by__person") if program.state in BEFORE_APPROVAL else []
    _remember(program, "remarks", remarks)
    return _fill_content(program) if whole else program


def _fill_content(program) -> Program:
    words = _words(program)
    for name in LISTS:
        _remember(program, name, sorted(words.pop(name, []), key=lambda x: x.pk))
    _remember(program, "confirmations", words.pop("confirmations", []))
    activities = program.activities.all()
    if program.state not in BEFORE_APPROVAL:
        activities = activities.prefetch_related("results")
    _remember(program, "activities", activities)
    for activity in program.activities.all():
        _remember(activity, "statements", words.get(activity.pk, []))
    return program


def fill_head(program: Program) -> Program:
    """Fill in what stands above the pages of an approved programme: its people; before approval, everything."""
    if program.state in BEFORE_APPROVAL:
        return fill(program)
    people = present().select_related("person__user", "candidate", "employment__department")
    prefetch_related_objects([program], Prefetch("pairing__participations", people, to_attr="people"))
    _remember(program, "remarks", [])
    return program


def _words(program) -> dict:
    """Rows of the short lists by name, and statements of the plan by the pk of their activity: one query."""
    rows = [
        _rows("forms", Program.forms.through.objects.filter(program=program), "mentoringform", "name", "name"),
        _rows("kinds", Program.kinds.through.objects.filter(program=program), "mentoringkind", "name", "code"),
        *(
            _rows(
                name,
                getattr(Program, name).through.objects.filter(program=program),
                "statement",
                "text",
                "kind",
                "candidate",
            )
            for name in STATEMENTS
        ),
        _rows(
            "plan",
            Activity.statements.through.objects.filter(activity__program=program),
            "statement",
            "text",
            "kind",
            "candidate",
            owner="activity_id",
        ),
        DraftConfirmation.objects.filter(program=program)
        .annotate(
            which=Value("confirmations", CharField()),
            owner=F("participation_id"),
            target=F("pk"),
            word=F("content_sha256"),
            code=Value("", CharField()),
            whose=Value(0, IntegerField()),
        )
        .values_list("which", "owner", "target", "word", "code", "whose"),
    ]
    found: dict = {}
    for which, owner, target, word, code, whose in rows[0].union(*rows[1:], all=True):
        found.setdefault(owner if which == "plan" else which, []).append(_made(which, owner, target, word, code, whose))
    return found


def _rows(which, through, target, word, code, whose="", owner=""):
    return (
        through.order_by()
        .annotate(
            which=Value(which, CharField()),
            owner=F(owner) if owner else Value(0, IntegerField()),
            target=F(f"{target}_id"),
            word=F(f"{target}__{word}"),
            code=F(f"{target}__{code}"),
            whose=F(f"{target}__{whose}_id") if whose else Value(0, IntegerField()),
        )
        .values_list("which", "owner", "target", "word", "code", "whose")
    )


def _made(which, owner, target, word, code, whose):
    """Return a row as its model, with the fields that were not read deferred."""
    if which == "confirmations":
        return _row(DraftConfirmation, id=target, participation_id=owner, content_sha256=word)
    if which == "forms":
        return _row(MentoringForm, id=target, name=word)
    if which == "kinds":
        return _row(MentoringKind, id=target, name=word, code=code)
    return _row(Statement, id=target, text=word, kind=code, candidate_id=whose)


def _row(model, **values):
    names = [f.attname for f in model._meta.concrete_fields if f.attname in values]  # from_db wants the model's order
    return model.from_db(None, names, [values[name] for name in names])


def _remember(instance, name, objects) -> None:
    """Keep related objects as ``prefetch_related`` does."""
    queryset = getattr(instance, name).get_queryset()
    queryset._result_cache = list(objects)
    queryset._prefetch_done = True
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset
