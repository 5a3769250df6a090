"""Files of what the site shows: the present revisions, links beside them; a former revision is for those inside."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mentoring_site.files import serve
from mentoring_site.models import Evidence, EvidenceRevision
from mentoring_site.pictures import is_picture


def files_of(thing: Any, address: str) -> list[dict[str, Any]]:
    """Return the present revisions of files and links of a thing read ``with_evidence``."""
    latest = [row.latest for row in thing.evidence.all() if row.removed_at is None]
    return [
        {
            "name": one.name,
            "url": reverse(address, args=[one.pk]) if one.file else one.url,
            "size": one.file.size if one.file else 0,
            "note": "",
        }
        for one in latest
        if one.file or one.url
    ]


def file_of(things: QuerySet, pk: int) -> FileResponse:
    """Serve the present revision of a file of one of the things; a former one is for those inside."""
    found = EvidenceRevision.objects.filter(file__isnull=False, evidence__in=_evidence_of(things))
    revision = get_object_or_404(found.select_related("file", "evidence"), pk=pk)
    if revision != revision.evidence.latest:
        raise Http404
    assert revision.file is not None
    return serve(revision.file, inline=is_picture(revision.file))


def _evidence_of(things: QuerySet) -> QuerySet:
    kind = ContentType.objects.get_for_model(things.model)
    return Evidence.objects.kept().filter(object_type=kind, object_id__in=things.order_by().values("pk"))
