"""What all charts have in common, and how a chart stands on a page and travels through the facts of a paper."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from mentoring_site.charts.drawing import NARROW, WIDE, Drawing, Frame

NOTHING = "Пока нечего показать"


class Chart(Protocol):
    """A chart: ``title`` names it, ``desc`` says in a sentence what it shows, ``draw`` returns the height."""

    @property
    def title(self) -> str: ...

    @property
    def desc(self) -> str: ...

    def draw(self, on: Drawing) -> float: ...


def svg(chart: Chart, frame: Frame, key: str) -> str:
    """Draw a chart; ``key`` is unlike those of other charts of the page."""
    on = Drawing(frame, key)
    height = chart.draw(on)
    return on.svg(chart.title, chart.desc, height)


def nothing(on: Drawing) -> float:
    """Draw the sentence of a chart without rows."""
    on.text(0, 18, NOTHING, quiet=True)
    return 28


@dataclass(frozen=True)
class Cell:
    """A cell of the table beside a chart; ``url`` leads to the list behind it."""

    text: str
    url: str = ""
    number: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the table; ``number`` sets its column to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart with the table of the same numbers: nothing is said by the picture alone (``components/chart.html``)."""

    key: str
    chart: Chart
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @cached_property
    def wide(self) -> str:
        """The drawing for a desk and for paper."""
        return svg(self.chart, WIDE, self.key)

    @cached_property
    def narrow(self) -> str:
        """The drawing for a phone."""
        return svg(self.chart, NARROW, self.key)

    def facts(self) -> dict[str, Any]:
        """Return the figure for the facts of a paper (``documents/parts/figure.html``)."""
        columns = [{"label": heading.text, "number": heading.number} for heading in self.headings]
        rows = [[cell.text for cell in row] for row in self.rows]
        return {
            "key": self.key,
            "title": self.chart.title,
            "chart": pack(self.chart),
            "note": self.note,
            "columns": columns,
            "rows": rows,
        }


def table(*headings: str, rows: list[list[Any]], numbers: tuple[int, ...] = ()) -> dict[str, Any]:
    """Return ``headings`` and ``rows`` of a figure from texts, ``(text, url)`` and cells; ``numbers`` are columns."""

    def cell(value: Any, column: int) -> Cell:
        text, url = value if isinstance(value, tuple) else (value, "")
        return Cell(str(text), url, number=column in numbers)

    return {
        "headings": tuple(Heading(text, n in numbers) for n, text in enumerate(headings)),
        "rows": tuple(tuple(cell(value, n) for n, value in enumerate(row)) for row in rows),
    }


def pack(value: Any) -> Any:
    """Return a chart as plain JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: pack(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, date):
        return {"is": "day", "on": value.isoformat()}
    return [pack(one) for one in value] if isinstance(value, tuple) else value


def unpack(value: Any, kinds: dict[str, type]) -> Any:
    """Return the chart that ``pack`` has packed; only the given kinds are made."""
    if isinstance(value, list):
        return tuple(unpack(one, kinds) for one in value)
    if not isinstance(value, dict):
        return value
    if value["is"] == "day":
        return date.fromisoformat(value["on"])
    fields = {name: unpack(one, kinds) for name, one in value.items() if name != "is"}
    return kinds[value["is"]](**fields)
