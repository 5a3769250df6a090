"""Consents: a person's own, one consent, recording, scans, printed forms (152-ФЗ; п. 3.2, 3.3, 8.1)."""

import uuid

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring_site import history as mentoring_site_history
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form, came_from
from mentoring_site.rights import require
from mentoring_site.scans import REPLACE, ScanForm, asked_scan, scan_words
from mentoring_site.ui.elements import Crumb
from mentoring_site.views_log import Kind, note
from people.consents import acts as consent_acts
from people.consents import presenters, texts
from people.consents.forms import OwnConsentForm, PaperConsentForm
from people.consents.matters import matter_in_words
from people.consents.models import DUTIES, Consent
from people.consents.withdrawals import presenters as withdrawal_presenters
from people.register.models import Person
from people.register.presenters import crumbs, tabs
from people.rights import Right

ON_PAPER = "Напечатайте бланк, подпишите его и отдайте куратору или специалисту по кадрам: они его запишут."


def mine(request):
    """«Мои согласия»: the part of one's own page."""
    return redirect("people:person_consents", request.user.person_id)


def person_consents(request, pk):
    """The consents of a person: three purposes, each with its state and its next step."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    own = request.user.person_id == shown.pk
    require(request.user, Right.CONSENTS_SEE_ALL, unless=own, also="сам человек", act="видеть согласия человека")
    note(request.user, shown.pk, Kind.CONSENTS)
    context = {
        "person": shown,
        "tabs": tabs(request.user, shown, "consents"),
        "own": own,
        "crumbs": crumbs(request.user, shown, "Согласия"),
        **presenters.overview(shown, request.user),
    }
    return render(request, "people/consents/person_consents.html", context)


def consent(request, pk):
    """One consent: its facts, its words as signed, what can be done, its history."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person", "scan"), pk=pk)
    note(request.user, shown.person_id, Kind.CONSENTS)
    context = {
        "consent": shown,
        "title": presenters.heading(shown),
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown),
        "actions": presenters.actions(request.user, shown),
        "lines": shown.text.split("\n"),
        "entries": mentoring_site_history.entries([shown]),
        "crumbs": [
            *crumbs(request.user, shown.person, "Согласия")[:-1],
            Crumb("Согласия", reverse("people:person_consents", args=[shown.person_id])),
            Crumb(presenters.heading(shown)),
        ],
    }
    return render(request, "people/consents/consent.html", context)


def consent_new(request, pk):
    """Record a consent from paper or, where the school has introduced it, give one's own with the password."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    purpose, part, matter = asked_for(request)
    own = request.user.person_id == shown.pk and presenters.electronic() and request.GET.get("form") != "paper"
    if not own and not request.user.can(Right.CONSENTS_RECORD):
        return _how_on_paper(request, shown)
    if not purpose or (purpose == DUTIES and not (part and matter)):
        return redirect("people:person_consents", shown.pk)
    if own:
        form = OwnConsentForm(request.POST or None, purpose=purpose, user=request.user)
    else:
        form = PaperConsentForm(request.POST or None, request.FILES or None, purpose=purpose)
    words = matter_in_words(shown, part, matter) if matter else ""
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _record(request, form, shown, purpose, part, matter, words, own))
        if made:
            messages.success(request, f"{shown.short_name}: согласие записано.")
            return redirect(made)
    return render(
        request,
        "people/consents/consent_new.html",
        presenters.form_context(shown, purpose, part, matter, words, form=form, own=own),
    )


def _record(request, form, shown, purpose, part, matter, words, own):
    """Record the consent with its scan; the scan of a refused one is not kept."""
    data = form.cleaned_data
    if own:
        given_on, way, address = timezone.localdate(), consent_acts.APPLICATION, get_ip(request)
    else:
        given_on, way, address = data["given_on"], consent_acts.PAPER, None
    with stored_upload(data.get("scan"), by=request.user) as scan:
        return consent_acts.record(
            shown,
            purpose,
            by=request.user,
            given_on=given_on,
            part=part,
            matter=matter,
            matter_words=words,
            form=way,
            scan=scan,
            address=address,
            **form.given(),
        )


def _attach(form, shown, user):
    data = form.cleaned_data
    with stored_upload(data["scan"], by=user) as scan:
        return consent_acts.attach_scan(shown, by=user, scan=scan, reason=data.get("reason", ""))


def _how_on_paper(request, shown):
    require(request.user, Right.CONSENTS_RECORD, unless=request.user.person_id == shown.pk)
    messages.info(request, ON_PAPER)
    return redirect("people:person_consents", shown.pk)


def asked_for(request) -> tuple:
    """Return purpose, part and matter of the address; what makes no sense comes back empty."""
    purpose, part = request.GET.get("purpose", ""), request.GET.get("part", "")
    try:
        matter = uuid.UUID(request.GET.get("matter", ""))
    except ValueError:
        matter = None
    purpose = purpose if purpose in Consent.Purpose.values else ""
    if purpose != DUTIES:
        return purpose, "", None
    return purpose, part if part in Consent.Part.values else "", matter


def blank(request, pk):
    """The form of a consent as PDF, filled in with what is known, to be signed by a pen."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(
        request.user,
        Right.CONSENTS_RECORD,
        unless=request.user.person_id == shown.pk,
        also="сам человек",
        act="напечатать бланк согласия",
    )
    purpose, part, matter = asked_for(request)
    if not purpose or (purpose == DUTIES and not part):
        raise Http404("Нет такого согласия")
    words = matter_in_words(shown, part, matter) if matter else ""
    facts = texts.paper_facts(shown, purpose, matter_words=words)
    template = texts.template_name(purpose, part, consent_acts.latest_text(purpose, part))
    return presenters.pdf(template, facts, f"Согласие {shown.short_name}")


def words(request, pk):
    """The words of a consent as they were signed, as PDF with their SHA-256."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person"), pk=pk)
    note(request.user, shown.person_id, Kind.CONSENTS, exported=True)
    facts = {
        "lines": shown.text.split("\n"),
        "sha256": shown.text_sha256,
        "date": shown.given_on.isoformat(),
        "school": texts.operator_facts(),
    }
    return presenters.pdf(
        "people/consents/consent_paper.html", facts, f"Согласие {shown.person.short_name} {shown.given_on}"
    )


def scan(request, pk):
    """The scan of a signed paper."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("scan"), pk=pk)
    note(request.user, shown.person_id, Kind.CONSENTS, exported=True)
    return serve(asked_scan(request, shown, "scan"), inline=True)


def attach(request, pk):
    """Attach the scan of a paper, or replace a wrong one with a reason."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person", "scan"), pk=pk)
    require(request.user, Right.CONSENTS_RECORD, act="приложить скан согласия")
    form = ScanForm(request.POST or None, request.FILES or None, present=shown.scan)
    if request.method == "POST" and form.is_valid() and act_with_form(form, lambda: _attach(form, shown, request.user)):
        messages.success(request, "Скан заменён." if shown.scan else "Скан приложен.")
        return redirect(shown)
    context = {
        "form": form,
        "heading": f"Скан согласия: {shown.person.short_name}",
        "multipart": True,
        "lead": f"{presenters.heading(shown)}. {REPLACE}" if shown.scan else presenters.heading(shown),
        "submit": scan_words(shown.scan),
        "cancel_url": shown.get_absolute_url(),
        "crumbs": [
            Crumb("Согласия", reverse("people:consents")),
            Crumb(shown.person.short_name, shown.get_absolute_url()),
            Crumb("Скан"),
        ],
    }
    return render(request, "form.html", context)


@require_POST
def ask(request, pk):
    """Ask a person by letter to sign the consent to processing."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    to = reverse("people:person_consents", args=[shown.pk])
    return act_and_redirect(
        request,
        lambda: consent_acts.ask(shown, by=request.user) or shown,
        success=f"{shown.short_name}: просьба о согласии написана.",
        to=came_from(request, to),
    )


def empty_form(request):
    """An empty form of a consent or of a withdrawal as PDF, for anybody to fill in by a pen."""
    purpose, part, _ = asked_for(request)
    if not purpose or (purpose == DUTIES and not part):
        raise Http404("Нет такого бланка")
    if request.GET.get("paper") == "withdrawal":
        facts = withdrawal_presenters.form_facts(None, purpose, part)
        return presenters.pdf("documents/withdrawal.html", facts, "Отзыв согласия, бланк")
    facts = texts.paper_facts(None, purpose)
    template = texts.template_name(purpose, part, consent_acts.latest_text(purpose, part))
    return presenters.pdf(template, facts, "Согласие, бланк")
