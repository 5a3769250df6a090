"""The same staff list from eight clients at one moment: one import, one file, everybody once."""

import hashlib

import pytest

from mentoring_site.models import Act, StoredFile
from mentoring_site.workflow import Already
from people.register.models import Employment, Person
from people.staff_list import uploads
from people.staff_list.models import StaffImport
from tests import SAMPLE

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "8.6"), pytest.mark.django_db(transaction=True)]


def upload(content: bytes, by) -> tuple[StaffImport, bool]:
    return uploads.take(content, name="Список.xlsx", sha256=hashlib.sha256(content).hexdigest(), by=by)


def test_one_list_at_once_is_one_import(shared_database, cast, figures, together, told):
    content, files = SAMPLE.read_bytes(), StoredFile.objects.count()
    for turn in range(figures.rounds):
        results = together([lambda: upload(content, cast.clerk)] * figures.clients)
        assert [r for r in results if isinstance(r, Exception)] == [], turn
        assert len({taken.pk for taken, _ in results}) == 1
        assert sum(new for _, new in results) == 1
        assert (StaffImport.objects.count(), StoredFile.objects.count()) == (1, files + 1)
        StaffImport.objects.all().delete()
        StoredFile.objects.order_by("-pk")[0].delete()
    told(rounds=figures.rounds, clients=figures.clients, wrong=0)


def test_one_list_is_written_once(shared_database, cast, figures, together):
    content = SAMPLE.read_bytes()
    taken, _ = upload(content, cast.clerk)
    same = [StaffImport.objects.get(pk=taken.pk) for _ in range(figures.clients)]
    results = together([lambda one=one: uploads.write(one, by=cast.clerk) for one in same])
    assert sum(isinstance(r, Already) for r in results) == figures.clients - 1
    assert sum(isinstance(r, Exception) for r in results) == figures.clients - 1
    people, posts = Person.objects.count(), Employment.objects.count()
    assert Act.objects.about(taken).filter(verb="import").count() == 1
    again = uploads.start_again(StaffImport.objects.get(pk=taken.pk), by=cast.clerk)
    assert uploads.write(again, by=cast.clerk).to_write == []
    assert (Person.objects.count(), Employment.objects.count()) == (people, posts)


def test_one_list_is_started_again_once(shared_database, cast, figures, together):
    taken, _ = upload(SAMPLE.read_bytes(), cast.clerk)
    uploads.write(taken, by=cast.clerk)
    results = together([lambda: uploads.start_again(taken, by=cast.clerk)] * figures.clients)
    assert len({again.pk for again in results}) == 1
    assert StaffImport.objects.count() == 2
