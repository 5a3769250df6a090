"""The package: every paper that a pair, a group or one person needs, what is there, what is missing, whose move it is.

Signed in one visit, built by one button into a ZIP with a list of contents.
"""

from reports.packages.building import AT_MOST, archive, build_late, build_package, forget_old, order_package
from reports.packages.papers import Paper, of_pairing, of_person

__all__ = [
    "AT_MOST",
    "Paper",
    "archive",
    "build_late",
    "build_package",
    "forget_old",
    "of_pairing",
    "of_person",
    "order_package",
]
