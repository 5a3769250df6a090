"""Pages of completion: who finishes and why, conclusion, review, words for the public (п. 5.2, 7.1, 8.1, 8.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_together, act_with_form
from mentoring_site.joint import follow_up
from mentoring_site.paper_ref import PaperRef
from mentoring_site.ui.elements import Badge, Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.models import User
from people.accounts.requests import UserRequest
from people.consents.closed import closed_on
from people.rights import Right
from programs.completion import acts, presenters, publication
from programs.completion.forms import ApproveForm, ProposeForm
from programs.completion.models import Completion
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.program.presenters import crumbs, takes_part
from programs.program.views import get_program_head

REASON = Completion.Reason
OWN_REASONS: dict[str, tuple] = {
    Participation.Part.MENTOR: (REASON.PLAN_DONE, REASON.MENTOR, REASON.MUTUAL),
    Participation.Part.MENTEE: (REASON.PLAN_DONE, REASON.MENTEE, REASON.MUTUAL),
}
"""Reasons of п. 7.1 that a participant may name."""


def reasons_for(program: Program, user: User) -> tuple:
    """Return the reasons of п. 7.1 that the user may name."""
    mine = takes_part(program, user)
    if user.can(Right.PROGRAMS_CHANGE) and not mine:
        closed = closed_on(p.person_id for p in program.pairing.people)
        return tuple(value for value in Completion.Reason.values if closed or value != Completion.Reason.CONSENT)
    return OWN_REASONS[mine.part] if mine else ()


@require_GET
def overview(request: UserRequest, pk: int) -> HttpResponseBase:
    """Completions of a program that the user may read: for whom, why, how far. The only one opens at once."""
    program = get_program_head(request, pk)
    found = Completion.objects.visible_to(request.user).filter(program=program).order_by("pk")
    rows = [_row(c) for c in found.select_related("participation__person")]
    may = program.state == Program.State.RUNNING and reasons_for(program, request.user)
    new = reverse("programs:completion_new", args=[pk]) if may and open_mentees(program, request.user).exists() else ""
    if len(rows) == 1 and not new:
        return redirect(rows[0].url)
    return render(
        request,
        "programs/completion/completions.html",
        {"title": program.title, "rows": rows, "crumbs": crumbs(program, "Завершение"), "new_url": new},
    )


@dataclass(frozen=True)
class CompletionRow:
    """One line of the list of completions."""

    url: str
    person: str
    reason: str
    badge: Badge
    order: str


def _row(c: Completion) -> CompletionRow:
    return CompletionRow(
        url=reverse("programs:completion_of", args=[c.pk]),
        person=c.participation.person.full_name,
        reason=c.get_reason_display(),
        badge=presenters.badge(c),
        order=f"приказ {PaperRef(c.order_number, c.order_date).on_screen}" if c.order_date else "",
    )


def open_mentees(program: Program, user: User) -> QuerySet[Participation]:
    """Mentees for whom the user may begin a completion: a mentee only for oneself."""
    taken = program.completions.exclude(state=Completion.State.WITHDRAWN).values("participation")
    mentees = program.pairing.participations.live().filter(part=Participation.Part.MENTEE).exclude(pk__in=taken)
    mentees = mentees.select_related("person")
    mine = takes_part(program, user)
    if mine and mine.part == Participation.Part.MENTEE and not user.can(Right.PROGRAMS_CHANGE):
        return mentees.filter(pk=mine.pk)
    return mentees


@require_http_methods(["GET", "POST"])
def propose(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin a completion for one mentee with one of the reasons."""
    program = get_program_head(request, pk)
    mine, reasons = takes_part(program, request.user), reasons_for(program, request.user)
    acts.require_completing(mine.part if mine else "", request.user)
    mentees = open_mentees(program, request.user)
    if request.method == "GET" and (program.state != Program.State.RUNNING or not mentees):
        messages.info(request, "Начинать нечего: завершение уже готовится, или программа не реализуется")
        return redirect("programs:completion", pk)
    form = ProposeForm(request.POST or None, participations=mentees, reasons=reasons, dated=mine is None)
    made: Completion | bool | None = _made_before(request, program)
    if made is None and form.is_valid():
        made = act_with_form(form, lambda: _begin(program, form, request.user), request)
    if made is True:
        return redirect("programs:completion", pk)
    if made:
        messages.success(request, "Завершение начато. Теперь нужны заключение наставника и отзыв наставляемого")
        return redirect("programs:completion_of", made.pk)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Завершить программу",
            "lead": f"{program.title}: {mentees[0].person.full_name}" if len(mentees) == 1 else program.title,
            "submit": "Начать завершение",
            "cancel_url": program.get_absolute_url(),
            "crumbs": crumbs(program, "Завершение"),
            "hint": "Программу завершит приказ директора: до него можно передумать.",
        },
    )


def _made_before(request: UserRequest, program: Program) -> Completion | None:
    """Return what the same form has made already: the mentee is no longer offered by it then."""
    try:
        key = UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None
    made = Completion.objects.visible_to(request.user).filter(request_key=key, created_by=request.user)
    return made.filter(program=program).first()


def _begin(program: Program, form: ProposeForm, user: User) -> Completion:
    data = form.cleaned_data
    return acts.propose(
        program,
        data["participation"],
        by=user,
        reason=data["reason"],
        circumstances=data["circumstances"],
        notice_on=data["notice_on"],
        request_key=data["request_key"],
    )


def get_completion(request: UserRequest, pk: int) -> Completion:
    """Return a completion that the user may read, with what its page reads. Raises ``Http404``.

    What its requirements read is asked only while it is open: an ended one has none.
    """
    visible = Completion.objects.visible_to(request.user)
    people = ("program__pairing", "participation__person", "concluded_by__person", "reviewed_by__person")
    found = get_object_or_404(visible.select_related(*people), pk=pk)
    if found.state in {Completion.State.PROPOSED, Completion.State.READY}:
        found = Completion.objects.with_requirements().select_related(*people).get(pk=found.pk)
    found.program = get_program_head(request, found.program_id)
    return found


@require_GET
def completion(request: UserRequest, pk: int) -> HttpResponseBase:
    """One completion: what is written, what is missing, whose move it is."""
    found = get_completion(request, pk)
    return render(
        request, "programs/completion/completion.html", presenters.context(found, found.program, request.user)
    )


@dataclass(frozen=True)
class Question:
    """What is asked before a step of a completion, and said after it."""

    act: Callable[[Completion, User, UserRequest], Completion]
    heading: str
    submit: str
    consequences: tuple[str, ...]
    success: str


QUESTIONS = {
    "agree": Question(
        lambda c, user, request: acts.agree_to(c, by=user, part=request.GET.get("part", "")),
        "Согласиться завершить программу?",
        "Согласиться завершить",
        ("Согласие на завершение по обоюдному решению будет записано (п. 7.1 Положения).",),
        "Согласие записано",
    ),
    "approve": Question(
        lambda c, user, request: publication.approve_public(c, by=user, version=_version(request)),
        "Одобрить текст для сайта?",
        "Одобрить текст",
        (
            "Куратор сможет опубликовать этот текст после завершения программы.",
            "Имя и должность появятся, только если это разрешено письменно.",
            "Если текст изменят, его спросят одобрить заново.",
        ),
        "Текст одобрен",
    ),
    "ready": Question(
        lambda c, user, request: acts.submit_for_order(c, by=user),
        "Передать завершение на приказ?",
        "Передать на приказ",
        ("Заключение и отзыв закроются для правки.", "Программу для этого наставляемого завершит приказ директора."),
        "Завершение ждёт приказа",
    ),
    "reopen": Question(
        lambda c, user, request: acts.reopen(c, by=user),
        "Вернуть завершение к правке?",
        "Вернуть к правке",
        ("Заключение и отзыв снова можно будет изменить.", "На приказ завершение передают заново."),
        "Завершение возвращено к правке",
    ),
    "withdraw": Question(
        lambda c, user, request: acts.withdraw(c, by=user),
        "Отменить завершение?",
        "Отменить завершение",
        ("Программа продолжится.", "Заключение и отзыв останутся на странице этого завершения."),
        "Завершение отменено",
    ),
}
"""The steps without a text, by the last part of their addresses."""
OTHERS = f"Это решает другой участник программы или {Right.PROGRAMS_ACT_FOR_OTHERS.who}"


def _version(request: UserRequest) -> int:
    """Return the version of the text that the reader saw, 0 when the form has none."""
    form = ApproveForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


@require_http_methods(["GET", "POST"])
def decide(request: UserRequest, pk: int, verb: str) -> HttpResponseBase:
    """Ask about a step without a text and take it: agree, approve, submit for an order, reopen, withdraw."""
    found, question, user = get_completion(request, pk), QUESTIONS[verb], request.user
    here = reverse("programs:completion_of", args=[pk])
    if not presenters.belongs(verb, found, found.program, user):
        raise NotAllowed(OTHERS)
    if request.method == "POST":
        act = lambda: question.act(found, user, request)  # noqa: E731
        return act_together(request, act, follow_up(found, verb, user), success=question.success, to=here)
    offered = {a.verb.partition("_")[0]: a for a in presenters.actions(found, found.program, user)}
    if verb not in offered or not offered[verb].enabled:
        messages.info(request, f"«{question.submit}»: сейчас это не нужно или чего-то не хватает")
        return redirect(here)
    form = ApproveForm(initial={"version": found.version}) if verb == "approve" else None
    return render(
        request,
        "confirm.html",
        {
            "heading": question.heading,
            "submit": question.submit,
            "consequences": question.consequences,
            "together": follow_up(found, verb, user),
            "facts": [Fact("Текст", found.public_text)] if form else presenters.facts(found),
            "danger": verb == "withdraw",
            "cancel_url": here,
            "lead": found.program.title,
            "form": form,
            "crumbs": crumbs(found.program, "Завершение"),
        },
    )
