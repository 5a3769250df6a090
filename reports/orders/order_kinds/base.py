"""What a kind of order is, and what a thing that orders enact is: one module beside this one for each
(docs/decisions/0002).

A ``Subject`` knows when it can be enacted, what registration does to it, and how lists and papers name it. A ``Kind``
knows its words, its appendices and its visas. Everything else about orders asks these two and knows no kind by name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps

from mentoring_site.workflow import complaints

MAIN, STAFF = "main", "staff"
"""The two registers: основная деятельность, личный состав (docs/law.md#orders-series)."""


def nothing(*args) -> list:
    """No appendices, no cited papers."""
    return []


@dataclass(frozen=True)
class Subject:
    """One sort of thing that orders enact; ``name`` is its key in ``OrderItem``, ``model`` is «app.Model».

    ``verb`` is the transition that registration performs through ``enact(subject, by=, order=)``; ``moments`` are the
    states from which it can. ``words`` name one in a sentence, ``short`` in a list, ``line`` says what the order does
    to it (sentence, note), ``told`` are the forms of «3 пары закреплены»; ``concerned`` gives ``{person: post}`` of
    those who acknowledge the order, ``cited(subjects)`` its dated grounds. An order reads its items with ``joins``, or
    the subject by the queryset ``prefetch()``; ``behind(before)`` are the prefetches of what requirements and points
    read, ``papers(before)`` of what only appendices read, ``before`` being the way to the subject. ``named`` are the
    persons in the text, if not those concerned.
    """

    name: str
    model: str
    verb: str
    moments: frozenset
    enact: Callable
    words: Callable
    line: Callable
    told: dict  # by variant: («пара,пары,пар», («Закреплена», «Закреплены»), «Будет закреплена», «Будут закреплены»)
    concerned: Callable
    short: Callable | None = None
    title: Callable | None = None
    note: Callable = lambda subject: ""
    variant: Callable = lambda subject: ""
    counts_people: bool = False
    cited: Callable = nothing
    narrow: Callable = lambda found: found  # to what lists of things before an order read
    joins: tuple = ()
    prefetch: Callable | None = None
    behind: Callable = nothing
    papers: Callable = nothing
    named: Callable | None = None
    missing: Callable | None = None  # (subject, appointing) -> complaints
    appoints: Callable = lambda subject: ()  # candidates whom the same order may appoint
    page: Callable = lambda subject: subject
    ahead: Callable = lambda subject: False  # whether a registered order takes effect on a coming day
    first: bool = False  # enacted before the others of the same order

    @property
    def objects(self):
        """The manager of the model."""
        return apps.get_model(self.model).objects

    def complaints(self, subject, appointing=()) -> list:
        """Return what is missing before the order can enact the subject."""
        return self.missing(subject, appointing) if self.missing else complaints(subject, self.verb)


@dataclass(frozen=True)
class Kind:
    """One kind of order (docs/law.md#orders-kinds).

    ``compose(order, setting)`` returns heading, stating part and points, ``appendices(order)`` the sheets behind them.
    ``more(items)`` returns what the order enacts besides its items. ``waits`` are the words of «3 пары готовы к
    приказу». ``form`` names the form of kinds whose item is a proposal, typed for the order itself: they say what it
    lacks (``check``), what registration does (``effect(proposal, by=, order=)``) and how it is told (``line``).
    """

    code: str
    label: str
    about: Subject
    compose: Callable
    visas: tuple
    appendices: Callable = nothing
    series: str = MAIN
    series_of: Callable | None = None  # items -> series, where it is not the same for all orders of the kind
    order_by: tuple = ("pk",)
    only: dict = field(default_factory=dict)
    more: Callable = nothing
    single: bool = False
    waits: tuple = ()  # («пара готова,пары готовы,пар готовы», «к приказу о закреплении»)
    empty: tuple = ("", "")  # (sentence, name of the page where such things come from)
    hint: str = ""
    form: str = ""
    check: Callable = nothing
    effect: Callable | None = None
    line: Callable | None = None
    short: Callable | None = None  # what of a line lists tell, where the line itself asks the database
    ready: Callable | None = None  # narrows what stands in its moment to what has every paper, for counting

    def candidates(self):
        """Return everything in the moment that this order enacts, the oldest first, with what requirements read."""
        found = self.about.narrow(self.about.objects.with_requirements())
        return found.filter(state__in=self.about.moments, **self.only).order_by(*self.order_by)
