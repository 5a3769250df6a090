"""Pages of agreements with mentors: the list, those of one person, one agreement, its papers as PDF (ТК 351.8)."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mentoring_site import history
from mentoring_site.files import serve
from mentoring_site.rights import require
from mentoring_site.scans import asked_scan
from mentoring_site.ui.bulk_act import BulkAct
from mentoring_site.ui.elements import Crumb
from mentoring_site.views_log import Kind, note
from people.consents import presenters as consent_presenters
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.register.presenters import tabs
from people.rights import Right
from programs.mentor_agreements import acts, bulk, documents, presenters
from programs.mentor_agreements.list_page import AGREEMENTS, NOTHING_TO_RECORD
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices.presenters import badge as notice_badge
from programs.mentor_agreements.without_agreement import mentors, openings

AT_MOST = 30  # mentors without an agreement that stand above the list


@require_safe
def agreements(request) -> HttpResponseBase:
    """Answer with the list of agreements; a mentor sees one's own."""
    records = request.user.can(Right.AGREEMENTS_RECORD)
    return AGREEMENTS.answer(
        request,
        MentorAgreement.objects.visible_to(request.user).with_stage(),
        nothing=None if records else NOTHING_TO_RECORD,
        without=mentors()[:AT_MOST] if records else [],
    )


def _over_many(act: BulkAct):
    """The address of an act over ticked agreements."""

    @require_http_methods(["GET", "POST"])
    def view(request) -> HttpResponseBase:
        return act.answer(request, AGREEMENTS, MentorAgreement.objects.visible_to(request.user).with_stage())

    return view


agreements_print = _over_many(bulk.PRINT)
agreements_assign = _over_many(bulk.ASSIGN)
agreements_remind = _over_many(bulk.REMIND)
agreements_sign = _over_many(bulk.SIGN)
agreements_paid = _over_many(bulk.PAID)


@require_safe
def person_agreements(request, pk: int) -> HttpResponse:
    """The agreements and notices of one person."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    own = request.user.person_id == shown.pk
    require(request.user, Right.AGREEMENTS_SEE_ALL, unless=own, also="сам человек")
    found = (
        shown.agreements.with_stage().select_related("person", "employment__organisation").defer("content", "papers")
    )
    may_record = acts.may_record(request.user, shown.pk)
    note(request.user, shown.pk, Kind.FILE)
    context = {
        "person": shown,
        "tabs": tabs(request.user, shown, "agreements"),
        "crumbs": person_crumbs(request.user, shown, "Соглашения"),
        "rows": [presenters.row(agreement) for agreement in found],
        "own": own,
        "may_record": may_record,
        "openings": openings(shown) if may_record or own else [],
        "notices": [{"notice": n, "badge": notice_badge(n)} for n in shown.notices.select_related("person")],
    }
    return render(request, "programs/mentor_agreements/person_agreements.html", context)


@require_safe
def agreement(request, pk: int) -> HttpResponse:
    """One agreement: facts, steps with whose move it is, papers, notices, history."""
    shown = visible_agreement(request, pk)
    may_record = acts.may_record(request.user, shown.person_id)
    notices = list(shown.notices.visible_to(request.user).select_related("person"))
    context = {
        "agreement": shown,
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown, request.user),
        "steps": presenters.steps(shown, may_record),
        "actions": presenters.actions(shown, request.user),
        "warning": acts.consent_warning(shown),
        "content": documents.lines(shown.content),
        "crumbs": crumbs(shown),
        "notices": [{"notice": n, "badge": notice_badge(n)} for n in notices],
        "entries": history.entries([shown, *notices]),
    }
    return render(request, "programs/mentor_agreements/agreement.html", context)


@require_safe
def scan(request, pk: int, paper: str) -> HttpResponseBase:
    """Answer with the scan of a signed paper."""
    shown = visible_agreement(request, pk)
    if paper not in presenters.SCANS:
        raise Http404("Нет такой бумаги")
    return serve(asked_scan(request, shown, paper), inline=True)


@require_safe
def paper(request, pk: int, paper: str) -> HttpResponseBase:
    """Answer with a paper of an agreement as PDF: as it was signed, else as it would be now."""
    shown = visible_agreement(request, pk)
    if paper not in dict(presenters.papers(shown)):
        raise Http404("Такой бумаги у этого соглашения нет")
    made = documents.assignment if paper == "assignment" else documents.paper
    facts = shown.papers.get(paper) or made(shown)
    return consent_presenters.pdf(documents.TEMPLATES[paper], facts, documents.file_name(paper, shown.person))


def visible_agreement(request, pk: int) -> MentorAgreement:
    """Return the agreement with all that its page reads; a foreign one looks like an absent one."""
    found = MentorAgreement.objects.visible_to(request.user).with_stage().with_consent()
    return get_object_or_404(
        found.select_related("person", "pairing", "employment__organisation", "assignment_scan", "scan"), pk=pk
    )


def crumbs(shown: MentorAgreement, last: str = "") -> list[Crumb]:
    """Return the way to an agreement's page or to a page below it."""
    start = [
        Crumb("Соглашения", reverse("programs:agreements")),
        Crumb(shown.person.short_name, shown.get_absolute_url() if last else None),
    ]
    return [*start, Crumb(last)] if last else start
