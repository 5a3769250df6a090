"""Pages of what the choice goes by: its rules, and wishes about colleagues in confidence (п. 3.5, 6.1)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.rights import Right
from programs.pairings.choosing import acts
from programs.pairings.choosing.forms import RulesForm, WishForm
from programs.pairings.choosing.models import ColleagueWish


@require_http_methods(["GET", "POST"])
def rules(request: UserRequest) -> HttpResponseBase:
    """Say how much each criterion counts; it holds for everybody who chooses pairs."""
    require(request.user, Right.PAIRINGS_ANSWER_FOR_OTHERS, act="изменить правила подбора")
    form = RulesForm(request.POST or None, rules=acts.rules())
    if form.is_valid() and act_with_form(form, lambda: acts.change_rules(by=request.user, **form.values())):
        messages.success(request, "Правила подбора сохранены: расстановка пересчитана")
        return redirect("programs:pairing_school")
    context = {
        "form": form,
        "heading": "Что важно при подборе",
        "lead": "По этим правилам считаются баллы пар. «Обязательно» значит: без этого пару не предлагать.",
        "submit": "Сохранить и пересчитать",
        "cancel_url": reverse("programs:pairing_school"),
        "crumbs": [
            Crumb("Пары и группы", reverse("programs:pairings")),
            Crumb("Вся школа", reverse("programs:pairing_school")),
            Crumb("Правила подбора"),
        ],
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def wishes(request: UserRequest) -> HttpResponseBase:
    """Say in confidence with whom one would like to work and with whom not; the curator reads all but those about
    oneself.
    """
    user = request.user
    reads_all = Promise.COLLEAGUE_WISH.opens_to(user)
    form = WishForm(request.POST or None, user=user, for_others=user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS))
    if form.is_valid():
        data = form.cleaned_data
        author = data.get("author") or user.person
        made = act_with_form(
            form, lambda: acts.wish(author, data["about"], data["kind"], by=user, reason=data["reason"])
        )
        if made:
            messages.success(request, "Пожелание записано: подбор его учтёт")
            return redirect("programs:colleague_wishes")
    found = ColleagueWish.objects.visible_to(user).select_related("author", "about")
    context = {
        "form": form,
        "own": [one for one in found if one.author_id == user.person_id],
        "others": [one for one in found if one.author_id != user.person_id],
        "reads_all": reads_all,
        "readers": Promise.COLLEAGUE_WISH.readers,
        "crumbs": [Crumb("Мои анкеты", reverse("people:my_banks")), Crumb("Пожелания о парах")],
    }
    return render(request, "programs/pairings/choosing/wishes.html", context)


@require_POST
def forget(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a wish back; nothing of it stays."""
    made = get_object_or_404(ColleagueWish.objects.visible_to(request.user).select_related("author", "about"), pk=pk)
    return act_and_redirect(
        request,
        lambda: acts.take_back(made, by=request.user),
        success="Пожелание снято",
        to="programs:colleague_wishes",
    )
