"""Pages of the question how people get on: the list, one answer, answering, a talk, a petition prepared (п. 5.2)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import quoted
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from programs.changes.petitions import views as petition_views
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.relationship import acts, presenters
from programs.relationship.forms import AnswerForm, promise_of
from programs.relationship.list_page import RELATIONSHIPS
from programs.relationship.models import RelationshipAnswer
from programs.relationship.readers import readers_of
from programs.relationship.rules import RELATIONSHIP, is_author

THANKS = "Спасибо, ответ записан"
BEGINNINGS: dict[str, str] = {
    Participation.Part.MENTEE: "Прошу рассмотреть замену наставника.",
    Participation.Part.MENTOR: "Прошу сложить с меня обязанности наставника.",
}
"""How a prepared petition begins, by who asks."""


@require_GET
def relationships(request: UserRequest) -> HttpResponseBase:
    """Questions that the user may see: one's own, and of others for who reads them; the same list as XLSX."""
    return RELATIONSHIPS.answer(request, RelationshipAnswer.objects.visible_to(request.user))


@require_GET
def of_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """Lead to the answer of the program that waits for a talk, else to the list: the step of «Кому помочь»."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    low = RelationshipAnswer.objects.low().visible_to(request.user).filter(program=program).order_by("asked_on", "pk")
    found = low.first()
    return redirect(found) if found else redirect("programs:relationships")


def _get(request: UserRequest, pk: int) -> RelationshipAnswer:
    return get_object_or_404(RelationshipAnswer.objects.visible_to(request.user).with_people(), pk=pk)


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb(RELATIONSHIPS.title, reverse(RELATIONSHIPS.url)), Crumb(last)]


@require_GET
def answer_page(request: UserRequest, pk: int) -> HttpResponseBase:
    """One answer: for its author with what can be done, for who reads it with the talk."""
    found = _get(request, pk)
    readers, own = readers_of(found.program.pairing), is_author(found, request.user)
    context = {
        "answer": found,
        "badge": presenters.badge(found, request.user),
        "facts": presenters.facts(found),
        "actions": presenters.actions(found, request.user),
        "readers": promise_of(readers),
        "ways": presenters.ways(found, readers) if own and found.is_low else [],
        "crumbs": _crumbs("Ответ"),
    }
    return render(request, "programs/relationship/answer.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: int) -> HttpResponseBase:
    """Answer in two taps, or change one's answer; who reads it records the paper of somebody."""
    found = _get(request, pk)
    RELATIONSHIP["answer"].require(found, request.user)
    steps = [RELATIONSHIP[name] for name in ("answer", "change")]
    if not any(found.state in step.sources and step.allows(found, request.user) for step in steps):
        messages.info(request, "Этот ответ уже не меняют")
        return redirect(found)
    initial = {"level": found.level, "word": found.word} if is_author(found, request.user) else {}
    form = AnswerForm(request.POST or None, initial=initial, readers=readers_of(found.program.pairing))
    if form.is_valid():
        act = lambda: acts.answer(found, by=request.user, **form.cleaned_data)  # noqa: E731
        if said := act_with_form(form, act, request):
            if isinstance(said, RelationshipAnswer):
                messages.success(request, THANKS)
            return redirect(found)
    own = is_author(found, request.user)
    context = {
        "form": form,
        "heading": "Как Вам работается вместе?" if own else "Записать ответ с бумаги",
        "lead": found.program.title
        if own
        else f"{found.participation.person.full_name}, {quoted(found.program.title)}",
        "submit": "Ответить" if own else "Записать ответ",
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs("Вопрос"),
        "hint": "Изменить ответ можно до следующего вопроса. Через год после конца программы ответы уничтожаются.",
    }
    return render(request, "programs/relationship/question.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: UserRequest, pk: int) -> HttpResponseBase:
    """Who reads the answer has talked with the person."""
    found = _get(request, pk)
    RELATIONSHIP["settle"].require(found, request.user)
    if request.method == "POST":
        act = lambda: acts.settle(found, by=request.user)  # noqa: E731
        success = "Записано: поговорили"
        return act_and_redirect(request, act, success=success, to=found, undoable=(found, "settle"))
    if found.state not in RELATIONSHIP["settle"].sources:
        messages.info(request, "Этот ответ уже не ждёт разговора")
        return redirect(found)
    context = {
        "heading": "Вы поговорили?",
        "lead": found.participation.person.full_name,
        "facts": presenters.facts(found),
        "consequences": [
            "Ответ уйдёт из Ваших дел и из «Кому помочь».",
            "О чём говорили, система не спрашивает.",
            "Следующий вопрос придёт в свой срок.",
        ],
        "submit": "Записать, что поговорили",
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs("Разговор"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def petition(request: UserRequest, pk: int) -> HttpResponseBase:
    """Open the petition filled in from the answer; it is filed when the person files it (п. 4.1, 5.1)."""
    found = _get(request, pk)
    if not is_author(found, request.user):
        raise NotAllowed("Ходатайство готовит тот, кто ответил")
    if found.participation.until is not None:
        messages.info(request, "Участие в паре уже закончилось")
        return redirect(found)
    reason = f"{BEGINNINGS[found.participation.part]} {found.word}".strip()
    return petition_views.new(request, found.program.pairing_id, reason=reason)
