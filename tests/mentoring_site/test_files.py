"""Files in and out: the whitelist, hidden data of pictures, bombs, durable writes, safe headers."""

import errno
import hashlib
import io
import os
import sys
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from openpyxl import Workbook
from PIL import Image

from mentoring_site import files, pictures
from mentoring_site.files import UploadFormField, safe_name, serve, store_bytes, store_upload
from mentoring_site.models import StoredFile
from mentoring_site.workflow import Refused
from programs.journal import acts as journal_acts
from tests import ROOT
from tests.factories import make_consent
from tests.paper import pdf
from tests.programs.journal.kit import make_running, side

PDF = pdf()
HEIC = (ROOT / "tests" / "data" / "photo.heic").read_bytes()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, 128).save(out, kind, **options)
    return out.getvalue()


def office(member="word/document.xml", *, extra=(), compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "<document/>")
        for name, content in extra:
            archive.writestr(name, content)
    return out.getvalue()


def workbook():
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def code_of(name, content):
    """Return the code of the refusal of an upload."""
    with pytest.raises(ValidationError) as refused:
        store_upload(upload(name, content), by=None)
    return refused.value.code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("приказ.pdf", PDF, "application/pdf"),
        ("СКАН.JPG", picture(), "image/jpeg"),
        ("скан.jpeg", picture(mode="CMYK"), "image/jpeg"),
        ("схема.png", picture("PNG", mode="RGBA"), "image/png"),
        ("план.docx", office(), files.KINDS[3].content_type),
        ("список.xlsx", workbook(), files.KINDS[4].content_type),
    ],
)
def test_the_whitelist_comes_in(settings, name, content, content_type):
    row = store_upload(upload(name, content), by=None)

    stored = row.file.read()
    row.file.close()
    assert (row.name, row.content_type, row.size) == (name, content_type, len(stored))
    assert row.sha256 == hashlib.sha256(stored).hexdigest()
    assert row.file.name == f"{row.key.hex[:2]}/{row.key.hex}"
    assert oct(os.stat(row.file.path).st_mode & 0o777) == "0o600"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("письмо.pdf", b"", "empty"),
        ("письмо.exe", b"MZ", "kind"),
        ("страница.html", b"<script>", "kind"),
        ("рисунок.svg", b"<svg/>", "kind"),
        ("без расширения", PDF, "kind"),
        ("приказ.pdf.exe", PDF, "kind"),
        ("приказ.pdf", b"<script>alert(1)</script>", "signature"),
        ("фото.png", picture("JPEG"), "signature"),
        ("фото.jpg", b"\xff\xd8\xff" + b"\x00" * 500, "damaged"),
        ("фото.jpg", picture(size=(900, 900))[:400], "damaged"),
        ("фото.heic", HEIC[:700], "damaged"),
        ("фото.heic", picture("PNG"), "signature"),
        ("план.docx", workbook(), "damaged"),
        ("список.xlsx", office(), "damaged"),
        ("план.docx", b"PK\x03\x04" + b"\x00" * 200, "damaged"),
        ("план.docx", office(extra=[("word/vbaProject.bin", "x")]), "macros"),
        ("план.docx", office(extra=[("word/zeros.xml", b"\x00" * 30_000_000)]), "bomb"),
        ("план.docx", office(extra=[(f"word/{n}.xml", "") for n in range(2001)]), "bomb"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(name, content, code):
    assert code_of(name, content) == code
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_size_is_limited(monkeypatch):
    monkeypatch.setattr(files, "MAX_SIZE", 10)

    assert code_of("приказ.pdf", PDF) == "size"


@pytest.mark.django_db
def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_POINTS", 1000)

    assert code_of("фото.png", picture("PNG")) == "bomb"
    assert code_of("фото.heic", HEIC) == "bomb"


@pytest.mark.django_db
@pytest.mark.point("10.11")
def test_a_photograph_of_a_telephone_is_kept_as_jpeg_without_its_place():
    assert b"CANARY" in HEIC

    row = store_upload(upload("IMG_0042.HEIC", HEIC), by=None)

    with row.file.open() as stored:
        clean = stored.read()
    redrawn = Image.open(io.BytesIO(clean))
    assert (row.name, row.content_type, redrawn.format) == ("IMG_0042.jpg", "image/jpeg", "JPEG")
    assert (redrawn.size, dict(redrawn.getexif()), b"CANARY" in clean) == ((400, 640), {}, False)
    red, green, blue = redrawn.convert("RGB").getpixel((390, 10))  # the red corner has come to the right
    assert red > 150 > 60 > max(green, blue)


@pytest.mark.django_db
@pytest.mark.point("10.11")
def test_a_decoder_that_dies_or_hangs_is_a_damaged_picture(monkeypatch):
    for script in ("import sys; sys.stdin.read(); sys.exit(9)", "import time; time.sleep(60)"):
        monkeypatch.setattr(pictures, "COMMAND", [sys.executable, "-c", script])
        monkeypatch.setattr(pictures, "HEIC_SECONDS", 1)
        assert code_of("фото.heic", HEIC) == "damaged"


@pytest.mark.django_db
def test_hidden_data_of_a_photo_is_dropped_and_its_turn_is_kept():
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways
    exif[0x010F] = "CANARY camera"
    content = picture(exif=exif, comment=b"CANARY comment") + b"CANARY tail"
    assert content.count(b"CANARY") == 3

    row = store_upload(upload("фото.jpg", content), by=None)

    with row.file.open() as stored:
        clean = stored.read()
    redrawn = Image.open(io.BytesIO(clean))
    assert (b"CANARY" in clean, dict(redrawn.getexif()), redrawn.size) == (False, {}, (40, 60))


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_pictures_of_every_mode_come_through(mode):
    row = store_upload(upload("скан.png", picture("PNG", mode=mode)), by=None)

    with row.file.open() as stored:
        assert Image.open(stored).size == (60, 40)


@pytest.mark.django_db
def test_a_huge_scan_is_made_smaller():
    row = store_upload(upload("скан.png", picture("PNG", size=(5000, 100), mode="L")), by=None)

    with row.file.open() as stored:
        assert Image.open(stored).size == (4000, 80)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Бадма\\приказ.pdf", "приказ.pdf"),
        ("при\x00каз\u202efdp.pdf", "приказfdp.pdf"),
        ("а" * 300 + ".pdf", "а" * 140 + ".pdf"),
        ("", ""),
    ],
)
def test_names_of_files_are_made_safe(given, kept):
    assert safe_name(given) == kept


class PaperForm(forms.Form):
    scan = UploadFormField(label="Скан")


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, ["Выберите файл"]),
        ({"scan": upload("a.pdf", b"")}, ["Файл пуст. Проверьте, открывается ли он у Вас, и загрузите снова"]),
        ({"scan": upload("a.zip", b"PK")}, [f"Такой вид файла не принимается. Можно загрузить {files.WORDS}"]),
        ({"scan": upload("a.pdf", PDF)}, []),
    ],
)
def test_the_form_field_speaks_russian(given, errors):
    assert PaperForm({}, given).errors.get("scan", []) == errors


def test_the_form_field_offers_only_what_is_accepted():
    assert 'accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.heic,.heif"' in str(PaperForm()["scan"])


@pytest.mark.django_db
def test_a_full_disk_leaves_neither_half_a_file_nor_a_row(settings, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        store_bytes(PDF, name="приказ.pdf", content_type="application/pdf")

    left = [name for _, _, names in os.walk(settings.MEDIA_ROOT) for name in names]
    assert (left, StoredFile.objects.count()) == ([], 0)


def kept(settings) -> list:
    """Names of the files that are in the store."""
    return [name for _, _, names in os.walk(settings.MEDIA_ROOT) for name in names]


@pytest.mark.point("9")
@pytest.mark.django_db
def test_a_row_that_cannot_be_written_leaves_no_bytes(settings):
    with pytest.raises(IntegrityError), transaction.atomic():
        store_bytes(PDF, name="приказ.pdf", content_type=None)
    assert (kept(settings), StoredFile.objects.count()) == ([], 0)


@pytest.mark.point("9")
@pytest.mark.django_db
def test_a_file_is_kept_only_with_what_it_belongs_to(settings):
    with files.stored_upload(None, by=None) as nothing:
        assert nothing is None
    with files.stored_upload(upload("a.pdf", PDF), by=None) as row:
        assert len(kept(settings)) == StoredFile.objects.count() == 1
        assert row.name == "a.pdf"
    assert (kept(settings), StoredFile.objects.count()) == ([], 0)  # nobody took it
    with pytest.raises(Refused), files.stored_upload(upload("a.pdf", PDF), by=None):
        raise Refused("Нельзя")
    assert (kept(settings), StoredFile.objects.count()) == ([], 0)


@pytest.mark.point("9")
@pytest.mark.django_db
def test_a_broken_transaction_takes_the_bytes_with_it(settings, cast):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        files.stored_upload(upload("a.pdf", PDF), by=cast.clerk) as row,
    ):
        make_consent(cast.mentee.person, None, scan=row)
    assert (kept(settings), StoredFile.objects.count()) == ([], 0)


@pytest.mark.point("9")
@pytest.mark.django_db
@pytest.mark.parametrize("how", ["scan", "many"])
def test_a_file_that_somebody_refers_to_stays(settings, cast, how):
    with files.stored_upload(upload("a.pdf", PDF), by=cast.clerk) as row:
        if how == "scan":
            make_consent(cast.mentee.person, scan=row)
        else:
            program, activity = make_running(cast)
            journal_acts.do(activity, side(program), by=cast.mentee, result="сделано", files=[row])
    assert len(kept(settings)) == StoredFile.objects.count() == 1


def durable_steps(monkeypatch, root) -> list[str]:
    """Return the list that fills with «sync <what>» and «rename <to what>», as seen from the root of the store."""
    steps, fsync, rename = [], os.fsync, os.rename

    def name(path):
        return "part" if path.endswith(".part") else os.path.relpath(path, root)

    def watched_fsync(descriptor):
        steps.append(f"sync {name(os.readlink(f'/proc/self/fd/{descriptor}'))}")
        fsync(descriptor)

    def watched_rename(source, target):
        steps.append(f"rename {name(target)}")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "rename", watched_rename)
    return steps


@pytest.mark.point("9")
@pytest.mark.parametrize("made", [False, True], ids=["new folders", "folders of one who died before they were synced"])
def test_bytes_and_every_folder_are_on_the_disk_before_the_name_is_used(settings, monkeypatch, made):
    if made:
        os.makedirs(settings.MEDIA_ROOT / "a")
    steps = durable_steps(monkeypatch, settings.MEDIA_ROOT)

    default_storage.save("a/b", ContentFile(b"x"))

    assert steps == ["sync part", "rename a/b", "sync a", "sync .", "sync .."]


@pytest.mark.point("9")
def test_a_deleted_file_does_not_come_back_by_a_power_loss(settings, monkeypatch):
    default_storage.save("a/b", ContentFile(b"x"))
    steps = durable_steps(monkeypatch, settings.MEDIA_ROOT)

    default_storage.delete("a/b")

    assert steps == ["sync a"] and not default_storage.exists("a/b")
    default_storage.delete("z/never")


@pytest.mark.django_db
def test_a_download_runs_nowhere():
    answer = serve(store_bytes(PDF, name="приказ.pdf", content_type="application/pdf"))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "no-store"
    answer.close()


@pytest.mark.django_db
def test_a_preview_stays_inside_our_own_pages():
    answer = serve(store_bytes(PDF, name="p.pdf", content_type="application/pdf"), "приказ.pdf", inline=True)

    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
    assert (answer["X-Frame-Options"], answer["Content-Type"]) == ("SAMEORIGIN", "application/pdf")
    answer.close()


@pytest.mark.django_db
def test_only_pdf_and_pictures_are_shown_inline():
    answer = serve(store_bytes(b"<script>", name="p.html", content_type="text/html"), inline=True)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    answer.close()


@pytest.mark.django_db
def test_a_lost_file_is_a_404_and_not_a_crash():
    row = store_bytes(PDF, name="p.pdf", content_type="application/pdf")
    os.unlink(row.file.path)
    row = StoredFile.objects.get()

    with pytest.raises(Http404):
        serve(row)
