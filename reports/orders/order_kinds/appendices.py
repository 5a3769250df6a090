"""Appendices as facts of a paper: a title, columns with widths in per cent, rows of text (docs/law.md#orders-text)."""


def appendix(title: str, columns, rows, **more) -> dict:
    """Return one appendix.

    ``columns`` are pairs of label and width; ``more`` may set ``approved``, ``text``, ``note``, ``wide``, ``blocks``
    (``programs/program/sections.py``).
    """
    return {
        "title": title,
        "note": "",
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": rows,
        "approved": None,
        "text": [],
        **more,
    }
