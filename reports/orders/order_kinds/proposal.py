"""The item of orders that are typed as such: everything about it is asked of its kind."""

from mentoring_site.workflow import perform
from people.language.declension import post_of
from reports.orders.order_kinds.base import Subject


def kind_of_proposal(proposal):
    """Return the kind of order that the proposal belongs to."""
    from reports.orders.order_kinds.catalog import KINDS

    return KINDS[proposal.kind]


def proposal_of(order):
    """Return the proposal that an order is about."""
    return next(item.proposal for item in order.items.all() if item.proposal_id)


def _enact(proposal, *, by, order):
    perform(proposal, "enact", by=by, order=order.pk)
    if effect := kind_of_proposal(proposal).effect:
        effect(proposal, by=by, order=order)


def _short(proposal) -> str:
    kind = kind_of_proposal(proposal)
    return kind.short(proposal) if kind.short else kind.line(proposal)[0]


def _cited(proposals):
    found = [(f"протокол № {p.minutes_number}", p.minutes_date) for p in proposals if p.minutes_date]
    return found + [(f"приказ № {p.base.full_number}", p.base.date) for p in proposals if p.base_id]


def _behind(before: str) -> list:
    from reports.orders.proposal_models import behind_proposals

    return behind_proposals(before)


PROPOSAL = Subject(
    name="proposal",
    model="reports.Proposal",
    verb="enact",
    moments=frozenset({"ready"}),
    enact=_enact,
    words=lambda p: kind_of_proposal(p).line(p)[0],
    short=_short,
    line=lambda p: kind_of_proposal(p).line(p),
    told={
        "": (
            "решение,решения,решений",
            ("Введено в действие", "Введены в действие"),
            "Вступит в силу",
            "Вступят в силу",
        )
    },
    concerned=lambda p: {row.person: post_of(row.person) for row in p.rows.all()},
    cited=_cited,
    joins=("proposal",),
    behind=_behind,
)
