"""Who may open the whole paper of an order: its appendices mention difficulties and verdicts (п. 1.3, подп. 4)."""

from people.rights import Right
from reports.orders.order_kinds.registry import subject_of, subject_type_of


def reads_paper(order, user) -> bool:
    """Whether the user may open the paper with its appendices.

    Those who keep orders and those who give visas read it whole; a participant only when every sheet is about oneself
    or about one's own mentees. Others acknowledge the order by its points.
    """
    if user.can(Right.ORDERS_SEE_ALL) or not order.order_kind.confidential_appendices:
        return True
    if order.visas.filter(person=user.person_id).exists():
        return True
    subjects = [subject_of(item) for item in order.items.all()]
    return all(subject_type_of(subject).reads_appendices(subject, user) for subject in subjects)
