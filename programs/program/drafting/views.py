"""Drafting pages: a new program, its steps saved one by one, the plan (п. 1.2, 2.3, 5.1)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import joined, period, plural
from mentoring_site.ui.elements import Crumb, Fact, Tab
from mentoring_site.workflow import Stale
from people.rights import Right
from people.roles.instead import decides, require_impartial
from programs.catalogs import guidance
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.pairings.terms import LIMITS
from programs.program import content_presenters
from programs.program import presenters as program_presenters
from programs.program.drafting import acts
from programs.program.drafting.forms import (
    ActivityForm,
    DetailsForm,
    FormsForm,
    GoalForm,
    SpecialTermForm,
    StartForm,
    TemplateChoice,
    TermForm,
)
from programs.program.kinds import registry as kinds
from programs.program.kinds.speed import NO_PROGRAM
from programs.program.models import Activity, Program
from programs.program.rules import parties, require_drafting
from programs.program.states import State
from programs.program.views import get_program, warn_of_days_off

STEPS = {"goal": GoalForm, "forms": FormsForm, "details": DetailsForm, "term": TermForm}
LABELS = {
    "goal": "Цель и запросы",
    "forms": "Формы и виды",
    "details": "Как идёт работа",
    "term": "Срок",
    "plan": "План",
}
LEADS = {
    "goal": "С цели начинается всё остальное: формы и виды выбирают под неё (п. 2.3 Положения).",
    "forms": "Формы и виды следуют из цели, затруднений и запроса: они рядом, чтобы на них смотреть.",
    "details": "Каждая форма и каждый вид спрашивают своё (п. 2.3 Положения). Можно сохранить и вернуться позже.",
    "term": f"Программа краткосрочная: {LIMITS}.",
    "plan": "На каждое затруднение — мероприятие или причина, почему его нет (п. 1.2 Положения).",
}


def new(request, pk):
    """A new draft for an assigned pair or group, from a sample or empty."""
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user).with_people(), pk=pk)
    acts.require_start(pairing, request.user)
    if program := pairing.programs.live().first():
        messages.info(request, "У этой пары уже есть программа")
        return redirect(program)
    form = StartForm(request.POST or None, pairing=pairing)
    if request.method == "POST" and form.is_valid():
        program = act_with_form(form, lambda: acts.start(pairing, by=request.user, **form.cleaned_data))
        if program:
            messages.success(request, "Черновик заведён. Запросы и затруднения взяты из анкет")
            return redirect("programs:program_step", program.pk, "goal")
    return render(
        request,
        "programs/program/program_new.html",
        {
            "form": form,
            "title": pairing_title(pairing),
            "cancel_url": pairing.get_absolute_url(),
            "no_curator": not form.fields["curator"].queryset.exists(),
            "crumbs": [
                Crumb("Программы", reverse("programs:programs")),
                Crumb(pairing_title(pairing), pairing.get_absolute_url()),
                Crumb("Новая программа"),
            ],
        },
    )


def _get(request, pk):
    """Return the program to draft, or a redirect to its page that says why it cannot be edited."""
    program = get_program(request, pk)
    require_drafting(program, request.user)
    if why := acts.edit_refusal(program, request.user):
        messages.info(request, why)
        return program, redirect(program)
    return program, None


def edit(request, pk):
    """Lead to the first step that is not filled in."""
    program, away = _get(request, pk)
    if away:
        return away
    filled = {
        "goal": program.goal and program.requests.all(),
        "forms": program.forms.all() and program.kinds.all() and program.justification,
        "details": not list(kinds.missing(program)),
        "term": program.starts_on and program.ends_on,
    }
    first = next(
        (name for name, done in filled.items() if not done), "plan" if not program.activities.all() else "goal"
    )
    return redirect("programs:program_step", program.pk, first)


def step(request, pk, step):
    """One step, saved by itself; a stale page keeps what was typed and shows what changed."""
    if step not in STEPS:
        raise Http404
    program, away = _get(request, pk)
    if away:
        return away
    if step == "forms" and not program.goal.strip():
        messages.info(request, "Сначала напишите цель: форма выбирается в зависимости от цели (п. 2.3 Положения)")
        return redirect("programs:program_step", program.pk, "goal")
    if step not in _steps(program):
        return redirect("programs:program_step", program.pk, "term")
    form, stale = STEPS[step](request.POST or None, program=program), []
    if form.is_valid():

        def save() -> Program:
            try:
                return acts.edit(program, by=request.user, version=form.cleaned_data["version"], **form.values())
            except Stale:
                form.show_newer(program.version)
                stale.extend(form.now())
                raise

        if saved := act_with_form(form, save):
            if step == "term":
                warn_of_days_off(request, form.cleaned_data["ends_on"])
            names = _steps(saved)
            following = names[names.index(step) + 1]
            messages.success(request, f"Сохранено: {LABELS[step].lower()}")
            return redirect("programs:program_step", program.pk, following)
    return render(
        request,
        "programs/program/program_details.html" if step == "details" else "programs/program/program_step.html",
        _frame(program, step)
        | {"form": form, "stale": stale, "basis": _basis(program, request.user) if step == "forms" else []}
        | {"guidance": guidance.offered(request.user) if step == "forms" else []}
        | {"no_program": NO_PROGRAM}
        | {
            "special_url": reverse("programs:program_term", args=[program.pk])
            if _decides(program, request.user, step)
            else ""
        },
    )


def _decides(program, user, step) -> bool:
    return step == "term" and program.state == State.DRAFT and decides(user, Right.PROGRAMS_TERM, parties(program))


def _steps(program) -> list[str]:
    """The steps of a program: what forms and kinds ask is left out where they ask for nothing."""
    asks = [one for _, one in kinds.asking(program) if one.is_program]
    return [name for name in LABELS if name != "details" or asks]


def _frame(program, step) -> dict:
    """What every step shows: the way, the steps, where to return."""
    urls = {name: reverse("programs:program_step", args=[program.pk, name]) for name in LABELS}
    steps = enumerate(_steps(program), 1)
    return {
        "program": program,
        "crumbs": program_presenters.crumbs(program, LABELS[step]),
        "heading": LABELS[step],
        "lead": LEADS[step],
        "steps": [Tab(f"{n}. {LABELS[name]}", urls[name], current=name == step) for n, name in steps],
        "cancel_url": program.get_absolute_url(),
    }


def _basis(program, user) -> list[Fact]:
    """What the choice of forms rests on: goal, requests, difficulties and strengths (п. 2.3)."""
    remarks = content_presenters.Remarks(program, user)
    found = {row.label: row.values for row in content_presenters.fields(program, user, remarks)}
    return [
        Fact(label, "\n".join(found[label]) or "не отмечено")
        for label in ("Цель", "Запросы", "Затруднения", "Сильные стороны")
    ]


def plan(request, pk):
    """Step 4: the activities; here they are added one by one or from a sample."""
    program, away = _get(request, pk)
    if away:
        return away
    form = TemplateChoice(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        added = act_with_form(
            form, lambda: acts.add_from_template(program, data["template"], by=request.user, version=data["version"])
        )
        if added is not None:
            messages.success(request, f"Добавлено по образцу: {plural(added, 'мероприятие,мероприятия,мероприятий')}")
            return redirect("programs:program_plan", program.pk)
    remarks = content_presenters.Remarks(program, request.user)
    return render(
        request,
        "programs/program/program_plan.html",
        _frame(program, "plan")
        | {
            "form": form,
            "plan": content_presenters.plan(program, request.user, remarks, droppable=True),
            "new_url": reverse("programs:activity_new", args=[program.pk]),
            "uncovered": _uncovered(program),
            "left_out": _left_out(program),
            "arrange_url": reverse("programs:plan_arrange", args=[program.pk]),
        },
    )


def _uncovered(program) -> list[dict]:
    covered = {s.pk for a in program.activities.all() for s in a.statements.all()}
    covered |= {row.statement_id for row in program.left_out.all()}
    url = reverse("programs:activity_new", args=[program.pk])
    return [
        {"text": s.text, "url": f"{url}?why={s.pk}", "reason_url": _reason_url(program, s)}
        for s in program.difficulties.all()
        if s.pk not in covered
    ]


def _left_out(program) -> list[dict]:
    """Difficulties without an activity, with the reasons."""
    reasons = {row.statement_id: row.reason for row in program.left_out.all()}
    return [
        {"text": s.text, "reason": reasons[s.pk], "reason_url": _reason_url(program, s)}
        for s in program.difficulties.all()
        if s.pk in reasons
    ]


def _reason_url(program, statement) -> str:
    return reverse("programs:left_out", args=[program.pk, statement.pk])


def activity(request, pk, activity=None):
    """Add or change a line of the plan."""
    program, away = _get(request, pk)
    if away:
        return away
    row = _activity(program, activity) if activity else Activity(program=program)
    statement = 0 if activity else _number(request.GET.get("why", ""))
    initial = {"statements": [statement]} if statement else {}
    form = ActivityForm(request.POST or None, instance=row, program=program, initial=initial)
    stale: list[Fact] = []
    if form.is_valid():
        data = form.cleaned_data

        def save() -> Activity:
            line, statements = form.instance, data["statements"]
            try:
                return acts.save_activity(program, line, statements, by=request.user, version=data["version"])
            except Stale:
                form.show_newer(program.version)
                stale.extend(_activity_now(row.pk))
                raise

        if act_with_form(form, save):
            messages.success(request, f"Сохранено: «{form.instance.title}»")
            warn_of_days_off(request, form.instance.due_on)
            return redirect("programs:program_plan", program.pk)
    return render(
        request,
        "programs/program/activity_form.html",
        _frame(program, "plan")
        | {
            "form": form,
            "stale": stale,
            "heading": "Мероприятие" if activity else "Новое мероприятие",
            "lead": f"Программа идёт {period(program.starts_on, program.ends_on)}" if program.starts_on else "",
            "cancel_url": reverse("programs:program_plan", args=[program.pk]),
            "drop_url": reverse("programs:activity_drop", args=[program.pk, activity]) if activity else "",
        },
    )


def _activity(program, pk):
    for row in program.activities.all():
        if row.pk == pk:
            return row
    raise Http404


def _activity_now(pk) -> list[Fact]:
    """What is written now about an activity that somebody else has changed."""
    now = Activity.objects.filter(pk=pk).prefetch_related("statements").first() if pk else None
    if now is None:
        return []
    return [
        Fact("Мероприятие", now.title),
        Fact("Когда", content_presenters.dates_words(now)),
        Fact("Кто", now.get_responsible_display()),
        Fact("Ожидаемый результат", now.expected_result),
        Fact("Зачем", joined([str(s) for s in now.statements.all()]) or "не отмечено"),
    ]


def activity_drop(request, pk, activity):
    """Take a line out of the plan, after a question."""
    program, away = _get(request, pk)
    if away:
        return away
    row = _activity(program, activity)
    if request.method == "POST":
        version = request.POST.get("version", "")
        return act_and_redirect(
            request,
            lambda: acts.drop_activity(program, row, by=request.user, version=_number(version)),
            success=f"Убрано из плана: «{row.title}»",
            to=reverse("programs:program_plan", args=[program.pk]),
        )
    return render(
        request,
        "programs/program/activity_drop.html",
        {
            "heading": "Убрать мероприятие из плана?",
            "lead": f"«{row.title}», {content_presenters.dates_words(row)}",
            "consequences": ["Мероприятие исчезнет из проекта", "Наставляемые подтвердят проект заново"],
            "submit": "Убрать из плана",
            "danger": True,
            "version": program.version,
            "cancel_url": reverse("programs:program_plan", args=[program.pk]),
            "crumbs": program_presenters.crumbs(program, "План"),
        },
    )


def _number(text: str) -> int:
    """Return a small number typed into an address or a hidden field, or 0."""
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def decide_term(request, pk):
    """Record a decision on a special term (п. 7.2)."""
    program = get_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_TERM, parties(program))
    initial = {
        "decision": program.term_decision,
        "earliest_end": program.earliest_end,
        "latest_end": program.latest_end,
    }
    form = SpecialTermForm(request.POST or None, initial=initial)
    if form.is_valid() and act_with_form(form, lambda: acts.decide_term(program, by=request.user, **form.cleaned_data)):
        messages.success(request, "Решение об особом сроке записано")
        return redirect("programs:program_step", program.pk, "term")
    return render(
        request,
        "form.html",
        {
            "form": form,
            "facts": Fact.known([("Записано", program.term_decision)]),
            "heading": "Решение об особом сроке",
            "lead": f"«{program.title}». Обычный срок — {LIMITS}",
            "submit": "Записать решение",
            "cancel_url": program.get_absolute_url(),
            "crumbs": program_presenters.crumbs(program, "Записать решение"),
        },
    )


def undecide_term(request, pk):
    """Take a decision on a special term back, after a question."""
    program = get_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_TERM, parties(program))
    to = reverse("programs:program_step", args=[program.pk, "term"])
    if request.method == "POST":
        act = lambda: acts.undecide_term(program, by=request.user)  # noqa: E731
        return act_and_redirect(request, act, success="Решение об особом сроке отменено", to=to)
    return render(
        request,
        "confirm.html",
        {
            "heading": "Отменить решение об особом сроке?",
            "lead": f"«{program.title}»",
            "facts": Fact.known([("Решение", program.term_decision)]),
            "consequences": [
                f"Снова действует обычный срок: {LIMITS}.",
                "Последний день передвинется в его пределы, если он в них не помещается.",
                "Наставляемые подтвердят проект заново. Решение останется в истории программы.",
            ],
            "submit": "Отменить решение",
            "danger": True,
            "cancel_url": to,
            "crumbs": program_presenters.crumbs(program, "Отмена решения"),
        },
    )
