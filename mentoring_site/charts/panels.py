"""Small fields of lines one beside the other: how two sides place the same thing on one scale, moment by moment."""

from dataclasses import dataclass

from mentoring_site.charts import words
from mentoring_site.charts.bars import Series
from mentoring_site.charts.chart import nothing
from mentoring_site.charts.drawing import LINE, SIZE, Drawing

HEIGHT = 76  # units of the field of one panel
GAP = 26  # units between panels
INSET = 16  # units at the left for the numbers of the scale


@dataclass(frozen=True)
class Panel:
    """One field: what it is about, and at most two series over the labels; ``None`` is not known."""

    title: str
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Panels:
    """Fields with one scale from 1 to ``top``, two beside each other where there is room.

    The first series is a full line with filled marks, the second a dashed one with hollow marks.
    """

    title: str
    desc: str
    labels: tuple[str, ...]
    panels: tuple[Panel, ...]
    top: int = 5

    def draw(self, on: Drawing) -> float:
        """Draw the fields and the legend once below them."""
        if not self.panels or not self.labels:
            return nothing(on)
        columns = 1 if on.frame.narrow or len(self.panels) == 1 else 2
        width = (on.width - GAP * (columns - 1)) / columns
        y = 0.0
        for n in range(0, len(self.panels), columns):
            row = self.panels[n : n + columns]
            titles = [words.wrap(panel.title, width, SIZE, 2) for panel in row]
            head = max(len(lines) for lines in titles) * LINE
            for column, (panel, lines) in enumerate(zip(row, titles, strict=True)):
                x = column * (width + GAP)
                for place, line in enumerate(lines):
                    on.text(x, y + 13 + place * LINE, line, bold=True)
                self._field(on, panel, x, y + head + 8, width)
            y += head + 8 + HEIGHT + LINE + GAP
        names = [one.name for one in self.panels[0].series]
        return on.legend(y - GAP + 10, [("ahead" if n else "main", name) for n, name in enumerate(names)])

    def _field(self, on: Drawing, panel: Panel, x: float, y: float, width: float) -> None:
        step = (width - INSET) / len(self.labels)

        def at(n: int, value: float) -> tuple[float, float]:
            share = (min(max(value, 1), self.top) - 1) / max(self.top - 1, 1)
            return x + INSET + (n + 0.5) * step, y + HEIGHT - 4 - share * (HEIGHT - 8)

        for mark in range(1, self.top + 1):
            _, level = at(0, mark)
            on.rule(x + INSET, level, x + width, level, "grid")
            if mark in (1, self.top):
                on.text(x + INSET - 6, level + 4, str(mark), anchor="end", quiet=True)
        for n, label in enumerate(self.labels):
            on.text(at(n, 1)[0], y + HEIGHT + 13, words.cut(label, step, SIZE), anchor="middle", quiet=True)
        for place, one in enumerate(panel.series):
            points = [at(n, value) for n, value in enumerate(one.values) if value is not None]
            if len(points) > 1:
                on.way(points, dashed=place > 0)
        for place, one in reversed(list(enumerate(panel.series))):
            for n, value in enumerate(one.values):
                if value is not None:
                    px, py = at(n, value)
                    on.dot(px, py, 4 if place == 0 else 6, "ahead" if place else "main")
