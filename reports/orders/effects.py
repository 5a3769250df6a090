"""What an order does, in words: on its page, before its registration and after."""

from mentoring_site.russian import joined, plural
from people.register.models import Person
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, subject_of, subject_type_of


def summary(order, *, done: bool) -> list[str]:
    """Return «Будут закреплены 3 пары, 6 человек» or, when ``done`` and its day has come, «Закреплены 3
    пары, 6 человек».
    """
    sentences = []
    for subject_type in SUBJECTS.values():
        found = subjects(order, subject_type.name)
        if not found:
            continue
        counts = {
            variant: sum(subject_type.variant(s) == variant for s in found) for variant in subject_type.summary_forms
        }
        ended = done and not any(subject_type.is_pending(s) for s in found)
        sentence = _sentence(subject_type, {variant: n for variant, n in counts.items() if n}, ended)
        if subject_type.counts_people:
            people = {person for subject in found for person in subject_type.people_concerned(subject)}
            sentence += f", {plural(len(people), 'человек,человека,человек')}"
        sentences.append(sentence)
    return sentences


def apply_due_orders() -> int:
    """Apply what registered orders have put off to a day that has come, for the clock; returns how many."""
    return sum(kind.apply_due() for kind in KINDS.values() if kind.apply_due)


def _sentence(subject_type, counts, done):
    single = sum(counts.values()) == 1
    _, past, one, many = subject_type.summary_forms[next(iter(counts))]
    verb = past[not single] if done else (one if single else many)
    return f"{verb} {joined([plural(n, subject_type.summary_forms[variant][0]) for variant, n in counts.items()])}"


def item_name(item) -> str:
    """Return in a few words whom or what an item is about, for lists: «Мельник О. Л. — Ким Д. Э.»."""
    subject = subject_of(item)
    subject_type = subject_type_of(subject)
    return (subject_type.short_name or subject_type.phrase)(subject)


def unusual_of(order) -> list[str]:
    """Return what is not forbidden, but has to be said of an order before it is signed and registered.

    An order without an effect of its own refuses nothing: that somebody whom it names has left is a warning.
    """
    found: list[str] = []
    people: dict[int, Person] = {}
    for proposal in subjects(order, "proposal"):
        kind = proposal.order_kind
        found += kind.warnings(proposal)
        people |= {row.person_id: row.person for row in proposal.rows.all()} if kind.apply is None else {}
    present = set(Person.objects.at_work().filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    return found + [
        f"{person.full_name}: в школе больше не работает. Если нужен другой человек, верните приказ в проекты и"
        " измените сведения"
        for pk, person in people.items()
        if pk not in present
    ]


def item_line(item) -> dict:
    """Return what one item enacts: the words and the thing that has a page."""
    subject = subject_of(item)
    subject_type = subject_type_of(subject)
    text, note = subject_type.item_text(subject)
    return {"pk": item.pk, "text": text, "note": note, "page": subject_type.page(subject)}
