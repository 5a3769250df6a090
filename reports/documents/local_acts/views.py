"""Local acts of the school: recorded once with their file, read against signature by those whom they concern."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.files import keeping
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import NBSP, plural, rudate
from people.language.names import agree
from people.register.models import Person
from people.rights import Right
from reports.documents.acquaintance import acts as acquaintance_acts
from reports.documents.acquaintance.presenters import reader_line
from reports.documents.acquaintance.views import remind_everybody, sheet_pdf, sign_page
from reports.documents.local_acts import acts as local_act_acts
from reports.documents.local_acts.forms import LocalActForm, ReadersForm
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.printing.views import answer

KEEP = "Локальные акты записывает специалист по кадрам, куратор или директор"


def _crumbs(*last):
    return [("Ознакомление", reverse("reports:acquaintance")), *last]


def _visible(request, pk) -> LocalAct:
    """Return a local act; a foreign one looks like an absent one."""
    return get_object_or_404(LocalAct.objects.visible_to(request.user).select_related("file"), pk=pk)


def _persons(request):
    return Person.objects.visible_to(request.user).filter(copied=False)


def local_act_new(request):
    """Record a local act, its file and whom it concerns."""
    if not request.user.can(Right.ORDERS_REGISTER):
        raise PermissionDenied(KEEP)
    sent = request.method == "POST"
    form = LocalActForm(request.POST if sent else None, request.FILES if sent else None, persons=_persons(request))
    if sent and form.is_valid() and (made := act_with_form(form, lambda: _record(form, request.user))):
        return redirect(made)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Новый локальный акт",
            "submit": "Записать и разослать",
            "multipart": True,
            "cancel_url": reverse("reports:acquaintance"),
            "lead": "Положение, правила, порядок или инструкция, с которыми знакомят под подпись.",
            "crumbs": _crumbs(("Новый акт", None)),
            "hint": "Все, кого касается акт, получат письмо и увидят его в своих задачах.",
        },
    )


def _record(form, user):
    """Keep the file and the act together; a refused act leaves no file behind."""
    data = form.cleaned_data
    names = ("kind", "about", "number", "date", "audience", "persons")
    try:
        with keeping(data["file"], by=user) as stored:
            return local_act_acts.add_act(by=user, file=stored, **{name: data[name] for name in names})
    except ValidationError as error:
        form.add_error("file", error)
        return None


@require_GET
def local_act(request, pk):
    """A local act: its file, whom it concerns, who has read it."""
    obj = _visible(request, pk)
    user = request.user
    everybody = list(obj.readers.select_related("person"))
    keeps = user.can(Right.ORDERS_REGISTER)
    marks = acquaintance_acts.signed_lines(everybody)
    shown = [r for r in everybody if user.can(Right.ORDERS_SEE_ALL) or r.person_id == user.person_id]
    mine = next((r for r in everybody if r.person_id == user.person_id and not r.read_at), None)
    done, late = sum(r.read_at is not None for r in everybody), local_act_acts.missing(obj).count() if keeps else 0
    return render(
        request,
        "reports/documents/local_act.html",
        {
            "act": obj,
            "title": obj.title,
            "crumbs": _crumbs((obj.title, None)),
            "facts": _facts(obj),
            "files": [
                {
                    "name": obj.file.name,
                    "url": reverse("reports:local_act_file", args=[obj.pk]),
                    "size": obj.file.size,
                    "note": "",
                }
            ],
            "readers": [reader_line(r, user, keeps, "act_reader", marks.get(r.pk)) for r in shown],
            "readers_title": f"Ознакомлены {done} из{NBSP}{len(everybody)}",
            "read_url": reverse("reports:act_reader_read", args=[mine.pk]) if mine else "",
            "signs": acquaintance_acts.signs_here(),
            "read_word": agree(user.person.gender, "Ознакомлен", "Ознакомлена"),
            "late": plural(late, "человек,человека,человек") if late else "",
            "extend_url": reverse("reports:local_act_extend", args=[obj.pk]) if keeps else "",
            "remind_url": reverse("reports:local_act_remind", args=[obj.pk]) if keeps and done < len(everybody) else "",
            "sheet_url": reverse("reports:local_act_sheet", args=[obj.pk]) if user.can(Right.ORDERS_SEE_ALL) else "",
        },
    )


def _facts(obj) -> list[dict]:
    return [
        {"label": "Утверждение", "value": obj.basis},
        {"label": "Кого касается", "value": local_act_acts.in_words(obj)},
        {"label": "Записан", "value": rudate(obj.created_at)},
    ]


@require_GET
def local_act_file(request, pk):
    """The file of a local act, compared with its SHA-256 before it is handed out."""
    obj = _visible(request, pk)
    try:
        data = intact(obj.file)
    except Damaged as error:
        context = {
            "sentence": f"{error}.",
            "advice": "Файл не выдан. Сообщите системному администратору",
            "crumbs": _crumbs((obj.title, None)),
            "url": obj.get_absolute_url(),
            "back": "Вернуться к документу",
        }
        return render(request, "reports/orders/order_problem.html", context, status=409)
    return answer(data, obj.file.name, obj.file.content_type, inline=False)


def local_act_extend(request, pk):
    """Put on the sheet those who came under the audience since, and whoever is named."""
    obj = _visible(request, pk)
    if not request.user.can(Right.ORDERS_REGISTER):
        raise PermissionDenied(KEEP)
    if request.method == "POST" and "everybody" in request.POST:
        return act_and_redirect(request, lambda: local_act_acts.extend(obj, by=request.user), success=_added, to=obj)
    form = ReadersForm(request.POST if request.method == "POST" else None, persons=_persons(request))
    if form.is_bound and form.is_valid():
        return act_and_redirect(
            request,
            lambda: local_act_acts.extend(obj, by=request.user, persons=form.cleaned_data["persons"]),
            success=_added,
            to=obj,
        )
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Кому ещё знакомиться",
            "lead": obj.title,
            "submit": "Добавить в лист",
            "cancel_url": obj.get_absolute_url(),
            "crumbs": _crumbs((obj.title, obj.get_absolute_url()), ("Добавить", None)),
        },
    )


def _added(count) -> str:
    return f"Добавлено в лист: {plural(count, 'человек,человека,человек')}" if count else "Все они уже есть в листе"


@require_POST
def local_act_remind(request, pk):
    """Remind everybody who has not read a local act, once a day."""
    return remind_everybody(request, _visible(request, pk))


@require_GET
def local_act_sheet(request, pk):
    """The sheet of acquaintance with a local act."""
    obj = _visible(request, pk)
    if not request.user.can(Right.ORDERS_SEE_ALL):
        raise PermissionDenied("Лист ознакомления печатает тот, кто ведёт приказы")
    return sheet_pdf(obj, obj.title[:80])


def _line(request, pk) -> ActReader:
    rows = ActReader.objects.filter(act__in=LocalAct.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("act__file", "person__user"), pk=pk)


@require_POST
def act_reader_read(request, pk):
    """One says that one has read a local act; where the school signs here, the password is asked for."""
    row = _line(request, pk)
    if acquaintance_acts.signs_here() and row.person_id == request.user.person_id:
        return redirect("reports:act_reader_sign", row.pk)
    return act_and_redirect(
        request,
        lambda: acquaintance_acts.acquaint(row, by=request.user),
        success="Записано: Вы ознакомлены",
        to=row.act,
    )


def act_reader_sign(request, pk):
    """Sign by a simple electronic signature that one has read a local act."""
    return sign_page(request, _line(request, pk))


@require_POST
def act_reader_sheet(request, pk):
    """Record a signature on the paper sheet."""
    row = _line(request, pk)
    success = f"Подпись на листе записана: {row.person.short_name}"
    return act_and_redirect(
        request, lambda: acquaintance_acts.acquaint(row, by=request.user, on_paper=True), success=success, to=row.act
    )


@require_POST
def act_reader_remind(request, pk):
    """Remind one person to read a local act."""
    row = _line(request, pk)
    success = f"Напоминание отправлено: {row.person.short_name}. Следующее можно отправить завтра"
    return act_and_redirect(
        request, lambda: acquaintance_acts.remind(row, by=request.user), success=success, to=row.act
    )
