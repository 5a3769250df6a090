"""Pages of difficulties: those of a program, one, closed by both sides, opened again, flagged (п. 1.2, 5.2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history, undo
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from programs.difficulties import acts, presenters
from programs.difficulties.forms import CloseForm, FlagForm, NewForm, ReopenForm, ReplyForm, candidates_of
from programs.difficulties.models import Difficulty, statements_of
from programs.difficulties.places import offers
from programs.difficulties.rules import DIFFICULTY, side_of
from programs.program.content_presenters import own_candidates
from programs.program.models import Program
from programs.program.presenters import crumbs, head, takes_part
from programs.program.views import get_program_head

NOT_RUNNING = "О затруднениях договариваются, пока программа реализуется"


@require_GET
def of_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """The difficulties of a program and how many are gone; in a group a mentee reads one's own."""
    program, user = get_program_head(request, pk), request.user
    context = head(program, user, "programs:difficulties") | {
        "found": presenters.listed(program, user),
        "new_url": presenters.new_url(program, user),
        "several": len(program.pairing.people) > 2,
    }
    return render(request, "programs/difficulties/of_program.html", context)


def get_difficulty(request: UserRequest, pk: int, statement: int) -> Difficulty:
    """Return a difficulty that the user may read; what nobody has spoken of yet is not stored."""
    program = get_program_head(request, pk)
    own = own_candidates(program, request.user)
    said = statements_of(program).filter(pk=statement).first()
    if said is None or (own is not None and said.candidate_id not in own):
        raise Http404
    row = acts.found(program, said)
    row.program = program
    return row


def page(row: Difficulty, heading: str, **more: Any) -> dict[str, Any]:
    """Return what every form about a difficulty shows."""
    return {
        "heading": heading,
        "lead": row.statement.text,
        "cancel_url": row.get_absolute_url(),
        "crumbs": crumbs(row.program, heading),
    } | more


def away(request: UserRequest, row: Difficulty, *states: str) -> HttpResponseBase | None:
    """Lead back from a form to which the difficulty has not come, or from which it has gone on."""
    if request.method == "POST" or (row.program.state == Program.State.RUNNING and row.state in states):
        return None
    here = row.program.state == Program.State.RUNNING
    messages.info(request, f"Сейчас затруднение: {row.get_state_display()}" if here else NOT_RUNNING)
    return redirect(row)


@require_GET
def difficulty(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """One difficulty: how it stands, what shows it, what can be done."""
    row, user = get_difficulty(request, pk, statement), request.user
    context = {
        "row": row,
        "badge": presenters.badge(row, user),
        "facts": presenters.facts(row),
        "evidence": presenters.evidence(row, user),
        "actions": presenters.actions(row, user),
        "entries": history.entries([row]) if row.pk else [],
        "crumbs": crumbs(row.program, "Затруднение"),
        "list_url": reverse("programs:difficulties", args=[pk]),
    }
    return render(request, "programs/difficulties/difficulty.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """One side says that the difficulty is gone, with what shows it."""
    row = get_difficulty(request, pk, statement)
    DIFFICULTY["propose"].require(row, request.user)
    if back := away(request, row, Difficulty.State.OPEN):
        return back
    form = CloseForm(
        request.POST or None,
        request.FILES or None,
        offers=list(offers(row, request.user)),
        on_paper=not side_of(row, request.user),
        has_evidence=row.proved,
    )
    if form.is_valid() and (said := act_with_form(form, lambda: _propose(row, form, request), request)):
        if isinstance(said, Difficulty):
            undo.say(request, "Записано. Затруднение закроется, когда подтвердит другая сторона", said, "propose")
        return redirect(row)
    context = page(row, "Затруднение снято", form=form, submit="Сказать, что снято", multipart=True)
    context["hint"] = by_letter("Другая сторона получит письмо и подтвердит или ответит «ещё нет».")
    return render(request, "form.html", context)


def _propose(row: Difficulty, form: CloseForm, request: UserRequest) -> Difficulty:
    data = dict(form.cleaned_data)
    with stored_uploads(data.pop("evidence"), by=request.user) as files:
        return acts.propose(row.program, row.statement, by=request.user, files=files, **data)


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """The other side confirms, or answers «ещё нет» with a word."""
    row = get_difficulty(request, pk, statement)
    if row.state != Difficulty.State.PROPOSED and not DIFFICULTY["propose"].allows(row, request.user):
        raise NotAllowed(f"Отвечает {DIFFICULTY['confirm'].holders}")
    if back := away(request, row, Difficulty.State.PROPOSED):
        return back
    DIFFICULTY["confirm"].require(row, request.user)
    form = ReplyForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and (said := act_with_form(form, lambda: _answer(row, form, request), request)):
        if isinstance(said, Difficulty):
            closed = said.state == Difficulty.State.CLOSED
            words = "Затруднение снято: так считают обе стороны" if closed else "Записано: ещё нет"
            undo.say(request, words, said, "confirm" if closed else "not_yet")
        return redirect(row)
    context = page(
        row, "Снято ли затруднение", form=form, submit="Ответить", evidence=presenters.evidence(row, request.user)
    )
    context["facts"] = [f for f in presenters.facts(row) if f.label in ("По чему видно, что снято", "Кто сказал")]
    return render(request, "programs/difficulties/answer.html", context)


def _answer(row: Difficulty, form: ReplyForm, request: UserRequest) -> Difficulty:
    data = form.cleaned_data
    if data["decision"] == "confirm":
        return acts.confirm(row, by=request.user, version=data["version"])
    return acts.not_yet(row, by=request.user, word=data["word"], version=data["version"])


@require_http_methods(["GET", "POST"])
def reopen(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Open a closed difficulty again."""
    row = get_difficulty(request, pk, statement)
    DIFFICULTY["reopen"].require(row, request.user)
    if back := away(request, row, Difficulty.State.CLOSED):
        return back
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        act = lambda: acts.reopen(row, by=request.user, **form.cleaned_data)  # noqa: E731
        if said := act_with_form(form, act, request):
            if isinstance(said, Difficulty):
                undo.say(request, "Затруднение снова открыто", said, "reopen")
            return redirect(row)
    return render(request, "form.html", page(row, "Открыть затруднение снова", form=form, submit="Открыть снова"))


@require_http_methods(["GET", "POST"])
def flag(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Say that help is needed."""
    row = get_difficulty(request, pk, statement)
    acts.require_speaking(row, request.user)
    if back := away(request, row, Difficulty.State.OPEN, Difficulty.State.PROPOSED):
        return back
    form = FlagForm(request.POST or None)
    if form.is_valid():
        act = lambda: acts.flag(row.program, row.statement, by=request.user, **form.cleaned_data)  # noqa: E731
        if said := act_with_form(form, act, request):
            if isinstance(said, Difficulty):
                undo.say(request, "Отмечено. Затруднение стоит в делах куратора и наставника", said, "flag")
            return redirect(row)
    context = page(row, "Нужна помощь", form=form, submit="Отметить затруднение")
    context["hint"] = by_letter("Куратор и наставник получат письмо.")
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Take the flag off, after a question."""
    row = get_difficulty(request, pk, statement)
    acts.require_speaking(row, request.user)
    if request.method == "POST":
        act = lambda: acts.settle(row, by=request.user)  # noqa: E731
        return act_and_redirect(request, act, success="Отметка снята", to=row)
    if not row.is_flagged:
        messages.info(request, "Отметки на затруднении нет")
        return redirect(row)
    context = page(row, "Снять отметку?", submit="Снять отметку", facts=[Fact("Что сейчас трудно", row.flag)])
    context["consequences"] = ["Затруднение останется открытым.", "Из дел куратора и наставника оно уйдёт."]
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Name a difficulty that came up while the program runs."""
    program, user = get_program_head(request, pk), request.user
    back = reverse("programs:difficulties", args=[pk])
    mine = takes_part(program, user)
    part = mine.part if mine and mine.until is None else ""
    if not part and not acts.records(program, user):
        raise NotAllowed(f"О затруднении говорят {acts.SIDES}")
    candidates = candidates_of(program, part, user.person_id)
    if program.state != Program.State.RUNNING or not candidates:
        messages.info(request, NOT_RUNNING if candidates else "У наставляемого нет анкеты: затруднение стоит в ней")
        return redirect(back)
    form = NewForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "word")}
        act = lambda: acts.name_new(program, form.candidate, by=user, **words)  # noqa: E731
        if said := act_with_form(form, act):
            undo.say(request, "Затруднение записано и отмечено: куратор и наставник о нём знают", said, "raise")
            return redirect(said)
    context = {
        "form": form,
        "heading": "Новое затруднение",
        "lead": program.title,
        "submit": "Назвать затруднение",
        "cancel_url": back,
        "crumbs": crumbs(program, "Новое затруднение"),
        "hint": "Оно встанет и в анкету. Программа от этого не меняется: мероприятие для него предложат отдельно.",
    }
    return render(request, "form.html", context)
