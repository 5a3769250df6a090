"""Pages of programs: the list, one program by its parts (п. 1.2, 3.4, 3.5)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.ui.list_page import EmptyState
from people.consents.models import Consent
from people.rights import Right
from people.school import workdays
from programs.program import content_presenters, presenters, rules
from programs.program import history as program_history
from programs.program.beside import sections_of
from programs.program.drafting.acts import edit_refusal
from programs.program.going_on import GO_ON
from programs.program.list_page import NOTHING_AT_ALL, NOTHING_OWN, PROGRAMS
from programs.program.missing_papers import missing_papers
from programs.program.models import Program
from programs.program.states import State


def get_program(request, pk) -> Program:
    """Return a program with everything that its page and its forms read; a foreign one looks like an absent one."""
    return get_object_or_404(Program.objects.visible_to(request.user).for_page(), pk=pk)


def warn_of_days_off(request, *days) -> None:
    """Tell of each typed day on which the school does not work; it is kept as it was typed."""
    for line in workdays.days_off(*(day for day in days if day)):
        messages.warning(request, line)


def get_program_head(request, pk) -> Program:
    """Return a program with what stands above each of its pages; a foreign one looks like an absent one."""
    return get_object_or_404(Program.objects.visible_to(request.user).for_head(), pk=pk)


@require_GET
def program_list(request):
    """The list of programs that the user may see; the same list as XLSX."""
    user = request.user
    nothing = NOTHING_OWN
    if user.can(Right.PROGRAMS_SEE_ALL):
        nothing = EmptyState(NOTHING_AT_ALL, reverse("programs:pairings"), "Открыть пары и группы")
    paper_url = reverse("programs:paper_new") if user.can(Right.PAPER_ENTER) else ""
    return PROGRAMS.answer(request, Program.objects.visible_to(user), nothing=nothing, paper_url=paper_url)


def programs_go_on(request):
    """Write down that programs over the turn of the school year go on."""
    return GO_ON.answer(request, PROGRAMS, Program.objects.visible_to(request.user))


@require_GET
def program(request, pk):
    """The plan of one program and what it is about."""
    obj = get_program(request, pk)
    remarks = content_presenters.Remarks(obj, request.user)
    return render(
        request,
        "programs/program/program.html",
        presenters.head(obj, request.user, "programs:program")
        | {
            "plan": content_presenters.plan(obj, request.user, remarks),
            "duties": content_presenters.duties_words(obj),
            "fields": content_presenters.fields(obj, request.user, remarks),
            "general": remarks.general(),
            "gone": _gone(obj, request.user),
            "locked": presenters.closed_note(obj, request.user),
            "missing": missing_papers(obj, request.user),
            "changes_url": _changes_url(obj),
            "beside": sections_of(obj, request.user),
            "new_activity": reverse("programs:activity_new", args=[obj.pk]) if _edits(obj, request.user) else "",
        },
    )


def _gone(obj, user) -> dict:
    """How many difficulties are gone, of a program that has begun (п. 5.2)."""
    closed, number = content_presenters.difficulties_gone(obj, user)
    if not number or obj.state in content_presenters.NOT_BEGUN:
        return {}
    url = reverse("programs:difficulties", args=[obj.pk])
    return {"closed": closed, "number": number, "label": f"Затруднения: снято {closed} из {number}", "url": url}


def _changes_url(obj) -> str:
    """The address of what has changed since the program was handed over last: offered before approval
    only (п. 3.5).
    """
    needed = {State.DRAFT: 1, State.SUBMITTED: 2}.get(obj.state)
    return reverse("programs:program_versions", args=[obj.pk]) if needed and obj.versions.count() >= needed else ""


def _edits(obj, user) -> bool:
    return rules.may_draft(obj, user) and not edit_refusal(obj, user)


@require_GET
def people(request, pk):
    """The people of a program, their posts, and the consents that those who keep them may see."""
    obj = get_program_head(request, pk)
    keeps = request.user.can(Right.CONSENTS_SEE_ALL)
    ids = [p.person_id for p in obj.pairing.people if keeps or p.person_id == request.user.person_id]
    consents = Consent.objects.filter(person__in=ids, ended_on__isnull=True).select_related("person")
    found = [c for c in consents.order_by("person__last_name", "purpose") if c.matter in (None, obj.pairing.uuid)]
    return render(
        request,
        "programs/program/program_people.html",
        presenters.head(obj, request.user, "programs:program_people")
        | {
            "rows": [presenters.person_row(p, obj, request.user) for p in obj.pairing.people],
            "consents": [presenters.consent_row(c) for c in found],
            "curator_url": presenters.person_url(obj.curator, obj, request.user),
            "pairing_url": obj.pairing.get_absolute_url(),
        },
    )


@require_GET
def history(request, pk):
    """Who did what when; the changed fields for those who may read them (п. 1.3, подп. 7)."""
    obj = get_program_head(request, pk)
    entries = program_history.entries(obj, request.user)
    return render(
        request,
        "programs/program/program_history.html",
        presenters.head(obj, request.user, "programs:history") | {"entries": entries},
    )
