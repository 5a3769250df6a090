"""The school's particulars after the first setup, with what is still missing (п. 3.1, 3.3)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from people.rights import Right
from people.school.acts import save_school
from people.school.forms import SchoolSettingsForm
from people.school.models import School
from people.setup.acts import missing_papers


def school(request):
    """What stands on papers and on the site: one form with a version."""
    require(request.user, Right.SCHOOL_EDIT)
    shown = School.get()
    form = SchoolSettingsForm(request.POST or None, instance=School.get())
    if (
        form.is_bound
        and form.is_valid()
        and act_with_form(form, lambda: save_school(shown, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, "Сведения о школе сохранены. Подписанные документы остались, какими были")
        return redirect("people:school")
    context = {
        "differences": form.differences(School.get()) if form.is_bound else [],
        "form": form,
        "heading": "Сведения о школе",
        "cancel_url": reverse("people:school"),
        "missing": missing_papers(),
        "lead": "Стоят в шапке документов и на сайте. Уже подписанные документы не изменятся.",
    }
    return render(request, "people/setup/school.html", context)
