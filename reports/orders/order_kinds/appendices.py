"""Appendices as facts of a paper: a title, columns with widths in per cent, rows of text (docs/law.md#orders-text)."""

from mentoring_site.russian import filled_columns


def appendix(title: str, columns, rows, **more) -> dict:
    """Return one appendix; a column that holds nothing in any row is left out.

    ``columns`` are pairs of label and width; ``more`` may set ``approved``, ``text``, ``note``, ``wide``,
    ``sections`` (``programs/program/sections.py``), ``grifs`` (the marks of ``roadmap.regulation.approvals``), and
    ``label`` with ``to`` for an appendix of the document above it, which is none of the order itself.
    """
    columns, rows = filled_columns(columns, rows)
    return {
        "title": title,
        "note": "",
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": rows,
        "approved": None,
        "text": [],
        **more,
    }


def labelled(appendices: list[dict]) -> list[dict]:
    """Return the appendices with the words of their heads: «Приложение № 2», «Приложение» when it is the only one."""
    own = [sheet for sheet in appendices if "to" not in sheet]
    found, number = [], 0
    for sheet in appendices:
        if "to" not in sheet:
            number += 1
            sheet = {**sheet, "label": f"Приложение № {number}" if len(own) > 1 else "Приложение"}
        found.append(sheet)
    return found
