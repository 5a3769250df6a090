"""A report as DOCX, from the same facts as its PDF: to be quoted and worked with."""

from typing import Any

from mentoring_site.docx import Paper
from mentoring_site.pdf.render import too_long
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import rudate

INDENT = 12.5
NUMBERS = ("Показатель", "Значение", "Из чего", "Год назад", "План")


def draw(known: dict[str, Any]) -> bytes:
    """Draw the facts of a report (documented in ``documents/annual_report.html``).

    Raises ``PdfError`` when a text is too long.
    """
    if complaints := too_long(known):
        raise PdfError(" ".join(complaints))
    paper = Paper(known["title"], author=known["school"]["short_name"])
    _head(paper, known)
    for section in known["sections"]:
        if section["key"] == "conclusions":
            _middle(paper, known)
            _last(paper, known)
        _section(paper, section)
    paper.sheet(wide=True)
    paper.text("Приложение 1. Все числа отчёта", level=2, after=3)
    _table(
        paper,
        ("Показатель", "Значение", "Как посчитано", "Год назад"),
        [[one["label"], one["value"], one["formula"], one["before"]] for one in known["numbers"]],
    )
    if known["surveys"]:
        paper.text("Приложение 2. Опросы", level=2, before=6, after=3)
        columns = ("Опрос", "Когда", "Как", "Ответили", "Доля")
        _table(
            paper,
            columns,
            [[one[key] for key in ("title", "days", "how", "answered", "percent")] for one in known["surveys"]],
        )
    return paper.data()


def _head(paper: Paper, known: dict[str, Any]) -> None:
    paper.text(known["school"]["full_name"], align="center")
    signed = f"Подписан {rudate(known['date'])}, № {known['number']}" if known["number"] else "ПРОЕКТ"
    paper.text(signed, align="right", before=4)
    if known["number"]:
        paper.text(f"{known['director']['post']} {known['director']['name_before']}", align="right")
    paper.text(known["title"], level=1, align="center", before=6, after=2)
    paper.text(known["lead"], align="center", after=4)


def _section(paper: Paper, section: dict[str, Any]) -> None:
    paper.text(section["title"], level=2, before=5, after=2)
    _words(paper, section["text"])
    if section["numbers"]:
        keys = ("label", "value", "made_of", "before", "planned")
        _table(paper, NUMBERS, [[one[key] for key in keys] for one in section["numbers"]])
    for note in section["notes"]:
        paper.text(note, small=True)
    for figure in section["figures"]:
        if figure["rows"]:
            paper.text(figure["title"], bold=True, before=3, after=1, together=True)
            _table(paper, tuple(column["label"] for column in figure["columns"]), figure["rows"])


def _middle(paper: Paper, known: dict[str, Any]) -> None:
    """SWOT, what was expected, risks."""
    paper.text("Сильные и слабые стороны, возможности и угрозы", level=2, before=5, after=2)
    paper.pairs([[one["title"], one["text"] or "—"] for one in known["swot"]])
    if known["expected"]:
        paper.text("Ожидаемые результаты", level=2, before=5, after=2)
        keys = ("label", "planned", "value", "met")
        _table(paper, ("Показатель", "План", "Факт", "Итог"), [[one[key] for key in keys] for one in known["expected"]])
    paper.text("Риски", level=2, before=5, after=2)
    named = [[one[key] for key in ("risk", "sign", "action")] for one in known["risks"]]
    _table(paper, ("Риск", "Признак", "Что делать"), named)


def _last(paper: Paper, known: dict[str, Any]) -> None:
    if known["last"]:
        paper.text(f"Выводы за {known['last']['year']} учебный год", level=2, before=5, after=2)
        _words(paper, known["last"]["text"])


def _words(paper: Paper, text: str) -> None:
    for line in text.splitlines():
        if line.strip():
            paper.text(line.strip(), indent=INDENT)


def _table(paper: Paper, labels: tuple[str, ...], rows: list[list[str]]) -> None:
    paper.table([{"label": label} for label in labels], rows or [["—"] * len(labels)])
