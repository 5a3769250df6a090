"""The item of orders that are typed as such: everything about it is asked of its kind."""

from django.db.models import Prefetch

from mentoring_site.workflow import perform
from people.language.declension import post_of
from people.register.models import Employment
from reports.orders.order_kinds.base import OrderSubject


def proposal_of(order):
    """Return the proposal that an order is about."""
    return next(item.proposal for item in order.items.all() if item.proposal_id)


def _enact(proposal, *, by, order):
    perform(proposal, "enact", by=by, order=order.pk)
    if apply := proposal.order_kind.apply:
        apply(proposal, by=by, order=order)


def _short(proposal) -> str:
    kind = proposal.order_kind
    return kind.short_name(proposal) if kind.short_name else kind.item_text(proposal)[0]


def _cited(proposals):
    found = [(f"протокол № {p.minutes_number}", p.minutes_date) for p in proposals if p.minutes_date]
    found += [(f"приказ № {p.base.number}", p.base.date) for p in proposals if p.base_id]
    return found + [paper for p in proposals for paper in (*p.draft.cited_papers, *p.order_kind.cited(p))]


def requirement_prefetches(before: str) -> list:
    """Return prefetches of a proposal's people with their posts and of the order that it changes.

    ``before`` leads to the proposal.
    """
    posts = Employment.objects.current().select_related("department")
    return [
        f"{before}rows__person",
        Prefetch(f"{before}rows__person__employments", posts, to_attr="posts"),
        f"{before}base__signer",
    ]


PROPOSAL_SUBJECT = OrderSubject(
    name="proposal",
    position=110,
    model="reports.Proposal",
    transition="enact",
    states=frozenset({"ready"}),
    enact=_enact,
    phrase=lambda p: p.order_kind.item_text(p)[0],
    short_name=_short,
    item_text=lambda p: p.order_kind.item_text(p),
    summary_forms={
        "": (
            "решение,решения,решений",
            ("Введено в действие", "Введены в действие"),
            "Вступит в силу",
            "Вступят в силу",
        )
    },
    begins=lambda p: p.order_kind.begins(p),
    people_concerned=lambda p: {row.person: post_of(row.person) for row in p.rows.all()},
    cited_papers=_cited,
    select_related=("proposal",),
    requirement_prefetches=requirement_prefetches,
    list_select_related=("proposal__base",),
    list_prefetches=lambda before: [f"{before}rows__person"],
)
