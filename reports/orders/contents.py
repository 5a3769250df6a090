"""What an order consists of, asked of its kind and of the types of its subjects."""

from people.language.declension import post_of
from people.register.models import Person
from reports.orders.order_kinds.base import Paper, Text
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, subject_of, subject_type_of


def compose(order, context: OrderContext | None = None) -> Text:
    """Return the heading, the stating part and the points of a draft from its items as they are now."""
    return KINDS[order.kind].compose(order, context or OrderContext.of(order))


def people_concerned(order) -> dict[Person, str]:
    """Return ``{person: post}`` of those whom the order concerns and who acknowledge it."""
    people: dict[Person, str] = {}
    for item in order.items.all():
        subject = subject_of(item)
        subject_type = subject_type_of(subject)
        found = subject_type.people_concerned(subject)
        people = found | people if subject_type.enact_first else people | found  # a pair's post goes before a bank's
    return people


def on_the_sheet(order) -> list[dict]:
    """Return the rows of the sheet of acquaintance: whom the order concerns, then whom its points charge.

    A row without a person is an office for which somebody signs by hand. Who signs the order is on no sheet.
    """
    posts = people_concerned(order)
    keys = [pk for point in order.points for pk in point.get("charged", ())]
    charged = Person.objects.with_posts().in_bulk(keys)
    posts |= {charged[pk]: post_of(charged[pk]) for pk in keys if pk in charged and charged[pk] not in posts}
    rows = [{"name": p.full_name, "post": post, "person": p.pk} for p, post in posts.items() if p.pk != order.signer_id]
    offices = dict.fromkeys(point["charged_office"] for point in order.points if point.get("charged_office"))
    return rows + [{"name": "", "post": office, "person": None} for office in offices]


def people_named(order) -> list[Person]:
    """Return the persons whom the text of an order may name, as often as the order holds them."""
    found: list[Person] = []
    for item in order.items.all():
        subject = subject_of(item)
        subject_type = subject_type_of(subject)
        found += (
            subject_type.people_named(subject)
            if subject_type.people_named
            else [*subject_type.people_concerned(subject)]
        )
    return found


def cited_papers(order) -> list[Paper]:
    """Return what each thing of the order rests on: dated papers that may not be later than the order."""
    return [
        paper
        for subject_type in SUBJECTS.values()
        if (found := subjects(order, subject_type.name))
        for paper in subject_type.cited_papers(found)
    ]
