"""Questionnaires: the list, one with its preview, the editor of an edition, publication (этап 6)."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Action, Crumb, Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.surveys import presenters, questionnaire_acts
from reports.surveys.forms import (
    AnswerForm,
    EditionForm,
    NewQuestionnaireForm,
    QuestionSet,
    questions_of,
    rows_of,
)
from reports.surveys.list_pages import QUESTIONNAIRES
from reports.surveys.models import Edition, Questionnaire

EMPTY_ROWS = 3


@require_GET
def questionnaires(request: UserRequest) -> HttpResponseBase:
    """Questionnaires; the same list as XLSX."""
    require(request.user, Right.SURVEYS_SEE)
    new_url = reverse("reports:questionnaire_new") if request.user.can(Right.SURVEYS_WRITE) else ""
    seen = Questionnaire.objects.visible_to(request.user)
    crumbs = presenters.crumbs(Crumb(presenters.FORMS_TITLE))
    return QUESTIONNAIRES.answer(request, seen, new_url=new_url, crumbs=crumbs)


def _visible(request: UserRequest, pk: int) -> Questionnaire:
    return get_object_or_404(Questionnaire.objects.visible_to(request.user).with_numbers(), pk=pk)


def _kept(request: UserRequest, pk: int) -> Questionnaire:
    found = _visible(request, pk)
    require(request.user, Right.SURVEYS_WRITE)
    return found


@require_GET
def questionnaire(request: UserRequest, pk: int) -> HttpResponseBase:
    """One questionnaire as those who are asked see it; ``?edition=`` shows an older edition."""
    found, user = _visible(request, pk), request.user
    editions = list(found.editions.order_by("-number").prefetch_related("questions"))
    asked = request.GET.get("edition", "")
    shown = next((one for one in editions if str(one.number) == asked), editions[0])
    questions = list(shown.questions.all())
    context = {
        "questionnaire": found,
        "badge": presenters.form_badge(found),
        "edition": shown,
        "facts": _facts(found, shown),
        "actions": _actions(found, user),
        "parts": AnswerForm(questions=questions, auto_id="preview_%s").parts(),
        "words": [(question.text, presenters.question_words(question)) for question in questions],
        "editions": [
            (f"Редакция {one.number}{'' if one.published_on else ' (пишется)'}", f"?edition={one.number}", one is shown)
            for one in editions
        ],
        "crumbs": presenters.form_crumbs(Crumb(found.title)),
        "entries": history.entries([found], user=user),
    }
    return render(request, "reports/surveys/questionnaire.html", context)


def _facts(found: Questionnaire, shown: Edition) -> list[Fact]:
    facts = [
        Fact("Когда спрашивают", found.get_moment_display()),
        Fact(
            "Редакция",
            f"{shown.number}, {f'опубликована {rudate(shown.published_on)}' if shown.published_on else 'пишется'}",
        ),
    ]
    if shown.levels:
        words = "; ".join(f"{low}–{high} – {label}" for low, high, label in shown.levels)
        facts.append(Fact("Уровни по сумме баллов", words))
    return facts


def _actions(found: Questionnaire, user: Any) -> list[Action]:
    if not user.can(Right.SURVEYS_WRITE):
        return []

    def url(name: str) -> str:
        return reverse(f"reports:questionnaire_{name}", args=[found.pk])

    actions = []
    if found.draft:
        actions.append(
            Action("publish", f"Опубликовать редакцию {(found.published or 0) + 1}", url("publish"), primary=True)
        )
    if found.published and not found.is_archived:
        newest = found.editions.filter(number=found.published).values_list("pk", flat=True).first()
        ask_url = f"{reverse('reports:survey_new')}?edition={newest}"
        actions.append(Action("ask", "Провести опрос", ask_url, primary=not found.draft))
    edit_words = "Править вопросы" if found.draft else "Изменить: новая редакция"
    actions.append(Action("edit", edit_words, url("edit")))
    away_words = "Снова использовать" if found.is_archived else "Больше не использовать"
    actions.append(Action("put_away", away_words, url("put_away")))
    return actions


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Make a questionnaire."""
    require(request.user, Right.SURVEYS_WRITE)
    form = NewQuestionnaireForm(request.POST or None)
    if form.is_valid() and (
        made := act_with_form(form, lambda: questionnaire_acts.make(by=request.user, **form.cleaned_data))
    ):
        return redirect("reports:questionnaire_edit", made.pk)
    context = {
        "form": form,
        "heading": "Новая анкета",
        "submit": "Дальше: вопросы",
        "cancel_url": reverse("reports:questionnaires"),
        "crumbs": presenters.form_crumbs(Crumb("Новая анкета")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write the edition; a published one stays as it is, a copy of it is written."""
    found = _kept(request, pk)
    written = found.editions.filter(published_on=None).first()
    shown = written or found.editions.order_by("-number").first()
    assert shown is not None  # a questionnaire begins with an edition
    if request.method == "POST" and written is None:
        written = questionnaire_acts.begin_edition(found, by=request.user)
    initial = {"title": found.title, "intro": shown.intro, "version": shown.version if written else 1}
    form = EditionForm(request.POST or None, initial=initial)
    rows = QuestionSet(request.POST or None, initial=rows_of(shown, more=EMPTY_ROWS), prefix="questions")

    def act() -> Any:
        assert written is not None
        return questionnaire_acts.write(
            written,
            by=request.user,
            version=form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            intro=form.cleaned_data["intro"],
            questions=questions_of(rows),
        )

    if form.is_valid() and rows.is_valid() and save_edit(request, form, act, "Анкета сохранена", obj=written):
        more = "more" in request.POST
        return redirect("reports:questionnaire_edit", found.pk) if more else redirect(found)
    context = {
        "form": form,
        "rows": rows,
        "heading": "Вопросы анкеты",
        "lead": f"{found.title}: редакция {shown.number if written else shown.number + 1}",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.form_crumbs(Crumb(found.title, found.get_absolute_url()), Crumb("Вопросы")),
    }
    return render(request, "reports/surveys/questionnaire_edit.html", context)


def _confirmed(request: UserRequest, found: Questionnaire, act: Any, success: str, **context: Any) -> HttpResponseBase:
    if request.method == "POST":
        return act_and_redirect(request, act, success=success, to=found)
    common = {
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.form_crumbs(Crumb(found.title, found.get_absolute_url()), Crumb(context["submit"])),
    }
    return render(request, "confirm.html", common | context)


@require_http_methods(["GET", "POST"])
def publish(request: UserRequest, pk: int) -> HttpResponseBase:
    """Publish the edition that is being written."""
    found = _kept(request, pk)
    written = found.editions.order_by("-number").first()
    assert written is not None
    return _confirmed(
        request,
        found,
        lambda: questionnaire_acts.publish(written, by=request.user),
        "Анкета опубликована",
        heading=f"Опубликовать редакцию {written.number}?",
        consequences=[
            "Вопросы этой редакции больше не меняются: чтобы изменить их, начинают новую",
            "Новые опросы проводят по ней, начатые раньше остаются на своей редакции",
        ],
        submit="Опубликовать",
    )


@require_http_methods(["GET", "POST"])
def put_away(request: UserRequest, pk: int) -> HttpResponseBase:
    """Offer a questionnaire to new surveys no longer, or again."""
    found = _kept(request, pk)
    away = not found.is_archived
    return _confirmed(
        request,
        found,
        lambda: questionnaire_acts.put_away(found, by=request.user, away=away),
        "Анкета больше не используется" if away else "Анкету снова можно выбрать",
        heading="Больше не использовать анкету?" if away else "Снова использовать анкету?",
        consequences=["Прошлые опросы и их итоги остаются"] if away else ["Её можно будет выбрать для нового опроса"],
        submit="Больше не использовать" if away else "Снова использовать",
    )
