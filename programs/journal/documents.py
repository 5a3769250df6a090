"""Facts of the memo on the hours of mentoring actually given in a month (ТК 351.8)."""

from django.utils import timezone

from mentoring_site.russian import joined, rushort
from people.language.declension import name_in, post_in, post_of
from people.roles.letterhead import director_facts, place, school_facts, signer_of
from programs.journal.hours import hours_words, in_hours, month_words


def facts(found: dict, author) -> dict:
    """Return what ``documents/hours_memo.html`` reads; ``found`` is a month of ``hours.of_month``,
    ``author`` who signs.
    """
    post = post_of(author)
    return {
        "school": school_facts(),
        "director": director_facts(),
        "author": {
            "genitive": name_in(author, "genitive", short=True),
            "post_genitive": post_in(author, post, "genitive") if post else "",
        },
        "signer": signer_of(author, post),
        "place": place(),
        "date": str(timezone.localdate()),
        "month": month_words(found["first"]),
        "mentors": [_mentor(m) for m in found["mentors"]],
        "total": {"hours": in_hours(found["minutes"]), "words": hours_words(found["minutes"])},
        "waiting": [row | {"on": rushort(row["on"])} for row in found["waiting"]],
    }


def _mentor(mentor) -> dict:
    orders = [f"от {rushort(day)} № {number}" for day, number in mentor["orders"]]
    word = "приказ о закреплении" if len(orders) == 1 else "приказы о закреплении"
    return {
        "name": mentor["person"].full_name,
        "post": "; ".join(mentor["posts"]),
        "orders": f"{word} {joined(orders)}" if orders else "",
        "rows": [row | {"on": rushort(row["on"])} for row in mentor["rows"]],
        "minutes": mentor["minutes"],
        "hours": in_hours(mentor["minutes"]),
        "words": hours_words(mentor["minutes"]),
    }
