"""Two acts at once where one undoes what the other rests on: what is checked is what is written (mentoring_site.locks).

Each race gives back a sentence for a wrong outcome, or nothing. Every refusal must be one of ours.
"""

import datetime as dt
import time
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from mentoring_site import holds, undo
from mentoring_site.holds import held_by
from mentoring_site.models import Act
from mentoring_site.workflow import Already, Refused, record, reload
from people.accounts import acts as account_acts
from people.banks import acts as bank_acts
from people.banks import keeping
from people.banks.models import BankReview
from people.consents import acts as consent_acts
from people.consents.requests import acts as request_acts
from people.handover.acts import hand_over
from people.register import acts as register_acts
from people.register.models import Employment, Person
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from people.school import workdays
from people.school.models import Organisation
from people.staff_list import uploads
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment, AmendmentConsent
from programs.completion import acts as completion_acts
from programs.completion.models import Completion
from programs.difficulties import acts as difficulty_acts
from programs.difficulties.models import Difficulty, statements_of
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.planning import acts as planning_acts
from programs.learning import acts as learning_acts
from programs.learning.models import Skill, SkillRating
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity, ActivityResult, Program, Remark
from programs.relationship import acts as relationship_acts
from programs.relationship.models import RelationshipAnswer
from programs.requests import acts as asking
from programs.requests.models import Request
from programs.support import marks as mark_acts
from programs.support.models import CouncilMark
from programs.tasks import acts as task_acts
from programs.tasks.models import MentorTask
from reports.orders.drafting import acts as order_acts
from reports.orders.scans import acts as scan_acts
from reports.orders.scans.models import ScanPage, ScanSource, ScanStack
from roadmap.bodies.models import Body
from roadmap.council import acts as council_acts
from roadmap.council import meetings
from roadmap.council.decisions import decisions, sign_and_record
from roadmap.plan import acts as plan_acts
from roadmap.plan import known
from roadmap.plan.models import Roadmap, Task
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_program, make_user
from tests.people.staff_list.test_pages import workbook_of
from tests.programs.changes.kit import a_line, make_amendment
from tests.programs.journal.kit import make_completion, make_running, meet
from tests.programs.relationship import kit as relationship_kit
from tests.programs.requests.kit import ask

pytestmark = [pytest.mark.torture, pytest.mark.point("8.10"), pytest.mark.django_db(transaction=True)]


def today(days=0) -> date:
    return timezone.localdate() + timedelta(days=days)


def done(result) -> bool:
    return not isinstance(result, Exception)


def ours(*results) -> bool:
    """Whether every refusal is a sentence of ours, no error of the database."""
    return all(done(result) or isinstance(result, Refused) for result in results)


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


class AnswerTask(Race):
    """A task is accepted and returned at once: one answer stands, with one row of the log."""

    def prepare(self):
        self.program, _ = make_running(self.cast)

    def run(self):
        side = self.program.pairing.participations.get(part="mentee")
        [task] = task_acts.give(self.program, [side], by=self.cast.mentor, text="Сыграть гаммы", due_on=today(3))
        task_acts.do(task, by=self.cast.mentee, result="сыграл")
        task = MentorTask.objects.with_requirements().get(pk=task.pk)
        accepted, returned = self.together(
            [
                lambda: task_acts.accept(task, by=self.cast.mentor),
                lambda: task_acts.send_back(task, by=self.cast.mentor, comment="медленнее"),
            ]
        )
        state = MentorTask.objects.get(pk=task.pk).state
        told = Act.objects.about(task).filter(verb__in=("accept", "send_back")).count()
        wanted = "accepted" if done(accepted) else "returned"
        if done(accepted) == done(returned) or state != wanted or told != 1:
            return f"accepted {accepted!r}, returned {returned!r}, state {state}, log {told}"


class HoldAndCancel(Race):
    """A meeting is held and cancelled at once: one of them, with one number of minutes or a reason."""

    def run(self):
        council = Body.objects.get_or_create(
            kind="methodical", defaults={"name": "методический совет", "genitive": "методического совета"}
        )[0]
        minutes = meetings.plan(council, by=self.cast.chair, held_on=today(), questions=["О разном"])
        there = [self.cast.chair.person, self.cast.secretary.person]
        held, cancelled = self.together(
            [
                lambda: meetings.hold(minutes, by=self.cast.chair, present=there, chair=there[0], secretary=there[1]),
                lambda: meetings.cancel(minutes, by=self.cast.secretary, reason="болезнь"),
            ]
        )
        minutes.refresh_from_db()
        wanted = ("draft", True) if done(held) else ("cancelled", False)
        stands = minutes.state, bool(minutes.number)
        if done(held) == done(cancelled) or stands != wanted or not ours(held, cancelled):
            return f"held {held!r}, cancelled {cancelled!r}, stands {stands}"


class DecideAndReturn(Race):
    """Minutes are signed with the decision while the program goes back to drafting: both stand or fall together."""

    def run(self):
        program = approval_acts.endorse(make_program(self.cast, "submitted"), by=self.cast.curator)
        everybody = [self.cast.chair.person, self.cast.secretary.person, self.cast.council.person]
        head = {"chair": everybody[0], "secretary": everybody[1], "present": everybody}
        drafted = council_acts.draft(
            by=self.cast.secretary, body="методический совет", held_on=today(), programs=[program], **head
        )
        keys = [one.key for one in decisions(drafted, self.cast.secretary)]
        signed, returned = self.together(
            [
                lambda: sign_and_record(drafted, keys, by=self.cast.secretary, signed_on=today()),
                lambda: approval_acts.send_back(program, by=self.cast.curator, reason="уточнить"),
            ]
        )
        drafted.refresh_from_db()
        program.refresh_from_db()
        # whoever was second may still return an agreed program; signed minutes never stand without their decision
        agreed = Act.objects.about(program).filter(verb="agree").count()
        if (drafted.state == "signed") != (agreed == 1) or done(signed) != (agreed == 1) or not ours(signed, returned):
            return f"signed {signed!r}, returned {returned!r}, {drafted.state}, {program.state}"


class MarkTwice(Race):
    """One member marks a program twice at once: one mark, one row of the log."""

    def prepare(self):
        self.program, _ = make_running(self.cast)
        Program.objects.filter(pk=self.program.pk).update(
            starts_on=today(-70), started_on=today(-70), ends_on=today(60), earliest_end=today(), latest_end=today(300)
        )
        self.program.refresh_from_db()

    def run(self):
        CouncilMark.objects.all().delete()
        before = Act.objects.about(self.program).filter(verb="council_mark").count()
        words = {"plan": 3, "needs": 3, "method": 3, "bond": 3, "conclusion": "идёт"}
        results = self.together(
            [lambda: mark_acts.give(self.program, by=self.cast.council, stage="middle", **words)] * 2
        )
        told = Act.objects.about(self.program).filter(verb="council_mark").count() - before
        if sum(map(done, results)) != 1 or CouncilMark.objects.count() != 1 or told != 1 or not ours(*results):
            return f"{results!r}, log {told}"


class ConfirmAndTakeBackReview(Race):
    """A review of a bank is confirmed and taken back at once: it stands with two names, or it is gone."""

    def run(self):
        BankReview.objects.all().delete()
        made = keeping.review("mentor", by=self.cast.sysadmin, on=today())
        act = Act.objects.about(made).get(verb="review")
        confirmed, undone = self.together(
            [lambda: keeping.confirm(made, by=self.cast.curator), lambda: undo.undo(act, by=self.cast.sysadmin)]
        )
        there = BankReview.objects.filter(pk=made.pk, confirmed_by=self.cast.curator).exists()
        if done(confirmed) == done(undone) or there != done(confirmed) or not ours(confirmed, undone):
            return f"confirmed {confirmed!r}, undone {undone!r}, there {there}"


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


class UndoMarkAndCheck(Race):
    """The mark of a done activity is undone while the mentor checks it: one of them."""

    def prepare(self):
        self.program, self.activity = make_running(self.cast)
        self.side = self.program.pairing.participations.get(part="mentee")

    def run(self):
        ActivityResult.objects.all().delete()
        row = journal_acts.do(self.activity, self.side, by=self.cast.mentee, result="сделано")
        act = Act.objects.about(self.program).filter(verb="do").last()
        undone, checked = self.together(
            [lambda: undo.undo(act, by=self.cast.mentee), lambda: journal_acts.check(row, by=self.cast.mentor)]
        )
        stays = ActivityResult.objects.filter(pk=row.pk, state="checked").exists()
        if done(undone) == done(checked) or stays != done(checked) or not ours(undone, checked):
            return f"{undone!r}, {checked!r}, stays {stays}"


class UndoPlannedAndConfirm(Race):
    """A meeting logged from a plan is undone while it is confirmed: the plan again, or a confirmed record."""

    prepare = ConfirmAndDrop.prepare

    def run(self):
        minutes = next(self.minutes)
        [planned] = planning_acts.plan(
            self.program,
            by=self.cast.mentor,
            first_on=today(minutes),
            starts_at=dt.time(15),
            minutes=minutes,
            format="together",
            about="",
            participants=list(self.program.pairing.participations.live()),
        )
        meeting = meet(self.program, self.cast.mentor, minutes=minutes, planned=planned)
        other = meeting.attendances.exclude(participation__person=self.cast.mentor.person).get()
        act = Act.objects.about(self.program).filter(verb="meeting").last()
        results = self.together(
            [
                lambda: undo.undo(act, by=self.cast.mentor),
                lambda: journal_acts.confirm_meeting(other, by=self.cast.mentee),
            ]
        )
        state = Meeting.every.get(pk=meeting.pk).state
        if sum(map(done, results)) != 1 or (state == "planned") != done(results[0]) or not ours(*results):
            return f"{results!r}, {state}"


class UndoRemarkAndResolve(Race):
    """A remark is undone while it is marked as taken into account: one of them."""

    def prepare(self):
        self.program = make_program(self.cast, "draft")

    def run(self):
        remark = approval_acts.remark(self.program, by=self.cast.chair, text="уточните срок")
        act = Act.objects.about(self.program).filter(verb="remark").last()
        undone, resolved = self.together(
            [lambda: undo.undo(act, by=self.cast.chair), lambda: approval_acts.resolve(remark, by=self.cast.curator)]
        )
        stays = Remark.objects.filter(pk=remark.pk).exists()
        if done(undone) == done(resolved) or stays != done(resolved) or not ours(undone, resolved):
            return f"{undone!r}, {resolved!r}, stays {stays}"


class UndoAnswerAndTopics(Race):
    """An answer is undone while the council confirms the topics: either may be first, never an answer gone after."""

    def run(self):
        pairing = make_pairing(self.cast, complete=False)
        mine = pairing.participations.get(part="mentee")
        pairing_acts.answer(mine, "yes", by=self.cast.curator)
        act = Act.objects.about(pairing).filter(verb="answer").last()
        results = self.together(
            [
                lambda: undo.undo(act, by=self.cast.curator),
                lambda: pairing_acts.confirm_topics(pairing, by=self.cast.chair),
            ]
        )
        mine.refresh_from_db()
        order = list(Act.objects.about(pairing).order_by("pk").values_list("verb", flat=True))
        after = "undo_answer" in order[order.index("confirm_topics") :] if "confirm_topics" in order else False
        if (mine.wish == "") != done(results[0]) or after or not ours(*results):
            return f"{results!r}, {order}"


class UndoRefusalAndPropose(Race):
    """A refusal is undone while its mentee is proposed to another mentor: one proposal for one mentee."""

    def run(self):
        pairing = make_pairing(self.cast, complete=False)
        mine = pairing.participations.select_related("candidate").get(part="mentee")
        pairing_acts.answer(mine, "no", by=self.cast.curator, reason="нет времени")
        act = Act.objects.about(pairing).filter(verb="answer").last()
        mentor = make_candidate(make_person(), "mentor", by=self.cast.director)
        terms = {"planned_from": today(), "planned_to": today(200), "topics": list(mentor.topics.all())}
        known = {"kind": "pair", "mentor": mentor, "mentees": [mine.candidate], "why": "да", "profile_fits": True}
        results = self.together(
            [
                lambda: undo.undo(act, by=self.cast.curator),
                lambda: pairing_acts.propose(by=self.cast.curator, **known, **terms),
            ]
        )
        live = Pairing.objects.live().filter(participations__person=mine.person_id).count()
        if sum(map(done, results)) != 1 or live != 1 or not ours(*results):
            return f"{results!r}, {live} live"


class UndoBankEntryAndFill(Race):
    """A proposal to a bank is undone while the questionnaire is filled in: one of them."""

    def run(self):
        person = make_person()
        make_consent(person, by=self.cast.curator)
        candidate = bank_acts.propose(person, "mentee", by=self.cast.curator)
        act = Act.objects.about(candidate).filter(verb="propose").last()
        results = self.together(
            [
                lambda: undo.undo(act, by=self.cast.curator),
                lambda: bank_acts.fill(type(candidate).objects.get(pk=candidate.pk), by=self.cast.curator),
            ]
        )
        candidate.refresh_from_db()
        if sum(map(done, results)) != 1 or (candidate.state == "withdrawn") != done(results[0]) or not ours(*results):
            return f"{results!r}, {candidate.state}"


class UndoImport(Race):
    """A written list is taken back while somebody acts on one of its people: one of them, and nothing is lost."""

    def prepare(self):
        self.turns, self.school = count(), Organisation.objects.get(kind="own")

    def run(self):
        letters = uuid4().hex.translate(str.maketrans("0123456789abcdef", "абвгдежзиклмнопр"))[:12]
        content = workbook_of(["ФИО", "Должность"], [f"Тест{letters} Айса Петровна", "методист"])
        upload, _ = uploads.take(content, name="список.xlsx", sha256=uuid4().hex, by=self.cast.clerk)
        uploads.write(upload, by=self.cast.clerk)
        person = Person.objects.get(last_name=f"Тест{letters}")
        act = Act.objects.about(upload).get(verb="import")
        nexts = (
            lambda: register_acts.edit(person, by=self.cast.curator, version=person.version, phone="+79990001122"),
            lambda: register_acts.employ(person, by=self.cast.curator, organisation=self.school, post="методист 2"),
            lambda: consent_acts.record(person, "processing", by=self.cast.curator, given_on=today()),
            lambda: account_acts.create([person], by=self.cast.sysadmin),
        )
        results = self.together([lambda: undo.undo(act, by=self.cast.clerk), nexts[next(self.turns) % len(nexts)]])
        there = Person.objects.filter(pk=person.pk).exists()
        if sum(map(done, results)) != 1 or there == done(results[0]) or not ours(*results):
            return f"{results!r}, there {there}"


class HandOverTwice(Race):
    """A request about data goes to one of two successors, never to both, whoever presses first."""

    def prepare(self):
        self.successors = [make_person(), make_person()]

    def run(self):
        curator, facts = self.cast.curator.person, {"channel": "paper", "received_on": today(), "words": "вопрос"}
        asked = request_acts.open_request(
            "question", person=self.cast.mentee.person, responsible=curator, by=self.cast.clerk, **facts
        )
        key = f"data-request:{asked.pk}"
        hand = [lambda to=to: hand_over(curator, to=to, keys=[key], by=self.cast.curator) for to in self.successors]
        results = self.together(hand)
        asked.refresh_from_db()
        told = Act.objects.about(asked).filter(verb="hand_over")
        first = self.successors[0 if done(results[0]) else 1]
        if sum(map(done, results)) != 1 or len(told) != 1 or asked.responsible_id != first.pk or not ours(*results):
            return f"{results!r}, {asked.responsible}"


class DecideRequest(Race):
    """A proposal is accepted, declined and taken back at once: one of the three, with one row of the log.

    What acceptance enacts is there when it was accepted, and only then.
    """

    def prepare(self):
        self.program, _ = make_running(self.cast)

    def run(self):
        asked = ask(self.cast, "improvement", program=self.program)
        known, wish = Amendment.objects.count(), {"amend": True, "reason": "чаще встречаться"}
        results = self.together(
            [
                lambda: asking.decide(asked, "accept", by=self.cast.curator, answer="да", data=wish),
                lambda: asking.decide(asked, "decline", by=self.cast.curator, answer="нет"),
                lambda: asking.withdraw(asked, by=self.cast.mentee),
            ]
        )
        state = Request.objects.get(pk=asked.pk).state
        told = Act.objects.about(asked).filter(verb__in=("accept", "decline", "withdraw")).count()
        made = Amendment.objects.count() - known
        wanted = [
            word for word, result in zip(("accepted", "declined", "withdrawn"), results, strict=True) if done(result)
        ]
        if made:
            Amendment.objects.latest("pk").delete()
        if wanted != [state] or told != 1 or made != (state == "accepted") or not ours(*results):
            return f"{results!r}, state {state}, log {told}, amendments {made}"


class RateBlind(Race):
    """Both sides give the last ratings at once: both are kept, opened once, and each is told of it at most once."""

    def prepare(self):
        self.program, _ = make_running(self.cast)
        self.side = self.program.pairing.participations.get(part="mentee")
        self.words = count()

    def run(self):
        with time_machine.travel(self.program.ends_on, tick=True):
            SkillRating.objects.all().delete()
            Skill.objects.all().delete()
            skills = learning_acts.choose(
                self.program, self.side, by=self.cast.mentee, texts=[f"навык {next(self.words)}"]
            )
            values = {skill.pk: (3, "") for skill in skills}
            rate = [
                lambda part=part, by=by: learning_acts.rate(
                    self.program, self.side, part, by=by, moment="end", values=values
                )
                for part, by in (("mentee", self.cast.mentee), ("mentor", self.cast.mentor))
            ]
            results = self.together(rate)
        kept = SkillRating.objects.filter(skill__in=skills).count()
        if not all(map(done, results)) or kept != len(rate):
            return f"{results!r}, kept {kept}"


class AnswerDifficulty(Race):
    """The other side answers «снято» and «ещё нет» while the first takes its words back: one of the three."""

    def prepare(self):
        self.program, _ = make_running(self.cast)
        self.program = Program.objects.for_head().get(pk=self.program.pk)

    def run(self):
        about = statements_of(self.program).get()
        Difficulty.objects.all().delete()
        row = difficulty_acts.propose(
            self.program, about, by=self.cast.mentor, sign="читает с листа", url="https://video.example/1"
        )
        said = Act.objects.about(row).filter(verb="propose").last()
        results = self.together(
            [
                lambda: difficulty_acts.confirm(row, by=self.cast.mentee),
                lambda: difficulty_acts.not_yet(row, by=self.cast.mentee, word="в темпе ещё нет"),
                lambda: undo.undo(said, by=self.cast.mentor),
            ]
        )
        stands = Difficulty.objects.get(pk=row.pk)
        told = Act.objects.about(row).filter(pk__gt=said.pk).count()
        wanted = [state for state, result in zip(("closed", "open", "open"), results, strict=True) if done(result)]
        answered = stands.answered_by_id is not None
        if wanted != [stands.state] or told != 1 or answered == done(results[2]) or not ours(*results):
            return f"{results!r}, {stands.state}, log {told}"


class SettleAnswer(Race):
    """Somebody changes a low answer while its reader writes that they have talked: what is settled is what was read.

    Both may be done only when the answer was changed first; a settled answer is not changed.
    """

    def prepare(self):
        self.program, _ = make_running(self.cast)
        far = today(200)
        Program.objects.filter(pk=self.program.pk).update(ends_on=far, earliest_end=far, latest_end=far)
        self.question = relationship_kit.asked(Program.objects.get(pk=self.program.pk), self.cast.mentor)["mentee"]

    def run(self):
        RelationshipAnswer.objects.filter(pk=self.question.pk).update(
            state="asked", level="", word="", answered_at=None, answered_by=None, settled_at=None, settled_by=None
        )
        low = relationship_acts.answer(reload(self.question), by=self.cast.mentee, level="hard", word="тяжело")
        known = Act.objects.about(low).count()
        results = self.together(
            [
                lambda: relationship_acts.answer(low, by=self.cast.mentee, level="good"),
                lambda: relationship_acts.settle(low, by=self.cast.curator),
            ]
        )
        stands = RelationshipAnswer.objects.get(pk=low.pk)
        told = Act.objects.about(low).count() - known
        wanted = ("settled" if done(results[1]) else "answered", "good" if done(results[0]) else "hard")
        if (stands.state, stands.level) != wanted or told != sum(map(done, results)) or not ours(*results):
            return f"{results!r}, {stands.state} {stands.level}, log {told}"


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
    for module in (journal_acts, holds):  # who looks for a hold on the meeting locks it too
        monkeypatch.setattr(module, "locked", careless)
    monkeypatch.setattr(journal_acts, "record", slow_record)
    wrong = wrong_rounds(race, cast, together, 5)
    assert bool(wrong) == (connection.vendor == "postgresql")
