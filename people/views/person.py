"""A person's page in parts, and what is written about a person: facts, places of work, forms of the name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.acts import try_form
from mentoring_site.russian import period, plural, rudate
from people import candidates, history, register
from people.forms.register import EditEmploymentForm, EditPersonForm, EmploymentForm, NameFormsForm, NewPersonForm
from people.models import Employment, Person
from people.names import PARTS
from people.views.edits import save_edit

YEARS = ("год", "года", "лет")


def person(request, pk):
    """Everything about a person that the viewer may see: facts, places of work, roles, banks, pairs, programmes."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user, keeper = request.user, request.user.can("people.edit")
    employments = list(shown.employments.select_related("department", "organisation").order_by("-kind", "pk"))
    banks = _candidates(user, shown)
    context = {
        "person": shown,
        "tabs": tabs(user, shown, "about"),
        "facts": _facts(user, shown),
        "keeper": keeper,
        "employments": [_employment_row(e, keeper) for e in employments],
        "roles": _roles(shown),
        "candidates": banks,
        "lead": _lead(employments),
        "pairings": _pairings(user, shown),
        "crumbs": crumbs(user, shown),
        "actions": _actions(user, shown, {entry["code"] for entry in banks if entry["live"]}),
    }
    return render(request, "people/person.html", context)


def _lead(employments) -> str:
    """«преподаватель по классу домбры; концертмейстер»: the posts of today under the name."""
    today = timezone.localdate()
    return "; ".join(e.post for e in employments if e.until is None or e.until >= today)


def crumbs(user, shown, last: str = "") -> list:
    """The way to a part of a person's page."""
    start = [("Люди", reverse("people:register"))] if user.can("people.see_all") else []
    return [*start, (shown.short_name, shown.get_absolute_url() if last else None), *([(last, None)] if last else [])]


def tabs(user, shown, current: str) -> list[dict]:
    """Parts of a person's page that the viewer may open."""
    own = user.person_id == shown.pk
    parts = [("about", "О человеке", "people:person", True)]
    parts += [("consents", "Согласия", "people:person_consents", own or user.can("consents.see_all"))]
    parts += [("agreements", "Соглашения", "people:person_agreements", own or user.can("agreements.see_all"))]
    parts += [("package", "Все документы", "reports:person_package", own or user.can("papers.see_all"))]
    parts += [("names", "Имя в документах", "people:person_names", own or user.can("people.see_all"))]
    parts += [("history", "История", "people:person_history", own or user.can("people.see_all"))]
    return [
        {"label": label, "url": reverse(name, args=[shown.pk]), "current": code == current}
        for code, label, name, allowed in parts
        if allowed
    ]


def _facts(user, shown) -> list[dict]:
    private = register.sees_contacts(user, shown)
    young, why = shown.young_specialist()
    service = shown.service()
    facts = [
        ("Пол", shown.get_gender_display(), ""),
        ("Образование", shown.get_education_display() or "не указано", shown.education_place),
        ("Категория", shown.get_category_display() or "не указана", shown.category_order),
        (
            "Педагогический стаж",
            "не указан" if service is None else plural(service, YEARS),
            f"с {rudate(shown.teaching_since)}" if shown.teaching_since else "",
        ),
        ("Молодой специалист", "да" if young else "нет", why if private else ""),
    ]
    if private:
        age = shown.age()
        facts[1:1] = [
            (
                "Дата рождения",
                rudate(shown.birth_date) if shown.birth_date else "не указана",
                "" if age is None else plural(age, YEARS),
            ),
            ("Телефон", shown.phone or "не указан", ""),
            ("E-mail", shown.email or "не указан", ""),
            ("Адрес", shown.address or "не указан", ""),
        ]
        if shown.note:
            facts.append(("Примечание", shown.note, ""))
    return [{"label": label, "value": value, "note": note, "url": ""} for label, value, note in facts]


def _employment_row(employment, keeper: bool) -> dict:
    ended = employment.until is not None and employment.until < timezone.localdate()
    place = employment.organisation.short_name
    return {
        "employment": employment,
        "place": f"{employment.department}, {place}" if employment.department else place,
        "term": period(employment.since, employment.until) if employment.since or employment.until else "",
        "kind": employment.get_kind_display(),
        "ended": ended,
        "edit_url": reverse("people:employment_edit", args=[employment.pk]) if keeper else "",
    }


def _roles(shown) -> list[dict]:
    return [
        {
            "label": grant.get_role_display(),
            "value": period(grant.since, grant.until),
            "url": "",
            "note": f"приказ № {grant.order_number} от {rudate(grant.order_date)}"
            if grant.order_number and grant.order_date
            else "",
        }
        for grant in shown.roles.all()
    ]


def _candidates(user, shown) -> list[dict]:
    entries = shown.candidates.visible_to(user).select_related("person").order_by("-proposed_at")
    return [
        {
            "url": c.get_absolute_url(),
            "part": c.get_part_display(),
            "badge": candidates.badge(c, user),
            "since": c.proposed_at,
            "code": c.part,
            "live": c.state in candidates.LIVE,
        }
        for c in entries
    ]


def _pairings(user, shown) -> list[dict]:
    """Pairs and programmes through the reverse accessor: shown here, decided above; three queries."""
    participations = shown.participations.model.objects
    pairings = shown.participations.model._meta.get_field("pairing").related_model.objects
    rows = participations.filter(pairing__in=pairings.visible_to(user).filter(participations__person=shown))
    found = {}
    for row in rows.select_related("pairing", "person").order_by("-pairing__proposed_at", "pk"):
        entry = found.setdefault(row.pairing_id, {"pairing": row.pairing, "own": None, "others": [], "programs": []})
        if row.person_id == shown.pk:
            entry["own"] = row
        else:
            entry["others"].append(row.person)
    if found:
        programs = next(iter(found.values()))["pairing"].programs.model.objects
        for program in programs.visible_to(user).filter(pairing__in=found).order_by("-created_at"):
            found[program.pairing_id]["programs"].append(program)
    return list(found.values())


def _actions(user, shown, standing) -> list[dict]:
    acts = []

    def add(verb, label, url, primary=False):
        acts.append(
            {
                "verb": verb,
                "label": label,
                "url": url,
                "primary": primary,
                "enabled": True,
                "reasons": [],
                "confirm": False,
                "danger": False,
            }
        )

    if user.can("people.edit"):
        add("edit", "Изменить сведения", reverse("people:person_edit", args=[shown.pk]), True)
        add("employ", "Добавить место работы", reverse("people:employment_new", args=[shown.pk]))
    if user.can("banks.propose") and "mentee" not in standing:
        add("mentee", "Предложить в наставляемые", reverse("people:propose", args=["mentees", shown.pk]))
    if user.can("banks.propose") and "mentor" not in standing:
        add("mentor", "Предложить в наставники", reverse("people:propose", args=["mentors", shown.pk]))
    return acts


def person_history(request, pk):
    """Who did what when about a person; director and curator see the changed fields, private ones masked (п. 3.4)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user = request.user
    if user.person_id != shown.pk and not user.can("people.see_all"):
        raise PermissionDenied("Историю человека видят он сам и те, кто ведёт список людей")
    objects = [shown, shown.employments.all(), shown.name_forms.all(), shown.roles.all()]
    objects += [shown.candidates.visible_to(user), shown.consents.visible_to(user)]
    context = {
        "person": shown,
        "tabs": tabs(user, shown, "history"),
        "crumbs": crumbs(user, shown, "История"),
        "entries": history.entries(objects, fields=user.can("people.history")),
    }
    return render(request, "people/person_history.html", context)


def person_names(request, pk):
    """All forms of the name as papers will print them, and their correction (п. 15: the head signs it as it is)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    may_edit = request.user.can("people.edit")
    if not may_edit and request.user.person_id != shown.pk and not request.user.can("people.see_all"):
        raise PermissionDenied("Формы имени видят сам человек и те, кто ведёт список людей")
    form = None
    if may_edit:
        stored = {f.case: {p: getattr(f, p) for p in PARTS} for f in shown.name_forms.all()}
        posts = [row["post"] for row in register.declined_posts(shown)]
        form = NameFormsForm(
            request.POST or None, person=shown, stored=stored, posts=posts, initial={"version": shown.version}
        )
        if request.method == "POST" and form.is_valid():
            version = form.cleaned_data["version"]
            if save_edit(
                request,
                form,
                lambda: register.correct_names(
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
        "cases": register.declined_forms(shown),
        "posts": register.declined_posts(shown),
    }
    return render(request, "people/name_forms.html", context)


def person_new(request):
    """Write a new person into the register."""
    if not request.user.can("people.edit"):
        raise PermissionDenied("Список людей ведут куратор и специалист по кадрам")
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        namesake = form.cleaned_data["namesake"]
        made = try_form(form, lambda: register.enter(by=request.user, namesake=namesake, **form.facts()))
        if made:
            messages.success(request, f"{made.full_name}: записано. Добавьте место работы.")
            return redirect("people:employment_new", made.pk)
    context = {
        "form": form,
        "heading": "Новый человек",
        "submit": "Записать",
        "cancel_url": reverse("people:register"),
        "crumbs": [("Люди", reverse("people:register")), ("Новый человек", None)],
    }
    return render(request, "form.html", context)


def person_edit(request, pk):
    """Change what is known about a person; a stale form keeps what was typed and shows what others changed."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.can("people.edit"):
        raise PermissionDenied("Список людей ведут куратор и специалист по кадрам")
    form = EditPersonForm(request.POST or None, instance=shown, initial={"version": shown.version})
    changed = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if save_edit(
            request,
            form,
            lambda: register.edit(shown, by=request.user, version=version, **form.facts()),
            "Сведения изменены.",
            changed,
        ):
            return redirect(shown)
    context = {
        "form": form,
        "person": shown,
        "changed": changed,
        "crumbs": crumbs(request.user, shown, "Изменить сведения"),
        "heading": f"Изменить сведения: {shown.short_name}",
        "cancel_url": shown.get_absolute_url(),
    }
    return render(request, "people/edit.html", context)


def employment_new(request, pk):
    """Add a place of work."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.can("people.edit"):
        raise PermissionDenied("Места работы записывают куратор и специалист по кадрам")
    form = EmploymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = try_form(form, lambda: register.employ(shown, by=request.user, **form.facts()))
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
    if not request.user.can("people.edit"):
        raise PermissionDenied("Места работы записывают куратор и специалист по кадрам")
    form = EditEmploymentForm(request.POST or None, instance=employment, initial={"version": employment.version})
    changed = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if save_edit(
            request,
            form,
            lambda: register.edit_employment(employment, by=request.user, version=version, **form.facts()),
            "Место работы изменено.",
            changed,
        ):
            return redirect(employment.person)
    context = {
        "form": form,
        "changed": changed,
        "heading": f"Место работы: {employment.person.short_name}",
        "lead": "Чтобы закончить работу, укажите последний день в поле «по»: запись останется в истории.",
        "cancel_url": employment.person.get_absolute_url(),
        "crumbs": crumbs(request.user, employment.person, "Место работы"),
    }
    return render(request, "people/edit.html", context)
