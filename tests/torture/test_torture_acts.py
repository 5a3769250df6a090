"""Two acts at once where one undoes what the other rests on: what is checked is what is written (mentoring_site.locks).

Each race gives back a sentence for a wrong outcome, or nothing. Every refusal must be one of ours.
"""

import time
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.holds import held_by
from mentoring_site.models import Act
from mentoring_site.workflow import Already, Refused, record
from people.accounts import acts as account_acts
from people.banks import acts as bank_acts
from people.register import acts as register_acts
from people.register.models import Employment, Person
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from people.school import workdays
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment, AmendmentConsent
from programs.completion import acts as completion_acts
from programs.completion.models import Completion
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting, MeetingAttendance
from programs.pairings import acts as pairing_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, ActivityResult, Program
from reports.orders.drafting import acts as order_acts
from reports.orders.scans import acts as scan_acts
from reports.orders.scans.models import ScanPage, ScanSource, ScanStack
from roadmap.plan import acts as plan_acts
from roadmap.plan import known
from roadmap.plan.models import Roadmap, Task
from tests.factories import make_consent, make_pairing, make_person, make_user
from tests.programs.changes.kit import a_line, make_amendment
from tests.programs.journal.kit import make_completion, make_running, meet

pytestmark = [pytest.mark.torture, pytest.mark.point("8.10"), pytest.mark.django_db(transaction=True)]


def today(days=0) -> date:
    return timezone.localdate() + timedelta(days=days)


def done(result) -> bool:
    return not isinstance(result, Exception)


class Race:
    """One race: ``prepare`` once, then ``run`` as often as wanted; ``run`` returns what went wrong, or nothing."""

    def __init__(self, cast, together):
        self.cast, self.together = cast, together
        self.prepare()

    def prepare(self) -> None:
        """Make what all rounds share."""

    def run(self) -> str:
        raise NotImplementedError


class ConfirmAndDrop(Race):
    """A meeting is confirmed by one side while the other takes it back: it is confirmed and stays, or it is gone."""

    def prepare(self):
        self.program, _ = make_running(self.cast)
        self.minutes = count(5)

    def run(self):
        meeting = meet(self.program, self.cast.mentor, minutes=next(self.minutes))
        attendance = meeting.attendances.get(confirmed_at=None)
        confirmed, dropped = self.together(
            [
                lambda: journal_acts.confirm_meeting(attendance, by=self.cast.mentee),
                lambda: journal_acts.drop_meeting(meeting, by=self.cast.mentor),
            ]
        )
        there = MeetingAttendance.objects.filter(pk=attendance.pk, confirmed_at__isnull=False).exists()
        if (done(confirmed), done(dropped), there) not in {(True, False, True), (False, True, False)}:
            return f"confirmed {done(confirmed)}, dropped {done(dropped)}, there {there}"


class DropTwice(Race):
    """A meeting is taken back twice: once, with one row of the log."""

    prepare = ConfirmAndDrop.prepare

    def run(self):
        meeting = meet(self.program, self.cast.mentor, minutes=next(self.minutes))
        results = self.together([lambda: journal_acts.drop_meeting(meeting, by=self.cast.mentor)] * 2)
        told = Act.objects.about(self.program).filter(verb="drop_meeting", facts__meeting=meeting.pk).count()
        if sum(map(done, results)) != 1 or told != 1:
            return f"{results!r}, log {told}"


class ConfirmAndCorrect(Race):
    """A meeting is confirmed while its record is corrected: nobody has confirmed words that they have not read."""

    prepare = ConfirmAndDrop.prepare

    def run(self):
        meeting = meet(self.program, self.cast.mentor, minutes=next(self.minutes))
        attendance = meeting.attendances.get(confirmed_at=None)
        everybody = list(self.program.pairing.participations.live())
        known = {
            "held_on": meeting.held_on,
            "minutes": meeting.minutes,
            "format": "together",
            "participants": everybody,
        }
        confirmed, corrected = self.together(
            [
                lambda: journal_acts.confirm_meeting(attendance, by=self.cast.mentee),
                lambda: journal_acts.correct_meeting(meeting, by=self.cast.mentor, version=1, about="иначе", **known),
            ]
        )
        now = meeting.attendances.get(participation__person=self.cast.mentee.person_id)
        if done(confirmed) == done(corrected) or bool(now.confirmed_at) != done(confirmed):
            return f"confirmed {done(confirmed)}, corrected {done(corrected)}, now {now.confirmed_at}"


class SameMeetingTwice(Race):
    """Both sides write the same meeting down at once: the second is asked, and nothing is there twice."""

    prepare = ConfirmAndDrop.prepare

    def run(self):
        words = f"разбор {uuid4()}"
        results = self.together(
            [
                lambda: meet(self.program, self.cast.mentor, about=words),
                lambda: meet(self.program, self.cast.mentee, about=words),
            ]
        )
        made = Meeting.objects.filter(about=words)
        wrong = len(made) != 1 or sum(isinstance(r, Refused) for r in results) != 1
        MeetingAttendance.objects.filter(meeting__in=made).delete()
        made.delete()
        return repr(results) if wrong else ""


class AgreeAndReword(Race):
    """A consent to an amendment is given while it is reworded: no consent to other words stays."""

    def prepare(self):
        self.amendment = make_amendment(self.cast, agreed=False)
        self.side = self.amendment.program.pairing.participations.get(part="mentee")

    def run(self):
        self.amendment.refresh_from_db()
        seen = self.amendment.version
        AmendmentConsent.objects.filter(amendment=self.amendment, participation=self.side).delete()
        first, second = Amendment.objects.get(pk=self.amendment.pk), Amendment.objects.get(pk=self.amendment.pk)
        line = a_line(self.amendment.program, f"Урок {uuid4()}")
        _, reworded = self.together(
            [
                lambda: amendment_acts.agree(first, self.side, by=self.cast.mentee, version=seen),
                lambda: amendment_acts.set_line(second, None, line, by=self.cast.curator, version=seen),
            ]
        )
        stays = AmendmentConsent.objects.filter(amendment=self.amendment, participation=self.side).exists()
        if done(reworded) and stays:
            return "a consent to words that are no more"


class WithdrawAndDraft(Race):
    """A change is called off while an order about it is drafted: one of the two."""

    def run(self):
        amendment = make_amendment(self.cast, "ready", mentor=make_user(make_person()), mentee=make_user(make_person()))
        withdrawn, drafted = self.together(
            [
                lambda: change_acts.withdraw(Amendment.objects.get(pk=amendment.pk), by=self.cast.curator),
                lambda: order_acts.draft(
                    "amendment", [Amendment.objects.get(pk=amendment.pk)], by=self.cast.curator, request_key=uuid4()
                ),
            ]
        )
        amendment.refresh_from_db()
        held = held_by(amendment) is not None
        if (amendment.state == "withdrawn") == held or done(withdrawn) == done(drafted):
            return f"{amendment.state}, held {held}: {withdrawn!r}, {drafted!r}"


class MarkAndSupersede(Race):
    """A task is marked in a roadmap while its new version takes effect: the mark stands in the version in force."""

    def run(self):
        Roadmap.objects.all().update(state="superseded", order_number="0-од", order_date=today())
        old = plan_acts.draft(2026, by=self.cast.curator)
        Roadmap.objects.filter(pk=old.pk).update(state="approved", order_number="1-од", order_date=today())
        new = plan_acts.draft(2026, by=self.cast.curator)
        new = plan_acts.submit(new, by=self.cast.curator)
        unknown = Task.objects.filter(stage__roadmap=old).exclude(text__in=[text for text, _, _ in known.FACTS])
        task = unknown.select_related("stage__roadmap").first()
        marked, _ = self.together(
            [
                lambda: plan_acts.mark_done(task, by=self.cast.curator, note="сделано"),
                lambda: plan_acts.approve(new, by=self.cast.clerk, number="2-од", date=today()),
            ]
        )
        there = Task.objects.filter(stage__roadmap=new, text=task.text, done_on__isnull=False).exists()
        if done(marked) != there:
            return f"marked {marked!r}, in the new version {there}"


class DoAndDropActivity(Race):
    """A result is written for an activity while it is dropped from the plan of a program entered from paper."""

    def prepare(self):
        self.program, _ = make_running(self.cast)
        Program.objects.filter(pk=self.program.pk).update(from_paper=True)

    def run(self):
        activity = Activity.objects.create(
            program=self.program, title="Урок", due_on=today(20), responsible="both", expected_result="да"
        )
        side = self.program.pairing.participations.get(part="mentee")
        program = Program.objects.get(pk=self.program.pk)
        did, dropped = self.together(
            [
                lambda: journal_acts.do(activity, side, by=self.cast.mentee, result="сделано"),
                lambda: drafting_acts.drop_activity(
                    program, Activity.objects.get(pk=activity.pk), by=self.cast.curator, version=program.version
                ),
            ]
        )
        there = ActivityResult.objects.filter(activity=activity.pk).exists()
        if done(did) != there or done(did) == done(dropped):
            return f"did {did!r}, dropped {dropped!r}, there {there}"


class TwoDirectors(Race):
    """Two people are made director at once: one of them."""

    def prepare(self):
        RoleGrant.objects.filter(role="director").delete()

    def run(self):
        RoleGrant.objects.filter(role="director").delete()
        order = {"order_number": "1", "order_date": today()}
        people = [make_person(), make_person()]
        values = {"by": self.cast.sysadmin, "since": today(), "at_setup": True, **order}
        results = self.together([lambda p=person: role_acts.give(p, "director", **values) for person in people])
        if RoleGrant.objects.filter(role="director").count() != 1 or sum(map(done, results)) != 1:
            return repr(results)


class LastAdministrators(Race):
    """The last two system administrators end each other's role: one stays."""

    def run(self):
        RoleGrant.objects.filter(role="sysadmin").delete()
        grants = []
        for _ in range(2):
            person = make_person()
            make_user(person)
            grants.append(
                RoleGrant.objects.create(person=person, role="sysadmin", since=today(-9), given_by=self.cast.curator)
            )
        results = self.together(
            [lambda g=grant: role_acts.end(g, by=self.cast.director, until=today()) for grant in grants]
        )
        left = RoleGrant.objects.filter(role="sysadmin", until__isnull=True).count()
        if left != 1:
            return f"{left} left, {results!r}"


class SamePersonTwice(Race):
    """One person is entered twice at once."""

    def run(self):
        name = "Тест" + uuid4().hex.translate(str.maketrans("0123456789abcdef", "абвгдежзиклмнопр"))[:12]
        known = {"last_name": name, "first_name": "Айса", "middle_name": "Петровна", "gender": "f"}
        results = self.together([lambda: register_acts.enter(by=self.cast.clerk, **known)] * 2)
        if Person.objects.filter(last_name=name).count() != 1 or sum(map(done, results)) != 1:
            return repr(results)


class SamePostTwice(Race):
    """One post of a person is entered twice at once."""

    def run(self):
        person = make_person()
        held = Employment.objects.filter(person=person).first()
        kind = Employment.Kind.values[-1]
        post = {"organisation": held.organisation, "post": "концертмейстер", "is_teaching": True, "kind": kind}
        results = self.together([lambda: register_acts.employ(person, by=self.cast.clerk, **post)] * 2)
        if Employment.objects.filter(person=person, post="концертмейстер").count() != 1 or sum(map(done, results)) != 1:
            return repr(results)


class RemindTwice(Race):
    """A candidate is reminded twice at once: one letter a day."""

    def run(self):
        person = make_person()
        Person.objects.filter(pk=person.pk).update(email="a@school.example")
        make_consent(person, by=self.cast.curator)
        candidate = bank_acts.propose(person, "mentee", by=self.cast.curator)
        results = self.together([lambda: bank_acts.remind(candidate, by=self.cast.curator)] * 2)
        if sum(map(done, results)) != 1 or Act.objects.about(candidate).filter(verb="remind").count() != 1:
            return repr(results)


class RemoveDayTwice(Race):
    """A day of the calendar is taken out twice: one row of the log."""

    def run(self):
        day = workdays.add(date(2031, 3, 3), by=self.cast.curator, name="Перенос", kind="moved")
        results = self.together([lambda: workdays.remove(day, by=self.cast.curator)] * 2)
        if sum(map(done, results)) != 1:
            return repr(results)


class LastPapersOfStack(Race):
    """The last two papers of a stack are taken out at once: the stack goes with them."""

    def run(self):
        from mentoring_site.files import store_bytes

        stack = ScanStack.objects.create(uploaded_by=self.cast.clerk, total=2)
        pages = []
        for position in (1, 2):
            file = store_bytes(b"%PDF-1.4", name="стопка.pdf", content_type="application/pdf", by=self.cast.clerk)
            source = ScanSource.objects.create(stack=stack, file=file)
            pages.append(ScanPage.objects.create(stack=stack, source=source, index=0, position=position, begins=True))
        results = self.together([lambda p=p: scan_acts.drop_paper(p, by=self.cast.clerk) for p in pages])
        if ScanStack.objects.filter(pk=stack.pk).exists() or not all(map(done, results)):
            return repr(results)


class SameUserNameTwice(Race):
    """Two accounts are given one user name at once: one of them, the other hears a sentence."""

    def prepare(self):
        self.users = [make_user(make_person()) for _ in range(2)]

    def run(self):
        name = f"n{uuid4().hex[:12]}"
        results = self.together(
            [lambda u=u: account_acts.edit(u, by=self.cast.sysadmin, username=name, email="") for u in self.users]
        )
        if sorted(map(done, results)) != [False, True] or not any(isinstance(r, Refused) for r in results):
            return repr(results)


class LastMentees(Race):
    """The completions of the last two mentees of a group take effect at once: the program ends."""

    def run(self):
        mentor, mentee = make_user(make_person()), make_user(make_person())
        cast = type(self.cast)(**vars(self.cast) | {"mentor": mentor, "mentee": mentee})
        program, _ = make_running(cast, mentees=2)
        ready = [make_completion(cast, program, "ready", reason="force", n=n) for n in range(2)]
        acts = [
            lambda c=c, n=n: completion_acts.enact(
                Completion.objects.get(pk=c.pk), by=cast.clerk, number=f"{n}-од", date=today(), on=today()
            )
            for n, c in enumerate(ready, 50)
        ]
        results = self.together(acts)
        program.refresh_from_db()
        if program.state != Program.State.TERMINATED or not all(map(done, results)):
            return f"{program.state}: {results!r}"


class UndoAndConfirm(Race):
    """A meeting is undone while the other side confirms it: one of them, never a confirmed meeting that is gone."""

    prepare = ConfirmAndDrop.prepare

    def run(self):
        meeting = meet(self.program, self.cast.mentor, minutes=next(self.minutes))
        other = meeting.attendances.exclude(participation__person=self.cast.mentor.person).get()
        act = Act.objects.about(self.program).filter(verb="meeting").last()
        results = self.together(
            [
                lambda: undo.undo(act, by=self.cast.mentor),
                lambda: journal_acts.confirm_meeting(other, by=self.cast.mentee),
            ]
        )
        stays = type(meeting).objects.filter(pk=meeting.pk).exists()
        if sum(map(done, results)) != 1 or stays != done(results[1]):
            return f"{results!r}, stays {stays}"


class UndoTwice(Race):
    """A proposal is undone twice: once, with one row of the log."""

    def run(self):
        pairing = make_pairing(self.cast, complete=False)
        act = Act.objects.about(pairing).filter(verb="propose").last()
        results = self.together([lambda: undo.undo(act, by=act.actor)] * 2)
        told = Act.objects.about(pairing).filter(facts__undone=act.pk).count()
        if sum(map(done, results)) != 1 or told != 1:
            return f"{results!r}, log {told}"


class UndoProposalAndAnswer(Race):
    """A proposal is undone while somebody answers it: one of them."""

    def run(self):
        pairing = make_pairing(self.cast, complete=False)
        act = Act.objects.about(pairing).filter(verb="propose").last()
        mine = pairing.participations.get(part="mentee")
        results = self.together(
            [
                lambda: undo.undo(act, by=act.actor),
                lambda: pairing_acts.answer(mine, "yes", by=self.cast.curator),
            ]
        )
        pairing.refresh_from_db()
        if sum(map(done, results)) != 1 or (pairing.state == "withdrawn") != done(results[0]):
            return f"{results!r}, {pairing.state}"


RACES = [race for race in Race.__subclasses__() if race is not Race]


def wrong_rounds(race: type[Race], cast, together, rounds: int) -> list[str]:
    """Run a race; return the wrong outcomes."""
    prepared = race(cast, together)
    return [wrong for _ in range(rounds) if (wrong := prepared.run())]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_what_is_checked_is_what_is_written(race, shared_database, cast, figures, together, told):
    wrong = wrong_rounds(race, cast, together, figures.rounds)
    told(race=race.__name__, rounds=figures.rounds, wrong=len(wrong))
    assert wrong == []


def careless(obj, *, gone=""):
    """The hole: look at a row without a lock."""
    found = type(obj)._default_manager.filter(pk=obj.pk).first()
    if found is None:
        raise Already(gone)
    return found


def slow_record(*args, **facts):
    """Take one's time between what is checked and what is written."""
    time.sleep(0.05)
    return record(*args, **facts)


@pytest.mark.parametrize("race", [ConfirmAndDrop, DropTwice], ids=lambda race: race.__name__)
def test_without_the_lock_the_race_is_lost(race, shared_database, cast, together, monkeypatch):
    """The switch: acts that only look are caught. SQLite has one writer, from the beginning of a transaction."""
    monkeypatch.setattr(journal_acts, "locked", careless)
    monkeypatch.setattr(journal_acts, "record", slow_record)
    wrong = wrong_rounds(race, cast, together, 5)
    assert bool(wrong) == (connection.vendor == "postgresql")
