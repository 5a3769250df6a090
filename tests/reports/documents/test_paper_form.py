"""The form of an order by ГОСТ Р 7.0.97-2025, read from the positions of words on its pages."""

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.pdf.render import render_pdf
from people.roles.models import RoleGrant
from reports.orders.models import Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.pdf import pdf_of
from tests.factories import make_pairing
from tests.reports.documents.paper_facts import ORDER, PAIRS, REGISTERED, facts
from tests.reports.orders.kit import make_order, read

pytestmark = [
    pytest.mark.point("3.3"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="нет pdftotext (пакет poppler-utils)"),
]
MM = 72 / 25.4
LEFT, RIGHT = 30, 200  # of the text, in millimetres
NUMBER = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass
class Word:
    """A word and its box in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def pages(tmp_path, data):
    """Return the words of each page, in the order of the paper, and the sizes of pages in millimetres."""
    (tmp_path / "o.pdf").write_bytes(data)
    subprocess.run(["pdftotext", "-bbox", tmp_path / "o.pdf", tmp_path / "o.html"], check=True)
    found, sizes = [], []
    for page in (tmp_path / "o.html").read_text().split("<page ")[1:]:
        sizes.append(tuple(round(float(n) / MM) for n in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2]))
        words = [Word(*(float(n) / MM for n in row[:4]), html.unescape(row[4])) for row in NUMBER.findall(page)]
        found.append(words)
    return found, sizes


def lines(words):
    """Return the lines of a page: lists of words whose boxes are level, from top to bottom."""
    rows = []
    for word in sorted(words, key=lambda w: (w.bottom, w.left)):
        if rows and abs(rows[-1][0].bottom - word.bottom) < 1.2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.left) for row in rows]


def line(words, beginning):
    """Return the line that begins with the text."""
    return next(row for row in lines(words) if " ".join(w.text for w in row).replace("\xa0", " ").startswith(beginning))


def said(row):
    return " ".join(w.text for w in row).replace("\xa0", " ")


def middle(row):
    return (row[0].left + row[-1].right) / 2


@pytest.fixture
def registered(tmp_path):
    return pages(tmp_path, render_pdf("documents/order.html", REGISTERED))[0]


def test_the_requisites_stand_in_their_order_and_at_their_places(registered):
    first = registered[0]
    centre = (LEFT + RIGHT) / 2
    head = [
        line(first, t)
        for t in ("Администрация", "Муниципальное", "(МБУ", "ПРИКАЗ", "02.09.2026", "г. Элиста", "О закреплении")
    ]
    text = [
        line(first, t)
        for t in (
            "В соответствии",
            "ПРИКАЗЫВАЮ",
            "1. Закрепить",
            "3.1.",
            "5. Контроль",
            "Директор",
            "Согласовано",
            "Уланова",
        )
    ]
    tops = [row[0].bottom for row in head + text]
    assert tops == sorted(tops)
    for row in (*head[:4], head[5]):
        assert middle(row) == pytest.approx(centre, abs=1.5), said(row)
    date, number = head[4][0], head[4][-1]
    assert (
        date.left == pytest.approx(LEFT, abs=0.5)
        and number.right == pytest.approx(RIGHT, abs=0.5)
        and number.text == "41-од"
    )
    heading = head[6]
    assert heading[0].left == pytest.approx(LEFT, abs=0.5)
    block = [w for w in first if heading[0].top - 0.5 <= w.top < text[0][0].top - 2]
    assert max(w.right for w in block) <= LEFT + 85  # corner placing, no longer than about 8 cm
    assert not block[-1].text.endswith(".")


def test_points_are_indented_and_justified(registered):
    first = registered[0]
    for beginning in ("В соответствии", "1. Закрепить", "3.1.", "5. Контроль"):
        assert line(first, beginning)[0].left == pytest.approx(LEFT + 12.5, abs=0.6), beginning
    ends = [row[-1].right for row in lines(list(first)) if row[0].left + 1 > LEFT and 90 < row[0].top < 200]
    assert sum(end == pytest.approx(RIGHT, abs=0.6) for end in ends) >= 3, ends
    assert line(first, "ПРИКАЗЫВАЮ")[0].left == pytest.approx(LEFT, abs=0.5)


def test_the_signature_has_the_post_on_the_left_and_initials_before_the_surname_on_the_right(registered):
    row = line(registered[0], "Директор")
    assert said(row) == "Директор В. И. Настаев"
    assert row[0].left == pytest.approx(LEFT, abs=0.5) and row[-1].right == pytest.approx(RIGHT, abs=0.6)
    above = line(registered[0], "5. Контроль")
    assert 12 <= row[0].top - above[0].bottom <= 20  # three intervals below the text
    assert "Улановой Н. С." in said(list(registered[0]))  # and after it in the text


def test_a_long_post_stands_level_with_the_name_by_its_last_line(tmp_path):
    post = "Исполняющий обязанности директора муниципального бюджетного учреждения дополнительного образования"
    signer = {"post": post, "name_before": "Б. О. Санджи-Горяева"}
    found, _ = pages(tmp_path, render_pdf("documents/order.html", facts(REGISTERED, signer=signer)))
    first = next(words for words in found if any(w.text == "Санджи-Горяева" for w in words))
    row = next(r for r in lines(first) if "Санджи-Горяева" in said(r) and "Б. О." in said(r))
    assert said(row).startswith(("образования", "дополнительного"))
    assert row[-1].right == pytest.approx(RIGHT, abs=0.6)
    assert max(w.right for w in first if w.text in post.split() and w.top > row[0].top - 15) <= LEFT + 83


def test_margins_page_numbers_and_the_header_of_an_appendix(tmp_path):
    wide = {**PAIRS, "wide": True, "approved": "УТВЕРЖДЕНА", "rows": PAIRS["rows"] * 8}
    appendices = [{**PAIRS, "rows": PAIRS["rows"] * 6}, wide]
    found, sizes = pages(tmp_path, render_pdf("documents/order.html", facts(REGISTERED, appendices=appendices)))
    numbers = []
    for words, (width, height) in zip(found, sizes, strict=True):
        left, right, bottom = 30, 10, 20
        above = [w for w in words if w.bottom < 20]
        body = [w for w in words if w.bottom >= 20]
        assert min(w.left for w in body) >= left - 0.3 and max(w.right for w in body) <= width - right + 0.3
        assert max(w.bottom for w in body) <= height - min(bottom, 8)
        numbers.append("".join(w.text for w in above))
        for word in above:
            assert word.top >= 9.5 and (word.left + word.right) / 2 == pytest.approx((left + width - right) / 2, abs=1)
    assert numbers == ["", *[str(n) for n in range(2, len(found))], ""]  # the sheet to be signed carries none
    assert {(210, 297), (297, 210)} == set(sizes)
    for n, (words, (width, _)) in enumerate(zip(found, sizes, strict=True)):
        if any(w.text == "Приложение" for w in words):
            grif = [w for w in words if w.top < line(words, "от")[0].bottom and w.bottom > 20]
            assert min(w.left for w in grif) >= width / 2 and "41-од" in said(line(words, "от")), n


def test_an_acting_head_signs_in_full_words(cast):
    today = timezone.localdate()
    RoleGrant.objects.create(
        person=cast.curator.person, role="acting", since=today, until=today + timedelta(days=5), given_by=cast.director
    )
    order = make_order(cast, state="registered")
    text = read(pdf_of(order))
    before = cast.curator.person.signature_name.replace("\xa0", " ")
    assert (
        f"Исполняющий обязанности директора {before}" in text and "И. о. директора" not in text and "и.о." not in text
    )
    assert order.signer == cast.curator.person


FILLERS = [
    "",
    "и",
    "слово",
    "длинное-предлинное слово",
    "очень длинное слово",
    "а б",
    "самое длинное слово из всех возможных слов",
]
SOLID = [
    "30.08.2026",
    "№ 38-од",
    "№ 41-од",
    "от 30.08.2026",
    "16 сентября",
    "30 мая 2027 г.",
    "Улановой Н. С.",
    "Горяеву Б. О.",
    "В. И. Настаев",
    "п. 3.3",
    "ст. 351.8",
    "2026–2027",
    "26/1-лс",
]


@pytest.mark.parametrize("filler", FILLERS, ids=range(len(FILLERS)))
def test_dates_numbers_and_initials_are_never_broken_over_lines(tmp_path, filler):
    told = " ".join(f"{filler} {'слово ' * (n % 4)}{solid}" for n, solid in enumerate(SOLID * 4))
    known = facts(
        REGISTERED,
        preamble=told,
        points=[{"text": told, "subpoints": [told, told]}, {"text": told, "subpoints": []}],
        appendices=[{**PAIRS, "text": [told], "columns": [], "rows": []}],
        acquaintance=[],
    )
    found, _ = pages(tmp_path, render_pdf("documents/order.html", known))
    rows = [said(row).replace("\u2011", "-") for words in found for row in lines(words)]
    for solid in SOLID:
        assert sum(row.count(solid) for row in rows) >= 4 * 6, solid
    assert not [
        row
        for row in rows
        if re.search(r"(№|\bот|[А-Я]\.|\bп\.|\bст\.)$", row) and "Н. С." not in row[-6:] and "Б. О." not in row[-6:]
    ]


@pytest.mark.django_db
def test_words_and_dates_of_the_table_of_pairs_are_whole(cast, tmp_path):
    """The list of pairs as the program composes it: no word of a cell is torn, however narrow its column."""
    order = make_order(cast, items=[make_pairing(cast, "recommended"), make_pairing(cast, "recommended", mentees=2)])
    found, _ = pages(tmp_path, pdf_of(order))
    known = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    (sheet,) = known["appendices"]
    printed = {w.text for words in found for w in words}
    cells = " ".join([*[c["label"] for c in sheet["columns"]], *[cell for row in sheet["rows"] for cell in row]])
    assert [word for word in cells.replace("\xa0", " ").split() if word not in printed and len(word) > 2] == []


def test_forty_pairs_break_over_pages_under_a_repeated_header(tmp_path):
    rows = [[str(n), *PAIRS["rows"][n % 3][1:]] for n in range(1, 41)]
    found, _ = pages(
        tmp_path, render_pdf("documents/order.html", facts(REGISTERED, appendices=[{**PAIRS, "rows": rows}]))
    )
    sheets = [words for words in found[1:] if any(w.text == "Направление" for w in words)]
    assert len(sheets) >= 4
    for words in sheets:
        header = line(words, "№ Наставник")
        assert [w.text for w in header] == ["№", "Наставник", "Наставляемый", "Форма", "и", "вид", "Направление"]
        first = min(w.top for w in words if w.text.isdigit() and w.left < 36 and w.bottom > 25)
        assert header[0].bottom < first + 1
    numbers = [int(w.text) for words in sheets for w in words if w.text.isdigit() and w.left < 37 and w.bottom > 20]
    assert numbers == list(range(1, 41))


def test_the_code_for_scanning_stands_in_the_lower_right_corner(tmp_path):
    from pypdf import PdfReader

    data = render_pdf("documents/order.html", REGISTERED)
    (first, *_), _ = pages(tmp_path, data)
    code = next(w for w in first if w.text == "7K2M-Q9TX")
    assert code.right <= RIGHT - 17 and code.bottom > 260
    assert len(PdfReader(tmp_path / "o.pdf").pages) == 3
    (blank, *_), _ = pages(tmp_path, render_pdf("documents/order.html", ORDER))
    assert [w.text for w in blank if "реестре" in w.text] == []
