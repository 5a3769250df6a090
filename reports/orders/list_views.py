"""The page of the register of orders and drafts (п. 3.1–3.3)."""

from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.ui.list_page import EmptyState
from people.rights import Right
from reports.orders.bulk import DISCARD, VISAS
from reports.orders.list_page import FIRST_ORDER, ORDERS
from reports.orders.models import Order


@require_http_methods(["GET", "POST"])
def orders_remind(request):
    """Remind those whose visas the ticked drafts await."""
    return VISAS.answer(request, ORDERS, Order.objects.visible_to(request.user))


@require_http_methods(["GET", "POST"])
def orders_discard(request):
    """Delete the ticked drafts that nobody needs."""
    return DISCARD.answer(request, ORDERS, Order.objects.visible_to(request.user))


@require_GET
def order_list(request):
    """Orders and drafts that the user may see."""
    user = request.user
    new_url = reverse("reports:order_new") if user.can(Right.ORDERS_DRAFT) else ""
    return ORDERS.answer(
        request,
        Order.objects.visible_to(user),
        nothing=EmptyState(FIRST_ORDER, new_url, "Составить первый приказ") if new_url else None,
        new_url=new_url,
        journal_url=reverse("reports:orders_journal") if user.can(Right.ORDERS_SEE_ALL) else "",
        packages_url=reverse("reports:packages") if user.can(Right.PAPERS_SEE_ALL) else "",
        register_url=reverse("reports:orders_register") if _several_at_signature(user) else "",
        past_url=reverse("reports:past_imports") if user.can(Right.PAST_LOAD) else "",
        scans_url=reverse("reports:scans_new") if user.can(Right.ORDERS_REGISTER) else "",
    )


def _several_at_signature(user) -> bool:
    """Whether the user could register several orders at once."""
    if not user.can(Right.ORDERS_REGISTER):
        return False
    return (
        len(
            Order.objects.visible_to(user)
            .filter(state=Order.State.AT_SIGNATURE)
            .order_by()
            .values_list("pk", flat=True)[:2]
        )
        == 2
    )
