"""Evidence of a thing for ``components/evidence.html``: pictures small and in a row, the rest by name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence import places
from mentoring_site.evidence.places import KEPT
from mentoring_site.models import Evidence, EvidenceRevision
from mentoring_site.pictures import is_picture
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Badge, Fact

MISSING = Badge("нет подтверждения", "late")


@dataclass(frozen=True)
class File:
    """One proof: ``small_url`` of a picture's thumbnail, ``remove_url`` for those who may take it away.

    ``size`` is 0 of a link and of an object of the product.
    """

    name: str
    size: int
    url: str
    small_url: str = ""
    remove_url: str = ""
    note: str = ""
    sha256: str = ""
    page_url: str = ""
    badge: Badge | None = None


@dataclass(frozen=True)
class Removed:
    """What was taken away and can come back."""

    name: str
    back_url: str


@dataclass(frozen=True)
class Shown:
    """What the component shows; ``missing`` says that something was promised and nothing stands here.

    ``day_url`` leads to what proved the thing on another day.
    """

    pictures: tuple[File, ...] = ()
    files: tuple[File, ...] = ()
    removed: tuple[Removed, ...] = ()
    add_url: str = ""
    missing: Badge | None = None
    day_url: str = ""

    def __bool__(self) -> bool:
        return bool(self.pictures or self.files or self.removed or self.add_url or self.missing)


NOTHING = Shown()


def with_evidence(path: str = "evidence") -> Prefetch:
    """Read what ``shown`` reads of each thing; ``path`` leads to the evidence."""
    found = EvidenceRevision.objects.select_related("file").prefetch_related("object")
    revisions = Prefetch("revisions", found.order_by("number"))
    return Prefetch(path, Evidence.objects.prefetch_related(revisions))


def shown(thing: Any, *, changes: bool, expected: bool = False) -> Shown:
    """Return the evidence of a thing read ``with_evidence``; ``changes`` says that the reader may change it.

    ``expected`` says that the thing has to be proved: without evidence it is missing.
    """
    rows = list(thing.evidence.all())
    here = [row for row in rows if row.removed_at is None]
    found = [_file(row, changes=changes) for row in here]
    lately = timezone.now() - KEPT
    away = [row for row in rows if row.removed_at is not None and row.removed_at > lately] if changes else []
    place = places.of(thing)
    return Shown(
        pictures=tuple(f for f in found if f.small_url),
        files=tuple(f for f in found if not f.small_url),
        removed=tuple(Removed(row.latest.name, reverse("evidence:back", args=[row.pk])) for row in away),
        add_url=reverse("evidence:add", args=[place.code, thing.pk]) if changes else "",
        missing=MISSING if expected and not any(not row.is_expired() for row in here) else None,
        day_url=reverse("evidence:day", args=[place.code, thing.pk]) if rows else "",
    )


def on_day(thing: Any, day: date) -> list[EvidenceRevision]:
    """Return what proved a thing at the end of a day: one revision of each proof that stood then."""
    return on_day_of([thing], day).get(thing.pk, [])


def on_day_of(things: Sequence[Any], day: date) -> dict[int, list[EvidenceRevision]]:
    """Return what proved several things of one kind at the end of a day, by their keys; further ones cost no query."""
    if not things:
        return {}
    kind = ContentType.objects.get_for_model(things[0])
    rows = Evidence.objects.filter(object_type=kind, object_id__in=[thing.pk for thing in things]).order_by("pk")
    revisions = EvidenceRevision.objects.select_related("file", "by__person").prefetch_related("object")
    found: dict[int, list[EvidenceRevision]] = {}
    for row in rows.prefetch_related(Prefetch("revisions", revisions.order_by("number"))):
        if stood := row.as_of(day):
            found.setdefault(row.object_id, []).append(stood)
    return found


def _file(row: Evidence, *, changes: bool) -> File:
    latest = row.latest
    picture = latest.file is not None and is_picture(latest.file)
    return replace(
        revision_file(latest),
        small_url=reverse("evidence:small", args=[latest.pk]) if picture else "",
        remove_url=reverse("evidence:remove", args=[row.pk]) if changes else "",
        page_url=reverse("evidence:page", args=[row.pk]),
        badge=Badge(f"срок истёк {ruday(row.valid_until)}", "late") if row.is_expired() else None,
    )


def revision_file(revision: EvidenceRevision) -> File:
    """Return one revision as a line: the file with its size, the address, the record of the product."""
    if revision.file is not None:
        url = reverse("evidence:file", args=[revision.pk])
        return File(revision.name, revision.file.size, url, note=revision.remark, sha256=revision.sha256)
    url = revision.url or _address(revision.object)
    return File(revision.name, 0, url, note=revision.remark, sha256=revision.sha256)


def _address(obj: Any) -> str:
    if obj is None:
        return ""
    if hasattr(obj, "get_absolute_url"):
        return str(obj.get_absolute_url())
    place = next((place for place in places.PLACES.values() if isinstance(obj, place.model)), None)
    return place.address(obj) if place else ""


def facts(evidence: Evidence) -> list[Fact]:
    """Return what stands above the revisions of one proof."""
    place = places.of(evidence.object)
    until = f"до {ruday(evidence.valid_until)}" if evidence.valid_until else ""
    return Fact.known([("Что подтверждает", place.title(evidence.object)), ("Действует", until)])


def expired(user: Any) -> QuerySet[Evidence]:
    """Return what the user has put and what has expired since."""
    found = Evidence.objects.visible_to(user).kept().filter(created_by=user, valid_until__lt=timezone.localdate())
    return found.prefetch_related("revisions").order_by("valid_until", "pk")


def lines(evidence: Sequence[EvidenceRevision]) -> list[dict[str, Any]]:
    """Return the revisions, the latest first, for the page of one proof."""
    return [
        {"number": r.number, "file": revision_file(r), "at": r.at, "who": r.by.person.short_name if r.by else ""}
        for r in reversed(evidence)
    ]
