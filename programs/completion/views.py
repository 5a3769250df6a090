"""Pages of completion: who finishes and why, conclusion, review, words for the public (п. 5.2, 7.1, 8.1, 8.2)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import rushort
from people.rights import Right
from programs.completion import acts, presenters, publication
from programs.completion.forms import ApproveForm, ProposeForm
from programs.completion.models import Completion
from programs.completion.presenters import TONES
from programs.program.presenters import crumbs, takes_part
from programs.program.views import get_program_head

OWN_REASONS = {"mentor": ("plan", "mentor", "mutual"), "mentee": ("plan", "mentee", "mutual")}


def reasons_for(program, user) -> tuple:
    """Return the reasons of п. 7.1 that the user may name."""
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return tuple(Completion.Reason.values)
    mine = takes_part(program, user)
    return OWN_REASONS[mine.part] if mine else ()


@require_GET
def overview(request, pk):
    """Completions of a programme that the user may read: for whom, why, how far. The only one opens at once."""
    program = get_program_head(request, pk)
    found = Completion.objects.visible_to(request.user).filter(program=program).order_by("pk")
    rows = [_row(c) for c in found.select_related("participation__person")]
    may = program.state == "running" and reasons_for(program, request.user)
    new = reverse("programs:completion_new", args=[pk]) if may and open_mentees(program, request.user).exists() else ""
    if len(rows) == 1 and not new:
        return redirect(rows[0]["url"])
    return render(
        request,
        "programs/completion/completions.html",
        {"title": program.title, "rows": rows, "crumbs": crumbs(program, "Завершение"), "new_url": new},
    )


def _row(c) -> dict:
    return {
        "url": reverse("programs:completion_of", args=[c.pk]),
        "person": c.participation.person.full_name,
        "reason": c.get_reason_display(),
        "badge": {"word": c.get_state_display(), "tone": TONES[c.state]},
        "order": f"приказ от {rushort(c.order_date)} №\u00a0{c.order_number}" if c.order_date else "",
    }


def open_mentees(program, user):
    """Mentees for whom the user may begin a completion: a mentee only for oneself."""
    taken = program.completions.exclude(state="withdrawn").values("participation")
    mentees = program.pairing.participations.live().filter(part="mentee").exclude(pk__in=taken).select_related("person")
    mine = takes_part(program, user)
    if mine and mine.part == "mentee" and not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return mentees.filter(pk=mine.pk)
    return mentees


@require_http_methods(["GET", "POST"])
def propose(request, pk):
    """Begin a completion for one mentee with one of the reasons."""
    program = get_program_head(request, pk)
    reasons = reasons_for(program, request.user)
    if not reasons:
        raise PermissionDenied("Завершение начинают участники программы и куратор")
    mentees = open_mentees(program, request.user)
    if request.method == "GET" and (program.state != "running" or not mentees):
        messages.info(request, "Начинать нечего: завершение уже готовится, или программа не реализуется")
        return redirect("programs:completion", pk)
    dated = takes_part(program, request.user) is None
    form = ProposeForm(request.POST or None, participations=mentees, reasons=reasons, dated=dated)
    made = _again(request, program)
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


def _again(request, program):
    """Return what the first press made: after it the mentee is no longer offered by the form."""
    try:
        key = UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None
    return Completion.objects.filter(request_key=key, program=program, created_by=request.user).first()


def _begin(program, form, user):
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


def known(request, pk) -> Completion:
    """Return a completion that the user may read, with what its page reads; its programme carries its people."""
    found = Completion.objects.visible_to(request.user).with_requirements()
    found = get_object_or_404(found.select_related("concluded_by__person", "reviewed_by__person"), pk=pk)
    found.program = get_program_head(request, found.program_id)
    return found


@require_GET
def completion(request, pk):
    """One completion: what is written, what is missing, whose move it is."""
    found = known(request, pk)
    return render(
        request, "programs/completion/completion.html", presenters.context(found, found.program, request.user)
    )


QUESTIONS = {
    "agree": (
        "Согласиться завершить программу?",
        "Согласиться завершить",
        ["Согласие на завершение по обоюдному решению будет записано (п. 7.1 Положения)."],
        lambda c, u, r: acts.agree_to(c, by=u, part=r.GET.get("part", "")),
        "Согласие записано",
    ),
    "approve": (
        "Одобрить текст для сайта?",
        "Одобрить текст",
        [
            "Куратор сможет опубликовать этот текст после завершения программы.",
            "Имя и должность появятся, только если это разрешено письменно.",
            "Если текст изменят, его спросят одобрить заново.",
        ],
        lambda c, u, r: publication.approve_public(c, by=u, version=_version(r)),
        "Текст одобрен",
    ),
    "ready": (
        "Передать завершение на приказ?",
        "Передать на приказ",
        ["Заключение и отзыв закроются для правки.", "Программу для этого наставляемого завершит приказ директора."],
        lambda c, u, r: acts.ready(c, by=u),
        "Завершение ждёт приказа",
    ),
    "reopen": (
        "Вернуть завершение к правке?",
        "Вернуть к правке",
        ["Заключение и отзыв снова можно будет изменить.", "На приказ завершение передают заново."],
        lambda c, u, r: acts.reopen(c, by=u),
        "Завершение возвращено к правке",
    ),
    "withdraw": (
        "Отменить завершение?",
        "Отменить завершение",
        ["Программа продолжится.", "Заключение и отзыв останутся на странице этого завершения."],
        lambda c, u, r: acts.withdraw(c, by=u),
        "Завершение отменено",
    ),
}


def _version(request) -> int:
    """Return the version of the words that the reader saw, 0 when the form does not tell."""
    form = ApproveForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


@require_http_methods(["GET", "POST"])
def decide(request, pk, verb):
    """A question and one of the acts without a text: agree, approve, hand over, take back, call off."""
    found = known(request, pk)
    program = found.program
    heading, submit, consequences, act, success = QUESTIONS[verb]
    here = reverse("programs:completion_of", args=[pk])
    offered = {a["verb"].partition("_")[0]: a for a in presenters.actions(found, program, request.user)}
    if not presenters.belongs(verb, found, program, request.user):
        raise PermissionDenied("Это решает другой участник программы или куратор")
    form = ApproveForm(initial={"version": found.version}) if verb == "approve" else None
    if request.method == "POST":
        return act_and_redirect(request, lambda: act(found, request.user, request), success=success, to=here)
    if verb not in offered or not offered[verb]["enabled"]:
        messages.info(request, f"«{submit}»: сейчас это не нужно или чего-то не хватает")
        return redirect(here)
    facts = [{"label": "Текст", "value": found.public_text}] if form else presenters.facts(found)
    return render(
        request,
        "confirm.html",
        {
            "heading": heading,
            "submit": submit,
            "consequences": consequences,
            "facts": facts,
            "danger": verb == "withdraw",
            "cancel_url": here,
            "lead": program.title,
            "form": form,
            "crumbs": crumbs(program, "Завершение"),
        },
    )
