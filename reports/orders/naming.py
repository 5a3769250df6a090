"""Which declined forms of whose names an order uses: shown for checking before it is signed (point 15)."""

from django.db.models import Prefetch, prefetch_related_objects

from people.declined import name_in
from people.heads import holder
from people.models import Employment
from people.names import CASES
from reports.orders.appendices import concerned


def prepare(people) -> list:
    """Prefetch corrected forms and posts of persons, so that declining them asks the database twice in all."""
    people = list(people)
    posts = Prefetch("employments", Employment.objects.current(), to_attr="posts")
    prefetch_related_objects(people, "name_forms", posts)
    return people


def declined_in(order) -> list[dict]:
    """Return ``[{person, forms}]`` of those whose declined names stand in the text of the order."""
    text = _plain(" ".join([order.preamble, *[t for row in order.points for t in (row["text"], *row["subpoints"])]]))
    people = [*concerned(order), holder("curator"), holder("clerk")]
    found = []
    for person in prepare(dict.fromkeys(p for p in people if p)):
        forms = [name_in(person, case, short=short) for case in CASES[1:] for short in (False, True)]
        if used := [form for form in dict.fromkeys(forms) if _plain(form) in text]:
            found.append({"person": person, "forms": used})
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
