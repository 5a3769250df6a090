"""Drawn photographs of lessons for the demo school: a piano and two people, a sheet of music; nobody's face."""

import io

from PIL import Image, ImageDraw

from mentoring_site.files import store_bytes
from mentoring_site.models import StoredFile
from people.accounts.models import User

SIZE = (1600, 1200)
WALL, FLOOR, WOOD, IVORY, INK = "#d9cdb8", "#8a6f52", "#3b2a20", "#f4efe2", "#4a4036"
COATS = ("#7d2230", "#2a4a68")


def lesson(by: User) -> list[StoredFile]:
    """Return two stored photographs of a meeting: at the instrument, and the notes of it."""
    drawn = (("За инструментом.jpg", _at_the_piano()), ("Пометки в нотах.jpg", _sheet()))
    return [store_bytes(content, name=name, content_type="image/jpeg", by=by) for name, content in drawn]


def _at_the_piano() -> bytes:
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 900, 1600, 1200), fill=FLOOR)
    draw.rectangle((650, 420, 1450, 930), fill=WOOD)
    draw.rectangle((640, 690, 1330, 750), fill=IVORY)
    for x in range(660, 1330, 48):
        draw.rectangle((x, 690, x + 22, 725), fill=INK)
    for n, x in enumerate((250, 470)):
        draw.ellipse((x - 130, 560, x + 130, 1150), fill=COATS[n])
        draw.ellipse((x - 75, 390, x + 75, 570), fill=WOOD)
    return _jpeg(picture)


def _sheet() -> bytes:
    picture = Image.new("RGB", SIZE, FLOOR)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((260, 80, 1340, 1180), fill=IVORY)
    for staff in range(190, 1080, 220):
        for line in range(5):
            draw.line((330, staff + line * 22, 1270, staff + line * 22), fill=INK, width=2)
        for n, x in enumerate(range(420, 1240, 130)):
            y = staff + 11 * ((n * 5) % 8)
            draw.ellipse((x, y - 11, x + 30, y + 11), fill=INK)
            draw.line((x + 29, y, x + 29, y - 75), fill=INK, width=4)
    draw.ellipse((660, 380, 960, 540), outline=COATS[0], width=9)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
