"""Pictures that come in are drawn again: turned as the camera says, no larger than asked, without EXIF (place, device).

A picture that names too many points is refused before one of them is unpacked. HEIC is decoded in a process of its own
(:mod:`mentoring_site.heic`).
"""

import io
import subprocess
import sys
import warnings
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import File
from PIL import Image, ImageOps, UnidentifiedImageError

from mentoring_site import heic
from mentoring_site.models import StoredFile

MAX_SIDE = 4000  # pixels of a scan
EVIDENCE_SIDE = 2000  # of a photograph that proves something: reads well on any screen, about half a megabyte
THUMBNAIL_SIDE = 320
MAX_POINTS = 60_000_000  # the largest telephones make 50
HEIC_SECONDS = 40
JPEG, PNG, HEIC = "JPEG", "PNG", "HEIF"
TYPES = {"image/jpeg": JPEG, "image/png": PNG}
ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "mentoring_site.heic"]
DAMAGED = "Картинка повреждена. Сохраните её заново и загрузите ещё раз"
TOO_MANY = "На картинке слишком много точек. Уменьшите её"


def redrawn(upload: File, form: str, *, side: int = MAX_SIDE) -> bytes:
    """Return a picture in Pillow's format ``form`` as JPEG, a PNG as PNG, at most ``side`` pixels a side.

    Raises ``ValidationError`` («bomb», «damaged»).
    """
    if form == HEIC:
        return _from_heic(upload, side)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _drawn_again(upload, form, side)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
            raise ValidationError(DAMAGED, code="damaged") from error


def _drawn_again(upload: File, form: str, side: int) -> bytes:
    with Image.open(upload, formats=[form]) as opened:
        if opened.width * opened.height > MAX_POINTS:
            raise ValidationError(TOO_MANY, code="bomb")
        opened.draft(None, (side, side))  # a JPEG much too large is unpacked at a half, a quarter, an eighth
        picture: Image.Image = ImageOps.exif_transpose(opened)
        if max(picture.size) > side:
            picture = picture if picture.mode in {"RGB", "RGBA", "L", "LA"} else picture.convert("RGBA")
            picture.thumbnail((side, side))
        if form == JPEG and picture.mode not in {"RGB", "L"}:
            picture = picture.convert("RGB")
        if picture.mode == "P":
            clean = picture.convert("RGBA")
        else:
            clean = Image.new(picture.mode, picture.size)
            clean.paste(picture)
        out = io.BytesIO()
        clean.save(out, form, quality=88, optimize=True)
    return out.getvalue()


def _from_heic(upload: File, side: int) -> bytes:
    """Return an HEIC photograph as JPEG."""
    try:
        done = subprocess.run(
            COMMAND,
            input=f"{side} {MAX_POINTS}\n".encode() + upload.read(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=HEIC_SECONDS,
            check=False,
            cwd=ROOT,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    if done.returncode == heic.BOMB:
        raise ValidationError(TOO_MANY, code="bomb")
    if done.returncode or not done.stdout:
        raise ValidationError(DAMAGED, code="damaged")
    return done.stdout


def is_picture(stored: StoredFile) -> bool:
    """Whether a stored file is a picture that a browser shows."""
    return stored.content_type in TYPES


def thumbnail(stored: StoredFile) -> bytes:
    """Return a small JPEG of a stored picture. Raises ``FileNotFoundError`` when its bytes are not in the store."""
    with stored.file.open("rb") as content, Image.open(content, formats=[TYPES[stored.content_type]]) as opened:
        opened.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        clear = opened.convert("RGBA")
        clear.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        plain = Image.new("RGB", clear.size, "white")
        plain.paste(clear, mask=clear.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, JPEG, quality=75, optimize=True)
    return out.getvalue()
