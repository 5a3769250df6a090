"""Orders whose substance is typed with them: a curator, an incentive, an event, a release, a change of an order."""

from django.db import IntegrityError, transaction

from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.rights import Right
from reports.orders.drafting.acts import add_item, draft, hold_subjects, rewrite
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.typed import Particulars
from reports.orders.proposal_models import Proposal, ProposalPerson


def propose(kind: str, particulars: Particulars, *, by, request_key=None) -> Order:
    """Compose a draft of an order and the proposal that it is about.

    Returns the draft, or the one made by the same ``request_key``. Raises what ``draft`` raises.
    """
    try:
        with transaction.atomic():
            require(by, Right.ORDERS_DRAFT)
            if request_key and (made := Order.objects.filter(request_key=request_key).first()):
                return made
            proposal = Proposal.objects.create(kind=kind, created_by=by, **_columns(particulars))
            _name_people(proposal, particulars.people)
            return draft(kind, [proposal], by=by, request_key=request_key)
    except IntegrityError:  # the same form was sent twice at once
        if request_key and (made := Order.objects.filter(request_key=request_key).first()):
            return made
        raise


@transaction.atomic
def restate(order: Order, particulars: Particulars, *, by, version: int) -> Order:
    """Change what a draft is about and compose its text again; visas are asked again. Raises ``Refused``, ``Stale``."""
    require(by, Right.ORDERS_DRAFT)
    claim_version(order, version)
    proposal = Proposal.objects.get(order_items__order=order)
    claim_version(proposal, proposal.version)
    Proposal.objects.filter(pk=proposal.pk).update(**_columns(particulars))
    proposal.rows.all().delete()
    _name_people(proposal, particulars.people)
    order.items.filter(proposal__isnull=True).delete()
    for subject in KINDS[order.kind].extra_subjects([Proposal.objects.get(pk=proposal.pk)]):
        add_item(order, subject)
    hold_subjects(order)
    record(order, "restate", by=by, words="сведения проекта изменены")
    return rewrite(order, by=by)


def _columns(particulars: Particulars) -> dict:
    return {
        "facts": particulars.draft.dump(),
        "base": particulars.base,
        "minutes_number": particulars.minutes_number,
        "minutes_date": particulars.minutes_date,
    }


def _name_people(proposal, people) -> None:
    ProposalPerson.objects.bulk_create(
        ProposalPerson(proposal=proposal, person=person, part=part)
        for part, persons in people.items()
        for person in dict.fromkeys(persons)
    )
