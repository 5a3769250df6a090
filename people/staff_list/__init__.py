"""The staff list: from somebody's untidy workbook to clean rows, findings and, at the end, the register.

``read_staff_list`` opens, recognizes and cleans; ``plan`` compares with the register; ``commit`` writes.
"""

from people.staff_list.checking import CheckedRow, StaffList, check, read_staff_list
from people.staff_list.cleaning import Finding, StaffRow
from people.staff_list.headings import FIELDS
from people.staff_list.recognition import Mapping, recognize

__all__ = [
    "FIELDS",
    "CheckedRow",
    "Finding",
    "Mapping",
    "StaffList",
    "StaffRow",
    "check",
    "read_staff_list",
    "recognize",
]
