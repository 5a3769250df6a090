"""The rows that were not written, as a list to correct and to upload again."""
from people.staff_list.checking import StaffList
from people.staff_list.plan import CORRECTION, Plan, PlannedRow
from people.staff_list.recognition import FIELDS, match_columns

REASON, DEPARTMENT = "Причина", "Отделение"


def correction(staff_list: StaffList, rows: list[PlannedRow]) -> tuple[str, list[str], list[list]]:
    """The sheet of rows to correct: title, headings and rows.

    The columns are those of the list itself, with the department (when it came from a section row) and the reason
    added; the title carries the date of the list. ``recognise`` understands what comes out.
    """
    mapping = staff_list.mapping
    width = max([len(staff_list.headings), *(len(row.checked.original) for row in rows)])
    headings = list(staff_list.headings) + [""] * (width - len(staff_list.headings))
    if match_columns(headings) != mapping.columns:  # columns that somebody named by hand get names that are understood
        for name, at in mapping.columns.items():
            headings[at] = FIELDS[name]
    add_department = "department" not in mapping.columns
    lines = []
    for row in rows:
        cells = list(row.checked.original) + [None] * (width - len(row.checked.original))
        if add_department:
            cells.append(row.checked.staff.department)
        lines.append([*cells, "; ".join(finding.sentence for finding in row.reasons)])
    title = f"{CORRECTION} (на {staff_list.as_of:%d.%m.%Y})"
    return title, [*headings, *([DEPARTMENT] if add_department else []), REASON], lines


def left_out(plan: Plan, numbers=None) -> list[PlannedRow]:
    """Rows of a plan that are not written; with ``numbers`` those of these rows of the sheet."""
    if numbers is None:
        return plan.outcome("refused", "doubtful", "skipped")
    return [row for row in plan.rows if row.number in numbers]
