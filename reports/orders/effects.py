"""What an order does, in words: on its page, before its registration and after."""

from mentoring_site.russian import joined, plural
from reports.orders.order_kinds.catalog import SUBJECTS, sort_of
from reports.orders.order_kinds.items import subject_of, subjects


def summary(order, *, done: bool) -> list[str]:
    """Return «Будут закреплены 3 пары, 6 человек» or, when ``done`` and its day has come, «Закреплены 3
    пары, 6 человек».
    """
    sentences = []
    for sort in SUBJECTS.values():
        found = subjects(order, sort.name)
        if not found:
            continue
        counts = {variant: sum(sort.variant(s) == variant for s in found) for variant in sort.told}
        ended = done and not any(sort.ahead(s) for s in found)
        sentence = _sentence(sort, {variant: n for variant, n in counts.items() if n}, ended)
        if sort.counts_people:
            people = {person for subject in found for person in sort.concerned(subject)}
            sentence += f", {plural(len(people), 'человек,человека,человек')}"
        sentences.append(sentence)
    return sentences


def _sentence(sort, counts, done):
    single = sum(counts.values()) == 1
    _, past, one, many = sort.told[next(iter(counts))]
    verb = past[not single] if done else (one if single else many)
    return f"{verb} {joined([plural(n, sort.told[variant][0]) for variant, n in counts.items()])}"


def item_name(item) -> str:
    """Return in a few words whom or what an item is about, for lists: «Мельник О. Л. — Ким Д. Э.»."""
    subject = subject_of(item)
    sort = sort_of(subject)
    return (sort.short or sort.words)(subject)


def item_line(item) -> dict:
    """Return what one item enacts: the words and the thing that has a page."""
    subject = subject_of(item)
    sort = sort_of(subject)
    text, note = sort.line(subject)
    return {"pk": item.pk, "text": text, "note": note, "page": sort.page(subject)}
