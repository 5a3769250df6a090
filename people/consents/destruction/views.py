"""Acts of destruction of personal data: the list, preparing, one act, approval by another user (приказ РКН № 179)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site import history as mentoring_site_history
from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import page_of
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import erasure, presenters
from people.consents.destruction.forms import DeclineForm, DestructionForm, RecordsForm
from people.consents.destruction.models import Destruction
from people.consents.register_views import tabs
from people.register.models import Person
from people.rights import Right


def register(request):
    """Whose data are due to be destroyed, and the acts."""
    require(request.user, Right.CONSENTS_SEE_ALL)
    found = Destruction.objects.visible_to(request.user).select_related("person", "approved_by__person")
    context = page_of(found, request)
    context |= {
        "rows": [presenters.row(d) for d in context["page_obj"]],
        "due": presenters.due(request.user),
        "who_prepares": Right.CONSENTS_RECORD.who,
        "who_approves": Right.CONSENTS_DESTROY.who,
        "tabs": tabs("destructions"),
    }
    return render(request, "people/consents/destructions.html", context)


def new(request, pk):
    """Choose what of a person to destroy; the page shows what there is, and what stays and why."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.CONSENTS_RECORD, act="готовить акт об уничтожении")
    withdrawal = presenters.withdrawal_of(person, request.GET.get("withdrawal"))
    asked = presenters.request_of(person, request.GET.get("request"))
    withdrawal = None if asked else withdrawal
    found = erasure.found(person)
    form = DestructionForm(request.POST or None, found=found, initial=presenters.initial(withdrawal, asked))
    if request.method == "POST" and form.is_valid():
        made = act_with_form(
            form,
            lambda: destruction_acts.prepare(
                person, by=request.user, withdrawal=withdrawal, request=asked, **form.cleaned_data
            ),
        )
        if made:
            return redirect(made)
    context = {
        "form": form,
        "heading": f"Уничтожить данные: {person.short_name}",
        "found": bool(found),
        "lead": f"Сначала проект акта. Данные исчезнут, только когда его утвердит {Right.CONSENTS_DESTROY.who}.",
        "nothing": "Данных, которые можно уничтожить, у\u00a0этого человека нет.",
        "stays": erasure.stays(person),
        "submit": "Подготовить акт",
        "cancel_url": reverse("people:destructions"),
        "crumbs": [
            Crumb("Согласия", reverse("people:consents")),
            Crumb("Уничтожение данных", reverse("people:destructions")),
            Crumb(person.short_name),
        ],
    }
    return render(request, "people/consents/destruction_new.html", context)


def new_of_records(request):
    """Choose which records of the school past their term of keeping to destroy; the page names each."""
    require(request.user, Right.CONSENTS_RECORD, act="готовить акт об уничтожении")
    found = erasure.records_found()
    form = RecordsForm(request.POST or None, found=found, initial=presenters.initial(None))
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: destruction_acts.prepare_records(by=request.user, **form.cleaned_data))
        if made:
            return redirect(made)
    context = {
        "form": form,
        "heading": "Уничтожить документы школы",
        "found": bool(found),
        "lead": "Только те, срок хранения которых истёк. Сначала проект акта: данные исчезнут, когда его утвердит"
        f" {Right.CONSENTS_DESTROY.who}.",
        "stays": [],
        "nothing": "Документов школы, срок хранения которых истёк, нет.",
        "submit": "Подготовить акт",
        "cancel_url": reverse("people:destructions"),
        "crumbs": [
            Crumb("Согласия", reverse("people:consents")),
            Crumb("Уничтожение данных", reverse("people:destructions")),
            Crumb("Документы школы"),
        ],
    }
    return render(request, "people/consents/destruction_new.html", context)


def _seen(request, pk) -> Destruction:
    found = Destruction.objects.visible_to(request.user).select_related(
        "person", "prepared_by__person", "approved_by__person", "declined_by__person", "withdrawal", "paper", "log"
    )
    return get_object_or_404(found, pk=pk)


def destruction(request, pk):
    """One act: what, why, by whom; its papers when it is done."""
    shown = _seen(request, pk)
    context = {
        "destruction": shown,
        "title": destruction_acts.title(shown),
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown),
        "actions": presenters.actions(request.user, shown),
        "gone": presenters.contents(shown),
        "named": shown.gone,
        "stays": erasure.stays(shown.person) if shown.person else [],
        "open": presenters.is_open(shown),
        "entries": mentoring_site_history.entries([shown]),
        "crumbs": [
            Crumb("Согласия", reverse("people:consents")),
            Crumb("Уничтожение данных", reverse("people:destructions")),
            Crumb(destruction_acts.title(shown)),
        ],
    }
    return render(request, "people/consents/destruction.html", context)


def approve(request, pk):
    """Approve and destroy, after a page that names exactly what will be gone."""
    shown = _seen(request, pk)
    destruction_acts.check_may_approve(shown, request.user)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: destruction_acts.approve(shown, by=request.user),
            success=lambda d: f"{destruction_acts.title(d)} утверждён, данные уничтожены",
            to=shown,
        )
    context = {
        "heading": f"Уничтожить данные: {shown.whose}?",
        "lead": "Вернуть их будет нельзя.",
        "danger": True,
        "consequences": presenters.consequences(shown),
        "submit": "Утвердить акт и уничтожить",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": [
            Crumb("Уничтожение данных", reverse("people:destructions")),
            Crumb(destruction_acts.title(shown), shown.get_absolute_url()),
            Crumb("Утверждение"),
        ],
    }
    return render(request, "confirm.html", context)


def decline(request, pk):
    """Decline an act, or take back one's own."""
    shown = _seen(request, pk)
    destruction_acts.check_may_decline(shown, request.user)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        return act_and_redirect(
            request,
            lambda: destruction_acts.decline(shown, by=request.user, words=words),
            success="Акт отклонён, данные остались",
            to=shown,
        )
    context = {
        "form": form,
        "heading": "Отклонить акт",
        "submit": "Отклонить акт",
        "lead": shown.person.full_name if shown.person else shown.whose.capitalize(),
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "form.html", context)


def paper(request, pk):
    """The act as PDF."""
    return _file(_seen(request, pk).paper)


def log(request, pk):
    """The export from the log of acts."""
    return _file(_seen(request, pk).log)


def _file(stored):
    if stored is None:
        raise Http404("Акт ещё не утверждён")
    return serve(stored, inline=True)
