"""The site seen from the cabinet: results to publish, a preview with a visitor's eyes, news (п. 8.1, 8.2)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb, Fact
from people.rights import Right
from people.roles.instead import require_impartial
from programs.completion import publication
from programs.completion.publication import for_showing, persons_of
from programs.program.models import Program
from programs.program.states import ENDED
from reports.site import events as site_events
from reports.site import news, presenters, visibility
from reports.site.forms import NewsForm
from reports.site.list_page import PUBLISH, RESULTS
from reports.site.models import STAGES, News


def _ended(request):
    return Program.objects.visible_to(request.user).filter(state__in=ENDED)


def _visible_program(request, pk) -> Program:
    """Return an ended program for those who prepare or approve what the site shows."""
    program = for_showing(_ended(request)).filter(pk=pk).first()
    instead = program is not None and presenters.may_publish_of(program, request.user)
    require(request.user, Right.SITE_PREVIEW, unless=instead)
    if program is None:
        raise Http404
    return program


@require_GET
def site(request):
    """Ended programs with what publishing still needs, and the latest news, all of them for ``?news=all``."""
    require(request.user, Right.SITE_PREVIEW)
    whole = "all" in request.GET.getlist("news")
    found = list(News.objects.prefetch_related("people")[: None if whole else presenters.NEWS_AT_ONCE + 1])
    is_cut = not whole and len(found) > presenters.NEWS_AT_ONCE
    return RESULTS.answer(
        request,
        _ended(request),
        news=presenters.news_rows(found[: presenters.NEWS_AT_ONCE] if is_cut else found),
        all_news_url=f"{reverse('reports:site')}?news=all#news" if is_cut else "",
        may_edit=request.user.can(Right.SITE_DRAFT),
        may_publish=request.user.can(Right.SITE_EDIT),
    )


@require_http_methods(["GET", "POST"])
def publish_many(request):
    """Publish the results of the ticked programs, after a question that names all."""
    return PUBLISH.answer(request, RESULTS, _ended(request))


@require_GET
def preview(request, pk):
    """The result as a visitor would see it today."""
    program = _visible_program(request, pk)
    result, hidden = visibility.preview(program)
    missing = publication.publishable(program)
    publishes = presenters.may_publish_of(program, request.user)
    return render(
        request,
        "reports/site/site_preview.html",
        {
            "result": result,
            "missing": [*missing, *(line for line in hidden if line not in missing)],
            "ready": not missing,
            "program_url": program.get_absolute_url(),
            "published": program.results_published_at,
            "crumbs": [Crumb("Сайт", reverse("reports:site")), Crumb(program.title)],
            "publish_url": reverse("reports:site_publish", args=[pk]) if publishes else "",
        },
    )


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """Publish the results of an ended program, after a question."""
    program = _visible_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_PUBLISH, persons_of([program]))
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: publication.publish(program, by=request.user),
            success="Результаты опубликованы",
            to="reports:site",
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Опубликовать результаты: «{program.title}»?",
            "submit": "Опубликовать результаты",
            "cancel_url": reverse("reports:site"),
            "consequences": [
                "Результаты увидит каждый, кто откроет сайт.",
                "Имена и должности появятся только у тех, кто письменно это разрешил.",
                "Если согласие отозвать, сведения исчезнут с сайта сразу.",
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def unpublish(request, pk):
    """Take results off the site, after a question."""
    program = _visible_program(request, pk)
    require_impartial(request.user, Right.PROGRAMS_PUBLISH, persons_of([program]))
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: publication.unpublish(program, by=request.user),
            success="Результаты сняты с сайта",
            to="reports:site",
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Снять с сайта: «{program.title}»?",
            "submit": "Снять с сайта",
            "danger": True,
            "cancel_url": reverse("reports:site"),
            "consequences": [
                "Посетители больше не увидят эти результаты.",
                "Опубликовать их снова можно в любой день.",
            ],
        },
    )


def _stage_asked(request) -> int | None:
    """Return the stage that a link of the roadmap asks to write about (?stage=2)."""
    asked = request.GET.get("stage", "")
    return int(asked) if asked in {str(number) for number, _ in STAGES} else None


@require_http_methods(["GET", "POST"])
def news_edit(request, pk=None):
    """Write or change a piece of news; whoever it names without leave keeps it off the site."""
    item = get_object_or_404(News, pk=pk) if pk else News(created_by=request.user, stage=_stage_asked(request))
    require(request.user, Right.SITE_EDIT if item.is_public else Right.SITE_DRAFT)
    given = {} if pk else site_events.asked(request.GET, request.user)
    publishes = request.user.can(Right.SITE_EDIT)
    form = NewsForm(request.POST or None, instance=item, initial=given, publishes=publishes)
    recorded: list[Fact] = []
    if form.is_valid():

        def act():
            return news.save(form.instance, by=request.user, version=form.cleaned_data["version"] if pk else None)

        if save_edit(request, form, act, f"Новость записана: «{form.instance.title}»", changed=recorded):
            if names := presenters.hidden_by(item):
                messages.warning(request, f"На сайте новость не появится: в ней {names}, а согласия назвать имя нет")
            return redirect("reports:site")
    return render(
        request,
        "form.html",
        {
            "form": form,
            "facts": recorded,
            "heading": "Новость",
            "submit": "Сохранить новость",
            "cancel_url": reverse("reports:site"),
            "crumbs": [Crumb("Сайт", reverse("reports:site")), Crumb("Новость")],
        },
    )
