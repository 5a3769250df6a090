"""Withdrawals of consents: recording, the printed demand, «Сроки по отзывам» (152-ФЗ, ст. 10.1, 21)."""

from django.db.models import Count, F, Min, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import page_of
from people.consents import acts as consent_acts
from people.consents import presenters as consent_presenters
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, PUBLIC_FIELDS, Consent
from people.consents.register_views import tabs
from people.consents.withdrawals import answers, presenters
from people.consents.withdrawals.forms import WithdrawalForm
from people.consents.withdrawals.models import Withdrawal
from people.rights import Right

AFTER = {
    PROCESSING: "Согласие отозвано: из банков и с сайта человек убран. Сроки и ответ — в «Сроках по отзывам».",
    DISSEMINATION: "Согласие отозвано, с сайта убрано. Остальные согласия действуют.",
    DUTIES: "Согласие отозвано. Остальные согласия действуют.",
}


def withdraw(request, pk):
    """Withdraw a consent, or a part of a dissemination, after a page that names the consequences."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person"), pk=pk)
    consent_acts.check_may_withdraw(shown, request.user)
    records = request.user.can(Right.CONSENTS_RECORD)
    form = WithdrawalForm(request.POST if request.method == "POST" else None, consent=shown, asks_day=records)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return _withdraw(request, shown, data.get("on") or timezone.localdate(), data)
    context = {
        "heading": f"Отозвать согласие: {shown.person.short_name}",
        "lead": consent_presenters.heading(shown),
        "form": form if form.fields else None,
        "consequences": consent_presenters.consequences(shown),
        "submit": "Отозвать согласие",
        "danger": True,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": [
            Crumb(shown.person.short_name, shown.person.get_absolute_url()),
            Crumb(consent_presenters.heading(shown), shown.get_absolute_url()),
            Crumb("Отзыв"),
        ],
    }
    return render(request, "confirm.html", context)


def _withdraw(request, shown, on, data):
    stopped = data.get("fields_stopped")
    if stopped:
        named = joined([PUBLIC_FIELDS[code] for code in stopped])
        return act_and_redirect(
            request,
            lambda: consent_acts.narrow(shown, by=request.user, on=on, fields=stopped),
            success=f"Распространение прекращено: {named}. Остальное действует.",
            to=shown,
        )
    demand = data.get("demand", False)
    return act_and_redirect(
        request,
        lambda: consent_acts.withdraw(shown, by=request.user, on=on, demand=demand),
        success=AFTER[shown.purpose],
        to=shown,
    )


def form(request, pk):
    """The demand of a person as PDF, to be signed by a pen; each ``field`` in the address names data to stop."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person"), pk=pk)
    fields = [code for code in PUBLIC_FIELDS if code in request.GET.getlist("field") and code in shown.fields]
    facts = presenters.form_facts(
        shown, shown.purpose, shown.part, fields=fields, demand=bool(request.GET.get("demand"))
    )
    return consent_presenters.pdf("documents/withdrawal.html", facts, f"Отзыв согласия {shown.person.short_name}")


@require_GET
def answer(request, pk):
    """The answer to the person: what stopped, what goes on and on what ground (152-ФЗ, ст. 9 ч. 2; ст. 21)."""
    shown = get_object_or_404(Withdrawal.objects.visible_to(request.user).select_related("consent__person"), pk=pk)
    name = f"Ответ на отзыв согласия {shown.consent.person.short_name}"
    return consent_presenters.pdf("documents/withdrawal_answer.html", answers.facts(shown), name)


def register(request):
    """«Сроки по отзывам»: each withdrawal, what was done at once, what is due until when, what is done by whom."""
    require(request.user, Right.CONSENTS_SEE_ALL, act="видеть сроки по отзывам")
    is_open = Q(duties__done_at__isnull=True, duties__isnull=False)
    found = Withdrawal.objects.visible_to(request.user).select_related("consent__person")
    found = found.annotate(open=Count("duties", filter=is_open), first=Min("duties__due_on", filter=is_open))
    found = found.prefetch_related("duties__done_by__person").defer("consent__text")
    open_only = request.GET.get("show") != "all"
    if open_only:
        found = found.filter(open__gt=0)
    context = page_of(found.order_by(F("first").asc(nulls_last=True), "-received_on", "-pk"), request)
    context |= {
        "rows": [presenters.row(withdrawal, request.user) for withdrawal in context["page_obj"]],
        "tabs": tabs("withdrawals"),
        "open_only": open_only,
    }
    return render(request, "people/consents/withdrawals.html", context)
