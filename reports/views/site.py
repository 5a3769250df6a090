"""What the site shows, seen from the cabinet: results to publish, a preview with a visitor's eyes, news (п. 8.1, 8.2)."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.acts import attempt, try_form
from mentoring_site.russian import period
from mentoring_site.workflow import claim, record
from programs import completion as acts
from programs.models import Program
from reports.forms.site import NewsForm
from reports.models import News
from reports.public import showing


def seen(request, pk) -> Program:
    """Return an ended programme for those who prepare or approve what the site shows."""
    if not request.user.can("site.preview"):
        raise PermissionDenied("Страницу сайта готовят куратор и директор")
    ended = Program.objects.visible_to(request.user).filter(state__in=["completed", "terminated"])
    return get_object_or_404(ended.prefetch_related("completions__participation"), pk=pk)


@require_GET
def site(request):
    """Ended programmes with what publishing still needs, and the news."""
    if not request.user.can("site.preview"):
        raise PermissionDenied("Страницу сайта готовят куратор и директор")
    ended = (
        Program.objects.visible_to(request.user)
        .filter(state__in=["completed", "terminated"])
        .order_by("-ended_on", "-pk")
    )
    page_obj = Paginator(ended.prefetch_related("completions__participation"), 25).get_page(request.GET.get("page"))
    allowed = acts.allowed_fields(
        [c.participation.person_id for program in page_obj for c in program.completions.all()]
    )
    rows = [_row(program, request.user, allowed) for program in page_obj]
    return render(
        request,
        "reports/site.html",
        {
            "rows": rows,
            "page_obj": page_obj,
            "query": "",
            "news": News.objects.all()[:20],
            "may_edit": request.user.can("site.edit"),
        },
    )


def _row(program, user, allowed) -> dict:
    missing = acts.publishable(program, allowed)
    word, tone = (
        ("опубликованы", "done")
        if program.results_published_at
        else ("можно публиковать", "you")
        if not missing
        else ("не готовы", "others")
    )
    return {
        "title": program.title,
        "url": program.get_absolute_url(),
        "term": period(program.started_on, program.ended_on),
        "badge": {"word": word, "tone": tone},
        "missing": missing if not program.results_published_at else [],
        "preview_url": reverse("reports:site_preview", args=[program.pk]),
        "publish_url": reverse("reports:site_publish", args=[program.pk])
        if user.can("programs.publish") and not missing and not program.results_published_at
        else "",
        "unpublish_url": reverse("reports:site_unpublish", args=[program.pk])
        if user.can("programs.publish") and program.results_published_at
        else "",
    }


@require_GET
def preview(request, pk):
    """The result as a visitor would see it today."""
    program = seen(request, pk)
    return render(
        request,
        "reports/site_preview.html",
        {
            "program": program,
            "result": showing.preview(program),
            "missing": acts.publishable(program),
            "published": program.results_published_at,
            "crumbs": [("Сайт", reverse("reports:site")), (program.title, None)],
            "publish_url": reverse("reports:site_publish", args=[pk]) if request.user.can("programs.publish") else "",
        },
    )


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """Publish the results of an ended programme, after a question."""
    program = seen(request, pk)
    if request.method == "POST":
        return attempt(
            request,
            lambda: acts.publish(program, by=request.user),
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
    if request.method == "POST":
        return attempt(
            request,
            lambda: acts.unpublish(program, by=request.user),
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
    if not request.user.can("site.edit"):
        raise PermissionDenied("Новости пишет куратор")
    item = get_object_or_404(News, pk=pk) if pk else News(created_by=request.user)
    form = NewsForm(request.POST or None, instance=item, initial={"version": item.version})
    if form.is_valid() and try_form(form, lambda: _save_news(form, request.user)):
        return redirect("reports:site")
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Новость",
            "submit": "Сохранить новость",
            "cancel_url": reverse("reports:site"),
            "crumbs": [("Сайт", reverse("reports:site")), ("Новость", None)],
        },
    )


@transaction.atomic
def _save_news(form, by):
    if form.instance.pk:
        claim(form.instance, form.cleaned_data["version"])
    item = form.save()
    record(item, "news", by=by, words="новость сохранена")
    return item
