"""Rows inserted without objects are the rows that ``bulk_create`` would have written."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.bulk import insert_rows
from mentoring_site.models import Act
from people.register.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.point("24")]

NAMES = {"first_name": "Анна", "middle_name": "Петровна", "gender": "f"}


def columns(model):
    """All rows of a table without their keys."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return list(model.objects.order_by("pk").values(*names))


def test_rows_are_the_same_as_of_bulk_create(django_assert_num_queries):
    now = timezone.now()
    rows = [
        {"last_name": name, "birth_date": born, "search": name.lower()}
        for name, born in (("Иванова", date(1980, 5, 5)), ("О'Нил %s", None))
    ]
    Person.objects.bulk_create([Person(**row, **NAMES, created_at=now) for row in rows])
    expected = columns(Person)
    Person.objects.all().delete()
    with django_assert_num_queries(1):
        insert_rows(Person, rows, **NAMES, created_at=now)
    assert columns(Person) == expected


def test_moments_and_facts_come_back_as_they_were():
    kind, now = ContentType.objects.get_for_model(Person), timezone.now()
    same = {"object_type_id": kind.pk, "verb": "enter", "words": "записан", "at": now, "actor_id": None}
    insert_rows(Act, [{"object_id": 1, "facts": {"fields": ["ё"]}}, {"object_id": 2, "facts": {}}], **same)
    assert columns(Act) == [
        {"object_id": number, "facts": facts, "source": "", "target": "", **same}
        for number, facts in ((1, {"fields": ["ё"]}), (2, {}))
    ]


def test_the_database_still_refuses():
    rows = [{"last_name": "Иванова", "search": "а"}, {"last_name": "", "search": "б"}]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Person, rows, **NAMES)
    assert columns(Person) == []


def test_no_rows_ask_nothing_and_an_unknown_column_is_told(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Person, [])
        with pytest.raises(ValueError, match="no columns organisation, surname"):
            insert_rows(Person, [{"surname": "Иванова"}], organisation=1)
