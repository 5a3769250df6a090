"""Steps of an order, each with its own page: edit, recompose, agree, send to the pen, return, register, scan."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural, rudate
from mentoring_site.scans import REPLACE, scan_words
from mentoring_site.ui.elements import Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import to_signature as signature_acts
from reports.orders.effects import summary, unusual_of
from reports.orders.forms import DayForm, OrderScanForm, ReasonForm, RegisterForm, SeenForm, TextForm
from reports.orders.loading import load_requirements
from reports.orders.models import Order
from reports.orders.order_kinds.wording import past_dates
from reports.orders.presenters import crumbs
from reports.orders.registration import acts as registration_acts
from reports.orders.registration.acts import recipients
from reports.orders.registration.signed_scan import SignedScan, attach_scan, doubts, stored_scan
from reports.orders.scans.acts import forget_pages
from reports.orders.scans.waiting_pages import sheets_of, sheets_words, stored_sheets
from reports.orders.views import visible


def _confirm(request, obj, heading, submit, consequences, **more):
    context = {
        "heading": heading,
        "lead": obj.heading,
        "submit": submit,
        "consequences": consequences,
        "form": None,
        "cancel_url": obj.get_absolute_url(),
        "crumbs": crumbs(obj, submit),
        **more,
    }
    return render(request, "confirm.html", context)


def edit(request, pk):
    """Edit the text of a draft; somebody else's change in between is shown next to what was typed."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    form = TextForm(request.POST or None, order=obj)
    changed = []
    if request.method == "POST" and form.is_valid():
        if save_edit(
            request,
            form,
            lambda: drafting_acts.edit(obj, by=request.user, **form.text()),
            "Текст записан",
            obj=obj,
        ):
            return redirect(obj)
        if obj.version != form.cleaned_data["version"]:
            changed = _changed(obj, form)
    context = {
        "form": form,
        "heading": "Текст проекта",
        "lead": obj.heading,
        "cancel_url": obj.get_absolute_url(),
        "crumbs": crumbs(obj, "Текст"),
        "changed": changed,
        "visas": obj.visas.filter(given_at__isnull=False).count(),
    }
    return render(request, "reports/orders/order_edit.html", context)


def _changed(obj: Order, form: TextForm) -> list[Fact]:
    """Return what stands in the draft now where it differs from what was typed."""
    now = TextForm(order=obj)
    rows = []
    for name, field in now.fields.items():
        present = str(now.get_initial_for_field(field, name) or "")
        if name != "version" and present and present.split() != str(form.data.get(name) or "").split():
            rows.append(Fact(str(field.label), present))
    return rows


def recompose(request, pk):
    """Compose the text again from the items, the names and today's signer."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    form = DayForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: drafting_acts.recompose(obj, by=request.user, day=form.cleaned_data["day"]),
            to=obj,
            success="Текст составлен заново",
        )
    consequences = [
        "Заголовок, основание и пункты будут написаны по нынешним именам, должностям и составу",
        "Сроки будут посчитаны от указанного дня",
        "Визы придётся собрать ещё раз",
    ]
    if edited := sum(p["edited"] for p in obj.points):
        consequences.insert(0, f"Пропадут Ваши правки: {plural(edited, 'пункт,пункта,пунктов')}")
    return _confirm(request, obj, "Составить текст заново?", "Составить заново", consequences, form=form)


def agree(request, pk):
    """Finish the visas."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: drafting_acts.agree(obj, by=request.user),
            success="Согласование завершено: приказ можно передать на подпись",
            to=obj,
        )
    return _confirm(
        request,
        obj,
        "Завершить согласование?",
        "Завершить согласование",
        [
            *_attention(obj),
            "Текст закроется для правки; чтобы изменить его, приказ придётся вернуть в проекты и визировать заново",
            "Следующий шаг — передать на подпись",
        ],
    )


def to_signature(request: UserRequest, pk: int) -> HttpResponseBase:
    """Visa a draft where one's own visa is the last, finish the visas and send it to the pen, in one press."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    if request.method == "POST":
        typed = request.POST.get("version", "")
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else -1
        return act_and_redirect(
            request,
            lambda: signature_acts.to_signature(obj, by=request.user, version=version),
            success="Приказ передан на подпись. Напечатайте его и дайте подписать",
            to=obj,
        )
    load_requirements(obj)
    visa = signature_acts.own_last(obj.visas.all(), request.user)
    done = ["Ваша виза встанет в приказ"] if visa else []
    seen = request.GET.get("version", "")
    form = SeenForm(initial={"version": seen if seen.isdecimal() and len(seen) < 10 else obj.version})
    consequences = [*done, *_what_sending_does(obj)]
    submit = signature_acts.label(visa)
    return _confirm(request, obj, f"{submit}?", submit, consequences, form=form)


def _attention(obj: Order) -> list[str]:
    """Return what is unusual in the order, to be read before the step."""
    return [f"Внимание: {line}" for line in unusual_of(obj)]


def send(request, pk):
    """Freeze the order for the pen."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: drafting_acts.send_to_signature(obj, by=request.user),
            success="Приказ передан на подпись. Напечатайте его и дайте подписать",
            to=obj,
        )
    load_requirements(obj)
    return _confirm(request, obj, "Передать на подпись?", "Передать на подпись", _what_sending_does(obj))


def _what_sending_does(obj: Order) -> list[str]:
    who = obj.signer.short_name if obj.signer else "директор"
    consequences = [
        f"Имена, должности, сроки и текст застынут такими, какие они сейчас; подписывает {who}",
        "Бумага печатается с пустыми номером и датой",
        "В силу приказ вступит только после живой подписи и регистрации",
        *[f"{line} — после регистрации" for line in summary(obj, done=False)],
    ]
    if passed := past_dates(obj.points, timezone.localdate()):
        consequences.insert(0, f"Внимание: в пунктах есть прошедшие сроки — {joined(passed)}")
    return [*_attention(obj), *consequences]


def back(request, pk):
    """Return an unsigned order to drafting."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: drafting_acts.back_to_draft(obj, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, "Приказ возвращён в проекты")
        return redirect(obj)
    return _confirm(
        request,
        obj,
        "Вернуть в проекты?",
        "Вернуть в проекты",
        [
            "Текст откроется для правки",
            "Визы придётся собрать ещё раз",
            "Уже напечатанную бумагу подписывать нельзя: уничтожьте её",
        ],
        form=form,
    )


def discard(request, pk):
    """Delete a draft that is not needed."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        act_with_form(form, lambda: drafting_acts.discard(obj, by=request.user, reason=form.cleaned_data["reason"]))
        if not form.errors:
            return redirect("reports:orders")
    return _confirm(
        request,
        obj,
        "Удалить проект?",
        "Удалить проект",
        [
            "Проект исчезнет из списка, его визы пропадут",
            "Всё, что в нём было, можно будет внести в другой приказ",
            "Номер проект не занимал: пропуска в журнале не будет",
        ],
        form=form,
        danger=True,
    )


def register(request, pk):
    """Register a signed order: number, dates, scan; names what it will enact and whom it will notify."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_REGISTER)
    if obj.state != Order.State.AT_SIGNATURE:
        return act_and_redirect(request, lambda: registration_acts.refuse_other_states(obj), success="", to=obj)
    form = RegisterForm(request.POST or None, request.FILES or None, order=obj)
    if request.method == "POST" and form.is_valid() and (outcome := _register(form, obj, request)):
        return act_and_redirect(request, outcome, success=_registered, to=obj)
    load_requirements(obj)
    consequences = [
        *summary(obj, done=False),
        *_recipients(obj, request.user),
        *sheets_words(sheets_of(request, obj)),
        "Номер и дата встанут в приказ, приложения и лист ознакомления; изменить их потом нельзя",
    ]
    return _confirm(
        request,
        obj,
        "Зарегистрировать подписанный приказ",
        "Зарегистрировать",
        consequences,
        form=form,
        multipart=True,
        crumbs=crumbs(obj, "Регистрация"),
    )


def _register(form: RegisterForm, obj: Order, request) -> Callable | None:
    """Return the outcome of registration for ``act_and_redirect``, or None when the form has to be corrected."""
    data, user = form.cleaned_data, request.user
    sheets = [] if data["scan"] else sheets_of(request, obj)
    names = ("number", "date", "effective_on", "gap_reason")

    def act() -> Order | None:
        given = stored_sheets(form, sheets, obj, user) if sheets else stored_scan(data["scan"], form.seen, by=user)
        with given as scan:
            if form.errors:
                return None
            signed = data.get("acquainted", ())
            return registration_acts.register(
                obj, by=user, scan=scan, acquainted=signed, **{name: data[name] for name in names}
            )

    try:
        made = act_with_form(form, act)
    except ValidationError as error:
        form.add_error("scan", error)
        return None
    if made is None:
        current = Order.objects.get(pk=obj.pk)
        pressed_twice = current.state == Order.State.REGISTERED  # then the first result is shown
        return (lambda: registration_acts.refuse_other_states(current)) if pressed_twice else None
    forget_pages(sheets)
    return lambda: made


def _recipients(obj: Order, user) -> list[str]:
    """Return «Уведомления получат 7: Басангов О. С., …», and those who have no e-mail."""
    people = recipients(obj, user)
    reached = [p for p in people if p.email or (getattr(p, "user", None) and p.user.is_active and p.user.email)]
    sentences = [f"Уведомления получат {len(reached)}: {_names(reached)}"] if reached else []
    if silent := [p for p in people if p not in reached]:
        sentences.append(f"Без e-mail, ознакомьте под подпись: {_names(silent)}")
    return sentences


def _names(people) -> str:
    names = [p.short_name for p in people]
    return joined(names) if len(names) <= 12 else f"{', '.join(names[:11])} и ещё {len(names) - 11}"


def _registered(order) -> str:
    load_requirements(order)
    done = ". ".join(summary(order, done=True))
    return f"Приказ {order.ref} зарегистрирован и действует с {rudate(order.effective_on)} {done}"


def scan(request, pk):
    """Attach the scan of a registered order, or replace a wrong one with a reason."""
    obj = visible(request, pk)
    require(request.user, Right.ORDERS_REGISTER)
    form = OrderScanForm(request.POST or None, request.FILES or None, order=obj)
    if request.method == "POST" and form.is_valid() and (made := act_with_form(form, lambda: _attached(form, request))):
        messages.success(request, f"{'Скан заменён' if obj.scan_id else 'Скан приложен'}: {made.note}")
        for sentence in doubts(obj, made):
            messages.warning(request, sentence)
        return redirect(obj)
    word = scan_words(obj.scan)
    context = {
        "form": form,
        "heading": word,
        "lead": f"{obj}. {REPLACE if obj.scan_id else 'Проверьте, все ли листы на месте'}",
        "submit": word,
        "cancel_url": obj.get_absolute_url(),
        "crumbs": crumbs(obj, "Скан"),
        "multipart": True,
    }
    return render(request, "form.html", context)


def _attached(form: OrderScanForm, request) -> SignedScan | None:
    data = form.cleaned_data
    with stored_scan(data["scan"], form.seen, by=request.user) as made:
        if made:
            attach_scan(form.order, made, by=request.user, reason=data.get("reason", ""))
    return made
