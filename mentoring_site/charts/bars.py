"""Horizontal bars, bars by month, lines by month, a funnel."""

from dataclasses import dataclass

from mentoring_site.charts import words
from mentoring_site.charts.chart import nothing
from mentoring_site.charts.drawing import LINE, SIZE, Drawing
from mentoring_site.charts.scales import Scale, scale, sound

LABEL = 215  # units for labels beside bars
HEIGHT = 168  # units of the field of columns and lines
GAP = 9


@dataclass(frozen=True)
class Bar:
    """A row: how much, out of how much (a dashed frame, None without a limit), and both in words."""

    label: str
    value: float
    words: str
    limit: float | None = None

    @property
    def over(self) -> bool:
        """Whether it is more than its limit."""
        return self.limit is not None and self.value > self.limit


@dataclass(frozen=True)
class Bars:
    """Horizontal bars one below the other; one over its limit is marked with «!» too."""

    title: str
    desc: str
    rows: tuple[Bar, ...]

    def draw(self, on: Drawing) -> float:
        """Draw the rows; labels stand before their bars, on a phone above them."""
        if not self.rows:
            return nothing(on)
        reach = scale([v for row in self.rows for v in (row.value, row.limit or 0)], whole=True)
        y = 0.0
        for row in self.rows:
            y = _bar_beside(on, row, reach, y) if not on.frame.narrow else _bar_below(on, row, reach, y)
        return y


def _bar_beside(on: Drawing, row: Bar, reach: Scale, y: float) -> float:
    lines = words.wrap(row.label, LABEL - 14, SIZE, 2)
    for n, line in enumerate(lines):
        on.text(0, y + 14 + n * LINE, line)
    _bar(on, row, reach, LABEL, y + 3, room=on.width - LABEL)
    return y + len(lines) * LINE + GAP


def _bar_below(on: Drawing, row: Bar, reach: Scale, y: float) -> float:
    lines = words.wrap(row.label, on.width, SIZE, 2)
    for n, line in enumerate(lines):
        on.text(0, y + 14 + n * LINE, line)
    y += len(lines) * LINE
    _bar(on, row, reach, 1, y + 3, room=on.width - 1)
    return y + 3 + 15 + GAP + 3


def _bar(on: Drawing, row: Bar, reach: Scale, x: float, y: float, *, room: float) -> None:
    said = words.cut(f"! {row.words}" if row.over else row.words, room * 0.6, SIZE)
    length = room - words.width(said, SIZE) - 12
    if row.limit:
        on.bar(x, y, length * reach.share(row.limit), 14, "room")
    if sound(row.value):
        on.bar(x, y, length * reach.share(row.value), 14, "late" if row.over else "main")
    end = max(reach.share(row.value), reach.share(row.limit or 0)) * length
    on.text(x + end + 8, y + 12, said, bold=row.over)


@dataclass(frozen=True)
class Series:
    """Values by label under one name; ``None`` is not known. ``tone`` is one of ``drawing.TONES``."""

    name: str
    values: tuple[float | None, ...]
    tone: str = "main"


@dataclass(frozen=True)
class Columns:
    """Bars by month: parts of a whole one upon the other (``stacked``), or side by side."""

    title: str
    desc: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = True

    def draw(self, on: Drawing) -> float:
        """Draw the field, the columns with their sums, the legend."""
        if not self.labels:
            return nothing(on)
        sums = [sum(sound(s.values[n] or 0) for s in self.series) for n in range(len(self.labels))]
        singles = [sound(v or 0) for s in self.series for v in s.values]
        field = _Field(on, scale(sums if self.stacked else singles), self.labels)
        for n, total in enumerate(sums):
            if self.stacked:
                self._pile(field, n, total)
            else:
                self._row(field, n)
        return on.legend(field.bottom + 2 * LINE, [(s.tone, s.name) for s in self.series])

    def _pile(self, field: "_Field", n: int, total: float) -> None:
        base, width = 0.0, field.step * 0.6
        for one in self.series:
            value = sound(one.values[n] or 0)
            if value:
                high, low = field.y(base + value), field.y(base)
                field.on.bar(field.middle(n) - width / 2, high, width, low - high, one.tone)
            base += value
        if total and words.width(words.short_number(total), SIZE) < field.step + 2:
            field.on.text(field.middle(n), field.y(total) - 4, words.short_number(total), anchor="middle")

    def _row(self, field: "_Field", n: int) -> None:
        width = field.step * 0.8 / max(len(self.series), 1)
        x = field.middle(n) - field.step * 0.4
        for one in self.series:
            if value := sound(one.values[n] or 0):
                field.on.bar(x, field.y(value), width, field.bottom - field.y(value), one.tone)
            x += width


class _Field:
    """The field of columns and lines: the axis of values at the left, labels below it."""

    def __init__(self, on: Drawing, reach: Scale, labels: tuple[str, ...]):
        self.on, self.reach = on, reach
        ticks = [words.short_number(tick) for tick in reach.ticks]
        self.left = max(words.width(tick, SIZE) for tick in ticks) + 6
        self.top, self.bottom = 20.0, 20.0 + HEIGHT
        self.step = (on.width - self.left) / len(labels)
        for tick, text in zip(reach.ticks, ticks, strict=True):
            y = self.y(tick)
            on.rule(self.left, y, on.width, y, "grid" if tick else "axis")
            on.text(self.left - 6, y + 4, text, anchor="end", quiet=True)
        widest = max(words.width(label, SIZE) for label in labels)
        every = max(1, -(-int(widest + 6) // max(int(self.step), 1)))
        for n, label in enumerate(labels):
            if n % every == 0:
                text = words.cut(label, self.step * every + 4, SIZE)
                on.text(self.middle(n), self.bottom + LINE, text, anchor="middle", quiet=True)

    def y(self, value: float) -> float:
        """Return the height at which a value lies."""
        return self.bottom - self.reach.share(value) * (self.bottom - self.top)

    def middle(self, n: int) -> float:
        """Return where the middle of a label lies."""
        return self.left + (n + 0.5) * self.step


@dataclass(frozen=True)
class Lines:
    """One or two lines through the months; the second one is dashed with hollow marks."""

    title: str
    desc: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def draw(self, on: Drawing) -> float:
        """Draw the lines with their last values; a value that is not known breaks its line."""
        if not self.labels:
            return nothing(on)
        field = _Field(on, scale([v or 0 for s in self.series for v in s.values], whole=True), self.labels)
        for place, one in enumerate(self.series):
            for part in _parts(one.values):
                points = [(field.middle(n), field.y(value)) for n, value in part]
                if len(points) > 1:
                    on.way(points, dashed=place > 0)
                for x, y in points:
                    on.dot(x, y, 4, "ahead" if place else "main")
                if not place and part:
                    x, y = points[-1]
                    on.text(x, y - 8, words.short_number(part[-1][1]), anchor="middle", bold=True)
        return on.legend(
            field.bottom + 2 * LINE, [("ahead" if n else "main", one.name) for n, one in enumerate(self.series)]
        )


def _parts(values: tuple[float | None, ...]) -> list[list[tuple[int, float]]]:
    """Return the unbroken parts of a line as ``(number of the label, value)``."""
    found: list[list[tuple[int, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((n, sound(value)))
    return [part for part in found if part]


@dataclass(frozen=True)
class Step:
    """A step of a funnel: how many have come to it, and its words («3 пары, 43 %»)."""

    label: str
    value: float
    words: str


@dataclass(frozen=True)
class Funnel:
    """Steps that grow narrower downwards: what passes from each to the next is seen between them."""

    title: str
    desc: str
    steps: tuple[Step, ...]

    def draw(self, on: Drawing) -> float:
        """Draw the steps around the middle of the picture; on a phone their words stand above them."""
        if not self.steps:
            return nothing(on)
        narrow = on.frame.narrow
        left, right = (0, on.width) if narrow else (LABEL, on.width - 150)
        middle, half = (left + right) / 2, (right - left) / 2
        most = max(max(sound(step.value) for step in self.steps), 1.0)
        y, before = 0.0, None
        for step in self.steps:
            if narrow:
                on.text(0, y + 14, words.cut(f"{step.label}: {step.words}", on.width, SIZE))
                y += LINE + 3
            reach = max(half * sound(step.value) / most, 1.0)
            if before and not narrow:
                on.shape(
                    [(middle - before, y - 12), (middle + before, y - 12), (middle + reach, y), (middle - reach, y)],
                    "stopped",
                )
            on.bar(middle - reach, y, 2 * reach, 24, "main")
            if not narrow:
                lines = words.wrap(step.label, LABEL - 10, SIZE, 2)
                for n, line in enumerate(lines):
                    on.text(0, y + 17 + (n - (len(lines) - 1) / 2) * LINE, line)
                on.text(right + 14, y + 17, words.cut(step.words, 136, SIZE), bold=True)
            y, before = y + (24 + 10 if narrow else 36), reach
        return y - (10 if narrow else 12) + 2
