"""Orders in force that name somebody by a former name wait for whoever drafts orders."""

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural
from people.language.declension import name_in
from people.rights import Right
from reports.documents.touched.papers import Touched, touched, waiting_orders

ORDERS = "приказ,приказа,приказов"


def items(user) -> list[InboxItem]:
    """Return one line for each person whose new name touches orders."""
    if not (user.can(Right.ORDERS_DRAFT) and user.can(Right.PEOPLE_EDIT)):
        return []
    people: dict[int, list[Touched]] = {}
    for one in waiting_orders():
        if one.person:
            people.setdefault(one.person.pk, []).append(one)
    return [_item(found) for found in people.values()]


def _item(found: list[Touched]) -> InboxItem:
    person = found[0].person
    assert person is not None
    return InboxItem(
        f"Новое имя {name_in(person, 'genitive')}: {plural(len(found), ORDERS)} называют прежнее",
        "Решите о каждом: приказ об изменениях или оставить как есть",
        reverse("reports:touched_of", args=[person.pk]),
        "Посмотреть",
        group=Group.ORDERS,
        key=f"touched:{person.pk}:{max(one.former.pk for one in found if one.former)}",
    )


def consequence(person) -> tuple[str, str] | None:
    """Say after a change how many signed papers it touches (people/register/aftermath.py)."""
    found = touched(person)
    if not found:
        return None
    waiting = sum(one.waits for one in found)
    papers = plural(len(found), "подписанную бумагу,подписанные бумаги,подписанных бумаг")
    need = f", из них {waiting} надо изменить" if waiting else ", менять ни одну не нужно"
    return f"Это касается {papers}{need}.".replace("касается", "затрагивает"), reverse(
        "reports:touched_of", args=[person.pk]
    )
