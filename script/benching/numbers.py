"""Figures: medians of rounds, percentiles, and the table of goals that is printed at the end."""

import statistics
import sys
import time


def say(text: str):
    """Print progress to stderr."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def median(values) -> float:
    """Return the median; an empty list is a mistake of the measurement."""
    return statistics.median(values)


def percentile(values, share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Table:
    """Rows «what, goal, figure»; a row over its goal is a miss."""

    def __init__(self):
        self.rows: list[tuple[str, str, str, bool | None]] = []

    def add(self, what: str, figure: float, goal: float | None, unit: str = "×", note: str = ""):
        """Add a figure that must not exceed its goal; without a goal it is only printed."""
        digits = 0 if unit.strip() in ("запр.", "ошибок") else 2
        met = None if goal is None else figure <= goal + 1e-9
        said = "" if goal is None else f"≤ {goal:g}{unit}"
        self.rows.append((what, said, f"{figure:.{digits}f}{unit}{f'  ({note})' if note else ''}", met))

    @property
    def missed(self) -> list[str]:
        """What missed its goal."""
        return [row[0] for row in self.rows if row[3] is False]

    def text(self) -> str:
        """Return the table as lines."""
        heads = ("Что измерено", "Цель", "Вышло")
        widths = [max([len(heads[i])] + [len(row[i]) for row in self.rows]) for i in range(3)]
        marks = {True: "да ", False: "НЕТ", None: "   "}
        lines = ["    " + "  ".join(heads[i].ljust(widths[i]) for i in range(3))]
        lines += [f"{marks[row[3]]} " + "  ".join(row[i].ljust(widths[i]) for i in range(3)) for row in self.rows]
        lines.append(f"Не достигнуто: {len(self.missed)}" if self.missed else "Все цели достигнуты")
        return "\n".join(lines)
