"""Pages that all changes share: the tab of a program, one change, its steps, the beginning of a new one (п. 7.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_together, act_with_form
from mentoring_site.joint import follow_up
from mentoring_site.russian import plural
from people.accounts.models import User
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.changes import acts, presenters
from programs.changes.acts import AnyChange
from programs.changes.amendment.acts import may_amend
from programs.changes.catalog import CHANGE_TYPES, type_of
from programs.changes.curatorship import presenters as curatorship_presenters
from programs.changes.models import Change
from programs.changes.pause import acts as pause_acts
from programs.changes.petitions import presenters as petition_presenters
from programs.changes.types import ChangeType
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.pairings.presenters import crumbs as pairing_crumbs
from programs.program import presenters as program_presenters
from programs.program.models import Program
from programs.program.views import get_program_head

"""States of a change that is under way."""


@require_GET
def overview(request: UserRequest, pk: int) -> HttpResponseBase:
    """What has been changed in a program and its pair, what is on its way, what can be begun."""
    program, user = get_program_head(request, pk), request.user
    found = [change for t in CHANGE_TYPES.values() for change in t.of_program(program, user)]
    under_way = {type_of(change).name for change in found if change.state in Change.OPEN_STATES}
    offers = [t.offer(program, user) for name, t in CHANGE_TYPES.items() if name not in under_way]
    petitions = list(petition_presenters.of_program(program, user))
    offers.append(petition_presenters.offer(program, user, petitions))
    offers.append(curatorship_presenters.offer(program, user))
    return render(
        request,
        "programs/changes/program_changes.html",
        program_presenters.head(program, user, "programs:program_changes")
        | {
            "actions": [offer for offer in offers if offer],
            "rows": [presenters.row(c) for c in sorted(found, key=lambda c: c.created_at, reverse=True)],
            "petitions": [petition_presenters.row(p) for p in petitions],
            "petition_readers": Promise.PETITION.readers,
            **_prolongation(program, user),
        },
    )


def _prolongation(program: Program, user: User) -> dict:
    """After a suspension: say how many days were lost and where an amendment gives them back (п. 7.2)."""
    days = 0
    if program.state == Program.State.RUNNING and may_amend(program, user):
        days = pause_acts.owed_days(program)
    url = f"{reverse('programs:amendment_new', args=[program.pk])}?days={days}" if days else ""
    return {"days_lost": plural(days, "день,дня,дней") if days else "", "prolong_url": url}


def get_change(request: UserRequest, model: type[AnyChange], pk: int) -> AnyChange:
    """Return a change that the user may see, with what its page reads. Raises ``Http404``."""
    return get_object_or_404(model.objects.visible_to(request.user).with_requirements(), pk=pk)


def _named(name: str) -> ChangeType:
    """Return the type of that name. Raises ``Http404``."""
    if name not in CHANGE_TYPES:
        raise Http404
    return CHANGE_TYPES[name]


def get_pairing(request: UserRequest, pk: int) -> Pairing:
    """Return a pair that the user may see, with its people. Raises ``Http404``."""
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_requirements(), pk=pk)


def pairing_form(pairing: Pairing, heading: str, *, submit: str, hint: str) -> dict:
    """Return the context of ``form.html`` for something that begins at a pair."""
    return {
        "heading": heading,
        "lead": pairing_title(pairing),
        "submit": submit,
        "hint": hint,
        "cancel_url": pairing.get_absolute_url(),
        "crumbs": pairing_crumbs(pairing, heading),
    }


@require_GET
def change(request: UserRequest, name: str, pk: int) -> HttpResponseBase:
    """One change: what it does, what is missing, whose move it is."""
    found = get_change(request, _named(name).model, pk)
    return render(request, type_of(found).template, presenters.context(found, request.user))


@dataclass(frozen=True)
class Question:
    """What is asked before a step of a change, and said after it."""

    act: Callable
    heading: str
    submit: str
    consequences: tuple[str, ...]
    success: str


QUESTIONS = {
    "ready": Question(
        acts.submit_for_order,
        "Передать на приказ?",
        "Передать на приказ",
        ("Правка закроется.", "В силу всё вступит после регистрации подписанного приказа."),
        "Передано на приказ",
    ),
    "reopen": Question(
        acts.reopen,
        "Вернуть к правке?",
        "Вернуть к правке",
        ("Снова можно будет исправить.", "На приказ передают заново."),
        "Возвращено к правке",
    ),
    "withdraw": Question(
        acts.withdraw,
        "Отменить?",
        "Отменить",
        ("Ничего не изменится: всё останется, как сейчас.", "Запись сохранится в истории."),
        "Отменено",
    ),
}
"""The steps of a change that its page asks about, by the names of their transitions."""


@require_http_methods(["GET", "POST"])
def decide(request: UserRequest, name: str, pk: int, verb: str) -> HttpResponseBase:
    """Ask about a step of a change and take it: submit for an order, reopen, withdraw."""
    found, question = get_change(request, _named(name).model, pk), QUESTIONS[verb]
    found.WORKFLOW[verb].require(found, request.user)
    together = follow_up(found, verb, request.user)
    if request.method == "POST":
        act = lambda: question.act(found, by=request.user)  # noqa: E731
        return act_together(request, act, together, success=question.success, to=found)
    page = presenters.context(found, request.user)
    if not any(a.verb == verb and a.enabled for a in page["actions"]):
        messages.info(request, f"«{question.submit}»: сейчас это не нужно или чего-то не хватает")
        return redirect(found)
    effect = [type_of(found).order_effect] if verb == "ready" else []
    return render(
        request,
        "confirm.html",
        {
            "heading": f"{page['heading']}. {question.heading}",
            "lead": page["place"],
            "submit": question.submit,
            "consequences": [*effect, *question.consequences],
            "together": together,
            "facts": page["facts"],
            "danger": verb == "withdraw",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, question.submit),
        },
    )


UNDER_WAY = "Второй раз начинать не нужно: это уже начато, и здесь видно, что делать дальше"


def begin(
    request: UserRequest,
    form: Form,
    act: Callable,
    page: dict,
    success: str,
    *,
    under_way: QuerySet,
    template: str = "form.html",
) -> HttpResponseBase:
    """Draw the form of a new change, or make it and lead to its page.

    ``under_way`` are changes of the same type that are not finished: whoever opens the form is led to the first.
    """
    if request.method == "GET" and (found := under_way.first()):
        messages.info(request, UNDER_WAY)
        return redirect(found)
    if form.is_valid():
        made = act_with_form(form, act, request)
        if made is True:
            return redirect(page["cancel_url"])
        if made:
            messages.success(request, success)
            return redirect(made)
    return render(request, template, page | {"form": form})
