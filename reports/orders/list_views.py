"""The register of orders and drafts, its XLSX, and the choice of items of a new order (п. 3.1–3.3)."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import joined, plural
from mentoring_site.xlsx.writer import stream_xlsx
from people.register.models import Person
from people.rights import Right
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposal_views
from reports.orders.drafting.available import waiting_for
from reports.orders.effects import item_name
from reports.orders.forms import ItemsForm, OrderFilters
from reports.orders.links import openable
from reports.orders.models import Acquaintance, Order, Visa
from reports.orders.order_kinds.registry import KINDS
from reports.orders.presenters import badge, with_items

AT_ONCE = 60  # things to choose from on a page: more than one order ever holds
SORTS = {
    "new": (F("date").desc(nulls_first=True), "-created_at", "-pk"),
    "old": (F("date").asc(nulls_last=True), "created_at", "pk"),
    "number": (F("year").desc(nulls_last=True), "series", F("number").desc(nulls_last=True), "-pk"),
    "heading": ("heading", "-pk"),
    "state": ("state", "-created_at"),
}
COLUMNS = (
    "Номер",
    "Дата",
    "Действует с",
    "Заголовок",
    "О чём",
    "Серия",
    "Состояние",
    "Подписывает",
    "Исполнитель",
    "Составлен",
    "Зарегистрирован",
    "Скан",
    "Ознакомлены",
    "Должны ознакомиться",
    "Почему пропущены номера",
    "SHA-256 документа",
)


def _filtered(request):
    """Return the filter form and the visible orders that pass it."""
    visible = Order.objects.visible_to(request.user)
    years = visible.filter(year__isnull=False).order_by("-year").values_list("year", flat=True).distinct()
    form = OrderFilters(request.GET, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = _found_by(visible, chosen.get("q") or "")
    for name in ("kind", "series", "year"):
        if value := chosen.get(name):
            found = found.filter(**{name: value})
    if state := chosen.get("state"):
        found = found.filter(state__in=["draft", "agreed", "at_signature"] if state == "open" else [state])
    if since := chosen.get("since"):
        found = found.filter(date__gte=since)
    if until := chosen.get("until"):
        found = found.filter(date__lte=until)
    if scan := chosen.get("scan"):
        found = found.filter(state="registered", scan__isnull=scan == "no")
    return form, found.order_by(*SORTS[chosen.get("sort") or "new"])


def _told(orders, user):
    """Annotate what a row tells besides its own columns: only of the orders that are shown."""
    sheet = Acquaintance.objects.filter(order=OuterRef("pk"))
    return orders.annotate(
        awaits_visa=Exists(Visa.objects.filter(order=OuterRef("pk"), person=user.person_id, given_at__isnull=True)),
        people=_number_of(sheet),
        have_read=_number_of(sheet.filter(read_at__isnull=False)),
    )


def _number_of(rows):
    """Count rows beside an order, where a join would count those of all orders first."""
    return Coalesce(Subquery(rows.order_by().values("order").annotate(n=Count("pk")).values("n")), 0)


def _found_by(orders, text: str):
    """Orders of this number, with these words in the heading, or with this person on a sheet, a visa or
    at the signature.
    """
    words = " ".join(text.split())
    if not words:
        return orders
    people = Person.objects.found_by(words)
    asked = Exists(Acquaintance.objects.filter(order=OuterRef("pk"), person__in=people))
    asked |= Exists(Visa.objects.filter(order=OuterRef("pk"), person__in=people))
    asked |= Q(signer__in=people.values("pk")) | Q(executor__in=people.values("pk"))
    for form in {words, words.lower(), words[:1].upper() + words[1:]}:  # SQLite knows no case of Cyrillic letters
        asked |= Q(heading__contains=form)
    digits = words.lstrip("№").strip().split("-")[0]
    if digits.isdecimal() and len(digits) < 6:
        asked |= Q(number=int(digits))
    return orders.filter(asked)


@require_GET
def order_list(request):
    """Orders and drafts that the user may see."""
    form, found = _filtered(request)
    paginator = Paginator(found.values_list("pk", flat=True), 25)
    current = paginator.get_page(request.GET.get("page"))
    shown = _told(Order.objects.filter(pk__in=list(current)), request.user).defer("facts", "points", "preamble")
    shown = {o.pk: o for o in shown.prefetch_related(*with_items())}
    query = request.GET.copy()
    query.pop("page", None)
    drafts = request.user.can(Right.ORDERS_DRAFT)
    return render(
        request,
        "reports/orders/orders.html",
        {
            "filters": form,
            "page_obj": current,
            "query": query.urlencode(),
            "rows": [_row(shown[pk], request.user) for pk in current],
            "found": plural(paginator.count, "приказ,приказа,приказов"),
            "url": reverse("reports:orders"),
            "xlsx_url": f"{reverse('reports:orders_xlsx')}?{query.urlencode()}",
            "sorts": _sorts(query, form),
            "new_url": reverse("reports:order_new") if drafts else "",
            "narrowed": form.is_bound,
            "journal_url": reverse("reports:orders_journal") if request.user.can(Right.ORDERS_SEE_ALL) else "",
            "packages_url": reverse("reports:packages") if request.user.can(Right.PAPERS_SEE_ALL) else "",
            "scans_url": reverse("reports:scans_new") if request.user.can(Right.ORDERS_REGISTER) else "",
        },
    )


def _about(order) -> list[str]:
    """Return whom or what the order is about; a mentor who stands in a pair is not named twice."""
    names = list(dict.fromkeys(item_name(i) for i in order.items.all()))
    return [name for name in names if not any(other.startswith(f"{name} ") for other in names)]


def _row(order, user) -> dict:
    """Return one line of the list."""
    return {
        "url": order.get_absolute_url(),
        "number": f"№\u00a0{order.full_number}" if order.number else "без номера",
        "date": order.date,
        "created": order.created_at,
        "heading": order.heading,
        "kind": order.get_kind_display(),
        "series": order.get_series_display(),
        "badge": badge(order, user),
        "read": f"{order.have_read} из\u00a0{order.people}" if order.people else "",
        "about": joined(_about(order)[:4]),
        "scan": "" if not order.number else "есть" if order.scan_id else "нет",
    }


def _sorts(query, form):
    """Return the links of the table's headings by their name."""
    now = (form.cleaned_data.get("sort") or "new") if form.is_bound and form.is_valid() else "new"

    def link(name):
        changed = query.copy()
        changed["sort"] = name
        return {"url": f"?{changed.urlencode()}", "current": name == now}

    dated = link("old" if now == "new" else "new") | {"current": now in ("new", "old"), "descending": now == "new"}
    return {name: link(name) for name in ("number", "heading", "state")} | {"date": dated}


@require_GET
def orders_xlsx(request):
    """The filtered list as XLSX."""
    _, found = _filtered(request)
    rows = (
        _cells(o)
        for o in _told(found, request.user).select_related("signer", "executor", "pdf").iterator(chunk_size=500)
    )
    return stream_xlsx("приказы.xlsx", "Приказы", COLUMNS, rows)


def _cells(o):
    return (
        o.full_number,
        o.date,
        o.effective_on,
        o.heading,
        o.get_kind_display(),
        o.get_series_display(),
        o.get_state_display(),
        o.signer.full_name if o.signer else "",
        o.executor.full_name if o.executor else "",
        o.created_at,
        o.registered_at,
        bool(o.scan_id) if o.number else "",
        o.have_read if o.number else "",
        o.people if o.number else "",
        o.gap_reason,
        o.pdf.sha256 if o.pdf else "",
    )


def order_new(request):
    """Choose what the order is about, then what goes into it; what is not ready shows why."""
    if not request.user.can(Right.ORDERS_DRAFT):
        raise PermissionDenied("Приказы составляют куратор, специалист по кадрам и директор")
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return render(
            request,
            "reports/orders/order_new.html",
            {
                "kinds": [_kind(k) for k in KINDS.values()],
                "crumbs": [("Приказы", reverse("reports:orders")), ("Новый приказ", None)],
            },
        )
    if KINDS[kind].form:
        return proposal_views.new(request, KINDS[kind])
    wanted = {pk for pk in [request.GET.get(KINDS[kind].subject.name, "")] if pk.isdecimal() and len(pk) < 12}
    after = _start(request)
    rows = waiting_for(kind, wanted=wanted, after=after, most=AT_ONCE + 1)
    more, rows = rows[AT_ONCE:], rows[:AT_ONCE]
    form = ItemsForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: drafting_acts.draft(kind, form.subjects(), by=request.user, request_key=key))
        if made:
            return redirect(made)
    context = _items_context(form, rows, kind, set(request.POST.getlist("items")) or wanted, request.user)
    query = request.GET.copy()  # with what was asked for first: the next part goes on in the same order
    query["after"] = after + AT_ONCE
    next_url = f"?{query.urlencode()}" if more else ""
    return render(
        request,
        "reports/orders/order_items.html",
        context | {"next_url": next_url, "first_url": f"?kind={kind}" if after else ""},
    )


def _start(request) -> int:
    """Return how many of those who waited longer were shown before."""
    said = request.GET.get("after", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _kind(kind) -> dict:
    """Return one kind of order with how much of it could be put into an order now."""
    if kind.form:
        return {
            "label": kind.label,
            "url": f"{reverse('reports:order_new')}?kind={kind.code}",
            "note": kind.hint or "Можно составить",
            "ready": 0,
            "counted": False,
        }
    rows = waiting_for(kind.code, most=AT_ONCE + 1)
    more, rows = rows[AT_ONCE:], rows[:AT_ONCE]
    ready = sum(row.is_ready for row in rows)
    parts = [f"готово: {ready}"] if ready else []
    parts += [f"ещё не готово: {len(rows) - ready}"] if len(rows) > ready else []
    parts += [f"это первые {AT_ONCE}"] if more else []
    return {
        "label": kind.label,
        "url": f"{reverse('reports:order_new')}?kind={kind.code}",
        "note": ", ".join(parts) or "сейчас нечего вносить",
        "ready": ready,
        "counted": True,
    }


def _items_context(form, rows, kind, wanted, user):
    chosen = KINDS[kind]
    text, name = chosen.empty_state
    new = reverse("reports:order_new")
    return {
        "form": form,
        "heading": chosen.label,
        "cancel_url": new,
        "empty_text": text,
        "empty_url": reverse(name),
        "rows": [_choice(row, wanted, len(rows), user) for row in rows],
        "can_submit": bool(form.rows),
        "note": chosen.hint,
        "crumbs": [("Приказы", reverse("reports:orders")), ("Новый приказ", new), (chosen.label, None)],
    }


def _choice(row, wanted, count, user):
    pk = str(row.subject.pk)
    reasons = [{"text": str(c), "url": openable(c.url, user), "link": c.link} for c in row.missing]
    if row.order:
        reasons = [
            {
                "text": "Уже стоит в приказе, который ещё не подписан",
                "url": row.order.get_absolute_url(),
                "link": "Открыть приказ",
            }
        ]
    return {
        "pk": pk,
        "title": row.title,
        "note": row.note,
        "url": openable(row.url, user),
        "enabled": row.is_ready,
        "reasons": reasons,
        "checked": row.is_ready and (pk in wanted or count == 1),
    }
