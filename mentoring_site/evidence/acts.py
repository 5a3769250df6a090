"""Acts about evidence: put to a thing, renewed by a revision, taken away and given back for a day, its end (п. 4.1)."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import Any

from django.core import serializers
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from mentoring_site.evidence import places
from mentoring_site.evidence.places import KEPT, MOST, Offer
from mentoring_site.files import is_used, stored_upload
from mentoring_site.locks import locked
from mentoring_site.models import Evidence, EvidenceRevision, StoredFile
from mentoring_site.workflow import Already, NotAllowed, Refused

TOO_MANY = f"Можно приложить не больше {MOST}\u00a0файлов и ссылок"
LONGEST_REMARK = 500


@contextmanager
def stored_uploads(uploads: Iterable[UploadedFile], *, by: Any) -> Iterator[list[StoredFile]]:
    """Store several files for the act inside; those that it did not use are deleted."""
    with ExitStack() as stack:
        yield [stack.enter_context(stored_upload(upload, by=by)) for upload in uploads]


def attach(thing: Model, files: Iterable[StoredFile], *, by: Any) -> list[Evidence]:
    """Put files to a thing, inside the act that has claimed it. Raises ``Refused`` when there are too many."""
    files = list(files)
    _refuse_too_many(thing, len(files))
    return [_made(thing, by, file=file) for file in files]


def _refuse_too_many(thing: Any, more: int) -> None:
    if more and thing.evidence.kept().count() + more > MOST:
        raise Refused(TOO_MANY)


def _made(thing: Model, by: Any, *, valid_until: date | None = None, **content: Any) -> Evidence:
    made = Evidence.objects.create(object=thing, created_by=by, valid_until=valid_until)
    _revise(made, 1, by, valid_until=valid_until, **content)
    return made


def _revise(
    evidence: Evidence,
    number: int,
    by: Any,
    *,
    file: StoredFile | None = None,
    url: str = "",
    offer: Offer | None = None,
    remark: str = "",
    valid_until: date | None = None,
) -> EvidenceRevision:
    content: dict[str, Any] = {"name": url[:200], "url": url}
    if file is not None:
        content = {"name": file.name, "file": file, "sha256": file.sha256}
    elif offer is not None:
        content = {"name": offer.name[:200], "object": offer.object, "sha256": fingerprint(offer.object)}
    remark = remark.strip()[:LONGEST_REMARK]
    content |= {"remark": remark, "valid_until": valid_until, "by": by}
    return EvidenceRevision.objects.create(evidence=evidence, number=number, **content)


def fingerprint(obj: Model) -> str:
    """Return the SHA-256 of an object of the product as it is now."""
    return hashlib.sha256(serializers.serialize("json", [obj]).encode()).hexdigest()


@transaction.atomic
def add(
    thing: Any,
    *,
    by: Any,
    files: Iterable[StoredFile] = (),
    url: str = "",
    objects: Iterable[str] = (),
    remark: str = "",
    valid_until: date | None = None,
) -> list[Evidence]:
    """Put files, a link and objects of the product (keys of what the place offers) to a thing, as evidence of its own.

    Raises what the place raises: ``NotAllowed``, ``Refused`` when others have acted on it; ``Refused`` for nothing, for
    too many, for a term that has passed.
    """
    place = places.of(thing)
    thing = place.claim(thing, by)
    offered = {offer.key: offer for offer in place.offers(thing, by)}
    content: list[dict[str, Any]] = [{"file": file} for file in files]
    content += [{"url": url}] if url else []
    content += [{"offer": offered[key]} for key in objects if key in offered]
    if not content:
        raise Refused("Приложите файл, ссылку или запись")
    _refuse_past(valid_until)
    _refuse_too_many(thing, len(content))
    made = [_made(thing, by, valid_until=valid_until, remark=remark, **one) for one in content]
    place.record(thing, "add_evidence", "приложено подтверждение", by)
    place.settle(thing, by)
    return made


@transaction.atomic
def add_record(thing: Any, offer: Offer, *, by: Any) -> Evidence:
    """Put a record of the product to a thing, from the page of the record itself. Raises as ``add``."""
    place = places.of(thing)
    thing = place.claim(thing, by)
    _refuse_too_many(thing, 1)
    made = _made(thing, by, offer=offer)
    place.record(thing, "add_evidence", "приложено подтверждение", by)
    return made


def _refuse_past(valid_until: date | None) -> None:
    if valid_until is not None and valid_until < timezone.localdate():
        raise Refused("Срок действия уже прошёл. Приложите то, что действует")


def may_renew(evidence: Evidence, user: Any) -> bool:
    """Whether the user may add a revision: whoever may change the thing, and whoever put what has expired."""
    if evidence.removed_at is not None:
        return False
    if evidence.is_expired() and evidence.created_by_id == user.pk:
        return True
    try:
        places.of(evidence.object).require(evidence.object, user)
    except NotAllowed:
        return False
    return True


@transaction.atomic
def renew(
    evidence: Evidence,
    *,
    by: Any,
    file: StoredFile | None = None,
    url: str = "",
    remark: str = "",
    valid_until: date | None = None,
) -> Evidence:
    """Add a revision: another file or link, a new term. What was there before stays readable.

    Whoever put what has expired may renew it even when others have acted on the thing. Raises as ``add``.
    """
    place = places.of(evidence.object)
    expired = evidence.is_expired() and evidence.created_by_id == by.pk
    thing: Any = evidence.object
    thing = locked(thing) if expired else place.claim(thing, by)
    fresh = locked(evidence)
    if fresh.removed_at is not None:
        raise Already("Этого подтверждения здесь уже нет")
    if file is None and not url:
        raise Refused("Приложите файл или ссылку")
    _refuse_past(valid_until)
    number = fresh.revisions.count() + 1
    _revise(fresh, number, by, file=file, url="" if file else url, remark=remark, valid_until=valid_until)
    Evidence.objects.filter(pk=fresh.pk).update(valid_until=valid_until)
    place.record(thing, "renew_evidence", "подтверждение обновлено", by)
    place.settle(thing, by)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def remove(evidence: Evidence, *, by: Any) -> Evidence:
    """Take evidence away; for a day it can come back. Raises as the place does, ``Already`` when it is not there."""
    place = places.of(evidence.object)
    thing = place.claim(evidence.object, by)
    fresh = locked(evidence, gone="Этого подтверждения здесь уже нет")
    if fresh.removed_at is not None:
        raise Already("Этого подтверждения здесь уже нет")
    Evidence.objects.filter(pk=fresh.pk).update(removed_at=timezone.now(), removed_by=by)
    place.record(thing, "drop_evidence", "убрано подтверждение", by)
    place.settle(thing, by)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def put_back(evidence: Evidence, *, by: Any) -> Evidence:
    """Give evidence back to its thing. Raises as ``remove``, ``Refused`` also when there are too many."""
    place = places.of(evidence.object)
    thing = place.claim(evidence.object, by)
    fresh = locked(evidence, gone="Подтверждения уже нет: убранное хранится сутки")
    if fresh.removed_at is None:
        raise Already("Подтверждение уже на месте")
    if fresh.removed_at <= timezone.now() - KEPT:
        raise Already("Подтверждение убрано больше суток назад. Приложите его заново")
    _refuse_too_many(thing, 1)
    Evidence.objects.filter(pk=fresh.pk).update(removed_at=None, removed_by=None)
    place.record(thing, "back_evidence", "возвращено подтверждение", by)
    place.settle(thing, by)
    fresh.refresh_from_db()
    return fresh


def copy(source: Any, target: Model) -> None:
    """Let a new edition of a thing have the evidence of the old one: the same files, with all revisions."""
    for old in source.evidence.kept().prefetch_related("revisions"):
        revisions = list(old.revisions.all())
        made = Evidence.objects.create(
            object=target, created_by=old.created_by, created_at=old.created_at, valid_until=old.valid_until
        )
        for revision in revisions:
            revision.pk, revision._state.adding, revision.evidence = None, True, made
        EvidenceRevision.objects.bulk_create(revisions)


def destroy(evidence: Iterable[Evidence]) -> None:
    """Destroy evidence with its files, inside the act that has claimed its thing."""
    for row in evidence:
        files = [r.file for r in row.revisions.select_related("file") if r.file]
        row.delete()
        for file in files:
            if not is_used(file):
                file.delete()
                transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


def put_object(thing: Any, offer: Offer, *, by: Any) -> Evidence:
    """Put an object of the product to a thing as evidence, inside the act that has claimed the thing.

    Raises ``Refused`` when there are too many.
    """
    _refuse_too_many(thing, 1)
    return _made(thing, by, offer=offer)


def destroy_removed() -> int:
    """Destroy what was taken away more than a day ago, for the clock; return how many.

    Where a place keeps what stood there, only what was taken away within a day of being put is destroyed.
    """
    old = Q(removed_at__lt=timezone.now() - KEPT) & ~Q(pk__in=Evidence.objects.that_stood().values("pk"))
    found = list(Evidence.objects.filter(old).values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            destroy(Evidence.objects.select_for_update(of=("self",)).filter(old, pk=pk))
    return len(found)
