"""Pages of an amendment: begin, word, agree (п. 7.2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.russian import period
from mentoring_site.workflow import Refused, Stale, reload
from people.rights import Right
from programs.changes import presenters as change_presenters
from programs.changes.amendment import acts
from programs.changes.amendment.forms import AgreeForm, AmendmentForm, LineForm, PaperForm
from programs.changes.amendment.models import Amendment
from programs.changes.views import OPEN, begin, known
from programs.program import presenters as program_presenters
from programs.program.models import Activity
from programs.program.views import get_program, need

WHO = "Изменение предлагают наставник, наставляемый пары и куратор (п. 7.2)"


def _days(request) -> int:
    text = request.GET.get("days", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


@require_http_methods(["GET", "POST"])
def new(request, pk):
    """Propose to prolong or to correct a programme."""
    program = get_program(request, pk)
    need(acts.may_amend(program, request.user), WHO)
    back = reverse("programs:program_changes", args=[pk])
    if request.method == "GET" and program.state not in ("approved", "running"):
        messages.info(request, "Так меняют утверждённую программу; проект просто правят")
        return redirect(program)
    initial = {"new_end": program.ends_on + timedelta(days=days)} if (days := _days(request)) else {}
    decides = request.user.can(Right.PROGRAMS_ENDORSE)
    form = AmendmentForm(request.POST or None, program=program, decides=decides, initial=initial)
    page = {
        "heading": "Продлить или изменить программу",
        "lead": program.title,
        "submit": "Предложить изменение",
        "facts": [{"label": "Срок сейчас", "value": period(program.starts_on, program.ends_on)}],
        "cancel_url": back,
        "crumbs": program_presenters.crumbs(program, "Изменение"),
        "hint": (
            "План меняют на следующей странице. Нужны согласие наставника и каждого наставляемого и приказ (п. 7.2)."
        ),
    }

    def act():
        return acts.propose(program, by=request.user, request_key=form.cleaned_data["request_key"], **form.values())

    said = "Изменение предложено. Дополните план, если он меняется; потом согласятся участники"
    going = Amendment.objects.filter(program=program)
    going = going.filter(state__in=OPEN) | going.ahead()
    return begin(request, form, act, page, said, going=going)


def _open(request, pk) -> Amendment:
    """Return an amendment that the user may word now."""
    found = known(request, "amendment", pk)
    need(acts.may_amend(found.program, request.user), WHO)
    return found


def _closed(request, amendment):
    if amendment.state == "proposed":
        return None
    messages.info(request, "Изменение уже передано на приказ или отменено: правка закрыта")
    return redirect(amendment)


def _try(request, form, amendment, act):
    """Run an edit; a refusal becomes an error of the form, a stale page shows that it is one."""
    try:
        act()
    except Stale as refusal:
        form.add_error(None, str(refusal))
        form.show_newer(Amendment.objects.get(pk=amendment.pk).version)
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
    else:
        messages.success(request, "Сохранено. Согласия участников нужны к этой редакции")
        return redirect(amendment)
    return None


def _page(amendment, heading) -> dict:
    return {
        "heading": heading,
        "lead": amendment.program.title,
        "cancel_url": amendment.get_absolute_url(),
        "crumbs": change_presenters.crumbs(amendment, heading),
    }


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Correct the term, the forms or the reason of an amendment."""
    amendment = _open(request, pk)
    if away := _closed(request, amendment):
        return away
    decides = request.user.can(Right.PROGRAMS_ENDORSE)
    form = AmendmentForm(request.POST or None, program=amendment.program, amendment=amendment, decides=decides)
    if form.is_valid():
        version = form.cleaned_data["version"]
        done = _try(
            request, form, amendment, lambda: acts.edit(amendment, by=request.user, version=version, **form.values())
        )
        if done:
            return done
    hint = "После правки согласия участников спросят заново."
    return render(request, "form.html", _page(amendment, "Срок и причина") | {"form": form, "hint": hint})


@dataclass
class _Line:
    """A line of the plan being worded: its number (None for a new one) and what it says now."""

    number: int | None
    now: dict | None


def _line(amendment, number) -> _Line:
    if number is None:
        return _Line(None, None)
    plan = amendment.plan if amendment.plan is not None else acts.present_plan(amendment.program)
    if number >= len(plan) or plan[number]["pk"] in acts.carried_out(amendment.program):
        raise Http404
    return _Line(number, plan[number])


@require_http_methods(["GET", "POST"])
def line(request, pk, number=None):
    """Add or change a line of the plan in its new wording."""
    amendment = _open(request, pk)
    if away := _closed(request, amendment):
        return away
    row = _line(amendment, number)
    program = reload(amendment.program)
    program.ends_on = amendment.new_end or program.ends_on  # dates are checked against the new term
    form = LineForm(
        request.POST or None, program=program, instance=_activity(program, row.now), initial=_statements(row.now)
    )
    form.initial["version"] = amendment.version
    if form.is_valid():
        version = form.cleaned_data["version"]
        act = lambda: acts.set_line(amendment, row.number, form.line(), by=request.user, version=version)  # noqa: E731
        if done := _try(request, form, amendment, act):
            return done
    heading = "Новое мероприятие" if number is None else "Мероприятие"
    hint = f"Программа с новым сроком: {period(program.starts_on, program.ends_on)}"
    return render(request, "form.html", _page(amendment, heading) | {"form": form, "hint": hint})


def _activity(program, now) -> Activity:
    if now is None:
        return Activity(program=program)
    values = {name: now[name] for name in ("title", "responsible", "expected_result", "evidence")}
    starts = date.fromisoformat(now["starts_on"]) if now["starts_on"] else None
    return Activity(program=program, starts_on=starts, due_on=date.fromisoformat(now["due_on"]), **values)


def _statements(now) -> dict:
    return {"statements": now["statements"]} if now else {}


@require_http_methods(["GET", "POST"])
def line_drop(request, pk, number):
    """Take a line out of the new plan, after a question."""
    amendment = _open(request, pk)
    if away := _closed(request, amendment):
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
def agree(request, pk, participation):
    """A side reads an amendment and agrees; the curator records a paper with its date."""
    amendment = known(request, "amendment", pk)
    side = get_object_or_404(amendment.program.pairing.participations.select_related("person"), pk=participation)
    own = side.person_id == request.user.person_id
    if not own and not request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise PermissionDenied("Соглашается сам участник, с бумаги записывает куратор")
    form = (AgreeForm if own else PaperForm)(request.POST or None, initial={"version": amendment.version})
    if form.is_valid():
        return act_and_redirect(
            request,
            lambda: acts.agree(amendment, side, by=request.user, **form.cleaned_data),
            success="Согласие записано",
            to=amendment,
        )
    whose = "Согласиться с изменением программы?" if own else f"Записать согласие: {side.person.short_name}"
    page = change_presenters.context(amendment, request.user)
    return render(
        request,
        "programs/changes/amendment_agree.html",
        _page(amendment, "Согласие")
        | {
            "heading": whose,
            "form": form,
            "facts": page["facts"],
            "plan": [row | {"edit_url": "", "drop_url": ""} for row in page["plan"]],
        }
        | {
            "submit": "Согласиться" if own else "Записать согласие",
            "consequences": [
                "Согласие даётся на эту редакцию: если её исправят, его спросят заново.",
                "Изменение вступит в силу после приказа директора (п. 7.2 Положения).",
            ],
        },
    )
