"""Writing in a completion: the mentor's conclusion, the mentee's review, results for the site (п. 5.2, 8.1)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.workflow import Stale
from programs.completion import acts, presenters, publication
from programs.completion.forms import ConclusionForm, PublicTextForm, ReviewForm
from programs.completion.models import Completion
from programs.completion.views import known
from programs.program.presenters import crumbs


def _write(request, pk, verb, form_of, act, *, heading, submit, success, about=None, now=None):
    """Show a form about a completion and do its act; a stale page shows what is written now and keeps the text."""
    found = known(request, pk)
    program = found.program
    here = reverse("programs:completion_of", args=[pk])
    if not presenters.belongs(verb, found, program, request.user):
        raise PermissionDenied("Это пишет другой участник программы; с бумаги записывает куратор")
    if request.method == "GET" and verb not in {a["verb"] for a in presenters.actions(found, program, request.user)}:
        messages.info(request, "Правка закрыта: завершение передано на приказ или отменено")
        return redirect(here)
    form = form_of(found, request.POST or None)
    facts = about(found) if about else []
    if form.is_valid():
        try:
            with_act = act_with_form(form, lambda: _or_stale(lambda: act(found, form)))
        except _Changed as changed:
            form.add_error(None, str(changed))
            fresh = Completion.objects.get(pk=pk)
            form.show_newer(fresh.version)
            facts = [{"label": "Сейчас записано", "value": now(fresh) or "ничего"}]
            with_act = None
        if with_act:
            messages.success(request, success)
            return redirect(here)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": heading,
            "lead": f"{program.title}: {found.participation.person.full_name}",
            "facts": facts,
            "submit": submit,
            "cancel_url": here,
            "crumbs": crumbs(program, heading),
        },
    )


class _Changed(Exception):
    """The completion was changed since the form was opened."""


def _or_stale(act):
    try:
        return act()
    except Stale as stale:
        raise _Changed(
            "Пока Вы писали, запись изменилась. Ваш текст сохранён ниже; сверьте и сохраните ещё раз"
        ) from stale


@require_http_methods(["GET", "POST"])
def conclude(request, pk):
    """The mentor's conclusion with an outcome for each difficulty."""

    def act(found, form):
        data = form.cleaned_data
        return acts.conclude(
            found,
            by=request.user,
            conclusion=data["conclusion"],
            verdict=data["verdict"],
            discipline=data["discipline"],
            outcomes=form.outcomes(),
            points=form.points(),
            version=data["version"],
        )

    return _write(
        request,
        pk,
        "conclude",
        lambda found, data: ConclusionForm(data, completion=found, difficulties=list(acts.difficulties_of(found))),
        act,
        heading="Заключение наставника",
        submit="Сохранить заключение",
        success="Заключение записано",
        now=lambda fresh: fresh.conclusion,
    )


@require_http_methods(["GET", "POST"])
def review(request, pk):
    """The mentee's review; the outcomes stand above it, because it confirms them (п. 5.2)."""
    return _write(
        request,
        pk,
        "review",
        lambda found, data: ReviewForm(data, initial={"review": found.review, "version": found.version}),
        lambda found, form: acts.review(found, by=request.user, **form.cleaned_data),
        heading="Отзыв наставляемого",
        submit="Сохранить отзыв",
        success="Отзыв записан",
        about=_outcomes,
        now=lambda fresh: fresh.review,
    )


def _outcomes(found) -> list[dict]:
    rows = [
        {"label": row["text"], "value": row["word"] + (f": {row['comment']}" if row["comment"] else "")}
        for row in presenters.outcomes(found)
    ]
    if not rows:
        return []
    return [{"label": "Итоги наставника", "value": "Сохраняя отзыв, Вы подтверждаете их (п.\u00a05.2)"}, *rows]


@require_http_methods(["GET", "POST"])
def public(request, pk):
    """Results in words for the public."""
    return _write(
        request,
        pk,
        "public",
        lambda found, data: PublicTextForm(data, initial={"public_text": found.public_text, "version": found.version}),
        lambda found, form: publication.write_public(found, by=request.user, **form.cleaned_data),
        heading="Результаты для сайта",
        submit="Отправить на одобрение",
        success="Текст записан. Теперь его прочтёт и одобрит наставляемый",
        now=lambda fresh: fresh.public_text,
    )
