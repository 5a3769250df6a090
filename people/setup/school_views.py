"""The school's particulars after the first setup, with what is still missing (п. 3.1, 3.3)."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import asked_next
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from people.school.acts import save_school
from people.school.forms import SchoolPartForm, SchoolSettingsForm
from people.school.models import School
from people.setup.acts import missing_papers
from people.setup.school_parts import PARTS

SAVED = "Сведения о школе сохранены. Подписанные документы остались, какими были"


def school(request):
    """What stands on papers and on the site: one form with a version."""
    require(request.user, Right.SCHOOL_EDIT)
    shown = School.get()
    form = SchoolSettingsForm(request.POST or None, instance=School.get())
    changed: list[Fact] = []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        if save_edit(request, form, lambda: save_school(shown, by=request.user, **values), SAVED, changed, obj=shown):
            return redirect("people:school")
    context = {
        "changed": changed,
        "form": form,
        "heading": "Сведения о школе",
        "cancel_url": reverse("people:school"),
        "missing": missing_papers(),
        "lead": "Стоят в шапке документов и на сайте. Уже подписанные документы не изменятся.",
    }
    return render(request, "people/setup/school.html", context)


def school_part(request: UserRequest, part: str) -> HttpResponse:
    """One thing of the particulars: a short form that comes back to where it was asked for (``next``)."""
    require(request.user, Right.SCHOOL_EDIT)
    found, shown = next((p for p in PARTS if p.name == part), None), School.get()
    if found is None or shown is None:
        raise Http404
    back = asked_next(request, reverse("people:school"))
    form = SchoolPartForm(request.POST or None, instance=School.get(), only=found.fields)
    changed: list[Fact] = []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        if save_edit(request, form, lambda: save_school(shown, by=request.user, **values), SAVED, changed, obj=shown):
            return redirect(back)
    context = {
        "changed": changed,
        "form": form,
        "heading": found.label,
        "cancel_url": back,
        "crumbs": [Crumb("Сведения о школе", reverse("people:school")), Crumb(found.label)],
        "lead": found.why,
    }
    return render(request, "edit.html", context)
