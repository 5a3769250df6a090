"""Who may open the whole paper of an order: its appendices speak of difficulties and verdicts (п. 1.3, подп. 4)."""

from people.rights import Right


def reads_paper(order, user) -> bool:
    """Whether the user may open the paper with its appendices.

    Those who keep orders and those who give visas read it whole; a participant only when every sheet is about oneself
    or about one's own mentees. Others acknowledge the order by its points.
    """
    if user.can(Right.ORDERS_SEE_ALL) or order.kind not in ("programs", "completion", "amendment"):
        return True
    if order.visas.filter(person=user.person_id).exists():
        return True
    items = order.items.select_related(
        "program__pairing", "completion__program__pairing", "completion__participation", "amendment__program__pairing"
    )
    return all(_about(item, user) for item in items)


def _about(item, user) -> bool:
    program = item.program or (item.completion or item.amendment).program
    mine = program.pairing.participations.filter(person=user.person_id).order_by("-since", "-pk").first()
    if mine is None or mine.part == "mentor":
        return mine is not None
    if item.completion_id:
        return item.completion.participation_id == mine.pk
    return program.pairing.kind == "pair"
