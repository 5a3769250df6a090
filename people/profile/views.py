"""The list of people, and a person's page with blocks of other features (people/profile/blocks.py)."""

from collections.abc import Callable

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history as mentoring_site_history
from mentoring_site.emails import mailto
from mentoring_site.paper_ref import PaperRef
from mentoring_site.rights import require
from mentoring_site.russian import period, plural, rudate
from mentoring_site.ui.bulk_act import BulkAct
from mentoring_site.ui.elements import Action, Fact
from mentoring_site.views_log import Kind, note
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.handover.parts import parts_of
from people.profile.blocks import blocks_of
from people.profile.bulk import ASK, PRINT, PROPOSE, RECORD
from people.profile.people_list import PEOPLE, empty_state, with_consent
from people.register import acts as register_acts
from people.register.leaving import hanging_on, last_days
from people.register.models import Employment, FormerName, Person
from people.register.presenters import crumbs, tabs
from people.rights import Right

YEARS = ("год", "года", "лет")


def people(request):
    """The list of the people whom the user may see."""
    user = request.user
    return PEOPLE.answer(
        request,
        with_consent(Person.objects.visible_to(user)),
        nothing=empty_state(user),
        may_edit=user.can(Right.PEOPLE_EDIT),
        may_import=user.can(Right.PEOPLE_IMPORT),
        may_see_consents=user.can(Right.CONSENTS_SEE_ALL),
    )


def _over_many(act: BulkAct) -> Callable:
    """Return the page of an act over people ticked in the list."""

    @require_http_methods(["GET", "POST"])
    def view(request):
        return act.answer(request, PEOPLE, with_consent(Person.objects.visible_to(request.user)))

    return view


propose_mentees = _over_many(PROPOSE[Candidate.Part.MENTEE])
propose_mentors = _over_many(PROPOSE[Candidate.Part.MENTOR])
consents_print = _over_many(PRINT)
consents_record = _over_many(RECORD)
consents_ask = _over_many(ASK)


def person(request, pk):
    """Everything about a person that the viewer may see: facts, places of work, roles, banks, blocks of features."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user, may_edit = request.user, request.user.can(Right.PEOPLE_EDIT)
    if register_acts.sees_contacts(user, shown):
        note(user, shown.pk, Kind.CONTACTS)
    employments = list(shown.employments.select_related("department", "organisation").order_by("-kind", "pk"))
    candidates = _candidates(user, shown)
    context = {
        "person": shown,
        "tabs": tabs(user, shown, "about"),
        "facts": _facts(user, shown),
        "employments": [_employment_row(e, may_edit) for e in employments],
        "roles": _roles(shown),
        "candidates": candidates,
        "lead": _posts_of_today(employments),
        "blocks": blocks_of(user, shown),
        "crumbs": crumbs(user, shown),
        "actions": _actions(user, shown, {entry["code"] for entry in candidates if entry["live"]}),
    }
    return render(request, "people/profile/person.html", context)


def _posts_of_today(employments: list[Employment]) -> str:
    """«преподаватель по классу домбры; концертмейстер»: stands under the name."""
    today = timezone.localdate()
    return "; ".join(e.post for e in employments if e.until is None or e.until >= today)


def _facts(user, shown: Person) -> list[Fact]:
    """What is known about a person; contacts and birth date only for those who may see them (152-ФЗ)."""
    private = register_acts.sees_contacts(user, shown)
    young, why = shown.young_specialist()
    service = shown.service()
    since = f"с {rudate(shown.teaching_since)}" if shown.teaching_since else ""
    return [
        *(_former_names(shown) if private else []),
        Fact("Пол", shown.get_gender_display()),
        *(_private_facts(shown) if private else []),
        Fact("Образование", shown.get_education_display() or "не указано", shown.education_place),
        Fact("Категория", _categories(shown) or "не указана", shown.category_order),
        Fact("Педагогический стаж", "не указан" if service is None else plural(service, YEARS), since),
        Fact("Молодой специалист", "да" if young else "нет", why if private else ""),
        *([Fact("Примечание", shown.note)] if private and shown.note else []),
    ]


def _categories(shown: Person) -> str:
    """«высшая; педагог-наставник»."""
    return "; ".join(filter(None, [shown.get_category_display(), shown.get_extra_category_display()]))


def _former_names(shown: Person) -> list[Fact]:
    names = list(shown.former_names.all())
    label = "Прежнее имя" if len(names) == 1 else "Прежние имена"
    return [Fact(label, "; ".join(map(_former_name, names)))] if names else []


def _former_name(name: FormerName) -> str:
    note = ", ".join(filter(None, [f"по {rudate(name.until)}" if name.until else "", name.basis]))
    return f"{name} ({note})" if note else str(name)


def _private_facts(shown: Person) -> list[Fact]:
    age = shown.age()
    born = rudate(shown.birth_date) if shown.birth_date else "не указана"
    return [
        Fact("Дата рождения", born, "" if age is None else plural(age, YEARS)),
        Fact("Телефон", shown.phone or "не указан"),
        Fact("E-mail", shown.email or "не указан", url=mailto(shown.email)),
        Fact("Адрес", shown.address or "не указан"),
    ]


def _employment_row(employment: Employment, may_edit: bool) -> dict:
    """What people/profile/employment.html shows of one place of work."""
    place = employment.organisation.short_name
    return {
        "employment": employment,
        "place": f"{employment.department}, {place}" if employment.department else place,
        "term": period(employment.since, employment.until) if employment.since or employment.until else "",
        "kind": employment.get_kind_display(),
        "ended": employment.until is not None and employment.until < timezone.localdate(),
        "edit_url": reverse("people:employment_edit", args=[employment.pk]) if may_edit else "",
    }


def _roles(shown: Person) -> list[Fact]:
    return [
        Fact(
            grant.get_role_display(),
            period(grant.since, grant.until),
            f"приказ {PaperRef(grant.order_number, grant.order_date).number_first}"
            if grant.order_number and grant.order_date
            else "",
        )
        for grant in shown.roles.all()
    ]


def _candidates(user, shown: Person) -> list[dict]:
    """The person's candidacies that the user may see, the newest first."""
    entries = shown.candidates.visible_to(user).select_related("person").order_by("-proposed_at")
    return [
        {
            "url": c.get_absolute_url(),
            "part": c.get_part_display(),
            "badge": bank_acts.badge(c, user),
            "since": c.proposed_at,
            "code": c.part,
            "live": c.state in Candidate.LIVE_STATES,
        }
        for c in entries
    ]


def _actions(user, shown: Person, live_parts: set[str]) -> list[Action]:
    """Buttons of the page; whoever is a live candidate of a bank is not proposed for it again."""
    actions = []
    if user.can(Right.PEOPLE_EDIT):
        edit_url, rename_url, employ_url = (
            reverse(f"people:{name}", args=[shown.pk]) for name in ("person_edit", "person_rename", "employment_new")
        )
        actions += [
            Action("edit", "Изменить сведения", edit_url, primary=True),
            Action("rename", "Сменить имя", rename_url),
            Action("employ", "Добавить место работы", employ_url),
        ]
    if user.can(Right.PEOPLE_SEE_ALL) and last_days([shown.pk]):
        actions.append(Action("leaving", "Что остаётся за человеком", reverse("people:leaving", args=[shown.pk])))
    if user.can(Right.BANKS_PROPOSE):
        actions += [
            Action(part, label, reverse("people:propose", args=[f"{part}s", shown.pk]))
            for part, label in (("mentee", "Предложить в наставляемые"), ("mentor", "Предложить в наставники"))
            if part not in live_parts
        ]
    return actions


@require_GET
def leaving(request, pk):
    """What hangs on a person who leaves: what ends by itself, and whose act the rest needs (п. 3.4; ТК 351.8)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PEOPLE_SEE_ALL, act="видеть, что остаётся за тем, кто увольняется")
    days = last_days([shown.pk])
    things = hanging_on(days or {shown.pk: timezone.localdate()}).get(shown.pk, [])
    context = {
        "person": shown,
        "crumbs": crumbs(request.user, shown, "Окончание работы"),
        "last": days.get(shown.pk),
        "gone": bool(days) and days[shown.pk] < timezone.localdate(),
        "needed": [thing for thing in things if not thing.by_itself],
        "by_itself": [thing for thing in things if thing.by_itself],
        "handover_url": reverse("people:handover", args=[shown.pk]) if parts_of(request.user) else "",
    }
    return render(request, "people/profile/leaving.html", context)


def person_history(request, pk):
    """Who did what when about a person; director and curator see the changed fields, private ones masked (п. 3.4)."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    user = request.user
    require(
        user, Right.PEOPLE_SEE_ALL, unless=user.person_id == shown.pk, also="сам человек", act="видеть историю человека"
    )
    objects = [shown, shown.employments.all(), shown.name_forms.all(), shown.roles.all()]
    objects += [shown.candidates.visible_to(user), shown.consents.visible_to(user)]
    context = {
        "person": shown,
        "tabs": tabs(user, shown, "history"),
        "crumbs": crumbs(user, shown, "История"),
        "entries": mentoring_site_history.entries(objects, fields=user.can(Right.PEOPLE_HISTORY)),
    }
    return render(request, "people/profile/person_history.html", context)
