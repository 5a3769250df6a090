"""Pages of the learning log: skills with their picture, chosen, rated, removed; the line of a week (п. 5.2)."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form, asked_next
from mentoring_site.russian import upper_first
from mentoring_site.ui.elements import Fact
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.learning import acts, presenters
from programs.learning.forms import ChooseForm, NoteForm, RateForm
from programs.learning.models import LearningNote, Moment, Skill, SkillRating
from programs.learning.moments import MENTOR, due_in
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.program.presenters import crumbs, head
from programs.program.views import get_program_head

NOT_NOW = "Навыки выбирают и оценивают, пока программа реализуется"


@require_GET
def learning(request: UserRequest, pk: int) -> HttpResponseBase:
    """The learning log of a program: of each mentee whom the reader may read."""
    program, user = get_program_head(request, pk), request.user
    context = head(program, user, "programs:learning") | {
        "blocks": presenters.blocks(program, user),
        "several": len(program.pairing.people) > 2,
        "readers": presenters.READERS,
        "note_readers": f"{Promise.LEARNT.sentence}.",
    }
    return render(request, "programs/learning/learning.html", context)


def _here(request: UserRequest, pk: int, side: int) -> tuple[Program, Participation]:
    """Return the program and the mentee whose log the user reads. Raises ``Http404``."""
    program = get_program_head(request, pk)
    found = next((p for p in presenters.readable_sides(program, request.user) if p.pk == side), None)
    if found is None:
        raise Http404
    return program, found


def _back(program: Program) -> str:
    return reverse("programs:learning", args=[program.pk])


@require_http_methods(["GET", "POST"])
def choose(request: UserRequest, pk: int, side: int) -> HttpResponseBase:
    """Choose skills from the difficulties of the program, or write them."""
    program, mentee = _here(request, pk, side)
    acts.require_choosing(program, mentee, request.user)
    if request.method == "GET" and program.state != Program.State.RUNNING:
        messages.info(request, NOT_NOW)
        return redirect(_back(program))
    form = _choose_form(request, program, mentee)
    if form.is_valid():
        difficulties, texts = form.cleaned_data.get("difficulties", ()), form.texts()
        act = lambda: acts.choose(program, mentee, by=request.user, difficulties=difficulties, texts=texts)  # noqa: E731
        if act_with_form(form, act):
            messages.success(request, "Навыки записаны. Теперь оцените, как они получаются сейчас")
            return redirect(_back(program))
    context = {
        "form": form,
        "heading": "Чему учимся",
        "lead": f"{program.title}: {mentee.person.full_name}",
        "submit": "Записать навыки",
        "cancel_url": _back(program),
        "crumbs": crumbs(program, "Чему учимся"),
        "hint": "Потом наставник и наставляемый оценят каждый навык в начале, в середине и в конце программы.",
    }
    return render(request, "form.html", context)


def _choose_form(request: UserRequest, program: Program, mentee: Participation) -> ChooseForm:
    here = list(Skill.objects.visible_to(request.user).of(program, mentee).select_related("difficulty"))
    difficulties = program.difficulties.filter(candidate=mentee.candidate_id).exclude(skills__in=here).order_by("pk")
    return ChooseForm(request.POST or None, difficulties=difficulties, first=not here)


@require_http_methods(["GET", "POST"])
def rate(request: UserRequest, pk: int, side: int, part: str) -> HttpResponseBase:
    """Rate the skills of a mentee for one side at the present moment; at the end without the other's answer."""
    if part not in acts.SIDES:
        raise Http404
    program, mentee = _here(request, pk, side)
    user = request.user
    acts.require_rating(program, mentee, part, user)
    due, back = due_in(program, [mentee]).get(mentee.pk), _back(program)
    if due is None:
        messages.info(request, NOT_NOW)
        return redirect(back)
    if not due.skills:
        return redirect("programs:skills_choose", pk, side)
    skills = list(Skill.objects.visible_to(user).of(program, mentee).select_related("difficulty"))
    given = SkillRating.objects.visible_to(user).filter(skill__in=skills, moment=due.moment, part=part)
    form = RateForm(request.POST or None, skills=skills, given=given, moment=due.moment)
    if form.is_valid():
        moment, values = form.cleaned_data["moment"], form.values()
        act = lambda: acts.rate(program, mentee, part, by=user, moment=moment, values=values)  # noqa: E731
        if made := act_with_form(form, act, request):
            if made is not True:
                messages.success(request, _said(program, mentee, moment))
            return redirect(back)
    context = {
        "form": form,
        "heading": f"Оценка навыков {due.moment.label}",
        "lead": f"{program.title}: {mentee.person.full_name}",
        "facts": _facts(due.moment, part),
        "submit": "Записать оценку",
        "cancel_url": back,
        "crumbs": crumbs(program, "Оценка навыков"),
    }
    return render(request, "form.html", context)


def _facts(moment: str, part: str) -> list[Fact]:
    """Say whose rating it is and who reads it, before anything is chosen."""
    whose = "Оценка наставника: как навык получается у наставляемого" if part == MENTOR else "Самооценка"
    blind = moment == Moment.END
    readers = presenters.BLIND_READERS if blind else presenters.READERS
    rows = [Fact("Чья оценка", whose), Fact("Кто прочтёт", readers)]
    return [Fact("Итоговая", "Ответ откроется, когда ответите оба"), *rows] if blind else rows


def _said(program: Program, mentee: Participation, moment: str) -> str:
    due = due_in(program, [mentee]).get(mentee.pk)
    if moment != Moment.END or due is None:
        return "Оценка записана"
    if any(due.owes(part) for part in acts.SIDES):
        return "Оценка записана. Ответ откроется, когда ответите оба"
    return "Оценка записана. Ответили оба: ответы открыты"


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a skill away that nobody has rated, after a question."""
    found = Skill.objects.visible_to(request.user).select_related("program", "participation__person", "difficulty")
    skill = get_object_or_404(found, pk=pk)
    acts.require_choosing(skill.program, skill.participation, request.user)
    back = _back(skill.program)
    if request.method == "POST":
        return act_and_redirect(request, lambda: acts.drop(skill, by=request.user), success="Навык убран", to=back)
    context = {
        "heading": "Убрать навык?",
        "lead": upper_first(str(skill)),
        "consequences": ["За навыком больше не следят. Пока его не оценили, его можно добавить снова."],
        "submit": "Убрать навык",
        "danger": True,
        "cancel_url": back,
        "crumbs": crumbs(skill.program, "Навык"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def note(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write the line of this week, or write it anew."""
    program = get_program_head(request, pk)
    side = acts.require_noting(program, request.user)
    back = asked_next(request, _back(program))
    if request.method == "GET" and program.state != Program.State.RUNNING:
        messages.info(request, "Итоги недель пишут, пока программа реализуется")
        return redirect(back)
    lines = LearningNote.objects.visible_to(request.user).kept().filter(program=program, participation=side)
    now = lines.filter(week=acts.week_of()).first()
    form = NoteForm(request.POST or None, initial={"text": now.text if now else ""})
    if form.is_valid():
        act = lambda: acts.write_note(program, by=request.user, text=form.cleaned_data["text"])  # noqa: E731
        if act_with_form(form, act):
            messages.success(request, "Записано. До конца недели строку можно исправить")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Чему удалось научиться на этой неделе",
        "lead": program.title,
        "submit": "Записать",
        "cancel_url": back,
        "crumbs": crumbs(program, "Итог недели"),
    }
    return render(request, "form.html", context)


@require_POST
def note_drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Remove one's own line; it can come back."""
    found = get_object_or_404(LearningNote.objects.visible_to(request.user).select_related("program"), pk=pk)
    acts.require_own(found, request.user)
    act = lambda: acts.drop_note(found, by=request.user)  # noqa: E731
    undoable = (found, acts.REMOVE)
    return act_and_redirect(request, act, success="Строка убрана", to=_back(found.program), undoable=undoable)
