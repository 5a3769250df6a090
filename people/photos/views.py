"""The page of a person's photograph, and the picture itself for those who see the person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect, act_with_form
from people.photos import acts
from people.photos.forms import PhotoForm
from people.photos.models import Photo
from people.register.models import Person
from people.register.presenters import crumbs, tabs


def photo(request, pk):
    """The photograph, who sees it, and a new one."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    acts.check_may_put(shown, request.user)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["photo"]
        if act_with_form(form, lambda: acts.put(shown, upload, by=request.user)):
            messages.success(request, "Фотография записана: посетитель сайта видит её, пока действует согласие.")
            return redirect("people:person_photo", shown.pk)
    allowed = acts.is_shown(shown)
    context = {
        "person": shown,
        "form": form if allowed else None,
        "why_not": "" if allowed else acts.NOT_ALLOWED,
        "consents_url": reverse("people:person_consents", args=[shown.pk]),
        "photo": Photo.objects.visible_to(request.user).filter(person=shown).first(),
        "heading": shown.full_name,
        "submit": "Записать фотографию",
        "multipart": True,
        "tabs": tabs(request.user, shown, "photo"),
        "crumbs": crumbs(request.user, shown, "Фотография"),
        "remove_url": reverse("people:person_photo_remove", args=[shown.pk]),
    }
    return render(request, "people/photos/photo.html", context)


@require_POST
def remove(request, pk):
    """Take the photograph away."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    acts.check_may_put(shown, request.user)
    return act_and_redirect(
        request,
        lambda: acts.remove(shown, by=request.user) or shown,
        to=reverse("people:person_photo", args=[shown.pk]),
        success="Фотография удалена.",
    )


@require_safe
def picture(request, pk):
    """The picture, for those who see the person, while the person lets it be shown."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    found = Photo.objects.visible_to(request.user).select_related("file").filter(person=shown).first()
    if found is None or not (acts.is_shown(shown) or request.user.person_id == shown.pk):
        raise Http404
    return serve(found.file, inline=True)
