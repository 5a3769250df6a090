"""Technical traces are kept for their terms and no longer."""

import uuid
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring_site import retention
from mentoring_site.models import Act, BulkStep, OutboxMail, Viewing
from people.register.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("23", "8.6")]


def make_session(user, at):
    Session.objects.create(session_key=uuid.uuid4().hex, session_data="", expire_date=at)


def make_letter(user, at):
    OutboxMail.objects.create(template="x", to="a@school.example", sent_at=at)


def make_task(user, at):
    made = DBTaskResult.objects.create(
        task_path="x",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=made.pk).update(finished_at=at, status="SUCCESSFUL")


def make_step(user, at):
    BulkStep.objects.create(key=uuid.uuid4(), at=at)


def make_entry(user, at):
    kind = ContentType.objects.get_for_model(Person)
    made = LogEntry.objects.create(content_type=kind, object_pk="1", object_id=1, object_repr="", action=1, changes={})
    LogEntry.objects.filter(pk=made.pk).update(timestamp=at)


def make_viewing(user, at):
    Viewing.objects.create(person_id=1, viewer=user, kind="file", at=at, window=int(at.timestamp()))


MAKERS = (make_session, make_letter, make_task, make_step, make_entry, make_viewing)
MADE = dict(zip([term.what for term in retention.TERMS], MAKERS, strict=True))


@pytest.mark.parametrize("term", retention.TERMS, ids=lambda term: str(term.days))
def test_a_term_ends(cast, term):
    """A minute before it everything stays, a minute after it the row goes."""
    LogEntry.objects.all().delete()
    now = timezone.now()
    edge = now - timedelta(days=term.days)
    for minutes in (-1, 1):
        MADE[term.what](cast.curator, edge + timedelta(minutes=minutes))
    assert retention.prune(now) == 1
    assert term.older(now + timedelta(days=9999)).count() == 1
    assert retention.prune(now) == 0


def test_a_letter_that_waits_is_not_old(cast):
    OutboxMail.objects.create(template="x", to="a@school.example", created_at=timezone.now() - timedelta(days=999))
    retention.prune()
    assert OutboxMail.objects.exists()


def test_the_clock_prunes_in_portions(cast, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    acts = Act.objects.count()
    for _ in range(3):
        make_session(cast.curator, timezone.now() - timedelta(days=2))
    call_command("tick")
    assert Session.objects.count() == 1
    call_command("tick")
    assert not Session.objects.exists() and Act.objects.count() == acts
