"""What a kind of order is, and what a thing that orders enact is (docs/decisions/0002, docs/adding-an-order-kind.md).

An ``OrderSubject`` knows when a thing can be enacted, what registration does to it, and how lists and papers name it.
An ``OrderKind`` knows the words, appendices and visas of an order. Each stands in a module of its own in this package;
``registry`` finds them. Everything else asks the two and knows no kind by name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.apps import apps
from django.db.models import Exists, Q, QuerySet
from django.utils.module_loading import import_string

from mentoring_site.workflow import Complaint, complaints
from people.register.models import Person
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.typed import Particulars, TypedDraft

MAIN, STAFF = "main", "staff"
"""The two registers: основная деятельность, личный состав (docs/law.md#orders-series)."""

PEOPLE, PAIRS, PROGRAMS, RULES = "people", "pairs", "programs", "rules"
GROUPS = {
    PEOPLE: "Люди",
    PAIRS: "Пары и группы",
    PROGRAMS: "Программы",
    RULES: "Правила и мероприятия",
}
"""What orders are about, on the page where a new one is chosen."""

Text = tuple[str, str, list[dict]]
"""Heading, stating part and points of an order."""
Paper = tuple[str, Any]
"""What a dated paper is, and its date."""


class Enact(Protocol):
    """What registration does to one subject."""

    def __call__(self, subject: Any, *, by: Any, order: Any) -> None: ...


def nothing(*args) -> list:
    """Return an empty list: no appendices, no cited papers."""
    return []


def no_day(*args: Any) -> None:
    """Return no day: the text names none."""
    return


@dataclass(frozen=True)
class OrderSubject:
    """One type of thing that orders enact.

    ``name`` is its key in ``OrderItem``, ``model`` is «app.Model», ``position`` orders the keys and the sentences of a
    summary. ``states`` are those from which registration can perform ``transition`` through ``enact``. The words:
    ``phrase`` names one in a sentence, ``short_name`` in a list of orders, ``title`` and ``note`` in the list of what
    can go into an order, ``item_text`` says what the order does to it (sentence, note), ``summary_forms`` are the forms
    of «3 пары закреплены» by ``variant``.

    An order reads its items with ``select_related``, or the subject by the queryset ``queryset()``;
    ``requirement_prefetches(before)`` are what requirements and points read, ``appendix_prefetches`` what only
    appendices read, the ``list_…`` ones what lists and a finished order's page read; ``before`` leads from the order to
    the subject.
    """

    name: str
    position: int
    model: str
    transition: str
    states: frozenset[str]
    enact: Enact
    phrase: Callable[[Any], str]
    item_text: Callable[[Any], tuple[str, str]]
    # by variant: («пара,пары,пар», («Закреплена», «Закреплены»), «Будет закреплена», «Будут закреплены»)
    summary_forms: Mapping[str, tuple[str, tuple[str, str], str, str]]
    people_concerned: Callable[[Any], dict[Person, str]]  # who acknowledges the order, with the post
    short_name: Callable[[Any], str] | None = None
    title: Callable[[Any], str] | None = None
    note: Callable[[Any], str] = lambda subject: ""
    variant: Callable[[Any], str] = lambda subject: ""
    counts_people: bool = False
    cited_papers: Callable[[list], list[Paper]] = nothing
    narrow_candidates: Callable[[Any], QuerySet] = lambda found: found  # to what lists of things before an order read
    select_related: tuple[str, ...] = ()
    queryset: Callable[[], QuerySet] | None = None
    requirement_prefetches: Callable[[str], list] = nothing
    appendix_prefetches: Callable[[str], list] = nothing
    list_select_related: tuple[str, ...] = ()
    list_queryset: Callable[[], QuerySet] | None = None
    list_prefetches: Callable[[str], list] = nothing
    items_about: Callable[[Any], Q] = lambda pairing: Q(pk__in=[])  # items of orders about a pair or group
    people_named: Callable[[Any], list[Person]] | None = None  # in the text, if not those concerned
    employments: Callable[[Any], dict[int, Any]] = lambda subject: {}  # by person pk, where no participation brings one
    missing_for_order: Callable[[Any, Iterable], list[Complaint]] | None = (
        None  # (subject, candidates appointed by the order)
    )
    appointable_candidates: Callable[[Any], Iterable] = lambda subject: ()  # keys of whom the same order may appoint
    page: Callable[[Any], Any] = lambda subject: subject  # the thing that has a page
    begins: Callable[[Any], date | None] = no_day  # from which day the text lets it hold, to compare at registration
    is_pending: Callable[[Any], bool] = lambda subject: False  # whether a registered order takes effect on a coming day
    enact_first: bool = False  # before the others of the same order
    # of a kind whose appendices are confidential: (subject, user) -> whether the appendix is about the user
    reads_appendices: Callable[[Any, Any], bool] = lambda subject, user: True

    @property
    def objects(self) -> Any:
        """Return the manager of the model."""
        return apps.get_model(self.model).objects

    def complaints(self, subject, appointing: Iterable = ()) -> list[Complaint]:
        """Return what is missing before the order can enact the subject."""
        return (
            self.missing_for_order(subject, appointing)
            if self.missing_for_order
            else complaints(subject, self.transition)
        )


@dataclass(frozen=True)
class OrderKind:
    """One kind of order (docs/law.md#orders-kinds).

    ``group`` is one of ``GROUPS``, ``position`` its place in lists of kinds: the order in which a school meets them.
    ``compose`` gives heading, stating part and points, ``appendices`` what follows them. ``extra_subjects(subjects)``
    are what the order enacts besides its subjects. ``waiting_words`` are the words of «3 пары готовы к приказу».

    A typed kind has a proposal for its subject, written for the order itself: ``form`` is the dotted path of its form,
    ``draft`` the dataclass of its particulars; ``check`` says what is missing, ``cited`` on which papers it rests,
    ``warnings`` what is unusual, ``apply`` does what registration does, ``item_text`` and ``short_name`` say it.
    """

    code: str
    group: str
    position: int
    label: str
    subject: OrderSubject
    compose: Callable[[Any, OrderContext], Text]
    visa_roles: tuple[str, ...]
    appendices: Callable[[Any], list[dict]] = nothing
    confidential_appendices: bool = False  # they mention difficulties and verdicts (п. 1.3, подп. 4)
    series: str = MAIN
    series_of: Callable[[list], str] | None = None  # where it is not the same for all orders of the kind
    order_by: tuple[str, ...] = ("pk",)
    subject_filter: Mapping[str, str] = field(default_factory=dict)
    extra_subjects: Callable[[list], list] = nothing
    single_subject: bool = False
    waiting_words: tuple[str, str] | None = None  # («пара готова,пары готовы,пар готовы», «к приказу о закреплении»)
    empty_state: tuple[str, str] = ("", "")  # (sentence, name of the page where such things come from)
    hint: str = ""
    form: str = ""
    draft: type[TypedDraft] = TypedDraft
    check: Callable[[Any], list[Complaint]] = nothing
    cited: Callable[[Any], list[Paper]] = nothing  # dated papers of a typed kind that its particulars name
    warnings: Callable[[Any], list[str]] = nothing  # proposal -> what is unusual, but may be so
    apply: Enact | None = None
    # pairing -> registered orders of a typed kind about a pair or group, by their number ``full`` and date
    registered_about: Callable[[Any], Exists] | None = None
    apply_due: Callable[[], int] | None = None  # applies what has a coming day, for the clock; returns how many
    begins: Callable[[Any], date | None] = no_day  # proposal -> from which day its text lets it hold
    item_text: Callable[[Any], tuple[str, str]] | None = None
    short_name: Callable[[Any], str] | None = None  # where the item's text itself asks the database
    # what a sample of the order is made of: subjects, or particulars of a typed kind; by default what waits for one
    specimen: Callable[[Any], list | Particulars | None] | None = None
    settles_doubts: bool = False  # no act that it names may be in doubt (п. 1.1)
    with_papers: Callable[[Any], QuerySet] = lambda found: found  # keeps things before an order that lack no paper
    # kinds that end what a registered order of this kind has done, each with its sentence: a revocation would not
    undone_by: Mapping[str, str] = field(default_factory=dict)

    def candidates(self) -> QuerySet:
        """Return everything in a state that this order enacts, the oldest first, with what requirements read."""
        return self._in_state(self.subject.narrow_candidates(self.subject.objects.with_requirements())).order_by(
            *self.order_by
        )

    def ready(self) -> QuerySet:
        """Return the bare rows of what can be enacted and has every paper, to count."""
        return self.with_papers(self._in_state(self.subject.objects.all())).order_by()

    def _in_state(self, found: QuerySet) -> QuerySet:
        return found.filter(state__in=self.subject.states, **self.subject_filter)

    @property
    def form_class(self):
        """Return the form of a typed kind; it is loaded when it is needed, because forms read models."""
        return import_string(self.form)
