"""Appendices as facts of a paper: a title, columns with widths in per cent, rows of text (docs/law.md#orders-text)."""

from mentoring_site.russian import filled_columns


def appendix(title: str, columns, rows, **more) -> dict:
    """Return one appendix; a column that holds nothing in any row is left out.

    ``columns`` are pairs of label and width; ``more`` may set ``approved``, ``text``, ``note``, ``wide``, ``blocks``
    (``programs/program/sections.py``).
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
