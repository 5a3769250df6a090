"""Which declined forms of whose names an order uses: shown for checking before it is signed (point 15)."""

from django.db.models import Prefetch, prefetch_related_objects

from people.declined import name_in
from people.models import Employment
from people.names import CASES
from reports.kinds import Setting, concerned, subjects


def prepare(people: list) -> None:
    """Prefetch corrected forms and posts of persons, so that declining them asks the database twice in all."""
    posts = Prefetch("employments", Employment.objects.current(), to_attr="posts")
    prefetch_related_objects(people, "name_forms", posts)


def declined_in(order, setting: Setting) -> list[dict]:
    """Return ``[{person, forms}]`` of those whose declined names stand in the text of the order."""
    text = _plain(" ".join([order.preamble, *[t for row in order.points for t in (row["text"], *row["subpoints"])]]))
    named = [p.person for pairing in subjects(order, "pairing") for p in pairing.people]
    named += [p.person for program in subjects(order, "program") for p in program.pairing.people]
    prepare([p for p in (*named, *[c.person for c in subjects(order, "candidate")], setting.curator, setting.clerk) if p])
    found = []
    for person in dict.fromkeys(p for p in (*concerned(order), setting.curator, setting.clerk) if p):
        forms = [name_in(person, case, short=short) for case in CASES[1:] for short in (False, True)]
        if used := [form for form in dict.fromkeys(forms) if _plain(form) in text]:
            found.append({"person": person, "forms": used})
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
