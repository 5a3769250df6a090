"""One page of a long list: filters, orderings by its headings, pages, the same rows as XLSX, words for an empty list.

A feature declares a ``ListPage`` next to its views and answers with ``PROGRAMS.answer(request, visible)``; the template
extends ``list.html`` and draws one row in its block ``row``. No further row may cost a query: ``prepare`` prefetches.
"""

import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page, Paginator, UnorderedObjectListWarning
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from mentoring_site.exports import acts as exports
from mentoring_site.forms import BaseForm
from mentoring_site.russian import filled_columns, plural
from mentoring_site.ui.bulk_act import ONE, TICK, Bar, BulkAct, bar_of
from mentoring_site.xlsx.writer import stream_xlsx

PER_PAGE = 25
FORMAT, XLSX = "format", "xlsx"
"""``?format=xlsx`` asks any list for its rows as a workbook."""


class ListFilter(django_filters.FilterSet):
    """Parent of the filters above lists. Nonsense in the address is no filter: the list stays whole.

    ``self.request.user`` is who looks; ``self.queryset`` are the rows visible to that user.
    """

    sort = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)

    class Meta:
        form = BaseForm

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        """Return the filters, the ordering as the last: on a phone only the first field stands open."""
        filters = super().get_filters()
        if "sort" in filters:
            filters.move_to_end("sort")
        return filters

    def keep(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Carry a value of the address along; ``ListPage`` orders by it."""
        return queryset

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the valid values that narrow the list."""
        if not self.is_bound:
            return {}
        self.form.is_valid()
        values = self.form.cleaned_data.items()
        return {name: value for name, value in values if name != "sort" and value not in (None, "", [])}


@dataclass(frozen=True)
class Column:
    """A heading. ``orders`` are keys of ``ListPage.orderings``: a click takes the first, a further click the next.

    A ``hidden`` one is only read aloud: above buttons. ``align`` is the class of the cells below, ``date`` or ``num``,
    when they stand at the right.
    """

    label: str
    orders: tuple[str, ...] = ()
    hidden: bool = False
    align: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading as the page shows it: ``sorted`` is the value of ``aria-sort``; a ``hidden`` one is only read aloud."""

    label: str
    url: str = ""
    sorted: str = ""
    hidden: bool = False
    align: str = ""


@dataclass(frozen=True)
class EmptyState:
    """What to say and to do first when there are no rows."""

    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Workbook:
    """The list as XLSX: name of the file and of the sheet, headings, and the cells of one object for a user.

    ``dated`` adds the day of today to the name of the file. Columns without a single value are left out, unless the
    list is read back (``whole``) or is so long that it is made in the background.
    """

    file_name: str
    sheet: str
    columns: Iterable[str] | Callable[[Any], Iterable[str]]
    cells: Callable[[Any, Any], Iterable[Any]]
    prepare: Callable[[QuerySet, Any], QuerySet] | None = None
    dated: bool = False
    whole: bool = False

    def answer(self, request: HttpRequest, found: QuerySet) -> HttpResponseBase:
        """Answer with every row of ``found``, read in portions; a long list is made in the background."""
        background = exports.in_background(request)
        if background and background.export is None:
            return exports.allowed()
        if background is None and found.count() > exports.AT_ONCE:
            query = query_of(request)
            of = f"{request.path}?{query}" if query else request.path
            return redirect(f"{reverse('exports:new')}?{urlencode({'of': of})}")
        user: Any = request.user
        found = self.prepare(found, user) if self.prepare else found
        columns = list(self.columns(user) if callable(self.columns) else self.columns)
        rows: Iterable = (self.cells(thing, user) for thing in found.iterator(chunk_size=500))
        name = f"{self.file_name} {timezone.localdate():%d.%m.%Y}" if self.dated else self.file_name
        if background:
            return exports.made(name, self.sheet, columns, background.watched(rows, found.count()))
        if not self.whole:
            columns, rows = filled_columns(columns, [list(row) for row in rows])
        return stream_xlsx(name, self.sheet, columns, rows)


class TotalOrder(Paginator):
    """Pages of rows in a total order: each row stands on one page, whatever the database and however often it is asked.

    An order without a column that tells any two rows apart is warned of as none at all: tests let no warning pass.
    """

    def _check_object_list_is_ordered(self) -> None:
        if isinstance(self.object_list, QuerySet) and not is_total(self.object_list):
            warnings.warn(f"no total order of {self.object_list.model.__name__}", UnorderedObjectListWarning, 3)


def is_total(found: QuerySet) -> bool:
    """Whether a queryset states an order that ends with its key; the columns of a grouping drop that of the model."""
    if not found.ordered:
        return False
    stated = found.query.order_by or tuple(found.model._meta.ordering or ())
    return str(stated[-1]).lstrip("-") in ("pk", found.model._meta.pk.name)


class KeysFirst(TotalOrder):
    """Sorts keys only, then reads what the page shows: for lists whose rows are expensive to compute."""

    def page(self, number) -> Page:
        """Return the page with its rows in the order of the list."""
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        page.object_list = self.object_list.filter(pk__in=keys)
        return page


@dataclass(frozen=True)
class Listing:
    """What ``list.html`` shows."""

    title: str
    url: str
    form: forms.Form
    page: Page
    query: str
    rows: list
    found: str
    headings: list[Heading]
    empty: EmptyState
    xlsx_url: str = ""
    bulk: Bar | None = None


@dataclass(frozen=True)
class ListPage:
    """The declaration of one list.

    ``url`` is the name of its address, ``noun`` the forms of «63 программы», ``orderings`` the columns to order by
    under the keys of ``?sort=`` (the first is the default, each ends with the key of the row), ``row(object, user)``
    what the template shows of one object, ``prepare(queryset, user)`` the prefetches of a page and of the workbook,
    ``load(objects)`` reads what a queryset cannot prefetch for the objects of one page. ``nothing`` is said when no row
    is visible at all, ``none_found`` when the filters leave none; then ``show_all`` leads to the whole list. ``bulk``
    are the acts over ticked rows: the template puts ``components/tick.html`` before the name of a row.
    """

    title: str
    url: str
    template: str
    filters: type[ListFilter]
    noun: str
    columns: tuple[Column, ...]
    orderings: dict[str, tuple]
    row: Callable[[Any, Any], Any]
    nothing: EmptyState
    none_found: str
    show_all: str = "Показать все"
    prepare: Callable[[QuerySet, Any], QuerySet] = lambda found, user: found
    load: Callable[[list], None] = lambda objects: None
    workbook: Workbook | None = None
    paginator: type[Paginator] = TotalOrder
    per_page: int = PER_PAGE
    more: dict = field(default_factory=dict)
    bulk: tuple[BulkAct, ...] = ()

    def __post_init__(self) -> None:
        if self.workbook:
            exports.LISTS[self.url] = self.title

    def answer(
        self, request: HttpRequest, visible: QuerySet, *, args=(), nothing: EmptyState | None = None, **context
    ) -> HttpResponseBase:
        """Answer a request for the list of ``visible`` rows: as a page, or as a workbook for ``?format=xlsx``.

        ``args`` complete the address, ``nothing`` replaces the words for an empty list, ``context`` goes to the
        template.
        """
        filters, found, sort = self.choose(request, visible)
        if self.workbook and request.GET.get(FORMAT) == XLSX:
            return self.workbook.answer(request, found)
        page = self.paginator(found, self.per_page).get_page(request.GET.get("page"))
        objects = list(page)
        self.load(objects)
        url, query = reverse(self.url, args=args), query_of(request)
        listing = Listing(
            title=self.title,
            url=url,
            form=filters.form,
            page=page,
            query=query,
            rows=[self.row(thing, request.user) for thing in objects],
            found=plural(page.paginator.count, self.noun),
            headings=[self._heading(column, sort, request) for column in self.columns],
            empty=EmptyState(self.none_found, url, self.show_all) if filters.chosen else (nothing or self.nothing),
            xlsx_url=f"{url}?{query}{'&' if query else ''}{FORMAT}={XLSX}" if self.workbook else "",
            bulk=bar_of(self.bulk, request, query, page, self.noun),
        )
        return render(request, self.template, {**self.more, **context, "listing": listing})

    def choose(self, request: HttpRequest, visible: QuerySet) -> tuple[ListFilter, QuerySet, str]:
        """Return the filters of a request, the rows that they leave in their order, and the key of the ordering."""
        filters = self.filters(request.GET or None, queryset=visible, request=request)
        sort = request.GET.get("sort", "")
        sort = sort if sort in self.orderings else next(iter(self.orderings))
        return filters, self.prepare(filters.qs, request.user).order_by(*self.orderings[sort]), sort

    def whole(self, request: HttpRequest, visible: QuerySet) -> QuerySet:
        """Return all visible rows in the first order, whatever the filters say."""
        return self.prepare(visible, request.user).order_by(*next(iter(self.orderings.values())))

    def _heading(self, column: Column, sort: str, request: HttpRequest) -> Heading:
        if not column.orders:
            return Heading(column.label, hidden=column.hidden, align=column.align)
        current = sort in column.orders
        following = column.orders[(column.orders.index(sort) + 1) % len(column.orders)] if current else column.orders[0]
        first = self.orderings[sort][0]
        descending = first.startswith("-") if isinstance(first, str) else getattr(first, "descending", False)
        direction = "descending" if descending else "ascending"
        url = f"?{query_of(request, sort=following)}"
        return Heading(column.label, url, direction if current else "", align=column.align)


def page_of(found: QuerySet | list, request: HttpRequest, per_page: int = PER_PAGE) -> dict[str, Any]:
    """Return ``page_obj`` and ``query`` for ``components/pager.html`` under a list that stands inside another page."""
    return {"page_obj": TotalOrder(found, per_page).get_page(request.GET.get("page")), "query": query_of(request)}


def query_of(request: HttpRequest, **changed: str) -> str:
    """Return the filters of the address without its page and format and without empty values, with some ``changed``."""
    kept = [(key, value) for key, values in request.GET.lists() for value in values if value]
    return urlencode(
        [(k, v) for k, v in kept if k not in {"page", FORMAT, ONE, TICK, *changed}] + list(changed.items())
    )
