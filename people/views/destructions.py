"""Acts of destruction of personal data: the list, preparing, one act, approval by another user (приказ РКН № 179)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.acts import attempt, try_form
from mentoring_site.files import serve
from people import destruction_pages, destructions, erasure, history
from people.forms.destructions import DeclineForm, DestructionForm
from people.models import Destruction, Person
from people.views.consent_register import tabs
from people.views.lists import page_of

WHO = "Акты об уничтожении видят директор, куратор и специалист по кадрам"


def register(request):
    """Whose data are due to be destroyed, and the acts."""
    if not request.user.can("consents.see_all"):
        raise PermissionDenied(WHO)
    found = Destruction.objects.visible_to(request.user).select_related("person", "approved_by__person")
    context = page_of(found, request)
    context |= {
        "rows": [destruction_pages.row(d) for d in context["page_obj"]],
        "due": destruction_pages.due(request.user),
        "tabs": tabs(request.user, "destructions"),
    }
    return render(request, "people/destructions.html", context)


def new(request, pk):
    """Choose what of a person to destroy; the page shows what there is, and what stays and why."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.can("consents.record"):
        raise PermissionDenied("Акт об уничтожении готовят куратор и специалист по кадрам")
    withdrawal = destruction_pages.withdrawal_of(person, request.GET.get("withdrawal"))
    found = erasure.found(person)
    form = DestructionForm(request.POST or None, found=found, initial=destruction_pages.initial(withdrawal))
    if request.method == "POST" and form.is_valid():
        made = try_form(
            form, lambda: destructions.prepare(person, by=request.user, withdrawal=withdrawal, **form.cleaned_data)
        )
        if made:
            return redirect(made)
    context = {
        "form": form,
        "heading": f"Уничтожить данные: {person.short_name}",
        "found": bool(found),
        "lead": "Сначала проект акта. Данные исчезнут, только когда директор утвердит его.",
        "stays": erasure.stays(person),
        "submit": "Подготовить акт",
        "cancel_url": reverse("people:destructions"),
        "crumbs": [
            ("Согласия", reverse("people:consents")),
            ("Уничтожение данных", reverse("people:destructions")),
            (person.short_name, None),
        ],
    }
    return render(request, "people/destruction_new.html", context)


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
        "title": destructions.title(shown),
        "badge": destruction_pages.badge(shown),
        "facts": destruction_pages.facts(shown),
        "actions": destruction_pages.actions(request.user, shown),
        "gone": destruction_pages.contents(shown),
        "stays": erasure.stays(shown.person),
        "open": destruction_pages.is_open(shown),
        "entries": history.entries([shown]),
        "crumbs": [
            ("Согласия", reverse("people:consents")),
            ("Уничтожение данных", reverse("people:destructions")),
            (destructions.title(shown), None),
        ],
    }
    return render(request, "people/destruction.html", context)


def approve(request, pk):
    """Approve and destroy, after a page that names exactly what will be gone."""
    shown = _seen(request, pk)
    if not destructions.may_approve(shown, request.user):
        raise PermissionDenied("Акт утверждает директор, и не тот, кто его подготовил")
    if request.method == "POST":
        return attempt(
            request,
            lambda: destructions.approve(shown, by=request.user),
            success=lambda d: f"{destructions.title(d)} утверждён, данные уничтожены",
            to=shown,
        )
    context = {
        "heading": f"Уничтожить данные: {shown.person.short_name}?",
        "lead": "Вернуть их будет нельзя.",
        "danger": True,
        "consequences": destruction_pages.consequences(shown),
        "submit": "Утвердить акт и уничтожить",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": [
            ("Уничтожение данных", reverse("people:destructions")),
            (destructions.title(shown), shown.get_absolute_url()),
            ("Утверждение", None),
        ],
    }
    return render(request, "confirm.html", context)


def decline(request, pk):
    """Decline an act, or take back one's own."""
    shown = _seen(request, pk)
    if not (request.user.can("consents.destroy") or shown.prepared_by_id == request.user.pk):
        raise PermissionDenied("Отклонить акт может директор, отозвать — тот, кто его подготовил")
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        return attempt(
            request,
            lambda: destructions.decline(shown, by=request.user, words=words),
            success="Акт отклонён, данные остались",
            to=shown,
        )
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Отклонить акт",
            "submit": "Отклонить акт",
            "lead": shown.person.full_name,
            "cancel_url": shown.get_absolute_url(),
        },
    )


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
