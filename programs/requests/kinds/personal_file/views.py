"""The page on which the clerk writes down a look at a personal file (п. 4.1)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.requests import presenters
from programs.requests.kinds.personal_file import acts
from programs.requests.kinds.personal_file.forms import LookForm
from programs.requests.models import Request


@require_http_methods(["GET", "POST"])
def look(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down a look at the paper."""
    visible = Request.objects.visible_to(request.user).filter(kind="personal_file")
    found = get_object_or_404(visible.with_requirements(), pk=pk)
    require(request.user, Right.PERSONAL_FILES_RECORD, act="записать ознакомление с личным делом")
    if request.method == "GET" and (why := acts.refusal(found, timezone.localdate())):
        messages.info(request, why)
        return redirect(found)
    form = LookForm(request.POST or None, parts=found.file_access.parts)
    if form.is_valid() and act_with_form(form, lambda: acts.look(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Ознакомление записано, наставляемый узнает о нём")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "heading": "Записать ознакомление",
            "lead": f"{found.author.short_name}, {found.about}",
            "form": form,
            "submit": "Записать",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Ознакомление"),
        },
    )
