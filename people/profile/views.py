"""A person's page in parts, and what is written about a person: facts, places of work, forms of the name."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site import history as mentoring_site_history
from mentoring_site.russian import period, plural, rudate
from people.banks import acts as bank_acts
from people.register import acts as register_acts
from people.register.models import Person
from people.register.person_views import YEARS
from people.register.presenters import crumbs, tabs
from people.rights import Right


def person(request, pk):
    """Everything about a person that the viewer may see: facts, places of work, roles, banks, pairs, programmes."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user, keeper = request.user, request.user.can(Right.PEOPLE_EDIT)
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
    return render(request, "people/profile/person.html", context)


def _lead(employments) -> str:
    """«преподаватель по классу домбры; концертмейстер»: the posts of today under the name."""
    today = timezone.localdate()
    return "; ".join(e.post for e in employments if e.until is None or e.until >= today)


def _facts(user, shown) -> list[dict]:
    private = register_acts.sees_contacts(user, shown)
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
            "badge": bank_acts.badge(c, user),
            "since": c.proposed_at,
            "code": c.part,
            "live": c.state in bank_acts.LIVE,
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

    if user.can(Right.PEOPLE_EDIT):
        add("edit", "Изменить сведения", reverse("people:person_edit", args=[shown.pk]), True)
        add("employ", "Добавить место работы", reverse("people:employment_new", args=[shown.pk]))
    if user.can(Right.BANKS_PROPOSE) and "mentee" not in standing:
        add("mentee", "Предложить в наставляемые", reverse("people:propose", args=["mentees", shown.pk]))
    if user.can(Right.BANKS_PROPOSE) and "mentor" not in standing:
        add("mentor", "Предложить в наставники", reverse("people:propose", args=["mentors", shown.pk]))
    return acts


def person_history(request, pk):
    """Who did what when about a person; director and curator see the changed fields, private ones masked (п. 3.4)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user = request.user
    if user.person_id != shown.pk and not user.can(Right.PEOPLE_SEE_ALL):
        raise PermissionDenied("Историю человека видят он сам и те, кто ведёт список людей")
    objects = [shown, shown.employments.all(), shown.name_forms.all(), shown.roles.all()]
    objects += [shown.candidates.visible_to(user), shown.consents.visible_to(user)]
    context = {
        "person": shown,
        "tabs": tabs(user, shown, "history"),
        "crumbs": crumbs(user, shown, "История"),
        "entries": mentoring_site_history.entries(objects, fields=user.can(Right.PEOPLE_HISTORY)),
    }
    return render(request, "people/profile/person_history.html", context)
