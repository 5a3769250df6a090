"""Which declined forms of whose names an order uses: shown for checking before it is signed (point 15)."""

from django.db.models import Prefetch, prefetch_related_objects

from people.declined import name_in
from people.models import Employment
from people.names import CASES
from reports.orders.texts import Setting, subjects


def prepare(order, people: list) -> None:
    """Prefetch corrected forms of names, and posts where the text asks for a person's own: two queries at most."""
    prefetch_related_objects(people, "name_forms")
    posts = Prefetch("employments", Employment.objects.current(), to_attr="posts")
    prefetch_related_objects(_posted(order), posts)


def _posted(order) -> list:
    """Return those whose post is not known by a participation: heads bring theirs along (people/heads.py)."""
    known = {p.candidate_id for pairing in subjects(order, "pairing") for p in pairing.people if p.employment}
    participations = [completion.participation for completion in subjects(order, "completion")]
    return [
        *[candidate.person for candidate in subjects(order, "candidate") if candidate.pk not in known],
        *[program.curator for program in subjects(order, "program")],
        *[p.person for p in participations if p.employment is None],
    ]


def declined_in(order, setting: Setting) -> list[dict]:
    """Return ``[{person, forms}]`` of those whose declined names stand in the text of the order."""
    text = _plain(" ".join([order.preamble, *[t for row in order.points for t in (row["text"], *row["subpoints"])]]))
    people = [p for p in (*_people(order), setting.curator, setting.clerk) if p]
    prepare(order, people)
    found = []
    for person in dict.fromkeys(people):
        forms = [name_in(person, case, short=short) for case in CASES[1:] for short in (False, True)]
        if used := [form for form in dict.fromkeys(forms) if _plain(form) in text]:
            found.append({"person": person, "forms": used})
    return found


def _people(order):
    """Yield those whom the text may name, each as often as the order holds the person; a roadmap's text names nobody."""
    yield from (candidate.person for candidate in subjects(order, "candidate"))
    yield from (completion.participation.person for completion in subjects(order, "completion"))
    programs = [*subjects(order, "program"), *[completion.program for completion in subjects(order, "completion")]]
    yield from (program.curator for program in subjects(order, "program"))
    for pairing in (*subjects(order, "pairing"), *[program.pairing for program in programs]):
        yield from (p.person for p in pairing.people)


def _plain(text: str) -> str:
    return " ".join(text.split())
