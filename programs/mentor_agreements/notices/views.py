"""Notices of an early end: the list, one notice, giving, taking back together, the order that records it (ТК 351.8)."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site import history as mentoring_site_history
from mentoring_site.files import keeping, serve
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.lists import page_of
from mentoring_site.russian import plural, rudate
from people.consents import presenters as consent_presenters
from people.consents.matters import matter_in_words
from people.language.name_text import search_terms
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.rights import Right
from programs.mentor_agreements import documents as agreement_documents
from programs.mentor_agreements.forms import OrderForm
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts, presenters
from programs.mentor_agreements.notices.forms import NoticeForm, NoticesFilter, OwnNoticeForm, PaperForm
from programs.mentor_agreements.without_agreement import pairing_of

WORDS = ("уведомление", "уведомления", "уведомлений")
WHO = "Уведомления записывают куратор, специалист по кадрам и директор; о себе самом — другой из них"


def notices(request):
    """«Уведомления»; a mentor sees one's own."""
    form = NoticesFilter(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    found = Notice.objects.visible_to(request.user).select_related("person").defer("papers")
    for term in search_terms(chosen.get("q", "")):
        found = found.filter(person__search__contains=term)
    found = {
        "live": lambda q: q.live().filter(took_effect_on__isnull=True),
        "order": lambda q: q.awaiting_order(),
        "paper": lambda q: q.awaiting_paper(),
        "withdrawn": lambda q: q.filter(withdrawn_on__isnull=False),
    }.get(chosen.get("state"), lambda q: q)(found)
    context = page_of(found, request)
    context |= {
        "form": form,
        "url": reverse("programs:notices"),
        "bare": not chosen,
        "found": plural(context["page_obj"].paginator.count, WORDS),
        "rows": [
            {"notice": n, "badge": acts.badge(n), "order": presenters.order_words(n)} for n in context["page_obj"]
        ],
    }
    return render(request, "programs/mentor_agreements/notices.html", context)


def notice(request, pk):
    """One notice: from whom, from when, what comes next, whose move it is."""
    shown = _visible(request, pk)
    context = {
        "notice": shown,
        "badge": acts.badge(shown),
        "facts": presenters.facts(shown),
        "steps": presenters.steps(shown, _keeps(request.user, shown)),
        "actions": presenters.actions(shown, request.user),
        "entries": mentoring_site_history.entries([shown]),
        "crumbs": _crumbs(shown),
    }
    return render(request, "programs/mentor_agreements/notice.html", context)


def notice_new(request, pk, giver):
    """Give a notice: the mentor by the application with the password, all others from paper."""
    shown, pairing = _about(request, pk, giver)
    own = giver == acts.WORKER and request.user.person_id == shown.pk
    if not own and (request.user.person_id == shown.pk or not request.user.can(Right.AGREEMENTS_RECORD)):
        raise PermissionDenied(WHO)
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
    told = presenters.consequences(shown, giver, own, electronic=consent_presenters.electronic())
    heading = f"{presenters.HEADINGS[giver]}: {shown.short_name}"
    context = {
        "form": form,
        "heading": heading,
        "submit": "Подать уведомление" if own else "Записать уведомление",
        "danger": own,
        "multipart": not own,
        "cancel_url": reverse("programs:person_agreements", args=[shown.pk]),
        "blank_url": blank_url,
        "consequences": told,
        "lead": _pairing_in_words(shown, pairing),
        "crumbs": person_crumbs(request.user, shown, presenters.HEADINGS[giver]),
    }
    return render(request, "programs/mentor_agreements/notice_new.html", context)


def _give(request, shown, pairing, giver, form, own):
    with keeping(form.cleaned_data.get("scan"), by=request.user) as scan:
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


def blank(request, pk, giver):
    """The form of a notice as PDF, filled in with what is known, to be signed by a pen."""
    shown, pairing = _about(request, pk, giver)
    if request.user.person_id != shown.pk and not request.user.can(Right.AGREEMENTS_RECORD):
        raise PermissionDenied("Бланк печатают сам наставник, куратор, специалист по кадрам и директор")
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


def pdf(request, pk):
    """The notice as it was given, as PDF."""
    shown = _visible(request, pk)
    return consent_presenters.pdf(
        agreement_documents.TEMPLATES[shown.giver],
        shown.papers,
        agreement_documents.file_name(shown.giver, shown.person),
    )


def scan(request, pk):
    """The scan of a signed notice."""
    shown = _visible(request, pk)
    if shown.scan is None:
        raise Http404("Скана нет")
    return serve(shown.scan, inline=True)


def _with_scan(request, form, act):
    with keeping(form.cleaned_data["scan"], by=request.user) as scan:
        return act(scan)


def record_paper(request, pk):
    """Record the signed paper of a notice from the application, or attach the scan of one recorded without it."""
    shown = _kept(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    form.fields["scan"].required = not shown.needs_paper
    if request.method == "POST" and form.is_valid():
        act = acts.record_paper if shown.needs_paper and not shown.paper_on else acts.attach_scan
        if act_with_form(form, lambda: _with_scan(request, form, lambda scan: act(shown, by=request.user, scan=scan))):
            messages.success(request, "Бумага записана. Дни уведомления остались, какими были.")
            return redirect(shown)
    return render(request, "form.html", _form(shown, form, "Подписанная бумага", "Записать бумагу", multipart=True))


def withdraw(request, pk):
    """Take a notice back by mutual consent: the giver offers, the other side agrees, or a paper of both is recorded."""
    shown = _visible(request, pk)
    if not acts.side_of(request.user, shown):
        raise PermissionDenied("Отозвать уведомление могут только наставник и работодатель вместе")
    paper = request.GET.get("paper") == "1" and _keeps(request.user, shown)
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
    context = _form(shown, None, "Отозвать уведомление", presenters.withdrawal_label(shown, request.user, paper))
    return render(request, "confirm.html", context | {"consequences": presenters.withdrawal_words(shown, paper)})


def order(request, pk):
    """Record the order that relieves the mentor by this notice."""
    shown = _kept(request, pk)
    form = OrderForm(request.POST or None)
    posted = request.method == "POST" and form.is_valid()
    if posted and act_with_form(form, lambda: acts.record_order(shown, by=request.user, **form.cleaned_data)):
        messages.success(request, "Приказ записан.")
        return redirect(shown)
    lead = "Приказ о снятии обязанностей только записывает уведомление: отклонить его нельзя."
    return render(request, "form.html", _form(shown, form, "Приказ по уведомлению", "Записать приказ") | {"lead": lead})


def _about(request, pk, giver):
    """Return whom and which pair or group (None while it is not clear) a notice is about.

    ``?matter=`` is the pairing's UUID; without it a mentor with one live agreement is about its pair.
    """
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if giver not in Notice.Giver.values:
        raise Http404("Предупредить может наставник или работодатель")
    return shown, pairing_of(shown, request.GET.get("matter", ""))


def _pairing_in_words(shown, pairing) -> str:
    return matter_in_words(shown, "mentor", pairing.uuid) if pairing else ""


def _visible(request, pk):
    found = Notice.objects.visible_to(request.user).select_related("person", "agreement", "scan")
    return get_object_or_404(found, pk=pk)


def _keeps(user, shown) -> bool:
    return user.can(Right.AGREEMENTS_RECORD) and user.person_id != shown.person_id


def _kept(request, pk):
    shown = _visible(request, pk)
    if not _keeps(request.user, shown):
        raise PermissionDenied(WHO)
    return shown


def _crumbs(shown, last: str = "") -> list:
    start = [
        ("Уведомления", reverse("programs:notices")),
        (shown.person.short_name, shown.get_absolute_url() if last else None),
    ]
    return [*start, (last, None)] if last else start


def _form(shown, form, heading: str, submit: str, **more) -> dict:
    return {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(shown, heading),
        **more,
    }
