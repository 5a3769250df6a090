"""The rows that were not written, as a list to correct and to upload again."""

from people.staff_list.checking import DOUBTFUL, REFUSED, StaffList
from people.staff_list.plan import CORRECTION, SKIPPED, Plan
from people.staff_list.headings import FIELDS, match_columns

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
    width = max([len(staff_list.headings), *(len(row.original) for row in rows)])
    headings = list(staff_list.headings) + [""] * (width - len(staff_list.headings))
    if match_columns(headings) != mapping.columns:  # columns that somebody named by hand get names that are understood
        for name, at in mapping.columns.items():
            headings[at] = FIELDS[name]
    add_department = "department" not in mapping.columns
    lines = []
    for row in rows:
        cells = list(row.original) + [None] * (width - len(row.original))
        if add_department:
            cells.append(row.staff.department)
        lines.append([*cells, "; ".join(reasons[row.number])])
    title = f"{CORRECTION} (на {staff_list.as_of:%d.%m.%Y})"
    return title, [*headings, *([DEPARTMENT] if add_department else []), REASON], lines
