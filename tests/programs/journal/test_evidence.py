"""Photographs that prove meetings and results: several at once, shrunk, without the place, small on the page,
removable.
"""

import io
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from mentoring_site.evidence import acts
from mentoring_site.inbox import items_for
from mentoring_site.models import Evidence, StoredFile
from mentoring_site.workflow import NotAllowed, Refused
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting
from programs.program.models import ActivityResult, Program
from tests import ROOT
from tests.paper import pdf
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.11")]
HEIC = (ROOT / "tests" / "data" / "photo.heic").read_bytes()


def photo(size=(2600, 1300), turn=6) -> bytes:
    """Return a photograph of a telephone: held sideways, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, "CANARY camera"
    exif.get_ifd(0x8825)[29] = "CANARY place"
    out = io.BytesIO()
    Image.new("RGB", size, "#8899aa").save(out, "JPEG", exif=exif)
    assert out.getvalue().count(b"CANARY") == 2
    return out.getvalue()


def snaps() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("IMG_1.JPG", photo()), SimpleUploadedFile("IMG_2.HEIC", HEIC)]


def meeting_data(**more):
    known = {"held_on": timezone.localdate(), "minutes": 45, "format": "together", "about": "темп", "next_step": ""}
    return known | {"request_key": uuid4()} | more


def content(stored: StoredFile) -> bytes:
    with stored.file.open() as opened:
        return opened.read()


def test_a_meeting_is_logged_with_two_photographs_of_a_telephone(cast, as_user):
    program, _ = make_running(cast)
    client = as_user(cast.mentor)
    page = client.get(f"/programs/{program.pk}/meetings/new/").content.decode()
    assert 'capture="environment"' in page and " multiple" in page and ".heic" in page
    page = client.post(f"/programs/{program.pk}/meetings/new/", meeting_data(evidence=snaps()), follow=True)
    kept = files_of(Meeting.objects.get())
    assert [f.name for f in kept] == ["IMG_1.JPG", "IMG_2.jpg"]
    assert [f.content_type for f in kept] == ["image/jpeg"] * 2
    drawn = [Image.open(io.BytesIO(content(f))) for f in kept]
    assert [d.size for d in drawn] == [(1000, 2000), (400, 640)]  # turned upright, no side above 2000 pixels
    assert [(dict(d.getexif()), b"CANARY" in content(f)) for d, f in zip(drawn, kept, strict=True)] == [({}, False)] * 2
    (row,) = page.context["rows"]
    small = [client.get(p.small_url) for p in row.evidence.pictures]
    assert [max(Image.open(io.BytesIO(s.content)).size) for s in small] == [320, 320]
    assert [f'src="{p.small_url}"' in page.content.decode() for p in row.evidence.pictures] == [True, True]
    whole = client.get(row.evidence.pictures[0].url)
    assert whole["Content-Type"] == "image/jpeg" and "inline" in whole["Content-Disposition"]
    assert b"".join(whole.streaming_content) == content(kept[0])
    for picture in row.evidence.pictures:
        for url in (picture.url, picture.small_url):
            assert as_user(cast.stranger).get(url).status_code == 404
            with closing(as_user(cast.mentee).get(url)) as answer:
                assert answer.status_code == 200


@pytest.mark.parametrize(
    ("uploads", "words"),
    [
        (
            [SimpleUploadedFile("a.heic", HEIC[:900]), SimpleUploadedFile("b.jpg", b"x")],
            "«a.heic»: Картинка повреждена",
        ),
        ([SimpleUploadedFile("a.jpg", HEIC)], "Внутри не то, что обещает имя"),
        ([SimpleUploadedFile(f"{n}.pdf", pdf()) for n in range(11)], "не больше 10"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(cast, as_user, uploads, words):
    program, _ = make_running(cast)
    page = as_user(cast.mentor).post(f"/programs/{program.pk}/meetings/new/", meeting_data(evidence=uploads))
    assert words in " ".join(page.context["form"].errors["evidence"])
    assert not Meeting.objects.exists() and not StoredFile.objects.exists()


def test_a_question_about_a_second_meeting_keeps_no_file(cast, as_user):
    program, _ = make_running(cast)
    meet(program, cast.mentor)
    page = as_user(cast.mentor).post(f"/programs/{program.pk}/meetings/new/", meeting_data(evidence=snaps()[:1]))
    assert page.context["form"].twin and not StoredFile.objects.exists()
    assert "Снимки и файлы выберите ещё раз" in page.content.decode()


def files_of(thing) -> list[StoredFile]:
    return [e.latest.file for e in thing.evidence.kept()]


def with_photo(cast, as_user) -> tuple[Meeting, Evidence]:
    program, _ = make_running(cast)
    as_user(cast.mentor).post(f"/programs/{program.pk}/meetings/new/", meeting_data(evidence=snaps()[:1]))
    meeting = Meeting.objects.get()
    return meeting, meeting.evidence.get()


def test_a_photograph_is_taken_away_and_given_back(cast, as_user):
    meeting, proof = with_photo(cast, as_user)
    client, journal = as_user(cast.mentor), f"/programs/{meeting.program_id}/journal/"
    url = f"/evidence/{proof.pk}/remove/"
    assert client.get(journal).context["rows"][0].evidence.pictures[0].remove_url == url
    assert not as_user(cast.mentee).get(journal).context["rows"][0].evidence.pictures[0].remove_url
    assert as_user(cast.mentee).post(url).status_code == 403
    page = client.post(url, follow=True)
    (row,) = page.context["rows"]
    assert "Вернуть" in page.content.decode() and not row.evidence.pictures
    assert client.get(f"/evidence/files/{proof.latest.pk}/").status_code == 404
    assert as_user(cast.mentee).get(journal).context["rows"][0].evidence.removed == ()
    page = client.post(row.evidence.removed[0].back_url, follow=True)
    assert "Подтверждение возвращено" in page.content.decode()
    assert list(meeting.evidence.kept()) == [proof]


def test_after_a_confirmation_photographs_stay(cast, as_user):
    meeting, proof = with_photo(cast, as_user)
    removed = acts.remove(proof, by=cast.mentor)
    journal_acts.confirm_meeting(meeting.attendances.get(confirmed_at=None), by=cast.mentee)
    with pytest.raises(Refused, match="подтвердила"):
        acts.put_back(removed, by=cast.mentor)
    page = as_user(cast.mentor).get(f"/programs/{meeting.program_id}/journal/")
    assert page.context["rows"][0].evidence.removed == ()


def test_files_of_a_result_change_until_it_is_checked(cast, as_user):
    program, activity = make_running(cast)
    url = f"/activities/{activity.pk}/do/{side(program).pk}/"
    data = {"result": "провёл урок", "version": 0, "evidence": [*snaps(), SimpleUploadedFile("план.pdf", pdf())]}
    as_user(cast.mentee).post(url, data)
    result = ActivityResult.objects.get()
    (row,) = as_user(cast.mentee).get(f"/activities/{activity.pk}/").context["rows"]
    assert (len(row.evidence.pictures), len(row.evidence.files)) == (2, 1)
    first, second, _ = result.evidence.kept()
    with pytest.raises(NotAllowed):
        acts.remove(first, by=cast.mentor)
    removed = acts.remove(first, by=cast.mentee)
    acts.put_back(removed, by=cast.mentee)
    assert result.evidence.kept().count() == 3
    acts.remove(second, by=cast.mentee)
    journal_acts.check(result, by=cast.mentor)
    with pytest.raises(Refused, match="принят"):
        acts.remove(first, by=cast.mentee)
    Program.objects.filter(pk=program.pk).update(state="completed")
    with pytest.raises(Refused, match="реализуется"):
        acts.put_back(second, by=cast.mentee)


def test_what_was_taken_away_is_destroyed_after_a_day(cast, as_user, django_capture_on_commit_callbacks):
    _, proof = with_photo(cast, as_user)
    file = proof.latest.file
    removed = acts.remove(proof, by=cast.mentor)
    assert acts.destroy_removed() == 0
    Evidence.objects.update(removed_at=timezone.now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert acts.destroy_removed() == 1
    assert not StoredFile.objects.exists() and not default_storage.exists(file.file.name)
    with pytest.raises(Refused, match="хранится сутки"):
        acts.put_back(removed, by=cast.mentor)


def test_a_meeting_that_is_dropped_takes_its_photographs_with_it(cast, as_user, django_capture_on_commit_callbacks):
    meeting, proof = with_photo(cast, as_user)
    file = proof.latest.file
    with django_capture_on_commit_callbacks(execute=True):
        journal_acts.drop_meeting(meeting, by=cast.mentor)
    assert not StoredFile.objects.exists() and not default_storage.exists(file.file.name)


@pytest.mark.point("11.3")
def test_evidence_has_revisions_a_term_and_says_what_is_missing(cast, as_user):
    """A file, a link and a record of the journal; a revision keeps the one before; what expires waits for its owner."""
    program, activity = make_running(cast)
    type(activity).objects.filter(pk=activity.pk).update(evidence="лист наблюдения")
    result = journal_acts.do(activity, side(program), by=cast.mentee, result="провёл урок")
    meeting = meet(program, cast.mentor)
    page = f"/activities/{activity.pk}/"
    assert as_user(cast.mentee).get(page).context["rows"][0].evidence.missing
    url = f"/evidence/add/results/{result.pk}/"
    offered = as_user(cast.mentee).get(url).context["form"].fields["objects"].choices
    assert [key for key, _ in offered] == [f"meeting-{meeting.pk}"]
    empty = as_user(cast.mentee).post(url, {"remark": "пусто"})
    assert "Приложите файл, ссылку или запись" in empty.content.decode()
    data = {"url": "https://video.example/1", "objects": [f"meeting-{meeting.pk}"], "remark": "второй класс"}
    until = timezone.localdate() + timedelta(days=30)
    as_user(cast.mentee).post(url, data | {"evidence": snaps()[:1], "valid_until": until.isoformat()})
    found = as_user(cast.mentee).get(page).context["rows"][0].evidence
    assert (len(found.pictures), len(found.files), found.missing) == (1, 2, None)
    picture, link, entry = result.evidence.kept()
    assert (link.latest.url, link.latest.sha256, entry.latest.object) == (data["url"], "", meeting)
    assert picture.latest.sha256 == picture.latest.file.sha256 and len(entry.latest.sha256) == 64
    Evidence.objects.filter(pk=picture.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    journal_acts.check(result, by=cast.mentor)  # even then what has expired may be renewed by whoever put it
    asked = [i for i in items_for(cast.mentee) if i.key == f"evidence:{picture.pk}:expired"]
    assert len(asked) == 1 and picture.as_of(timezone.localdate()) is not None
    picture.refresh_from_db()
    assert picture.is_expired() and picture.as_of(timezone.localdate()) is None
    assert (
        as_user(cast.mentor).post(f"/evidence/{link.pk}/renew/", {"url": "https://other.example/"}).status_code == 403
    )
    new = {"file": SimpleUploadedFile("новый.pdf", pdf()), "remark": "продлено", "valid_until": until.isoformat()}
    shown = as_user(cast.mentee).post(f"/evidence/{picture.pk}/renew/", new, follow=True)
    assert [row["number"] for row in shown.context["revisions"]] == [2, 1]
    first = as_user(cast.mentor).get(shown.context["revisions"][1]["file"].url)
    assert first.status_code == 200 and not items_with(cast.mentee, f"evidence:{picture.pk}:expired")
    assert as_user(cast.stranger).get(f"/evidence/{picture.pk}/").status_code == 404


def items_with(user, key):
    return [i for i in items_for(user) if i.key == key]


@pytest.mark.parametrize(
    ("typed", "minutes", "error"),
    [
        ({"minutes": "other", "length": "50"}, 50, ""),
        ({"minutes": "other", "length": "600"}, 600, ""),
        ({"minutes": "other", "length": "4"}, None, "Не меньше 5"),
        ({"minutes": "other", "length": ""}, None, "Напишите, сколько минут"),
        ({"minutes": "45", "length": "50"}, None, "Выше выбрано 45"),
        ({"minutes": "45", "length": ""}, 45, ""),
    ],
)
def test_a_meeting_lasts_any_time(cast, as_user, typed, minutes, error):
    program, _ = make_running(cast)
    page = as_user(cast.mentor).post(f"/programs/{program.pk}/meetings/new/", meeting_data(**typed))
    made = Meeting.objects.first()
    assert (made and made.minutes) == minutes
    assert error in (" ".join(page.context["form"].errors.get("length", [])) if error else "")
