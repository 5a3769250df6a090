"""Long lists as XLSX: short ones at once, long ones in the background, only for whom the list is open."""

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from mentoring_site import inbox
from mentoring_site.exports import acts
from mentoring_site.models import Export, StoredFile
from mentoring_site.workflow import Refused
from people.register.models import Person
from people.staff_list import uploads
from tests.factories import make_person
from tests.people.staff_list.test_pages import workbook_of
from tests.programs.journal.kit import make_running, meet

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("8.11")]
LIST = "/people/?sort=-name"


@pytest.fixture
def long_list():
    """One person more than are written at once."""
    people = [
        Person(last_name=f"Длинная{n:04}", first_name="Анна", gender="f", search=f"длинная{n:04} анна")
        for n in range(1001)
    ]
    return Person.objects.bulk_create(people)


def ready(export):
    acts.build_export.call(export.pk)
    export.refresh_from_db()
    return export


def test_short_list_comes_at_once(cast, as_user):
    make_person("Длинная")
    answer = as_user(cast.curator).get(f"{LIST}&format=xlsx")
    assert (answer.status_code, answer.streaming) == (200, True)
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert not Export.objects.exists()


def test_long_list_is_asked_about_made_and_downloaded(cast, as_user, long_list):
    client = as_user(cast.curator)
    asked = client.get(f"{LIST}&format=xlsx", follow=True)
    assert asked.resolver_match.view_name == "exports:new"
    assert not Export.objects.exists()  # reading writes nothing
    form = asked.context["form"]
    sent = {"of": form["of"].value(), "request_key": form["request_key"].value()}
    waiting = client.post("/exports/new/", sent, follow=True)
    export = Export.objects.get()
    assert waiting.context["progress"]["label"] == "Файл ждёт очереди"
    assert client.post("/exports/new/", sent).url == export.get_absolute_url()
    assert client.get(reverse("exports:file", args=[export.pk])).status_code == 404
    assert [item.title for item in acts.items(cast.curator)] == []

    everybody = list(Person.objects.order_by("-search", "-pk").values_list("last_name", flat=True))
    assert (ready(export).total, export.done) == (len(everybody), len(everybody))
    assert "Скачать список: Люди" in [item.title for item in inbox.items_for(cast.curator)]
    page = client.get(export.get_absolute_url())
    assert page.context["progress"] is None
    file = client.get(page.context["file_url"])
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content))).active.values)
    assert [row[0] for row in rows] == ["Фамилия", *everybody]
    assert acts.items(cast.curator) == []


def test_the_same_list_is_not_made_twice_and_three_wait_at_most(cast):
    first = acts.order("/people/", by=cast.curator)
    assert acts.order("/people/", by=cast.curator) == first
    for part in ("sort=-name", "q=a"):
        acts.order(f"/people/?{part}", by=cast.curator)
    with pytest.raises(Refused, match="три файла"):
        acts.order("/people/?q=b", by=cast.curator)
    assert acts.order("/people/", by=cast.clerk) != first


@pytest.mark.parametrize("url", ["/", "/people/new/", "http://a.example/", "/orders/1/pdf/", "//", "", "/people"])
def test_only_lists_are_made(cast, as_user, url):
    with pytest.raises(Http404):
        acts.order(url, by=cast.curator)
    assert as_user(cast.curator).get("/exports/new/", {"of": url}).status_code == 404


def test_rights_are_those_of_the_list_when_asked_when_made_and_when_downloaded(cast):
    with pytest.raises((PermissionDenied, Http404)):
        acts.order(reverse("people:accounts"), by=cast.mentor)
    export = acts.order(reverse("people:accounts"), by=cast.sysadmin)
    cast.sysadmin.person.roles.update(until=timezone.localdate() - timedelta(days=1))
    export = Export.objects.get(pk=export.pk)
    assert ready(export).problem == "Этот список Вам больше не открыт"


def test_the_file_of_a_lost_right_is_not_opened(cast, as_user):
    export = ready(acts.order(reverse("people:accounts"), by=cast.sysadmin))
    client = as_user(cast.sysadmin)
    answer = client.get(reverse("exports:file", args=[export.pk]))
    assert b"".join(answer.streaming_content).startswith(b"PK")
    cast.sysadmin.person.roles.update(until=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("exports:file", args=[export.pk])).status_code == 403
    assert as_user(cast.curator).get(export.get_absolute_url()).status_code == 404


def test_what_a_stopped_worker_left_is_made_by_the_clock(cast):
    export = acts.order("/people/", by=cast.curator, request_key=uuid4())
    assert acts.build_late() == 0
    Export.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert acts.build_late() == 1
    export.refresh_from_db()
    assert export.file_id


def test_an_export_forgotten_while_it_was_made_leaves_no_file(cast, monkeypatch):
    """The race: the data that stand in it are destroyed while it is being written."""
    files = StoredFile.objects.count()
    export = acts.order("/people/", by=cast.curator)
    store = acts.store_bytes
    monkeypatch.setattr(acts, "store_bytes", lambda *args, **kwargs: (acts.forget_all(), store(*args, **kwargs))[1])
    acts.build_export.call(export.pk)
    assert not Export.objects.exists() and StoredFile.objects.count() == files


def test_exports_are_gone_after_a_day_and_with_data_that_are_destroyed(cast):
    files = StoredFile.objects.count()
    ready(acts.order("/people/", by=cast.curator))
    assert acts.forget_old() == 0
    Export.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert acts.forget_old() == 1
    ready(acts.order("/people/", by=cast.curator))
    assert acts.forget_all() == 1
    assert StoredFile.objects.count() == files


@pytest.mark.parametrize("name", ["programs:hours", "people:import_corrections"])
def test_workbooks_that_are_no_list_pages_go_the_same_way(cast, as_user, monkeypatch, name):
    """Hours of a month and rows to correct: what is longer than a reader waits for is made by the worker."""
    if name == "programs:hours":
        meet(make_running(cast)[0], cast.mentor)
        url = reverse(name) + f"?month={timezone.localdate():%Y-%m}"
    else:
        content = workbook_of(["ФИО", "Должность"], ["Иванова", "методист"], ["Петров", "методист"])
        upload, _ = uploads.take(content, name="список.xlsx", sha256="a" * 64, by=cast.clerk)
        url = reverse(name, args=[upload.pk])
    client = as_user(cast.clerk)
    asked = f"{url}{'&' if '?' in url else '?'}format=xlsx"
    short = client.get(asked)
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(short.streaming_content))).active.max_row
    monkeypatch.setattr(acts, "AT_ONCE", 0)
    question = client.get(client.get(asked).url)
    assert question.status_code == 200 and question.context["form"].initial["of"] == url
    export = ready(acts.order(url, by=cast.clerk))
    assert (export.problem, bool(export.file)) == ("", True)
    with export.file.file.open() as made:
        assert openpyxl.load_workbook(made).active.max_row == rows
    if name == "people:import_corrections":
        with pytest.raises(PermissionDenied):
            acts.order(url, by=cast.mentor)
