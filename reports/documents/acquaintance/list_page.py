"""The list of papers that people have to read: filters, columns, workbook."""

from dataclasses import dataclass, replace
from datetime import date as day
from typing import Any

import django_filters
from django import forms
from django.db.models import Min

from mentoring_site.russian import NBSP
from mentoring_site.ui.list_filters import RowsFilter, YearFilter, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.rights import Right
from reports.documents.acquaintance.bulk import BULK
from reports.documents.acquaintance.papers import Papers, ReadPaper
from reports.documents.local_acts.models import LocalAct
from reports.orders.models import Order

UNREAD = "unread"
NONE_FOUND = "По этому отбору документов нет: либо все ознакомлены, либо такого слова нет в названиях."
NOTHING_RECORDED = (
    "Знакомиться пока не с чем. Приказы появятся здесь после регистрации, а Положение и другие локальные акты нужно"
    " записать."
)
NOTHING_TO_READ = "Документов, с которыми Вам нужно ознакомиться, пока нет. Когда такой появится, придёт письмо."
COLUMNS = ("Документ", "Приказ", "Дата", "Должны ознакомиться", "Ознакомились", "Ещё не ознакомились")


class ReadingFilter(RowsFilter):
    """Filters above the list."""

    q = django_filters.CharFilter(method="mention", label="Слово или номер", max_length=120, widget=forms.SearchInput)
    show = django_filters.ChoiceFilter(
        method="shown", label="Показать", choices=[(UNREAD, "где есть не ознакомленные")], empty_label="все документы"
    )
    year = YearFilter(
        going_on="и непрочитанные",
        now=lambda papers, year: replace(papers, year=year, going_on=True),
        of=lambda papers, year: replace(papers, year=year),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        user = self.request.user
        first = [model.objects.visible_to(user).aggregate(day=Min("date"))["day"] for model in (Order, LocalAct)]
        self.filters["year"].offer(years_since(min(filter(None, first), default=None)))

    def mention(self, papers: Papers, name: str, value: str) -> Papers:
        """Papers of this number or with these words."""
        return replace(papers, words=" ".join(value.split()))

    def shown(self, papers: Papers, name: str, value: str) -> Papers:
        """Papers that somebody has not read yet."""
        return replace(papers, unread=True)


@dataclass(frozen=True)
class PaperRow:
    """One line of the overview; a participant sees in ``label`` whether oneself has read, others the progress."""

    key: int
    title: str
    url: str
    date: day
    note: str
    value: int
    max: int
    mine: bool
    label: str


def _note(read: ReadPaper) -> str:
    paper = read.paper
    if read.is_order:
        return f"Приказ №{NBSP}{paper.number}"
    return ", ".join(filter(None, ["Правовой акт" if paper.is_law else "Локальный акт", paper.basis]))


def _row(read: ReadPaper, user: Any) -> PaperRow:
    paper, mine = read.paper, not user.can(Right.ORDERS_SEE_ALL)
    own = "ещё не прочитано" if read.people > read.have_read else "прочитано"
    return PaperRow(
        key=read.pk,
        title=paper.heading if read.is_order else paper.title,
        url=paper.get_absolute_url(),
        date=paper.date,
        note=_note(read),
        value=read.have_read,
        max=read.people,
        mine=mine,
        label=own if mine else f"{read.have_read} из{NBSP}{read.people}",
    )


def _cells(read: ReadPaper, user: Any) -> tuple:
    paper = read.paper
    title = paper.heading if read.is_order else paper.title
    return (title, paper.number, paper.date, read.people, read.have_read, read.people - read.have_read)


PAPERS = ListPage(
    title="Ознакомление",
    url="reports:acquaintance",
    template="reports/documents/acquaintance.html",
    filters=ReadingFilter,
    noun="документ,документа,документов",
    columns=(
        Column("Документ"),
        Column("Дата", ("new", "old"), align="date"),
        Column("Ознакомлены", ("left",)),
    ),
    orderings={
        "new": ("-date", "-which", "-pk"),
        "old": ("date", "which", "pk"),
        "left": ("-left", "-date", "-which", "-pk"),
    },
    row=_row,
    nothing=EmptyState(NOTHING_TO_READ),
    none_found=NONE_FOUND,
    workbook=Workbook("Ознакомление", "Ознакомление", COLUMNS, _cells, dated=True),
    bulk=BULK,
)
