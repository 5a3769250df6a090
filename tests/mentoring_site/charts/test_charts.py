"""Charts: scales, empty ones, one point, long labels, nothing, huge numbers; the same on a page and in a paper."""

import io
import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from PIL import ImageFont
from pypdf import PdfReader

from mentoring_site.charts import papers, scales, words
from mentoring_site.charts.bars import Bar, Bars, Columns, Funnel, Lines, Series, Step
from mentoring_site.charts.chart import NOTHING, Figure, svg, table
from mentoring_site.charts.drawing import NARROW, SIZE, TONES, WIDE
from mentoring_site.charts.panels import Panel, Panels
from mentoring_site.charts.timeline import Lane, Span, Timeline
from mentoring_site.pdf.render import STATIC, render_pdf

pytestmark = pytest.mark.point("10.9")

LONG = "Отделение музыкального искусства эстрады, джаза и импровизации, включая сектор композиции и звукорежиссуры"
NASTY = 'Он сказал: <b onclick="x">«да» & нет</b>'
MONTHS = ("сен", "окт", "ноя", "дек", "янв", "фев", "мар", "апр", "май", "июн")
YEAR = (date(2026, 9, 1), date(2027, 6, 30))


def bars(*rows):
    return Bars("Нагрузка", "Сколько кто ведёт", tuple(rows))


def columns(*values, labels=MONTHS, stacked=True):
    names = ("подтверждено", "ждёт")
    tones = ("main", "ahead")
    series = tuple(Series(n, v, t) for n, v, t in zip(names, values, tones, strict=False))
    return Columns("Часы", "Часы по месяцам", labels, series, stacked)


def timeline(*lanes, today=None):
    legend = (("done", "сделано"), ("late", "! просрочено"))
    return Timeline("Год", "Мероприятия по месяцам", *YEAR, tuple(lanes), legend, today)


def one_day(day, tone="done"):
    return Span(day, day, tone)


CHARTS = {
    "bars": bars(Bar("Очирова С. Д.", 2, "2 из 3", 3), Bar(LONG, 4, "4 из 3", 3)),
    "columns": columns((10, 12.5, 40, 3) + (0,) * 6, (0, 2, 10) + (0,) * 7),
    "beside": columns(tuple(range(10)), tuple(range(10, 0, -1)), stacked=False),
    "lines": Lines(
        "Программы", "По месяцам", MONTHS, (Series("этот", (1, 3, None, 2) + (None,) * 6), Series("тот", (0,) * 10))
    ),
    "funnel": Funnel(
        "Путь", "Сколько дошло", (Step("В банке", 24, "24"), Step(LONG, 17, "17, 71 %"), Step("Завершили", 0, "0"))
    ),
    "panels": Panels(
        "Навыки",
        "С начала до конца",
        ("в начале", "в середине", "в конце"),
        tuple(Panel(LONG, (Series("сам", (1, 3, None)), Series("наставник", (None, 5, 5)))) for _ in range(3)),
    ),
    "timeline": timeline(
        Lane(LONG, heading=True),
        Lane(LONG, (Span(date(2026, 10, 1), date(2026, 12, 31), "going"),)),
        Lane("Поздно", (Span(date(2026, 10, 1), date(2026, 11, 20), "late"),)),
        Lane("Встречи", days=(one_day(date(2026, 10, 2)), one_day(date(2026, 10, 9), "late"))),
        today=date(2026, 11, 30),
    ),
}
EMPTY = {
    "bars": bars(),
    "columns": columns((), labels=()),
    "lines": Lines("Программы", "По месяцам", (), ()),
    "funnel": Funnel("Путь", "Сколько дошло", ()),
    "panels": Panels("Навыки", "С начала до конца", ("в начале",), ()),
    "timeline": timeline(),
}


def drawn(chart, frame=WIDE):
    """Return the parsed drawing: what is no well-formed XML fails here."""
    return ET.fromstring(svg(chart, frame, "one"))


def shapes(root, tag, tone=""):
    return [e for e in root.iter(f"{{http://www.w3.org/2000/svg}}{tag}") if not tone or e.get("class") == f"c-{tone}"]


def texts(root):
    return [e.text for e in shapes(root, "text")]


def measure(text, bold):
    face = "PTSans-Bold.ttf" if bold else "PTSans-Regular.ttf"
    return ImageFont.truetype(str(STATIC / "fonts" / face), 1000).getlength(text) * SIZE / 1000


# --- scales ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values, ticks",
    [
        ([], (0, 1)),
        ([0, 0], (0, 1)),
        ([3], (0, 1, 2, 3)),
        ([7], (0, 2, 4, 6, 8)),
        ([0.3], (0, 0.1, 0.2, 0.3)),
        ([96, 12], (0, 50, 100)),
        ([-5, 4], (0, 1, 2, 3, 4)),
        ([4 * 10**15], (0, 10**15, 2 * 10**15, 3 * 10**15, 4 * 10**15)),
    ],
)
def test_a_scale_is_round_and_begins_with_nothing(values, ticks):
    assert scales.scale(values).ticks == pytest.approx(ticks)


def test_a_scale_of_people_has_no_halves():
    assert scales.scale([1], whole=True).ticks == (0, 1)
    assert scales.scale([1]).ticks != (0, 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_drawn(value):
    with pytest.raises(ValueError, match="finite"):
        svg(bars(Bar("а", value, "?")), WIDE, "one")


def test_days_lie_where_they_are_and_never_outside():
    days = scales.Days(date(2026, 9, 1), date(2026, 9, 10))
    assert days.share(date(2026, 9, 1)) == 0 and days.end_share(date(2026, 9, 10)) == 1
    assert days.share(date(2026, 9, 6)) == 0.5
    assert days.share(date(2020, 1, 1)) == 0 and days.end_share(date(2030, 1, 1)) == 1
    assert scales.Days(*YEAR).months()[0] == date(2026, 9, 1) and len(scales.Days(*YEAR).months()) == 10
    one = scales.Days(date(2026, 9, 5), date(2026, 9, 5))
    assert one.share(date(2026, 9, 5)) == 0 and one.end_share(date(2026, 9, 5)) == 1
    with pytest.raises(ValueError, match="ends before"):
        scales.Days(date(2026, 9, 2), date(2026, 9, 1))


def test_numbers_of_an_axis_are_short():
    shown = [words.short_number(n) for n in (0, 7.5, 1200, 25_000, 1_500_000, 3 * 10**9)]
    assert shown == ["0", "7,5", "1200", "25\xa0тыс.", "1,5\xa0млн", "3\xa0млрд"]


def test_the_width_of_a_text_is_never_taken_for_less_than_it_is():
    samples = [LONG, LONG.upper(), "Санджи-Горяева К. Б.", "4 ч 30 мин", "2026/27 год", "Җангар, Һөвсгөл", "№ 41-од"]
    for text in samples:
        for bold in (False, True):
            assert measure(text, bold) <= words.width(text, SIZE) * 1.02 <= measure(text, bold) * 1.4, text


def test_a_long_label_is_broken_and_cut():
    lines = words.wrap(LONG, 200, SIZE, 2)
    assert len(lines) == 2 and lines[1].endswith("…") and lines[0] == LONG[: len(lines[0])]
    assert all(words.width(line, SIZE) <= 200 for line in lines)
    assert words.wrap("Коротко", 200, SIZE, 2) == ["Коротко"]
    endless = words.wrap("я" * 300, 200, SIZE, 2)
    assert len(endless) == 1 and words.width(endless[0], SIZE) <= 200


# --- drawings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda f: f.name)
@pytest.mark.parametrize("name", CHARTS)
def test_a_drawing_is_named_safe_and_readable(name, frame):
    """Title and words for a screen reader, nothing that the content policy refuses, letters of 11 px at least."""
    source, root = svg(CHARTS[name], frame, "one"), drawn(CHARTS[name], frame)
    title, desc = root[0], root[1]
    assert (title.text, desc.text) == (CHARTS[name].title, CHARTS[name].desc)
    assert root.get("role") == "img" and root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "style=" not in source and "<script" not in source and not re.search(r"\son\w+=", source)
    shown_at = 560 if frame is WIDE else 328  # px: the least room in which static/css/site.css shows it
    assert SIZE * shown_at / frame.width >= 11
    assert {e.get("font-size") for e in root.iter()} == {str(SIZE), None}


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda f: f.name)
@pytest.mark.parametrize("name", CHARTS)
def test_everything_lies_inside_the_picture(name, frame):
    root = drawn(CHARTS[name], frame)
    width, height = (float(n) for n in root.get("viewBox").split()[2:])
    for one in shapes(root, "text"):
        x, length = float(one.get("x")), measure(one.text, one.get("font-weight") == "bold")
        begins = x - {"end": length, "middle": length / 2}.get(one.get("text-anchor"), 0)
        assert begins >= -2 and begins + length <= width + 6, one.text
        assert 0 < float(one.get("y")) <= height, one.text
    for one in shapes(root, "rect"):
        if one.get("x"):
            assert float(one.get("x")) + float(one.get("width")) <= width + 0.6
            assert float(one.get("y")) + float(one.get("height")) <= height + 0.6


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=lambda f: f.name)
@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_chart_says_so(name, frame):
    assert texts(drawn(EMPTY[name], frame)) == [NOTHING]


def test_what_comes_in_is_escaped():
    chart = Bars(NASTY, NASTY, (Bar(NASTY, 1, NASTY),))
    source = svg(chart, WIDE, "one")
    assert "<b" not in source and drawn(chart)[0].text == NASTY


def test_bars_are_as_long_as_their_values():
    root = drawn(bars(Bar("а", 4, "4"), Bar("б", 2, "2"), Bar("в", 0, "0")))
    long, short = (float(e.get("width")) for e in shapes(root, "rect", "main"))
    assert long == pytest.approx(2 * short, rel=0.02)
    assert "0" in texts(root)


def test_more_than_the_limit_is_told_by_a_sign_too():
    root = drawn(bars(Bar("а", 4, "4 из 3", 3), Bar("б", 3, "3 из 3", 3)))
    assert "! 4 из 3" in texts(root) and "3 из 3" in texts(root)
    assert len(shapes(root, "rect", "late")) == len(shapes(root, "rect", "main")) == 1


def test_huge_numbers_fit():
    root = drawn(columns((10**12, 1) + (0,) * 8), NARROW)
    assert any("млрд" in text for text in texts(root))
    tall, low = (float(e.get("height")) for e in shapes(root, "rect", "main")[:2])
    assert tall > 100 and low == 1.5  # the smallest is still seen


def test_parts_of_a_column_stand_upon_each_other():
    root = drawn(columns((10,), (5,), labels=("сен",)))
    lower, upper = shapes(root, "rect", "main")[0], shapes(root, "rect", "ahead")[0]
    assert float(upper.get("y")) + float(upper.get("height")) == pytest.approx(float(lower.get("y")), abs=0.2)
    assert float(lower.get("height")) == pytest.approx(2 * float(upper.get("height")), abs=0.3)
    assert "15" in texts(root)
    apart = drawn(columns((10,), (5,), labels=("сен",), stacked=False))
    first, second = shapes(apart, "rect", "main")[0], shapes(apart, "rect", "ahead")[0]
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(float(second.get("x")), abs=0.2)


def test_a_line_of_one_point_is_a_point_and_a_gap_breaks_it():
    one = drawn(Lines("а", "б", ("сен",), (Series("этот", (3,)),)))
    assert len(shapes(one, "circle")) == 1 and not shapes(one, "polyline") and "3" in texts(one)
    broken = drawn(Lines("а", "б", MONTHS[:5], (Series("этот", (1, 2, None, 4, 5)),)))
    assert len(shapes(broken, "polyline")) == 2 and len(shapes(broken, "circle")) == 4


def test_two_lines_differ_without_colour():
    root = drawn(CHARTS["lines"])
    assert {line.get("stroke-dasharray") for line in shapes(root, "polyline")} == {None, "7 5"}


def test_every_tone_has_a_look_of_its_own_without_colour():
    """Filled (done, main, late), hatched, hollow, dashed: late adds a «!», done and main never stand in one chart."""
    looks = {
        name: (t.hatched, t.dashed, t.fill in ("#fffdf9", "none"), t.fill == "#e9e4da") for name, t in TONES.items()
    }
    filled = {name for name, look in looks.items() if look == (False, False, False, False)}
    assert filled == {"done", "main", "late"}
    others = [look for name, look in looks.items() if name not in filled]
    assert len(set(others)) == len(others)
    late = [
        drawn(timeline(Lane("а", spans, days)))
        for spans, days in (
            ((Span(date(2026, 10, 1), date(2026, 10, 9), "late"),), ()),
            ((), (one_day(date(2026, 10, 9), "late"),)),
        )
    ]
    assert all("!" in texts(root) for root in late)


def test_a_timeline_places_terms_days_and_today():
    root = drawn(
        timeline(
            Lane("Первая половина", (Span(date(2026, 9, 1), date(2027, 1, 29), "done"),)),
            Lane("Вторая половина", (Span(date(2027, 1, 30), date(2027, 6, 30), "ahead"),)),
            Lane("Один день", (one_day(date(2027, 1, 30)),)),
            Lane("До начала", (Span(date(2025, 1, 1), date(2025, 2, 1), "late"),)),
            today=date(2027, 1, 30),
        )
    )
    first = next(e for e in shapes(root, "rect", "done") if float(e.get("width")) > 50)
    second = next(e for e in shapes(root, "rect", "ahead") if float(e.get("width")) > 50)
    assert float(first.get("width")) == pytest.approx(float(second.get("width")), rel=0.02)
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(float(second.get("x")), abs=0.5)
    assert len(shapes(root, "polygon")) == 1
    assert len([e for e in shapes(root, "rect", "late") if float(e.get("width")) > 12.1]) == 0
    today = {e.get("x1") for e in shapes(root, "line", "today")}
    assert today == {second.get("x")} and "сегодня, 30 янв" in texts(root)
    later = drawn(timeline(Lane("а", (one_day(date(2026, 10, 1)),)), today=date(2030, 1, 1)))
    assert not shapes(later, "line", "today")


def test_a_funnel_grows_narrower_and_shows_nothing_too():
    root = drawn(CHARTS["funnel"])
    widths = [float(e.get("width")) for e in shapes(root, "rect", "main")]
    assert widths == sorted(widths, reverse=True) and widths[-1] > 0 and len(widths) == 3


# --- on a page and in a paper ----------------------------------------------------------------------------------------


def figure(name="columns"):
    rows = [[("сентябрь", "/hours/"), "10"], ["октябрь", "14,5"]]
    return Figure(name, CHARTS[name], **table("Месяц", "Часов", rows=rows, numbers=(1,)), note="Всего 24,5 ч")


def test_a_page_shows_both_drawings_and_the_table():
    html = render_to_string("components/chart.html", {"figure": figure()})
    assert html.count("<svg") == 2 and 'class="chart chart-wide"' in html and 'class="chart chart-narrow"' in html
    assert '<a href="/hours/">сентябрь</a>' in html and 'data-label="Часов" class="num">14,5' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_travels_through_the_facts_of_a_paper(name):
    facts = json.loads(json.dumps(figure(name).facts()))
    assert papers.drawn(facts) == figure(name).wide


def test_a_paper_draws_all_kinds_with_their_tables():
    facts = {
        "school": {"full_name": "Школа искусств", "short_name": "ШИ"},
        "title": "Обзор",
        "lead": "на 30 ноября",
        "figures": [figure(name).facts() for name in CHARTS],
    }
    data = render_pdf("documents/figures.html", facts)
    assert data == render_pdf("documents/figures.html", facts)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    for expected in ("Нагрузка", "подтверждено", "! 4 из 3", "сегодня, 30 ноя", "В банке", "октябрь", "Всего 24,5 ч"):
        assert expected in text, expected
    assert _alternatives(data) == [c.title for c in CHARTS.values()]


def _alternatives(data: bytes) -> list[str]:
    """Return what a screen reader says instead of the pictures of a paper."""
    reader = PdfReader(io.BytesIO(data))
    found = [reader.get_object(n + 1) for n in range(len(reader.xref_objStm) + len(reader.xref[0]))]
    return [str(o["/Alt"]) for o in found if isinstance(o, dict) and o.get("/S") == "/Figure"]
