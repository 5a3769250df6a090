"""Files in and out: a short whitelist, own names, durable writes, safe headers.

Uploads are known by signature and extension at once; pictures are drawn again, which drops their metadata;
office files are opened as archives. Every file is served through a view with its access check by ``serve()``.
"""

import hashlib
import os
import tempfile
import unicodedata
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.base import File as DjangoFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import FileResponse, Http404

from mentoring_site.models import StoredFile
from mentoring_site.pdf.pages import count_pages
from mentoring_site.pictures import HEIC, JPEG, MAX_SIDE, PNG, redrawn

MAX_SIZE = 20 * 1024 * 1024
MAX_MEMBERS, MAX_UNPACKED, MAX_RATIO = 2000, 200 * 1024 * 1024, 100
WORDS = "PDF, JPG, PNG, HEIC, DOCX или XLSX"
SCAN_WORDS = "PDF, JPG или PNG"
PDF = "application/pdf"


@dataclass(frozen=True)
class Kind:
    """A kind of file that may come in: its content type, extensions and first bytes."""

    content_type: str
    extensions: tuple[str, ...]
    signature: bytes
    member: str = ""  # of an office archive
    picture: str = ""  # Pillow's name of the format
    offset: int = 0  # where the signature stands
    stored_as: str = ""  # content type of what is stored, where it is another

    @property
    def kept_type(self) -> str:
        """The content type of what is stored."""
        return self.stored_as or self.content_type

    def kept_name(self, name: str) -> str:
        """Return the name of what is stored: a photograph that was HEIC is JPEG now and says so."""
        return f"{name.rpartition('.')[0]}.jpg" if self.stored_as else name


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    Kind(PDF, ("pdf",), b"%PDF-"),
    Kind("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", picture=JPEG),
    Kind("image/png", ("png",), b"\x89PNG\r\n\x1a\n", picture=PNG),
    Kind(f"{_OFFICE}wordprocessingml.document", ("docx",), b"PK\x03\x04", member="word/document.xml"),
    Kind(f"{_OFFICE}spreadsheetml.sheet", ("xlsx",), b"PK\x03\x04", member="xl/workbook.xml"),
    Kind("image/heic", ("heic", "heif"), b"ftyp", picture=HEIC, offset=4, stored_as="image/jpeg"),
)
INLINE = {PDF, "image/jpeg", "image/png"}
PICTURES = tuple(k for k in KINDS if k.picture)
SCANS = tuple(k for k in KINDS if k.content_type in INLINE)


def sync(path: str | os.PathLike) -> None:
    """Make the bytes of a file, or the names in a folder, outlive a power loss."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class DurableStorage(FileSystemStorage):
    """Files on the disk of the server: a name appears only when all bytes are really written, and then outlives a
    power loss; a deleted one does not come back by it.
    """

    def _save(self, name: str, content: DjangoFile) -> str:
        path = self.path(name)
        folder = os.path.dirname(path)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.rename(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        self._sync_up(folder)
        return name

    def _sync_up(self, folder: str) -> None:
        """Sync the folder and those above it, the one that holds the root last.

        All of them each time: who made one of them may have died before it was synced.
        """
        top = os.path.dirname(os.path.abspath(self.location))
        while folder != top:
            sync(folder)
            folder = os.path.dirname(folder)
        sync(top)

    def delete(self, name: str) -> None:
        """Delete a file for good."""
        super().delete(name)
        folder = os.path.dirname(self.path(name))
        if os.path.isdir(folder):
            sync(folder)


def safe_name(name: str) -> str:
    """Return the last part of a file name without control and direction characters, at most 150 characters long."""
    name = PurePosixPath(PureWindowsPath(name or "").name).name
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    stem, dot, extension = name.strip().rpartition(".")
    return f"{stem[:140]}{dot}{extension[:9]}" if dot else name.strip()[:150]


def check_upload(upload, kinds: tuple[Kind, ...] = KINDS, *, side: int = MAX_SIDE) -> Kind:
    """Return the kind of an uploaded file, one of ``kinds``; a picture is made no larger than ``side`` pixels a side.

    Raises ``ValidationError`` with a Russian sentence when it is too big, empty, damaged, of a foreign kind, or
    is not what its extension says. A picture is drawn again here (``mentoring_site.pictures``); ``store_upload`` takes
    the result.
    """
    if upload.size == 0:
        raise ValidationError("Файл пуст. Проверьте, открывается ли он у Вас, и загрузите снова", code="empty")
    if upload.size > MAX_SIZE:
        size = f"{upload.size / 1024 / 1024:.0f}"
        raise ValidationError(f"Файл слишком велик: {size} МБ, а можно до 20 МБ", code="size")
    extension = safe_name(upload.name).rpartition(".")[2].lower()
    kind = next((k for k in kinds if extension in k.extensions), None)
    if kind is None:
        words = WORDS if kinds is KINDS else SCAN_WORDS
        raise ValidationError(f"Такой вид файла не принимается. Можно загрузить {words}", code="kind")
    upload.seek(kind.offset)
    if not upload.read(len(kind.signature)) == kind.signature:
        raise ValidationError(
            f"Внутри не то, что обещает имя: это не {extension.upper()}. Откройте файл у себя, сохраните заново и"
            " загрузите",
            code="signature",
        )
    upload.seek(0)
    if kind.member:
        _check_office(upload, kind)
    elif kind.picture:
        upload.reencoded = redrawn(upload, kind.picture, side=side)
    elif kind.content_type == PDF:
        count_pages(upload.read(), safe_name(upload.name))
    upload.seek(0)
    upload.known_kind = kind
    return kind


def _check_office(upload, kind: Kind) -> None:
    damaged = ValidationError("Файл повреждён. Сохраните его заново и загрузите ещё раз", code="damaged")
    try:
        members = zipfile.ZipFile(upload).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise damaged from error
    names = {m.filename for m in members}
    if (
        len(members) > MAX_MEMBERS
        or sum(m.file_size for m in members) > MAX_UNPACKED
        or any(m.file_size > MAX_RATIO * max(m.compress_size, 10_000) for m in members)
    ):
        raise ValidationError("Файл слишком велик в распакованном виде", code="bomb")
    if any(m.flag_bits & 1 for m in members):
        raise ValidationError("Файл защищён паролем. Снимите защиту и загрузите снова", code="encrypted")
    if not {"[Content_Types].xml", kind.member} <= names:
        raise damaged
    if any("vbaproject" in n.lower() or "activex" in n.lower() for n in names):
        raise ValidationError("В файле есть макросы. Сохраните его без макросов и загрузите снова", code="macros")


class UploadFormField(forms.FileField):
    """A file of the whitelist; errors are Russian sentences that say what to do."""

    default_error_messages = {
        "required": "Выберите файл",
        "missing": "Файл не дошёл. Выберите его ещё раз",
        "empty": "Файл пуст. Проверьте, открывается ли он у Вас, и загрузите снова",
        "invalid": "Файл не дошёл. Выберите его ещё раз",
    }
    kinds: tuple[Kind, ...] = KINDS
    words = WORDS
    side = MAX_SIDE  # of a picture

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", f"{self.words}, до 20 МБ")
        super().__init__(**kwargs)

    def validate(self, value: UploadedFile | None) -> None:
        """Look into the file."""
        super().validate(value)
        if value:
            check_upload(value, self.kinds, side=self.side)

    def widget_attrs(self, widget):
        """Let the browser offer only what is accepted."""
        return {**super().widget_attrs(widget), "accept": ",".join(f".{e}" for k in self.kinds for e in k.extensions)}


class ScanFormField(UploadFormField):
    """The scan of a signed paper: a PDF or a picture."""

    kinds = SCANS
    words = SCAN_WORDS


def store_upload(upload, *, by) -> StoredFile:
    """Check and store an uploaded file; return its row. The bytes are on the disk before the row is written.

    ``by`` is the user who uploads. Raises ``ValidationError`` as ``check_upload`` does.
    """
    kind = getattr(upload, "known_kind", None) or check_upload(upload)
    content = getattr(upload, "reencoded", None)
    if content is None:
        upload.seek(0)
        content = upload.read()
    return store_bytes(content, name=kind.kept_name(upload.name), content_type=kind.kept_type, by=by)


def store_bytes(content: bytes, *, name: str, content_type: str, by=None) -> StoredFile:
    """Store bytes that the program itself has made (a rendered paper); return the row."""
    row = StoredFile(
        name=safe_name(name),
        content_type=content_type,
        size=len(content),
        uploaded_by=by,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    row.file.save(row.name, ContentFile(content), save=False)
    try:
        row.save()
    except BaseException:
        row.file.storage.delete(row.file.name)
        raise
    return row


def store_file(content: IO[bytes], *, name: str, content_type: str, by: Any = None) -> StoredFile:
    """Store an open file that the program itself has made, in pieces: it may be larger than memory; return the row."""
    sha256, size = hashlib.sha256(), 0
    content.seek(0)
    while piece := content.read(DjangoFile.DEFAULT_CHUNK_SIZE):
        sha256.update(piece)
        size += len(piece)
    content.seek(0)
    row = StoredFile(
        name=safe_name(name), content_type=content_type, size=size, uploaded_by=by, sha256=sha256.hexdigest()
    )
    row.file.save(row.name, DjangoFile(content, row.name), save=False)
    try:
        row.save()
    except BaseException:
        row.file.storage.delete(str(row.file.name))
        raise
    return row


@contextmanager
def discard_unless_used(stored: StoredFile | None):
    """Give a stored file to the act inside; delete row and bytes when the act raises or does not use the file.

    The bytes have to be on the disk before the act begins, and a transaction that fails takes no file with it.
    """
    try:
        yield stored
    finally:
        if stored is not None and not is_used(stored):
            delete_stored(stored)


def stored_upload(upload, *, by):
    """Store an uploaded file for the act inside, which gets its row (None without an upload).

    A file that the act did not use is deleted, as by ``discard_unless_used``. Raises ``ValidationError`` as
    ``check_upload`` does.
    """
    return discard_unless_used(store_upload(upload, by=by) if upload else None)


def delete_stored(stored: StoredFile) -> None:
    """Remove a file that nothing refers to, with its bytes."""
    if not connection.needs_rollback:  # a broken transaction takes the row with it
        stored.delete()
    stored.file.storage.delete(stored.file.name)


def is_used(stored: StoredFile) -> bool:
    """Whether a row of any model refers to the file."""
    if connection.needs_rollback:
        return False
    relations = [f for f in StoredFile._meta.get_fields(include_hidden=True) if f.is_relation and not f.concrete]
    return any(r.related_model._base_manager.filter(**{r.field.name: stored}).exists() for r in relations)


def serve(stored: StoredFile, filename: str = "", *, inline: bool = False) -> FileResponse:
    """Answer with a stored file; the caller has checked the access.

    By default a download that no browser runs. ``inline`` shows a PDF or a picture on our own pages. Raises
    ``Http404`` when the bytes are not in the store.
    """
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Файла нет в хранилище") from error
    inline = inline and stored.content_type in INLINE
    response = FileResponse(
        content,
        as_attachment=not inline,
        filename=filename or stored.name,
        content_type=stored.content_type if inline or stored.content_type in INLINE else "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    if inline:  # a sandbox would switch off the browser's own PDF viewer
        response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response
