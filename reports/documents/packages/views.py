"""The package of papers of a pair, of a person, of many pairs: the list, the ZIP, the progress of a long one."""

from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.files import serve
from mentoring_site.form_handling import act_with_form
from mentoring_site.forms import BaseForm
from mentoring_site.russian import plural, ruday
from people.register.models import Person
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.pairings.presenters import crumbs as pairing_crumbs
from reports.documents.packages import acts as package_acts
from reports.documents.packages import contents
from reports.documents.packages.models import Package
from reports.orders.links import openable
from reports.orders.printing.responses import answer

PAPERS = "бумага,бумаги,бумаг"
SHOWN = ("proposed", "recommended", "assigned")
TONES = {
    "done": ("есть", "done"),
    "missing": ("нет", "late"),
    "draft": ("готовится", "others"),
    "optional": ("не обязательно", "ahead"),
}


def _keeper(request):
    if not request.user.can(Right.PAPERS_SEE_ALL):
        raise PermissionDenied("Пакет документов собирают куратор, специалист по кадрам и директор")


def _link(paper, user) -> str:
    """Where a paper leads: a person opens what is one's own, a keeper what the keeper's rights open."""
    return openable(paper.url, user, own=not user.can(Right.PAPERS_SEE_ALL))


def _groups(found, user) -> list[dict]:
    """Return the papers by whose they are, each with its badge."""
    groups = {}
    for paper in found:
        word, tone = TONES[paper.state]
        groups.setdefault(paper.group, []).append(
            {"paper": paper, "url": _link(paper, user), "badge": {"word": word, "tone": tone}}
        )
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def _page(request, found, *, title, heading, crumbs, zip_url):
    left = [p for p in found if not p.is_met]
    return render(
        request,
        "reports/documents/package.html",
        {
            "title": title,
            "heading": heading,
            "crumbs": crumbs,
            "zip_url": zip_url,
            "groups": _groups(found, request.user),
            "left": [
                {
                    "text": f"{p.title}: {p.group}" if p.group != p.title else p.title,
                    "who": p.who,
                    "url": _link(p, request.user),
                }
                for p in left
            ],
            "counted": f"{plural(len(found), PAPERS)}, не хватает {len(left)}"
            if left
            else f"{plural(len(found), PAPERS)}, все на месте",
        },
    )


def _pairing(request, pk) -> Pairing:
    _keeper(request)
    return get_object_or_404(Pairing.objects.papers_visible_to(request.user).with_requirements(), pk=pk)


def _person(request, pk) -> Person:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.can(Right.PAPERS_SEE_ALL) and person.pk != request.user.person_id:
        raise PermissionDenied("Чужие документы видят куратор, специалист по кадрам и директор")
    return person


@require_GET
def pairing(request, pk):
    """Every paper that the pair or group needs."""
    obj = _pairing(request, pk)
    return _page(
        request,
        contents.of_pairing(obj, request.user),
        title=pairing_title(obj),
        heading="Пакет документов",
        crumbs=_crumbs(obj, request.user),
        zip_url=reverse("reports:pairing_package_zip", args=[pk]),
    )


def _crumbs(pairing, user) -> list:
    """The way through the pair, or from the choice of packages for whoever keeps papers and does not open pairs."""
    if user.can(Right.PAIRINGS_SEE_ALL):
        return pairing_crumbs(pairing, "Пакет документов")
    return [("Пакеты документов", reverse("reports:packages")), (pairing_title(pairing), None)]


@require_GET
def pairing_zip(request, pk):
    """The papers of one pair as a ZIP, at once."""
    obj = _pairing(request, pk)
    title = pairing_title(obj)
    return answer(
        package_acts.archive([(title, contents.of_pairing(obj, request.user))]),
        f"Пакет документов {title}.zip",
        "application/zip",
        inline=False,
    )


@require_GET
def person(request, pk):
    """Every paper that one person signs, in all pairs, so that it is done in one visit."""
    obj = _person(request, pk)
    crumbs = [("Люди", reverse("people:register")), (obj.short_name, obj.get_absolute_url()), ("Все документы", None)]
    zip_url = reverse("reports:person_package_zip", args=[pk])
    return _page(
        request, contents.of_person(obj), title=obj.full_name, heading="Все документы", crumbs=crumbs, zip_url=zip_url
    )


@require_GET
def person_zip(request, pk):
    """The papers of one person as a ZIP."""
    obj = _person(request, pk)
    content = package_acts.archive([(obj.full_name, contents.of_person(obj))])
    return answer(content, f"Документы {obj.short_name}.zip", "application/zip", inline=False)


class PairsForm(BaseForm):
    """Whose papers go into one ZIP."""

    pairings = forms.ModelMultipleChoiceField(Pairing.objects.none(), label="Пары и группы")
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, pairings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairings"].queryset = pairings
        self.initial.setdefault("request_key", uuid4())


def choose(request):
    """Choose pairs whose papers are collected in the background; packages asked for before stand below."""
    _keeper(request)
    visible = Pairing.objects.papers_visible_to(request.user).filter(state__in=SHOWN)
    form = PairsForm(request.POST or None, pairings=visible)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form,
            lambda: package_acts.order_package(
                list(data["pairings"]), by=request.user, request_key=data["request_key"]
            ),
        )
        if made:
            return redirect("reports:package", made.pk)
    words = request.GET.get("q", "")[:120]
    found = visible.found_by(words) if words else visible
    rows = found.with_requirements(topics=False).order_by("-school_year", "-pk")
    shown = Paginator(rows, package_acts.AT_MOST).get_page(request.GET.get("page"))
    mine = Package.objects.visible_to(request.user)[:10]
    return render(
        request,
        "reports/documents/packages.html",
        {
            "form": form,
            "q": words,
            "page_obj": shown,
            "query": f"q={words}" if words else "",
            "rows": [
                {
                    "pk": p.pk,
                    "title": pairing_title(p),
                    "state": p.get_state_display(),
                    "url": reverse("reports:pairing_package", args=[p.pk]),
                }
                for p in shown
            ],
            "made": [
                {
                    "url": reverse("reports:package", args=[p.pk]),
                    "words": f"{ruday(p.created_at)}, {plural(len(p.pairings), 'пара,пары,пар')}",
                    "ready": p.file_id is not None,
                }
                for p in mine
            ],
            "crumbs": [("Приказы", reverse("reports:orders")), ("Пакеты документов", None)],
        },
    )


def _package(request, pk) -> Package:
    return get_object_or_404(Package.objects.visible_to(request.user).select_related("file"), pk=pk)


def _progress(package) -> dict | None:
    if package.file_id or package.problem:
        return None
    return {
        "value": package.done,
        "max": package.total or 1,
        "label": f"Напечатано {package.done} из {package.total}" if package.total else "Пакет ждёт очереди",
        "poll_url": reverse("reports:package_progress", args=[package.pk]),
    }


@require_GET
def package(request, pk):
    """A package in the background: how far it is, then the file."""
    obj = _package(request, pk)
    pairs = Pairing.objects.with_requirements(topics=False).filter(pk__in=obj.pairings).order_by("pk")
    return render(
        request,
        "reports/documents/package_made.html",
        {
            "progress": _progress(obj),
            "problem": obj.problem,
            "names": [pairing_title(p) for p in pairs],
            "title": str(obj),
            "file_url": reverse("reports:package_file", args=[pk]) if obj.file_id else "",
            "total": plural(obj.total, PAPERS),
            "crumbs": [
                ("Приказы", reverse("reports:orders")),
                ("Пакеты документов", reverse("reports:packages")),
                (str(obj), None),
            ],
        },
    )


@require_GET
def package_progress(request, pk):
    """The piece of the page that asks again."""
    return render(
        request, "reports/documents/parts/package_progress.html", {"progress": _progress(_package(request, pk))}
    )


@require_GET
def package_file(request, pk):
    """The ZIP of a finished package."""
    obj = _package(request, pk)
    if obj.file_id is None:
        raise Http404("Пакет ещё собирается")
    return serve(obj.file)
