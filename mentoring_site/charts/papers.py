"""Charts in papers: the facts carry the values, the template draws them with the same code as a page."""

from typing import Any

from mentoring_site.charts.bars import Bar, Bars, Columns, Funnel, Lines, Series, Step
from mentoring_site.charts.chart import svg, unpack
from mentoring_site.charts.drawing import WIDE
from mentoring_site.charts.panels import Panel, Panels
from mentoring_site.charts.timeline import Lane, Span, Timeline

KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (Bar, Bars, Series, Columns, Lines, Step, Funnel, Span, Lane, Timeline, Panel, Panels)
}


def drawn(figure: dict[str, Any]) -> str:
    """Return the drawing of a figure from the facts of a paper (``Figure.facts``)."""
    return svg(unpack(figure["chart"], KINDS), WIDE, figure["key"])
