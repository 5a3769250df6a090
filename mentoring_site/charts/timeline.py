"""A line of days with what lasts on it: the plan of a year (Gantt), the way of a program."""

from dataclasses import dataclass
from datetime import date

from mentoring_site.charts import words
from mentoring_site.charts.chart import nothing
from mentoring_site.charts.drawing import LINE, SIZE, Drawing
from mentoring_site.charts.scales import Days

LABEL = 240  # units for labels beside the line
SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
ROW = 22
MARK = 6
NAME = 27  # units of the name of a month


@dataclass(frozen=True)
class Span:
    """What lasts from the first day to the last one, both counted; on one day alone it is a diamond."""

    first: date
    last: date
    tone: str


@dataclass(frozen=True)
class Lane:
    """A row: its label, what lasts on it, single ``days``; ``heading`` is the name of the rows below."""

    label: str
    spans: tuple[Span, ...] = ()
    days: tuple[Span, ...] = ()
    heading: bool = False


@dataclass(frozen=True)
class Timeline:
    """Rows over a line of days; ``legend`` says ``(tone, words)``, ``today`` is marked where it is on the line."""

    title: str
    desc: str
    first: date
    last: date
    lanes: tuple[Lane, ...]
    legend: tuple[tuple[str, str], ...] = ()
    today: date | None = None

    def draw(self, on: Drawing) -> float:
        """Draw the months, the rows, today, the legend; on a phone a label stands above its row."""
        if not self.lanes:
            return nothing(on)
        days = Days(self.first, self.last)
        left = 1 if on.frame.narrow else LABEL
        sheet = _Sheet(on, days, left)
        top = LINE + 20
        heights = self._heights(on)
        sheet.months(top)
        sheet.today(self.today, top)
        y = float(top)
        for lane, height in zip(self.lanes, heights, strict=True):
            self._lane(sheet, lane, y)
            y += height
        return on.legend(y + 8, self.legend) if self.legend else y + 4

    def _heights(self, on: Drawing) -> list[float]:
        return [_height(lane, on) for lane in self.lanes]

    def _lane(self, sheet: "_Sheet", lane: Lane, y: float) -> None:
        on = sheet.on
        lines = _lines(lane, on)
        for n, line in enumerate(lines):
            on.text(0, y + 15 + n * LINE, line, bold=lane.heading)
        if lane.heading:
            return
        bottom = y + _height(lane, on)
        if on.frame.narrow:
            y += len(lines) * LINE + 2
            bottom = y + ROW - 1
        sheet.rules(y, bottom)
        sheet.today_rule(self.today, y, bottom)
        if not on.frame.narrow:
            y += (len(lines) - 1) * LINE / 2
        for span in lane.spans:
            sheet.span(span, y)
        for span in lane.days:
            sheet.day(span, y)


def _lines(lane: Lane, on: Drawing) -> list[str]:
    size = SIZE * (1.07 if lane.heading else 1)
    if lane.heading:
        return words.wrap(lane.label, on.width, size, 2)
    return words.wrap(lane.label, on.width if on.frame.narrow else LABEL - 12, size, 2)


def _height(lane: Lane, on: Drawing) -> float:
    lines = len(_lines(lane, on))
    if lane.heading:
        return lines * LINE + 9
    return lines * LINE + ROW + 4 if on.frame.narrow else max(ROW, lines * LINE + 5)


class _Sheet:
    """The field of days right of the labels."""

    def __init__(self, on: Drawing, days: Days, left: float):
        self.on, self.days, self.left = on, days, left
        self.room = on.width - left - 2

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return self.left + self.days.share(day) * self.room

    def months(self, top: float) -> None:
        """Draw a line at the beginning of each month and its name where there is room for it.

        Where labels stand in the way no line is drawn: each row draws its own piece of the lines.
        """
        months = self.days.months()
        step = self.room / len(months)
        every = max(1, -(-34 // max(int(step), 1)))
        for n, month in enumerate(months):
            x = self.x(month)
            ends = self.x(months[n + 1]) if n + 1 < len(months) else self.on.width
            if n % every == 0 and ends - x >= NAME:  # the first and the last month may be a few days
                self.on.text(x + 2, top - 8, SHORT[month.month - 1], quiet=True)
        self.rules(top - 4, top)

    def rules(self, top: float, bottom: float) -> None:
        """Draw a piece of the lines of the months."""
        for month in self.days.months():
            x = self.x(month)
            self.on.rule(x, top, x, bottom)

    def span(self, span: Span, y: float) -> None:
        """Draw what lasts; what lies outside the line is not drawn, what is longer is cut at its ends."""
        if span.last < self.days.first or span.first > self.days.last:
            return
        if span.first == span.last:
            self.day(span, y)
            return
        x = self.x(span.first)
        end = self.left + self.days.end_share(span.last) * self.room
        self.on.bar(x, y + 4, max(end - x, 3), 13, span.tone)
        if span.tone == "late":
            self.on.text(min(end + 4, self.on.width - 5), y + 15, "!", bold=True)

    def day(self, span: Span, y: float) -> None:
        """Draw one day."""
        if self.days.holds(span.first):
            x = (self.x(span.first) + self.left + self.days.end_share(span.first) * self.room) / 2
            self.on.diamond(min(max(x, self.left + MARK), self.on.width - MARK), y + 10.5, MARK, span.tone)
            if span.tone == "late":
                self.on.text(min(x + MARK + 3, self.on.width - 5), y + 15, "!", bold=True)

    def today(self, day: date | None, top: float) -> None:
        """Draw the line of today and its word above the months."""
        if day is None or not self.days.holds(day):
            return
        self.today_rule(day, top - 22, top)
        x, word = self.x(day), f"сегодня, {day.day} {SHORT[day.month - 1]}"
        at_right = x + words.width(word, SIZE) + 6 <= self.on.width
        self.on.text(x + 5 if at_right else x - 5, 13, word, anchor="start" if at_right else "end", bold=True)

    def today_rule(self, day: date | None, top: float, bottom: float) -> None:
        """Draw a piece of the line of today."""
        if day and self.days.holds(day):
            self.on.rule(self.x(day), top, self.x(day), bottom, "today")
