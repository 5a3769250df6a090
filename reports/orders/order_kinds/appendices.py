"""Appendices as facts of a paper: a title, columns with widths in per cent, rows of text (law-and-documents.md, 1.4–1.6)."""


def sheet(title: str, columns, rows, **more) -> dict:
    """Return one appendix. ``columns`` are pairs of label and width; ``more`` may set ``approved``, ``text``, ``note``, ``wide``."""
    return {
        "title": title,
        "note": "",
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": rows,
        "approved": None,
        "text": [],
        **more,
    }
