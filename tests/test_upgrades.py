"""Rows of earlier versions in today's installation. One walk through the migrations serves all tests (upgrades.py)."""

from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from mentoring_site import ciphers
from mentoring_site.models import OutboxMail, Viewing
from people.accounts.models import Invitation
from people.language.declension import name_in
from people.photos.models import Photo
from people.register.models import Person
from people.staff_list import taking_back
from people.staff_list.models import StaffImport
from programs.changes.petitions.models import Petition
from programs.journal.models import Meeting, MeetingAttendance
from reports.orders.models import Order
from reports.orders.registration.models import SetAside
from roadmap.council.models import Minutes
from roadmap.plan.models import Task
from tests import upgrades
from tests.databases import another_database
from tests.mentoring_site.backups.kit import new_database
from tests.replay import tracker

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OUR_APPS = {"mentoring_site", "people", "programs", "roadmap", "reports"}
MANDZHIEVA = {"last_name": "Манджиева", "first_name": "Айса", "middle_name": "Санджиевна", "gender": "f"}


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    """The old school of today, and what its chapters said; every test looks at it and leaves it as it was."""
    with new_database() as url, another_database(urlsplit(url).path[1:] or ":memory:"):
        with django_db_blocker.unblock():
            told = upgrades.live()
        yield told


@pytest.fixture(autouse=True)
def remembered(walked):
    """Nothing is laid down again here: the recordings belong to the other database (tests/conftest.py)."""
    tracker.start(enabled=False)


# The chapters, in the order of the walk


@upgrades.at(("people", "0002_lists"))
def a_person_without_former_names(old):
    return old("people", "Person").objects.create(**MANDZHIEVA, search=" манджиева айса санджиевна").pk


@upgrades.at(
    ("people", "0003_former_names"), ("mentoring_site", "0002_people"), ("mfa", "0003_authenticator_type_uniq")
)
def open_secrets(old):
    person = old("people", "Person").objects.create(last_name="Очирова", first_name="Светлана", gender="f")
    user = old("people", "User").objects.create(username="ochirova.sd", password="!", person=person)
    role = old("people", "RoleGrant").objects.create(person=person, role="clerk", since="2020-01-01")
    invitation = old("people", "Invitation").objects.create(
        user=user, code_hash="x", expires_at=timezone.now() + timedelta(days=1)
    )
    rows = {
        "totp": {"secret": "JBSWY3DPEHPK3PXP"},
        "recovery_codes": {"seed": "ab" * 20, "used_mask": 5, "migrated_codes": ["11112222"]},
    }
    for kind, data in rows.items():
        Authenticator.objects.create(user_id=user.pk, type=kind, data=data)
    letters = old("mentoring_site", "OutboxMail").objects
    waiting = letters.create(template="invitation", to="a@school.example", subject="С", text="http://x/secret/")
    sent = letters.create(template="order_to_sign", to="a@school.example", text="Т", sent_at=timezone.now())
    other = letters.create(template="order_to_sign", to="a@school.example", text="Т")
    return SimpleNamespace(
        user=user.pk, role=role.role, invitation=invitation.pk, waiting=waiting.pk, sent=sent.pk, other=other.pk
    )


@upgrades.at(("people", "0004_secrets"), ("mentoring_site", "0004_letters"))
def a_list_written_without_taking_back(old):
    stored = old("mentoring_site", "StoredFile").objects.create(name="a.xlsx", size=1, sha256="0" * 64)
    upload = old("people", "StaffImport").objects.create(file=stored, sha256="c", committed_at=timezone.now())
    person = {"last_name": "Иванова", "first_name": "Анна", "gender": "f", "search": " иванова анна"}
    return upload.pk, old("people", "Person").objects.create(**person).pk


@upgrades.at(("mentoring_site", "0004_letters"))
def nothing_of_viewings(old):
    with pytest.raises(LookupError):
        old("mentoring_site", "Viewing")


@upgrades.at(("people", "0005_staff_lists"))
def a_person_without_photograph(old):
    return old("people", "Person").objects.create(last_name="А", first_name="Б", gender="f", search=" а б").pk


@upgrades.at(("people", "0006_photos"), ("mentoring_site", "0004_letters"))
def lists_that_wait_twice(old):
    stored = old("mentoring_site", "StoredFile").objects.create(name="a.xlsx", size=1, sha256="0" * 64)
    rows = old("people", "StaffImport").objects
    for sha256, answers, written in [
        ("a", {}, None),
        ("a", {"3": {"take": True}}, None),
        ("a", {}, timezone.now()),
        ("b", {}, None),
    ]:
        rows.create(file=stored, sha256=sha256, answers=answers, committed_at=written)


@upgrades.at(("people", "0009_answers"), ("reports", "0001_initial"))
def a_correction_of_a_name(old):
    person = old("people", "Person").objects.create(
        last_name="Заяц", first_name="Пётр", gender="m", search=" заяц петр", birth_date=date(1990, 1, 1)
    )
    old("people", "NameForm").objects.create(person=person, case="dative", last="Зайцу")
    return person.pk


@upgrades.at(("reports", "0001_initial"), ("programs", "0003_templates"), ("roadmap", "0001_initial"))
def an_order_without_keys(old):
    order = old("reports", "Order").objects.create(
        kind="assignment",
        heading="О закреплении наставников",
        code="UPGRADE",
        created_at=timezone.now(),
        points=[{"text": "Закрепить педагогов", "subpoints": ["с сентября"]}],
    )
    return order.pk


@upgrades.at(("people", "0009_answers"), ("programs", "0003_templates"))
def a_meeting_without_objection(old):
    today = timezone.localdate()
    person = old("people", "Person").objects.create(last_name="Манджиева", first_name="Айса", gender="f")
    user = old("people", "User").objects.create(username="mandzhieva", person_id=person.pk)
    pairing = old("programs", "Pairing").objects.create(
        kind="pair",
        state="assigned",
        planned_from=today,
        planned_to=today + timedelta(days=200),
        school_year=2026,
        proposed_by_id=user.pk,
        profile_fits=True,
        order_number="1-од",
        order_date=today,
        assigned_on=today,
    )
    side = old("programs", "Participation").objects.create(pairing=pairing, person_id=person.pk, part="mentor")
    program = old("programs", "Program").objects.create(
        pairing=pairing, title="Импровизация", curator_id=person.pk, state="draft", created_by_id=user.pk
    )
    meeting = old("programs", "Meeting").objects.create(
        program=program, held_on=today, minutes=45, about="темп", logged_by_id=user.pk
    )
    row = old("programs", "MeetingAttendance").objects.create(
        meeting=meeting, participation=side, confirmed_at=timezone.now(), confirmed_by_id=user.pk
    )
    return SimpleNamespace(user=user.pk, meeting=meeting.pk, row=row.pk)


@upgrades.at(("people", "0009_answers"), ("programs", "0005_search_by_word_forms"))
def a_petition_that_the_curator_decides(old):
    pairing = old("programs", "Pairing").objects.create(kind="pair", school_year=2026, why="почему", state="proposed")
    person = old("people", "Person").objects.create(last_name="Манджиева", first_name="Байрта", gender="f")
    side = old("programs", "Participation").objects.create(pairing=pairing, person=person, part="mentee")
    petition = old("programs", "Petition").objects.create(
        pairing=pairing, participation=side, kind="replace", reason="канарейка", filed_on=date(2026, 9, 1)
    )
    return petition.pk


@upgrades.at(
    ("reports", "0002_search_by_word_forms"), ("roadmap", "0002_search_by_word_forms"), ("people", "0009_answers")
)
def whole_numbers(old):
    """Orders, cancelled numbers, numbers of other orders and minutes of version 0.4."""
    now, today = timezone.now(), timezone.localdate()
    registered = {"state": "registered", "facts": {}, "facts_sha256": "0" * 64, "frozen_at": now, "date": today}
    registered |= {"year": today.year, "effective_on": today, "registered_at": now, "kind": "assignment"}
    orders = old("reports", "Order").objects
    made = [
        orders.create(heading="О парах", code=f"CODE{n}", number=n, suffix=suffix, **registered).pk
        for n, suffix in ((46, "-од"), (47, "/1-од"), (48, ""))
    ]
    made.append(orders.create(heading="Проект", code="DRAFT", kind="assignment").pk)
    person = old("people", "Person").objects.create(last_name="Басангова", first_name="Ольга", gender="f")
    clerk = old("people", "User").objects.create(username="basangova", person=person)
    aside = {"year": today.year, "series": "main", "reason": "x", "recorded_by": clerk}
    rows = old("reports", "SetAside").objects
    rows.create(kind="cancelled", first=45, last=45, suffix="-од", **aside)
    rows.create(kind="others", first=1, last=44, **aside)
    minutes = old("roadmap", "Minutes").objects
    common = {"body_genitive": "совета", "school_year": 2026, "held_on": today, "created_by_id": None}
    minutes.create(body="совет", number=3, **common)
    return made


@upgrades.at(("roadmap", "0005_legal_acts"))
def a_task_of_a_roadmap(old):
    roadmap = old("roadmap", "Roadmap").objects.create(school_year=2025)
    stage = old("roadmap", "Stage").objects.create(roadmap=roadmap, number=1, title="Этап")
    return old("roadmap", "Task").objects.create(stage=stage, number=1, text="Мероприятие").pk


@upgrades.at(
    ("people", "0016_own_terms"), ("programs", "0012_planned_meetings"), ("mentoring_site", "0009_what_letters_ask")
)
def files_of_a_meeting(old):
    today = timezone.localdate()
    person = old("people", "Person").objects.create(last_name="Манджиева", first_name="Айса", gender="f")
    user = old("people", "User").objects.create(username="files", person_id=person.pk)
    pairing = old("programs", "Pairing").objects.create(
        kind="pair",
        state="assigned",
        planned_from=today,
        planned_to=today + timedelta(days=200),
        school_year=2026,
        proposed_by_id=user.pk,
        profile_fits=True,
        order_number="1-од",
        order_date=today,
        assigned_on=today,
    )
    program = old("programs", "Program").objects.create(
        pairing=pairing, title="Импровизация", curator_id=person.pk, state="draft", created_by_id=user.pk
    )
    meeting = old("programs", "Meeting").objects.create(
        program=program, held_on=today, minutes=45, about="темп", next_step="гаммы", logged_by_id=user.pk
    )
    common = {"size": 3, "content_type": "application/pdf", "sha256": "ab" * 32, "uploaded_by_id": user.pk}
    stored = old("mentoring_site", "StoredFile").objects
    here, away = (stored.create(key=uuid4(), name=f"{n}.pdf", file=n, **common) for n in "ab")
    meeting.files.add(here)
    old("programs", "RemovedFile").objects.create(file=away, meeting=meeting, removed_by_id=user.pk)
    return SimpleNamespace(meeting=meeting.pk, user=user.pk, here=here, away=away.pk)


# What has become of it


def test_every_step_is_taken_and_could_be_taken_back(settings):
    settings.MIGRATION_MODULES = {}
    loader = MigrationLoader(connection)
    assert loader.disk_migrations.keys() == loader.applied_migrations.keys()
    assert [
        f"{step.app_label}.{step.name}: {operation}"
        for step in loader.disk_migrations.values()
        for operation in step.operations
        if step.app_label in OUR_APPS and not operation.reversible
    ] == []


@pytest.mark.point("7")
def test_an_installation_without_former_names_gets_them(walked):
    today = Person.objects.get(pk=walked.a_person_without_former_names)
    assert today.former_search == "" and today in Person.objects.found_by("манджиева")


@pytest.mark.point("6")
def test_secrets_of_an_installation_before_are_encrypted(walked):
    before = walked.open_secrets
    today = {row.type: row.data for row in Authenticator.objects.filter(user=before.user)}
    assert ciphers.decrypt(today["totp"]["secret"]) == "JBSWY3DPEHPK3PXP"
    codes = today["recovery_codes"]
    assert ciphers.decrypt(codes["seed"]) == "ab" * 20 and codes["used_mask"] == 5
    assert [ciphers.decrypt(code) for code in codes["migrated_codes"]] == ["11112222"]
    assert Invitation.objects.get(pk=before.invitation).rights_mark == before.role
    texts = dict(OutboxMail.objects.values_list("pk", "text"))
    assert texts == {before.waiting: "", before.sent: "", before.other: "Т"}


@pytest.mark.point("8")
def test_an_installation_without_taking_back_says_so(walked):
    upload, person = walked.a_list_written_without_taking_back
    assert Person.objects.get(pk=person).extra_category == ""
    assert taking_back.hangs(StaffImport.objects.get(pk=upload)) == [
        "Эта загрузка внесена прежней версией системы, которая не запоминала, что записано"
    ]


@pytest.mark.point("23", "8.6")
def test_an_installation_without_the_journal_gets_it(cast):
    Viewing.objects.create(person_id=1, viewer=cast.curator, kind="file", at=timezone.now(), window=1)
    rows = set(Viewing.objects.values_list("viewer__username", "person_id", "kind", "exported"))
    assert rows == {("curator", 1, "file", False)}


@pytest.mark.point("18", "8.23")
def test_an_installation_without_photographs_gets_them(walked):
    person = Person.objects.get(pk=walked.a_person_without_photograph)
    assert person.former_search == "" and not Photo.objects.exists()


@pytest.mark.point("8")
def test_of_uploads_that_wait_twice_one_stays(walked):
    rows = StaffImport.objects.exclude(pk=walked.a_list_written_without_taking_back[0]).order_by("pk")
    left = [(row.sha256, row.answers, row.committed_at is None) for row in rows]
    assert left == [("a", {"3": {"take": True}}, True), ("a", {}, False), ("b", {}, True)]


@pytest.mark.point("9.5")
def test_corrections_of_an_older_installation_hold(walked):
    person = Person.objects.prefetch_related("name_forms").get(pk=walked.a_correction_of_a_name)
    assert name_in(person, "dative") == "Зайцу Петру"


@pytest.mark.point("15", "8.20")
def test_an_installation_without_keys_gets_them(walked):
    for text in ("закрепление", "педагог", "сентябрь"):
        found = Order.objects.found_by(text).values_list("pk", flat=True)
        assert list(found) == [walked.an_order_without_keys], text


@pytest.mark.point("8.19")
def test_meetings_of_before_have_no_objection(walked):
    before = walked.a_meeting_without_objection
    kept = MeetingAttendance.objects.get(pk=before.row)
    assert (kept.objection, kept.objected_at, kept.confirmed_by_id) == ("", None, before.user)
    meeting = Meeting.every.get(pk=before.meeting)
    assert list(meeting.evidence.all()) == []
    assert (meeting.state, meeting.starts_at, meeting.former_plan) == ("held", None, None)


@pytest.mark.point("8.15")
def test_an_upgrade_keeps_petitions_and_learns_of_the_founder(walked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, reason, founder_number, change_asked FROM programs_petition")
        assert [tuple(row) for row in cursor.fetchall()] in (
            [("filed", "канарейка", "", False)],
            [("filed", "канарейка", "", 0)],
        )
    assert Petition.objects.update(state="lapsed") == 1


@pytest.mark.point("14", "9.4")
def test_an_installation_with_whole_numbers_keeps_them(walked):
    """Orders, cancelled numbers, numbers of other orders and minutes of version 0.4."""
    found = Order.objects.filter(pk__in=walked.whole_numbers).order_by("number_key")
    assert list(found.values_list("number", "number_plain")) == [
        ("", None),
        ("46-од", 46),
        ("47/1-од", None),
        ("48", 48),
    ]
    found = SetAside.objects.order_by("first").values_list("kind", "number", "first", "last")
    assert list(found) == [("others", "", 1, 44), ("cancelled", "45-од", 45, None)]
    assert list(Minutes.objects.values_list("number", "number_plain")) == [("3", 3)]


@pytest.mark.point("10.2")
def test_marks_of_an_earlier_version_stay(walked):
    """What somebody has marked before the upgrade keeps its name; the system may mark afterwards."""
    assert Task.objects.filter(pk=walked.a_task_of_a_roadmap).update(done_on=date(2026, 9, 1)) == 1


@pytest.mark.point("11.3")
def test_files_of_before_are_evidence_now(walked):
    """Those that were taken away too."""
    before = walked.files_of_a_meeting
    meeting = Meeting.objects.get(pk=before.meeting)
    kept, removed = meeting.evidence.all()
    assert (kept.latest.file_id, kept.latest.sha256, kept.latest.by_id) == (before.here.pk, "ab" * 32, before.user)
    assert (kept.removed_at, kept.created_at) == (None, before.here.uploaded_at)
    assert (removed.latest.file_id, removed.removed_by_id) == (before.away, before.user)
    assert meeting.next_step == "гаммы"
