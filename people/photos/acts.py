"""Putting a photograph and taking it away; it is kept no longer than the consent to show it (152-ФЗ, ст. 5, ч. 7)."""

import io
import uuid
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps

from mentoring_site.files import discard_unless_used, store_bytes
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.consents.dissemination import allowed_fields
from people.consents.models import DISSEMINATION, Consent
from people.photos.models import Photo
from people.register.models import Person
from people.rights import Right

FIELD = "photo"
SIDE = 480  # pixels: enough for a card on any screen
SMALLEST = 120
ONESELF = "сам человек"
NOT_ALLOWED = (
    "Фотография нужна только для публичного раздела, а согласия на её распространение нет. Даёт согласие сам человек, "
    f"записывает {Right.CONSENTS_RECORD.who}"
)


def is_shown(person: Person) -> bool:
    """Whether the person lets the photograph stand on the site today."""
    return FIELD in allowed_fields([person.pk]).get(person.pk, ())


def check_may_put(person: Person, by: User) -> None:
    """Refuse whoever may not put a photograph: it is for the person and for those who keep the register."""
    own = by.person_id == person.pk
    require(by, Right.PEOPLE_EDIT, unless=own, also=ONESELF, act="заменить фотографию человека")


def small_picture(upload: UploadedFile) -> bytes:
    """Return a checked upload (``check_upload``) as a square JPEG of ``SIDE`` pixels at most, without its metadata.

    Raises ``Refused`` for a picture that is too small to show.
    """
    upload.seek(0)
    content = getattr(upload, "reencoded", None) or upload.read()
    with Image.open(io.BytesIO(content)) as picture:
        if min(picture.size) < SMALLEST:
            raise Refused(f"Фотография слишком мала: нужна не меньше {SMALLEST} точек по каждой стороне")
        plain = Image.new("RGB", picture.size, "white")
        clear = picture.convert("RGBA")
        plain.paste(clear, mask=clear.getchannel("A"))
        square = ImageOps.fit(plain, (min(SIDE, min(plain.size)),) * 2, centering=(0.5, 0.35))
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def put(person: Person, upload: UploadedFile, *, by: User) -> Photo:
    """Put a photograph in place of the former one, which is destroyed.

    Raises ``NotAllowed``; ``Refused`` without a consent to show a photograph, or for a picture too small.
    """
    check_may_put(person, by)
    if not is_shown(person):
        raise Refused(NOT_ALLOWED)
    content = small_picture(upload)
    with discard_unless_used(
        store_bytes(content, name=f"Фотография {person.short_name}.jpg", content_type="image/jpeg", by=by)
    ) as stored:
        return _put(person, stored, by)


@transaction.atomic
def _put(person: Person, stored: StoredFile, by: User) -> Photo:
    Person.objects.select_for_update().get(pk=person.pk)
    if not is_shown(person):  # withdrawn while the picture was being made
        raise Refused(NOT_ALLOWED)
    former = Photo.objects.filter(person=person).select_related("file").first()
    if former is None:
        photo = Photo.objects.create(person=person, file=stored)
    else:
        old = former.file
        former.file, former.key = stored, uuid.uuid4()
        former.save()
        _destroy(old)
        photo = former
    record(person, "photo", by=by, words="заменена фотография" if former else "добавлена фотография")
    return photo


@transaction.atomic
def remove(person: Person, *, by: User) -> None:
    """Take the photograph away and destroy it. Raises ``NotAllowed``; ``Already`` when there is none."""
    check_may_put(person, by)
    if not erase(person):
        raise Already("Фотографии уже нет")
    record(person, "photo_removed", by=by, words="фотография удалена")


def erase(person: Person) -> int:
    """Destroy the photograph of a person with its file; return how many there were. Called in a transaction."""
    photos = list(Photo.objects.select_for_update(of=("self",)).filter(person=person).select_related("file"))
    for photo in photos:
        photo.delete()
        _destroy(photo.file)
    return len(photos)


def _destroy(file: StoredFile) -> None:
    file.delete()
    transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


def end_with_consent(consent: Consent, *, by: User | None) -> None:
    """Destroy the photograph when the consent to dissemination ends (``people.consents.endings``)."""
    if consent.purpose == DISSEMINATION and erase(consent.person):
        record(consent.person, "photo_removed", by=by, words="фотография удалена: согласие прекращено")


def consequences(consent: Consent) -> list[str]:
    """Say what ``end_with_consent`` would do if the consent ended now."""
    if consent.purpose == DISSEMINATION and Photo.objects.filter(person=consent.person_id).exists():
        return ["Фотография исчезнет с сайта и будет удалена."]
    return []


def drop_unallowed() -> int:
    """Destroy the photographs whose persons no longer let them be shown, for the clock; return how many.

    A visitor does not see them from the first moment: this is the end of keeping them (a narrowed consent, a new
    condition, a consent of an earlier edition).
    """
    photos = list(Photo.objects.select_related("person"))
    allowed = allowed_fields({photo.person_id for photo in photos}) if photos else {}
    gone = [photo.person for photo in photos if FIELD not in allowed.get(photo.person_id, ())]
    for person in gone:
        with transaction.atomic():
            if erase(person):
                record(person, "photo_removed", by=None, words="фотография удалена: согласия показывать её нет")
    return len(gone)
