"""What the site shows, seen from the cabinet: results to publish, a preview with a visitor's eyes, news
(п. 8.1, 8.2).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.lists import page_of
from mentoring_site.russian import joined, period
from mentoring_site.workflow import Stale
from people.consents.dissemination import allowed_fields
from people.rights import Right
from programs.completion import publication as completion_publication
from programs.completion.publication import for_showing, hidden_names, persons_of
from programs.program.models import Program
from reports.site import news, visibility
from reports.site.forms import NewsForm
from reports.site.models import News

NEWS_AT_ONCE = 20


def seen(request, pk) -> Program:
    """Return an ended programme for those who prepare or approve what the site shows."""
    if not request.user.can(Right.SITE_PREVIEW):
        raise PermissionDenied("Страницу сайта готовят куратор и директор")
    ended = Program.objects.visible_to(request.user).filter(state__in=["completed", "terminated"])
    return get_object_or_404(for_showing(ended), pk=pk)


@require_GET
def site(request):
    """Ended programmes with what publishing still needs, and the news."""
    if not request.user.can(Right.SITE_PREVIEW):
        raise PermissionDenied("Страницу сайта готовят куратор и директор")
    ended = (
        Program.objects.visible_to(request.user)
        .filter(state__in=["completed", "terminated"])
        .order_by("-ended_on", "-pk")
    )
    page = page_of(for_showing(ended), request)
    page_obj = page["page_obj"]
    allowed = allowed_fields(persons_of(page_obj))
    rows = [_row(program, request.user, allowed) for program in page_obj]
    return render(
        request,
        "reports/site/site.html",
        {
            "rows": rows,
            **page,
            **_news(everything="all" in request.GET.getlist("news")),
            "may_edit": request.user.can(Right.SITE_EDIT),
        },
    )


def _news(*, everything: bool) -> dict:
    """Return the latest news, or all of them when asked, and the address of all while some are left out."""
    willing = visibility.willing()
    found = list(News.objects.prefetch_related("people")[: None if everything else NEWS_AT_ONCE + 1])
    cut = not everything and len(found) > NEWS_AT_ONCE
    rows = [_news_row(item, willing) for item in (found[:NEWS_AT_ONCE] if cut else found)]
    return {"news": rows, "all_news_url": f"{reverse('reports:site')}?news=all#news" if cut else ""}


def _news_row(item, willing) -> dict:
    today = timezone.localdate()
    hidden = hidden_by(item, willing)
    if hidden:
        badge = {"word": "не показываем", "tone": "stopped"}
    elif not item.is_public:
        badge = {"word": "черновик", "tone": "draft"}
    else:
        badge = (
            {"word": "на сайте", "tone": "done"}
            if item.published_on <= today
            else {"word": "ждёт даты", "tone": "ahead"}
        )
    return {"item": item, "badge": badge, "hidden": f"Названы без согласия: {hidden}" if hidden else ""}


def _row(program, user, allowed) -> dict:
    missing = completion_publication.publishable(program, allowed)
    hidden = [] if missing else hidden_names(program, allowed)
    word, tone = (
        ("опубликованы", "done")
        if program.results_published_at and not missing
        else (
            ("опубликованы, но не видны", "late")
            if program.results_published_at
            else ("можно публиковать", "you")
            if not missing
            else ("не готовы", "others")
        )
    )
    return {
        "title": program.title,
        "url": program.get_absolute_url(),
        "term": period(program.started_on, program.ended_on),
        "badge": {"word": word, "tone": tone},
        "missing": missing + hidden,
        "preview_url": reverse("reports:site_preview", args=[program.pk]),
        "publish_url": (
            reverse("reports:site_publish", args=[program.pk])
            if user.can(Right.PROGRAMS_PUBLISH) and not missing and not program.results_published_at
            else ""
        ),
        "unpublish_url": (
            reverse("reports:site_unpublish", args=[program.pk])
            if user.can(Right.PROGRAMS_PUBLISH) and program.results_published_at
            else ""
        ),
    }


def _need(user):
    if not user.can(Right.PROGRAMS_PUBLISH):
        raise PermissionDenied("Результаты публикует и снимает с сайта куратор")


@require_GET
def preview(request, pk):
    """The result as a visitor would see it today."""
    program = seen(request, pk)
    result, hidden = visibility.preview(program)
    missing = completion_publication.publishable(program)
    return render(
        request,
        "reports/site/site_preview.html",
        {
            "result": result,
            "missing": [*missing, *(line for line in hidden if line not in missing)],
            "ready": not missing,
            "program_url": program.get_absolute_url(),
            "published": program.results_published_at,
            "crumbs": [("Сайт", reverse("reports:site")), (program.title, None)],
            "publish_url": (
                reverse("reports:site_publish", args=[pk]) if request.user.can(Right.PROGRAMS_PUBLISH) else ""
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """Publish the results of an ended programme, after a question."""
    program = seen(request, pk)
    _need(request.user)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: completion_publication.publish(program, by=request.user),
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
    program = seen(request, pk)
    _need(request.user)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: completion_publication.unpublish(program, by=request.user),
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


@require_http_methods(["GET", "POST"])
def news_edit(request, pk=None):
    """Write or change a piece of news."""
    if not request.user.can(Right.SITE_EDIT):
        raise PermissionDenied("Новости пишет куратор")
    item = get_object_or_404(News, pk=pk) if pk else News(created_by=request.user)
    form = NewsForm(request.POST or None, instance=item, initial={"version": item.version})
    facts = []
    if form.is_valid():
        try:
            news.save(form.instance, by=request.user, version=form.cleaned_data["version"] if pk else None)
        except Stale as stale:
            fresh = News.objects.get(pk=pk)
            form.add_error(None, str(stale))
            form.show_newer(fresh.version)
            facts = [{"label": "Сейчас записано", "value": f"{fresh.title}\n{fresh.text}"}]
        else:
            return _saved(request, form.instance)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "facts": facts,
            "heading": "Новость",
            "submit": "Сохранить новость",
            "cancel_url": reverse("reports:site"),
            "crumbs": [("Сайт", reverse("reports:site")), ("Новость", None)],
        },
    )


def _saved(request, item):
    if who := hidden_by(item, visibility.willing()):
        messages.warning(request, f"На сайте новость не появится: в ней {who}, а согласия назвать имя нет")
    else:
        messages.success(request, f"Новость записана: «{item.title}»")
    return redirect("reports:site")


def hidden_by(item, willing) -> str:
    """Return whom a piece of news names without leave, in words."""
    return joined([p.short_name for p in item.people.all() if p.pk not in willing])
