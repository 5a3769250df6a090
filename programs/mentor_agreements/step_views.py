"""Steps of an agreement with a mentor, each a form of its own: start, assignment, terms, signatures, pay (ТК 351.8)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.edits import save_edit
from mentoring_site.files import stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.scans import REPLACE, ScanForm, scan_words
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from programs.mentor_agreements import acts, documents, presenters
from programs.mentor_agreements.forms import (
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
from programs.mentor_agreements.views import crumbs, visible_agreement
from programs.mentor_agreements.without_agreement import openings


def agreement_new(request, pk: int) -> HttpResponse:
    """Begin an agreement: the pair and the one place of work."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    acts.check_may_record(request.user, shown.pk)
    found = openings(shown)
    employments = shown.employments.current().select_related("organisation").order_by("-is_teaching", "pk")
    form = StartForm(request.POST or None, openings=found, employments=employments)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        term = next(o for o in found if str(o.pairing.pk) == data["pairing"])
        made = act_with_form(
            form,
            lambda: acts.start(
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


def assign(request, pk: int) -> HttpResponse:
    """Record the employer's assignment."""
    shown = _to_record(request, pk)
    form = AssignForm(request.POST or None, request.FILES or None)
    return _step(
        request,
        shown,
        form,
        "Поручение работодателя",
        "Записать поручение",
        lambda data, scan: acts.assign(shown, by=request.user, on=data["on"], scan=scan),
        done="Поручение записано. Теперь нужно согласие наставника.",
        lead="Напечатайте поручение, дайте директору подписать и запишите дату. Согласие наставника отвечает на него.",
    )


def terms(request, pk: int) -> HttpResponse:
    """The terms of the paper: they may change until it is signed."""
    shown = _to_record(request, pk)
    default = {
        "content": ".\n".join(documents.default_content(shown)),
        "work_form": documents.default_form(shown),
        "report": documents.REPORT,
        "pay_from": shown.starts_on,
    }
    initial = {"version": shown.version, **({} if shown.content else default)}
    form = TermsForm(request.POST or None, instance=shown, initial=initial)
    changed: list = []
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version = data.pop("version")
        if save_edit(
            request,
            form,
            lambda: acts.set_terms(shown, by=request.user, version=version, **data),
            "Условия записаны. Напечатайте соглашение и дайте подписать.",
            changed,
        ):
            return redirect(shown)
    context = _form_context(shown, form, "Условия", "Записать условия") | {"changed": changed}
    return render(request, "edit.html", context)


def exempt(request, pk: int) -> HttpResponse:
    """«Наставничество входит в трудовую функцию и оплачено в ней»: record it for one mentor, or take it back."""
    shown = _to_record(request, pk)
    if shown.is_exempt:
        return _end_exemption(request, shown)
    form = ExemptForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: acts.exempt(shown, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, "Записано: соглашение по статье 351.8 не заключают.")
        return redirect(shown)
    context = _form_context(shown, form, "Нужно ли соглашение", "Записать") | {
        "lead": "Наставничество входит в трудовую функцию и оплачено в ней",
        "consequences": [
            "Дополнительного соглашения и приказа об оплате не будет.",
            "Поручение и согласие наставника всё равно нужны (п. 3.2).",
        ],
    }
    return render(request, "confirm.html", context)


def _end_exemption(request, shown: MentorAgreement) -> HttpResponse:
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.end_exemption(shown, by=request.user),
            success="Теперь нужно соглашение.",
            to=shown,
        )
    context = _form_context(shown, None, "Нужно ли соглашение", "Соглашение нужно") | {
        "lead": f"Сейчас записано: {shown.exempt_reason}",
        "consequences": ["Понадобится дополнительное соглашение: содержание, срок, форма, оплата."],
    }
    return render(request, "confirm.html", context)


def sign(request, pk: int) -> HttpResponse:
    """Record the signatures of both sides."""
    shown = _to_record(request, pk)
    form = SignForm(request.POST or None, request.FILES or None, founder=shown.kind == MentorAgreement.Kind.FOUNDER)
    missing = [] if shown.signed_on else acts.missing_for_signature(shown)
    return _step(
        request,
        shown,
        form,
        "Подписи обеих сторон",
        "Записать подписи",
        lambda data, scan: acts.sign(
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


def order(request, pk: int) -> HttpResponse:
    """Record the order on pay (or the founder's act) that was registered elsewhere."""
    shown = _to_record(request, pk)
    act = acts.paid_by_founder if shown.kind == MentorAgreement.Kind.FOUNDER else acts.paid_by_order
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


def stop(request, pk: int) -> HttpResponse:
    """Record the order that stops the pay."""
    shown = _to_record(request, pk)
    form = StopForm(request.POST or None, initial={"on": shown.paid_through})
    return _step(
        request,
        shown,
        form,
        "Приказ о прекращении выплаты",
        "Записать приказ",
        lambda data, _: acts.stop_pay(shown, by=request.user, **data),
        done="Прекращение выплаты записано.",
    )


def close(request, pk: int) -> HttpResponse:
    """End an agreement when the work is over."""
    shown = _to_record(request, pk)
    return _step(
        request,
        shown,
        CloseForm(request.POST or None),
        "Закончить соглашение",
        "Закончить",
        lambda data, _: acts.close(shown, by=request.user, on=data["on"]),
        done="Соглашение закончено.",
        lead="Когда работа окончена. Если наставник отказался или поручение отменено раньше — запишите уведомление.",
    )


def drop(request, pk: int) -> HttpResponse:
    """Take back what was begun by mistake."""
    shown = _to_record(request, pk)
    return _step(
        request,
        shown,
        ReasonForm(request.POST or None),
        "Снять оформление",
        "Снять",
        lambda data, _: acts.drop(shown, by=request.user, reason=data["reason"]),
        done="Оформление снято.",
        danger=True,
    )


def attach(request, pk: int, paper: str) -> HttpResponse:
    """Attach the scan of the assignment or of the agreement, or replace a wrong one with a reason."""
    shown = _to_record(request, pk)
    if paper not in presenters.SCANS:
        raise Http404("Нет такой бумаги")
    present = getattr(shown, paper)
    return _step(
        request,
        shown,
        ScanForm(request.POST or None, request.FILES or None, present=present),
        "Скан",
        scan_words(present),
        lambda data, scan: acts.attach_scan(
            shown, by=request.user, paper=paper, scan=scan, reason=data.get("reason", "")
        ),
        done="Скан заменён." if present else "Скан приложен.",
        lead=REPLACE if present else "",
    )


def _to_record(request, pk: int) -> MentorAgreement:
    """Return the agreement of a step: visible, and the user records it."""
    shown = visible_agreement(request, pk)
    acts.check_may_record(request.user, shown.person_id)
    return shown


def _form_context(shown, form, heading: str, submit: str) -> dict:
    return {
        "form": form,
        "heading": f"{heading}: {shown.person.short_name}",
        "submit": submit,
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(shown, heading),
    }


def _with_scan(upload, user, act):
    with stored_upload(upload, by=user) as scan:
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
