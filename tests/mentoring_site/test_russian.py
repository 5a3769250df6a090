"""The editor's Russian: plural forms, dates, terms, lists, quotes, no-break spaces; and their use in templates."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_site import russian
from mentoring_site.russian import NBSP

pytestmark = pytest.mark.point("15")

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # noon by the school's clock


@pytest.fixture
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def plain(text):
    """No-break spaces as «~», so that a test sees them."""
    return text.replace(NBSP, "~")


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0~пар"),
        (1, "1~пара"),
        (2, "2~пары"),
        (4, "4~пары"),
        (5, "5~пар"),
        (11, "11~пар"),
        (12, "12~пар"),
        (14, "14~пар"),
        (21, "21~пара"),
        (22, "22~пары"),
        (101, "101~пара"),
        (111, "111~пар"),
        (1200, "1200~пар"),
        (12500, "12~500~пар"),
        (-1, "−1~пара"),
        ("3", "3~пары"),
        (1.5, "1,5~пары"),
        ("2,5", "2,5~пары"),
        (None, "—"),
        ("", "—"),
        ("много", "—"),
        (float("nan"), "—"),
    ],
)
def test_plural(number, expected):
    assert plain(russian.plural(number, "пара,пары,пар")) == expected


def test_plural_word():
    assert [russian.plural_word(n, "пара, пары, пар") for n in (1, 3, 5, None)] == ["пара", "пары", "пар", "пар"]
    assert russian.plural_word(2, ("день", "дня", "дней")) == "дня"
    assert russian.plural_word(5, "") == ""


@pytest.mark.parametrize(
    ("value", "as_day", "full", "short"),
    [
        (date(2026, 9, 2), "2~сентября", "2~сентября~2026~г.", "02.09.2026"),
        (date(2025, 9, 2), "2~сентября~2025~г.", "2~сентября~2025~г.", "02.09.2025"),
        (date(2027, 5, 30), "30~мая~2027~г.", "30~мая~2027~г.", "30.05.2027"),
        ("2026-09-02", "2~сентября", "2~сентября~2026~г.", "02.09.2026"),
        # 22:30 in Greenwich is the next day by the school's clock
        (datetime(2026, 8, 31, 22, 30, tzinfo=UTC), "1~сентября", "1~сентября~2026~г.", "01.09.2026"),
        (None, "—", "—", "—"),
        ("", "—", "—", "—"),
        ("не назначено", "не назначено", "не назначено", "не назначено"),
    ],
)
def test_dates(today, value, as_day, full, short):
    assert plain(russian.ruday(value)) == as_day
    assert plain(russian.rudate(value)) == full
    assert russian.rushort(value) == short


def test_this_year_is_told_by_the_clock_of_the_school(time_machine):
    time_machine.move_to(datetime(2026, 12, 31, 22, 0, tzinfo=UTC), tick=False)
    assert plain(russian.ruday(date(2027, 1, 1))) == "1~января"
    assert plain(russian.ruday(date(2026, 12, 31))) == "31~декабря~2026~г."
    assert russian.near(date(2027, 1, 1)) == "сегодня"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (time(14, 5), "14:05"),
        (datetime(2026, 9, 2, 11, 5, tzinfo=UTC), "14:05"),
        (datetime(2026, 9, 2, 9, 0), "09:00"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_time(value, expected):
    assert russian.rutime(value) == expected


@pytest.mark.parametrize(
    ("value", "near", "ago"),
    [
        ("2026-11-22", "сегодня", "сегодня"),
        ("2026-11-23", "завтра", "завтра"),
        ("2026-11-24", "через~2~дня", "через~2~дня"),
        ("2026-11-25", "через~3~дня", "через~3~дня"),
        ("2026-11-27", "через~5~дней", "через~5~дней"),
        ("2026-12-06", "через~14~дней", "через~14~дней"),
        ("2026-12-07", "", ""),
        ("2026-11-21", "просрочено на~день", "вчера"),
        ("2026-11-20", "просрочено на~2~дня", "2~дня~назад"),
        ("2026-11-19", "просрочено на~3~дня", "3~дня~назад"),
        ("2026-11-01", "просрочено на~21~день", "21~день~назад"),
        ("2026-09-23", "просрочено на~60~дней", "60~дней~назад"),
        ("2026-09-22", "просрочено на~61~день", "2~месяца~назад"),
        ("2025-11-23", "просрочено на~364~дня", "11~месяцев~назад"),
        ("2025-11-22", "просрочено на~365~дней", "1~год~назад"),
        ("2021-11-22", "просрочено на~1826~дней", "5~лет~назад"),
        (None, "", ""),
        ("скоро", "", ""),
    ],
)
def test_near_and_ago(today, value, near, ago):
    assert plain(russian.near(value)) == near
    assert plain(russian.ago(value)) == ago


@pytest.mark.parametrize(
    ("start", "end", "period", "term", "months"),
    [
        ("2026-12-01", "2027-05-30", "1~декабря~2026~г.~– 30~мая~2027~г.", "5~месяцев 29~дней", 5),
        ("2026-12-01", "2027-05-31", "1~декабря~2026~г.~– 31~мая~2027~г.", "6~месяцев", 5),
        ("2026-12-01", "2027-06-01", "1~декабря~2026~г.~– 1~июня~2027~г.", "6~месяцев", 6),
        ("2026-09-01", "2026-11-30", "1~сентября~– 30~ноября~2026~г.", "3~месяца", 2),
        ("2026-03-05", "2026-05-15", "5~марта~– 15~мая~2026~г.", "2~месяца 10~дней", 2),
        ("2026-05-01", "2026-05-15", "1–15~мая~2026~г.", "14~дней", 0),
        ("2026-05-01", "2026-05-02", "1–2~мая~2026~г.", "1~день", 0),
        ("2026-05-01", "2026-05-01", "1~мая~2026~г.", "1~день", 0),
        ("2026-09-01", "2027-08-31", "1~сентября~2026~г.~– 31~августа~2027~г.", "1~год", 11),
        ("2026-09-01", "2028-11-06", "1~сентября~2026~г.~– 6~ноября~2028~г.", "2~года 2~месяца 5~дней", 26),
        ("2026-01-31", "2026-02-28", "31~января~– 28~февраля~2026~г.", "1~месяц", 1),
        ("2024-02-29", "2025-02-28", "29~февраля~2024~г.~– 28~февраля~2025~г.", "1~год", 12),
        ("2026-05-02", "2026-05-01", "2–1~мая~2026~г.", "", 0),
        ("2026-09-01", None, "с~1~сентября~2026~г.", "—", 0),
        (None, "2026-09-01", "по~1~сентября~2026~г.", "—", 0),
        (None, None, "—", "—", 0),
    ],
)
def test_periods(start, end, period, term, months):
    assert plain(russian.period(day(start), day(end))) == period
    assert plain(russian.term(day(start), day(end))) == term
    assert russian.months_between(day(start), day(end)) == months


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-09-01", 3, "2026-12-01"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("9999-10-31", 2, "9999-12-31"),
    ],
)
def test_add_months(start, months, expected):
    assert russian.add_months(day(start), months) == day(expected)


days = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@settings(max_examples=200, deadline=None)
@given(days, days)
def test_months_between_is_the_reverse_of_add_months(first, last):
    months = russian.months_between(first, last)
    assert months == -russian.months_between(last, first)
    if first <= last:
        assert russian.add_months(first, months) <= last < russian.add_months(first, months + 1)


def test_school_year():
    assert [russian.school_year(year) for year in (2026, "2026", 2099, None, "")] == [
        *("2026/27", "2026/27", "2099/00", "—", "—")
    ]
    assert russian.school_year(2026, full=True) == "2026/2027"


def test_joined():
    assert russian.joined(["а", "б", "в"]) == "а, б и в"
    assert russian.joined(["а", "б"], "или") == "а или б"
    assert russian.joined(["тот, кто составил", "куратор"], "или") == "тот, кто составил, или куратор"
    assert russian.joined(["а", None, ""]) == "а"
    assert russian.joined([]) == russian.joined(None) == ""
    assert russian.joined(number for number in (1, 2)) == "1 и 2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Импровизация", "«Импровизация»"),
        ("«Импровизация»", "«Импровизация»"),
        ("Урок «Игра» в классе", "«Урок „Игра“ в классе»"),
        ('Урок "Игра"', "«Урок „Игра“»"),
        ("«А» и «Б»", "«„А“ и „Б“»"),
        (" ", ""),
        (None, ""),
    ],
)
def test_quoted(text, expected):
    assert russian.quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("приказ от 30.08.2026 № 38-од", "приказ от~30.08.2026~№~38-од"),
        ("№5 и п.6.2, ст. 351.8", "№~5 и~п.~6.2, ст.~351.8"),
        ("В школе, и в классе, а не у нас", "В~школе, и~в~классе, а~не~у~нас"),
        ("2 сентября 2026 г. в г. Элиста", "2~сентября~2026~г. в~г.~Элиста"),
        ("Очировой С. Д. и С.Д. Очировой", "Очировой~С.~Д. и~С.~Д.~Очировой"),
        ("Директор В. И. Настаев", "Директор~В.~И.~Настаев"),
        ("12 лет, 5 %, 3 часа", "12~лет, 5~%, 3~часа"),
        ("если бы он — и т. д.", "если~бы он~— и~т.~д."),
        ("2026–2027 годы", "2026–2027 годы"),
        ("Слово. Дело.", "Слово. Дело."),
        ("Москва", "Москва"),
        ("", ""),
        (None, ""),
    ],
)
def test_nbsp(text, expected):
    assert plain(russian.nbsp(text)) == expected


@settings(max_examples=200, deadline=None)
@given(st.text("ва№п.сАБ 12гт–—~(«", max_size=40))
def test_nbsp_changes_spaces_only_and_once(text):
    once = russian.nbsp(text)
    assert "".join(once.split()) == "".join(text.split())
    assert type(once) is str


def render(source, **context):
    return plain(Template("{% load ru %}" + source).render(Context(context)))


def test_filters(today):
    start, end = date(2026, 9, 2), date(2027, 5, 30)
    assert render('{{ n|plural:"пара,пары,пар" }}', n=3) == "3~пары"
    assert render('{{ n|plural_word:"пара,пары,пар" }}', n=3) == "пары"
    assert render("{{ d|ruday }}, {{ d|rudate }}, {{ d|rushort }}", d=start) == (
        "2~сентября, 2~сентября~2026~г., 02.09.2026"
    )
    assert render("{{ d|rutime }}", d=NOW) == "12:00"
    assert render("{{ d|near }}/{{ d|ago }}", d=date(2026, 11, 20)) == "просрочено на~2~дня/2~дня~назад"
    assert render("{{ a|period:b }}", a=start, b=end) == "2~сентября~2026~г.~– 30~мая~2027~г."
    assert render("{{ a|term:b }}, {{ a|months_between:b }}", a=start, b=end) == "8~месяцев 28~дней, 8"
    assert render('{{ y|school_year }} {{ y|school_year:"full" }}', y=2026) == "2026/27 2026/2027"
    assert render('{{ w|joined }}; {{ w|joined:"или" }}', w=["а", "б"]) == "а и б; а или б"
    assert render("{{ t|quoted }}", t="Игра") == "«Игра»"
    assert render("{{ x|ruday }}{{ x|near }}{{ x|plural:'а,б,в' }}{{ x|nbsp }}", x=None) == "——"


def test_text_is_escaped_even_when_it_was_safe():
    safe = mark_safe("<b>в школе</b>")
    assert not isinstance(russian.nbsp(safe), SafeString)
    assert render("{{ t|nbsp }}", t=safe) == "&lt;b&gt;в~школе&lt;/b&gt;"
    assert render("{{ t|quoted }}", t=safe) == "«&lt;b&gt;в школе&lt;/b&gt;»"
    assert render("{{ t|joined }}", t=[safe, "<i>"]) == "&lt;b&gt;в школе&lt;/b&gt; и &lt;i&gt;"
    assert render("{{ t|rudate }}", t=mark_safe("<i>скоро</i>")) == "&lt;i&gt;скоро&lt;/i&gt;"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Элиста", "г.~Элиста"),
        ("г. Элиста", "г.~Элиста"),
        ("г.Элиста", "г.~Элиста"),
        ("город Элиста", "г.~Элиста"),
        ("с. Троицкое", "с. Троицкое"),
        ("пгт Яшкуль", "пгт Яшкуль"),
        ("посёлок Цаган Аман", "посёлок Цаган Аман"),
        ("Саратов", "г.~Саратов"),  # begins with the letter of a village
        ("", ""),
    ],
)
def test_a_city_has_its_word_once_and_a_village_its_own(name, expected):
    assert plain(russian.settlement(name)).replace("с.~", "с. ") == expected


def test_the_time_of_a_machine_has_no_microseconds(today):
    assert render("{{ d|isotime }}", d=NOW.replace(microsecond=123456)) == f"{NOW:%Y-%m-%dT}12:00+03:00"
