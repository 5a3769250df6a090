"""Views of private data: noted in memory, written in batches, never the failure of a page, shown to the person."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse

from mentoring_site import views_log
from mentoring_site.models import Viewing
from mentoring_site.views_log import JOURNAL, Journal, Kind, note
from tests.factories import make_candidate, make_consent
from tests.walker import read_out

pytestmark = [pytest.mark.django_db, pytest.mark.point("23", "8.6")]


def rows():
    return set(Viewing.objects.values_list("viewer__username", "person_id", "kind", "exported"))


def test_one_row_for_ten_minutes_and_none_for_oneself(cast):
    person = cast.mentee.person
    with time_machine.travel("2026-11-22 09:01+03:00", tick=False) as clock:
        for _ in range(3):
            note(cast.curator, person.pk, Kind.CONTACTS)
            note(cast.mentee, person.pk, Kind.CONTACTS)
            assert JOURNAL.flush() == 1  # the row of the second round is there already
        clock.shift(timedelta(minutes=10))
        note(cast.curator, [person.pk, cast.mentor.person_id], Kind.CONTACTS)
        JOURNAL.flush()
    assert Viewing.objects.filter(person_id=person.pk).count() == 2 and Viewing.objects.count() == 3
    assert Viewing.objects.first().roles == "curator"


def test_threads_lose_nothing(cast):
    journal, people = Journal(), range(1, 2001)

    def look(part):
        for pk in people[part::4]:
            journal.note(cast.stranger, [pk], Kind.FILE)

    cast.stranger.roles  # noqa: B018  # read before the threads begin
    threads = [threading.Thread(target=look, args=(n,)) for n in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    own = cast.stranger.person_id in people
    assert journal.flush() == Viewing.objects.count() == len(people) - own


def test_a_page_does_not_fail_by_its_journal(cast, as_user, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no memory")

    monkeypatch.setattr(JOURNAL, "note", broken)
    assert as_user(cast.curator).get(cast.mentee.person.get_absolute_url()).status_code == 200


def test_a_database_that_does_not_answer_gets_the_rows_later(cast, monkeypatch):
    note(cast.curator, cast.mentee.person_id, Kind.CONSENTS)
    real = Viewing.objects.bulk_create

    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Viewing.objects, "bulk_create", busy)
    assert JOURNAL.flush() == 0 and len(JOURNAL.waiting) == 1
    monkeypatch.setattr(Viewing.objects, "bulk_create", real)
    assert JOURNAL.flush() == 1 and JOURNAL.waiting == []


@pytest.mark.parametrize("over", [0, 7])
def test_what_waits_is_bounded(cast, monkeypatch, over):
    monkeypatch.setattr(views_log, "MOST", 10)
    journal = Journal()
    journal.note(cast.curator, range(1000, 1010 + over), Kind.FILE)
    journal._put_back(journal._take())
    assert len(journal.waiting) == 10


STOPPED = """
import django
django.setup()
from types import SimpleNamespace
from multiprocessing import Process
from mentoring_site import views_log
from mentoring_site.models import Viewing
Viewing.objects.bulk_create = lambda rows, **kwargs: print("written", len(rows), flush=True)
def look():
    views_log.note(SimpleNamespace(pk=1, person_id=2, roles=["curator"]), [5, 6], "file")
if {apart}:
    process = Process(target=look)
    process.start()
    process.join()
else:
    look()
"""


@pytest.mark.parametrize("apart", [False, True])
def test_a_clean_stop_writes_what_waits(apart):
    """Of the process itself, and of a worker that a server has started as a process of its own."""
    variables = os.environ | {"DJANGO_SETTINGS_MODULE": "mentoring_site.settings", "SECRET_KEY": "only-for-tests-" * 5}
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(apart=apart)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
        env=variables,
    )
    assert done.stdout == "written 2\n", done.stderr[-500:]


def test_pages_note_what_they_show(cast, as_user):
    person, curator = cast.mentee.person, as_user(cast.curator)
    candidate = make_candidate(person, "mentee", by=cast.director)
    make_candidate(cast.mentor.person, "mentor", by=cast.director)
    consent = make_consent(person, by=cast.clerk)
    seen = {
        (person.get_absolute_url(), Kind.CONTACTS, False),
        (reverse("people:person_edit", args=[person.pk]), Kind.CONTACTS, False),
        (reverse("people:register") + "?format=xlsx", Kind.CONTACTS, True),
        (candidate.get_absolute_url(), Kind.QUESTIONNAIRE, False),
        (reverse("people:candidate_fill", args=[candidate.pk]), Kind.QUESTIONNAIRE, False),
        (reverse("people:bank_mentees"), Kind.QUESTIONNAIRE, False),
        (reverse("people:bank_mentees") + "?format=xlsx", Kind.QUESTIONNAIRE, True),
        (reverse("programs:pairing_new"), Kind.QUESTIONNAIRE, False),
        (reverse("people:person_consents", args=[person.pk]), Kind.CONSENTS, False),
        (consent.get_absolute_url(), Kind.CONSENTS, False),
        (reverse("people:consents") + "?format=xlsx", Kind.CONSENTS, True),
        (reverse("programs:person_agreements", args=[person.pk]), Kind.FILE, False),
        (reverse("reports:person_package", args=[person.pk]), Kind.FILE, False),
    }
    for url, kind, exported in seen:
        JOURNAL.clear()
        answer = read_out(curator.get(url))
        assert answer.status_code == 200, url
        noted = {(look.viewer, look.person, look.kind, look.exported) for look in JOURNAL.waiting}
        assert (cast.curator.pk, person.pk, kind, exported) in noted, url


def test_who_may_not_see_contacts_leaves_no_row_of_them(cast, as_user):
    as_user(cast.sysadmin).get(cast.mentee.person.get_absolute_url())
    read_out(as_user(cast.sysadmin).get(reverse("people:register") + "?format=xlsx"))
    assert JOURNAL.waiting == []


def test_the_person_reads_who_looked(cast, as_user):
    person = cast.mentee.person
    as_user(cast.curator).get(person.get_absolute_url())
    JOURNAL.flush()
    url = reverse("people:person_viewings", args=[person.pk])
    page = as_user(cast.mentee).get(url)
    assert [(one.viewer, roles) for one, roles in page.context["rows"]] == [(cast.curator, "куратор")]
    assert "Контакты и дата рождения" in page.content.decode()
    assert as_user(cast.director).get(url).status_code == 200
    assert as_user(cast.clerk).get(url).status_code == 403
    assert as_user(cast.stranger).get(url).status_code == 404
