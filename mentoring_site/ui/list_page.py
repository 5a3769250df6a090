"""One page of a long list: filters, orderings by its headings, pages, the same rows as XLSX, words for an empty list.

A feature declares a ``ListPage`` next to its views and answers with ``PROGRAMS.answer(request, visible)``; the template
extends ``list.html`` and draws one row in its block ``row``. No further row may cost a query: ``prepare`` prefetches.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator, UnorderedObjectListWarning
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from mentoring_site.exports import acts as exports
from mentoring_site.lists import acts as kept_views
from mentoring_site.russian import filled_columns, plural
from mentoring_site.ui.bulk_act import ONE, TICK, Bar, BulkAct, bar_of
from mentoring_site.ui.list_filters import EVERY_YEAR, THIS_YEAR, ListFilter, YearFilter
from mentoring_site.xlsx.writer import stream_xlsx

PER_PAGE = 25
PORTION = 500
FORMAT, XLSX = "format", "xlsx"
"""``?format=xlsx`` asks any list for its rows as a workbook."""
KEEP, RESET = "keep", "reset"
"""``?keep=1`` comes from the form of the filters: they are remembered. ``?reset=1`` forgets them."""


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

    ``load`` reads what a queryset cannot prefetch, as that of the list does. ``dated`` adds the day of today to the
    name of the file. Columns without a single value are left out, unless the
    list is read back (``whole``) or is so long that it is made in the background.
    """

    file_name: str
    sheet: str
    columns: Iterable[str] | Callable[[Any], Iterable[str]]
    cells: Callable[[Any, Any], Iterable[Any]]
    prepare: Callable[[QuerySet, Any], QuerySet] | None = None
    dated: bool = False
    whole: bool = False
    load: Callable[[list], None] = lambda objects: None

    def answer(self, request: HttpRequest, found: Any) -> HttpResponseBase:
        """Answer with every row of ``found``, read in portions; a long list is made in the background."""
        background = exports.in_background(request)
        if background and background.export is None:
            return exports.allowed()
        if background is None and found.count() > exports.AT_ONCE:
            return exports.ask(request, query_of(request))
        user: Any = request.user
        found = self.prepare(found, user) if self.prepare else found
        columns = list(self.columns(user) if callable(self.columns) else self.columns)
        rows: Iterable = (self.cells(thing, user) for thing in self._read(found))
        name = f"{self.file_name} {timezone.localdate():%d.%m.%Y}" if self.dated else self.file_name
        if background:
            return exports.made(name, self.sheet, columns, background.watched(rows, found.count()))
        if not self.whole:
            columns, rows = filled_columns(columns, [list(row) for row in rows])
        return stream_xlsx(name, self.sheet, columns, rows)

    def _read(self, found: Any) -> Iterator[Any]:
        """Read all rows in portions, each with what ``load`` reads for it."""
        rows = found.iterator(chunk_size=PORTION)
        while portion := list(islice(rows, PORTION)):
            self.load(portion)
            yield from portion


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
class ViewLink:
    """One kept view above the list; ``whose`` names who shares it, ``own`` may be taken away."""

    pk: int
    name: str
    url: str
    current: bool
    own: bool
    whose: str


@dataclass(frozen=True)
class Kept:
    """What is said about the filters above the list: where they come from, kept views, what may be kept now."""

    of: str
    said: str
    link: str
    link_url: str
    views: list[ViewLink]
    query: str
    reset_url: str
    may_share: bool = False


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
    kept: Kept | None = None

    @property
    def reset_url(self) -> str:
        """Where all filters are taken off; a list that remembers none is simply opened anew."""
        return self.kept.reset_url if self.kept else self.url


@dataclass(frozen=True)
class ListPage:
    """The declaration of one list.

    ``url`` is the name of its address, ``noun`` the forms of «63 программы», ``orderings`` the columns to order by
    under the keys of ``?sort=`` (the first is the default, each ends with the key of the row), ``row(object, user)``
    what the template shows of one object, ``prepare(queryset, user)`` the prefetches of a page and of the workbook,
    ``load(objects)`` reads what a queryset cannot prefetch for the objects of one page. ``nothing`` is said when no row
    is visible at all, ``none_found`` when the filters leave none; then ``show_all`` leads to the whole list. ``bulk``
    are the acts over ticked rows: the template puts ``components/tick.html`` before the name of a row. ``about(found)``
    adds to the context what depends on the filters.
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
    about: Callable[[Any], dict] = lambda found: {}
    bulk: tuple[BulkAct, ...] = ()

    def __post_init__(self) -> None:
        kept_views.LISTS[self.url] = frozenset(self.filters.base_filters)
        if self.workbook:
            exports.LISTS[self.url] = self.title

    def answer(
        self,
        request: HttpRequest,
        visible: Any,
        *,
        args=(),
        nothing: EmptyState | None = None,
        status: int = 200,
        **context,
    ) -> HttpResponseBase:
        """Answer a request for the list of ``visible`` rows: as a page, or as a workbook for ``?format=xlsx``.

        ``visible`` is a queryset or ``Rows``. ``args`` complete the address, ``nothing`` replaces the words for an
        empty list, ``context`` goes to the template, ``status`` says that a form above the list was refused.
        """
        if self.workbook and request.GET.get(FORMAT) == XLSX:
            return self.workbook.answer(request, self.choose(request, visible)[1])
        url = reverse(self.url, args=args)
        if moved := self._remembered(request, url):
            return moved
        kept = kept_views.kept(request.user, self.url)
        by_default = self._complete(request, kept)
        filters, found, sort = self.choose(request, visible)
        page = self.paginator(found, self.per_page).get_page(request.GET.get("page"))
        objects = list(page)
        self.load(objects)
        query = query_of(request)
        listing = Listing(
            title=self.title,
            url=url,
            form=filters.form,
            page=page,
            query=query,
            rows=[self.row(thing, request.user) for thing in objects],
            found=plural(page.paginator.count, self.noun),
            headings=[self._heading(column, sort, request) for column in self.columns],
            empty=self._empty(filters, visible, nothing, f"{url}?{RESET}=1" if kept.last else url)
            if not objects
            else self.nothing,
            xlsx_url=f"{url}?{query}{'&' if query else ''}{FORMAT}={XLSX}" if self.workbook else "",
            bulk=bar_of(self.bulk, request, query, page, self.noun),
            kept=self._kept(kept, by_default, filters, url, query, request.user),
        )
        return render(
            request, self.template, {**self.more, **self.about(found), **context, "listing": listing}, status=status
        )

    def _remembered(self, request: HttpRequest, url: str) -> HttpResponseBase | None:
        """Remember or forget filters when their form or «Сбросить» asks for it, then lead to the plain address."""
        if RESET in request.GET:
            kept_views.remember(self.url, "", by=request.user)
            return redirect(url)
        if KEEP not in request.GET:
            return None
        query = query_of(request)
        kept_views.remember(self.url, query, by=request.user)
        return redirect(f"{url}?{query}" if query else url)

    def _complete(self, request: HttpRequest, kept: kept_views.Kept) -> str:
        """Give a bare address the filters of the last time, or this school year; return which: «last», «year», «».

        An address that names any filter always wins.
        """
        if any(name in request.GET for name in self.filters.base_filters):
            return ""
        has_year = self._has_year()
        added = kept.last or (urlencode({"year": THIS_YEAR}) if has_year else "")
        if added:
            asked = QueryDict(added, mutable=True)
            asked.update(request.GET)
            request.GET = asked  # type: ignore[assignment]
        return "last" if kept.last else "year" if has_year else ""

    def _has_year(self) -> bool:
        return isinstance(self.filters.base_filters.get("year"), YearFilter)

    def _empty(self, filters: ListFilter, visible: Any, nothing: EmptyState | None, url: str) -> EmptyState:
        """Say why there is no row: the filters leave none, or there is none at all."""
        if filters.chosen and (set(filters.chosen) != {"year"} or visible.exists()):
            everything = f"{reverse(self.url)}?year={EVERY_YEAR}" if self._has_year() else url
            return EmptyState(self.none_found, everything, self.show_all)
        return nothing or self.nothing

    def _kept(
        self, kept: kept_views.Kept, by_default: str, filters: ListFilter, url: str, query: str, user: Any
    ) -> Kept:
        """Say where the filters come from, and which may be kept."""
        said, link, link_url = "", "", ""
        if by_default == "last":
            said, link, link_url = f"Отбор прошлого раза: {filters.in_words()}", "Сбросить", f"{url}?{RESET}=1"
        elif by_default == "year":
            this = str(dict(filters.form.fields["year"].choices)[THIS_YEAR])
            said, link, link_url = f"Учебный год {this}", "Все годы", f"{url}?year={EVERY_YEAR}"
        part = kept_views.kept_part(self.url, query)
        return Kept(
            of=self.url,
            said=said,
            link=link,
            link_url=link_url,
            views=[
                ViewLink(
                    view.pk,
                    view.name,
                    f"{url}?{view.query}",
                    kept_views.same(view.query, part),
                    view.user_id == user.pk,
                    view.user.person.short_name if view.shared else "",
                )
                for view in kept.views
            ],
            query=part if by_default != "year" else "",
            reset_url=f"{url}?{RESET}=1",
            may_share=user.can(kept_views.SHARE),
        )

    def choose(self, request: HttpRequest, visible: Any) -> tuple[ListFilter, Any, str]:
        """Return the filters of a request, the rows that they leave in their order, and the key of the ordering."""
        filters = self.filters(request.GET or None, queryset=visible, request=request)
        sort = request.GET.get("sort", "")
        sort = sort if sort in self.orderings else next(iter(self.orderings))
        return filters, self.prepare(filters.qs, request.user).order_by(*self.orderings[sort]), sort

    def whole(self, request: HttpRequest, visible: Any) -> Any:
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
        [(k, v) for k, v in kept if k not in {"page", FORMAT, ONE, TICK, KEEP, RESET, *changed}] + list(changed.items())
    )
