"""The school settles a term of keeping (приказ Росархива № 236)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.retention.models import RetentionTerm
from people.retention.rules import archive_source, words
from people.rights import Actor, Right

CHANGED = ("documents", "kind", "years", "by_commission", "from_day", "article", "note")


CLOSED = "Эта строка закрыта. Откройте её снова, если такие документы опять появились"


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a row; raises ``Refused`` for years without a number."""
    values = {name: values[name] for name in CHANGED}
    if values["kind"] != RetentionTerm.Kind.YEARS:
        return values | {"years": None, "by_commission": False, "from_day": False}
    if not values["years"]:
        raise Refused("Укажите, сколько лет хранить")
    return values


@transaction.atomic
def add(*, by: Actor, request_key: UUID | None = None, **values: Any) -> RetentionTerm:
    """Add a kind of documents that the list does not name.

    Raises ``NotAllowed``; ``Refused`` for years without a number and for a kind that has its row.
    """
    require(by, Right.RETENTION_EDIT)
    one_at_a_time("terms of keeping")
    if request_key and (made := RetentionTerm.objects.filter(request_key=request_key).first()):
        return made
    values = _whole(values)
    if same := RetentionTerm.objects.in_use().filter(documents__iexact=values["documents"].strip()).first():
        raise Refused(f"Такая строка уже есть: «{same.documents}»")
    last = RetentionTerm.objects.aggregate(pk=Max("pk"), position=Max("position"))
    made = RetentionTerm.objects.create(
        code=f"{RetentionTerm.OWN}{(last['pk'] or 0) + 1}",
        position=(last["position"] or 0) + 1,
        request_key=request_key,
        **values,
    )
    record(
        made, "add", by=by, words=f"добавлен вид документов: {made.documents} — {words(made, archive_source())}"[:300]
    )
    return made


@transaction.atomic
def close(term: RetentionTerm, *, by: Actor) -> RetentionTerm:
    """Close a row that the school has added: it has no such documents any more. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.RETENTION_EDIT)
    found = locked(term)
    if not found.is_own:
        raise Refused("По этой строке система считает сроки своих документов: её меняют, но не закрывают")
    if found.closed_on:
        raise Already("Эта строка уже закрыта")
    RetentionTerm.objects.filter(pk=found.pk).update(closed_on=timezone.localdate(), version=F("version") + 1)
    record(found, "close", by=by, words=f"вид документов закрыт: {found.documents}"[:300])
    found.refresh_from_db()
    return found


@transaction.atomic
def reopen(term: RetentionTerm, *, by: Actor) -> RetentionTerm:
    """Open a closed row again. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.RETENTION_EDIT)
    found = locked(term)
    if not found.closed_on:
        raise Already("Эта строка не закрыта")
    RetentionTerm.objects.filter(pk=found.pk).update(closed_on=None, version=F("version") + 1)
    record(found, "reopen", by=by, words=f"вид документов открыт снова: {found.documents}"[:300])
    found.refresh_from_db()
    return found


@transaction.atomic
def change(term: RetentionTerm, *, by: Actor, version: int, **values: Any) -> RetentionTerm:
    """Change a row of the table. Raises ``NotAllowed``; ``Stale``; ``Refused`` for years without a number."""
    require(by, Right.RETENTION_EDIT)
    values = _whole(values)
    claim_version(term, version)
    if term.closed_on:
        raise Already(CLOSED)
    RetentionTerm.objects.filter(pk=term.pk).update(**values)
    term.refresh_from_db()
    said = f"срок хранения: {term.documents} — {words(term, archive_source())}"[:300]
    record(term, "change", by=by, words=said)
    return term
