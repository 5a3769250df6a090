"""«Ознакомление»: which orders and local acts people have to read, and who has read them."""

from dataclasses import dataclass
from datetime import date as day

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.russian import NBSP, plural
from mentoring_site.ui.list_page import PER_PAGE, EmptyState, Heading, Listing, query_of
from people.rights import Right
from reports.documents.acquaintance.forms import UNREAD, ReadingFilters
from reports.documents.acquaintance.papers import Papers, ReadPaper

HEADINGS = [
    Heading("Документ"),
    Heading("Дата", align="date"),
    Heading("Ознакомлены"),
    Heading("Действия", hidden=True),
]
NONE_FOUND = "По этому отбору документов нет: либо все ознакомлены, либо такого слова нет в названиях."
NOTHING_RECORDED = (
    "Знакомиться пока не с чем. Приказы появятся здесь после регистрации, а Положение и другие локальные акты нужно"
    " записать."
)
NOTHING_TO_READ = "Документов, с которыми Вам нужно ознакомиться, пока нет. Когда такой появится, придёт письмо."


@dataclass(frozen=True)
class PaperRow:
    """One line of the overview; a participant sees in ``label`` whether oneself has read, others the progress."""

    title: str
    url: str
    date: day
    note: str
    value: int
    max: int
    mine: bool
    label: str
    remind_url: str
    sheet_url: str


@require_GET
def overview(request):
    """Orders and local acts by date: how many of those concerned have read each; for a participant, one's own."""
    user, url = request.user, reverse("reports:acquaintance")
    form = ReadingFilters(request.GET)
    chosen = form.chosen
    papers = Papers(user, unread=chosen.get("show") == UNREAD, words=" ".join(chosen.get("q", "").split()))
    page: Page = Paginator(papers, PER_PAGE).get_page(request.GET.get("page"))
    new_url = reverse("reports:local_act_new") if user.can(Right.ORDERS_REGISTER) else ""
    listing = Listing(
        title="Ознакомление",
        url=url,
        form=form,
        page=page,
        query=query_of(request),
        rows=[_row(paper, user) for paper in page],
        found=plural(page.paginator.count, "документ,документа,документов"),
        headings=HEADINGS,
        empty=_empty(bool(chosen), url, new_url),
    )
    context = {"listing": listing, "reminds": user.can(Right.ORDERS_DRAFT), "new_url": new_url}
    return render(request, "reports/documents/acquaintance.html", context)


def _empty(chosen: bool, url: str, new_url: str) -> EmptyState:
    if chosen:
        return EmptyState(NONE_FOUND, url, "Показать все")
    return EmptyState(NOTHING_RECORDED, new_url, "Записать локальный акт") if new_url else EmptyState(NOTHING_TO_READ)


def _row(read: ReadPaper, user) -> PaperRow:
    paper, mine = read.paper, not user.can(Right.ORDERS_SEE_ALL)
    unread = read.people - read.have_read
    name = "order" if read.is_order else "local_act"
    own = "ещё не прочитано" if unread else "прочитано"
    return PaperRow(
        title=paper.heading if read.is_order else paper.title,
        url=paper.get_absolute_url(),
        date=paper.date,
        note=f"Приказ №{NBSP}{paper.number}" if read.is_order else f"Локальный акт, {paper.basis}",
        value=read.have_read,
        max=read.people,
        mine=mine,
        label=own if mine else f"{read.have_read} из{NBSP}{read.people}",
        remind_url=reverse(f"reports:{name}_remind", args=[paper.pk])
        if unread and user.can(Right.ORDERS_DRAFT)
        else "",
        sheet_url="" if mine else reverse(f"reports:{name}_sheet", args=[paper.pk]),
    )
