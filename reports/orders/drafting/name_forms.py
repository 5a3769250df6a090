"""Declined forms of names and posts that stand in the text of an order, shown for checking before it is signed
(docs/law.md#names-and-posts).
"""

from django.db.models import Prefetch, prefetch_related_objects

from people.language.declension import department_in, name_in, post_in, post_of
from people.language.names import CASES
from people.register.models import Employment
from reports.orders.contents import people_named
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.registry import subject_of, subject_type_of


def prefetch_name_forms(order, people: list) -> None:
    """Prefetch corrected forms of names, and posts where no participation or role brings one: two queries at most."""
    known = {p.person_id: p.employment for pairing in _pairings(order) for p in pairing.people if p.employment}
    for subject in map(subject_of, order.items.all()):
        known |= subject_type_of(subject).employments(subject)
    for person in people:
        if person.pk in known:
            person.posts = [known[person.pk]]
    unknown = [p for p in people if not hasattr(p, "posts") and not getattr(p, "main_post", "")]
    posts = Prefetch("employments", Employment.objects.current().select_related("department"), to_attr="posts")
    prefetch_related_objects(people, "name_forms")
    prefetch_related_objects(unknown, posts)


def _pairings(order) -> list:
    """Pairs and groups of what the order is about, or of its programs, each with its ``people``."""
    found = [subject_of(item) for item in order.items.all()]
    found += [x.program for x in found if getattr(x, "program", None)]
    found += [x.pairing for x in found if getattr(x, "pairing", None)]
    return [x for x in found if hasattr(x, "people")]


def prefetched_people(order, context: OrderContext) -> list:
    """Return the persons whom the text may name, with all that composing it reads of them."""
    people = [p for p in (*people_named(order), context.curator, context.clerk) if p]
    prefetch_name_forms(order, people)
    return people


def name_forms_in_text(order, context: OrderContext) -> list[dict]:
    """Return ``[{person, forms, posts, departments}]`` of those whose declined names or posts stand in the text.

    ``forms`` are those of the name, ``posts`` those of the post, ``departments`` are ``(department, forms)``.
    """
    text = _plain(" ".join([order.preamble, *[t for row in order.points for t in (row["text"], *row["subpoints"])]]))
    people = prefetched_people(order, context)
    found = []
    for person in dict.fromkeys(people):
        post = post_of(person)
        names = [name_in(person, case, short=short) for case in CASES[1:] for short in (False, True)]
        used = [form for form in dict.fromkeys(names) if _plain(form) in text]
        row = {"person": person, "forms": used, "posts": [], "departments": []}
        if row["forms"]:
            row["posts"] = _used([post_in(person, post, case) for case in CASES[1:]], text) if post else []
            row["departments"] = _departments(person, text)
            found.append(row)
    return found


def _used(forms, text) -> list[str]:
    """Return the forms that stand in the text; a post that begins a sentence begins with a capital."""
    low = text.lower()
    return [form for form in dict.fromkeys(forms) if _plain(form).lower() in low]


def _departments(person, text) -> list[tuple]:
    known = dict.fromkeys(e.department for e in getattr(person, "posts", []) if e.department)
    rows = [(d, _used([department_in(d, case) for case in CASES[1:]], text)) for d in known]
    return [(department, forms) for department, forms in rows if forms]


def _plain(text: str) -> str:
    return " ".join(text.split())
