"""The school's particulars, and roles on one screen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from people.rights import Right
from people.school.forms import SchoolSettingsForm
from people.school.models import School
from people.setup import acts as setup_acts


def school(request):
    """What stands on papers and on the site: one form with a version."""
    if not request.user.can(Right.SCHOOL_EDIT):
        raise PermissionDenied("Сведения о школе меняет куратор или директор")
    row = School.get()
    form = SchoolSettingsForm(request.POST or None, instance=School.get())
    saved = (
        form.is_bound
        and form.is_valid()
        and act_with_form(form, lambda: setup_acts.save_school(row, by=request.user, **form.cleaned_data))
    )
    if saved:
        messages.success(request, "Сведения о школе сохранены. Подписанные документы остались, какими были")
        return redirect("people:school")
    context = {
        "differences": form.differences(School.get()) if form.is_bound else [],
        "form": form,
        "heading": "Сведения о школе",
        "cancel_url": reverse("people:school"),
        "missing": setup_acts.missing_papers(),
        "lead": "Стоят в шапке документов и на сайте. Уже подписанные документы не изменятся.",
    }
    return render(request, "people/school/school.html", context)
