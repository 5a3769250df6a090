"""What an order does, in words: on its page, before its registration and after."""

from mentoring_site.russian import joined, period, plural
from reports.orders.texts import subjects
from reports.workflows import in_words, kind_of

FORMS = {
    "candidate": ("наставник,наставника,наставников", ("Назначен", "Назначены"), "Будет назначен", "Будут назначены"),
    "pair": ("пара,пары,пар", ("Закреплена", "Закреплены"), "Будет закреплена", "Будут закреплены"),
    "group": ("группа,группы,групп", ("Закреплена", "Закреплены"), "Будет закреплена", "Будут закреплены"),
    "program": ("программа,программы,программ", ("Утверждена", "Утверждены"), "Будет утверждена", "Будут утверждены"),
    "completion": (
        "завершение программы,завершения программ,завершений программ",
        ("Утверждено", "Утверждены"),
        "Будет утверждено",
        "Будут утверждены",
    ),
    "roadmap": ("дорожная карта,дорожные карты,дорожных карт", ("Утверждена", "Утверждены"), "Будет утверждена", "Будут утверждены"),
}


def summary(order, *, done: bool) -> list[str]:
    """Return «Будут закреплены 3 пары, 6 человек» or, when ``done``, «Закреплены 3 пары, 6 человек»."""
    pairings = subjects(order, "pairing")
    sentences = []
    if mentors := subjects(order, "candidate"):
        sentences.append(_sentence({"candidate": len(mentors)}, done))
    if pairings:
        counts = {kind: sum(p.kind == kind for p in pairings) for kind in ("pair", "group")}
        people = {p.person_id for pairing in pairings for p in pairing.people}
        sentences.append(f"{_sentence(counts, done)}, {plural(len(people), 'человек,человека,человек')}")
    for kind in ("program", "completion", "roadmap"):
        if found := subjects(order, kind):
            sentences.append(_sentence({kind: len(found)}, done))
    return sentences


def _sentence(counts, done):
    counts = {kind: n for kind, n in counts.items() if n}
    single = sum(counts.values()) == 1
    _, past, one, many = FORMS[next(iter(counts))]
    verb = past[not single] if done else (one if single else many)
    return f"{verb} {joined([plural(n, FORMS[kind][0]) for kind, n in counts.items()])}"


def item_name(item) -> str:
    """Return in a few words whom or what an item is about, for lists: «Мельник О. Л. — Ким Д. Э.»."""
    kind = kind_of(item)
    if kind == "completion":
        return item.completion.participation.person.short_name
    return f"«{item.program.title}»" if kind == "program" else in_words(getattr(item, kind))


def item_line(item) -> dict:
    """Return what one item enacts: the words and the page of the thing."""
    kind = kind_of(item)
    subject = getattr(item, kind)
    text, note = LINES[kind](subject)
    owner = subject.program if kind == "completion" else subject
    return {"pk": item.pk, "text": text, "note": note, "url": owner.get_absolute_url()}


def _candidate(c):
    return f"{c.person.full_name} — назначается наставником", ""


def _pairing(p):
    mentor = next((x.person.short_name for x in p.people if x.part == "mentor"), "без наставника")
    mentees = joined([x.person.short_name for x in p.people if x.part == "mentee"])
    return f"{mentor} — {mentees}: закрепляется {p.get_kind_display()}", period(p.planned_from, p.planned_to)


def _program(p):
    return f"«{p.title}» — утверждается программа", period(p.starts_on, p.ends_on)


def _completion(c):
    return f"{c.participation.person.full_name} — завершается программа «{c.program.title}»", c.get_reason_display()


def _roadmap(r):
    return f"{r} — утверждается", ""


LINES = {"candidate": _candidate, "pairing": _pairing, "program": _program, "completion": _completion, "roadmap": _roadmap}
