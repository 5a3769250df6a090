"""Files of a meeting or a result for ``components/evidence.html``: pictures small and in a row, others by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from mentoring_site.models import StoredFile
from mentoring_site.pictures import is_picture
from programs.journal.models import Meeting
from programs.program.models import ActivityResult


@dataclass(frozen=True)
class File:
    """A file: ``small_url`` of a picture's thumbnail, ``remove_url`` for those who may take it away."""

    name: str
    size: int
    url: str
    small_url: str = ""
    remove_url: str = ""
    note: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Removed:
    """A file that was taken away and can come back."""

    name: str
    back_url: str


@dataclass(frozen=True)
class Evidence:
    """What the component shows."""

    pictures: tuple[File, ...] = ()
    files: tuple[File, ...] = ()
    removed: tuple[Removed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pictures or self.files or self.removed)


NOTHING = Evidence()


def evidence(place: Meeting | ActivityResult, *, changes: bool) -> Evidence:
    """Return the files of a place (with ``removed_files__file``); ``changes`` says that the reader may change them."""
    kind = "meeting" if isinstance(place, Meeting) else "result"
    found = [_file(place, kind, file, changes=changes) for file in place.files.all()]
    return Evidence(
        pictures=tuple(f for f in found if f.small_url),
        files=tuple(f for f in found if not f.small_url),
        removed=tuple(
            Removed(row.file.name, reverse("programs:file_back", args=[row.pk])) for row in _removed(place, changes)
        ),
    )


def _removed(place: Meeting | ActivityResult, changes: bool) -> Iterable:
    return place.removed_files.all() if changes else ()


def _file(place: Meeting | ActivityResult, kind: str, file: StoredFile, *, changes: bool) -> File:
    args = [place.pk, file.pk]
    return File(
        name=file.name,
        size=file.size,
        url=reverse(f"programs:{kind}_file", args=args),
        small_url=reverse(f"programs:{kind}_file_small", args=args) if is_picture(file) else "",
        remove_url=reverse(f"programs:{kind}_file_remove", args=args) if changes else "",
    )
