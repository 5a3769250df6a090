"""One candidate: proposal, questionnaire, the director's remark and decision, withdrawal (п. 3.3–3.5, 6.1)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring_site import history as mentoring_site_history
from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form, asked_next, came_from
from mentoring_site.rights import require
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from mentoring_site.views_log import Kind, note
from people.banks import acts as bank_acts
from people.banks import presenters
from people.banks.forms import CapacityForm, CommentForm, FindForm, ProposeForm, Questionnaire, ReasonForm
from people.banks.models import Candidate
from people.banks.presenters import PART_OF_BANK, TITLES
from people.promises import Promise
from people.register.models import Employment, Person
from people.rights import Right

SHOWN = 20
NOBODY_FOUND = (
    f"Среди работающих такого человека нет. Проверьте начало имени; нового человека записывает {Right.PEOPLE_EDIT.who}."
)


def find(request, bank):
    """Whom to propose: search by beginnings of names, then one click."""
    if not request.user.can(Right.BANKS_PROPOSE):
        return redirect("people:my_banks")
    form = FindForm(request.GET or None)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    found = (
        Person.objects.proposable_by(request.user)
        .filter(pk__in=Employment.objects.current().values("person"))
        .found_by(name)
        .with_posts()
        if name
        else []
    )
    rows = [
        {"person": p, "post": "; ".join(e.post for e in p.posts), "url": reverse("people:propose", args=[bank, p.pk])}
        for p in found[:SHOWN]
    ]
    title = TITLES[PART_OF_BANK[bank]]
    context = {
        "form": form,
        "rows": rows,
        "asked": name,
        "title": title,
        "nobody": NOBODY_FOUND,
        "url": reverse("people:find", args=[bank]),
        "crumbs": [Crumb(title, reverse(f"people:bank_{bank}")), Crumb("Предложить кандидата")],
    }
    return render(request, "people/banks/candidate_find.html", context)


def propose(request, bank, pk):
    """Put a person forward, or oneself."""
    user, part = request.user, PART_OF_BANK[bank]
    own = user.person_id == pk
    require(user, Right.BANKS_PROPOSE, unless=own, also=bank_acts.ONESELF)
    person = get_object_or_404(Person.objects.proposable_by(user), pk=pk)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form, lambda: bank_acts.propose(person, part, by=user, why=data["why"], request_key=data["request_key"])
        )
        if made:
            if own or user.can(Right.BANKS_FILL_FOR_OTHERS):
                undo.say(request, f"{person.short_name}: записано. Теперь анкета.", made, "propose")
                return redirect("people:candidate_fill", made.pk)
            undo.say(request, f"{person.short_name}: кандидат предложен, анкету попросим заполнить.", made, "propose")
            return redirect(made)
    title = TITLES[part]
    context = {
        "form": form,
        "heading": f"{title}: {person.full_name}",
        "submit": "Предложить себя" if own else "Предложить кандидата",
        "lead": f"Решение принимает {Right.BANKS_APPROVE.who} после того, как заполнена анкета.",
        "cancel_url": reverse("people:banks"),
        "crumbs": [Crumb(title, reverse("people:banks")), Crumb(person.short_name)],
    }
    return render(request, "form.html", context)


def candidate(request, pk):
    """One candidate: the questionnaire, what is missing, what can be done, history."""
    shown = _visible(
        request,
        pk,
        Candidate.objects.with_requirements().select_related(
            "person", "proposed_by__person", "filled_by__person", "decided_by__person"
        ),
    )
    reads = bank_acts.reads(request.user, shown)
    if reads:
        note(request.user, shown.person_id, Kind.QUESTIONNAIRE)
    context = {
        "candidate": shown,
        "title": TITLES[shown.part],
        "closed": "" if reads else Promise.QUESTIONNAIRE.readers,
        "badge": bank_acts.badge(shown, request.user),
        "facts": presenters.facts(shown, reads=reads),
        "groups": presenters.statement_groups(shown) if reads else [],
        "actions": presenters.actions(request.user, shown),
        "checks": presenters.checks(request.user, shown) if shown.state == Candidate.State.APPLIED else [],
        "entries": mentoring_site_history.entries(
            [shown], user=request.user, fields=request.user.can(Right.PEOPLE_HISTORY)
        ),
        "crumbs": presenters.crumbs(shown),
        "person_url": shown.person.get_absolute_url(),
    }
    return render(request, "people/banks/candidate.html", context)


def fill(request, pk):
    """The questionnaire: by oneself, or by the curator in somebody's words. «Ещё строки» works without scripts."""
    shown = _visible(request, pk)
    own = request.user.person_id == shown.person_id
    require(request.user, Right.BANKS_FILL_FOR_OTHERS, unless=own, also=bank_acts.ONESELF)
    note(request.user, shown.person_id, Kind.QUESTIONNAIRE)
    more = "more" in request.POST
    sheet = Questionnaire(shown, request.POST if request.method == "POST" else None, more=more)
    if request.method == "POST" and not more and sheet.is_valid():
        waits = shown.state == Candidate.State.APPLIED
        success = "Анкета записана. Теперь решает директор." if waits else "Анкета записана."
        if save_edit(
            request, sheet.form, lambda: bank_acts.fill(shown, by=request.user, **sheet.given()), success, obj=shown
        ):
            return redirect(shown)
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "candidate": shown,
        "own": own,
        "title": TITLES[shown.part],
        "cancel_url": shown.get_absolute_url(),
        "crumbs": presenters.crumbs(shown, "Анкета"),
    }
    return render(request, "people/banks/candidate_fill.html", context)


def capacity(request, pk):
    """How many mentees a mentor can take: a form of that number, which comes back to where it was asked for."""
    shown = _visible(request, pk)
    own = request.user.person_id == shown.person_id
    require(request.user, Right.BANKS_FILL_FOR_OTHERS, unless=own, also=bank_acts.ONESELF)
    if shown.part != Candidate.Part.MENTOR:
        return redirect("people:candidate_fill", shown.pk)
    back = asked_next(request, shown.get_absolute_url())
    initial = {"capacity_persons": shown.capacity_persons, "version": shown.version}
    form = CapacityForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        known = {"persons": form.cleaned_data["capacity_persons"], "version": form.cleaned_data["version"]}
        success = f"{shown.person.short_name}: сколько наставляемых можно взять, записано"
        if save_edit(
            request, form, lambda: bank_acts.set_capacity(shown, by=request.user, **known), success, obj=shown
        ):
            return redirect(back)
    context = {
        "form": form,
        "heading": "Сколько наставляемых можете взять" if own else "Сколько наставляемых может взять наставник",
        "lead": shown.person.full_name,
        "cancel_url": back,
        "crumbs": presenters.crumbs(shown, "Сколько наставляемых"),
    }
    return render(request, "edit.html", context)


def comment(request, pk):
    """The director's remark about a candidate (п. 3.3)."""
    shown = _visible(request, pk)
    require(request.user, Right.BANKS_COMMENT)
    form = CommentForm(request.POST or None, initial={"text": shown.comment})
    return _decision(
        request,
        shown,
        form,
        lambda data: bank_acts.comment(shown, by=request.user, text=data["text"]),
        heading="Замечание о кандидате",
        submit="Записать замечание",
        success="Замечание записано.",
    )


def approve(request, pk):
    """The director approves one candidate after a page that names the consequences."""
    shown = _visible(request, pk, Candidate.objects.with_requirements())
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: bank_acts.approve(shown, by=request.user),
            to=shown,
            success=f"{shown.person.short_name}: {bank_acts.IN_BANK[shown.part]} с сегодняшнего дня.",
        )
    Candidate.WORKFLOW["approve"].require(shown, request.user)
    consequences = [
        f"{shown.person.full_name} будет стоять {bank_acts.IN_BANK[shown.part]}.",
        "Куратор и совет смогут подобрать пару или группу.",
        by_letter("Человек получит письмо."),
    ]
    context = {
        "heading": f"Утвердить: {shown.person.short_name}",
        "consequences": consequences,
        "submit": "Утвердить кандидата",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": presenters.crumbs(shown, "Утвердить"),
        "form": None,
    }
    return render(request, "confirm.html", context)


def decline(request, pk):
    """The director declines a candidate with a reason."""
    shown = _visible(request, pk)
    Candidate.WORKFLOW["decline"].require(shown, request.user)
    form = ReasonForm(request.POST or None)
    return _decision(
        request,
        shown,
        form,
        lambda data: bank_acts.decline(shown, by=request.user, reason=data["reason"]),
        heading="Отклонить кандидата",
        success="Кандидат отклонён.",
    )


def withdraw(request, pk):
    """Take a candidate out of the bank with a reason."""
    shown = _visible(request, pk)
    own = request.user.person_id == shown.person_id
    require(request.user, Right.BANKS_PROPOSE, unless=own, also=bank_acts.ONESELF, act="снять из банка")
    form = ReasonForm(request.POST or None)
    return _decision(
        request,
        shown,
        form,
        lambda data: bank_acts.withdraw(shown, by=request.user, reason=data["reason"]),
        heading="Снять из банка",
        success="Кандидат снят из банка.",
    )


@require_POST
def remind(request, pk):
    """Remind a person of the questionnaire by letter."""
    shown = _visible(request, pk)
    return act_and_redirect(
        request,
        lambda: bank_acts.remind(shown, by=request.user) or shown,
        to=came_from(request, shown),
        success=f"{shown.person.short_name}: напоминание об анкете написано.",
    )


def _decision(request, shown, form, act, *, heading: str, success: str, submit: str = ""):
    """A page with one field and one act; its button says the heading unless ``submit`` says something else."""
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: act(form.cleaned_data))
        if done:
            messages.success(request, success)
            return redirect(shown)
    context = {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit or heading,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": presenters.crumbs(shown, heading),
    }
    return render(request, "form.html", context)


def _visible(request, pk, queryset=None):
    queryset = Candidate.objects.select_related("person") if queryset is None else queryset
    return get_object_or_404(queryset.visible_to(request.user), pk=pk)
