"""Who may sign on the day of an order: the director, or who acts for an absent director from when to when (п. 3.3)."""

from mentoring_site.russian import rudate
from people.roles.holders import signer
from reports.orders.models import Order


def wrong_signer(order: Order, date) -> str:
    """Return why the order cannot be of this date: somebody else headed the school on it; empty when all is right."""
    person, post = signer(on=date)
    if person is None or order.signer_id in (None, person.pk):
        return ""
    return (
        f"{rudate(date)} приказы подписывает {person.short_name} ({post[:1].lower()}{post[1:]}), а на бумаге —"
        f" {order.signer.short_name}: проверьте дату приказа, а если она верна, верните приказ в проекты и подпишите"
        " заново"
    )
