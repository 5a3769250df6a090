"""Acts that people read against signature: local acts with their file, acts of the legal base in their edition."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.files import stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, joined, plural, rudate
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb, Fact
from people.register.models import Person
from people.retention.rules import kept
from people.rights import COUNCIL, MENTEE, MENTOR, Right
from reports.documents.local_acts import acts
from reports.documents.local_acts.forms import AudienceForm, LawsForm, LocalActForm, ReadersForm
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.acquaintance import sheet_pages
from reports.orders.acquaintance.presenters import SheetNames, lines_of, sheet_view
from reports.orders.acquaintance.sheet_pages import overview_crumbs
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.printing.responses import answer, damaged
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.models import Regulation
from roadmap.regulation.presenters import adopted

PEOPLE = "человек,человека,человек"
NAMED = 5
"""How many people are named before the rest is counted."""
ACT_SHEET = SheetNames(
    "act_reader_read", "act_reader_sheet", "act_reader_remind", "local_act_remind", "local_act_sheet"
)


def _visible(request, pk: int) -> LocalAct:
    """Return a local act; a foreign one looks like an absent one."""
    return get_object_or_404(
        LocalAct.objects.visible_to(request.user).select_related("file", "legal_act", "regulation"), pk=pk
    )


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
        "lead": "Положение, правила, порядок, инструкция или должностная инструкция, с которыми знакомят под подпись.",
        "crumbs": overview_crumbs(Crumb("Новый акт")),
        "hint": by_letter("Все, кого касается акт, получат письмо.") + " Акт появится и в их делах.",
    }
    return render(request, "form.html", context)


def _record(form, user) -> LocalAct | None:
    """Keep the file and the act together; a refused act leaves no file behind."""
    data = form.cleaned_data
    names = ("kind", "about", "number", "date", "audience", "posts", "persons")
    try:
        with stored_upload(data["file"], by=user) as stored:
            return acts.add_act(by=user, file=stored, **{name: data[name] for name in names})
    except ValidationError as error:
        form.add_error("file", error)
        return None


@require_http_methods(["GET", "POST"])
def laws_new(request):
    """Ask people to study acts of the legal base (п. 4.2, 5.2)."""
    require(request.user, Right.ORDERS_REGISTER)
    laws = LegalAct.objects.visible_to(request.user).in_force_on(timezone.localdate())
    initial = {
        "laws": list(laws.filter(in_regulation=True).values_list("pk", flat=True)),
        "audience": [MENTOR, MENTEE],
    }
    form = LawsForm(request.POST or None, persons=_persons(request), laws=laws, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form,
            lambda: acts.read_laws(
                data["laws"],
                by=request.user,
                audience=data["audience"],
                posts=data["posts"],
                persons=data["persons"],
            ),
        )
        if made:
            messages.success(request, f"Предложено для изучения: {plural(len(made), 'акт,акта,актов')}")
            return redirect("reports:acquaintance")
    context = {
        "form": form,
        "heading": "Изучить правовые акты",
        "lead": "Кто что должен знать: законы и порядки из правовой базы, каждый в действующей редакции.",
        "submit": "Предложить для изучения",
        "cancel_url": reverse("reports:acquaintance"),
        "crumbs": overview_crumbs(Crumb("Правовые акты")),
        "hint": by_letter("Все, кого это касается, получат по письму о каждом акте.") + " Акты появятся и в их делах.",
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def regulation_read(request, pk: int):
    """Ask people to read the Положение in force: whoever has read the former version stands there already (п. 9.2)."""
    version = get_object_or_404(Regulation.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.ORDERS_REGISTER)
    if asked := LocalAct.objects.visible_to(request.user).filter(regulation=version).first():
        return redirect(asked)
    former = LocalAct.objects.visible_to(request.user).filter(regulation__isnull=False).order_by("-pk").first()
    again = acts.former_readers(version)
    initial = {
        "audience": former.audience if former else [MENTOR, MENTEE, COUNCIL],
        "posts": former.posts if former else [],
        "persons": list(again.values_list("pk", flat=True)),
    }
    form = AudienceForm(request.POST or None, persons=_persons(request), initial=initial)
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.read_regulation(version, by=request.user, **form.cleaned_data))
    ):
        return redirect(made)
    names = [person.short_name for person in again]
    named = joined(names if len(names) <= NAMED else [*names[: NAMED - 1], f"ещё {len(names) - NAMED + 1}"])
    context = {
        "form": form,
        "heading": "Ознакомить с Положением",
        "lead": f"Прежнюю редакцию читали и прочитают новую: {full_stop(named)}"
        if names
        else "Кому прочитать Положение.",
        "submit": "Предложить для изучения",
        "cancel_url": version.get_absolute_url(),
        "crumbs": overview_crumbs(Crumb("Положение", version.get_absolute_url()), Crumb("Ознакомить")),
        "hint": by_letter("Все, кого это касается, получат письмо.") + " Положение появится и в их делах.",
    }
    return render(request, "form.html", context)


def _files(act: LocalAct) -> list[dict]:
    if act.file is None:
        return []
    url = reverse("reports:local_act_file", args=[act.pk])
    return [{"name": act.file.name, "url": url, "size": act.file.size, "note": ""}]


def _facts(act: LocalAct) -> list[Fact]:
    found = [("Редакция" if act.is_law else "Утверждение", act.basis)]
    found += [(mark.label, str(mark.value)) for mark in adopted(act)]
    found += [
        ("Кого касается", acts.in_words(act)),
        ("Записан", rudate(act.created_at)),
        ("На сайте", "показан" if act.is_public else ""),
        ("Хранить", "" if act.is_law else str(kept("local_act"))),
    ]
    rows = Fact.known(found)
    if act.regulation:
        rows.insert(0, Fact("Текст", act.regulation.title, url=act.regulation.get_absolute_url()))
    if act.legal_act and act.legal_act.url:
        rows.insert(0, Fact("Текст", act.legal_act.url, url=act.legal_act.url))
    return rows


@require_GET
def local_act(request, pk):
    """An act to be read: its text, whom it concerns, who has read it."""
    obj = _visible(request, pk)
    registers = request.user.can(Right.ORDERS_REGISTER)
    is_current = LocalAct.objects.visible_to(request.user).current().filter(pk=obj.pk).exists()
    late = acts.missing(obj).count() if registers and is_current else 0
    renews = registers and LocalAct.objects.visible_to(request.user).outdated().filter(pk=obj.pk).exists()
    shows = request.user.can(Right.SITE_EDIT) and obj.file is not None
    context = {
        "act": obj,
        "title": obj.title,
        "crumbs": overview_crumbs(Crumb(obj.title)),
        "facts": _facts(obj),
        "files": _files(obj),
        "edition": rudate(obj.legal_act.edition) if renews and obj.legal_act else "",
        "publish_url": reverse("reports:local_act_publish", args=[obj.pk]) if shows else "",
        "sheet": sheet_view(obj, lines_of(obj), request.user, ACT_SHEET),
        "late": plural(late, PEOPLE) if late else "",
        "extend_url": reverse("reports:local_act_extend", args=[obj.pk]) if registers else "",
    }
    return render(request, "reports/documents/local_act.html", context)


@require_GET
def local_act_file(request, pk):
    """The file of a local act, compared with its SHA-256 before it is handed out."""
    obj = _visible(request, pk)
    if obj.file is None:
        raise Http404
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


@require_POST
def local_act_again(request, pk):
    """Ask the same people to study the new edition of an act."""
    obj = _visible(request, pk)
    return act_and_redirect(
        request,
        lambda: acts.read_again(obj, by=request.user),
        success="Новая редакция предложена для изучения",
        to="reports:acquaintance",
    )


@require_POST
def local_act_publish(request, pk):
    """Show a local act in the public section, or take it away."""
    obj = _visible(request, pk)
    shown = "hide" not in request.POST
    success = "Акт показан на сайте" if shown else "Акт убран с сайта"
    return act_and_redirect(request, lambda: acts.publish(obj, by=request.user, shown=shown), success=success, to=obj)


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
