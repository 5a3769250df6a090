"""Drawing of PDFs: what may be fetched, how much fits, the same facts give the same bytes, text that stays together."""

import io
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mentoring_site.pdf import render as pdf_render
from mentoring_site.pdf import resources, typography, weasy
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError
from mentoring_site.pdf.typography import keep_together
from mentoring_site.templatetags import paper
from tests.reports.documents.paper_facts import ORDER

N = typography.NBSP
SLIP = "documents/acquaintance.html"
FACTS = {
    "school": {"short_name": "МБУ ДО «ДШИ № 1»"},
    "title": "Положением о системе наставничества",
    "basis": "утверждено приказом от 30.08.2026 № 38-од",
    "people": [{"name": "Манҗин Һәрә Өлзәтовна", "post": "концертмейстер"}],
}


@pytest.fixture
def fetched(monkeypatch):
    """Every address that the fetcher really opened."""
    opened = []
    original = weasy.StaticFetcher.fetch

    def fetch(self, url, headers=None):
        answer = original(self, url, headers)
        opened.append(url)
        return answer

    monkeypatch.setattr(weasy.StaticFetcher, "fetch", fetch)
    return opened


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Render raw HTML as a template of its own."""

    def draw(body):
        template = engines["django"].from_string(f'<html lang="ru"><title>т</title><body>{body}</body></html>')
        monkeypatch.setattr(pdf_render, "render_to_string", lambda name, context: template.render(context))
        return render_pdf("any.html", {})

    return draw


@pytest.mark.point("15")
@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/a.png",
        "https://evil.example/a.png",
        "//evil.example/a.png",
        "ftp://evil.example/a.png",
        "file:///etc/passwd",
        "file://host/etc/passwd",
        "../../manage.py",
        "%2e%2e/%2e%2e/manage.py",
        "../static/../manage.py",
        "gopher://x",
    ],
)
def test_a_paper_opens_nothing_foreign(page, fetched, address):
    with pytest.raises(PdfError, match="постороннему адресу"):
        page(f'<p>текст</p><img src="{address}" alt="к">')
    assert [url for url in fetched if not resources.allowed(url)] == []


@pytest.mark.point("15")
@pytest.mark.parametrize(
    "body",
    [
        '<style>@import url("http://evil.example/a.css");</style>',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<p style="background: url(http://evil.example/a.png)">т</p>',
        '<object data="http://evil.example/a"></object>',
        "<img alt=\"к\" src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        "<image href='http://evil.example/a.png' width='9' height='9'/></svg>\">",
    ],
)
def test_styles_links_and_pictures_inside_pictures_open_nothing_either(page, fetched, body):
    with pytest.raises(PdfError):
        page(body)
    assert [url for url in fetched if not url.startswith("data:")] == []


@pytest.mark.point("15")
def test_own_files_and_data_addresses_are_allowed():
    assert resources.allowed((resources.STATIC / "fonts" / "PTSerif-Regular.ttf").as_uri())
    assert resources.allowed("data:image/svg+xml;base64,PHN2Zy8+")
    assert not resources.allowed(resources.STATIC.parent.joinpath("manage.py").as_uri())
    assert not resources.allowed("file:///etc/%00passwd")


@pytest.mark.point("15")
def test_a_link_out_of_the_static_folder_is_foreign(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_render, "STATIC", tmp_path)
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert not resources.allowed((tmp_path / "link").as_uri())


@pytest.mark.point("15")
def test_too_long_texts_are_named_and_refused():
    facts = {**FACTS, "basis": "а" * (pdf_render.MAX_TEXT + 1)}
    assert pdf_render.too_long(facts) == [
        "Слишком длинный текст (basis): 20001 знаков, а в документ помещается не больше 20000."
    ]
    with pytest.raises(PdfError, match="Слишком длинный текст"):
        render_pdf(SLIP, facts)
    many = {"points": [{"text": "я" * 15_000}] * 20}
    assert pdf_render.too_long(many) == ["Слишком длинный документ: 300000 знаков, а помещается не больше 200000."]
    cell = {"appendices": [{"rows": [["1", "я" * 2001]]}]}
    assert pdf_render.too_long(cell) == [
        "Слишком длинный текст (appendices.1.rows.1.2): 2001 знаков, а в ячейку таблицы помещается не больше 2000."
    ]
    narrow = [{"width": 4}, {"width": 96}]
    table = {"appendices": [{"columns": narrow, "rows": [["1", "я" * 2000], ["я" * 500, "1"]]}]}
    assert pdf_render.too_long(table) == ["Слишком длинный текст для узкой колонки (приложение, строка 2)."]
    assert pdf_render.too_long(FACTS) == []


@pytest.mark.point("15")
def test_the_same_facts_give_the_same_bytes_in_every_thread_and_process():
    first = render_pdf(SLIP, FACTS)
    others = []
    threads = [threading.Thread(target=lambda: others.append(render_pdf(SLIP, FACTS))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {pdf_render.sha256(data) for data in [first, *others]} == {pdf_render.sha256(first)}
    script = (
        "import django, sys; from django.conf import settings; from pathlib import Path\n"
        f"settings.configure(BASE_DIR=Path({str(resources.STATIC.parent)!r}), LANGUAGE_CODE='ru', TEMPLATES=[{{"
        "'BACKEND': 'django.template.backends.django.DjangoTemplates',"
        f"'DIRS': [{str(resources.STATIC.parent / 'templates')!r}],"
        "'OPTIONS': {'libraries': {'paper': 'mentoring_site.templatetags.paper'}}}])\n"
        "django.setup(); from mentoring_site.pdf import render\n"
        f"print(render.sha256(render.render_pdf({SLIP!r}, {FACTS!r})))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=resources.STATIC.parent, capture_output=True, text=True)
    assert (run.stdout.strip(), run.returncode) == (pdf_render.sha256(first), 0), run.stderr


@pytest.mark.point("15")
def test_fonts_and_style_are_made_once_for_a_thread():
    render_pdf(SLIP, FACTS)
    assert weasy.drawing_kit() is weasy.drawing_kit()
    render_pdf(SLIP, FACTS)
    assert len(list(Path(weasy.drawing_kit()[0]._folder).iterdir())) == 5


@pytest.mark.point("24")
def test_memory_stays_flat():
    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    for _ in range(10):
        render_pdf(SLIP, FACTS)
    before = resident()
    for _ in range(40):
        render_pdf(SLIP, FACTS)
    assert resident() - before < 12_000_000


@pytest.mark.point("15")
def test_the_renderer_names_its_version():
    assert re.fullmatch(r"weasyprint \d+\.\d+ / templates \d+", pdf_render.RENDERER)


@pytest.mark.point("15")
@pytest.mark.parametrize(
    ("plain", "kept"),
    [
        ("№ 5", f"№{N}5"),
        ("№41-од", f"№{N}41-од"),
        ("п. 3.3, ст. 351.8", f"п.{N}3.3, ст.{N}351.8"),
        ("2 сентября 2026 г.", f"2{N}сентября{N}2026{N}г."),
        ("с 2 сентября 2026 г. по 30 мая 2027 года", f"с{N}2{N}сентября{N}2026{N}г. по 30{N}мая{N}2027{N}года"),
        ("от 30.08.2026 № 38-од", f"от{N}30.08.2026{N}№{N}38-од"),
        ("приказ от 5 мая 2026 г. № 7", f"приказ от{N}5{N}мая{N}2026{N}г.{N}№{N}7"),
        ("Санджи-Горяеву С. И. и Настаеву В.И.", f"Санджи-Горяеву{N}С.{N}И. и{N}Настаеву{N}В.{N}И."),
        ("В. И. Настаев", f"В.{N}И.{N}Настаев"),
        ("Манҗин Һ. Ө.", f"Манҗин{N}Һ.{N}Ө."),
        ("г. Элиста, ул. Степная, д. 12", f"г.{N}Элиста, ул.{N}Степная, д.{N}12"),
        ("урок в классе", f"урок в{N}классе"),
        ("педагог — педагог", f"педагог{N}— педагог"),
        ("и т.д.", f"и{N}т.{N}д."),
        ("+7 900 000-00-00, (84722) 5-00-00", f"+7{N}900{N}000-00-00, (84722){N}5-00-00"),
        ("32 часа, 5 %", f"32{N}часа, 5{N}%"),
        ("слово\nстрока", "слово\nстрока"),
        ("знаки\x00\u202e\u200b  прочь", "знаки прочь"),
    ],
)
def test_what_belongs_together_stays_on_one_line(plain, kept):
    assert keep_together(plain) == kept


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="АБва И.№0123456789-—«» \n\tп.г", max_size=120))
def test_keep_changes_blanks_only_and_is_stable(text):
    once = keep_together(text)
    assert keep_together(once) == once
    assert re.sub(r"\s", "", once) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("text", [" " * 20_000, "А" * 20_000, "1" * 20_000, "А-" * 10_000, "А. " * 6_000, "№ " * 9_000])
def test_keep_is_quick_on_hostile_text(text):
    start = time.process_time()
    keep_together(text)
    engines["django"].from_string("{% load paper %}{{ t|keep }}{{ t|cell }}").render({"t": text})
    assert time.process_time() - start < 2


@pytest.mark.point("15")
@pytest.mark.parametrize(
    ("source", "context", "printed"),
    [
        ("{{ v|keep }}", {"v": "<b>№ 41-од</b>"}, f'<span class="solid">&lt;b&gt;№{N}41-од</span>&lt;/b&gt;'),
        (
            "{{ v|keep }}",
            {"v": "приказ от 02.09.2026 № 41-од"},
            f'приказ <span class="solid">от{N}02.09.2026{N}№{N}41-од</span>',
        ),
        (
            "{{ v|headline }}",
            {"v": "О «Исполнительское мастерство пианистов»"},
            f"О{N}«Исполнительское мастерство пианистов»",
        ),
        (
            "{{ v|cell }}",
            {"v": "Приказ от 02.09.2026 № 41-од"},
            f'Приказ <span class="unit">от{N}02.09.2026 <span class="solid">№{N}41-од</span></span>',
        ),
        ("{{ v|headline }}", {"v": "О плате за труд по «Хор и мы»"}, f"О{N}плате за{N}труд по «Хор{N}и{N}мы»"),
        ("{{ v|keep }}", {"v": "<i>"}, "&lt;i&gt;"),
        ("{{ v|keep }}", {"v": None}, ""),
        ("{{ v|cell }}", {"v": "до 2 мая 2026 г. <b>"}, f'до <span class="unit">2{N}мая 2026{N}г.</span> &lt;b&gt;'),
        ("{{ v|cell }}", {"v": "Лиджиева К. Б."}, f'<span class="unit">Лиджиева К.{N}Б.</span>'),
        ("{{ v|cell }}", {"v": "просто <текст>"}, "просто &lt;текст&gt;"),
        ("{{ v|inwords }}", {"v": "2026-09-02"}, f"2{N}сентября{N}2026{N}г."),
        ("{{ v|indigits }}", {"v": "2026-09-02"}, "02.09.2026"),
        ("{{ v|indigits }}", {"v": "весна 2026 г. <"}, f"весна 2026{N}г. &lt;"),
        ('{{ v|agree:"ознакомлен,ознакомлена" }}', {"v": "f"}, "ознакомлена"),
        ('{{ v|agree:"ознакомлен,ознакомлена" }}', {"v": ""}, "ознакомлен"),
        ("{% pen v %}", {"v": "<b>"}, "&lt;b&gt;"),
        ('{% pen v "short" %}', {"v": None}, '<span class="pen short"></span>'),
        ("{{ c|share:all }}", {"c": {"width": 1}, "all": [{"width": 1}, {"width": "3"}]}, "25.00%"),
        ("{{ c|share:all }}", {"c": {"width": "x; }"}, "all": [{"width": "x; }"}]}, "100.00%"),
    ],
)
def test_filters_of_papers(source, context, printed):
    assert engines["django"].from_string("{% load paper %}" + source).render(context) == printed


@pytest.mark.parametrize("day", ["08.08.2026", "8 августа 2026 г."])
def test_a_line_breaks_at_the_last_space_before_what_is_bound(day):
    text = (
        "Приостановить с 26 ноября 2026 г. по 5 января 2027 г. закрепление наставника Эняевой Байрты Санджиевны, "
        f"преподавателя изобразительного искусства, за наставляемой Кекеевой К. С., установленное приказом от {day} "
        "№ 8-од, в связи с отпуском наставника."
    )
    drawn = render_pdf("documents/order.html", ORDER | {"points": [{"text": text}]})
    lines = PdfReader(io.BytesIO(drawn)).pages[0].extract_text().splitlines()
    start = next(n for n, line in enumerate(lines) if "Приостановить" in line)
    assert all(len(line) > 50 for line in lines[start : start + 3]), lines[start : start + 4]


@pytest.mark.point("9.9")
def test_initials_stay_in_the_box_of_a_double_surname():
    assert '<span class="solid">с\xa0Лиджи-Гаряевой\xa0И.\xa0С.</span> и' in str(paper.keep("с Лиджи-Гаряевой И. С. и"))
    assert paper.keep("МБУ ДО, вх. № 17, до 12:00") == "МБУ\xa0ДО, вх.\xa0№\xa017, до\xa012:00"
