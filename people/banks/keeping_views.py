"""Pages of keeping the banks: an entry put right, what was put right, the yearly review with two names (п. 3.4)."""

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural, ruday
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.ui.list_page import page_of
from mentoring_site.views_log import Kind, note
from people.accounts.requests import UserRequest
from people.banks import keeping, presenters
from people.banks.forms import ReviewForm
from people.banks.keeping_forms import CorrectionForm, SendReviewBackForm
from people.banks.models import BankCorrection, BankReview, Candidate
from people.banks.presenters import BANK_OF_PART, PART_OF_BANK, TITLES
from people.rights import Right


@require_http_methods(["GET", "POST"])
def correct(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put facts of an entry right; its state stays as it is."""
    found = get_object_or_404(Candidate.objects.visible_to(request.user).select_related("person"), pk=pk)
    require(request.user, Right.BANKS_CORRECT)
    if found.state not in Candidate.LIVE_STATES or found.filled_at is None:
        messages.info(request, keeping.NOT_FILLED if found.filled_at is None else "Этой записи в банке больше нет")
        return redirect(found)
    note(request.user, found.person_id, Kind.QUESTIONNAIRE)
    form = CorrectionForm(request.POST or None, candidate=found)

    def act() -> BankCorrection:
        return keeping.correct(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, None, obj=found):
        success = "Сведения исправлены" if keeping.is_curators(request.user) else "Исправлено. Дальше смотрит куратор"
        undo.say(request, success, found, "correct")
        return redirect(found)
    context = {
        "form": form,
        "heading": f"Исправить сведения: {found.person.short_name}",
        "lead": "Состояние записи здесь не меняется: о людях решают директор и куратор.",
        "hint": by_letter("Человек узнает об исправлении из письма."),
        "submit": "Исправить сведения",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(found, "Исправить сведения"),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def corrections(request: UserRequest, bank: str) -> HttpResponseBase:
    """What was put right in a bank, the newest first; the curator marks it as looked at."""
    part, user = PART_OF_BANK[bank], request.user
    require(user, Right.BANKS_CORRECT)
    found = BankCorrection.objects.visible_to(user).filter(candidate__part=part)
    here = reverse("people:bank_corrections", args=[bank])
    if request.method == "POST":
        typed = request.POST.get("upto", "")
        upto = int(typed) if typed.isdecimal() and len(typed) < 12 else 0
        return act_and_redirect(
            request,
            lambda: keeping.see(part, by=user, upto=upto),
            success=lambda seen: f"Просмотрено: {plural(seen, 'исправление,исправления,исправлений')}",
            to=here,
        )
    unseen = found.unseen().aggregate(last=Max("pk"))["last"]
    page = page_of(found.select_related("candidate__person", "corrected_by__person", "seen_by__person"), request)
    title = TITLES[part]
    context = page | {
        "title": f"{title}: исправления",
        "rows": page["page_obj"],
        "upto": unseen if unseen and keeping.is_curators(user) else 0,
        "crumbs": [Crumb(title, reverse(f"people:bank_{bank}")), Crumb("Исправления")],
    }
    return render(request, "people/banks/bank_corrections.html", context)


@require_http_methods(["GET", "POST"])
def review(request: UserRequest, bank: str) -> HttpResponseBase:
    """Write down that the bank was gone through (п. 3.4: at least once a year)."""
    require(request.user, Right.BANKS_CORRECT, act="записать проверку банка")
    part = PART_OF_BANK[bank]
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = act_with_form(
            form, lambda: keeping.review(part, by=request.user, on=data["on"], note=data["note"]), request
        )
        if isinstance(done, BankReview):
            told = "Она засчитается, когда её подтвердит куратор." if done.waits else ""
            undo.say(request, f"{TITLES[part]}: проверка записана. {told}".strip(), done, "review")
        if done:
            return redirect(f"people:bank_{bank}")
    title = TITLES[part]
    context = {
        "form": form,
        "heading": f"{title} проверен",
        "submit": "Записать проверку",
        "cancel_url": reverse(f"people:bank_{bank}"),
        "lead": (
            "Банк проверяют не реже одного раза в год: кто пришёл, кто ушёл, у кого появились новые запросы (п. 3.4)."
            " Под проверкой стоят два имени: куратора и системного администратора."
        ),
        "crumbs": [Crumb(title, reverse(f"people:bank_{bank}")), Crumb("Проверка")],
    }
    return render(request, "form.html", context)


def _review(request: UserRequest, pk: int) -> BankReview:
    found = BankReview.objects.visible_to(request.user).select_related("recorded_by__person")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
def confirm(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put the second name under a review."""
    require(request.user, Right.BANKS_CORRECT, act="подтвердить проверку банка")
    found = _review(request, pk)
    back = reverse(f"people:bank_{BANK_OF_PART[found.part]}")
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: keeping.confirm(found, by=request.user), success="Проверка подтверждена", to=back
        )
    if not keeping.may_confirm(found, request.user):
        messages.info(request, "Проверка уже подтверждена" if found.confirmed_by_id else keeping.BOTH_NAMES)
        return redirect(back)
    context = {
        "heading": f"Подтвердить проверку? {TITLES[found.part]}",
        "facts": review_facts(found),
        "consequences": ["Под проверкой встанет и Ваше имя", "Следующая проверка понадобится через год после неё"],
        "submit": "Подтвердить проверку",
        "cancel_url": back,
        "crumbs": [Crumb(TITLES[found.part], back), Crumb("Подтвердить проверку")],
        "other": (reverse("people:bank_review_return", args=[pk]), "Проверку надо повторить") if found.waits else None,
    }
    return render(request, "people/banks/bank_review_confirm.html", context)


def review_facts(found: BankReview) -> list[Fact]:
    """Return what stands in the record of a review."""
    return Fact.known(
        [
            ("Когда проверен", ruday(found.reviewed_on)),
            ("Кто записал", found.recorded_by.person.short_name),
            ("Что изменилось", found.note),
        ]
    )


@require_http_methods(["GET", "POST"])
def send_review_back(request: UserRequest, pk: int) -> HttpResponseBase:
    """The curator does not confirm a review and says why."""
    require(request.user, Right.BANKS_FILL_FOR_OTHERS, act="вернуть проверку банка")
    found = _review(request, pk)
    back = reverse(f"people:bank_{BANK_OF_PART[found.part]}")
    form = SendReviewBackForm(request.POST or None)

    def act() -> bool:
        keeping.send_back(found, by=request.user, reason=form.cleaned_data["reason"])
        return True

    if form.is_valid() and act_with_form(form, act, request):
        messages.success(request, "Проверка возвращена, её запись удалена")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Вернуть проверку?",
        "facts": review_facts(found),
        "consequences": [
            "Запись о проверке удалится: банк останется непроверенным",
            by_letter(f"{found.recorded_by.person.short_name} узнает причину из письма."),
        ],
        "submit": "Вернуть проверку",
        "danger": True,
        "cancel_url": back,
        "crumbs": [Crumb(TITLES[found.part], back), Crumb("Вернуть проверку")],
    }
    return render(request, "confirm.html", context)
