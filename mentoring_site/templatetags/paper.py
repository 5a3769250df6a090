"""Filters of printed papers: what must stay on one line, dates, blank lines for a pen, QR codes."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join

from mentoring_site.agreement import agreed
from mentoring_site.pdf import render, tables, typography

register = template.Library()

# hyphens and dashes inside numbers («41-од», «2026–2027») are places where a line would break; what is bound before the
# number goes into the same box: where only the box is unbreakable the line breaks at the first space before it
_NUMBER = re.compile(r"\d[\w./]{0,30}[-–][\w./–-]{0,30}\w")
_DOUBLE_NAME = re.compile(rf"{_NUMBER.pattern}|[А-ЯЁ][а-яё]{{1,40}}-[А-ЯЁ][а-яё]{{1,40}}(?:\xa0[А-ЯЁ]\.){{0,2}}")
"""Numbers, and «Санджи-Горяева К. Б.»: a hyphen at which no line of a text ends; the sign stays a hyphen for a search.
The initials go into the same box: after a box WeasyPrint ends a line between them."""
_BOUND = 7  # words before a number, at most: «от 2 сентября 2026 г. № 41-од»


@register.filter(is_safe=False)
def keep(text):
    """Text with no-break spaces in the right places and unbreakable numbers; a blank for `None`."""
    return _solid(typography.keep_together("" if text is None else text), _DOUBLE_NAME)


@register.filter(is_safe=False)
def exact(text: object) -> str:
    """Text sign by sign, as somebody has confirmed it: not even its dashes become those of papers."""
    pieces = str(text).split("—")
    return format_html("&#8212;".join(["{}"] * len(pieces)), *pieces)


@register.filter(is_safe=False)
def headline(text):
    """Text of a heading: besides what `keep` binds, no preposition ends a line and a short name in
    quotes stays whole.
    """
    return _solid(typography.bind_heading("" if text is None else text), _DOUBLE_NAME)


def _solid(text, hyphenated=_NUMBER):
    """The text with its hyphenated numbers (and double names) wrapped, escaped by whoever prints it."""
    pieces, end = [], 0
    for found in hyphenated.finditer(text):
        start = found.start()
        for _ in range(_BOUND):
            if start <= end or text[start - 1] != typography.NBSP:
                break
            low = max(end, start - 60)
            blank = max(text.rfind(sign, low, start - 1) for sign in (" ", "\n", typography.NBSP))
            if blank < 0 < low:  # a word that long is no word
                break
            start = max(low, blank + 1)
        pieces += [
            (conditional_escape(text[end:start]),),
            (format_html('<span class="solid">{}</span>', text[start : found.end()]),),
        ]
        end = found.end()
    return format_html_join("", "{}", [*pieces, (conditional_escape(text[end:]),)]) if pieces else text


@register.filter(is_safe=False)
def cell(text):
    """Text of a table cell: a date or a name stays whole, but breaks between its words in a very narrow column.

    A short word is not bound to a long one here: together they may be wider than the column.
    """
    if isinstance(text, BoundText):
        return _solid(text)
    text = tables.bind_text(text)
    pieces = re.split(r"([ \n]+)", text)
    if typography.NBSP not in text and not _NUMBER.search(text):
        return text
    return format_html_join("", "{}", ((_unit(piece),) for piece in pieces))


class BoundText(str):
    """Text of a cell that is already bound for the width of its column."""


@register.filter
def bound_cells(appendix):
    """Rows of an appendix as cells for `cell`: a date or a name stays whole wherever its column is as wide as it.

    The same as `cell` does with boxes, several times quicker for long tables, because the widths of columns are known.
    """
    return [[BoundText(text) for text in row] for row in tables.bind_cells(appendix)]


@register.filter
def fitted_columns(appendix):
    """Columns of an appendix, wide enough for their longest words."""
    return tables.fit_columns(appendix)


def _unit(piece):
    if typography.NBSP in piece:
        return format_html('<span class="unit">{}</span>', _solid(tables.allow_break(piece)))
    return _solid(piece)


@register.filter
def inwords(value):
    """«2 сентября 2026 г.» from an ISO date; other text stays."""
    return typography.in_words(value)


@register.filter
def indigits(value):
    """«02.09.2026» from an ISO date; other text stays."""
    return typography.in_digits(value)


@register.filter
def share(column, columns):
    """The width of a column as per cent of the table: columns carry relative numbers in `width`."""
    return f"{render.shares_of(columns)[columns.index(column)]:.2f}%"


@register.filter
def qr(url):
    """The QR code of an address as a `data:` address for `<img src>`."""
    return render.qr(str(url))


@register.filter
def agree(gender, forms):
    """«ознакомлен» or «ознакомлена» by the gender `m` or `f`: one word, or two when a rule cannot make the second.

    A blank form for nobody in particular has the masculine of the law.
    """
    man, _, woman = forms.partition(",")
    return (woman or agreed(man, "f")) if gender == "f" else man


@register.simple_tag
def pen(value=None, size="medium"):
    """A known value, or a line to be filled in by a pen (`short`, `medium`, `long`, `full`)."""
    return keep(value) if value else format_html('<span class="pen {}"></span>', size)


@register.simple_tag
def pendate(value=None):
    """A known date in words, or «___» ____________ 20__ г. to be filled in by a pen."""
    if value:
        return typography.in_words(value)
    return format_html(
        '<span class="solid">«<span class="pen day"></span>» <span class="pen month"></span> 20<span class="pen day">'
        "</span>{}г.</span>",
        typography.NBSP,
    )
