"""A flagged difficulty becomes an activity of the program or a situational program; nothing is typed twice
(п. 2.3, 7.2).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.views_log import Kind, note
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.banks.models import Candidate
from people.rights import Right
from programs.changes.amendment.acts import require_amending
from programs.difficulties import acts
from programs.difficulties.forms import ActivityForDifficultyForm, StartSituationalForm
from programs.difficulties.models import Difficulty
from programs.difficulties.rules import MENTOR
from programs.difficulties.views import away, get_difficulty, page
from programs.pairings import pool
from programs.pairings.choice_presenters import fit_card, mentee_card, propose_address
from programs.pairings.choice_views import candidates, first_terms
from programs.pairings.forms import ProposeForm
from programs.pairings.models import Pairing
from programs.program.drafting.acts import require_start
from programs.program.views import get_program, warn_of_days_off

OPEN, PROPOSED = Difficulty.State.OPEN, Difficulty.State.PROPOSED
NO_QUESTIONNAIRE = "Пару предлагают по анкетам, а у одного из участников её нет. Внесите обоих в банки"


@require_http_methods(["GET", "POST"])
def activity(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Put an activity for the difficulty into an amendment; all is filled in (п. 7.2)."""
    row = get_difficulty(request, pk, statement)
    require_amending(row.program, request.user)
    if back := away(request, row, OPEN, PROPOSED):
        return back
    program = get_program(request, pk)
    form = ActivityForDifficultyForm(request.POST or None, program=program, row=row)
    if form.is_valid():
        act = lambda: acts.plan_activity(row.program, row.statement, by=request.user, line=form.line())  # noqa: E731
        if done := act_with_form(form, act):
            warn_of_days_off(request, form.cleaned_data["due_on"])
            messages.success(request, "Мероприятие стоит в изменении программы. Теперь согласятся участники")
            return redirect(done.amendment)
    context = page(row, "Мероприятие для затруднения", form=form, submit="Добавить мероприятие")
    context["hint"] = "Оно войдёт в изменение программы: нужны согласие участников и приказ (п. 7.2 Положения)."
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def situational(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Propose the same people to each other for a situational program (п. 2.3)."""
    row = get_difficulty(request, pk, statement)
    require(request.user, Right.PAIRINGS_PROPOSE)
    if back := away(request, row, OPEN, PROPOSED):
        return back
    people = _candidates(row)
    if people is None:
        messages.info(request, NO_QUESTIONNAIRE)
        return redirect(row)
    mentor, mentee = people
    note(request.user, [mentor.person_id, mentee.person_id], Kind.QUESTIONNAIRE)
    fit = next(iter(pool.group_fits(request.user, [mentee], [mentor])), None)
    initial = first_terms(mentor, [mentee], fit) | _offered(row, mentee)
    form = ProposeForm(request.POST or None, mentees=[mentee], initial=initial)
    if form.is_valid() and (done := act_with_form(form, lambda: _propose(request, row, mentor, mentee, form))):
        undo.say(request, "Предложение отправлено. Участники отвечают доверительно", done.pairing, "propose")
        return redirect(done.pairing)
    context = page(row, "Ситуационная программа", form=form, submit="Отправить предложение")
    context |= {
        "mentor": fit_card(fit, propose_address([mentee])) if fit else None,
        "mentees": [mentee_card(mentee)],
        "names": mentee.person.short_name,
    }
    return render(request, "programs/pairings/pairing_propose.html", context)


def _candidates(row: Difficulty) -> tuple[Candidate, Candidate] | None:
    """Return the mentor and the mentee of the difficulty as they stand in the banks."""
    leads = [p.candidate_id for p in row.program.pairing.people if p.part == MENTOR and p.until is None]
    mentors = candidates([str(key) for key in leads if key], "mentor")
    mentees = candidates([str(row.statement.candidate_id)], "mentee")
    return (mentors[0], mentees[0]) if mentors and mentees else None


def _offered(row: Difficulty, mentee: Candidate) -> dict[str, Any]:
    topic = row.statement.topic_id
    why = (
        f"Ситуационная программа по затруднению «{row.statement.text}»: наставник и наставляемый уже работают вместе,"
        " помощь нужна тогда, когда затруднение возникает"
    )
    found: dict[str, Any] = {"why": why, "fits": [str(mentee.pk)]}
    return found | ({"topics": [topic]} if topic else {})


def _propose(
    request: UserRequest, row: Difficulty, mentor: Candidate, mentee: Candidate, form: ProposeForm
) -> Difficulty:
    names = ("topics", "why", "planned_from", "planned_to", "request_key")
    values = {name: form.cleaned_data[name] for name in names}
    return acts.propose_situational(row.program, row.statement, by=request.user, mentor=mentor, mentee=mentee, **values)


@require_http_methods(["GET", "POST"])
def program(request: UserRequest, pk: int, statement: int) -> HttpResponseBase:
    """Open the draft of the situational program of the pair that was assigned for it."""
    row = get_difficulty(request, pk, statement)
    pairing = row.pairing
    if pairing is None or pairing.state != Pairing.State.ASSIGNED:
        if not acts.may_speak(row, request.user):
            raise NotAllowed(f"Программу составляют {acts.SIDES}")
        messages.info(request, "Сначала пара для ситуационной программы закрепляется приказом")
        return redirect(row)
    require_start(pairing, request.user)
    form = StartSituationalForm(request.POST or None, statement=row.statement, curator=row.program.curator)
    if form.is_valid():
        act = lambda: acts.start_situational(row, by=request.user, **form.cleaned_data)  # noqa: E731
        if made := act_with_form(form, act):
            messages.success(request, "Черновик заведён: вид, цель и затруднение уже стоят")
            return redirect("programs:program_step", made.pk, "goal")
    context = page(row, "Ситуационная программа", form=form, submit="Завести черновик")
    return render(request, "form.html", context)
