"""Orders and local acts that people have to read, as one list by date: read in two queries a page."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.accounts.models import User
from people.language.word_forms import in_text, words_of
from people.rights import Right
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.models import Acquaintance, Order
from reports.orders.typed_numbers import plain_number


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


class Papers:
    """The papers of a user for a ``Paginator``, the latest first."""

    def __init__(self, user: User, *, unread: bool = False, words: str = ""):
        self.user = user
        orders = Order.objects.visible_to(user).filter(state__in=Order.ISSUED_STATES)
        acts = LocalAct.objects.visible_to(user)
        if words:
            orders, acts = orders.found_by(words), acts.filter(_in_act(words))
        open_lines = {"read_at__isnull": True} if unread else {}
        self.orders = orders.filter(Exists(self._lines(Acquaintance).filter(order=OuterRef("pk"), **open_lines)))
        self.acts = acts.filter(Exists(self._lines(ActReader).filter(act=OuterRef("pk"), **open_lines)))

    def _lines(self, model) -> QuerySet:
        """Return the lines that count: all for those who see all orders, one's own for others."""
        sees_all = self.user.can(Right.ORDERS_SEE_ALL)
        return model.objects.all() if sees_all else model.objects.filter(person=self.user.person_id)

    def count(self) -> int:
        """Return how many papers there are."""
        return self.orders.count() + self.acts.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, asked: slice) -> list[ReadPaper]:
        """Return a part of the list: the keys of both halves up to its end are merged, its papers are read whole."""
        keys = [
            (day, pk, model)
            for model, found in ((Order, self.orders), (LocalAct, self.acts))
            for day, pk in found.order_by("-date", "-pk").values_list("date", "pk")[: asked.stop]
        ]
        keys = sorted(keys, key=lambda key: key[:2], reverse=True)[asked]
        orders = [pk for _, pk, model in keys if model is Order]
        acts = [pk for _, pk, model in keys if model is LocalAct]
        read: dict[type, dict] = {
            Order: Order.objects.defer("facts", "points", "preamble").in_bulk(orders),
            LocalAct: LocalAct.objects.in_bulk(acts),
        }
        counts: dict[type, dict] = {
            Order: self._counts(Acquaintance, "order", orders),
            LocalAct: self._counts(ActReader, "act", acts),
        }
        return [ReadPaper(read[model][pk], *counts[model][pk]) for _, pk, model in keys]

    def _counts(self, model, key: str, pks: list[int]) -> dict[int, tuple[int, int]]:
        """Return paper -> (how many have to read it, how many have)."""
        rows = self._lines(model).filter(**{f"{key}__in": pks}).order_by().values(key)
        rows = rows.annotate(people=Count("pk"), have_read=Count("pk", filter=Q(read_at__isnull=False)))
        return {row[key]: (row["people"], row["have_read"]) for row in rows}


def _in_act(words: str) -> Q:
    """Return the condition that a local act was approved by this number or has these words in its title."""
    about = Q(number__icontains=plain_number(words))
    if asked := words_of(words):
        about |= reduce(and_, [in_text("search", word) for word in asked])
    return about
