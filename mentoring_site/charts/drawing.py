"""One SVG being drawn: shapes in named tones, texts, a legend; everything that comes in is escaped.

No inline style, no script: presentation attributes carry what a paper and a browser without the stylesheet show, and
classes (``c-main``…) let the stylesheet redefine them for contrast, for the colours of the reader's system, for print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join

from mentoring_site.charts import words

SIZE = 13  # units: 11 px and more wherever the drawing is shown
LINE = 17
SWATCH = 12


@dataclass(frozen=True)
class Frame:
    """The room of a drawing: how many units it is wide, and whether labels stand above what they name."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < 500


WIDE, NARROW = Frame("wide", 640), Frame("narrow", 340)


@dataclass(frozen=True)
class Tone:
    """How a shape looks without the stylesheet: filled, hollow, hatched or dashed, for colour never says it alone."""

    fill: str
    stroke: str
    hatched: bool = False
    dashed: bool = False


TONES = {
    "main": Tone("#7a1f2b", "#7a1f2b"),
    "done": Tone("#1d5737", "#1d5737"),
    "going": Tone("#e6eef4", "#2a4a68", hatched=True),
    "ahead": Tone("#fffdf9", "#2a4a68"),
    "late": Tone("#9a1f17", "#9a1f17"),
    "stopped": Tone("#e9e4da", "#453f38", dashed=True),
    "room": Tone("none", "#8b8271", dashed=True),
}
INK, QUIET, LINES = "#211d1a", "#5a544b", "#c9bfad"


def number(value: float) -> str:
    """«12.5», «7»: a coordinate."""
    return f"{value:.1f}".removesuffix(".0")


class Drawing:
    """Collects the shapes of a picture; ``key`` makes its ids unlike those of other pictures of the page."""

    def __init__(self, frame: Frame, key: str):
        self.frame = frame
        self.key = f"{key}-{frame.name}"
        self.width = frame.width
        self._parts: list[str] = []
        self._hatched: set[str] = set()

    def _add(self, tag: str, *, said: str | None = None, **attributes: object) -> None:
        pairs = ((name.strip("_").replace("_", "-"), value) for name, value in attributes.items())
        written = format_html_join("", ' {}="{}"', pairs)
        if said is None:
            self._parts.append(format_html("<{}{}/>", tag, written))
        else:
            self._parts.append(format_html("<{}{}>{}</{}>", tag, written, said, tag))

    def _look(self, tone: str) -> dict[str, Any]:
        look = TONES[tone]
        if look.hatched:
            self._hatched.add(tone)
        found: dict[str, Any] = {
            "class_": f"c-{tone}",
            "fill": f"url(#{self.key}-{tone})" if look.hatched else look.fill,
            "stroke": look.stroke,
        }
        return found | ({"stroke_dasharray": "4 3"} if look.dashed else {})

    def bar(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """Draw a rectangle; one that has next to no width is still seen."""
        size: dict[str, Any] = {"width": number(max(width, 1.5)), "height": number(max(height, 1.5))}
        self._add("rect", x=number(x), y=number(y), **size, **self._look(tone))

    def diamond(self, x: float, y: float, half: float, tone: str) -> None:
        """Draw a mark of one day."""
        points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        self.shape(points, tone)

    def dot(self, x: float, y: float, radius: float, tone: str) -> None:
        """Draw a round mark."""
        self._add("circle", cx=number(x), cy=number(y), r=number(radius), **self._look(tone))

    def shape(self, points: Iterable[tuple[float, float]], tone: str) -> None:
        """Draw a closed shape."""
        self._add("polygon", points=_points(points), **self._look(tone))

    def way(self, points: Iterable[tuple[float, float]], *, dashed: bool = False) -> None:
        """Draw a broken line through the points."""
        dashes: dict[str, Any] = {"stroke_dasharray": "7 5"} if dashed else {}
        self._add(
            "polyline",
            points=_points(points),
            class_="c-way",
            fill="none",
            stroke=TONES["main"].stroke,
            stroke_width=2,
            **dashes,
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> None:
        """Draw a straight line: ``grid``, ``axis``, or ``today``, which is thicker and dashed."""
        ends: dict[str, Any] = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
        stroke, width = {"grid": (LINES, 1), "axis": (INK, 1), "today": (TONES["main"].stroke, 2)}[kind]
        dashes: dict[str, Any] = {"stroke_dasharray": "6 3"} if kind == "today" else {}
        self._add("line", **ends, class_=f"c-{kind}", stroke=stroke, stroke_width=width, **dashes)

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False, quiet: bool = False
    ) -> None:
        """Write one line; ``y`` is its base line."""
        look: dict[str, Any] = {"class_": "c-quiet" if quiet else "c-ink", "fill": QUIET if quiet else INK}
        if anchor != "start":
            look["text_anchor"] = anchor
        if bold:
            look["font_weight"] = "bold"
        self._add("text", said=text, x=number(x), y=number(y), **look)

    def legend(self, y: float, items: Iterable[tuple[str, str]]) -> float:
        """Write what the tones mean, ``(tone, words)``; return where it ends."""
        x = 0.0
        for tone, label in items:
            label = words.cut(label, self.width - SWATCH - 6, SIZE)
            room = SWATCH + 6 + words.width(label, SIZE)
            if x and x + room > self.width:
                x, y = 0.0, y + LINE + 3
            self.bar(x + 1, y + 2, SWATCH, SWATCH, tone)
            self.text(x + SWATCH + 7, y + SWATCH, label, quiet=True)
            x += room + 18
        return y + LINE + 3

    def svg(self, title: str, desc: str, height: float) -> str:
        """Return the finished picture with its name and its words, safe to stand in a page."""
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{frame}" viewBox="0 0 {width} {height}"'
            ' width="{width}" height="{height}" role="img" aria-labelledby="{key}-t {key}-d"'
            ' font-family="PT Sans, Paper Sans, sans-serif" font-size="{size}">'
            '<title id="{key}-t">{title}</title><desc id="{key}-d">{desc}</desc>{patterns}{parts}</svg>',
            frame=self.frame.name,
            width=self.width,
            height=number(height),
            key=self.key,
            size=SIZE,
            title=title,
            desc=desc,
            patterns=_all(self._patterns()),
            parts=_all(self._parts),
        )

    def _patterns(self) -> Iterable[str]:
        for tone in sorted(self._hatched):
            look = TONES[tone]
            yield format_html(
                '<defs><pattern id="{}-{}" width="6" height="6" patternUnits="userSpaceOnUse">'
                '<rect width="6" height="6" class="c-hatch-ground" fill="{}"/>'
                '<path d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" class="c-hatch" fill="none" stroke="{}"'
                ' stroke-width="1.3"/></pattern></defs>',
                self.key,
                tone,
                look.fill,
                look.stroke,
            )


def _all(pieces: Iterable[str]) -> str:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
