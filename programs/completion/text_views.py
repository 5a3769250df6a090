"""Writing in a completion: the mentor's conclusion, the mentee's review, results for the site (п. 5.2, 8.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.models import User
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.completion import acts, presenters, publication, ratings
from programs.completion.forms import ConclusionForm, PublicTextForm, ReviewForm, VersionedForm
from programs.completion.models import Completion
from programs.completion.views import get_completion
from programs.program.presenters import crumbs

OTHERS = f"Это пишет другой участник программы; с бумаги записывает {Right.PROGRAMS_ACT_FOR_OTHERS.who}"


@dataclass(frozen=True)
class Writing:
    """One text of a completion: its form, its act, and the words around them."""

    verb: str
    form: Callable[[Completion, Any, User], VersionedForm]
    act: Callable[[Completion, Any, User], Completion]
    heading: str
    submit: str
    success: str
    known: Callable[[Completion], list[Fact]] = lambda completion: []


def _write(request: UserRequest, pk: int, writing: Writing) -> HttpResponseBase:
    """Show the form of a text and do its act; a stale page shows what is written now and keeps what was typed."""
    found = get_completion(request, pk)
    program, user = found.program, request.user
    here = reverse("programs:completion_of", args=[pk])
    if not presenters.belongs(writing.verb, found, program, user):
        raise NotAllowed(OTHERS)
    if request.method == "GET" and writing.verb not in {a.verb for a in presenters.actions(found, program, user)}:
        messages.info(request, "Правка закрыта: завершение передано на приказ или отменено")
        return redirect(here)
    form, facts = writing.form(found, request.POST or None, user), writing.known(found)

    def act():
        return writing.act(found, form, user)

    if form.is_valid() and save_edit(request, form, act, writing.success, changed=facts, obj=found):
        return redirect(here)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": writing.heading,
            "lead": f"{program.title}: {found.participation.person.full_name}",
            "facts": facts,
            "submit": writing.submit,
            "cancel_url": here,
            "crumbs": crumbs(program, writing.heading),
        },
    )


def _conclude(completion: Completion, form: ConclusionForm, user: User) -> Completion:
    data = form.cleaned_data
    return acts.conclude(
        completion,
        by=user,
        conclusion=data["conclusion"],
        verdict=data["verdict"],
        discipline=data["discipline"],
        outcomes=form.outcomes(),
        points=form.points(),
        version=data["version"],
    )


def _conclusion_form(completion: Completion, data: Any, user: User) -> ConclusionForm:
    """The form says beside each difficulty how both have rated it at the end, as far as that is open."""
    difficulties, rated = list(acts.difficulties_of(completion)), ratings.words_of(ratings.shown(completion, user))
    return ConclusionForm(data, completion=completion, difficulties=difficulties, rated=rated)


def _outcomes(completion: Completion) -> list[Fact]:
    """Return the outcomes that stand above a review, because it confirms them (п. 5.2)."""
    rows = [
        Fact(row["text"], row["word"] + (f": {row['comment']}" if row["comment"] else ""))
        for row in presenters.outcomes(completion)
    ]
    return [Fact("Итоги наставника", "Сохраняя отзыв, Вы подтверждаете их (п.\u00a05.2)"), *rows] if rows else []


CONCLUSION = Writing(
    "conclude",
    _conclusion_form,
    _conclude,
    heading="Заключение наставника",
    submit="Сохранить заключение",
    success="Заключение записано",
)
REVIEW = Writing(
    "review",
    lambda c, data, user: ReviewForm(data, initial={"review": c.review, "version": c.version}),
    lambda c, form, user: acts.review(c, by=user, **form.cleaned_data),
    heading="Отзыв наставляемого",
    submit="Сохранить отзыв",
    success="Отзыв записан",
    known=_outcomes,
)
PUBLIC_TEXT = Writing(
    "public",
    lambda c, data, user: PublicTextForm(data, initial={"public_text": c.public_text, "version": c.version}),
    lambda c, form, user: publication.write_public(c, by=user, **form.cleaned_data),
    heading="Результаты для сайта",
    submit="Отправить на одобрение",
    success="Текст записан. Теперь его прочтёт и одобрит наставляемый",
)


@require_http_methods(["GET", "POST"])
def conclude(request: UserRequest, pk: int) -> HttpResponseBase:
    """The mentor's conclusion with an outcome for each difficulty."""
    return _write(request, pk, CONCLUSION)


@require_http_methods(["GET", "POST"])
def review(request: UserRequest, pk: int) -> HttpResponseBase:
    """The mentee's review."""
    return _write(request, pk, REVIEW)


@require_http_methods(["GET", "POST"])
def public(request: UserRequest, pk: int) -> HttpResponseBase:
    """Results in words for the public."""
    return _write(request, pk, PUBLIC_TEXT)
