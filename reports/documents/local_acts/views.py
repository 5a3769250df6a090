"""Local acts of the school: recorded once with their file, read against signature by those whom they concern."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.files import stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural, rudate
from mentoring_site.ui.elements import Crumb, Fact
from people.register.models import Person
from people.retention.rules import kept
from people.rights import Right
from reports.documents.local_acts import acts
from reports.documents.local_acts.forms import LocalActForm, ReadersForm
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.acquaintance import sheet_pages
from reports.orders.acquaintance.presenters import SheetNames, lines_of, sheet_view
from reports.orders.acquaintance.sheet_pages import overview_crumbs
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.printing.responses import answer, damaged

PEOPLE = "человек,человека,человек"
ACT_SHEET = SheetNames(
    "act_reader_read", "act_reader_sheet", "act_reader_remind", "local_act_remind", "local_act_sheet"
)


def _visible(request, pk: int) -> LocalAct:
    """Return a local act; a foreign one looks like an absent one."""
    return get_object_or_404(LocalAct.objects.visible_to(request.user).select_related("file"), pk=pk)


def _persons(request):
    return Person.objects.visible_to(request.user).filter(copied=False)


def local_act_new(request):
    """Record a local act, its file and whom it concerns."""
    require(request.user, Right.ORDERS_REGISTER)
    sent = request.method == "POST"
    form = LocalActForm(request.POST if sent else None, request.FILES if sent else None, persons=_persons(request))
    if sent and form.is_valid() and (made := act_with_form(form, lambda: _record(form, request.user))):
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новый локальный акт",
        "submit": "Записать и разослать",
        "multipart": True,
        "cancel_url": reverse("reports:acquaintance"),
        "lead": "Положение, правила, порядок или инструкция, с которыми знакомят под подпись.",
        "crumbs": overview_crumbs(Crumb("Новый акт")),
        "hint": "Все, кого касается акт, получат письмо и увидят его в своих задачах.",
    }
    return render(request, "form.html", context)


def _record(form, user) -> LocalAct | None:
    """Keep the file and the act together; a refused act leaves no file behind."""
    data = form.cleaned_data
    names = ("kind", "about", "number", "date", "audience", "persons")
    try:
        with stored_upload(data["file"], by=user) as stored:
            return acts.add_act(by=user, file=stored, **{name: data[name] for name in names})
    except ValidationError as error:
        form.add_error("file", error)
        return None


@require_GET
def local_act(request, pk):
    """A local act: its file, whom it concerns, who has read it."""
    obj = _visible(request, pk)
    registers = request.user.can(Right.ORDERS_REGISTER)
    late = acts.missing(obj).count() if registers else 0
    file = {
        "name": obj.file.name,
        "url": reverse("reports:local_act_file", args=[obj.pk]),
        "size": obj.file.size,
        "note": "",
    }
    context = {
        "act": obj,
        "title": obj.title,
        "crumbs": overview_crumbs(Crumb(obj.title)),
        "facts": [
            Fact("Утверждение", obj.basis),
            Fact("Кого касается", acts.in_words(obj)),
            Fact("Записан", rudate(obj.created_at)),
            Fact("Хранить", str(kept("local_act"))),
        ],
        "files": [file],
        "sheet": sheet_view(obj, lines_of(obj), request.user, ACT_SHEET),
        "late": plural(late, PEOPLE) if late else "",
        "extend_url": reverse("reports:local_act_extend", args=[obj.pk]) if registers else "",
    }
    return render(request, "reports/documents/local_act.html", context)


@require_GET
def local_act_file(request, pk):
    """The file of a local act, compared with its SHA-256 before it is handed out."""
    obj = _visible(request, pk)
    try:
        data = intact(obj.file)
    except Damaged as error:
        crumbs = overview_crumbs(Crumb(obj.title))
        return damaged(request, error, obj.get_absolute_url(), crumbs, back="Вернуться к документу")
    return answer(data, obj.file.name, obj.file.content_type, inline=False)


def local_act_extend(request, pk):
    """Put on the sheet those who came under the audience since, and whoever is named."""
    obj = _visible(request, pk)
    require(request.user, Right.ORDERS_REGISTER)
    if request.method == "POST" and "everybody" in request.POST:
        return act_and_redirect(request, lambda: acts.extend(obj, by=request.user), success=_added, to=obj)
    form = ReadersForm(request.POST if request.method == "POST" else None, persons=_persons(request))
    if form.is_bound and form.is_valid():
        persons = form.cleaned_data["persons"]
        return act_and_redirect(
            request, lambda: acts.extend(obj, by=request.user, persons=persons), success=_added, to=obj
        )
    context = {
        "form": form,
        "heading": "Кому ещё знакомиться",
        "lead": obj.title,
        "submit": "Добавить в лист",
        "cancel_url": obj.get_absolute_url(),
        "crumbs": overview_crumbs(Crumb(obj.title, obj.get_absolute_url()), Crumb("Добавить")),
    }
    return render(request, "form.html", context)


def _added(count: int) -> str:
    return f"Добавлено в лист: {plural(count, PEOPLE)}" if count else "Все они уже есть в листе"


@require_POST
def local_act_remind(request, pk):
    """Remind everybody who has not read a local act, once a day."""
    return sheet_pages.remind_all(request, _visible(request, pk))


@require_GET
def local_act_sheet(request, pk):
    """The sheet of acquaintance with a local act."""
    obj = _visible(request, pk)
    return sheet_pages.sheet_pdf(request, obj, obj.title[:80])


def _line(request, pk: int) -> ActReader:
    """Return a line of the sheet of a local act that the user may see."""
    lines = ActReader.objects.filter(act__in=LocalAct.objects.visible_to(request.user))
    return get_object_or_404(lines.select_related("act__file", "person__user"), pk=pk)


@require_POST
def act_reader_read(request, pk):
    """One says that one has read a local act."""
    line = _line(request, pk)
    return sheet_pages.read(request, line, sign_url="reports:act_reader_sign", success="Записано: Вы ознакомлены")


def act_reader_sign(request, pk):
    """Sign by a simple electronic signature that one has read a local act."""
    return sheet_pages.sign(request, _line(request, pk))


@require_POST
def act_reader_sheet(request, pk):
    """Record a signature on the paper sheet."""
    return sheet_pages.mark(request, _line(request, pk))


@require_POST
def act_reader_remind(request, pk):
    """Remind one person to read a local act."""
    return sheet_pages.remind(request, _line(request, pk))
