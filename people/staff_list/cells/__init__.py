"""Reading single cells of a staff list: dates, telephones, addresses, education, category, service, posts.

Every reader takes a cell as openpyxl gave it and returns :class:`Read`: the value, and what is to be said about it.
"""

from people.staff_list.cells.contacts import read_email, read_phone
from people.staff_list.cells.dates import read_date
from people.staff_list.cells.length import Service, read_service
from people.staff_list.cells.texts import DOUBT, LATIN_LETTER, NOTHING, REFUSAL, REPAIR, Read, mend, plain, simple
from people.staff_list.cells.work import (
    TWO_POSTS,
    Category,
    Post,
    has_expired,
    is_not_held,
    is_teaching_post,
    only_remarks,
    read_category,
    read_education,
    read_gender,
    read_kind,
    read_order,
    read_post,
    says_no_kind,
)

__all__ = [
    "DOUBT",
    "LATIN_LETTER",
    "NOTHING",
    "REFUSAL",
    "REPAIR",
    "TWO_POSTS",
    "Category",
    "Post",
    "Read",
    "Service",
    "has_expired",
    "is_not_held",
    "is_teaching_post",
    "mend",
    "only_remarks",
    "plain",
    "read_category",
    "read_date",
    "read_education",
    "read_email",
    "read_gender",
    "read_kind",
    "read_order",
    "read_phone",
    "read_post",
    "read_service",
    "says_no_kind",
    "simple",
]
