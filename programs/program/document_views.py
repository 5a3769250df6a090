"""Papers of one program: what it rests on, the document itself, what changed between versions (п. 1.2, 3.5)."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.russian import ruday, rutime
from mentoring_site.ui.elements import Fact
from people.rights import Right
from people.roles.letterhead import approves_by_grif, file_name, pdf_response, today
from programs.program import content_presenters, documents, presenters
from programs.program.missing_papers import missing_papers
from programs.program.models import AgreedVersion
from programs.program.states import NOT_AGREED, State
from programs.program.version_comparison import compare
from programs.program.versions import intact, own_only, text_of
from programs.program.views import get_program

NOW = "now"  # in the address: the present words, not a frozen version
REPORT, REVIEW = "report", "review"
BLANKS = {REPORT: "Бланк отчёта наставника", REVIEW: "Бланк отзыва наставляемого"}
"""Blank forms for those who never log in, by their part of the address; drawn by ``programs/completion``."""


@dataclass(frozen=True)
class VersionRow:
    """A frozen version; ``broken`` when its words are not those whose hash was written down."""

    title: str
    who: str
    sha256: str
    broken: bool
    pdf_url: str
    changes_url: str


@dataclass(frozen=True)
class Blank:
    """A link to a blank form."""

    label: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A version to choose from."""

    value: str
    words: str
    chosen: bool


@require_GET
def papers(request, pk):
    """The papers that the program rests on, its document and its versions; what is missing when it
    came from paper.
    """
    obj = get_program(request, pk)
    user = request.user
    return render(
        request,
        "programs/program/program_papers.html",
        presenters.head(obj, user, "programs:program_papers")
        | {
            "facts": _grounds(obj, user),
            "missing": missing_papers(obj, user),
            "from_paper": obj.from_paper and user.can(Right.PROGRAMS_SEE_ALL),
            "pdf_url": reverse("programs:program_pdf", args=[pk]),
            "versions": _versions(obj, user),
            "blanks": _blanks(obj, user),
            "hours_url": reverse("programs:hours") if obj.started_on else "",
        },
    )


def _grounds(obj, user) -> list[Fact]:
    orders = obj.order_items.filter(order__state__in=["registered", "revoked"]).select_related("order")
    seen = [item.order for item in orders] if user.can(Right.ORDERS_SEE_ALL) else []
    pairing = obj.pairing
    return [
        _paper("Приказ о закреплении", pairing.order_number, pairing.order_date),
        _paper("Протокол совета о паре", pairing.minutes_number, pairing.minutes_date),
        _paper("Протокол совета о программе", obj.minutes_number, obj.minutes_date),
        _approval(obj, next((o for o in seen), None)),
    ]


def _approval(obj, order) -> Fact:
    if not obj.by_grif:
        return _paper("Приказ об утверждении программы", obj.order_number, obj.order_date, order)
    scan = reverse("programs:program_grif_scan", args=[obj.pk]) if obj.grif_scan_id else ""
    return Fact("Утверждение программы", obj.approval, note="титульный лист" if scan else "", url=scan)


def _paper(label: str, number: str, day, order=None) -> Fact:
    value = f"№\u00a0{number} от\u00a0{ruday(day)}" if number else "ещё нет"
    return Fact(label, value, url=order.get_absolute_url() if order else "")


def _versions(obj, user) -> list[VersionRow]:
    """The frozen versions, the newest first, each with its document and what it changed."""
    found = list(
        AgreedVersion.objects.visible_to(user).filter(program=obj).select_related("by__person").order_by("number")
    )
    rows = []
    for before, version in zip([None, *found], found, strict=False):
        query = f"?old={before.number}&new={version.number}" if before else ""
        rows.append(
            VersionRow(
                title=_words(version),
                who=version.by.person.short_name if version.by_id else "",
                sha256=version.sha256,
                broken=not intact(version),
                pdf_url=f"{reverse('programs:program_pdf', args=[obj.pk])}?version={version.number}",
                changes_url=f"{reverse('programs:program_versions', args=[obj.pk])}{query}" if before else "",
            )
        )
    return rows[::-1]


def _words(version) -> str:
    return f"Редакция {version.number}: {version.get_stage_display()} {ruday(version.at)} в\u00a0{rutime(version.at)}"


def _blanks(obj, user) -> list[Blank]:
    """Blank forms for those who never log in: of every mentee, for a mentee only of oneself."""
    return [
        Blank(f"{BLANKS[what]}: {p.person.short_name}", reverse("programs:program_blank", args=[obj.pk, what, p.pk]))
        for p in mentees_read_by(obj, user)
        for what in BLANKS
    ]


def mentees_read_by(obj, user) -> list:
    """Return the mentees about whom the user may read (п. 1.3, подп. 4)."""
    own = content_presenters.own_candidates(obj, user)
    return [p for p in obj.pairing.people if p.part == "mentee" and (own is None or p.candidate_id in own)]


def _version(obj, user, number: str | None):
    """Return the named frozen version of a program, None for an empty name.

    Raises ``Http404`` when there is no such.
    """
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    return get_object_or_404(AgreedVersion.objects.visible_to(user), program=obj, number=int(number))


@require_GET
def program_pdf(request, pk):
    """The program as a document: the version that was asked for, else the agreed one, else the present words."""
    obj = get_program(request, pk)
    version = _version(obj, request.user, request.GET.get("version"))
    if version is None and obj.state not in NOT_AGREED:
        version = obj.versions.filter(stage="agreed").order_by("-number").first()
    facts = documents.facts(
        obj, version, own=content_presenters.own_candidates(obj, request.user), by_grif=approves_by_grif()
    )
    day = timezone.localdate(version.at).isoformat() if version else today()
    return pdf_response(
        request,
        "documents/program.html",
        facts,
        name=file_name(day, "Программа наставничества", facts["subject"]),
        back=reverse("programs:program_papers", args=[pk]),
    )


@require_GET
def changes(request, pk):
    """What changed between two versions, side by side: on a return only that is read again."""
    obj = get_program(request, pk)
    user = request.user
    found = list(AgreedVersion.objects.visible_to(user).filter(program=obj).order_by("number"))
    old, new = _chosen(obj, found, request)
    own = content_presenters.own_candidates(obj, user)
    context = {
        "title": obj.title,
        "program_url": obj.get_absolute_url(),
        "crumbs": presenters.crumbs(obj, "Что изменилось"),
    }
    if old is None:
        return render(request, "programs/program/program_versions.html", context | {"nothing": True})
    before = own_only(old.text, own)
    after = own_only(new.text if new else text_of(obj), own)
    return render(
        request,
        "programs/program/program_versions.html",
        context
        | {
            "comparison": compare(before, after),
            "nothing": False,
            "old": _words(old),
            "new": _words(new) if new else "Нынешний текст",
            "choices": _choices(found, old, new),
        },
    )


def _chosen(obj, found, request):
    """Return the two versions to compare; None for the second means the present words.

    Without a choice: a draft with what was handed over last, else the last version with the one handed over before it.
    """
    old = _version(obj, request.user, request.GET.get("old"))
    asked = request.GET.get("new", "")
    if old is not None:
        return old, (None if asked in ("", NOW) else _version(obj, request.user, asked))
    if not found:
        return None, None
    if obj.state == State.DRAFT:
        return found[-1], None
    last = found[-1]
    handed = [v for v in found if v.stage == "submitted"]
    before = [v for v in handed if v.number < (handed[-1].number if handed else 0)]
    return (before[-1], last) if before else (found[0], last)


def _choices(found, old, new) -> dict:
    """The versions to choose from, for the two lists of the form."""
    return {
        "old": [Choice(str(v.number), _words(v), v == old) for v in found],
        "new": [
            *[Choice(str(v.number), _words(v), v == new) for v in found],
            Choice(NOW, "Нынешний текст", new is None),
        ],
    }
