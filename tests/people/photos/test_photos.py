"""A photograph is shown to visitors while its person lets it stand there, and is destroyed afterwards."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from mentoring_site.models import StoredFile
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents import acts as consent_acts
from people.consents.destruction import retention
from people.photos import acts
from people.photos.models import Photo
from tests.factories import make_candidate, make_consent, make_person
from tests.walker import read_out

pytestmark = [pytest.mark.django_db, pytest.mark.point("18", "8.23")]
FIELDS = ["name", "program", "photo"]
PUBLIC = "/people-in-mentoring/"


def upload(size=(900, 600), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return SimpleUploadedFile("портрет.png" if kind == "PNG" else "портрет.jpg", out.getvalue())


@pytest.fixture
def shown(cast):
    """The mentee stands in the bank and lets name and photograph be shown; ``consent`` is that consent."""
    cast.person = cast.mentee.person
    make_candidate(cast.person, "mentee", by=cast.director)
    cast.consent = make_consent(cast.person, "dissemination", by=cast.curator, fields=FIELDS)
    cast.photo = acts.put(cast.person, upload(), by=cast.mentee)
    return cast


def picture_of(client, photo):
    return client.get(reverse("public:photo", args=[photo.key]))


def test_a_visitor_sees_the_photograph_with_its_words(shown):
    page = Client().get(PUBLIC).content.decode()
    assert reverse("public:photo", args=[shown.photo.key]) in page
    assert f'alt="Фотография: {shown.person.full_name}"' in page
    answer = picture_of(Client(), shown.photo)
    assert answer.headers["Content-Type"] == "image/jpeg" and "no-store" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.getvalue())) as picture:
        assert picture.size == (acts.SIDE, acts.SIDE)


def test_hidden_data_of_the_camera_is_dropped(shown):
    exif = Image.Exif()
    exif[0x010E] = "КАНАРЕЙКА"
    photo = acts.put(shown.person, upload(exif=exif), by=shown.clerk)
    with photo.file.file.open() as stored:
        content = stored.read()
    assert b"Exif" not in content and "КАНАРЕЙКА".encode() not in content


@pytest.mark.parametrize("how", ["withdraw", "narrow", "expire", "condition", "leave"])
def test_it_is_gone_at_once_and_destroyed(shown, how):
    stored, today = shown.photo.file, timezone.localdate()
    if how == "withdraw":
        consent_acts.withdraw(shown.consent, by=shown.mentee, on=today)
    elif how == "narrow":
        consent_acts.narrow(shown.consent, by=shown.mentee, on=today, fields=["photo"])
    elif how == "expire":
        type(shown.consent).objects.update(until=today - timezone.timedelta(days=1))
    elif how == "condition":
        type(shown.consent).objects.update(transfer="internal")
    else:
        shown.person.candidates.update(state="withdrawn", reason="ушла")
    assert picture_of(Client(), shown.photo).status_code == 404
    assert "<img" not in Client().get(PUBLIC).content.decode().split("<main")[1]
    gone = acts.drop_unallowed()
    if how == "leave":  # the consent stands: the photograph waits for the bank
        assert Photo.objects.exists()
        return
    assert gone == (0 if how == "withdraw" else 1)
    assert not Photo.objects.exists() and not StoredFile.objects.filter(pk=stored.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_bytes_go_with_the_row(shown):
    path = shown.photo.file.file.name
    again = acts.put(shown.person, upload(), by=shown.mentee)
    assert again.key != shown.photo.key and not default_storage.exists(path)
    acts.remove(shown.person, by=shown.clerk)
    assert not default_storage.exists(again.file.file.name)
    with pytest.raises(Already):
        acts.remove(shown.person, by=shown.clerk)


def test_without_a_consent_there_is_no_photograph(cast, as_user):
    person = cast.mentee.person
    with pytest.raises(Refused, match="согласия на её распространение нет"):
        acts.put(person, upload(), by=cast.mentee)
    page = as_user(cast.mentee).get(reverse("people:person_photo", args=[person.pk]))
    assert page.context["form"] is None and "записывает" in page.context["why_not"]
    assert reverse("people:person_consents", args=[person.pk]) == page.context["consents_url"]
    assert not StoredFile.objects.exists()


def test_only_oneself_and_the_keepers_put_it(shown):
    for user in (shown.director, shown.sysadmin, shown.mentor, shown.council):
        with pytest.raises(NotAllowed):
            acts.put(shown.person, upload(), by=user)
        with pytest.raises(NotAllowed):
            acts.remove(shown.person, by=user)


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("портрет.jpg", b"not a picture"),
        SimpleUploadedFile("портрет.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("портрет.jpg", b""),
        upload(size=(100, 900)),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(shown, as_user, file):
    before = Photo.objects.get().key
    page = as_user(shown.mentee).post(reverse("people:person_photo", args=[shown.person.pk]), {"photo": file})
    assert page.context["form"].errors and Photo.objects.get().key == before
    assert StoredFile.objects.count() == 1


def test_the_page_takes_a_png_and_shows_it(shown, as_user):
    client, url = as_user(shown.clerk), reverse("people:person_photo", args=[shown.person.pk])
    assert client.post(url, {"photo": upload(kind="PNG")}).status_code == 302
    page = client.get(url)
    assert "Фотография: " in page.content.decode()
    picture = reverse("people:person_photo_picture", args=[shown.person.pk])
    assert read_out(client.get(picture)).headers["Content-Type"] == "image/jpeg"
    assert client.post(reverse("people:person_photo_remove", args=[shown.person.pk])).status_code == 302
    assert not Photo.objects.exists()


def test_destruction_takes_it(shown):
    data = retention.categories()["photo"]
    assert data.found(shown.person) == ["фотография"] and data.erase(shown.person) == 1
    assert data.found(shown.person) == []


def test_the_public_list_asks_as_often_for_three_as_for_one(shown):
    with CaptureQueriesContext(
        connection,
    ) as one:
        Client().get(PUBLIC)
    for _ in range(2):
        person = make_person()
        make_candidate(person, "mentor", by=shown.director)
        make_consent(person, "dissemination", by=shown.curator, fields=FIELDS)
        acts.put(person, upload(), by=shown.clerk)
    with CaptureQueriesContext(connection) as three:
        assert Client().get(PUBLIC).content.decode().count("<img class") == 3
    assert len(three) == len(one)
