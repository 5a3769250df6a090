"""Taking a written workbook back: everything that it wrote goes, while nothing hangs on it."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.urls import reverse
from django.utils import timezone

from mentoring_site import hanging
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.models import Consent
from people.rights import Right
from programs.completion.models import Completion
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from reports.orders.models import NumberCounter, Order, OrderItem
from reports.orders.registration.models import SetAside
from reports.past.models import PastImport
from reports.past.writing import WRITTEN

NAMED = 12
GOES = (OrderItem, Completion, Program, Participation, Pairing, Candidate, Consent, Order, SetAside)
"""What goes, what refers to others first."""
TAKE_BACK = "отменять внесение прежних документов"


@transaction.atomic
def take_back(upload: PastImport, *, by: User) -> PastImport:
    """Undo what a written workbook has written; what it filled in becomes empty again.

    Raises ``NotAllowed``; ``Already`` when it was taken back; ``Refused``, naming what hangs, when anything came after.
    """
    _require(upload, by)
    upload = PastImport.objects.select_for_update().get(pk=upload.pk)
    if upload.taken_back_at:
        raise Already("Это внесение уже отменено. Ничего не изменено")
    if reasons := hangs(upload):
        raise Refused(reasons)
    try:
        _undo(upload.undo)
    except (ProtectedError, RestrictedError) as held:
        raise Refused("На внесённом уже держатся другие записи: внесение не отменить") from held
    upload.taken_back_at, upload.taken_back_by, upload.undo = timezone.now(), by, {}
    upload.save(update_fields=["taken_back_at", "taken_back_by", "undo"])
    written = Act.objects.about(upload).filter(verb="import").last()
    undone = {UNDONE: written.pk} if written else {}
    record(upload, "take_back", by=by, words="внесение прежних документов отменено", **undone)
    return upload


def _require(upload: PastImport, by: User) -> None:
    require(by, Right.PAST_LOAD, act=TAKE_BACK)
    if (upload.undo.get("made") or {}).get(Pairing._meta.label) or upload.undo.get("changed"):
        require(by, Right.PAPER_ENTER, act=TAKE_BACK)


IMPORT = Undoable(
    what="внесение прежних документов",
    undo=lambda act, upload, *, by: take_back(upload, by=by),
    instead="Исправьте сведения на страницах приказов, пар и программ",
    right=Right.PAST_LOAD,
    page=lambda act: reverse("reports:past_take_back", args=[act.object_id]),
)


def hangs(upload: PastImport) -> list[str]:
    """What stands in the way of taking a workbook back, in sentences; nothing when it can be done."""
    if upload.committed_at is None:
        return ["Книга не внесена: отменять нечего"]
    if not upload.undo:
        return ["Внесение уже отменено"]
    made: dict[type[models.Model], list[int]] = {
        model: list(upload.undo["made"][model._meta.label]) for model in WRITTEN
    }
    lines: list[str] = []
    for model, pks in made.items():
        found: dict[int, list[str]] = defaultdict(list)
        hanging.related(model, pks, found, known=made)
        hanging.acts_since(model, pks, models.Q(pk__gt=upload.undo["act"]), found)
        if model is Order:
            for pk in Order.objects.filter(pk__in=pks, scan__isnull=False).values_list("pk", flat=True):
                found[pk].append("приложен скан")
        things = model._base_manager.in_bulk(list(found))
        lines += [f"{_named(things.get(pk))}: {', '.join(dict.fromkeys(words))}" for pk, words in found.items()]
    lines += [line for row in upload.undo["changed"] for line in _moved_on(row)]
    more = len(lines) - NAMED
    return [*lines[:NAMED], *([f"И ещё {more}"] if more > 0 else [])]


def _named(thing: Any) -> str:
    if thing is None:
        return "Запись удалена"
    if isinstance(thing, Candidate | Consent | Participation):
        return f"{thing.person.short_name} ({thing._meta.verbose_name})"
    return str(thing)


def _moved_on(row: dict[str, Any]) -> list[str]:
    """Say that a value is no longer the one that the book wrote."""
    model = apps.get_model(row["model"])
    thing = model._base_manager.filter(pk=row["pk"]).first()
    if thing is None:
        return [f"{model._meta.verbose_name} № {row['pk']}: запись удалена"]
    now = {name: getattr(thing, name) for name in row["after"]}
    same = all((v.isoformat() if isinstance(v, date) else v) == row["after"][name] for name, v in now.items())
    return [] if same else [f"{thing}: после внесения изменено"]


def _undo(written: dict[str, Any]) -> None:
    """Bring back what was empty, then remove what was new; numbers are free again, unless others followed."""
    for row in written["changed"]:
        model = apps.get_model(row["model"])
        thing = model._base_manager.get(pk=row["pk"])
        for name, value in row["before"].items():
            setattr(thing, name, value)
        thing.save()
        model._base_manager.filter(pk=row["pk"]).update(version=models.F("version") + 1)
    for model in GOES:
        pks = written["made"][model._meta.label]
        for start in range(0, len(pks), hanging.CHUNK):
            model._base_manager.filter(pk__in=pks[start : start + hanging.CHUNK]).delete()
    for row in written["counters"]:
        same = NumberCounter.objects.filter(series=row["series"], year=row["year"], last=row["after"])
        same.update(last=row["before"])
