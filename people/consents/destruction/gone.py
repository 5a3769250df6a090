"""What an act of destruction has removed, named in it: records of the school, and every file with its school year.

An act destroys by many hands (``retention``); which files are gone is read from the store before and after, so that
no file goes unnamed.
"""

from datetime import datetime
from typing import TypedDict

from django.utils import timezone

from mentoring_site.models import EvidenceRevision, StoredFile
from mentoring_site.russian import rudate, school_year

UNNAMED = "файл-подтверждение"
"""In place of the name of a file that somebody has put to a private thing: the name may say too much."""


class Gone(TypedDict):
    """A record, or a file with the day when it came in, its school year and its SHA-256."""

    name: str
    day: str
    year: str
    sha256: str


Files = dict[int, tuple[str, str, datetime]]


def files_now() -> Files:
    """Return every file of the store: name, SHA-256, when it came in."""
    rows = StoredFile.objects.values_list("pk", "name", "sha256", "uploaded_at")
    return {pk: (name, sha256, at) for pk, name, sha256, at in rows}


def private_files() -> set[int]:
    """Return the files that stand as evidence: their names were given by people and are not told."""
    return set(EvidenceRevision.objects.filter(file__isnull=False).values_list("file_id", flat=True))


def removed(before: Files, private: set[int]) -> list[Gone]:
    """Return the files of ``before`` that are there no more, the oldest first."""
    left = set(StoredFile.objects.values_list("pk", flat=True))
    gone = sorted((at, pk, name, sha256) for pk, (name, sha256, at) in before.items() if pk not in left)
    return [_file(UNNAMED if pk in private else name, sha256, at) for at, pk, name, sha256 in gone]


def _file(name: str, sha256: str, at: datetime) -> Gone:
    day = timezone.localdate(at)
    return Gone(name=name, day=rudate(day), year=school_year(day.year - (day.month < 8)), sha256=sha256)


def record(words: str) -> Gone:
    """Return a record of the school that is destroyed."""
    return Gone(name=words, day="", year="", sha256="")
