"""The register of persons as a list and as a workbook; partner organisations and departments (п. 1.2, 3.4)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_with_form
from mentoring_site.lists import page_of, wants_xlsx, xlsx_url
from mentoring_site.russian import plural
from mentoring_site.xlsx.writer import stream_xlsx
from people.register import acts as register_acts
from people.register import filters
from people.register.forms import DepartmentForm, OrganisationForm, RegisterFilter
from people.register.models import Employment, Person
from people.rights import Right
from people.school.models import Department, Organisation

PEOPLE = ("человек", "человека", "человек")


def people(request):
    """The register: search, filters, order, pages of 25, the same list as XLSX."""
    private = register_acts.sees_contacts(request.user)
    form = RegisterFilter(request.GET or None, private=private)
    chosen = form.chosen() if form.is_bound else {}
    found = filtered(Person.objects.visible_to(request.user), chosen)
    if wants_xlsx(request):
        return _workbook(found, private)
    context = page_of(found.with_posts(), request)
    context |= {
        "form": form,
        "found": plural(context["page_obj"].paginator.count, PEOPLE),
        "bare": not chosen,
        "rows": [_row(person) for person in context["page_obj"]],
        "url": reverse("people:register"),
        "xlsx_url": xlsx_url(request, reverse("people:register")),
        "may_edit": request.user.can(Right.PEOPLE_EDIT),
        "may_import": request.user.can(Right.PEOPLE_IMPORT),
        "consents": request.user.can(Right.CONSENTS_SEE_ALL),
    }
    return render(request, "people/register/register.html", context)


def filtered(queryset, chosen: dict):
    """Apply the chosen filters to a queryset of persons; all are exact facts of today."""
    queryset = filters.with_marks(queryset).found_by(chosen.get("q", ""))
    posts = _post_conditions(chosen)
    if posts:  # one place of work must meet all conditions at once
        queryset = queryset.filter(pk__in=Employment.objects.current().filter(posts).values("person"))
    if "category" in chosen:
        queryset = queryset.filter(category="" if chosen["category"] == "none" else chosen["category"])
    if "young" in chosen:
        queryset = queryset.filter(filters.young(chosen["young"] == "yes"))
    if "age" in chosen:
        queryset = queryset.filter(filters.aged(chosen["age"]))
    if "consent" in chosen:
        queryset = queryset.filter(has_consent=chosen["consent"] == "yes")
    return queryset.order_by(*filters.SORTS[chosen.get("sort", "name")][1])


def _post_conditions(chosen) -> Q:
    posts = Q()
    for name, column in (("department", "department"), ("organisation", "organisation"), ("kind", "kind")):
        if name in chosen:
            posts &= Q(**{column: chosen[name]})
    if "post" in chosen:
        posts &= Q(is_teaching=chosen["post"] == "teaching")
    return posts


def _row(person) -> dict:
    young, _ = person.young_specialist()
    return {
        "person": person,
        "url": person.get_absolute_url(),
        "posts": person.posts,
        "young": young,
        "consent": {"word": "есть", "tone": "done"} if person.has_consent else {"word": "нет", "tone": "stopped"},
    }


def _workbook(found, private: bool):
    """The filtered list as XLSX; contacts and birth dates only for those who may see them."""
    columns = [
        "Фамилия",
        "Имя",
        "Отчество",
        "Должность",
        "Отделение",
        "Организация",
        "Занятость",
        "Образование",
        "Категория",
        "Педагогический стаж с",
        "Стаж, лет",
        "Молодой специалист",
        "Согласие на обработку",
    ]
    if private:
        columns += ["Дата рождения", "Телефон", "E-mail", "Примечание"]
    rows = (_cells(person, private) for person in found.with_posts().iterator(chunk_size=500))
    return stream_xlsx(f"Люди {timezone.localdate():%d.%m.%Y}", "Люди", columns, rows)


def _cells(person, private: bool) -> list:
    posts = person.posts
    cells = [
        person.last_name,
        person.first_name,
        person.middle_name,
        "; ".join(e.post for e in posts),
        "; ".join(e.department.name for e in posts if e.department),
        "; ".join(e.organisation.short_name for e in posts),
        "; ".join(e.get_kind_display() for e in posts),
        person.get_education_display(),
        person.get_category_display(),
        person.teaching_since,
        person.service(),
        person.young_specialist()[0],
        person.has_consent,
    ]
    return [*cells, person.birth_date, person.phone, person.email, person.note] if private else cells


# Organisations and departments


def organisations(request):
    """Own school and partners with their departments (п. 1.2)."""
    _keepers_only(request)
    rows = Organisation.objects.annotate(people=Count("employments__person", distinct=True)).prefetch_related(
        "departments"
    )
    rows = sorted(rows, key=lambda o: (o.kind != Organisation.Kind.OWN, o.short_name.lower()))
    context = {
        "rows": [
            {"organisation": o, "departments": o.departments.all(), "own": o.kind == Organisation.Kind.OWN}
            for o in rows
        ]
    }
    return render(request, "people/register/organisations.html", context)


def organisation(request, pk=None):
    """A partner organisation, new or to be changed."""
    _keepers_only(request)
    partner = get_object_or_404(Organisation.objects.exclude(kind="own"), pk=pk) if pk else Organisation()
    heading = f"Изменить: {partner.short_name}" if pk else "Новая организация-партнёр"
    return _small_form(request, OrganisationForm, partner, register_acts.save_organisation, heading)


def department(request, pk=None):
    """A department, new or to be renamed."""
    _keepers_only(request)
    place = get_object_or_404(Department, pk=pk) if pk else Department()
    heading = f"Изменить: {place.name}" if pk else "Новое отделение"
    return _small_form(request, DepartmentForm, place, register_acts.save_department, heading)


def _small_form(request, form_class, obj, act, heading):
    chosen = {"organisation": request.GET["organisation"]} if "organisation" in request.GET else None
    form = form_class(request.POST or None, instance=obj, initial=chosen)
    if request.method == "POST" and form.is_valid():
        fresh = type(obj).objects.get(pk=obj.pk) if obj.pk else type(obj)()
        saved = act_with_form(form, lambda: act(fresh, by=request.user, **form.cleaned_data))
        if saved:
            messages.success(request, f"Записано: {saved}.")
            return redirect("people:organisations")
    crumbs = [("Люди", reverse("people:register")), ("Организации", reverse("people:organisations")), (heading, None)]
    context = {"form": form, "heading": heading, "crumbs": crumbs, "cancel_url": reverse("people:organisations")}
    return render(request, "form.html", context)


def _keepers_only(request):
    if not request.user.can(Right.PEOPLE_EDIT):
        raise PermissionDenied("Организации и отделения ведут куратор и специалист по кадрам")
