"""Damaged and hostile staff lists: a sentence each, never a traceback, never half a list."""

import io
import random
import resource
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.xlsx.reader import DamagedFile, open_upload
from people.register.models import Employment, Person
from people.staff_list.checking import read_staff_list
from people.staff_list.models import StaffImport
from people.staff_list.plan import make_plan
from tests import SAMPLE
from tests.mentoring_site.bombs import BOMBS, largest, measured
from tests.mentoring_site.books import read_here

SAMPLE_BYTES = SAMPLE.read_bytes()
pytestmark = [pytest.mark.torture, pytest.mark.point("25", "8"), pytest.mark.django_db]


def bitten(chance: random.Random) -> bytes:
    """Return the sample with bytes of the package changed, cut off or doubled."""
    content = bytearray(SAMPLE_BYTES)
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(content[: chance.randrange(len(content))])
    if kind == 1:
        at = chance.randrange(len(content))
        return bytes(content[:at] + content[at : at + 400] + content[at:])
    for _ in range(chance.choice((1, 3, 20, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def torn(chance: random.Random) -> bytes:
    """Return the sample as a sound package with one damaged part: the damage reaches the XML."""
    source, out = zipfile.ZipFile(io.BytesIO(SAMPLE_BYTES)), io.BytesIO()
    victim = chance.choice([n for n in source.namelist() if n.endswith((".xml", ".rels"))])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            data = bytearray(source.read(name))
            if name == victim and data:
                for _ in range(chance.choice((1, 2, 10))):
                    at = chance.randrange(len(data))
                    data[at : at + chance.randrange(1, 12)] = bytes(
                        chance.choices(b'<>/"&=1A \x00\xff', k=chance.randrange(8))
                    )
            package.writestr(name, bytes(data))
    return out.getvalue()


def damaged(count: int):
    """Yield damaged files, the same every time."""
    chance = random.Random(2026)
    for n in range(count):
        yield (bitten if n % 2 else torn)(chance)


def test_damaged_lists_get_a_sentence(figures, told):
    refused = 0
    for content in damaged(figures.damaged):
        try:
            make_plan(read_staff_list(read_here(content), timezone.localdate()))
        except DamagedFile as told_so:
            refused += 1
            assert str(told_so).endswith(".")
    told(files=figures.damaged, refused=refused, wrong=0)
    assert 0 < refused < figures.damaged
    assert not Person.objects.exists()


def test_damaged_uploads_answer_and_write_nothing(cast, as_user, figures, told):
    """Through the page: no answer of 500, and only a whole list may be taken further."""
    client = as_user(cast.clerk)
    client.raise_request_exception = False
    before = Person.objects.count(), Employment.objects.count()
    for n, content in enumerate(damaged(figures.uploads)):
        answer = client.post(reverse("people:imports"), {"file": SimpleUploadedFile(f"список{n}.xlsx", content)})
        assert answer.status_code in (200, 302, 422), n
        if answer.status_code == 302:
            assert client.get(answer.url).status_code in (200, 302), n
    told(uploads=figures.uploads, taken=StaffImport.objects.count(), wrong=0)
    assert (Person.objects.count(), Employment.objects.count()) == before


def test_a_bare_reader_is_caught():
    """The switch: openpyxl alone raises all kinds of things on the same files."""
    kinds = set()
    for content in damaged(80):
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
        except Exception as error:
            kinds.add(type(error).__name__)
    assert len(kinds) >= 3


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read_or_refused_in_little_time_and_memory(name, figures, told):
    """The process answers, is ended by no limit, and holds less than 200 MB; at full size it is quick, too."""
    bomb = BOMBS[name]
    answer = measured(bomb.make(bomb.full if figures.whole_bombs else bomb.sample))
    told(bomb=name, seconds=round(answer.seconds, 2), megabytes=round(answer.megabytes))
    assert answer.code == 0
    assert (bomb.words in answer.last) if bomb.words else ("end" in answer.last)
    if figures.full:
        assert answer.seconds < 6  # 2 s alone on two cores
    assert answer.megabytes < 200


def resident() -> float:
    """Memory that this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2


def test_the_largest_list_leaves_nothing_behind(figures, told):
    """A worker that has read it many times is no larger than one that has read it once."""
    content = largest()
    answer = measured(content)
    assert answer.last == '{"end":true}'
    assert len(open_upload(content).sheets[0].rows) == 19_000
    once = resident()
    for _ in range(10 if figures.whole_bombs else 2):
        open_upload(content)
    told(seconds=round(answer.seconds, 2), megabytes=round(answer.megabytes), grown=round(resident() - once))
    if figures.full:
        assert answer.seconds < 6  # 2 s alone on two cores
    assert answer.megabytes < 200
    assert resident() - once < 20
