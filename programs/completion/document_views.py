"""Reports of mentors and reviews of mentees as documents, filled or blank (п. 4.1, 5.2)."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_GET

from people.roles.letterhead import file_name, pdf_response, today
from programs.completion import documents
from programs.completion.views import get_completion
from programs.program.document_views import BLANKS, REPORT, REVIEW, mentees_read_by
from programs.program.views import get_program_head

DOCUMENTS = {
    REPORT: ("documents/mentor_report.html", documents.report),
    REVIEW: ("documents/mentee_review.html", documents.review),
}


@require_GET
def blank(request, pk, what, participation):
    """A blank report or review with names and tasks printed, for those who never log in."""
    obj = get_program_head(request, pk)
    side = next((p for p in mentees_read_by(obj, request.user) if p.pk == participation), None)
    if side is None or what not in BLANKS:
        raise Http404
    (template, facts_of), label = DOCUMENTS[what], BLANKS[what]
    return pdf_response(
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
    (template, facts_of), blank_label = DOCUMENTS[what], BLANKS[what]
    filled = found if written(found) and not request.GET.get("blank") else None
    return pdf_response(
        request,
        template,
        facts_of(found.program, found.participation, filled),
        name=file_name(
            today() if filled else "", words if filled else blank_label, found.participation.person.short_name
        ),
        back=reverse("programs:completion_of", args=[pk]),
    )
