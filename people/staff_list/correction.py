"""The rows that were not written, as a list to correct and to upload again."""

from people.staff_list.checking import DOUBTFUL, REFUSED, StaffList
from people.staff_list.headings import FIELDS, match_columns
from people.staff_list.plan import CORRECTION, SKIPPED, Plan

REASON, DEPARTMENT = "Причина", "Отделение"


def left_out(plan: Plan) -> dict[int, list[str]]:
    """Row of the sheet -> sentences, for the rows of a plan that are not written."""
    rows = plan.outcome(REFUSED, DOUBTFUL, SKIPPED)
    return {row.number: [finding.sentence for finding in row.reasons] for row in rows}


def correction(staff_list: StaffList, reasons: dict[int, list[str]]) -> tuple[str, list[str], list[list]]:
    """The sheet of rows to correct: title, headings and rows.

    The columns are those of the list itself, with the department (when it came from a section row) and the reason
    added; the title carries the date of the list. ``recognize`` understands what comes out.
    """
    mapping = staff_list.mapping
    rows = [row for row in staff_list.rows if row.number in reasons]
    if mapping.others:
        columns, headings = _columns_of_all(staff_list)
        originals: list[tuple] = [() for _ in rows]
    else:
        columns, headings = mapping.columns, list(staff_list.headings)
        originals = [row.original for row in rows]
    width = max([len(headings), *(len(original) for original in originals), *(at + 1 for at in columns.values())])
    headings += [""] * (width - len(headings))
    if match_columns(headings) != columns:  # columns that somebody named by hand get names that are understood
        for name, at in columns.items():
            headings[at] = FIELDS[name]
    add_department = "department" not in columns
    lines = []
    for row, original in zip(rows, originals, strict=True):
        cells = list(original) + [None] * (width - len(original))
        for name, at in columns.items():  # a merged cell, or one of several posts in a cell, is told for its row alone
            cells[at] = row.cells.get(name, cells[at])
        if add_department:
            cells.append(row.staff.department)
        lines.append([*cells, "; ".join(reasons[row.number])])
    title = f"{CORRECTION} (на {staff_list.as_of:%d.%m.%Y})"
    return title, [*headings, *([DEPARTMENT] if add_department else []), REASON], lines


def _columns_of_all(staff_list: StaffList) -> tuple[dict[str, int], list[str]]:
    """Columns and headings for rows of several sheets, which may differ in both."""
    mappings = [staff_list.mapping, *staff_list.mapping.others]
    names = [name for name in FIELDS if any(name in mapping.columns for mapping in mappings)]
    return {name: at for at, name in enumerate(names)}, [FIELDS[name] for name in names]
