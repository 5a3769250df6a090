"""A stack of scans: upload, progress, papers recognised by their codes, correction by hand, confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.russian import plural, ruday, rutime
from mentoring_site.workflow import Refused
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.pdf import Damaged
from reports.orders.printing.responses import answer
from reports.orders.scans import acts
from reports.orders.scans.forms import ScansForm
from reports.orders.scans.models import ScanPage, ScanStack

PAGES = "страница,страницы,страниц"


def _allowed(request):
    if not request.user.can(Right.ORDERS_REGISTER):
        raise PermissionDenied("Сканы разбирает тот, кто регистрирует приказы")


def _stack(request, pk) -> ScanStack:
    _allowed(request)
    return get_object_or_404(ScanStack, pk=pk)


def _crumbs(*last):
    return [("Приказы", reverse("reports:orders")), *last]


def scans_new(request):
    """Upload one or many files from the scanner; stacks that wait stand below."""
    _allowed(request)
    sent = request.method == "POST"
    form = ScansForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        try:
            return redirect(acts.take(form.cleaned_data["files"], by=request.user))
        except ValidationError as error:
            form.add_error("files", error)
    return render(
        request,
        "reports/orders/scans_new.html",
        {
            "form": form,
            "heading": "Разобрать сканы",
            "submit": "Загрузить и разобрать",
            "multipart": True,
            "cancel_url": reverse("reports:orders"),
            "lead": (
                "Сложите подписанные приказы подряд и отсканируйте. Программа разложит страницы по QR-кодам, а Вы"
                " проверите."
            ),
            "crumbs": _crumbs(("Сканы", None)),
            "stacks": [_line(s) for s in ScanStack.objects.select_related("uploaded_by__person")],
        },
    )


def _line(stack) -> dict:
    return {
        "url": stack.get_absolute_url(),
        "name": f"Стопка от {ruday(stack.uploaded_at)}, {rutime(stack.uploaded_at)}",
        "note": f"{plural(stack.total, PAGES)}, {stack.uploaded_by.person.short_name}",
    }


@require_GET
def scans(request, pk):
    """The papers of a stack: thumbnails, the recognised order or «не распознано», what can be corrected."""
    stack = _stack(request, pk)
    choices = _choices()
    groups = acts.groups(stack) if stack.finished_at else []
    papers = [_paper(group, choices, groups[0][0].position) for group in groups]
    ready = sum(p["ready"] for p in papers)
    return render(
        request,
        "reports/orders/scans.html",
        {
            "title": str(stack),
            "crumbs": _crumbs(("Сканы", reverse("reports:scans_new")), ("Стопка", None)),
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


def _choices() -> list[dict]:
    """Orders to which a paper of a stack can belong: registered ones without a scan and those at signature."""
    found = Order.objects.filter(state="registered", scan__isnull=True) | Order.objects.filter(state="at_signature")
    return [
        {"pk": o.pk, "label": _name(o)}
        for o in found.defer("facts", "points", "preamble").order_by("-created_at")[:200]
    ]


def _name(order) -> str:
    number = f"№\u00a0{order.full_number} от {ruday(order.date)}" if order.number else "на подписи"
    return f"{number}: {order.heading}"[:120]


def _paper(group, choices, start=1) -> dict:
    """Return one paper: its pages, its order, and what confirmation will do with it."""
    first, order = group[0], group[0].order
    ready = order is not None and order.state == "registered" and order.scan_id is None
    note = "Код не прочитан. Выберите приказ сами или отметьте, что это продолжение предыдущей бумаги"
    if first.code and order is None:
        note = f"Прочитан код {first.code}, но такого приказа в системе нет"
    elif order is not None:
        note = (
            "Скан будет приложен к этому приказу"
            if ready
            else "К этому приказу скан уже приложен: выберите другой или удалите бумагу из стопки"
        )
    waits = order is not None and order.state == "at_signature"
    if waits:
        note = "Приказ ещё не зарегистрирован: скан будет приложен при регистрации"
    known = order is None or any(c["pk"] == order.pk for c in choices)
    return {
        "pk": first.pk,
        "ready": ready,
        "note": note,
        "order": order.pk if order else None,
        "title": _name(order) if order else "Не распознано",
        "url": order.get_absolute_url() if order else "",
        "own": None if known else {"pk": order.pk, "label": _name(order)},
        "register_url": f"{reverse('reports:order_register', args=[order.pk])}?sheet={first.pk}" if waits else "",
        "drop_url": reverse("reports:scan_paper_drop", args=[first.pk]),
        "count": plural(len(group), PAGES),
        "pages": [
            {
                "pk": p.pk,
                "position": p.position,
                "url": reverse("reports:scan_page", args=[p.pk]),
                "begins": p.begins,
                "first": p.position == start,
            }
            for p in group
        ],
    }


def _progress(stack) -> dict | None:
    if stack.finished_at:
        return None
    return {
        "value": stack.done,
        "max": max(stack.total, 1),
        "label": f"разобрано {stack.done} из\u00a0{stack.total}",
        "poll_url": reverse("reports:scans_progress", args=[stack.pk]),
    }


@require_GET
def scans_progress(request, pk):
    """How far the sorting has come, asked again by the page."""
    return render(request, "reports/orders/parts/scans_progress.html", {"progress": _progress(_stack(request, pk))})


@require_GET
def scan_page(request, pk):
    """The picture of one page of a stack."""
    _allowed(request)
    page = get_object_or_404(ScanPage.objects.select_related("source__file"), pk=pk)
    try:
        data = acts.picture_of(page, 150 if "large" in request.GET else 60)
    except Damaged as error:
        raise Http404(str(error)) from error
    return answer(data, f"страница {page.position}.jpg", "image/jpeg", inline=True)


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
    known = Order.objects.filter(state__in=["at_signature", "registered"]).in_bulk([v for v in chosen.values() if v])
    acts.correct(stack, by=request.user, begins=begins, orders={page: known.get(pk) for page, pk in chosen.items()})
    messages.success(request, "Исправления записаны. К приказам ничего ещё не приложено")
    return redirect(stack)


def scans_attach(request, pk):
    """Attach every recognised paper to its registered order, after a question that names them."""
    stack = _stack(request, pk)
    choices = _choices()
    ready = [(group, paper) for group in acts.groups(stack) if (paper := _paper(group, choices))["ready"]]
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
                    [f"{paper['title']} — {paper['count']}" for _, paper in ready]
                    or ["Прикладывать нечего: ни у одной бумаги нет зарегистрированного приказа без скана"]
                ),
                "crumbs": _crumbs(
                    ("Сканы", reverse("reports:scans_new")),
                    ("Стопка", stack.get_absolute_url()),
                    ("Подтверждение", None),
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
    _allowed(request)
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
            "crumbs": _crumbs(("Сканы", reverse("reports:scans_new")), ("Удаление", None)),
        },
    )
