"""A person's page in parts, and what is written about a person: facts, places of work, forms of the name."""

from django.urls import reverse

from people.rights import Right


def crumbs(user, shown, last: str = "") -> list:
    """The way to a part of a person's page."""
    start = [("Люди", reverse("people:register"))] if user.can(Right.PEOPLE_SEE_ALL) else []
    return [*start, (shown.short_name, shown.get_absolute_url() if last else None), *([(last, None)] if last else [])]


def tabs(user, shown, current: str) -> list[dict]:
    """Parts of a person's page that the viewer may open."""
    own = user.person_id == shown.pk
    parts = [("about", "О человеке", "people:person", True)]
    parts += [("consents", "Согласия", "people:person_consents", own or user.can(Right.CONSENTS_SEE_ALL))]
    parts += [("agreements", "Соглашения", "programs:person_agreements", own or user.can(Right.AGREEMENTS_SEE_ALL))]
    parts += [("package", "Все документы", "reports:person_package", own or user.can(Right.PAPERS_SEE_ALL))]
    parts += [("names", "Имя в документах", "people:person_names", own or user.can(Right.PEOPLE_SEE_ALL))]
    parts += [("history", "История", "people:person_history", own or user.can(Right.PEOPLE_SEE_ALL))]
    return [
        {"label": label, "url": reverse(name, args=[shown.pk]), "current": code == current}
        for code, label, name, allowed in parts
        if allowed
    ]
