"""Agreements with mentors: the list, one agreement, each step of ТК 351.8, papers as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site import history as mentoring_site_history
from mentoring_site.edits import save_edit
from mentoring_site.files import keeping, serve
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.lists import page_of, wants_xlsx, xlsx_url
from mentoring_site.russian import plural
from mentoring_site.xlsx.writer import stream_xlsx
from people.consents import presenters as consent_presenters
from people.consents.forms import ScanForm
from people.language.name_text import search_terms
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.register.presenters import tabs
from people.rights import Right
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import documents, presenters
from programs.mentor_agreements.forms import (
    AgreementsFilter,
    AssignForm,
    CloseForm,
    ExemptForm,
    OrderForm,
    ReasonForm,
    SignForm,
    StartForm,
    StopForm,
    TermsForm,
)
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices.acts import badge as notice_badge
from programs.mentor_agreements.without_agreement import mentors, openings

WORDS = ("соглашение", "соглашения", "соглашений")
WHO = "Соглашения с наставниками ведут куратор, специалист по кадрам и директор; о себе самом — другой из них"
SCANS = ("assignment_scan", "scan")


def agreements(request):
    """«Соглашения с наставниками»; a mentor sees one's own."""
    form = AgreementsFilter(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    found = (
        MentorAgreement.objects.visible_to(request.user)
        .with_stage()
        .select_related("person", "employment__organisation")
    )
    for term in search_terms(chosen.get("q", "")):
        found = found.filter(person__search__contains=term)
    found = found.filter(**{name: chosen[name] for name in ("stage", "kind") if name in chosen}).order_by(
        "-created_at", "-pk"
    )
    if wants_xlsx(request):
        rows = (presenters.cells(agreement) for agreement in found.iterator(chunk_size=500))
        return stream_xlsx(f"Соглашения {timezone.localdate():%d.%m.%Y}", "Соглашения", presenters.COLUMNS, rows)
    keeper = request.user.can(Right.AGREEMENTS_RECORD)
    context = page_of(found.defer("content", "papers"), request)
    context |= {
        "form": form,
        "url": reverse("programs:agreements"),
        "xlsx_url": xlsx_url(request, reverse("programs:agreements")),
        "found": plural(context["page_obj"].paginator.count, WORDS),
        "bare": not chosen,
        "keeper": keeper,
        "rows": [presenters.row(agreement) for agreement in context["page_obj"]],
        "without": list(mentors()[:30]) if keeper and not chosen else [],
    }
    return render(request, "programs/mentor_agreements/agreements.html", context)


def person_agreements(request, pk):
    """The agreements and notices of one person."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    own = request.user.person_id == shown.pk
    if not own and not request.user.can(Right.AGREEMENTS_SEE_ALL):
        raise PermissionDenied("Соглашения человека видят он сам, директор, куратор и специалист по кадрам")
    found = (
        shown.agreements.with_stage().select_related("person", "employment__organisation").defer("content", "papers")
    )
    keeper = request.user.can(Right.AGREEMENTS_RECORD) and not own
    begin = openings(shown) if keeper or own else []
    context = {
        "person": shown,
        "tabs": tabs(request.user, shown, "agreements"),
        "crumbs": person_crumbs(request.user, shown, "Соглашения"),
        "rows": [presenters.row(agreement) for agreement in found],
        "own": own,
        "keeper": keeper,
        "begin": begin,
        "notices": [{"notice": n, "badge": notice_badge(n)} for n in shown.notices.select_related("person")],
    }
    return render(request, "programs/mentor_agreements/person_agreements.html", context)


def agreement_new(request, pk):
    """Begin an agreement: the pair and the one place of work."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.can(Right.AGREEMENTS_RECORD) or request.user.person_id == shown.pk:
        raise PermissionDenied(WHO)
    found = openings(shown)
    employments = shown.employments.current().select_related("organisation").order_by("-is_teaching", "pk")
    form = StartForm(request.POST or None, openings=found, employments=employments)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        term = next(o for o in found if str(o.pairing.pk) == data["pairing"])
        made = act_with_form(
            form,
            lambda: agreement_acts.start(
                shown,
                data["employment"],
                by=request.user,
                pairing=term.pairing,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                request_key=data["request_key"],
            ),
        )
        if made:
            messages.success(
                request, f"{shown.short_name}: оформление начато. Напечатайте поручение и запишите его дату."
            )
            return redirect(made)
    context = {
        "form": form,
        "heading": f"Оформить наставника: {shown.short_name}",
        "submit": "Начать оформление",
        "lead": "" if found else "Пар и групп, по которым соглашение ещё не ведётся, у этого человека нет.",
        "cancel_url": reverse("programs:person_agreements", args=[shown.pk]),
        "crumbs": person_crumbs(request.user, shown, "Оформить наставника"),
    }
    return render(request, "form.html", context)


def agreement(request, pk):
    """One agreement: facts, steps with whose move it is, papers, notices, history."""
    shown = _visible(request, pk)
    keeper = request.user.can(Right.AGREEMENTS_RECORD) and request.user.person_id != shown.person_id
    notices = list(shown.notices.visible_to(request.user).select_related("person"))
    context = {
        "agreement": shown,
        "badge": presenters.badge(shown),
        "facts": presenters.facts(shown, request.user),
        "steps": presenters.steps(shown, keeper),
        "actions": presenters.actions(shown, request.user),
        "warning": agreement_acts.consent_warning(shown),
        "content": documents.lines(shown.content),
        "crumbs": _crumbs(shown),
        "notices": [{"notice": n, "badge": notice_badge(n)} for n in notices],
        "entries": mentoring_site_history.entries([shown, *notices]),
    }
    return render(request, "programs/mentor_agreements/agreement.html", context)


def assign(request, pk):
    """Record the employer's assignment."""
    shown = _kept(request, pk)
    form = AssignForm(request.POST or None, request.FILES or None)
    return _step(
        request,
        shown,
        form,
        "Поручение работодателя",
        "Записать поручение",
        lambda data, scan: agreement_acts.assign(shown, by=request.user, on=data["on"], scan=scan),
        done="Поручение записано. Теперь нужно согласие наставника.",
        lead="Напечатайте поручение, дайте директору подписать и запишите дату. Согласие наставника отвечает на него.",
    )


def terms(request, pk):
    """The terms of the paper: they may change until it is signed."""
    shown = _kept(request, pk)
    default = {
        "content": ".\n".join(documents.CONTENT),
        "work_form": documents.WORK_FORM,
        "pay_from": shown.starts_on,
    }
    initial = {"version": shown.version, **({} if shown.content else default)}
    form = TermsForm(request.POST or None, instance=shown, initial=initial)
    changed = []
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version = data.pop("version")
        if save_edit(
            request,
            form,
            lambda: agreement_acts.set_terms(shown, by=request.user, version=version, **data),
            "Условия записаны. Напечатайте соглашение и дайте подписать.",
            changed,
        ):
            return redirect(shown)
    context = _form_context(shown, form, "Условия", "Записать условия") | {"changed": changed}
    return render(request, "edit.html", context)


def exempt(request, pk):
    """«Наставничество входит в трудовую функцию и оплачено в ней»: the switch of one mentor, on and off."""
    shown = _kept(request, pk)
    if shown.is_exempt:
        form = None
        if request.method == "POST":
            return act_and_redirect(
                request,
                lambda: agreement_acts.end_exemption(shown, by=request.user),
                success="Теперь нужно соглашение.",
                to=shown,
            )
        submit, lead = "Соглашение нужно", f"Сейчас записано: {shown.exempt_reason}"
        told = ["Понадобится дополнительное соглашение: содержание, срок, форма, оплата."]
    else:
        form = ExemptForm(request.POST or None)
        if (
            form.is_bound
            and form.is_valid()
            and act_with_form(
                form, lambda: agreement_acts.exempt(shown, by=request.user, reason=form.cleaned_data["reason"])
            )
        ):
            messages.success(request, "Записано: соглашение по статье 351.8 не заключают.")
            return redirect(shown)
        submit, lead = "Записать", "Наставничество входит в трудовую функцию и оплачено в ней"
        told = [
            "Дополнительного соглашения и приказа об оплате не будет.",
            "Поручение и согласие наставника всё равно нужны (п. 3.2).",
        ]
    context = _form_context(shown, form, "Нужно ли соглашение", submit) | {"consequences": told, "lead": lead}
    return render(request, "confirm.html", context)


def sign(request, pk):
    """Record the signatures of both sides."""
    shown = _kept(request, pk)
    form = SignForm(request.POST or None, request.FILES or None, founder=shown.kind == agreement_acts.FOUNDER)
    missing = [] if shown.signed_on else agreement_acts.missing_for_signature(shown)
    return _step(
        request,
        shown,
        form,
        "Подписи обеих сторон",
        "Записать подписи",
        lambda data, scan: agreement_acts.sign(
            shown,
            by=request.user,
            number=data["number"],
            on=data["on"],
            scan=scan,
            founder_words=data.get("founder_words", ""),
        ),
        done="Подписи записаны.",
        lead=" ".join(missing),
    )


def order(request, pk):
    """Record the order on pay (or the founder's act) that was registered elsewhere."""
    shown = _kept(request, pk)
    act = agreement_acts.paid_by_founder if shown.kind == agreement_acts.FOUNDER else agreement_acts.paid_by_order
    return _step(
        request,
        shown,
        OrderForm(request.POST or None),
        "Приказ об оплате",
        "Записать приказ",
        lambda data, _: act(shown, by=request.user, **data),
        done="Приказ об оплате записан.",
        lead="Приказ по личному составу: выплаты приказом по основной деятельности не устанавливают.",
    )


def stop(request, pk):
    """Record the order that stops the pay."""
    shown = _kept(request, pk)
    form = StopForm(request.POST or None, initial={"on": shown.paid_through})
    return _step(
        request,
        shown,
        form,
        "Приказ о прекращении выплаты",
        "Записать приказ",
        lambda data, _: agreement_acts.stop_pay(shown, by=request.user, **data),
        done="Прекращение выплаты записано.",
    )


def close(request, pk):
    """End an agreement when the work is over."""
    shown = _kept(request, pk)
    return _step(
        request,
        shown,
        CloseForm(request.POST or None),
        "Закончить соглашение",
        "Закончить",
        lambda data, _: agreement_acts.close(shown, by=request.user, on=data["on"]),
        done="Соглашение закончено.",
        lead="Когда работа окончена. Если наставник отказался или поручение отменено раньше — запишите уведомление.",
    )


def drop(request, pk):
    """Take back what was begun by mistake."""
    shown = _kept(request, pk)
    return _step(
        request,
        shown,
        ReasonForm(request.POST or None),
        "Снять оформление",
        "Снять",
        lambda data, _: agreement_acts.drop(shown, by=request.user, reason=data["reason"]),
        done="Оформление снято.",
        danger=True,
    )


def attach(request, pk, paper):
    """Attach the scan of the assignment or of the agreement."""
    shown = _kept(request, pk)
    if paper not in SCANS:
        raise Http404("Нет такой бумаги")
    form = ScanForm(request.POST or None, request.FILES or None)
    return _step(
        request,
        shown,
        form,
        "Скан",
        "Приложить скан",
        lambda data, scan: agreement_acts.attach_scan(shown, by=request.user, paper=paper, scan=scan),
        done="Скан приложен.",
    )


def scan(request, pk, paper):
    """The scan of a signed paper."""
    shown = _visible(request, pk)
    stored = getattr(shown, paper) if paper in SCANS else None
    if stored is None:
        raise Http404("Скана нет")
    return serve(stored, inline=True)


def paper(request, pk, paper):
    """A paper of an agreement as PDF: as it was signed, else as it would be now."""
    shown = _visible(request, pk)
    if paper not in dict(presenters.papers(shown)):
        raise Http404("Такой бумаги у этого соглашения нет")
    made = documents.assignment if paper == "assignment" else documents.paper
    facts = shown.papers.get(paper) or made(shown)
    return consent_presenters.pdf(documents.TEMPLATES[paper], facts, documents.file_name(paper, shown.person))


def _visible(request, pk):
    found = MentorAgreement.objects.visible_to(request.user).with_stage()
    return get_object_or_404(
        found.select_related("person", "pairing", "employment__organisation", "assignment_scan", "scan"), pk=pk
    )


def _kept(request, pk):
    """The agreement of a step: visible, and the user keeps it."""
    shown = _visible(request, pk)
    if not request.user.can(Right.AGREEMENTS_RECORD) or request.user.person_id == shown.person_id:
        raise PermissionDenied(WHO)
    return shown


def _crumbs(shown, last: str = "") -> list:
    start = [
        ("Соглашения", reverse("programs:agreements")),
        (shown.person.short_name, shown.get_absolute_url() if last else None),
    ]
    return [*start, (last, None)] if last else start


def _form_context(shown, form, heading: str, submit: str) -> dict:
    return {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": _crumbs(shown, heading),
    }


def _with_scan(upload, user, act):
    with keeping(upload, by=user) as scan:
        return act(scan)


def _step(request, shown, form, heading: str, submit: str, act, *, done: str, lead: str = "", danger: bool = False):
    """One form, one act: ``act(data, scan)``; the scan of the form is stored first."""
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        upload = data.pop("scan", None)
        if act_with_form(form, lambda: _with_scan(upload, request.user, lambda scan: act(data, scan))):
            messages.success(request, f"{shown.person.short_name}: {done[:1].lower()}{done[1:]}")
            return redirect(shown)
    context = _form_context(shown, form, heading, submit)
    return render(request, "form.html", context | {"lead": lead, "danger": danger, "multipart": "scan" in form.fields})
