"""One candidate: proposal, questionnaire, the director's remark and decision, withdrawal (п. 3.3–3.5, 6.1)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring_site import history as mentoring_site_history
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.workflow import Stale, readiness
from people.banks import acts as bank_acts
from people.banks import presenters
from people.banks.forms import CommentForm, FindForm, ProposeForm, Questionnaire, ReasonForm
from people.banks.models import Candidate
from people.banks.presenters import BANK, TITLES
from people.register.models import Employment, Person
from people.rights import Right

SHOWN = 20


def find(request, bank):
    """Whom to propose: search by beginnings of names, then one press."""
    if not request.user.can(Right.BANKS_PROPOSE):
        return redirect("people:my_banks")
    form = FindForm(request.GET or None)
    name = form.chosen().get("q", "") if form.is_bound else ""
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
    title = TITLES[BANK[bank]]
    context = {
        "form": form,
        "rows": rows,
        "asked": name,
        "title": title,
        "shown": SHOWN,
        "url": reverse("people:find", args=[bank]),
        "crumbs": [(title, reverse(f"people:bank_{bank}")), ("Предложить кандидата", None)],
    }
    return render(request, "people/banks/candidate_find.html", context)


def propose(request, bank, pk):
    """Put a person forward, or oneself."""
    user, part = request.user, BANK[bank]
    own = user.person_id == pk
    if not own and not user.can(Right.BANKS_PROPOSE):
        raise PermissionDenied("Предложить кандидата может куратор, член совета или сам человек")
    person = get_object_or_404(Person.objects.proposable_by(user), pk=pk)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form, lambda: bank_acts.propose(person, part, by=user, why=data["why"], request_key=data["request_key"])
        )
        if made:
            messages.success(
                request,
                f"{person.short_name}: записано. Теперь анкета."
                if own or user.can(Right.BANKS_FILL_FOR_OTHERS)
                else f"{person.short_name}: кандидат предложен, анкету попросим заполнить.",
            )
            return (
                redirect("people:candidate_fill", made.pk)
                if own or user.can(Right.BANKS_FILL_FOR_OTHERS)
                else redirect(made)
            )
    title = TITLES[part]
    context = {
        "form": form,
        "heading": f"{title}: {person.full_name}",
        "submit": "Предложить себя" if own else "Предложить кандидата",
        "lead": "Решение принимает директор после того, как заполнена анкета.",
        "cancel_url": reverse("people:banks"),
        "crumbs": [(title, reverse("people:banks")), (person.short_name, None)],
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
    live = shown.state == "applied"
    context = {
        "candidate": shown,
        "title": TITLES[shown.part],
        "badge": bank_acts.badge(shown, request.user),
        "facts": presenters.facts(shown),
        "said": presenters.said(shown),
        "actions": presenters.actions(request.user, shown),
        "checks": _checks(request.user, shown) if live else [],
        "entries": mentoring_site_history.entries([shown], fields=request.user.can(Right.PEOPLE_HISTORY)),
        "crumbs": [(TITLES[shown.part], reverse("people:banks")), (shown.person.short_name, None)],
        "person_url": shown.person.get_absolute_url(),
    }
    return render(request, "people/banks/candidate.html", context)


def _checks(user, shown) -> list[dict]:
    """The readiness light; who may not go to the way out gets none, who may remind gets a button."""
    checks = []
    for check in readiness(shown, "approve"):
        if check.get("remind") and user.can(Right.BANKS_PROPOSE) and user.person_id != shown.person_id:
            check |= {"post_url": reverse("people:candidate_remind", args=[shown.pk]), "link": "Напомнить"}
        elif ("consents" in check.get("url", "") and not user.can(Right.CONSENTS_RECORD)) or (
            "fill" in check.get("url", "")
            and user.person_id != shown.person_id
            and not user.can(Right.BANKS_FILL_FOR_OTHERS)
        ):
            check |= {"url": ""}
        checks.append(check)
    return checks


def fill(request, pk):
    """The questionnaire: by oneself, or by the curator in somebody's words. «Ещё строки» works without scripts."""
    shown = _visible(request, pk)
    own = request.user.person_id == shown.person_id
    if not own and not request.user.can(Right.BANKS_FILL_FOR_OTHERS):
        raise PermissionDenied("Анкету заполняет сам человек или куратор с его слов")
    more = "more" in request.POST
    sheet = Questionnaire(shown, request.POST if request.method == "POST" else None, more=more)
    if request.method == "POST" and not more and sheet.is_valid():
        done = _fill(request, shown, sheet)
        if done:
            messages.success(
                request, "Анкета записана." + ("" if done.state != "applied" else " Теперь решает директор.")
            )
            return redirect(done)
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "candidate": shown,
        "own": own,
        "title": TITLES[shown.part],
        "cancel_url": shown.get_absolute_url(),
        "crumbs": [
            (TITLES[shown.part], reverse("people:banks")),
            (shown.person.short_name, shown.get_absolute_url()),
            ("Анкета", None),
        ],
    }
    return render(request, "people/banks/candidate_fill.html", context)


def _fill(request, shown, sheet):
    """Run the act; a stale questionnaire keeps what was typed and shows what was written meanwhile."""
    try:
        return act_with_form(sheet.form, lambda: _keeping_stale(shown, request.user, sheet))
    except _Newer as newer:
        shown.refresh_from_db()
        sheet.form.show_newer(shown.version)
        sheet.form.add_error(None, str(newer))
        said = "; ".join(s.text for s in shown.statements.filter(resolved_on__isnull=True))
        sheet.form.add_error(None, f"Сейчас записано: {said}. Если сохраните ещё раз, останется Ваш вариант")
        return None


class _Newer(Exception):
    """A stale questionnaire on its way past ``try_form``."""


def _keeping_stale(shown, user, sheet):
    try:
        return bank_acts.fill(shown, by=user, **sheet.facts())
    except Stale as stale:
        raise _Newer(str(stale)) from stale


def comment(request, pk):
    """The director's remark about a candidate (п. 3.3)."""
    shown = _visible(request, pk)
    if not request.user.can(Right.BANKS_COMMENT):
        raise PermissionDenied("Замечание о кандидате пишет директор")
    form = CommentForm(request.POST or None, initial={"text": shown.comment})
    act = lambda data: bank_acts.comment(shown, by=request.user, text=data["text"])  # noqa: E731
    return _decision(request, shown, form, act, "Замечание о кандидате", "Записать замечание", "Замечание записано.")


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
    if not request.user.can(Right.BANKS_APPROVE):
        raise PermissionDenied("Кандидатов утверждает директор")
    consequences = [
        f"{shown.person.full_name} будет стоять {bank_acts.IN_BANK[shown.part]}.",
        "Куратор и совет смогут подобрать пару или группу; человек получит письмо.",
    ]
    context = {
        "heading": f"Утвердить: {shown.person.short_name}",
        "consequences": consequences,
        "submit": "Утвердить кандидата",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(shown, "Утвердить"),
        "form": None,
    }
    return render(request, "confirm.html", context)


def decline(request, pk):
    """The director declines a candidate with a reason."""
    shown = _visible(request, pk)
    if not request.user.can(Right.BANKS_APPROVE):
        raise PermissionDenied("Решение о кандидате принимает директор")
    form = ReasonForm(request.POST or None)
    act = lambda data: bank_acts.decline(shown, by=request.user, reason=data["reason"])  # noqa: E731
    return _decision(
        request, shown, form, act, "Отклонить кандидата", "Отклонить кандидата", "Кандидат отклонён, письмо отправлено."
    )


def withdraw(request, pk):
    """Take a candidate out of the bank with a reason."""
    shown = _visible(request, pk)
    if not request.user.can(Right.BANKS_PROPOSE) and request.user.person_id != shown.person_id:
        raise PermissionDenied("Снять из банка может куратор, совет или сам человек")
    form = ReasonForm(request.POST or None)
    act = lambda data: bank_acts.withdraw(shown, by=request.user, reason=data["reason"])  # noqa: E731
    return _decision(request, shown, form, act, "Снять из банка", "Снять из банка", "Кандидат снят из банка.")


@require_POST
def remind(request, pk):
    """Remind a person of the questionnaire by letter."""
    shown = _visible(request, pk)
    return act_and_redirect(
        request,
        lambda: bank_acts.remind(shown, by=request.user) or shown,
        to=shown,
        success=f"{shown.person.short_name}: напоминание об анкете отправлено.",
    )


def _decision(request, shown, form, act, heading, submit, success):
    """A page with one field and one act."""
    if request.method == "POST" and form.is_valid():
        done = act_with_form(form, lambda: act(form.cleaned_data))
        if done:
            messages.success(request, success)
            return redirect(shown)
    context = {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(shown, heading),
    }
    return render(request, "form.html", context)


def _crumbs(shown, last) -> list:
    return [
        (TITLES[shown.part], reverse("people:banks")),
        (shown.person.short_name, shown.get_absolute_url()),
        (last, None),
    ]


def _visible(request, pk, queryset=None):
    queryset = Candidate.objects.select_related("person") if queryset is None else queryset
    return get_object_or_404(queryset.visible_to(request.user), pk=pk)
