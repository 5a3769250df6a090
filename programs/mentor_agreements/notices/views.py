"""Notices of an early end: the list, one notice, giving, taking back together, the order that records it (ТК 351.8)."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring_site import history
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.scans import REPLACE, ScanForm, asked_scan, scan_words
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import EmptyState
from people.consents import presenters as consent_presenters
from people.consents.matters import matter_in_words
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.rights import Right
from programs.mentor_agreements import documents as agreement_documents
from programs.mentor_agreements.acts import check_may_record, may_record
from programs.mentor_agreements.forms import OrderForm
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts, presenters
from programs.mentor_agreements.notices.forms import NoticeForm, OwnNoticeForm, PaperForm
from programs.mentor_agreements.notices.list_page import NOTICES
from programs.mentor_agreements.without_agreement import pairing_of
from programs.pairings.models import Pairing


@require_safe
def notices(request) -> HttpResponseBase:
    """Answer with the list of notices; a mentor sees one's own."""
    nothing = EmptyState(NOTICES.nothing.text, reverse("programs:agreements"), "Открыть соглашения")
    return NOTICES.answer(request, Notice.objects.visible_to(request.user), nothing=nothing)


@require_safe
def notice(request, pk: int) -> HttpResponse:
    """One notice: from whom, from when, what comes next, whose move it is."""
    shown = _visible(request, pk)
    context = {
        "notice": shown,
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown),
        "steps": presenters.steps(shown, may_record(request.user, shown.person_id)),
        "actions": presenters.actions(shown, request.user),
        "entries": history.entries([shown]),
        "crumbs": _crumbs(shown),
    }
    return render(request, "programs/mentor_agreements/notice.html", context)


def notice_new(request, pk: int, giver: str) -> HttpResponse:
    """Give a notice: the mentor by the application with the password, all others from paper."""
    shown, pairing = _about(request, pk, giver)
    own = giver == acts.WORKER and request.user.person_id == shown.pk
    if not own:
        check_may_record(request.user, shown.pk)
    form = (
        OwnNoticeForm(request.POST or None, user=request.user)
        if own
        else NoticeForm(request.POST or None, request.FILES or None)
    )
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _give(request, shown, pairing, giver, form, own))
        if made:
            messages.success(
                request, f"Уведомление записано. Последний день обязанностей — {rudate(made.effective_on)}"
            )
            return redirect(made)
    query = f"?matter={pairing.uuid}" if pairing else ""
    blank_url = f"{reverse('programs:notice_blank', args=[shown.pk, giver])}{query}"
    consequences = presenters.consequences(shown, giver, own, electronic=consent_presenters.electronic())
    heading = f"{presenters.HEADINGS[giver]}: {shown.short_name}"
    context = {
        "form": form,
        "heading": heading,
        "submit": "Подать уведомление" if own else "Записать уведомление",
        "danger": own,
        "multipart": not own,
        "cancel_url": reverse("programs:person_agreements", args=[shown.pk]),
        "blank_url": blank_url,
        "consequences": consequences,
        "lead": _pairing_in_words(shown, pairing),
        "crumbs": person_crumbs(request.user, shown, presenters.HEADINGS[giver]),
    }
    return render(request, "programs/mentor_agreements/notice_new.html", context)


def _give(request, shown, pairing, giver, form, own):
    with stored_upload(form.cleaned_data.get("scan"), by=request.user) as scan:
        return acts.give_notice(
            shown,
            pairing,
            giver,
            by=request.user,
            form=acts.APPLICATION if own else acts.PAPER,
            address=get_ip(request) if own else None,
            scan=scan,
            **form.facts(),
        )


@require_safe
def blank(request, pk: int, giver: str) -> HttpResponseBase:
    """The form of a notice as PDF, filled in with what is known, to be signed by a pen."""
    shown, pairing = _about(request, pk, giver)
    require(request.user, Right.AGREEMENTS_RECORD, unless=request.user.person_id == shown.pk, also="сам наставник")
    found = (
        MentorAgreement.objects.live()
        .filter(person=shown, pairing=pairing)
        .select_related("employment__organisation", "person")
    )
    facts = agreement_documents.notice_facts(
        shown, giver, agreement=found.first(), matter_words=_pairing_in_words(shown, pairing)
    )
    return consent_presenters.pdf(
        agreement_documents.TEMPLATES[giver], facts, agreement_documents.file_name(giver, shown)
    )


@require_safe
def pdf(request, pk: int) -> HttpResponseBase:
    """The notice as it was given, as PDF."""
    shown = _visible(request, pk)
    return consent_presenters.pdf(
        agreement_documents.TEMPLATES[shown.giver],
        shown.papers,
        agreement_documents.file_name(shown.giver, shown.person),
    )


@require_safe
def scan(request, pk: int) -> HttpResponseBase:
    """The scan of a signed notice."""
    shown = _visible(request, pk)
    return serve(asked_scan(request, shown, "scan"), inline=True)


def _with_scan(request, form, act):
    with stored_upload(form.cleaned_data["scan"], by=request.user) as scan:
        return act(scan)


def record_paper(request, pk: int) -> HttpResponse:
    """Record the signed paper of a notice from the application, or attach the scan of one recorded without it."""
    shown = _to_record(request, pk)
    if not shown.needs_paper or shown.paper_on:
        return _attach(request, shown)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def act(scan: StoredFile | None) -> Notice:
            return acts.record_paper(shown, by=request.user, scan=scan)

        if act_with_form(form, lambda: _with_scan(request, form, act)):
            messages.success(request, "Бумага записана. Дни уведомления остались, какими были.")
            return redirect(shown)
    return render(request, "form.html", _form(shown, form, "Подписанная бумага", "Записать бумагу", multipart=True))


def _attach(request, shown: Notice) -> HttpResponse:
    """Attach the scan of a recorded paper, or replace a wrong one with a reason."""
    form, word = ScanForm(request.POST or None, request.FILES or None, present=shown.scan), scan_words(shown.scan)
    if request.method == "POST" and form.is_valid():

        def act(scan: StoredFile) -> Notice:
            return acts.attach_scan(shown, by=request.user, scan=scan, reason=form.cleaned_data.get("reason", ""))

        if act_with_form(form, lambda: _with_scan(request, form, act)):
            messages.success(request, "Скан заменён" if shown.scan else "Скан приложен")
            return redirect(shown)
    lead = REPLACE if shown.scan else ""
    return render(request, "form.html", _form(shown, form, word, word, multipart=True, lead=lead))


def withdraw(request, pk: int) -> HttpResponse:
    """Take a notice back by mutual consent: the giver offers, the other side agrees, or a paper of both is recorded."""
    shown = _visible(request, pk)
    if not acts.side_of(request.user, shown):
        raise PermissionDenied("Отозвать уведомление могут только наставник и работодатель вместе")
    paper = request.GET.get("paper") == "1" and may_record(request.user, shown.person_id)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.withdraw_notice(shown, by=request.user, paper=paper),
            to=shown,
            success=lambda n: (
                "Уведомление отозвано: обязанности продолжаются."
                if n.withdrawn_on
                else "Предложение записано. Теперь должна согласиться другая сторона."
            ),
        )
    context = _form(shown, None, "Отозвать уведомление", presenters.withdrawal_label(shown, paper))
    return render(request, "confirm.html", context | {"consequences": presenters.withdrawal_words(shown, paper)})


def order(request, pk: int) -> HttpResponse:
    """Record the order that relieves the mentor by this notice."""
    shown = _to_record(request, pk)
    form = OrderForm(request.POST or None)
    posted = request.method == "POST" and form.is_valid()
    if posted and act_with_form(form, lambda: acts.record_order(shown, by=request.user, **form.cleaned_data)):
        messages.success(request, "Приказ записан.")
        return redirect(shown)
    lead = "Приказ о снятии обязанностей только записывает уведомление: отклонить его нельзя."
    return render(request, "form.html", _form(shown, form, "Приказ по уведомлению", "Записать приказ") | {"lead": lead})


def _about(request, pk: int, giver: str) -> tuple[Person, Pairing | None]:
    """Return whom and which pair or group (None while it is not clear) a notice is about.

    ``?matter=`` is the pairing's UUID; without it a mentor with one live agreement is about its pair.
    """
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if giver not in Notice.Giver.values:
        raise Http404("Предупредить может наставник или работодатель")
    return shown, pairing_of(shown, request.GET.get("matter", ""))


def _pairing_in_words(shown, pairing) -> str:
    return matter_in_words(shown, "mentor", pairing.uuid) if pairing else ""


def _visible(request, pk: int) -> Notice:
    found = Notice.objects.visible_to(request.user).select_related("person", "agreement", "scan")
    return get_object_or_404(found, pk=pk)


def _to_record(request, pk: int) -> Notice:
    """Return the notice of a step: visible, and the user records it."""
    shown = _visible(request, pk)
    check_may_record(request.user, shown.person_id)
    return shown


def _crumbs(shown: Notice, last: str = "") -> list[Crumb]:
    start = [
        Crumb("Уведомления", reverse("programs:notices")),
        Crumb(shown.person.short_name, shown.get_absolute_url() if last else None),
    ]
    return [*start, Crumb(last)] if last else start


def _form(shown, form, heading: str, submit: str, **more) -> dict:
    return {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(shown, heading),
        **more,
    }
