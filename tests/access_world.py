"""One school with an object of every kind, for asking every address: participants are named next to it."""

import io
from datetime import date, time, timedelta
from hashlib import sha256
from types import SimpleNamespace

from django.utils import timezone
from PIL import Image

from mentoring_site.files import store_bytes
from mentoring_site.models import Act, Export, OutboxMail, SimpleSignature
from people.access import acts as access_acts
from people.banks.models import MenteeCategory, Topic
from people.consents import acts as consent_acts
from people.consents.destruction import acts as destruction_acts
from people.consents.duties import acts as duty_acts
from people.consents.requests import acts as request_acts
from people.register.models import FormerName
from people.retention import acts as retention_acts
from people.retention.models import RetentionTerm
from people.roles.models import RoleGrant
from people.school.models import DayOff, Organisation, RegionalDay
from people.staff_list import uploads
from programs.catalogs.models import ProgramTemplate
from programs.changes.petitions import acts as petition_acts
from programs.completion import acts as completion_acts
from programs.journal import acts as journal_acts
from programs.journal.evidence import acts as evidence_acts
from programs.journal.planning import acts as planning_acts
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices import acts as notice_acts
from programs.program.approval import acts as approval_acts
from programs.program.models import Activity
from reports.documents.local_acts import acts as local_act_acts
from reports.documents.packages.models import Package
from reports.home.models import Postponed
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.order_kinds.typed import Particulars, TypedDraft
from reports.orders.printing.pdf import print_order
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from reports.orders.registration.signed_scan import SignedScan, attach_scan
from reports.orders.scans.models import ScanPage, ScanSource, ScanStack
from reports.orders.signatures import acts as signature_acts
from reports.orders.text_check.models import Overruled
from reports.site.models import News
from roadmap.council import acts as council_acts
from roadmap.legal_base import acts as legal_acts
from roadmap.plan import acts as plan_acts
from tests import SAMPLE, factories
from tests.paper import pdf
from tests.programs.changes import kit as changes_kit

STAFF = ("director", "curator", "chair", "council", "clerk", "sysadmin")
PDF = pdf()


def picture(kind: str = "JPEG") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("L", (60, 80), 255).save(out, kind)
    return out.getvalue()


CMS = bytes.fromhex("3080 0609 2a864886f70d010702") + b"\x00" * 40


def own_term(by, documents):
    """A kind of documents that a school has added to the table of terms."""
    values = {"kind": "open", "years": None, "by_commission": False, "from_day": False, "article": "", "note": ""}
    return retention_acts.add(by=by, documents=documents, **values)


class World:
    """``objects`` by key; ``pairs[key]`` are the users who are mentor and mentee of that object."""

    def __init__(self):
        factories.make_school()
        self.staff = SimpleNamespace(**{role: factories.make_user(None, role, username=role) for role in STAFF})
        self.stranger = factories.make_user(username="stranger")
        self.objects, self.pairs = {}, {}
        self._people()
        self._pairs()
        self._agreements()
        self._running()
        self._ending()
        self._changes()
        self._papers()
        self._roadmap()
        self._minutes()

    def actors(self, key) -> dict:
        """Return role -> user for an object; ``outsider`` is the mentor of another pair."""
        mentor, mentee = self.pairs.get(key) or self.pairs["running"]
        other = "submitted" if mentor in self.pairs["draft"] else "draft"
        return vars(self.staff) | {
            "mentor": mentor,
            "mentee": mentee,
            "outsider": self.pairs[other][0],
            "stranger": self.stranger,
        }

    def add(self, pair, **objects):
        self.objects |= objects
        self.pairs |= dict.fromkeys(objects, pair)

    def _two(self, name):
        return factories.make_user(username=f"{name}-mentor"), factories.make_user(username=f"{name}-mentee")

    def _people(self):
        pair = self._two("alone")
        lead, led = (user.person for user in pair)
        consent = factories.make_consent(led, by=self.staff.clerk)
        consent.scan = store_bytes(PDF, name="скан.pdf", content_type="application/pdf")
        consent.save()
        content = SAMPLE.read_bytes()
        upload, _ = uploads.take(content, name="список.xlsx", sha256=sha256(content).hexdigest(), by=self.staff.clerk)
        partner = Organisation.objects.create(kind="college", name="Колледж", short_name="Колледж", city="Элиста")
        self.add(
            pair,
            person=led,
            former=FormerName.objects.get_or_create(person=led, last_name="Прежняя", first_name="Анна")[0],
            consent=consent,
            upload=upload,
            organisation=partner,
            user=pair[1],
            employment=led.employments.first(),
            department=led.employments.first().department,
            candidate=factories.make_candidate(led, "mentee", by=self.staff.curator, state="applied"),
            topic=Topic.objects.first(),
            retention_term=RetentionTerm.objects.get(code="journal"),
            retention_own=own_term(self.staff.clerk, "Афиши"),
            retention_closed=retention_acts.close(own_term(self.staff.clerk, "Билеты"), by=self.staff.clerk),
            category=MenteeCategory.objects.create(name="Новая"),
            grant=RoleGrant.objects.get(person=self.staff.council.person),
            postponed=Postponed.objects.create(
                user=self.staff.curator, key="task:0", until=timezone.localdate() + timedelta(days=3), reason="жду"
            ),
            access=access_acts.ask("slip", self.staff.chair, by=self.staff.sysadmin, why="забыт пароль"),
        )
        factories.make_candidate(lead, "mentor", by=self.staff.curator, state="applied")
        self._withdrawn(pair, led)

    def _withdrawn(self, pair, person):
        """Something due after a withdrawal; an act that waits and one that is approved, about somebody else."""
        clerk, gone = self.staff.clerk, factories.make_person(phone="+79050000000")
        shared = factories.make_consent(person, "dissemination", by=clerk, fields=["name", "photo"])
        consent_acts.narrow(shared, by=clerk, on=timezone.localdate(), fields=["photo"])
        consent_acts.withdraw(factories.make_consent(gone, by=clerk), by=clerk, on=timezone.localdate())
        facts = {
            "reason": "reached",
            "commission": [{"name": "Первый Иван", "post": "куратор"}, {"name": "Второй Иван", "post": "кадры"}],
        }
        done = destruction_acts.prepare(gone, by=clerk, categories=["contacts"], **facts)
        destruction_acts.approve(done, by=self.staff.director)
        waiting = destruction_acts.prepare(gone, by=clerk, categories=["birth"], **facts)
        withdrawal = shared.withdrawals.get()
        self.add(pair, duty=withdrawal.duties.get(), withdrawal=withdrawal, destroyed=done, destruction=waiting)
        self._asked(pair, person)

    def _asked(self, pair, person):
        """A request about one's data that is answered late, one that is closed, a leak."""
        clerk, today = self.staff.clerk, timezone.localdate()
        facts = {"by": clerk, "person": person, "channel": "paper", "received_on": today, "words": "вопрос"}
        facts["responsible"] = clerk.person
        asked, closed = (request_acts.open_request("question", **facts) for _ in range(2))
        extended = duty_acts.extend(asked.duties.get(), by=clerk, reason="сведения собирают в архиве")
        request_acts.close(closed, by=clerk, outcome="done", answer="Сведения даны", answered_on=today)
        known = dict.fromkeys(("categories", "people", "cause", "harm", "measures", "contact"), "известно")
        known |= {"noticed_at": timezone.now()}
        leak = request_acts.open_request("leak", **facts | {"person": None, "channel": "found", "incident": known})
        self.add(pair, asked=asked, asked_closed=closed, extended=extended, leak=leak)

    def _program(self, name, state, **values):
        pair = self._two(name)
        program = factories.make_program(self.staff, state, mentor=pair[0], mentee=pair[1], **values)
        self.add(pair, **{name: program})
        return pair, program

    def _pairs(self):
        for state in ("proposed", "recommended"):
            pair = self._two(state)
            pairing = factories.make_pairing(self.staff, state, mentor=pair[0], mentee=pair[1])
            self.add(pair, **{state: pairing, f"{state}_mentee": pairing.participations.get(part="mentee")})
            if state == "proposed":
                self.add(pair, said=Act.objects.about(pairing).get(verb="propose"))
        pair = self._two("assigned")
        self.add(pair, assigned=factories.make_pairing(self.staff, "assigned", mentor=pair[0], mentee=pair[1]))
        pair, program = self._program("draft", "draft")
        remark = approval_acts.remark(program, by=self.staff.chair, text="Уточнить цель", field="goal")
        self.add(
            pair,
            draft_activity=program.activities.first(),
            remark=remark,
            draft_mentee=program.pairing.participations.get(part="mentee"),
        )
        self._program("submitted", "submitted")
        self._program("agreed", "agreed")

    def _agreements(self):
        pair, today, clerk = self.pairs["assigned"], timezone.localdate(), self.staff.clerk
        pairing, lead = self.objects["assigned"], self.pairs["assigned"][0].person
        scan = store_bytes(PDF, name="скан.pdf", content_type="application/pdf")
        made = agreement_acts.start(lead, lead.employments.first(), by=clerk, pairing=pairing)
        agreement_acts.assign(made, by=clerk, on=today - timedelta(days=60), scan=scan)
        MentorAgreement.objects.filter(pk=made.pk).update(scan=scan)
        notice = notice_acts.give_notice(lead, pairing, "worker", by=clerk, received_on=today, scan=scan)
        self.add(pair, agreement=made, notice=notice, day_off=DayOff.objects.first())
        self.add(pair, regional_day=RegionalDay.objects.first())

    def _running(self):
        pair, program = self._program("running", "running")
        mentee = program.pairing.participations.get(part="mentee")
        todo = program.activities.first()
        done = Activity.objects.create(
            program=program, title="Открытый урок", due_on=todo.due_on, expected_result="урок"
        )
        result = journal_acts.do(done, mentee, by=pair[1], result="Сделано")
        result.files.add(store_bytes(PDF, name="урок.pdf", content_type="application/pdf"))
        meeting = journal_acts.log_meeting(
            program,
            by=pair[0],
            held_on=program.starts_on,
            minutes=45,
            format="together",
            about="чтение",
            participants=list(program.pairing.participations.all()),
        )
        [planned] = planning_acts.plan(
            program,
            by=pair[0],
            first_on=min(timezone.localdate() + timedelta(days=3), program.ends_on),
            starts_at=time(15),
            minutes=45,
            format="together",
            about="гаммы",
            participants=list(program.pairing.participations.all()),
        )
        snap, gone = (store_bytes(picture(), name=f"{n}.jpg", content_type="image/jpeg") for n in "12")
        meeting.files.add(snap, gone)
        result.files.add(snap)
        self.add(
            pair,
            snap=snap,
            removed_file=evidence_acts.remove(meeting, gone.pk, by=pair[0]),
            todo=todo,
            running_mentee=mentee,
            result=result,
            file=result.files.first(),
            meeting=meeting,
            planned_meeting=planned,
            planned_answer=planned.attendances.get(participation=mentee),
            attendance=meeting.attendances.get(participation=mentee),
            mentor_person=pair[0].person,
        )

    def _completion(self, name):
        pair, program = self._program(name, "running")
        found = completion_acts.propose(
            program,
            program.pairing.participations.get(part="mentee"),
            by=self.staff.curator,
            reason="force",
            circumstances="переезд",
        )
        return pair, program, found

    def _ending(self):
        pair, _, found = self._completion("closing")
        self.add(pair, completion=found)
        pair, program, found = self._completion("ended")
        outcomes = {d.pk: ("partly", "часть снята") for d in program.difficulties.all()}
        completion_acts.conclude(
            found, by=pair[0], conclusion="Работали", verdict="ready", discipline="соблюдал", outcomes=outcomes
        )
        completion_acts.review(found, by=pair[1], review="Спасибо")
        found = completion_acts.submit_for_order(found, by=self.staff.curator)
        today = timezone.localdate()
        completion_acts.enact(found, by=self.staff.clerk, number="43-од", date=today, on=today)
        program.refresh_from_db()

    def _changes(self):
        pair, program = self._program("changing", "running")
        amendment = changes_kit.make_amendment(self.staff, program=program, agreed=False)
        mentee = program.pairing.participations.get(part="mentee")
        petition = petition_acts.file(mentee, by=pair[1], reason="не сложилось")
        self.add(
            pair,
            change=amendment,
            change_mentee=mentee,
            petition=petition,
            pause=changes_kit.make_pause(self.staff, "registered", program),
            replacement=changes_kit.make_replacement(self.staff, program=program),
        )

    def _papers(self):
        staff, today = self.staff, timezone.localdate()
        curator, pairs = staff.curator, self.pairs
        draft = drafting_acts.draft("assignment", [self.objects["recommended"]], by=staff.clerk)
        self.add(pairs["recommended"], order=draft, item=draft.items.first(), visa=draft.visas.first())
        stands = {"words": "Пункт 1: осталось «____»", "reason": "так и нужно", "made_by": curator}
        self.add(None, overruled=Overruled.objects.create(order=draft, key="finding", **stands))
        pair = self._two("printed")
        pairing = factories.make_pairing(staff, "recommended", mentor=pair[0], mentee=pair[1])
        waiting = drafting_acts.draft("assignment", [pairing], by=curator)
        for visa in waiting.visas.all():
            drafting_acts.give_visa(visa, by=curator)
        drafting_acts.agree(waiting, by=curator)
        drafting_acts.send_to_signature(waiting, by=curator)
        self.add(pair, at_signature=waiting)
        signed = drafting_acts.draft("programs", [self.objects["agreed"]], by=curator)
        for visa in signed.visas.all():
            drafting_acts.give_visa(visa, by=curator)
        drafting_acts.agree(signed, by=curator)
        drafting_acts.send_to_signature(signed, by=curator)
        number = numbers.suggest(signed.series, today.year)
        signed = registration_acts.register(signed, by=staff.clerk, number=number, date=today)
        scan = store_bytes(PDF, name="приказ.pdf", content_type="application/pdf")
        attach_scan(signed, SignedScan(scan, 1, recognised=False), by=staff.clerk)
        print_order.call(signed.pk)
        signed.refresh_from_db()
        mentee = pairs["agreed"][1].person
        self.add(pairs["agreed"], registered=signed, acquaintance=signed.acquaintances.get(person=mentee))
        self._register(signed, pairs["agreed"])
        waiting = OutboxMail.objects.create(template="test_letter", to="a@school.example", text="Текст")
        self.add(None, letter=waiting)
        self.add(None, news=News.objects.create(title="Новость", text="Текст", is_public=True, created_by=curator))
        self.add(None, template=ProgramTemplate.objects.first())
        head = {"head": [curator.person], "member": [staff.chair.person, staff.council.person]}
        self.add(None, typed=drafting_proposals.propose("association", Particulars(TypedDraft(), head), by=curator))
        built = store_bytes(b"PK", name="пакет.zip", content_type="application/zip")
        listed = store_bytes(b"PK", name="люди.xlsx", content_type="application/zip")
        made = {"title": "Люди", "created_by": curator, "file": listed, "finished_at": timezone.now()}
        self.add(None, export=Export.objects.create(url="/people/", **made))
        self.add(None, package=Package.objects.create(created_by=curator, file=built, finished_at=timezone.now()))

    def _register(self, signed, pair):
        """What orders bring along: signatures, a stack of scans, a local act that the mentee has to read."""
        clerk, mentee = self.staff.clerk, pair[1].person
        made = signature_acts.attach(signature_acts.prepare(signed, by=clerk), CMS, "приказ.sig", by=clerk)
        file = store_bytes(PDF, name="положение.pdf", content_type="application/pdf")
        act = local_act_acts.add_act(
            by=clerk,
            kind="regulation",
            about="о наставничестве",
            number="38-од",
            date=timezone.localdate(),
            file=file,
            audience=[],
            persons=[mentee],
        )
        stack = ScanStack.objects.create(uploaded_by=clerk, total=1, done=1, finished_at=timezone.now())
        file = store_bytes(picture("PNG"), name="скан.png", content_type="image/png")
        source = ScanSource.objects.create(stack=stack, file=file)
        page = ScanPage.objects.create(stack=stack, source=source, index=0, position=1, begins=True)
        line = signed.acquaintances.get(person=mentee)
        signature = SimpleSignature.objects.create(
            object=line,
            kind="acquaintance",
            title="Приказ",
            text="Ознакомлена",
            text_sha256="0" * 64,
            user=pair[1],
            name=mentee.full_name,
            basis_number="7-од",
            basis_date=timezone.localdate(),
        )
        self.add(
            pair,
            detached=made,
            local_act=act,
            act_reader=act.readers.get(),
            stack=stack,
            scan_page=page,
            signature=signature,
        )

    def _roadmap(self):
        plan = plan_acts.draft(2026, by=self.staff.curator)
        stage = plan.stages.first()
        self.add(None, plan=plan, stage=stage, task=stage.tasks.first())
        old = plan_acts.draft(2025, by=self.staff.curator)
        for task in (t for s in old.stages.all() for t in s.tasks.all()):
            task.due_on = task.due_on or date(2026, 3, 1)
            task.responsible_words = task.responsible_words or "куратор"
            task.expected_result = task.expected_result or "сделано"
            task.save()
        plan_acts.submit(old, by=self.staff.curator)
        plan_acts.approve(old, by=self.staff.clerk, number="12-од", date=timezone.localdate() - timedelta(days=1))
        stage = old.stages.first()
        self.add(None, year=old, year_task=stage.tasks.first())
        text = store_bytes(PDF, name="Указ.pdf", content_type="application/pdf")
        act = legal_acts.add(
            by=self.staff.curator,
            kind="Указ Президента Российской Федерации",
            number="1000",
            date=date(2026, 1, 12),
            doubt="Реквизиты не сверены",
            file=text,
        )
        self.add(None, legal_act=act)

    def _minutes(self):
        today, chair = timezone.localdate(), self.staff.chair
        common = {
            "by": chair,
            "body": "методический совет",
            "held_on": today,
            "chair": chair.person,
            "secretary": self.staff.council.person,
            "present": [chair.person],
        }
        drafted = council_acts.draft(programs=[self.objects["submitted"]], **common)
        self.add(None, minutes=drafted, minutes_item=drafted.items.get())
        signed = council_acts.draft(**common)
        council_acts.save_item(signed, None, by=chair, title="О разном", decided="Принять к сведению")
        signed.refresh_from_db()
        scan = store_bytes(PDF, name="протокол.pdf", content_type="application/pdf")
        self.add(None, signed_minutes=council_acts.sign(signed, by=chair, signed_on=today, scan=scan))
