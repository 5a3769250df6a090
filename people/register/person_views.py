"""Pages that change what is written about a person: particulars, places of work, forms of the name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.views_log import Kind, note
from mentoring_site.workflow import Refused
from people.language.declension import overrides_of, post_forms_of
from people.register import acts as register_acts
from people.register import aftermath
from people.register.forms import (
    EditEmploymentForm,
    EditPersonForm,
    EmploymentForm,
    NameFormsForm,
    NewPersonForm,
    RenameForm,
)
from people.register.models import Employment, Person
from people.register.presenters import crumbs, tabs
from people.rights import Right

EMAIL_ASKED = "Новый e-mail начнёт действовать, когда его подтвердит другой человек: запрос записан"


def person_names(request, pk):
    """All forms of the name as papers will print them, and their correction (п. 15: the head signs it as it is)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    may_edit = request.user.can(Right.PEOPLE_EDIT)
    own = request.user.person_id == shown.pk
    require(request.user, Right.PEOPLE_SEE_ALL, unless=own, also="сам человек", act="видеть формы имени человека")
    form = None
    if may_edit:
        stored = overrides_of(shown)
        posts = [row["post"] for row in register_acts.declined_posts(shown)]
        form = NameFormsForm(
            request.POST or None, person=shown, stored=stored, posts=posts, initial={"version": shown.version}
        )
        if request.method == "POST" and form.is_valid():
            version = form.cleaned_data["version"]
            if save_edit(
                request,
                form,
                lambda: register_acts.correct_names(
                    shown, by=request.user, version=version, forms=form.forms_of_name(), posts=form.forms_of_posts()
                ),
                "Формы имени и должности записаны.",
                obj=shown,
            ):
                return redirect("people:person_names", shown.pk)
    context = {
        "person": shown,
        "tabs": tabs(request.user, shown, "names"),
        "crumbs": crumbs(request.user, shown, "Имя в документах"),
        "form": form,
        "cases": register_acts.declined_forms(shown),
        "posts": register_acts.declined_posts(shown),
    }
    return render(request, "people/register/name_forms.html", context)


def _enter(user, form: NewPersonForm) -> Person:
    """Enter a person; a refusal because of somebody of the register leads to that person's page."""
    try:
        return register_acts.enter(by=user, namesake=form.cleaned_data["namesake"], **form.values())
    except register_acts.Known as known:
        link = format_html('<a href="{}">{}</a>', known.person.get_absolute_url(), known.person.full_name)
        raise Refused(format_html("{}. В списке людей: {}", known.sentences[0], link)) from known


def person_new(request):
    """Write a new person into the register."""
    require(request.user, Right.PEOPLE_EDIT)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: _enter(request.user, form))
        if made:
            messages.success(request, f"{made.full_name}: записано. Добавьте место работы.")
            return redirect("people:employment_new", made.pk)
    context = {
        "form": form,
        "heading": "Новый человек",
        "submit": "Записать",
        "cancel_url": reverse("people:register"),
        "crumbs": [Crumb("Люди", reverse("people:register")), Crumb("Новый человек")],
    }
    return render(request, "form.html", context)


def person_edit(request, pk):
    """Change what is known about a person; a stale form keeps what was typed and shows what others changed."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PEOPLE_EDIT)
    note(request.user, shown.pk, Kind.CONTACTS)
    form = EditPersonForm(request.POST or None, instance=shown, initial={"version": shown.version})
    changed: list[Fact] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if save_edit(
            request,
            form,
            lambda: register_acts.edit(shown, by=request.user, version=version, **form.values()),
            "Сведения изменены.",
            changed,
        ):
            if form.cleaned_data["email"] != register_acts.written_email(shown):
                messages.info(request, EMAIL_ASKED)
            return redirect(shown)
    context = {
        "form": form,
        "person": shown,
        "changed": changed,
        "crumbs": crumbs(request.user, shown, "Изменить сведения"),
        "heading": f"Изменить сведения: {shown.short_name}",
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "edit.html", context)


def person_rename(request, pk):
    """Give a person another name: the former one stays for searches and beside old papers."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PEOPLE_EDIT)
    corrected = bool(overrides_of(shown))
    form = RenameForm(request.POST or None, instance=shown, initial={"version": shown.version})
    changed: list[Fact] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if save_edit(
            request,
            form,
            lambda: register_acts.rename_person(shown, by=request.user, version=version, **form.values()),
            "Новое имя записано, прежнее осталось в сведениях о человеке.",
            changed,
        ):
            if corrected:
                _ask_forms_again(request, shown)
            aftermath.tell(request, shown)
            return redirect(shown)
    context = {
        "form": form,
        "changed": changed,
        "crumbs": crumbs(request.user, shown, "Сменить имя"),
        "heading": f"Сменить имя: {shown.short_name}",
        "submit": "Сменить имя",
        "lead": "Подписанные документы не меняются: в них остаётся прежнее имя, и по нему человека можно найти. "
        "Если в имени опечатка, исправьте её кнопкой «Изменить сведения».",
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "edit.html", context)


def _ask_forms_again(request, person: Person) -> None:
    """Say that a correction has fallen together with what it corrected."""
    link = format_html('<a href="{}">Имя в документах</a>', reverse("people:person_names", args=[person.pk]))
    messages.info(request, format_html("Формы, исправленные вручную, больше не действуют. Проверьте новые: {}", link))


def employment_new(request, pk):
    """Add a place of work."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PEOPLE_EDIT)
    form = EmploymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act_with_form(form, lambda: register_acts.employ(shown, by=request.user, **form.values()))
        if made:
            messages.success(request, f"Место работы записано: {made.post}.")
            return redirect(shown)
    context = {
        "form": form,
        "heading": f"Новое место работы: {shown.short_name}",
        "cancel_url": shown.get_absolute_url(),
        "crumbs": crumbs(request.user, shown, "Новое место работы"),
    }
    return render(request, "form.html", context)


def employment_edit(request, pk):
    """Change or end a place of work: the last day goes into «по»."""
    people = Person.objects.visible_to(request.user)
    employment = get_object_or_404(Employment.objects.filter(person__in=people).select_related("person"), pk=pk)
    require(request.user, Right.PEOPLE_EDIT)
    post, corrected = employment.post, bool(post_forms_of(employment.person, employment.post))
    form = EditEmploymentForm(request.POST or None, instance=employment, initial={"version": employment.version})
    changed: list[Fact] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if save_edit(
            request,
            form,
            lambda: register_acts.edit_employment(employment, by=request.user, version=version, **form.values()),
            "Место работы изменено.",
            changed,
        ):
            if corrected and form.cleaned_data["post"] != post:
                _ask_forms_again(request, employment.person)
            return redirect(employment.person)
    context = {
        "form": form,
        "changed": changed,
        "heading": f"Место работы: {employment.person.short_name}",
        "lead": "Чтобы закончить работу, укажите последний день в поле «по»: запись останется в истории.",
        "cancel_url": employment.person.get_absolute_url(),
        "crumbs": crumbs(request.user, employment.person, "Место работы"),
    }
    return render(request, "edit.html", context)
