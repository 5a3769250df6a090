"""Pages of programmes: the list, one programme by its parts (п. 1.2, 3.4, 3.5)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.lists import page_of, wants_xlsx, xlsx_url
from mentoring_site.russian import joined, period, plural, school_year
from mentoring_site.xlsx.writer import stream_xlsx
from people.consents.models import Consent
from people.rights import Right
from programs.pairings.acts import year_of
from programs.pairings.rules import mentees_of, mentor_of
from programs.pairings.stages import state_words
from programs.paper_entry.acts import missing
from programs.program import history as program_history
from programs.program import presenters, rules
from programs.program.drafting.acts import locked
from programs.program.forms import ENDED, ProgramFilters
from programs.program.loading import fill, for_page
from programs.program.models import Program

SORTS = {
    "new": ("-created_at", "-pk"),
    "old": ("created_at", "pk"),
    "title": ("search", "pk"),
    "start": ("starts_on", "pk"),
    "end": ("ends_on", "pk"),
    "state": ("state", "-pk"),
}
COLUMNS = (
    "№",
    "Название",
    "Наставник",
    "Наставляемые",
    "Отделения",
    "Учебный год",
    "Состояние",
    "Первый день",
    "Последний день",
    "Куратор",
    "Протокол №",
    "Протокол от",
    "Приказ №",
    "Приказ от",
    "Закончена",
    "Просрочено",
)


def get_program(request, pk, *, whole=True):
    """Return the programme with everything its pages read; a foreign one looks like an absent one."""
    return fill(get_object_or_404(for_page(Program.objects.visible_to(request.user)), pk=pk), whole=whole)


def _found(request, visible):
    """Return the filter form and the visible programmes that pass it."""
    form = ProgramFilters(request.GET, visible=visible)
    chosen = form.chosen() if form.is_bound else {}
    found = (
        visible.found_by(chosen.get("q", ""))
        .with_overdue(timezone.localdate())
        .with_pause(timezone.localdate())
        .with_open_remarks()
    )
    if chosen.get("state") == ENDED:
        found = found.ended_in(year_of(timezone.localdate()))
        del chosen["state"]
    narrow = {"state": "state", "year": "pairing__school_year", "curator": "curator", "kind": "kinds"}
    found = found.filter(**{narrow[name]: value for name, value in chosen.items() if name in narrow})
    if "department" in chosen:
        found = found.of_department(chosen["department"])
    if "overdue" in chosen:
        found = found.filter(is_overdue=True)
    return form, found.with_people().order_by(*SORTS[chosen.get("sort", "new")])


@require_GET
def program_list(request):
    """The list of programmes that the user may see; the same list as XLSX."""
    visible = Program.objects.visible_to(request.user)
    form, found = _found(request, visible)
    if wants_xlsx(request):
        rows = (_cells(p) for p in found.iterator(chunk_size=500))
        return stream_xlsx("программы.xlsx", "Программы", COLUMNS, rows)
    pages = page_of(found, request)
    url = reverse("programs:programs")
    return render(
        request,
        "programs/program/programs.html",
        pages
        | {
            "filters": form,
            "url": url,
            "rows": [_row(p, request.user) for p in pages["page_obj"]],
            "found": plural(pages["page_obj"].paginator.count, "программа,программы,программ"),
            "xlsx_url": xlsx_url(request, url),
            "sorts": _sorts(request),
            "filtered": form.is_bound,
            "sees_all": request.user.can(Right.PROGRAMS_SEE_ALL),
            "paper_url": reverse("programs:paper_new") if request.user.can(Right.PAPER_ENTER) else "",
        },
    )


def _sorts(request) -> dict:
    """Return the links of the table's headings by their name."""
    now = request.GET.get("sort") if request.GET.get("sort") in SORTS else "new"

    def link(name):
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = name
        return {"url": f"?{query.urlencode()}", "current": name == now}

    return {name: link(name) for name in ("title", "start", "state")}


def _row(program, user) -> dict:
    mentor, mentees = mentor_of(program.pairing), mentees_of(program.pairing)
    return {
        "title": program.title,
        "url": program.get_absolute_url(),
        "mentor": mentor.person.short_name if mentor else "без наставника",
        "mentees": joined([m.person.short_name for m in mentees]),
        "departments": _departments(program),
        "term": period(program.starts_on, program.ends_on) if program.starts_on else "срок не указан",
        "curator": program.curator.short_name,
        "badge": presenters.badge(program, user, returned=program.returned, late=program.is_overdue),
        "late": program.is_overdue,
    }


def _departments(program) -> str:
    posts = [p.employment for p in program.pairing.people if p.employment and p.employment.department]
    return ", ".join(sorted({e.department.name for e in posts}))


def _cells(program):
    mentor = mentor_of(program.pairing)
    return (
        program.pk,
        program.title,
        mentor.person.full_name if mentor else "",
        ", ".join(m.person.full_name for m in mentees_of(program.pairing)),
        _departments(program),
        school_year(program.pairing.school_year, full=True),
        state_words(program),
        program.starts_on,
        program.ends_on,
        program.curator.full_name,
        program.minutes_number,
        program.minutes_date,
        program.order_number,
        program.order_date,
        program.ended_on,
        program.is_overdue,
    )


@require_GET
def program(request, pk):
    """The plan of one programme and what it is about."""
    obj = get_program(request, pk)
    return render(
        request,
        "programs/program/program.html",
        presenters.head(obj, request.user, "programs:program")
        | {
            "plan": presenters.plan(obj, request.user),
            "fields": presenters.fields(obj, request.user),
            "general": presenters.general_remarks(obj, request.user),
            "locked": presenters.why_locked(obj, request.user),
            "missing": missing_papers(obj, request.user),
            "changes_url": _changes_url(obj),
            "new_activity": reverse("programs:activity_new", args=[obj.pk]) if _edits(obj, request.user) else "",
        },
    )


def missing_papers(obj, user) -> list[dict]:
    """The papers that a programme entered from paper lacks, for those who see all programmes."""
    return missing(obj.pairing, obj) if obj.from_paper and user.can(Right.PROGRAMS_SEE_ALL) else []


def _changes_url(obj) -> str:
    """The address of what has changed since the programme was handed over last: offered before approval
    only (п. 3.5).
    """
    needed = {"draft": 1, "submitted": 2}.get(obj.state)
    return reverse("programs:program_versions", args=[obj.pk]) if needed and obj.versions_kept >= needed else ""


def _edits(obj, user) -> bool:
    return rules.drafts(obj, user) and not locked(obj, user)


@require_GET
def people(request, pk):
    """The people of a programme, their posts, and the consents that those who keep them may see."""
    obj = get_program(request, pk, whole=False)
    rows = [_person(p, obj, request.user) for p in obj.pairing.people]
    keeps = request.user.can(Right.CONSENTS_SEE_ALL)
    ids = [p.person_id for p in obj.pairing.people if keeps or p.person_id == request.user.person_id]
    consents = Consent.objects.filter(person__in=ids, ended_on__isnull=True).select_related("person")
    found = [c for c in consents.order_by("person__last_name", "purpose") if c.matter in (None, obj.pairing.uuid)]
    return render(
        request,
        "programs/program/program_people.html",
        presenters.head(obj, request.user, "programs:program_people")
        | {
            "rows": rows,
            "consents": [_consent(c) for c in found],
            "curator": {"name": obj.curator.full_name, "url": presenters.person_url(obj.curator, obj, request.user)},
            "pairing_url": obj.pairing.get_absolute_url(),
        },
    )


def _person(participation, program, user) -> dict:
    post = participation.employment
    return {
        "name": participation.person.full_name,
        "url": presenters.person_url(participation.person, program, user),
        "part": participation.part_word.capitalize(),
        "post": post.post if post else "",
        "department": post.department.name if post and post.department else "",
        "since": participation.since,
        "until": participation.until,
    }


def _consent(consent) -> dict:
    part = f" {consent.get_part_display()}" if consent.part else ""
    return {
        "person": consent.person.short_name,
        "what": f"{consent.get_purpose_display()}{part}",
        "given_on": consent.given_on,
        "form": consent.get_form_display(),
        "url": presenters.safe("people:consent", consent.pk),
    }


@require_GET
def history(request, pk):
    """Who did what when; the changed fields for those who may read them (п. 1.3, подп. 7)."""
    obj = get_program(request, pk, whole=False)
    entries = program_history.entries(obj, request.user)
    return render(
        request,
        "programs/program/program_history.html",
        presenters.head(obj, request.user, "programs:history") | {"entries": entries},
    )


def need(allowed: bool, sentence: str) -> None:
    """Raise ``PermissionDenied`` with a sentence that names who can, unless ``allowed``."""
    if not allowed:
        raise PermissionDenied(sentence)
