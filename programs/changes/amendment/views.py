"""Pages of an amendment: propose, edit, reword the plan, agree (п. 7.2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import period
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import reload
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.instead import decides as may_decide
from people.roles.instead import require_impartial
from programs.changes.amendment import acts, presenters
from programs.changes.amendment.forms import AgreeForm, AmendmentForm, LineForm, ObjectionForm, PaperForm
from programs.changes.amendment.models import Amendment
from programs.changes.presenters import crumbs, facts
from programs.changes.views import begin, get_change
from programs.program import presenters as program_presenters
from programs.program.models import Activity, Program
from programs.program.rules import parties
from programs.program.states import IN_FORCE
from programs.program.views import get_program, warn_of_days_off


def _days(request: UserRequest) -> int:
    """Return by how many days the address asks to prolong, 0 when it does not."""
    text = request.GET.get("days", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Propose to prolong or to correct a program."""
    program = get_program(request, pk)
    acts.require_amending(program, request.user)
    back = reverse("programs:program_changes", args=[pk])
    if request.method == "GET" and program.state not in IN_FORCE:
        messages.info(request, "Так меняют утверждённую программу; проект просто правят")
        return redirect(program)
    initial = {"new_end": program.ends_on + timedelta(days=days)} if (days := _days(request)) else {}
    decides = may_decide(request.user, Right.PROGRAMS_TERM, parties(program))
    form = AmendmentForm(request.POST or None, program=program, decides=decides, initial=initial)
    page = {
        "heading": "Продлить или изменить программу",
        "lead": program.title,
        "submit": "Предложить изменение",
        "facts": [Fact("Срок сейчас", period(program.starts_on, program.ends_on))],
        "cancel_url": back,
        "crumbs": program_presenters.crumbs(program, "Изменение"),
        "hint": (
            "План меняют на следующей странице. Нужны согласие наставника и каждого наставляемого и приказ (п. 7.2)."
            " Если Вы участник программы, Ваше согласие даётся вместе с предложением."
        ),
    }

    def act():
        made = acts.propose(program, by=request.user, request_key=form.cleaned_data["request_key"], **form.values())
        warn_of_days_off(request, made.new_end)
        return made

    said = "Изменение предложено. Дополните план, если он меняется; потом согласятся участники"
    found = Amendment.objects.visible_to(request.user).filter(program=program)
    return begin(
        request, form, act, page, said, under_way=found.filter(state__in=Amendment.OPEN_STATES) | found.ahead()
    )


def _get_editable(request: UserRequest, pk: int) -> Amendment:
    """Return an amendment that the user may reword."""
    found = get_change(request, Amendment, pk)
    acts.require_amending(found.program, request.user)
    return found


def _redirect_closed(request: UserRequest, amendment: Amendment) -> HttpResponseBase | None:
    """Lead back from the form of an amendment that is closed for edits; None while it is open."""
    if amendment.state == Amendment.State.PROPOSED:
        return None
    messages.info(request, "Изменение уже передано на приказ или отменено: правка закрыта")
    return redirect(amendment)


def _saved(request: UserRequest, form, amendment: Amendment, act) -> bool:
    """Run an edit of a valid form; a refusal or a newer version becomes an error of the form."""
    return save_edit(request, form, act, "Сохранено. Согласия участников нужны к этой редакции", obj=amendment)


def _page(amendment: Amendment, heading: str) -> dict:
    return {
        "heading": heading,
        "lead": amendment.program.title,
        "cancel_url": amendment.get_absolute_url(),
        "crumbs": crumbs(amendment, heading),
    }


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Correct the term, the forms or the reason of an amendment."""
    amendment = _get_editable(request, pk)
    if away := _redirect_closed(request, amendment):
        return away
    decides = may_decide(request.user, Right.PROGRAMS_TERM, parties(amendment.program))
    form = AmendmentForm(request.POST or None, program=amendment.program, amendment=amendment, decides=decides)

    def act():
        return acts.edit(amendment, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_valid() and _saved(request, form, amendment, act):
        warn_of_days_off(request, form.cleaned_data["new_end"])
        return redirect(amendment)
    hint = "После правки согласия других участников спросят заново."
    return render(request, "form.html", _page(amendment, "Срок и причина") | {"form": form, "hint": hint})


@dataclass
class _Line:
    """A line of the plan that a form edits: its number (None for a new one) and what it says now."""

    number: int | None
    now: dict | None


def _line(amendment: Amendment, number: int | None) -> _Line:
    if number is None:
        return _Line(None, None)
    plan = amendment.plan if amendment.plan is not None else acts.present_plan(amendment.program)
    if number >= len(plan) or plan[number]["pk"] in acts.carried_out(amendment.program):
        raise Http404
    return _Line(number, plan[number])


@require_http_methods(["GET", "POST"])
def line(request: UserRequest, pk: int, number: int | None = None) -> HttpResponseBase:
    """Add or change a line of the plan in its new wording."""
    amendment = _get_editable(request, pk)
    if away := _redirect_closed(request, amendment):
        return away
    row = _line(amendment, number)
    program = reload(amendment.program)
    program.ends_on = amendment.new_end or program.ends_on  # dates are checked against the new term
    form = LineForm(
        request.POST or None, program=program, instance=_activity(program, row.now), initial=_statements(row.now)
    )
    form.initial["version"] = amendment.version

    def act():
        version = form.cleaned_data["version"]
        return acts.set_line(amendment, row.number, form.line(), by=request.user, version=version)

    if form.is_valid() and _saved(request, form, amendment, act):
        warn_of_days_off(request, form.cleaned_data["due_on"])
        return redirect(amendment)
    heading = "Новое мероприятие" if number is None else "Мероприятие"
    hint = f"Программа с новым сроком: {period(program.starts_on, program.ends_on)}"
    return render(request, "form.html", _page(amendment, heading) | {"form": form, "hint": hint})


def _activity(program: Program, now: dict | None) -> Activity:
    if now is None:
        return Activity(program=program)
    values = {name: now[name] for name in ("title", "responsible", "expected_result", "evidence")}
    starts = date.fromisoformat(now["starts_on"]) if now["starts_on"] else None
    return Activity(program=program, starts_on=starts, due_on=date.fromisoformat(now["due_on"]), **values)


def _statements(now: dict | None) -> dict:
    return {"statements": now["statements"]} if now else {}


@require_http_methods(["GET", "POST"])
def line_drop(request: UserRequest, pk: int, number: int) -> HttpResponseBase:
    """Take a line out of the new plan, after a question."""
    amendment = _get_editable(request, pk)
    if away := _redirect_closed(request, amendment):
        return away
    row = _line(amendment, number)
    form = AgreeForm(request.POST or None, initial={"version": amendment.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        act = lambda: acts.drop_line(amendment, number, by=request.user, version=version)  # noqa: E731
        return act_and_redirect(request, act, success=f"Убрано из новой редакции: «{row.now['title']}»", to=amendment)
    page = _page(amendment, "Убрать мероприятие из плана?") | {"lead": row.now["title"], "form": form}
    page |= {"submit": "Убрать из плана", "danger": True}
    lines = ["После приказа мероприятия в программе не будет.", "Согласия участников спросят заново."]
    return render(request, "confirm.html", page | {"consequences": lines})


@require_http_methods(["GET", "POST"])
def agree(request: UserRequest, pk: int, participation: int) -> HttpResponseBase:
    """A side reads an amendment and agrees; the curator records a paper with its date."""
    amendment = get_change(request, Amendment, pk)
    side = get_object_or_404(amendment.program.pairing.participations.select_related("person"), pk=participation)
    own = side.person_id == request.user.person_id
    asked = parties(amendment.program)
    require_impartial(request.user, Right.PROGRAMS_ACT_FOR_OTHERS, asked, unless=own, also=acts.SIDE)
    form = (AgreeForm if own else PaperForm)(request.POST or None, initial={"version": amendment.version})
    if form.is_valid():
        return act_and_redirect(
            request,
            lambda: acts.agree(amendment, side, by=request.user, **form.cleaned_data),
            success="Согласие записано",
            to=amendment,
        )
    whose = "Согласиться с изменением программы?" if own else f"Записать согласие: {side.person.short_name}"
    return render(
        request,
        "programs/changes/amendment/agree.html",
        _page(amendment, "Согласие")
        | {
            "heading": whose,
            "form": form,
            "facts": facts(amendment, request.user),
            "plan": presenters.plan(amendment),
            "submit": "Согласиться" if own else "Записать согласие",
            "consequences": [
                "Согласие даётся на эту редакцию: если её исправят, его спросят заново.",
                "Изменение вступит в силу после приказа директора (п. 7.2 Положения).",
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def disagree(request: UserRequest, pk: int, participation: int) -> HttpResponseBase:
    """«Не согласна»: a side says why it does not agree with an amendment; the curator records it."""
    amendment = get_change(request, Amendment, pk)
    side = get_object_or_404(amendment.program.pairing.participations.select_related("person"), pk=participation)
    own = side.person_id == request.user.person_id
    asked = parties(amendment.program)
    require_impartial(request.user, Right.PROGRAMS_ACT_FOR_OTHERS, asked, unless=own, also=acts.SIDE)
    form = ObjectionForm(request.POST or None, initial={"version": amendment.version})
    if form.is_valid():
        act = lambda: acts.object_to(amendment, side, by=request.user, **form.cleaned_data)  # noqa: E731
        if act_with_form(form, act, request):
            messages.success(
                request, "Возражение записано. Изменение исправят или отменят; об исправленном спросят снова"
            )
            return redirect(amendment)
    words = presenters.disagrees(side.person)
    return render(
        request,
        "confirm.html",
        _page(amendment, words)
        | {
            "heading": words if own else f"{side.person.short_name}: {words.lower()}",
            "form": form,
            "facts": facts(amendment, request.user),
            "submit": "Записать возражение",
            "consequences": [
                "Без согласия каждого участника изменение на приказ не передадут.",
                by_letter("Предложивший и куратор получат письмо."),
                "Они исправят изменение, и Вас спросят снова, или отменят его.",
                "Передумаете — согласиться можно на странице изменения.",
            ],
        },
    )
