"""A stack of scans: upload, progress, papers recognised by their codes, correction by hand, confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.rights import require
from mentoring_site.russian import NBSP, plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import Refused
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.pdf import Damaged
from reports.orders.printing.responses import answer
from reports.orders.scans import acts, pictures
from reports.orders.scans.forms import ScansForm
from reports.orders.scans.list_page import SCANS
from reports.orders.scans.models import ScanPage, ScanStack
from reports.orders.scans.presenters import order_choices, paper_row


def _stack(request, pk) -> ScanStack:
    require(request.user, Right.ORDERS_REGISTER)
    return get_object_or_404(ScanStack, pk=pk)


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb("Приказы", reverse("reports:orders")), *last]


def scans_new(request):
    """Upload one or many files from the scanner; stacks that wait stand below."""
    require(request.user, Right.ORDERS_REGISTER)
    sent = request.method == "POST"
    form = ScansForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            return redirect(acts.take(form.cleaned_data["files"], by=request.user))
        except ValidationError as error:
            form.add_error("files", error)
    return SCANS.answer(
        request,
        ScanStack.objects.visible_to(request.user),
        status=422 if form.errors else 200,
        form=form,
        crumbs=_crumbs(Crumb("Сканы")),
    )


@require_GET
def scans(request, pk):
    """The papers of a stack: thumbnails, the recognised order or «не распознано», what can be corrected."""
    stack = _stack(request, pk)
    choices = order_choices()
    groups = acts.groups(stack) if stack.finished_at else []
    papers = [paper_row(group, choices, groups[0][0].position) for group in groups]
    ready = sum(p.ready for p in papers)
    return render(
        request,
        "reports/orders/scans.html",
        {
            "title": str(stack),
            "crumbs": _crumbs(Crumb("Сканы", reverse("reports:scans_new")), Crumb("Стопка")),
            "progress": _progress(stack),
            "papers": papers,
            "choices": choices,
            "confirm_url": reverse("reports:scans_attach", args=[pk]) if ready else "",
            "problem": stack.problem,
            "ready": plural(ready, "бумагу,бумаги,бумаг"),
            "correct_url": reverse("reports:scans_correct", args=[pk]),
            "drop_url": reverse("reports:scans_drop", args=[pk]),
        },
    )


def _progress(stack: ScanStack) -> dict | None:
    if stack.finished_at:
        return None
    return {
        "value": stack.done,
        "max": max(stack.total, 1),
        "label": f"разобрано {stack.done} из{NBSP}{stack.total}",
        "poll_url": reverse("reports:scans_progress", args=[stack.pk]),
    }


@require_GET
def scans_progress(request, pk):
    """How far the sorting has come, asked again by the page."""
    return render(request, "reports/orders/parts/scans_progress.html", {"progress": _progress(_stack(request, pk))})


@require_GET
def scan_page(request, pk):
    """The picture of one page of a stack."""
    require(request.user, Right.ORDERS_REGISTER)
    page = get_object_or_404(ScanPage.objects.select_related("source__file"), pk=pk)
    try:
        data = pictures.picture_of(page, 150 if "large" in request.GET else 60)
    except Damaged as error:
        raise Http404(str(error)) from error
    return answer(data, f"страница {page.scanned}.jpg", "image/jpeg", inline=True)


@require_POST
def scans_correct(request, pk):
    """Split, merge, name the orders by hand."""
    stack = _stack(request, pk)
    begins = {int(v) for v in request.POST.getlist("begins") if v.isdecimal() and len(v) < 12}
    chosen = {}
    for name, value in request.POST.items():
        head, _, page = name.partition("-")
        if head == "order" and page.isdecimal():
            chosen[int(page)] = int(value) if value.isdecimal() and len(value) < 12 else None
    known = Order.objects.filter(state__in=[Order.State.AT_SIGNATURE, Order.State.REGISTERED]).in_bulk(
        [v for v in chosen.values() if v]
    )
    acts.correct(stack, by=request.user, begins=begins, orders={page: known.get(pk) for page, pk in chosen.items()})
    messages.success(request, "Исправления записаны. К приказам ничего ещё не приложено")
    return redirect(stack)


def scans_attach(request, pk):
    """Attach every recognised paper to its registered order, after a question that names them."""
    stack = _stack(request, pk)
    choices = order_choices()
    ready = [(group, paper) for group in acts.groups(stack) if (paper := paper_row(group, choices)).ready]
    if request.method != "POST":
        return render(
            request,
            "confirm.html",
            {
                "heading": "Приложить сканы?",
                "submit": "Приложить сканы",
                "form": None,
                "cancel_url": stack.get_absolute_url(),
                "lead": "Скан прикладывают к приказу один раз: проверьте, что все листы на месте.",
                "consequences": (
                    ["; ".join([f"{paper.title} — {paper.count}", *paper.doubts]) for _, paper in ready]
                    or ["Прикладывать нечего: ни у одной бумаги нет зарегистрированного приказа без скана"]
                ),
                "crumbs": _crumbs(
                    Crumb("Сканы", reverse("reports:scans_new")),
                    Crumb("Стопка", stack.get_absolute_url()),
                    Crumb("Подтверждение"),
                ),
            },
        )
    for group, _ in ready:
        try:
            order = acts.attach(group[0], by=request.user)
            messages.success(request, f"Скан приложен: {order}")
        except (Refused, Damaged) as refusal:
            messages.error(request, str(refusal))
    left = ScanStack.objects.filter(pk=pk).first()
    return redirect(left or "reports:orders")


@require_POST
def scan_paper_drop(request, pk):
    """Take one paper out of a stack: a foreign or spoiled sheet."""
    require(request.user, Right.ORDERS_REGISTER)
    page = get_object_or_404(ScanPage.objects.select_related("stack"), pk=pk)
    stack = page.stack
    acts.drop_paper(page, by=request.user)
    messages.success(request, "Бумага убрана из стопки")
    return redirect(stack if ScanStack.objects.filter(pk=stack.pk).exists() else "reports:scans_new")


def scans_drop(request, pk):
    """Remove a whole stack."""
    stack = _stack(request, pk)
    if request.method == "POST":
        acts.forget(stack, by=request.user)
        messages.success(request, "Стопка удалена")
        return redirect("reports:scans_new")
    return render(
        request,
        "confirm.html",
        {
            "heading": "Удалить стопку?",
            "lead": str(stack),
            "submit": "Удалить стопку",
            "form": None,
            "danger": True,
            "cancel_url": stack.get_absolute_url(),
            "consequences": [
                "Страницы, которые не приложены к приказам, исчезнут",
                "Приложенные сканы останутся у приказов",
            ],
            "crumbs": _crumbs(Crumb("Сканы", reverse("reports:scans_new")), Crumb("Удаление")),
        },
    )
