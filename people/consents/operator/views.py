"""«Уведомление Роскомнадзора»: what the system knows, what the school settles, the paper (152-ФЗ, ст. 22)."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.edits import save_edit
from mentoring_site.history import entries
from mentoring_site.rights import require
from mentoring_site.ui.elements import Action, Crumb, Fact
from people.consents import presenters as consent_presenters
from people.consents.operator import acts
from people.consents.operator.documents import notice_facts
from people.consents.operator.forms import OperatorForm
from people.consents.operator.models import OperatorNotice
from people.consents.register_views import tabs
from people.rights import Right


def notice(request):
    """What is told, point by point."""
    require(request.user, Right.CONSENTS_SEE_ALL)
    shown = OperatorNotice.get()
    actions = [Action("paper", "Напечатать сведения (PDF)", reverse("people:operator_paper"), primary=True)]
    if request.user.can(Right.SCHOOL_EDIT):
        actions.append(Action("edit", "Изменить", reverse("people:operator_edit")))
    context = {
        "tabs": tabs("operator"),
        "facts": [Fact(what, told or "не указано") for what, told in notice_facts(shown)["rows"]],
        "actions": actions,
        "entries": entries([shown]) if shown.is_saved else [],
    }
    return render(request, "people/consents/operator.html", context)


def edit(request):
    """Settle the words."""
    require(request.user, Right.SCHOOL_EDIT)
    shown = OperatorNotice.get()
    form = OperatorForm(request.POST or None, instance=shown, initial={"version": shown.version})
    changed: list = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fresh = OperatorNotice.get()
        if save_edit(
            request, form, lambda: acts.save(by=request.user, **data), "Сведения сохранены.", changed, obj=fresh
        ):
            return redirect("people:operator")
    context = {
        "form": form,
        "heading": "Сведения для уведомления Роскомнадзора",
        "facts": changed,
        "submit": "Сохранить",
        "cancel_url": reverse("people:operator"),
        "crumbs": [Crumb("Уведомление Роскомнадзора", reverse("people:operator")), Crumb("Изменить")],
    }
    return render(request, "form.html", context)


@require_GET
def paper(request):
    """The paper: the notice itself is sent from the cabinet of the operator."""
    require(request.user, Right.CONSENTS_SEE_ALL)
    facts = notice_facts(OperatorNotice.get())
    return consent_presenters.pdf("documents/operator_notice.html", facts, "Сведения для уведомления Роскомнадзора")
