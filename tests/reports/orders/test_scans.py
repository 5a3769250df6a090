"""A stack of scans is sorted by the QR codes of its sheets: real papers, drawn, turned, soiled and glued together."""

import io
import os
import random
from datetime import timedelta

import pypdfium2
import pytest
import qrcode
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageChops, ImageDraw
from pypdf import PdfReader, PdfWriter

from mentoring_site.hashing import sha256_of_json
from mentoring_site.models import Act, ReplacedFile, StoredFile
from mentoring_site.pdf.marks import Mark
from mentoring_site.workflow import Already, NotAllowed, Refused
from reports.orders.models import Order
from reports.orders.printing.pdf import intact, pdf_of, print_order
from reports.orders.registration import sheet_codes
from reports.orders.registration.sheet_codes import BLANK, Code
from reports.orders.scans import acts as scan_acts
from reports.orders.scans import pictures, sorting
from reports.orders.scans.models import ScanPage, ScanStack
from reports.orders.scans.sorting import Leaf
from tests.reports.orders.kit import enter, make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.6")]


def at_signature(cast):
    return make_order(cast, "appointment", "at_signature", [make_mentor(cast)])


def sheets(order, turn=0, pages=None) -> list:
    """Return the paper of an order as a scanner sees it: grey, soiled, turned."""
    document = pypdfium2.PdfDocument(pdf_of(order))
    found = []
    for index in range(pages or len(document)):
        picture = document[index].render(scale=200 / 72, grayscale=True).to_pil()
        noise = Image.frombytes("L", (200, 280), os.urandom(200 * 280)).resize(picture.size)
        picture = Image.blend(picture, noise, 0.12)
        ImageDraw.Draw(picture).ellipse((900, 300, 1300, 420), outline=60, width=6)  # a spot of coffee
        found.append(picture.rotate(turn, expand=True, fillcolor=235))
    document.close()
    return found


def blank():
    return Image.new("L", (1654, 2339), 240)


def glued(pictures, name="стопка.pdf"):
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def sorted_stack(cast, *uploads):
    stack = scan_acts.take(list(uploads), by=cast.clerk)
    scan_acts.read_stack.call(stack.pk)
    stack.refresh_from_db()
    return stack


def papers(stack):
    return [
        (group[0].order_id, [page.position for page in group], group[0].turned) for group in scan_acts.groups(stack)
    ]


def test_a_scanners_pdf_falls_into_its_orders(cast):
    """Straight, upside down, on either side, askew; a page without a code belongs to the paper before it."""
    made = [at_signature(cast) for _ in range(5)]
    stack = sorted_stack(
        cast,
        glued(
            [
                *sheets(made[0]),
                *sheets(made[1], 180, 1),
                *sheets(made[2], 90, 1),
                blank(),
                *sheets(made[3], 270, 1),
                *sheets(made[4], 3, 1),
            ]
        ),
    )
    size = len(pypdfium2.PdfDocument(pdf_of(made[0])))
    first = list(range(1, size + 1))
    assert size > 1  # the sheet of acquaintance follows
    found = papers(stack)
    assert [(order, pages) for order, pages, _ in found] == [
        (made[0].pk, first),
        (made[1].pk, [size + 1]),
        (made[2].pk, [size + 2, size + 3]),
        (made[3].pk, [size + 4]),
        (made[4].pk, [size + 5]),
    ]
    assert [turned for _, _, turned in found] == [0, 180, 90, 270, 0]
    assert (stack.done, stack.total, stack.problem) == (size + 5, size + 5, "")


def test_pages_are_turned_upright_and_keep_what_was_scanned(cast):
    order = at_signature(cast)
    stack = sorted_stack(cast, glued(sheets(order, 90, 1)))
    data = pictures.pdf_of(scan_acts.groups(stack)[0])
    document = pypdfium2.PdfDocument(data)
    width, height = document[0].get_size()
    assert height > width
    picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    assert (sheet_codes.code_of(picture).order, sheet_codes.code_of(picture).turned) == (order.code, 0)


def test_nothing_is_attached_before_confirmation(cast, as_user):
    order = enter(at_signature(cast), cast)
    stack = sorted_stack(cast, glued(sheets(order, 180)))
    order.refresh_from_db()
    assert order.scan is None
    client = as_user(cast.clerk)
    page = client.get(stack.get_absolute_url()).content.decode()
    assert "Скан будет приложен к этому приказу" in page and "Приложить 1\u00a0бумагу" in page
    asked = client.get(reverse("reports:scans_attach", args=[stack.pk])).content.decode()
    assert f"№\u00a0{order.number}" in asked
    order.refresh_from_db()
    assert order.scan is None
    client.post(reverse("reports:scans_attach", args=[stack.pk]))
    order.refresh_from_db()
    assert len(PdfReader(io.BytesIO(intact(order.scan))).pages) == len(pypdfium2.PdfDocument(pdf_of(order)))
    assert order.scan.content_type == "application/pdf" and order.number in order.scan.name
    assert not ScanStack.objects.exists() and not ScanPage.objects.exists()  # temporary files go
    assert list(StoredFile.objects.all()) == [order.scan]


def test_an_order_at_signature_is_registered_with_its_sheets(cast, as_user):
    order = at_signature(cast)
    stack = sorted_stack(cast, glued(sheets(order)))
    client = as_user(cast.clerk)
    page = client.get(stack.get_absolute_url())
    url = page.context["papers"][0].register_url
    assert page.context["confirm_url"] == "" and "Зарегистрировать с этим сканом" in page.content.decode()
    with pytest.raises(Refused, match="сначала зарегистрируйте"):
        scan_acts.attach(stack.pages.first(), by=cast.clerk)
    assert "Будет приложен скан из стопки" in client.get(url).content.decode()
    client.post(url, {"number": "1-од", "date": timezone.localdate().isoformat()})
    order.refresh_from_db()
    assert order.state == "registered" and order.scan is not None
    assert not ScanStack.objects.exists()


def test_a_sheet_of_another_order_is_not_taken_by_the_address(cast, as_user):
    order, other = at_signature(cast), at_signature(cast)
    stack = sorted_stack(cast, glued(sheets(order, pages=1)))
    url = f"{reverse('reports:order_register', args=[other.pk])}?sheet={stack.pages.first().pk}"
    as_user(cast.clerk).post(url, {"number": "1-од", "date": timezone.localdate().isoformat()})
    other.refresh_from_db()
    assert other.state == "registered" and other.scan is None and stack.pages.exists()


def test_what_was_not_read_is_corrected_by_hand(cast, as_user):
    """Choose the order, split and merge; the correction attaches nothing."""
    order = enter(at_signature(cast), cast)
    stack = sorted_stack(cast, glued([blank(), blank(), *sheets(order, pages=1)]))
    one, two, _ = stack.pages.all()
    client, url = as_user(cast.clerk), reverse("reports:scans_correct", args=[stack.pk])
    page = client.get(stack.get_absolute_url()).content.decode()
    assert "Не распознано" in page
    client.post(url, {"begins": [one.pk, two.pk], f"order-{one.pk}": "", f"order-{two.pk}": order.pk})
    assert [(pk, pages) for pk, pages, _ in papers(stack)] == [(None, [1]), (order.pk, [2, 3])]
    client.post(url, {"begins": [], f"order-{one.pk}": order.pk})
    assert [(pk, pages) for pk, pages, _ in papers(stack)] == [(order.pk, [1, 2, 3])]
    order.refresh_from_db()
    assert order.scan is None
    client.post(reverse("reports:scan_paper_drop", args=[one.pk]))
    assert not ScanStack.objects.exists()


def test_a_second_paper_of_one_order_is_refused(cast):
    order = enter(at_signature(cast), cast)
    first = sorted_stack(cast, glued(sheets(order, pages=1)))
    second = sorted_stack(cast, glued(sheets(order, pages=1)))
    scan_acts.attach(first.pages.first(), by=cast.clerk)
    with pytest.raises(Already, match="скан уже приложен"):
        scan_acts.attach(second.pages.first(), by=cast.clerk)
    assert second.pages.exists()


def test_pictures_are_taken_too(cast):
    order = enter(at_signature(cast), cast)
    out = io.BytesIO()
    sheets(order, 180, 1)[0].convert("RGB").save(out, "JPEG", quality=80)
    stack = sorted_stack(cast, SimpleUploadedFile("лист.jpg", out.getvalue(), "image/jpeg"), glued([blank()]))
    assert papers(stack) == [(order.pk, [1, 2], 180)]
    assert scan_acts.attach(stack.pages.first(), by=cast.clerk).scan is not None


def test_a_foreign_code_is_no_order_of_ours(cast):
    document = Image.new("L", (1654, 2339), 255)
    for place, text in ((0, "https://example.org/"), (800, "https://school.example/verify/AAAAAAAAAA/")):
        document.paste(qrcode.make(text, box_size=8).get_image().convert("L"), (place, 400))
    stack = sorted_stack(cast, glued([document]))
    page = stack.pages.get()
    assert (page.code, page.order) == ("AAAAAAAAAA", None)


def locked():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("пароль")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("а.pdf", b"%PDF-1.7 " + b"x" * 500, "повреждён и не открывается"),
        ("б.pdf", "locked", "защищён паролем"),
        ("в.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024), "слишком велик"),
        ("г.docx", b"PK\x03\x04", "не принимается"),
        ("д.exe", b"MZ", "не принимается"),
        ("е.jpg", b"\xff\xd8\xff" + b"x" * 100, "Картинка повреждена"),
    ],
)
def test_a_file_that_cannot_be_sorted_is_named(cast, as_user, name, data, words):
    upload = SimpleUploadedFile(name, locked() if data == "locked" else data)
    page = as_user(cast.clerk).post(reverse("reports:scans_new"), {"files": [upload]}).content.decode()
    assert f"«{name}»" in page and words in page
    assert not ScanStack.objects.exists() and not StoredFile.objects.exists()


def test_too_many_pages_are_refused(cast, monkeypatch):
    monkeypatch.setattr(scan_acts, "MAX_PAGES", 2)
    with pytest.raises(ValidationError, match="больше 2 страниц"):
        scan_acts.take([glued([blank()] * 2), glued([blank()])], by=cast.clerk)
    assert not StoredFile.objects.exists()


def test_only_registrars_sort_scans(cast):
    with pytest.raises(NotAllowed):
        scan_acts.take([glued([blank()])], by=cast.chair)


def test_progress_is_told_and_a_repeated_task_changes_nothing(cast, as_user):
    stack = scan_acts.take([glued([blank(), blank()])], by=cast.clerk)
    client, url = as_user(cast.clerk), reverse("reports:scans_progress", args=[stack.pk])
    assert "разобрано 0 из\u00a02" in client.get(url).content.decode()
    assert "разобрано 0 из\u00a02" in client.get(stack.get_absolute_url()).content.decode()
    scan_acts.read_stack.call(stack.pk)
    assert scan_acts.read_stack.call(stack.pk) == 0 and stack.pages.count() == 2
    assert "Готово" in client.get(url).content.decode()
    picture = client.get(reverse("reports:scan_page", args=[stack.pages.first().pk]))
    assert picture["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(picture.streaming_content))).height > 300


def test_a_damaged_file_in_the_store_is_told(cast, as_user):
    stack = scan_acts.take([glued([blank()])], by=cast.clerk)
    stored = stack.sources.get().file
    with open(stored.file.path, "r+b") as file:
        file.write(b"xxxx")
    scan_acts.read_stack.call(stack.pk)
    page = as_user(cast.clerk).get(stack.get_absolute_url()).content.decode()
    assert "Стопка не разобрана" in page and "изменён или повреждён" in page


def test_a_stack_left_half_read_is_sorted_by_the_clock(cast):
    stack = scan_acts.take([glued([blank(), blank()])], by=cast.clerk)
    assert scan_acts.read_late() == 0
    ScanPage.objects.create(stack=stack, source=stack.sources.get(), index=0, position=1, begins=True)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert scan_acts.read_late() == 1 and scan_acts.read_late() == 0
    assert stack.pages.count() == 2


def test_forgotten_stacks_are_removed_with_their_files(cast, django_capture_on_commit_callbacks):
    stack = scan_acts.take([glued([blank()])], by=cast.clerk)
    path = stack.sources.get().file.file.path
    assert scan_acts.forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=15)), django_capture_on_commit_callbacks(execute=True):
        assert scan_acts.forget_old() == 1
    assert not ScanStack.objects.exists() and not os.path.exists(path)


def test_the_sheet_at_signature_has_a_code_and_the_frozen_facts_have_not(cast):
    order = at_signature(cast)
    assert order.facts["register_url"] is None and "sheet_mark" not in order.facts
    picture = sheets(order, pages=1)[0]
    assert sheet_codes.code_of(picture).order == order.code
    draft = make_order(cast, "appointment", items=[make_mentor(cast)])
    assert sheet_codes.code_of(sheets(draft, pages=1)[0]) is None
    assert Order.objects.get(pk=order.pk).facts == order.facts


def scan_form(cast, as_user, order, upload, **data):
    return as_user(cast.clerk).post(reverse("reports:order_scan", args=[order.pk]), {"scan": upload, **data})


@pytest.mark.point("8.5")
def test_a_scan_of_one_order_is_looked_at_before_it_is_attached(cast, as_user):
    """What does not open, is no scan, or bears the code of another order is refused at the field."""
    order, other = enter(at_signature(cast), cast), at_signature(cast)
    office = SimpleUploadedFile("приказ.docx", b"PK\x03\x04")
    locked = PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("тайна")
    out = io.BytesIO()
    locked.write(out)
    mixed = glued([*sheets(order, pages=1), *sheets(other, pages=1)])
    for upload, words in [
        (office, "PDF, JPG или PNG"),
        (SimpleUploadedFile("скан.pdf", b"%PDF-1.7 x"), "повреждён и не открывается"),
        (SimpleUploadedFile("скан.pdf", out.getvalue()), "защищён паролем"),
        (glued(sheets(other, pages=1)), "QR-код другого приказа"),
        (mixed, "Страница 2: QR-код другого приказа"),
    ]:
        refused = scan_form(cast, as_user, order, upload).context["form"].errors
        assert words in str(refused["scan"]), words
    order.refresh_from_db()
    assert order.scan is None and not StoredFile.objects.exists()
    assert scan_form(cast, as_user, order, glued(sheets(order, 90))).status_code == 302
    order.refresh_from_db()
    last = Act.objects.about(order).last()
    assert order.scan is not None and "QR-код приказа прочитан" in last.words and "страниц" in last.words


@pytest.mark.point("8.5")
def test_registration_looks_at_the_scan_too(cast, as_user):
    order, other = at_signature(cast), at_signature(cast)
    url, data = reverse("reports:order_register", args=[order.pk]), {"number": "1-од", "date": timezone.localdate()}
    form = as_user(cast.clerk).post(url, data | {"scan": glued(sheets(other, pages=1))}).context["form"]
    assert "QR-код другого приказа" in str(form.errors["scan"])
    order.refresh_from_db()
    assert order.state == "at_signature"
    as_user(cast.clerk).post(url, data | {"scan": glued(sheets(order))})
    order.refresh_from_db()
    assert order.state == "registered" and order.scan is not None


@pytest.mark.point("8.5")
def test_a_doubtful_scan_is_taken_and_told(cast, as_user):
    """No code was read, or fewer pages than were printed: the clerk looks again and can replace it."""
    order = enter(at_signature(cast), cast)
    print_order.call(order.pk)
    url = reverse("reports:order_scan", args=[order.pk])
    page = as_user(cast.clerk).post(url, {"scan": glued([blank()])}, follow=True).content.decode()
    assert "QR-код на скане не прочитан" in page
    short = {"scan": glued(sheets(order, pages=1)), "reason": "не тот файл"}
    page = as_user(cast.clerk).post(url, short, follow=True).content.decode()
    printed = len(pypdfium2.PdfDocument(pdf_of(order)))
    assert printed == 2 and "В скане нет листа 2 этого приказа" in page and "не тот файл" in page
    order.refresh_from_db()
    former = ReplacedFile.objects.get()
    assert former.object == order and former.file != order.scan


@pytest.mark.point("8.5")
def test_a_paper_of_a_stack_is_not_given_to_another_order_by_hand(cast):
    order, other = enter(at_signature(cast), cast), enter(at_signature(cast), cast, 2)
    stack = sorted_stack(cast, glued(sheets(order, pages=1)))
    first = stack.pages.first()
    scan_acts.correct(stack, by=cast.clerk, begins={first.pk}, orders={first.pk: other})
    with pytest.raises(Refused, match="QR-код приказа"):
        scan_acts.attach(stack.pages.first(), by=cast.clerk)
    other.refresh_from_db()
    assert other.scan is None and stack.pages.exists()


@pytest.mark.point("10.14")
def test_every_printed_sheet_bears_its_own_mark(cast):
    """Code of the order, sheet n of m, edition: the same at signature and after registration."""
    order = at_signature(cast)
    before = [sheet_codes.code_of(picture) for picture in sheets(order)]
    assert len(before) > 1 and {code.order for code in before} == {order.code}
    edition = sha256_of_json(order.facts)[:12]
    assert [code.mark for code in before] == [Mark(n, len(before), edition) for n in range(1, len(before) + 1)]
    order = enter(order, cast)
    assert [sheet_codes.code_of(picture).mark for picture in sheets(order)] == [code.mark for code in before]
    print_order.call(order.pk)
    order.refresh_from_db()
    assert list(sheet_codes.codes_of(intact(order.pdf), "приказ.pdf")) == before
    draft = make_order(cast, "appointment", items=[make_mentor(cast)])
    assert {sheet_codes.code_of(picture) for picture in sheets(draft)} == {None}


@pytest.mark.point("10.14")
def test_the_mark_is_no_part_of_the_paper_for_a_reader(cast):
    """It is drawn as an artifact (PDF/UA-1, 7.1), before the text, and changes no text."""
    order = at_signature(cast)
    page = PdfReader(io.BytesIO(pdf_of(order))).pages[0]
    first = page["/Contents"][0].get_object().get_data()
    assert first.startswith(b"/Artifact BMC\nq") and first.rstrip().endswith(b"EMC")
    assert page["/MediaBox"][2] > 590


def photographed(picture, quality=70):
    """A photograph of a sheet: in perspective, unevenly lit, as JPEG."""
    width, height = picture.size
    bent = picture.convert("L").transform(
        (width + 160, height + 160),
        Image.Transform.QUAD,
        (-60, -40, -90, height + 110, width + 50, height + 60, width + 110, -90),
        Image.Resampling.BILINEAR,
        fillcolor=90,
    )
    light = Image.linear_gradient("L").resize(bent.size).point(lambda v: 150 + v // 3)
    out = io.BytesIO()
    ImageChops.multiply(bent, light).save(out, "JPEG", quality=quality)
    return SimpleUploadedFile("снимок.jpg", out.getvalue(), "image/jpeg")


@pytest.mark.point("10.14")
def test_a_shuffled_stack_of_thirty_signed_pages_files_itself(cast):
    """Thirty of thirty: grey, soiled, turned in four ways, in any order, from many orders."""
    made, pages = [], []
    while len(pages) < 30:
        order = at_signature(cast)
        own = sheets(order)[: 30 - len(pages)]
        made.append(order)
        pages += [(order, number, picture) for number, picture in enumerate(own, start=1)]
    chance = random.Random(30)
    chance.shuffle(pages)
    turned = [
        (order, number, picture.rotate(chance.choice([0, 90, 180, 270]), expand=True))
        for order, number, picture in pages
    ]
    stack = sorted_stack(cast, glued([picture for _, _, picture in turned]))
    where = {(order.pk, number): place for place, (order, number, _) in enumerate(turned, start=1)}
    found = {(group[0].order_id, page.sheet): page.scanned for group in scan_acts.groups(stack) for page in group}
    assert len(found) == 30 and found == where
    assert {group[0].order_id for group in scan_acts.groups(stack)} == {order.pk for order in made}
    for group in scan_acts.groups(stack):
        assert [page.sheet for page in group] == sorted(page.sheet for page in group)


@pytest.mark.point("10.14")
def test_an_absent_sheet_is_named_and_what_was_not_read_waits_for_a_hand(cast, as_user):
    order, other = enter(at_signature(cast), cast), enter(at_signature(cast), cast, 2)
    torn = sheets(other, pages=1)[0]
    ImageDraw.Draw(torn).rectangle((0, torn.height - 300, torn.width, torn.height), fill=90)  # the mark is torn off
    stack = sorted_stack(cast, glued([sheets(order)[1], torn, sheets(other)[1]]))
    rows = as_user(cast.clerk).get(stack.get_absolute_url()).context["papers"]
    assert [(row.order, [page.place for page in row.pages]) for row in rows] == [
        (order.pk, [1]),
        (None, [2]),
        (other.pk, [3]),
    ]
    size = len(sheets(order))
    assert rows[0].doubts == ["Нет листа 1 этого приказа: досканируйте или проверьте, где он"]
    assert rows[0].pages[0].sheet == f"лист 2 из\u00a0{size}"
    asked = as_user(cast.clerk).get(reverse("reports:scans_attach", args=[stack.pk])).content.decode()
    assert "Нет листа 1" in asked
    scan_acts.attach(stack.pages.get(scanned=1), by=cast.clerk)
    assert "нет листа 1" in Act.objects.about(order).last().words


@pytest.mark.point("10.14")
def test_the_empty_back_of_a_sheet_stays_with_it(cast):
    order, other = at_signature(cast), at_signature(cast)
    one, two = sheets(order), sheets(other)
    stack = sorted_stack(cast, glued([one[1], blank(), two[0], blank(), one[0], blank(), two[1], blank()]))
    assert papers(stack) == [(order.pk, [1, 2, 3, 4], 0), (other.pk, [5, 6, 7, 8], 0)]
    assert [p.scanned for p in stack.pages.all()] == [5, 6, 1, 2, 3, 4, 7, 8]


@pytest.mark.point("10.14")
def test_photographs_of_sheets_are_filed_too(cast):
    order, other = at_signature(cast), at_signature(cast)
    shots = [photographed(sheets(order)[1]), photographed(sheets(other)[0]), photographed(sheets(order)[0])]
    stack = sorted_stack(cast, *shots)
    assert [(group[0].order_id, [page.scanned for page in group]) for group in scan_acts.groups(stack)] == [
        (order.pk, [3, 1]),
        (other.pk, [2]),
    ]


@pytest.mark.point("10.14")
def test_a_sheet_of_a_former_edition_is_told_and_refused(cast, as_user):
    """The order was printed, returned, changed and printed again: the first sheets do not become its scan."""
    order = at_signature(cast)
    former = sheets(order)
    facts = order.facts | {"heading": "О другом"}
    Order.objects.filter(pk=order.pk).update(facts=facts, facts_sha256=sha256_of_json(facts))
    order = enter(Order.objects.get(pk=order.pk), cast)
    stack = sorted_stack(cast, glued(former))
    (row,) = as_user(cast.clerk).get(stack.get_absolute_url()).context["papers"]
    assert "Есть лист прежней редакции приказа" in row.doubts[0]
    with pytest.raises(Refused, match="прежней редакции"):
        scan_acts.attach(stack.pages.first(), by=cast.clerk)
    form = scan_form(cast, as_user, order, glued(former)).context["form"]
    assert "прежней редакции" in str(form.errors["scan"])
    order.refresh_from_db()
    assert order.scan is None


@pytest.mark.point("10.14")
def test_sheets_of_before_bear_a_code_on_the_first_only(cast):
    """Papers that were printed by an earlier version are sorted as before: what follows a code belongs to it."""
    codes = [Code("A", 0), None, Code("B", 90), BLANK, None]
    leaves = [Leaf(None, n, n, code, code.turned if code else 0) for n, code in enumerate(codes, start=1)]
    found = [[(leaf.scanned, leaf.turned) for leaf in paper] for paper in sorting.papers(leaves)]
    assert found == [[(1, 0), (2, 0)], [(3, 90), (4, 90), (5, 90)]]
