"""Which signed papers changed facts touch: of one person, of the whole school; an order may stay as it is."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring_site.form_handling import act_with_form
from mentoring_site.forms import BaseForm
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.register.models import FormerName, Person
from people.register.presenters import crumbs, tabs
from people.rights import Right
from reports.documents.touched import acts
from reports.documents.touched.papers import touched
from reports.documents.touched.presenters import groups
from reports.orders.models import Order

HEADING = "Затронутые бумаги"


class LeaveForm(BaseForm):
    """Why an order stays as it is."""

    reason = forms.CharField(
        label="Почему приказ остаётся без изменений",
        max_length=250,
        help_text="Например: «приказ закончится через неделю»; причина останется в истории приказа",
    )


@require_safe
def touched_all(request) -> HttpResponse:
    """Every signed paper of the school that a changed fact touches."""
    require(request.user, Right.PAPERS_SEE_ALL)
    way = [Crumb("Приказы", reverse("reports:orders")), Crumb(HEADING)]
    return _page(request, groups(touched(), request.user), way, [])


@require_safe
def touched_of(request, pk: int) -> HttpResponse:
    """The same of one person."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if person.pk != request.user.person_id:
        require(request.user, Right.PAPERS_SEE_ALL)
    found = groups(touched(person), request.user)
    return _page(request, found, crumbs(request.user, person, HEADING), tabs(request.user, person, "touched"), person)


def _page(request, found, way, parts, person=None) -> HttpResponse:
    context = {"groups": found, "crumbs": way, "tabs": parts, "person": person, "heading": HEADING}
    return render(request, "reports/documents/touched.html", context)


def leave(request, pk: int, former: int) -> HttpResponse:
    """Leave an order as it is, with a reason."""
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.ORDERS_DRAFT)
    people = Person.objects.visible_to(request.user)
    name = get_object_or_404(FormerName.objects.filter(person__in=people).select_related("person"), pk=former)
    back = reverse("reports:touched_of", args=[name.person_id])
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if act_with_form(form, lambda: _left(order, name, request.user, reason), request):
            return redirect(back)
    context = {
        "form": form,
        "heading": "Оставить приказ без изменений",
        "lead": f"{order.full_title}: {name} — теперь {name.person.full_name}",
        "submit": "Оставить как есть",
        "cancel_url": back,
        "crumbs": [*crumbs(request.user, name.person), Crumb(HEADING, back), Crumb("Решение")],
    }
    return render(request, "form.html", context)


def _left(order: Order, name: FormerName, user, reason: str) -> bool:
    acts.leave_as_is(order, name, by=user, reason=reason)
    return True
