"""Two buttons above every list: keep these filters under a name, take a name away."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.forms import BaseForm
from mentoring_site.lists import acts


class ViewForm(BaseForm):
    """Which list, its filters and the name."""

    of = forms.ChoiceField(choices=lambda: [(name, name) for name in acts.LISTS])
    query = forms.CharField(max_length=acts.LENGTH, required=False)
    name = forms.CharField(max_length=60, required=False)
    shared = forms.BooleanField(required=False)


class DropForm(BaseForm):
    """Which list and which view."""

    of = forms.ChoiceField(choices=lambda: [(name, name) for name in acts.LISTS])
    view = forms.IntegerField(min_value=1, max_value=2**62)


@require_POST
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep the filters of a list under a name."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _nonsense(request)
    data = form.cleaned_data
    back = reverse(data["of"])
    part = acts.kept_part(data["of"], data["query"])
    return act_and_redirect(
        request,
        lambda: acts.save(data["of"], data["query"], data["name"], by=request.user, shared=data["shared"]),
        success=lambda view: (
            f"Отбор «{view.name}» стоит над списком{' у всех, кто его открывает' if view.shared else ''}"
        ),
        to=f"{back}?{part}" if part else back,
    )


@require_POST
def drop(request: HttpRequest) -> HttpResponseBase:
    """Take one's own view away."""
    form = DropForm(request.POST)
    if not form.is_valid():
        return _nonsense(request)
    name = acts.drop(form.cleaned_data["view"], by=request.user)
    messages.success(request, f"Отбор «{name}» убран" if name else "Этого отбора уже нет")
    return redirect(form.cleaned_data["of"])


def _nonsense(request: HttpRequest) -> HttpResponseBase:
    messages.error(request, "Отбор не сохранён: откройте список и попробуйте ещё раз")
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
