"""Printed papers: an order, its appendices, consents, the roadmap, a program, slips (пункт 15)."""

import base64
import copy
import io
import re
import shutil
import subprocess
from functools import cache

import pytest
from django.template import engines
from django.template.loader import render_to_string
from pypdf import PdfReader

from mentoring_site.pdf import render, weasy
from mentoring_site.pdf.render import render_pdf
from reports.documents.samples.catalog import templates
from tests.reports.documents.paper_facts import (
    CONSENT,
    ORDER,
    PAIRS,
    PAPERS,
    PEOPLE,
    PROGRAM,
    REGISTERED,
    ROADMAP,
    SCHOOL,
    SLIPS,
    WITHDRAWAL,
    facts,
)

every_paper = pytest.mark.parametrize("template", templates())  # one without facts in PAPERS fails


@cache
def drawn(template):
    """The paper of the sample facts, drawn once for all tests of this module."""
    return render_pdf(template, PAPERS[template])


def read(data):
    """A reader of the PDF and its pages as text with plain single blanks, lines kept."""
    reader = PdfReader(io.BytesIO(data))
    return reader, [re.sub(r"[ \xa0]+", " ", page.extract_text()) for page in reader.pages]


def pages(template="documents/order.html", **facts):
    return read(render_pdf(template, facts))[1]


def flat(text):
    return re.sub(r"\s+", " ", text)


def elements(reader):
    """All structure elements of the tag tree as (tag, element)."""
    found, queue = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while queue:
        node = queue.pop(0).get_object()
        if isinstance(node, dict):
            if "/S" in node and node.get("/Type") == "/StructElem":
                found.append((node["/S"], node))
            kids = node.get("/K", [])
            queue.extend(kids if isinstance(kids, list) else [kids])
        elif isinstance(node, list):
            queue.extend(node)
    return found


def embedded(reader):
    """(name, is embedded) of every font."""
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            font = font.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            fonts[font["/BaseFont"]] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
    return fonts


class Undefined(str):
    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, name):
        raise AssertionError(f"undefined template variable: {name}")


@every_paper
@pytest.mark.point("15")
def test_the_documented_facts_are_enough(template, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined("%s"))
    assert render_to_string(template, {**PAPERS[template], "document_title": ""})


@every_paper
@pytest.mark.point("15")
def test_every_paper_is_tagged_accessible_and_sound(template, tmp_path):
    data = drawn(template)
    reader, _ = read(data)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ru"
    assert bool(root["/MarkInfo"]["/Marked"]) is True
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]).lower() == "true"
    assert len(reader.metadata.title) > 10
    xmp = root["/Metadata"].get_object().get_data()
    assert b"http://www.aiim.org/pdfua/ns/id/" in xmp
    assert re.search(rb'pdfuaid:part="1"', xmp)
    fonts = embedded(reader)
    assert fonts and all(fonts.values())
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).split("-")[1] for name in fonts} <= {"Serif", "Sans"}
    tags = elements(reader)
    assert [tag for tag, _ in tags].count("/H1") >= 1
    assert all(node.get("/Alt") for tag, node in tags if tag == "/Figure")
    assert all(node.get("/ID") for tag, node in tags if tag == "/TH")
    if shutil.which("qpdf"):
        (tmp_path / "paper.pdf").write_bytes(data)
        run = subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr


@every_paper
@pytest.mark.point("15")
def test_the_same_facts_give_the_same_bytes(template):
    assert render.sha256(render_pdf(template, copy.deepcopy(PAPERS[template]))) == render.sha256(drawn(template))


@pytest.mark.point("14", "15")
def test_an_order_on_signature_has_all_requisites_in_their_order_and_blanks_for_number_and_date():
    reader, (first, appendix, sheet) = read(render_pdf("documents/order.html", ORDER))
    expected = [
        "Администрация города Элисты",
        "Муниципальное бюджетное учреждение дополнительного образования «Детская школа искусств № 1»",
        "(МБУ ДО «ДШИ № 1»)",
        "ПРИКАЗ",
        "№",
        "г. Элиста",
        "О закреплении наставнических пар (групп) на 2026/2027 учебный год",
        "В соответствии с пунктами 3.3 и 6.2",
        "ПРИКАЗЫВАЮ:",
        "1. Закрепить",
        "3. Заместителю директора",
        "3.1. организовать",
        "3.2. внести",
        "5. Контроль",
        "Директор В. И. Настаев",
        "Согласовано:",
        "Н. С. Уланова",
        "Э. С. Хара-Даван 01.09.2026",
        "Уланова Надежда Сергеевна (84722) 5-00-00",
    ]
    rest = flat(first)
    for words in expected:
        before, found, rest = rest.partition(words)
        assert found, f"{words} is not after {before[-60:]}"
    assert re.search(r"ПРИКАЗ\n№ ?\nг\. Элиста", first)
    assert "2026-09-02" not in first and "/CreationDate" not in reader.metadata
    assert re.match(r"Приложение к приказу МБУ ДО «ДШИ № 1» от № Наставнические пары", flat(appendix))
    assert "Лист ознакомления с приказом МБУ ДО «ДШИ № 1» от №" in flat(sheet)
    assert [flat(sheet).count(name) for name, _ in PEOPLE] == [1] * 6
    assert reader.metadata.title == "Приказ «О закреплении наставнических пар (групп) на 2026/2027 учебный год»"


@pytest.mark.point("14", "15")
def test_a_registered_order_has_number_date_and_code_everywhere_and_breaks_as_the_signed_sheet_did():
    reader, (first, appendix, sheet) = read(render_pdf("documents/order.html", REGISTERED))
    assert "02.09.2026 № 41-од" in first
    assert "от 02.09.2026 № 41-од" in appendix and "от 02.09.2026 № 41-од" in sheet
    assert "Запись в реестре приказов 7K2M-Q9TX" in flat(first)
    links = [note.get_object()["/A"]["/URI"] for note in reader.pages[0].get("/Annots", [])]
    assert links == ["https://nastavnik.dshi1.example/verify/7K2M-Q9TX/"]
    assert reader.metadata.title == (
        "Приказ от 02.09.2026 № 41-од «О закреплении наставнических пар (групп) на 2026/2027 учебный год»"
    )
    assert reader.metadata["/CreationDate"] == "D:20260902"
    signed = pages(**ORDER)
    ends = [[line for line in page.split("\n") if "41-од" not in line][-6:] for page in (appendix, sheet)]
    assert ends == [list(page.split("\n"))[-6:] for page in signed[1:]]
    assert first.split("ПРИКАЗЫВАЮ")[1].split("Директор")[0] == signed[0].split("ПРИКАЗЫВАЮ")[1].split("Директор")[0]


@pytest.mark.point("15")
def test_geometry_is_a4_with_margins_30_10_20_20(tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("нет pdftotext (пакет poppler-utils)")
    (tmp_path / "o.pdf").write_bytes(render_pdf("documents/order.html", REGISTERED))
    subprocess.run(["pdftotext", "-bbox", tmp_path / "o.pdf", tmp_path / "o.html"], check=True)
    mm = 72 / 25.4
    for number, page in enumerate((tmp_path / "o.html").read_text().split("<page ")[1:], start=1):
        assert 'width="595.27' in page and 'height="841.88' in page
        words = [
            [float(value) for value in found]
            for found in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page)
        ]
        assert min(word[0] for word in words) >= 30 * mm - 0.5
        assert max(word[2] for word in words) <= 200 * mm + 0.5
        headers = [word for word in words if word[3] < 20 * mm]
        assert len(headers) == (1 if number == 2 else 0)  # the appendix; a sheet to be signed has no number
        assert all(word[1] >= 10 * mm - 3 for word in headers)


@pytest.mark.point("15")
def test_kalmyk_letters_and_the_number_sign_come_out_of_the_file():
    letters = "ӘҺҖҢӨҮ әһҗңөү № «» – ё Ё"
    text = flat(" ".join(pages(**facts(heading=letters, points=[{"text": letters, "subpoints": []}]))))
    assert (
        text.count(letters) == 2 and text.count("№ „“ – ё") == 1
    )  # heading, point; title of the sheet of acquaintance


HOSTILE = [
    '<img src="http://evil.example/x.png">',
    '<img src="file:///etc/passwd">',
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
    "<script>alert(1)</script><style>@import 'http://evil.example';</style>",
    "]]> &amp; &lt; <!-- 1 -->",
    "url(http://evil.example/a)",
]


@pytest.mark.point("15", "25")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_field_and_fetches_nothing(text, monkeypatch):
    opened = []
    original = weasy.StaticFetcher.fetch
    monkeypatch.setattr(
        weasy.StaticFetcher, "fetch", lambda self, url, headers=None: opened.append(url) or original(self, url, headers)
    )
    weasy.drawing_kit()
    opened.clear()
    hurt = facts(
        REGISTERED,
        heading=text,
        preamble=text,
        place=text,
        number=text,
        code=text,
        points=[{"text": text, "subpoints": [text]}],
        signer={"post": text, "name_before": text},
        visas=[{"post": text, "name_before": text, "date": text, "mark": None}],
        acquaintance=[{"name": text, "post": text}],
        executor={"name": text, "phone": text},
        appendices=[
            {
                **PAIRS,
                "title": text,
                "note": text,
                "text": [text],
                "approved": text,
                "rows": [[text] * 5],
                "columns": [{"label": text, "width": text}] * 5,
            }
        ],
        school={**SCHOOL, "full_name": text, "founder": text},
    )
    reader, texts = read(render_pdf("documents/order.html", hurt))
    assert [url for url in opened if not url.startswith("data:image/svg+xml;base64,")] == []
    squeezed = re.sub(r"\s", "", "".join(texts))
    assert squeezed.count(re.sub(r"\s", "", text)) >= 10
    assert "/EmbeddedFiles" not in reader.trailer["/Root"].get("/Names", {})


@pytest.mark.point("15")
def test_very_long_words_and_a_hundred_points_stay_on_the_paper():
    points = [{"text": f"Пункт {n}", "subpoints": []} for n in range(1, 101)]
    points[49]["text"] = "Ъ" * 3000
    texts = pages(**facts(points=points, heading="Щ" * 200))
    text = flat(" ".join(texts))
    assert re.sub(r"[^Ъ]", "", text) == "Ъ" * 3000
    assert all(f"{n}. Пункт {n} " in text for n in range(1, 101) if n != 50)
    long_cell = {**PAIRS, "rows": [["1", "Ы" * 2000, "", "", ""], ["2", "после", "", "", ""]]}
    text = " ".join(pages(**facts(appendices=[long_cell])))
    assert text.count("Ы") == 2001 and "после" in text  # one more is in ПРИКАЗЫВАЮ


@pytest.mark.point("15")
def test_an_appendix_of_forty_rows_repeats_its_header_on_each_page_and_loses_no_row():
    rows = [[str(n), f"Наставник{n}, {PAIRS['rows'][n % 3][1]}", *PAIRS["rows"][n % 3][2:]] for n in range(1, 41)]
    texts = pages(**facts(REGISTERED, appendices=[{**PAIRS, "rows": rows}]))
    appendix = texts[1:-1]
    assert len(appendix) >= 4
    assert all("№ Наставник Наставляемый Форма и вид Направление" in flat(page) for page in appendix)
    assert [flat(page).split()[-1] for page in appendix] == [str(n) for n in range(2, len(appendix) + 2)]
    found = [int(n) for page in appendix for n in re.findall(r"Наставник(\d+),", page)]
    assert found == list(range(1, 41))


@pytest.mark.point("15")
def test_several_appendices_are_numbered_and_an_approved_one_agrees_in_gender():
    roadmap = {
        "title": "Дорожная карта",
        "note": "",
        "approved": "УТВЕРЖДЕНА",
        "columns": [],
        "rows": [],
        "text": ["Первый абзац.", "Второй абзац."],
        "wide": True,
    }
    reader, texts = read(render_pdf("documents/order.html", facts(REGISTERED, appendices=[PAIRS, roadmap])))
    assert "Приложение № 1 к приказу МБУ ДО «ДШИ № 1» от 02.09.2026 № 41-од" in flat(texts[1])
    assert "Приложение № 2 УТВЕРЖДЕНА приказом МБУ ДО «ДШИ № 1» от 02.09.2026 № 41-од" in flat(texts[2])
    assert reader.pages[2].mediabox.width > reader.pages[2].mediabox.height


@pytest.mark.point("15")
@pytest.mark.parametrize("filler", range(6, 30, 2))
def test_dates_numbers_and_initials_do_not_break_and_the_signature_is_never_alone(filler):
    solid = ["2 сентября 2026 г.", "от 30.08.2026 № 38-од", "п. 3.3", "Санджи-Горяеву С. И.", "№ 41-од"]
    text = " ".join(f"{'слово ' * (n % 3)}{'а' * (filler % 11 + n)} {solid[n % 5]}" for n in range(12))
    points = [{"text": f"{text}.", "subpoints": []}] * (filler // 6)
    points += [{"text": "Строка.", "subpoints": []}] * (filler % 6 * 2)
    texts = pages(**facts(points=points, appendices=[], acquaintance=[]))
    for words in solid[:3] + solid[4:]:
        whole = sum(page.count(words) for page in texts)
        assert whole == sum(flat(page).count(words) for page in texts)
    lines = [line for page in texts for line in page.split("\n")]
    assert not [line for line in lines if re.match(r"[А-Я]\. ?[А-Я]?\.?$", line.strip())]
    last = next(page for page in texts if "В. И. Настаев" in page)
    assert re.search(r"\d+\. |слово|Строка", last.split("Директор")[0])


@pytest.mark.point("15")
def test_a_paper_never_pretends_to_be_signed_and_carries_no_arms():
    for template, sample in PAPERS.items():
        text = render_to_string(template, sample)
        assert "подписан электронной подписью" not in text
        assert "сертификат" not in text.lower()
    assert all(tag != "/Figure" for tag, _ in elements(read(render_pdf("documents/order.html", ORDER))[0]))


@pytest.mark.point("15")
def test_the_qr_code_is_drawn_with_fill_attributes():
    drawn = base64.b64decode(render.qr("https://nastavnik.dshi1.example/verify/1/").split(",")[1]).decode()
    assert 'fill="#000000"' in drawn and "<style" not in drawn and "class=" not in drawn


@pytest.mark.point("9")
@pytest.mark.parametrize("template", [name for name in PAPERS if name.startswith("consents/")])
def test_a_consent_is_one_sheet_for_one_purpose_with_lines_for_a_pen(template):
    (text,) = pages(template, **CONSENT)
    text = flat(text)
    assert "Соловьёва-Бадмаева Айса Петровна" in text
    assert "дата подпись А. П. Соловьёва-Бадмаева инициалы, фамилия" in text
    assert not re.search(r"\.\.|  ,| \.", text)
    given = flat(" ".join(pages(template, **{**CONSENT, "date": "2026-09-01", "mark": "Подтверждено в системе № 7"})))
    assert "1 сентября 2026 г." in given and "Подтверждено в системе № 7" in given


@pytest.mark.point("9")
def test_the_consent_to_processing_holds_all_that_article_9_asks_for():
    text = flat(pages("consents/processing/2026-09-01.html", **CONSENT)[0])
    for words in [
        "зарегистрированная по адресу",
        "документ, удостоверяющий личность",
        "кем выдан",
        SCHOOL["full_name"],
        SCHOOL["address"],
        SCHOOL["inn"],
        SCHOOL["ogrn"],
        "1. Цель",
        "2. Перечень",
        "3. Действия и способы",
        "4. Другие лица",
        "5. Срок",
        "по 30 мая 2027 г. включительно",
        "6. Отзыв",
        "подпись",
    ]:
        assert words in text, words


@pytest.mark.point("9")
def test_the_consent_to_dissemination_holds_the_nine_items_and_the_choice_field_by_field():
    text = flat(pages("consents/dissemination/2026-09-01.html", **CONSENT)[0])
    places = [
        text.find(f" {number}. {words}")
        for number, words in enumerate(
            [
                "Кто даёт согласие",
                "Контактные данные",
                "Оператор",
                "Информационные ресурсы",
                "Цель",
                "Категории и перечень",
                "Условия и запреты",
                "Условия передачи",
                "Срок",
            ],
            start=1,
        )
    ]
    assert -1 not in places and places == sorted(places)
    assert "1 фамилия, имя, отчество да" in text
    assert "2 фотография нет не размещать" in text
    assert "3 результаты программы 7. Условия" in text


@pytest.mark.point("9")
@pytest.mark.parametrize(("outside", "words"), [(False, "статье 351.8"), (True, "не состою")])
def test_a_mentor_of_the_school_and_one_from_outside_agree_to_different_things(outside, words):
    text = flat(pages("consents/duties_mentor/2026-09-01.html", **{**CONSENT, "outside": outside})[0])
    assert words in text and "три рабочих дня" in text
    assert ("351.8" in text) is not outside
    assert "от Соловьёвой-Бадмаевой Айсы Петровны" in text
    assert "Я ознакомлена с Положением" in text and "согласна" in text


@pytest.mark.point("9")
@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("dissemination", "требую прекратить передачу (распространение, предоставление, доступ)"),
        ("processing", "отзываю данное мной согласие"),
        ("duties", "не ранее чем через три рабочих дня"),
    ],
)
def test_a_withdrawal_names_one_consent_and_spares_the_others(purpose, words):
    (text,) = pages("documents/withdrawal.html", **{**WITHDRAWAL, "purpose": purpose})
    assert words in flat(text)
    assert "согласие от 01.09.2026" in flat(text)
    paper = "требованием" if purpose == "dissemination" else "заявлением"
    assert f"Другие мои согласия этим {paper} не отзываются" in flat(text)


@pytest.mark.point("19")
@pytest.mark.clause("П-0")
def test_the_roadmap_is_a_landscape_table_in_the_form_schools_use():
    reader, texts = read(render_pdf("documents/roadmap.html", ROADMAP))
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)
    assert "Приложение № 2 УТВЕРЖДЕНА приказом МБУ ДО «ДШИ № 1» от №" in flat(texts[0])
    head = "Наименование этапа Содержание деятельности и план мероприятий Срок Исполнитель Результат. Вид документа"
    assert all(head in flat(page) for page in texts)
    text = flat(" ".join(texts))
    assert re.findall(r"Мероприятие (\d\.\d):", text) == [f"{s}.{t}" for s in range(1, 8) for t in range(1, 5)]
    assert [text.count(f"Этап наставничества {n}") for n in range(1, 8)] == [1] * 7
    assert re.findall(r"(?<!\S)(\d\.\d)(?= )", text) == [f"{s}.{t}" for s in range(1, 8) for t in range(1, 5)]


@pytest.mark.point("13")
@pytest.mark.clause("1.2-f2", "1.2-f3", "1.2-f4", "1.2-f5")
def test_a_program_has_a_title_page_and_every_part_that_the_regulation_asks_for():
    texts = [flat(page) for page in pages("documents/program.html", **PROGRAM)]
    cover, body = texts[0], " ".join(texts[1:])
    for words in [
        "СОГЛАСОВАНО",
        "протокол от 21.09.2026 № 3",
        "УТВЕРЖДАЮ",
        "приказ от №",
        "Элиста, 2026",
        "с 24 сентября 2026 г. по 30 мая 2027 г.",
    ]:
        assert words in cover, words
    places = [
        body.find(f"{number}. {words}")
        for number, words in enumerate(
            [
                "Участники",
                "Цель",
                "Форма и вид",
                "Направления",
                "Профессиональные затруднения",
                "План мероприятий",
                "Срок",
            ],
            start=1,
        )
    ]
    assert -1 not in places and places == sorted(places)
    approved = flat(pages("documents/program.html", **{**PROGRAM, "number": "44-од", "date": "2026-09-23"})[0])
    assert "приказ от 23.09.2026 № 44-од" in approved


@pytest.mark.point("6")
def test_slips_stand_eight_on_a_page_each_with_its_own_code():
    texts = pages("documents/slip.html", **SLIPS)
    assert [page.count("одноразовый код") for page in texts] == [8, 4]
    assert [flat(" ".join(texts)).count(slip["code"]) for slip in SLIPS["slips"]] == [1] * 12
