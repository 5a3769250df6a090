"""The package of papers of a pair, of a person, of many pairs: the list, the ZIP, the progress of a long one."""

from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.files import serve
from mentoring_site.form_handling import act_with_form
from mentoring_site.forms import BaseForm
from mentoring_site.rights import require
from mentoring_site.russian import plural, ruday
from mentoring_site.ui.elements import Badge, Check, Crumb
from mentoring_site.ui.list_page import page_of
from mentoring_site.views_log import Kind, note
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
BADGES = {
    contents.DONE: Badge("есть", "done"),
    contents.MISSING: Badge("нет", "late"),
    contents.DRAFT: Badge("готовится", "others"),
    contents.OPTIONAL: Badge("не обязательно", "ahead"),
}


@dataclass(frozen=True)
class PaperRow:
    """One paper with where it leads."""

    paper: contents.Paper
    url: str
    badge: Badge


@dataclass(frozen=True)
class PaperGroup:
    """The papers of one person, or of one type."""

    title: str
    rows: list[PaperRow]


@dataclass(frozen=True)
class PairRow:
    """A pair or group whose papers can be collected."""

    pk: int
    title: str
    state: str
    url: str


@dataclass(frozen=True)
class PackageRow:
    """A package asked for before."""

    url: str
    words: str
    ready: bool


def _link(paper: contents.Paper, user) -> str:
    """Where a paper leads: a person opens what is one's own, a keeper what the keeper's rights open."""
    return openable(paper.url, user, own=not user.can(Right.PAPERS_SEE_ALL))


def _groups(found: list[contents.Paper], user) -> list[PaperGroup]:
    """Return the papers by whose they are, each with its badge."""
    groups: dict[str, PaperGroup] = {}
    for paper in found:
        group = groups.setdefault(paper.group, PaperGroup(paper.group, []))
        group.rows.append(PaperRow(paper, _link(paper, user), BADGES[paper.state]))
    return list(groups.values())


def _page(request, found: list[contents.Paper], *, title: str, heading: str, crumbs: list[Crumb], zip_url: str):
    left = [p for p in found if not p.is_met]
    context = {
        "title": title,
        "heading": heading,
        "crumbs": crumbs,
        "zip_url": zip_url,
        "groups": _groups(found, request.user),
        "left": [
            Check(
                False,
                f"{p.title}: {p.group}" if p.group != p.title else p.title,
                who=p.who,
                url=_link(p, request.user),
            )
            for p in left
        ],
        "counted": f"{plural(len(found), PAPERS)}, {f'не хватает {len(left)}' if left else 'все на месте'}",
    }
    return render(request, "reports/documents/package.html", context)


def _pairing(request, pk) -> Pairing:
    require(request.user, Right.PAPERS_SEE_ALL)
    return get_object_or_404(Pairing.objects.papers_visible_to(request.user).with_requirements(), pk=pk)


def _person(request, pk) -> Person:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PAPERS_SEE_ALL, unless=person.pk == request.user.person_id, also="сам человек")
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


def _crumbs(pairing: Pairing, user) -> list[Crumb]:
    """The way through the pair, or from the choice of packages for whoever keeps papers and does not open pairs."""
    if user.can(Right.PAIRINGS_SEE_ALL):
        return pairing_crumbs(pairing, "Пакет документов")
    return [Crumb("Пакеты документов", reverse("reports:packages")), Crumb(pairing_title(pairing))]


@require_GET
def pairing_zip(request, pk):
    """The papers of one pair as a ZIP, at once."""
    obj = _pairing(request, pk)
    note(request.user, [side.person_id for side in obj.people], Kind.FILE, exported=True)
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
    note(request.user, obj.pk, Kind.FILE)
    crumbs = [
        Crumb("Люди", reverse("people:register")),
        Crumb(obj.short_name, obj.get_absolute_url()),
        Crumb("Все документы"),
    ]
    zip_url = reverse("reports:person_package_zip", args=[pk])
    return _page(
        request, contents.of_person(obj), title=obj.full_name, heading="Все документы", crumbs=crumbs, zip_url=zip_url
    )


@require_GET
def person_zip(request, pk):
    """The papers of one person as a ZIP."""
    obj = _person(request, pk)
    note(request.user, obj.pk, Kind.FILE, exported=True)
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
    require(request.user, Right.PAPERS_SEE_ALL)
    visible = Pairing.objects.papers_visible_to(request.user).filter(state__in=Pairing.LIVE_STATES)
    form = PairsForm(request.POST or None, pairings=visible)
    if request.method == "POST" and form.is_valid() and (made := _ordered(form, request.user)):
        return redirect("reports:package", made.pk)
    words = request.GET.get("q", "")[:120]
    found = visible.found_by(words) if words else visible
    page = page_of(found.with_requirements(topics=False).order_by("-school_year", "-pk"), request, package_acts.AT_MOST)
    context = {
        **page,
        "form": form,
        "q": words,
        "rows": [_pair_row(pairing) for pairing in page["page_obj"]],
        "made": [_package_row(p) for p in Package.objects.visible_to(request.user)[:10]],
        "crumbs": _packages_crumbs(),
    }
    return render(request, "reports/documents/packages.html", context)


def _ordered(form: PairsForm, user) -> Package | None:
    """Ask for the packages of the chosen pairs; a refusal stands in the form."""
    data = form.cleaned_data
    pairings, key = list(data["pairings"]), data["request_key"]
    return act_with_form(form, lambda: package_acts.order_package(pairings, by=user, request_key=key))


def _pair_row(pairing: Pairing) -> PairRow:
    return PairRow(
        pairing.pk,
        pairing_title(pairing),
        pairing.get_state_display(),
        reverse("reports:pairing_package", args=[pairing.pk]),
    )


def _package_row(package: Package) -> PackageRow:
    return PackageRow(
        reverse("reports:package", args=[package.pk]),
        f"{ruday(package.created_at)}, {plural(len(package.pairings), 'пара,пары,пар')}",
        package.file_id is not None,
    )


def _packages_crumbs(last: str = "") -> list[Crumb]:
    url = reverse("reports:packages") if last else None
    way = [Crumb("Приказы", reverse("reports:orders")), Crumb("Пакеты документов", url)]
    return [*way, Crumb(last)] if last else way


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
            "crumbs": _packages_crumbs(str(obj)),
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
