"""Orders and local acts that people have to read, as the rows of one list: read in a few queries a page."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mentoring_site.ui.list_filters import within
from mentoring_site.ui.list_rows import Rows
from people.language.word_forms import in_text, words_of
from people.rights import Right
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.models import Acquaintance, Order
from reports.orders.typed_numbers import plain_number

MODELS: tuple[Any, Any] = (Order, LocalAct)
LINES: tuple[Any, Any] = (Acquaintance, ActReader)
KEYS = ("order", "act")


@dataclass(frozen=True)
class ReadPaper:
    """One paper with the number of those who have to read it and of those who have; of one's own lines for others."""

    paper: Any  # an order or a local act
    people: int
    have_read: int

    @property
    def is_order(self) -> bool:
        """Whether it is an order, not a local act."""
        return isinstance(self.paper, Order)

    @property
    def pk(self) -> int:
        """The key among both: an order has an even one, a local act an odd one."""
        return self.paper.pk * 2 + (not self.is_order)


@dataclass(frozen=True)
class Papers(Rows):
    """The papers of a user: all for those who see all orders, those of one's own lines for others.

    ``going_on`` keeps beside those of a school ``year`` whatever somebody has not read yet.
    """

    user: Any = None
    unread: bool = False
    words: str = ""
    year: int | None = None
    going_on: bool = False

    def __len__(self) -> int:
        return sum(half.count() for half in self._halves)

    def __getitem__(self, asked: slice) -> list[ReadPaper]:
        """Return a part of the list: its keys by one query over both halves, then its papers and their readers."""
        orders, acts = (half.order_by().values("which", "pk", "date", "left") for half in self._halves)
        order = self.order or ("-date", "-which", "-pk")
        keys = [(row["which"], row["pk"]) for row in orders.union(acts, all=True).order_by(*order)[asked]]
        of_kind = [[pk for kind, pk in keys if kind == which] for which in (0, 1)]
        read = [
            Order.objects.defer("facts", "points", "preamble").in_bulk(of_kind[0]),
            LocalAct.objects.in_bulk(of_kind[1]),
        ]
        counts = [self._counts(kind, pks) for kind, pks in enumerate(of_kind)]
        return [ReadPaper(read[kind][pk], *counts[kind][pk]) for kind, pk in keys]

    @cached_property
    def _halves(self) -> list[QuerySet]:
        """The orders and the local acts, each with the number of those who have not read it (``left``)."""
        orders = Order.objects.visible_to(self.user).filter(state__in=Order.ISSUED_STATES)
        acts = LocalAct.objects.visible_to(self.user)
        if self.words:
            orders, acts = orders.found_by(self.words), acts.filter(_in_act(self.words))
        return [self._chosen(kind, half) for kind, half in enumerate((orders, acts))]

    def _chosen(self, kind: int, half: QuerySet) -> QuerySet:
        lines = self._lines(kind).filter(**{KEYS[kind]: OuterRef("pk")})
        open_lines = lines.filter(read_at__isnull=True)
        half = half.filter(Exists(open_lines if self.unread else lines))
        if self.year is not None:
            half = half.filter(within("date", self.year) | (Q(Exists(open_lines)) if self.going_on else Q()))
        if self.keys is not None:
            half = half.filter(pk__in=[key // 2 for key in self.keys if key % 2 == kind])
        number = open_lines.order_by().values(KEYS[kind]).annotate(n=Count("pk")).values("n")
        return half.annotate(which=Value(kind, IntegerField()), left=Coalesce(Subquery(number), 0))

    def _lines(self, kind: int) -> QuerySet:
        """Return the lines that count: all for those who see all orders, one's own for others."""
        lines = LINES[kind].objects.all()
        return lines if self.user.can(Right.ORDERS_SEE_ALL) else lines.filter(person=self.user.person_id)

    def _counts(self, kind: int, pks: list[int]) -> dict[int, tuple[int, int]]:
        """Return paper -> (how many have to read it, how many have)."""
        rows = self._lines(kind).filter(**{f"{KEYS[kind]}__in": pks}).order_by().values(paper=F(KEYS[kind]))
        rows = rows.annotate(people=Count("pk"), have_read=Count("pk", filter=Q(read_at__isnull=False)))
        return {row["paper"]: (row["people"], row["have_read"]) for row in rows}


def unread_lines(papers: list[ReadPaper]) -> dict[int, list[Any]]:
    """Return key of a paper -> its lines that nobody has read yet, with ``person__user``; two queries for all."""
    found: dict[int, list[Any]] = {}
    for kind, model in enumerate(MODELS):
        pks = [one.paper.pk for one in papers if isinstance(one.paper, model)]
        lines = LINES[kind].objects.filter(**{f"{KEYS[kind]}__in": pks}, read_at__isnull=True)
        for line in lines.select_related("person__user"):
            found.setdefault(getattr(line, f"{KEYS[kind]}_id") * 2 + kind, []).append(line)
    return found


def _in_act(words: str) -> Q:
    """Return the condition that a local act was approved by this number or has these words in its title."""
    about = Q(number__icontains=plain_number(words))
    if asked := words_of(words):
        about |= reduce(and_, [in_text("search", word) for word in asked])
    return about
