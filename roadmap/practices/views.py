"""Pages of best practices: the list, one of them, its words and authors, what the council and the curator decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.workflow import NotAllowed, readiness
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from programs.program.models import Program
from roadmap.practices import acts, documents, presenters, public
from roadmap.practices import events as practice_events
from roadmap.practices.forms import (
    AuthorForm,
    EditForm,
    NewForm,
    NominateForm,
    PublishForm,
    ReviewForm,
    ShownForm,
    TakeDownForm,
)
from roadmap.practices.list_page import PRACTICES
from roadmap.practices.models import Practice, PracticeAuthor

AGAIN = "Практика {}: этот шаг уже не нужен"


@require_GET
def practices(request: UserRequest) -> HttpResponseBase:
    """Practices that the user may see; the same list as XLSX."""
    may_write = request.user.can(Right.PRACTICES_WRITE)
    visible = Practice.objects.visible_to(request.user)
    return PRACTICES.answer(request, visible, new_url=reverse("roadmap:practice_new") if may_write else "")


def _practice(request: UserRequest, pk: int) -> Practice:
    found = Practice.objects.visible_to(request.user).with_requirements().prefetch_related(with_evidence())
    return get_object_or_404(found, pk=pk)


@require_GET
def practice(request: UserRequest, pk: int) -> HttpResponseBase:
    """One practice: words, materials, authors, where it stands, what is missing for the site."""
    found, user = _practice(request, pk), request.user
    inside = presenters.reads_names(found, user)
    publishes = found.state in found.WORKFLOW["publish"].sources and found.WORKFLOW["publish"].allows(found, user)
    context = {
        "practice": found,
        "badge": presenters.badge(found),
        "crumbs": presenters.crumbs(Crumb(found.title)),
        "actions": presenters.actions(found, user),
        "paragraphs": public.paragraphs(found),
        "facts": presenters.facts(found, user),
        "authors": presenters.author_rows(found, user) if inside else [],
        "seen": public.shown([found])[0].authors,
        "evidence": presenters.evidence(found, user) if inside or found.files_public else None,
        "checks": readiness(found, "publish") if publishes else [],
        "paper_url": reverse("roadmap:practice_paper", args=[pk]),
        "inside": inside,
        "remarks": found.remarks if inside and found.state == Practice.State.RETURNED else "",
        "entries": history.entries([found], user=user) if inside else [],
    }
    return render(request, "roadmap/practices/practice.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Write a practice from scratch."""
    require(request.user, Right.PRACTICES_WRITE)
    form = NewForm(request.POST or None)
    if form.is_valid() and (made := act_with_form(form, lambda: acts.write(by=request.user, **form.cleaned_data))):
        messages.success(request, "Черновик практики записан. Назовите авторов и приложите материалы")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новая практика",
        "lead": "О завершённой программе проще начать с её страницы: цифры и люди подставятся сами.",
        "submit": "Записать черновик",
        "cancel_url": reverse("roadmap:practices"),
        "crumbs": presenters.crumbs(Crumb("Новая практика")),
    }
    return render(request, "form.html", context)


@require_POST
def from_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """Draft a practice from an ended program in one press."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    led: list[Practice] = []
    answer = act_and_redirect(
        request,
        lambda: led.append(acts.from_program(program, by=request.user)),
        success="Черновик собран из программы. Прочитайте его и перескажите трудности своими словами",
        to=program,
    )
    return redirect(led[0]) if led else answer


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change the words of a practice in work."""
    found = _practice(request, pk)
    acts.require_writing(found, request.user)
    form = EditForm(request.POST or None, instance=found)
    changed: list[Fact] = []

    def save() -> Practice:
        return acts.change(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, save, "Текст практики сохранён", changed):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Текст практики",
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Текст"),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def author_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Name one more author."""
    found = _practice(request, pk)
    acts.require_writing(found, request.user)
    form = AuthorForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: acts.name_author(found, by=request.user, **form.cleaned_data), request
    ):
        messages.success(request, f"Среди авторов: {form.cleaned_data['person'].short_name}")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Назвать автора",
        "lead": found.title,
        "submit": "Назвать автора",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Автор"),
        "hint": by_letter("Человек узнает об этом из письма."),
    }
    return render(request, "form.html", context)


def _author(request: UserRequest, pk: int) -> PracticeAuthor:
    found = PracticeAuthor.objects.visible_to(request.user).select_related("practice", "person")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
def author(request: UserRequest, pk: int) -> HttpResponseBase:
    """Decide how a visitor is told of an author: the person, or who writes while it is in work."""
    found = _author(request, pk)
    if found.person_id != request.user.person_id:
        acts.require_writing(found.practice, request.user)
    form = ShownForm(request.POST or None, initial={"shown": found.shown})
    if form.is_valid() and act_with_form(form, lambda: acts.show_author(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"Записано, как назвать на сайте: {found.person.short_name}")
        return redirect(found.practice)
    context = {
        "form": form,
        "heading": "Как назвать автора на сайте",
        "lead": f"{found.person.full_name}, {found.get_part_display()}",
        "cancel_url": found.practice.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found.practice, "Автор"),
        "hint": "Имя стоит на сайте, только пока действует письменное согласие. Отозвано согласие — имени нет сразу.",
    }
    return render(request, "form.html", context)


@require_POST
def author_drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take an author off the draft."""
    found = _author(request, pk)
    acts.require_writing(found.practice, request.user)
    return act_and_redirect(
        request,
        lambda: acts.drop_author(found, by=request.user),
        success=f"Больше не автор: {found.person.short_name}",
        to=found.practice,
    )


@require_http_methods(["GET", "POST"])
def submit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give the practice to the council, after a question."""
    return _ask(
        request,
        pk,
        "submit",
        acts.submit,
        heading="Передать практику совету?",
        submit="Передать совету",
        success="Практика у совета. Её смотрят те, кто не среди авторов",
        undoable="submit",
        consequences=[
            "Менять текст и материалы будет нельзя, пока совет не ответит.",
            by_letter("Члены совета узнают об этом из письма."),
        ],
    )


def _form_step(
    request: UserRequest,
    found: Practice,
    name: str,
    form: Any,
    act: Callable[[], Any],
    success: str | Callable[[], str],
    **context: Any,
) -> HttpResponseBase:
    """Answer a form that moves the practice: whose step it is, whether it waits for it, the act, the way back."""
    transition = Practice.WORKFLOW[name]
    transition.require(found, request.user)
    if request.method != "POST" and found.state not in transition.sources:
        messages.info(request, AGAIN.format(found.get_state_display()))
        return redirect(found)
    if form.is_valid() and act_with_form(form, act, request):
        messages.success(request, success() if callable(success) else success)
        return redirect(found)
    base = {
        "form": form,
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, context["heading"]),
    }
    return render(request, context.pop("template", "form.html"), base | context)


@require_http_methods(["GET", "POST"])
def review(request: UserRequest, pk: int) -> HttpResponseBase:
    """The council reads the practice and takes it into the bank or returns it with remarks."""
    found = _practice(request, pk)
    form = ReviewForm(request.POST or None, initial={"version": found.version})

    def act() -> Practice:
        data = form.cleaned_data
        accepts = data["decision"] == "accept"
        return acts.answer(found, by=request.user, accepts=accepts, remarks=data["remarks"], version=data["version"])

    return _form_step(
        request,
        found,
        "accept",
        form,
        act,
        lambda: "Практика в копилке" if form.cleaned_data["decision"] == "accept" else "Практика возвращена авторам",
        heading="Рассмотрение практики",
        facts=[Fact(heading, text) for heading, text in public.paragraphs(found)],
        submit="Записать решение",
        hint=by_letter("Авторы узнают о решении из письма."),
    )


@require_http_methods(["GET", "POST"])
def nominate(request: UserRequest, pk: int) -> HttpResponseBase:
    """Record that a round table has nominated the practice."""
    found = _practice(request, pk)
    require(request.user, Right.MINUTES_WRITE)
    if not Practice.WORKFLOW["bank"].allows(found, request.user):
        raise NotAllowed("Выдвижение записывает тот, кто не среди авторов")
    form = NominateForm(request.POST or None, events=practice_events.offered(request.user))
    if form.is_valid() and act_with_form(
        form, lambda: acts.nominate(found, by=request.user, **form.cleaned_data), request
    ):
        messages.success(request, "Выдвижение записано")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Практику выдвинули на круглом столе",
        "lead": found.title,
        "submit": "Записать",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Круглый стол"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show the practice on the site, after a question that says how each author will be told of."""
    found = _practice(request, pk)
    form = PublishForm(request.POST or None, initial={"version": found.version})
    seen = [line.words for line in public.shown([found])[0].authors]
    return _form_step(
        request,
        found,
        "publish",
        form,
        lambda: acts.publish(found, by=request.user, **form.cleaned_data),
        "Практика на сайте",
        template="confirm.html",
        heading=f"Показать на сайте: «{found.title}»?",
        submit="Показать на сайте",
        consequences=[
            "Практику прочтёт каждый, кто откроет сайт.",
            f"Об авторах будет сказано: {'; '.join(seen)}." if seen else "Об авторах не будет сказано ничего.",
            "Если согласие отозвать, имя исчезнет с сайта сразу.",
        ],
    )


@require_http_methods(["GET", "POST"])
def keep_inside(request: UserRequest, pk: int) -> HttpResponseBase:
    """Decide that the practice stays inside the school, after a question."""
    return _ask(
        request,
        pk,
        "publish",
        acts.keep_inside,
        heading="Оставить практику внутри школы?",
        submit="Оставить внутри школы",
        success="Решено: практика остаётся внутри школы",
        consequences=["На сайте её не будет.", "Показать её на сайте можно и позже."],
    )


@require_http_methods(["GET", "POST"])
def take_down(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take the practice off the site, with a reason."""
    found = _practice(request, pk)
    form = TakeDownForm(request.POST or None)
    return _form_step(
        request,
        found,
        "take_down",
        form,
        lambda: acts.take_down(found, by=request.user, **form.cleaned_data),
        "Практика снята с сайта",
        template="confirm.html",
        heading=f"Снять с сайта: «{found.title}»?",
        submit="Снять с сайта",
        danger=True,
        consequences=["Посетители больше не увидят эту практику.", "В копилке школы она останется."],
    )


@require_http_methods(["GET", "POST"])
def rework(request: UserRequest, pk: int) -> HttpResponseBase:
    """Bring the practice back to its authors, after a question."""
    return _ask(
        request,
        pk,
        "rework",
        acts.rework,
        heading="Вернуть практику в работу?",
        submit="Вернуть в работу",
        success="Практика снова в работе",
        consequences=[
            "Текст и материалы можно будет менять.",
            "В копилку практика вернётся, когда её посмотрит совет.",
        ],
    )


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Stop the work on a practice, after a question."""
    return _ask(
        request,
        pk,
        "drop",
        acts.drop,
        heading="Снять практику с работы?",
        submit="Снять с работы",
        success="Практика снята с работы",
        danger=True,
        consequences=["Черновик останется в списке, но менять его будет нельзя."],
    )


def _ask(
    request: UserRequest,
    pk: int,
    name: str,
    act: Callable,
    *,
    success: str,
    undoable: str = "",
    **context: Any,
) -> HttpResponseBase:
    """Answer a question before a step: whose step it is, whether the practice waits for it, the act, the way back."""
    found = _practice(request, pk)
    transition = Practice.WORKFLOW[name]
    transition.require(found, request.user)
    if request.method == "POST":
        back = (found, undoable) if undoable else None
        return act_and_redirect(request, lambda: act(found, by=request.user), success=success, to=found, undoable=back)
    if found.state not in transition.sources:
        messages.info(request, AGAIN.format(found.get_state_display()))
        return redirect(found)
    base = {
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, context["submit"]),
    }
    return render(request, "confirm.html", base | context)


@require_GET
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    """The practice as a paper, for a contest: names as a visitor reads them; ``?names=all`` for the school itself."""
    found, user = _practice(request, pk), request.user
    whole = request.GET.get("names") == "all" and presenters.reads_names(found, user)
    name = file_name("Практика", found.title, "для школы" if whole else "")
    facts = documents.facts(found, whole=whole)
    return pdf_response(request, "documents/practice.html", facts, name=name, back=found.get_absolute_url())
