"""The way of a program: its page and the same on paper."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site.russian import full_stop, period, rudate
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response, school_facts, today
from programs.journal import timeline
from programs.program.presenters import head
from programs.program.views import get_program


@require_GET
def page(request: UserRequest, pk: int) -> HttpResponseBase:
    """Activities, meetings, checks and suspensions on one line; the hours of the program by month."""
    program = get_program(request, pk)
    figures = timeline.figures(program, request.user)
    return render(
        request,
        "programs/journal/timeline.html",
        head(program, request.user, "programs:program_timeline")
        | {
            "figures": figures,
            "pdf_url": reverse("programs:program_timeline_pdf", args=[pk]) if figures else "",
        },
    )


@require_GET
def pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The same pictures with their tables as a paper."""
    program = get_program(request, pk)
    term = period(program.starts_on, program.ends_on) if program.starts_on else ""
    facts = {
        "school": school_facts(),
        "title": f"Ход программы наставничества «{program.title}»",
        "lead": f"Срок: {full_stop(term)} Сведения на {rudate(timezone.localdate())}" if term else "",
        "figures": [figure.facts() for figure in timeline.figures(program, request.user)],
    }
    return pdf_response(
        request,
        "documents/figures.html",
        facts,
        name=file_name(today(), "Ход программы", program.title),
        back=reverse("programs:program_timeline", args=[pk]),
    )
