"""Papers of one programme: what it rests on, the document itself, what changed between versions,
reports and reviews (п. 1.2, 3.5, 5.2).
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.russian import ruday, rutime
from people.rights import Right
from people.roles.letterhead import by_grif, file_name, printed, today
from programs.completion import documents as completion_documents
from programs.completion.views import get_completion
from programs.program import documents, presenters
from programs.program.version_models import AgreedVersion
from programs.program.versions import changes as differences
from programs.program.versions import intact, own_only, text_of
from programs.program.views import get_program, missing_papers

NOW = "now"  # in the address: the present words, not a frozen version
REPORT, REVIEW = "report", "review"
BLANKS = {
    REPORT: ("Бланк отчёта наставника", "documents/mentor_report.html", completion_documents.report),
    REVIEW: ("Бланк отзыва наставляемого", "documents/mentee_review.html", completion_documents.review),
}


@require_GET
def papers(request, pk):
    """The papers that the programme rests on, its document and its versions; what is missing when it
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


def _grounds(obj, user) -> list[dict]:
    orders = obj.order_items.filter(order__state__in=["registered", "revoked"]).select_related("order")
    seen = [item.order for item in orders] if user.can(Right.ORDERS_SEE_ALL) else []
    pairing = obj.pairing
    return [
        _fact("Приказ о закреплении", pairing.order_number, pairing.order_date),
        _fact("Протокол совета о паре", pairing.minutes_number, pairing.minutes_date),
        _fact("Протокол совета о программе", obj.minutes_number, obj.minutes_date),
        _approval(obj, next((o for o in seen), None)),
    ]


def _approval(obj, order) -> dict:
    if not obj.by_grif:
        return _fact("Приказ об утверждении программы", obj.order_number, obj.order_date, order)
    scan = reverse("programs:program_grif_scan", args=[obj.pk]) if obj.grif_scan_id else ""
    return {
        "label": "Утверждение программы",
        "value": obj.approval,
        "url": scan,
        "note": "титульный лист" if scan else "",
    }


def _fact(label, number, day, order=None) -> dict:
    value = f"№\u00a0{number} от\u00a0{ruday(day)}" if number else "ещё нет"
    return {"label": label, "value": value} | ({"url": order.get_absolute_url()} if order else {})


def _versions(obj, user) -> list[dict]:
    """The frozen versions, the newest first, each with its document and what it changed."""
    found = list(
        AgreedVersion.objects.visible_to(user).filter(program=obj).select_related("by__person").order_by("number")
    )
    rows = []
    for before, version in zip([None, *found], found, strict=False):
        query = f"?old={before.number}&new={version.number}" if before else ""
        rows.append(
            {
                "title": _words(version),
                "who": version.by.person.short_name if version.by_id else "",
                "sha256": version.sha256,
                "broken": not intact(version),
                "pdf_url": f"{reverse('programs:program_pdf', args=[obj.pk])}?version={version.number}",
                "changes_url": f"{reverse('programs:program_versions', args=[obj.pk])}{query}" if before else "",
            }
        )
    return rows[::-1]


def _words(version) -> str:
    return f"Редакция {version.number}: {version.get_stage_display()} {ruday(version.at)} в\u00a0{rutime(version.at)}"


def _blanks(obj, user) -> list[dict]:
    """Blank forms for those who never log in: of every mentee, for a mentee only of oneself."""
    return [
        {
            "label": f"{BLANKS[what][0]}: {p.person.short_name}",
            "url": reverse("programs:program_blank", args=[obj.pk, what, p.pk]),
        }
        for p in _mentees(obj, user)
        for what in BLANKS
    ]


def _mentees(obj, user) -> list:
    own = presenters.own_candidates(obj, user)
    return [p for p in obj.pairing.people if p.part == "mentee" and (own is None or p.candidate_id in own)]


def _version(obj, user, number: str | None):
    """Return the named frozen version of a programme, None for an empty name.

    Raises ``Http404`` when there is no such.
    """
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    return get_object_or_404(AgreedVersion.objects.visible_to(user), program=obj, number=int(number))


@require_GET
def program_pdf(request, pk):
    """The programme as a document: the version that was asked for, else the agreed one, else the present words."""
    obj = get_program(request, pk)
    version = _version(obj, request.user, request.GET.get("version"))
    if version is None and obj.state not in ("draft", "submitted"):
        version = obj.versions.filter(stage="agreed").order_by("-number").first()
    facts = documents.facts(obj, version, own=presenters.own_candidates(obj, request.user), by_grif=by_grif())
    day = timezone.localdate(version.at).isoformat() if version else today()
    return printed(
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
    own = presenters.own_candidates(obj, user)
    context = {
        "title": obj.title,
        "program_url": obj.get_absolute_url(),
        "crumbs": presenters.crumbs(obj, "Что изменилось"),
    }
    if old is None:
        return render(request, "programs/program/program_versions.html", context | {"rows": [], "nothing": True})
    before = own_only(old.text, own)
    after = own_only(new.text if new else text_of(obj), own)
    return render(
        request,
        "programs/program/program_versions.html",
        context
        | differences(before, after)
        | {
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
    if obj.state == "draft":
        return found[-1], None
    last = found[-1]
    handed = [v for v in found if v.stage == "submitted"]
    before = [v for v in handed if v.number < (handed[-1].number if handed else 0)]
    return (before[-1], last) if before else (found[0], last)


def _choices(found, old, new) -> dict:
    """The versions to choose from, for the two lists of the form."""
    rows = [{"value": str(v.number), "words": _words(v)} for v in found]
    return {
        "old": [r | {"chosen": r["value"] == str(old.number)} for r in rows],
        "new": [
            *[r | {"chosen": new is not None and r["value"] == str(new.number)} for r in rows],
            {"value": NOW, "words": "Нынешний текст", "chosen": new is None},
        ],
    }


@require_GET
def blank(request, pk, what, participation):
    """A blank report or review with names and tasks printed, for those who never log in."""
    obj = get_program(request, pk)
    side = next((p for p in _mentees(obj, request.user) if p.pk == participation), None)
    if side is None or what not in BLANKS:
        raise Http404
    label, template, facts_of = BLANKS[what]
    return printed(
        request,
        template,
        facts_of(obj, side),
        name=file_name(label, side.person.short_name),
        back=reverse("programs:program_papers", args=[pk]),
    )


@require_GET
def report_pdf(request, pk):
    """The mentor's report on one mentee; blank until it is written or when asked for."""
    return _about(request, pk, REPORT, "Отчёт наставника", lambda c: c.concluded_at)


@require_GET
def review_pdf(request, pk):
    """The mentee's review; blank until it is written or when asked for."""
    return _about(request, pk, REVIEW, "Отзыв наставляемого", lambda c: c.reviewed_at)


def _about(request, pk, what, words, written):
    found = get_completion(request, pk)
    blank_label, template, facts_of = BLANKS[what]
    filled = found if written(found) and not request.GET.get("blank") else None
    return printed(
        request,
        template,
        facts_of(found.program, found.participation, filled),
        name=file_name(
            today() if filled else "", words if filled else blank_label, found.participation.person.short_name
        ),
        back=reverse("programs:completion_of", args=[pk]),
    )
