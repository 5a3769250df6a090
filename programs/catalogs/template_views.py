"""Pages of samples of programs: all of them, the files that help with their activities (п. 1.2, 3.5)."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.rights import Right
from programs.catalogs import presenters, template_acts
from programs.catalogs.forms import MaterialForm
from programs.catalogs.models import TemplateActivity


@require_safe
def templates(request) -> HttpResponse:
    """Samples of programs by departments and needs, with what the council has concluded about them (п. 3.5)."""
    require(request.user, Right.PROGRAMS_WRITE)
    add_url = reverse("programs:lists_new", args=["templates"])
    return render(request, "programs/catalogs/templates.html", {"rows": presenters.template_rows(), "add_url": add_url})


def _line(request, pk: int) -> TemplateActivity:
    found = TemplateActivity.objects.visible_to(request.user).select_related("template")
    return get_object_or_404(found, pk=pk)


def materials(request, pk: int) -> HttpResponse:
    """Files that help with one activity of a sample: add one."""
    require(request.user, Right.PROGRAMS_WRITE)
    line = _line(request, pk)
    here = reverse("programs:template_materials", args=[line.pk])
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with stored_upload(form.cleaned_data["file"], by=request.user) as file:
            done = act_with_form(form, lambda: template_acts.attach(line, file, by=request.user) or True)
        if done:
            messages.success(request, "Материал добавлен. Он появится у мероприятий новых программ")
            return redirect(here)
    edit_url = reverse("programs:lists_edit", args=["templates", line.template_id])
    context = {
        "form": form,
        "heading": "Материалы мероприятия",
        "lead": line.title,
        "multipart": True,
        "files": [
            (
                file,
                reverse("programs:template_material", args=[line.pk, file.pk]),
                reverse("programs:template_material_drop", args=[line.pk, file.pk]),
            )
            for file in line.materials.order_by("pk")
        ],
        "cancel_url": edit_url,
        "crumbs": [
            Crumb("Образцы программ", reverse("programs:templates")),
            Crumb(line.template.name, edit_url),
            Crumb("Материалы"),
        ],
    }
    return render(request, "programs/catalogs/template_materials.html", context)


@require_safe
def material(request, pk: int, file_pk: int) -> FileResponse:
    """A file of an activity of a sample."""
    require(request.user, Right.PROGRAMS_WRITE)
    return serve(get_object_or_404(_line(request, pk).materials, pk=file_pk))


@require_POST
def drop_material(request, pk: int, file_pk: int) -> HttpResponse:
    """Take a file away from an activity of a sample."""
    require(request.user, Right.PROGRAMS_WRITE)
    line = _line(request, pk)
    file = get_object_or_404(line.materials, pk=file_pk)
    return act_and_redirect(
        request,
        lambda: template_acts.detach(line, file, by=request.user),
        success="Материал убран из образца",
        to=reverse("programs:template_materials", args=[line.pk]),
    )
