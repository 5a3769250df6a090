"""Pages of pairs and groups: the list, one pair, answers in confidence, decisions of the council (п. 2.3, 3.5, 6)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring_site.form_handling import act_and_redirect, act_with_form, came_from
from mentoring_site.russian import full_stop, joined
from mentoring_site.workflow import NotAllowed
from people.promises import Promise
from people.rights import Right
from people.roles.instead import require_impartial
from programs.pairings import acts, bulk, reminders
from programs.pairings.forms import AnswerForm, MinutesForm, ReasonForm, TopicsForm
from programs.pairings.list_page import PAIRINGS, nothing_for
from programs.pairings.models import Pairing
from programs.pairings.pool import without_pair
from programs.pairings.presenters import crumbs, known_to, page, state_words
from programs.pairings.rules import pairing_title, parties

YES_RECORDED = "Ответ записан"
NO_RECORDED = f"{YES_RECORDED}. Предложение снято; другие участники узнают только, что пара не сложилась"


@require_safe
def pairing_list(request) -> HttpResponseBase:
    """Answer with the pairs and groups that the user may see; answers in confidence are not among them."""
    proposes, url = request.user.can(Right.PAIRINGS_PROPOSE), reverse("programs:pairing_new")
    return PAIRINGS.answer(
        request,
        Pairing.objects.visible_to(request.user),
        nothing=nothing_for(request.user, url),
        new_url=url if proposes else "",
        past_url=reverse("reports:past_imports") if request.user.can(Right.PAST_LOAD) else "",
        waiting=without_pair() if proposes else 0,
    )


@require_http_methods(["GET", "POST"])
def remind_people(request) -> HttpResponseBase:
    """Remind everybody who still owes something to the ticked pairs."""
    return bulk.PEOPLE.answer(request, PAIRINGS, Pairing.objects.visible_to(request.user))


@require_http_methods(["GET", "POST"])
def remind_council_of_many(request) -> HttpResponseBase:
    """Remind the council of the ticked pairs."""
    return bulk.COUNCIL.answer(request, PAIRINGS, Pairing.objects.visible_to(request.user))


def _get(request, pk: int) -> Pairing:
    """Return the pairing with everything its page reads; a foreign one looks like an absent one."""
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_requirements(), pk=pk)


@require_safe
def pairing(request, pk: int) -> HttpResponse:
    """One pair or group: its people, readiness, actions, papers and history."""
    return render(request, "programs/pairings/pairing.html", page(_get(request, pk), request.user))


def answer(request, pk: int, participation: int | None = None) -> HttpResponse:
    """Answer in confidence whether one wants this pair; the curator writes it down for somebody else (п. 6.1, 6.2)."""
    shown = _get(request, pk)
    mine = next(
        (
            p
            for p in shown.people
            if (p.pk == participation if participation else p.person_id == request.user.person_id)
        ),
        None,
    )
    if mine is None:
        raise Http404
    acts.check_may_answer(request.user, mine, shown)
    own = mine.person_id == request.user.person_id
    form = AnswerForm(
        request.POST or None,
        initial={"wish": mine.wish, "reason": mine.wish_reason},
        about=None if own else mine.person.short_name,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return act_and_redirect(
            request,
            lambda: acts.answer(mine, data["wish"], by=request.user, reason=data["reason"]),
            to=shown,
            undoable=(shown, "answer"),
            success=lambda answered: YES_RECORDED if answered.wish == answered.Wish.YES else NO_RECORDED,
        )
    context = {
        "form": form,
        "pairing": shown,
        "title": pairing_title(shown),
        "own": own,
        "person": mine.person,
        "crumbs": crumbs(shown, "Ответ"),
        "known": known_to(mine, shown),
        "submit": "Отправить ответ" if own else "Записать ответ",
        "open": shown.state in Pairing.OPEN_STATES,
        "readers": joined(Promise.ANSWER.roles),
        "cancel_url": shown.get_absolute_url(),
        "state": state_words(shown),
    }
    return render(request, "programs/pairings/pairing_answer.html", context)


def topics(request, pk: int) -> HttpResponse:
    """The council confirms on which questions the pair works (п. 3.5)."""
    shown = _get(request, pk)
    require_impartial(request.user, Right.PAIRINGS_TOPICS, parties(shown))
    form = TopicsForm(request.POST or None, chosen=shown.topics.all())
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: acts.confirm_topics(shown, by=request.user, topics=form.cleaned_data["topics"]),
            to=shown,
            success="Темы подтверждены методическим советом",
        )
    lead = "по этим вопросам совет закрепляет пару или группу. Список можно поправить."
    return render(request, "form.html", _form(shown, form, "Подтвердить темы", "Темы", lead))


def recommend(request, pk: int) -> HttpResponse:
    """Write down the council's recommendation (п. 3.5)."""
    shown = _get(request, pk)
    Pairing.WORKFLOW["recommend"].require(shown, request.user)
    form = MinutesForm(request.POST or None, decided_on=shown)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_with_form(form, lambda: acts.recommend(shown, by=request.user, **form.cleaned_data))
    ):
        return redirect(shown)
    lead = "номер и дата протокола заседания, на котором совет это рекомендовал."
    return render(request, "form.html", _form(shown, form, "Записать рекомендацию совета", "Рекомендация", lead))


def decline(request, pk: int) -> HttpResponse:
    """The council or the director turns a proposal down."""
    return _close(request, pk, "decline", acts.decline, "Отклонить предложение", "Предложение отклонено")


def withdraw(request, pk: int) -> HttpResponse:
    """The curator or the proposer takes a proposal back."""
    return _close(request, pk, "withdraw", acts.withdraw, "Снять предложение", "Предложение снято")


def _close(request, pk: int, name: str, act: Callable, submit: str, success: str) -> HttpResponse:
    shown, transition = _get(request, pk), Pairing.WORKFLOW[name]
    if not transition.allows(shown, request.user):
        raise NotAllowed(f"Это решает {transition.holders}")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: act(shown, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, success)
        return redirect(shown)
    names = joined([p.person.short_name for p in shown.people])
    context = _form(shown, form, submit, submit) | {
        "heading": f"{submit}?",
        "danger": True,
        "consequences": [
            f"Письмо получат: {names}",
            "Наставляемые вернутся в список «без пары»",
            "Место у наставника освободится",
            "Предложение останется в истории; чтобы вернуть пару, её предлагают заново",
        ],
    }
    return render(request, "confirm.html", context)


@require_POST
def remind(request, pk: int, participation: int, about: str) -> HttpResponse:
    """Send a reminder to one participant, at most once a day."""
    shown = _get(request, pk)
    reminded = get_object_or_404(shown.participations.select_related("person__user"), pk=participation)
    if about not in reminders.REMINDERS:
        raise Http404
    return act_and_redirect(
        request,
        lambda: reminders.remind(reminded, by=request.user, about=about),
        to=came_from(request, shown),
        success=f"Напоминание написано: {full_stop(reminded.person.short_name)} Следующее можно написать завтра",
    )


@require_POST
def remind_council(request, pk: int) -> HttpResponse:
    """Send a reminder to the chair and the secretary of the council, at most once a day."""
    shown = _get(request, pk)
    return act_and_redirect(
        request,
        lambda: reminders.remind_council(shown, by=request.user),
        to=came_from(request, shown),
        success="Напоминание написано председателю и секретарю совета. Следующее можно написать завтра",
    )


def _form(shown: Pairing, form, submit: str, crumb: str, lead: str = "") -> dict:
    """Return the context of a page with one form about a pairing."""
    title = pairing_title(shown)
    return {
        "form": form,
        "heading": submit,
        "lead": f"{title}: {lead}" if lead else title,
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(shown, crumb),
    }
