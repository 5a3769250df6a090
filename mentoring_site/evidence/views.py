"""Pages of evidence: more of it, one proof with its revisions, the file, its thumbnail, taken away and given back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring_site.evidence import acts, places, presenters
from mentoring_site.evidence.forms import AddForm, DayForm, RenewForm
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import Evidence, EvidenceRevision
from mentoring_site.pictures import is_picture, thumbnail
from mentoring_site.ui.elements import Action, Crumb

GONE = "Подтверждение убрано. Вернуть его можно здесь же в течение суток, пока другие ничего не решили"


def _evidence(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)


def _revision(request: HttpRequest, pk: int) -> EvidenceRevision:
    """Return a revision of a proof that the user may open and that was not taken away."""
    found = EvidenceRevision.objects.visible_to(request.user).filter(file__isnull=False)
    return get_object_or_404(found.select_related("file"), pk=pk)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Put files, a link or records of the product to a thing."""
    place = places.PLACES.get(code)
    if place is None:
        raise Http404
    thing = get_object_or_404(place.readable(request.user), pk=pk)
    place.require(thing, request.user)
    form = AddForm(request.POST or None, request.FILES or None, offers=list(place.offers(thing, request.user)))
    if form.is_valid() and act_with_form(form, lambda: _add(thing, form, request.user)):
        messages.success(request, "Подтверждение приложено")
        return redirect(place.address(thing))
    context = {
        "form": form,
        "heading": "Приложить подтверждение",
        "lead": place.title(thing),
        "submit": "Приложить",
        "multipart": True,
        "cancel_url": place.address(thing),
        "crumbs": [Crumb(place.title(thing), place.address(thing)), Crumb("Подтверждение")],
    }
    return render(request, "form.html", context)


def _add(thing: Any, form: AddForm, user: Any) -> list[Evidence]:
    data = dict(form.cleaned_data)
    with acts.stored_uploads(data.pop("evidence"), by=user) as files:
        return acts.add(thing, by=user, files=files, **data)


@require_safe
def day(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """What proved a thing on a day: the revisions that stood at its end and whose term had not passed."""
    place = places.PLACES.get(code)
    if place is None:
        raise Http404
    thing = get_object_or_404(place.readable(request.user), pk=pk)
    asked = {"day": request.GET["day"]} if "day" in request.GET else {"day": timezone.localdate().isoformat()}
    form = DayForm(asked)
    chosen = form.cleaned_data["day"] if form.is_valid() else None
    context = {
        "form": form,
        "day": chosen,
        "rows": presenters.lines(presenters.on_day(thing, chosen)[::-1]) if chosen else [],
        "lead": place.title(thing),
        "crumbs": [Crumb(place.title(thing), place.address(thing)), Crumb("Подтверждения на день")],
    }
    return render(request, "evidence/day.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One proof: what it proves, its revisions with who put them and when."""
    evidence = _evidence(request, pk)
    place = places.of(evidence.object)
    revisions = list(evidence.revisions.select_related("file", "by__person").order_by("number"))
    renews = acts.may_renew(evidence, request.user)
    url = f"{evidence.get_absolute_url()}renew/"
    context = {
        "title": revisions[-1].name,
        "facts": presenters.facts(evidence),
        "revisions": presenters.lines(revisions),
        "actions": [Action("renew", "Заменить новой редакцией", url, primary=evidence.is_expired())] if renews else [],
        "crumbs": [Crumb(place.title(evidence.object), place.address(evidence.object)), Crumb("Подтверждение")],
    }
    return render(request, "evidence/page.html", context)


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add a revision to a proof."""
    evidence = _evidence(request, pk)
    place = places.of(evidence.object)
    if not acts.may_renew(evidence, request.user):
        place.require(evidence.object, request.user)
        messages.info(request, "Этого подтверждения здесь уже нет")
        return redirect(evidence)
    form = RenewForm(request.POST or None, request.FILES or None)
    if form.is_valid() and act_with_form(form, lambda: _renew(evidence, form, request.user), request):
        messages.success(request, "Новая редакция записана, прежняя осталась ниже")
        return redirect(evidence)
    context = {
        "form": form,
        "heading": "Новая редакция подтверждения",
        "lead": place.title(evidence.object),
        "submit": "Записать новую редакцию",
        "multipart": True,
        "cancel_url": evidence.get_absolute_url(),
        "crumbs": [Crumb(place.title(evidence.object), place.address(evidence.object)), Crumb("Новая редакция")],
    }
    return render(request, "form.html", context)


def _renew(evidence: Evidence, form: RenewForm, user: Any) -> Evidence:
    data = dict(form.cleaned_data)
    with stored_upload(data.pop("file"), by=user) as file:
        return acts.renew(evidence, by=user, file=file, **data)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a proof away."""
    evidence = _evidence(request, pk)
    place = places.of(evidence.object)
    place.require(evidence.object, request.user)
    to = place.address(evidence.object)
    return act_and_redirect(request, lambda: acts.remove(evidence, by=request.user), success=GONE, to=to)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a proof back."""
    evidence = _evidence(request, pk)
    place = places.of(evidence.object)
    place.require(evidence.object, request.user)
    to = place.address(evidence.object)
    return act_and_redirect(
        request, lambda: acts.put_back(evidence, by=request.user), success="Подтверждение возвращено", to=to
    )


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a revision, for those who may read its thing; a picture opens in the browser."""
    stored = _revision(request, pk).file
    assert stored is not None
    return serve(stored, inline=is_picture(stored))


@require_safe
def small(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture made small for the page."""
    stored = _revision(request, pk).file
    assert stored is not None
    if not is_picture(stored):
        raise Http404
    try:
        content = thumbnail(stored)
    except FileNotFoundError as error:
        raise Http404("Файла нет в хранилище") from error
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
