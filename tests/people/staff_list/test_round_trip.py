"""What the product exports it also reads: the list of people, loaded back, asks nothing and changes nothing."""

import io
from datetime import date

import pytest
from django.urls import reverse

from mentoring_site.xlsx.reader import open_upload
from people.register.acts import rename_person
from people.register.models import Employment, Person
from people.school.models import Department, Organisation
from people.staff_list.checking import read_staff_list
from people.staff_list.commit import commit
from people.staff_list.plan import make_plan
from tests import SAMPLE
from tests.factories import make_person

TODAY = date(2026, 11, 22)

pytestmark = [pytest.mark.point("8"), pytest.mark.django_db]


def exported(client) -> bytes:
    response = client.get(reverse("people:register"), {"format": "xlsx"})
    assert response.status_code == 200
    return response.getvalue()


def loaded_back(client):
    """The plan of the export, read as a list."""
    return make_plan(read_staff_list(open_upload(io.BytesIO(exported(client))), TODAY))


def nothing_changes(plan):
    doubts = [(row.number, [str(reason.sentence) for reason in row.reasons]) for row in plan.rows if row.reasons]
    changes = [(row.number, [str(change) for change in row.changes]) for row in plan.rows if row.changes]
    assert (doubts, changes, plan.vanished) == ([], [], [])
    assert {row.outcome for row in plan.rows} == {"unchanged"}


def test_the_sample_comes_back_unchanged(cast, as_user):
    commit(read_staff_list(SAMPLE, TODAY), {"26": {"take": True, "gender": "f"}, "46": {"take": True}}, by=None)
    nothing_changes(loaded_back(as_user(cast.clerk)))


def test_people_of_every_kind_come_back_unchanged(cast, as_user, school):
    own = Organisation.objects.get(kind="own")
    partner = Organisation.objects.create(kind="school", name="ДШИ № 2 города Элисты", short_name="ДШИ № 2")
    hall = Department.objects.get_or_create(organisation=own, name="Хоровое отделение")[0]
    two = make_person("Ли", "Нина", "Игоревна", post="и. о. директора", department="Администрация", gender="f")
    Employment.objects.create(
        person=two, organisation=own, department=None, post="концертмейстер", kind=Employment.Kind.INTERNAL
    )
    Employment.objects.create(person=two, organisation=own, department=hall, post="методист", kind=Employment.Kind.MAIN)
    outsider = make_person("Оглы", "Мехмет", "", gender="m", department=None)
    outsider.employments.update(organisation=partner, kind="main")
    make_person("Без", "Должности", "Ивановна", gender="f", department=None).employments.all().delete()
    make_person("Мамедов", "Ильгар", "Вагиф оглы", gender="m", note="тел. доб. 12; внешний совместитель до мая")
    make_person("Санджи-Горяева", "Кермен", "Д’Артаньяновна", gender="f", teaching_since=date(2011, 3, 17))
    both = make_person("Иванова", "Анна", "Петровна", gender="f", category="highest", extra_category="both")
    make_person("Иванова", "Анна", "Петровна", gender="f", birth_date=date(1991, 1, 1), post="преп. по кл. ф-но")
    rename_person(both, by=cast.clerk, version=both.version, last_name="Каштанова", first_name="Анна")
    Person.objects.filter(middle_name="").exclude(pk=outsider.pk).update(education="student")
    nothing_changes(loaded_back(as_user(cast.clerk)))
