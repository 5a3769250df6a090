"""Pages of training by people: who has learnt what, mentors without training, invitations, the settings (п. 3.4)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, ruday
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.register.models import Person
from people.rights import Right
from roadmap.training import acts, bulk, presenters
from roadmap.training.forms import SettingsForm
from roadmap.training.list_pages import MENTORS, PEOPLE, mentors_without, with_training
from roadmap.training.models import TrainingInvitation, TrainingSettings


def _teachers(request: UserRequest):
    people = Person.objects.visible_to(request.user).filter(pk__in=presenters.teachers())
    return with_training(people, request.user)


@require_GET
def people(request: UserRequest) -> HttpResponseBase:
    """Teachers of today: the last course, training about mentoring, hours; the same list as XLSX."""
    require(request.user, Right.TRAINING_SEE)
    return PEOPLE.answer(request, _teachers(request), crumbs=presenters.crumbs(Crumb(PEOPLE.title)))


@require_http_methods(["GET", "POST"])
def course(request: UserRequest) -> HttpResponseBase:
    """Write down one training of many people."""
    return bulk.COURSE.answer(request, PEOPLE, _teachers(request))


@require_http_methods(["GET", "POST"])
def invite_people(request: UserRequest) -> HttpResponseBase:
    """Invite the ticked people to learn."""
    return bulk.INVITE_PEOPLE.answer(request, PEOPLE, _teachers(request))


@require_GET
def mentors(request: UserRequest) -> HttpResponseBase:
    """Mentors of today and of the bank who have learnt nothing about mentoring."""
    require(request.user, Right.TRAINING_SEE)
    found, since = mentors_without(request.user)
    return MENTORS.answer(
        request,
        found,
        since=since,
        settings_url=reverse("roadmap:training_settings") if request.user.can(Right.TRAINING_EDIT) else "",
        crumbs=presenters.crumbs(Crumb(MENTORS.title)),
    )


@require_http_methods(["GET", "POST"])
def invite(request: UserRequest) -> HttpResponseBase:
    """Invite the ticked mentors to learn."""
    return bulk.INVITE.answer(request, MENTORS, mentors_without(request.user)[0])


@require_http_methods(["GET", "POST"])
def invitation(request: UserRequest, pk: int) -> HttpResponseBase:
    """An invitation: read by whom it is for; taken back by a keeper after a question."""
    found = get_object_or_404(
        TrainingInvitation.objects.visible_to(request.user).select_related("person", "invited_by__person", "answer"),
        pk=pk,
    )
    back = reverse("roadmap:training_mentors") if request.user.can(Right.TRAINING_SEE) else reverse("reports:home")
    if request.method == "POST":
        success = f"Приглашение снято: {found.person.short_name}"
        return act_and_redirect(request, lambda: acts.withdraw(found, by=request.user), success=success, to=back)
    waits = found.answer is None and found.withdrawn_at is None
    context = {
        "invitation": found,
        "waits": waits,
        "lead": f"{found.invited_by.person.short_name}, {full_stop(ruday(found.invited_at))}",
        "new_url": reverse("roadmap:training_new") if waits and found.person_id == request.user.person_id else "",
        "may_withdraw": waits and request.user.can(Right.TRAINING_EDIT),
        "crumbs": presenters.crumbs(Crumb("Приглашение")),
    }
    return render(request, "roadmap/training/invitation.html", context)


@require_http_methods(["GET", "POST"])
def settings(request: UserRequest) -> HttpResponseBase:
    """From when training about mentoring counts."""
    require(request.user, Right.TRAINING_EDIT)
    kept = TrainingSettings.get()
    form = SettingsForm(request.POST or None, instance=kept)
    changed: list = []

    def save() -> TrainingSettings:
        return acts.save_settings(by=request.user, **form.cleaned_data)

    if form.is_bound and form.is_valid() and save_edit(request, form, save, None, changed):
        messages.success(
            request, f"Обучение о наставничестве считается с {ruday(TrainingSettings.get().counts_since())}"
        )
        return redirect("roadmap:training_mentors")
    context = {
        "form": form,
        "changed": changed,
        "heading": "С какого дня считать обучение",
        "lead": "Кто учился наставничеству раньше этого дня, попадёт в список «Наставники без обучения».",
        "cancel_url": reverse("roadmap:training_mentors"),
        "crumbs": presenters.crumbs(
            Crumb(MENTORS.title, reverse("roadmap:training_mentors")), Crumb("С какого дня считать")
        ),
    }
    return render(request, "edit.html", context)
