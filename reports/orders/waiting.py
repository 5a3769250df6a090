"""What waits for somebody in orders: visas, signatures, registration, scans, reading, things nobody put into an order."""

from django.urls import reverse

from mentoring_site.russian import plural, rushort
from mentoring_site.waiting import Waiting
from reports.models import Acquaintance, Order, Visa
from reports.orders.ready import waiting_for

READY = {
    "appointment": ("наставник готов,наставника готовы,наставников готовы", "к назначению приказом"),
    "assignment": ("пара готова,пары готовы,пар готовы", "к приказу о закреплении"),
    "programs": ("программа готова,программы готовы,программ готовы", "к приказу об утверждении"),
    "completion": ("завершение готово,завершения готовы,завершений готовы", "к приказу"),
    "roadmap": ("дорожная карта ждёт,дорожные карты ждут,дорожных карт ждут", "приказа об утверждении"),
}


def waiting(user) -> list[Waiting]:
    """Return what waits for the user in orders."""
    found = [*_visas(user), *_reading(user)]
    if user.can("orders.register"):
        found += [*_signatures(user), *_scans()]
    if user.can("orders.draft") and user.can("pairings.answer_for_others"):
        found += _ready()
    return found


def _visas(user):
    visas = Visa.objects.filter(person=user.person_id, given_at__isnull=True, order__state="draft")
    for visa in visas.select_related("order"):
        yield Waiting(
            f"Завизировать проект: {visa.order.heading}", "Без визы приказ не передать на подпись",
            visa.order.get_absolute_url(), "Прочитать и завизировать", since=visa.order.created_at, weight=75,
        )  # fmt: skip


def _reading(user):
    rows = Acquaintance.objects.filter(person=user.person_id, read_at__isnull=True, order__state="registered")
    for row in rows.select_related("order"):
        yield Waiting(
            f"Ознакомиться с приказом №\u00a0{row.order.full_number}", row.order.heading,
            row.order.get_absolute_url(), "Прочитать", since=row.order.registered_at, weight=65,
        )  # fmt: skip


def _signatures(user):
    """The head signs the paper; whoever registers waits for the signed paper and enters it."""
    for order in Order.objects.filter(state="at_signature").order_by("frozen_at"):
        signs = order.signer_id == user.person_id
        yield Waiting(
            f"Подписать приказ: {order.heading}" if signs else f"Зарегистрировать подписанный приказ: {order.heading}",
            "Напечатайте, подпишите и отдайте на регистрацию" if signs else "Он вступит в силу только после регистрации",
            order.get_absolute_url() if signs else reverse("reports:order_register", args=[order.pk]),
            "Открыть" if signs else "Зарегистрировать", since=order.frozen_at, weight=85 if signs else 70,
        )  # fmt: skip


def _scans():
    bare = Order.objects.filter(state="registered", scan__isnull=True).order_by("registered_at")
    for order in bare[:10]:
        yield Waiting(
            f"Приложить скан приказа от {rushort(order.date)} №\u00a0{order.full_number}", order.heading,
            reverse("reports:order_scan", args=[order.pk]), "Приложить скан", since=order.registered_at, weight=20,
        )  # fmt: skip


def _ready():
    drafts = Order.objects.filter(state="draft", visas__isnull=False).exclude(visas__given_at__isnull=True)
    for order in drafts.distinct():
        yield Waiting(
            f"Завершить согласование: {order.heading}", "Все визы получены", order.get_absolute_url(), "Открыть",
            since=order.created_at, weight=72,
        )  # fmt: skip
    for order in Order.objects.filter(state="agreed"):
        yield Waiting(
            f"Передать на подпись: {order.heading}", "Приказ завизирован", order.get_absolute_url(), "Открыть",
            since=order.created_at, weight=73,
        )  # fmt: skip
    for kind, (forms, what) in READY.items():
        if ready := [row for row in waiting_for(kind) if row.is_ready]:
            yield Waiting(
                f"{plural(len(ready), forms)} {what}", "; ".join(row.title for row in ready[:3]) + ("…" if len(ready) > 3 else ""),
                f"{reverse('reports:order_new')}?kind={kind}", "Составить приказ", weight=68,
            )  # fmt: skip
