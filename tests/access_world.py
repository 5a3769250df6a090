"""One school with an object of every kind, for asking every address: participants are named next to it."""

import io
from datetime import date, time, timedelta
from hashlib import sha256
from types import SimpleNamespace

from django.utils import timezone
from PIL import Image

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.files import store_bytes
from mentoring_site.models import Act, Export, OutboxMail, SimpleSignature
from mentoring_site.ui.list_filters import year_now
from mentoring_site.xlsx.writer import write_xlsx
from people.absences import acts as absence_acts
from people.access import acts as access_acts
from people.banks import keeping
from people.banks.models import MenteeCategory, Topic
from people.consents import acts as consent_acts
from people.consents.destruction import acts as destruction_acts
from people.consents.duties import acts as duty_acts
from people.consents.requests import acts as request_acts
from people.register.models import FormerName
from people.retention import acts as retention_acts
from people.retention.models import RetentionTerm
from people.roles.models import DepartmentHead, RoleGrant
from people.school.models import DayOff, Organisation, RegionalDay, School
from people.staff_list import uploads
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate, SheetTemplate, TemplateActivity
from programs.changes.petitions import acts as petition_acts
from programs.completion import acts as completion_acts
from programs.difficulties import acts as difficulty_acts
from programs.journal import acts as journal_acts
from programs.journal.planning import acts as planning_acts
from programs.learning import acts as learning_acts
from programs.learning.models import Skill, SkillRating
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices import acts as notice_acts
from programs.observations import acts as observation_acts
from programs.pairings.choosing import acts as choosing_acts
from programs.pairings.models import Pairing
from programs.program.approval import acts as approval_acts
from programs.program.models import Activity, Program
from programs.relationship import acts as relationship_acts
from programs.relationship.models import RelationshipAnswer
from programs.requests import acts as asking
from programs.requests import registry
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.kinds.engaging import acts as engaging_acts
from programs.requests.kinds.release import acts as release_acts
from programs.requests.subjects import find, of_pairing, of_program
from programs.support import acts as support_acts
from programs.support.models import CouncilMark
from programs.tasks import acts as task_acts
from reports.annual_report import acts as annual_acts
from reports.compliance.models import ClauseExemption
from reports.documents.act_drafts import acts as draft_acts
from reports.documents.local_acts import acts as local_act_acts
from reports.documents.packages.models import Package
from reports.home.models import Postponed
from reports.indicators.periods import Period
from reports.inspection.documents import act_facts as folder_facts
from reports.inspection.models import Folder, FolderAct
from reports.monitoring import acts as monitoring_acts
from reports.opinions import acts as opinion_acts
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
from reports.past import acts as past_acts
from reports.site.models import News
from reports.statistics import acts as statistics_acts
from reports.surveys import acts as survey_acts
from reports.surveys import answering, questionnaire_acts
from roadmap.bodies import acts as body_acts
from roadmap.bodies.models import Body
from roadmap.council import acts as council_acts
from roadmap.council import meetings
from roadmap.duties import acts as regular_duty_acts
from roadmap.events import acts as event_acts
from roadmap.events import attendance, inviting
from roadmap.legal_base import acts as legal_acts
from roadmap.library import acts as library_acts
from roadmap.partners import acts as partner_acts
from roadmap.partners import agreement_acts as partner_agreement_acts
from roadmap.partners import network_acts
from roadmap.plan import acts as plan_acts
from roadmap.practices import acts as practice_acts
from roadmap.regulation.models import Regulation
from roadmap.training import acts as training_acts
from roadmap.training import import_acts as training_imports
from tests import SAMPLE, factories
from tests.paper import pdf
from tests.programs.changes import kit as changes_kit
from tests.reports.past import kit as past_kit

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
        self._requests()
        self._papers()
        self._roadmap()
        self._minutes()
        self._learnt()
        self._partners()
        self._library()
        self._practices()
        self._events()
        self._surveys()
        self._monitoring()

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
            bank_review=keeping.review("mentee", by=self.staff.sysadmin, on=timezone.localdate()),
            topic=Topic.objects.first(),
            retention_term=RetentionTerm.objects.get(code="journal"),
            retention_own=own_term(self.staff.clerk, "Афиши"),
            retention_closed=retention_acts.close(own_term(self.staff.clerk, "Билеты"), by=self.staff.clerk),
            category=MenteeCategory.objects.create(name="Новая"),
            grant=RoleGrant.objects.get(person=self.staff.council.person),
            postponed=Postponed.objects.create(
                user=self.staff.curator, key="task:0", until=timezone.localdate() + timedelta(days=3), reason="жду"
            ),
            wish=choosing_acts.wish(led, lead, "prefer", by=pair[1]),
            absence=absence_acts.note(
                led, kind="leave", starts_on=timezone.localdate(), ends_on=timezone.localdate(), by=self.staff.clerk
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
        line = TemplateActivity.objects.first()
        helpful = store_bytes(PDF, name="лист наблюдения.pdf", content_type="application/pdf")
        line.materials.add(helpful)
        program.activities.first().materials.add(helpful)
        self.add(None, template_line=line, template_file=helpful)
        self.add(
            pair,
            draft_difficulty=program.difficulties.first(),
            draft_material=helpful,
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
        lesson = store_bytes(PDF, name="урок.pdf", content_type="application/pdf")
        [proof] = evidence_acts.attach(result, [lesson], by=pair[1])
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
        taken, away = evidence_acts.attach(meeting, [snap, gone], by=pair[0])
        evidence_acts.remove(away, by=pair[0])
        tasks = [
            task_acts.give(program, [mentee], by=pair[0], text=text, due_on=timezone.localdate())[0]
            for text in ("Сыграть гаммы", "Записать урок")
        ]
        task_acts.do(tasks[1], by=pair[1], result="записал")
        sheet = observation_acts.begin(
            program, SheetTemplate.objects.first(), by=pair[0], teacher=mentee, lesson="2 класс", meeting=meeting
        )
        support = [
            support_acts.give(
                program,
                self.staff.council.person,
                by=self.staff.chair,
                category="method",
                text=text,
                due_on=timezone.localdate(),
            )
            for text in ("Подобрать этюды", "Показать открытый урок")
        ]
        support_acts.do(support[1], by=self.staff.council, result="показал")
        self.add(
            pair,
            support_task=support[0],
            done_support=support[1],
            council_mark=CouncilMark.objects.create(
                program=program,
                stage="middle",
                author=self.staff.council,
                plan=3,
                needs=4,
                method=2,
                bond=4,
                conclusion="Идёт",
            ),
            mentor_task=tasks[0],
            skill=self._skill(program, mentee, pair, "start"),
            learning_note=learning_acts.write_note(program, by=pair[1], text="петь гамму"),
            done_task=tasks[1],
            sheet=sheet,
            snap=taken.latest,
            removed_proof=away,
            proof=proof,
            todo=todo,
            running_mentee=mentee,
            result=result,
            proof_file=proof.latest,
            meeting=meeting,
            planned_meeting=planned,
            planned_answer=planned.attendances.get(participation=mentee),
            attendance=meeting.attendances.get(participation=mentee),
            mentor_person=pair[0].person,
        )

    def _skill(self, program, mentee, pair, moment):
        """A skill that the mentor has rated at a moment, and nobody else."""
        skill = Skill.objects.create(program=program, participation=mentee, text="Темп урока", created_by=pair[0])
        SkillRating.objects.create(skill=skill, moment=moment, part="mentor", value=3, rated_by=pair[0])
        return skill

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
        pair, program, found = self._completion("closing")
        mentee = program.pairing.participations.get(part="mentee")
        self.add(pair, completion=found, last_skill=self._skill(program, mentee, pair, "end"))
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

    def _requests(self):
        """Help of the pair, help from the curator alone, a proposal: each is private in its own way."""
        pair, program = self.pairs["running"], self.objects["running"]
        pairing = of_pairing(Pairing.objects.with_people().get(pk=program.pairing_id))
        whole = of_program(Program.objects.for_head().get(pk=program.pk))
        mentee = pair[1]
        program = whole.program
        self.add(
            pair,
            help_asked=asking.file(registry.kind("help"), pairing, by=mentee, text="помогите"),
            help_apart=asking.file(registry.kind("help"), pairing, by=mentee, text="помогите", route="curator"),
            proposal=asking.file(registry.kind("improvement"), whole, by=mentee, text="чаще"),
            **self._engaged(whole, pair[0]),
            personal_file=self._file(pairing, pair),
            **self._difficulties(pair, program),
            **self._relationship(pair, program),
            **self._released(whole, pair),
            contest=self._contest(whole, pair),
            **self._honored(pairing, pair),
            **self._disciplined(pairing, pair),
            **self._talks(pairing, pair),
        )
        self._supported()

    def _honored(self, pairing, pair):
        """A mentor proposes to honor the mentee, the council to honor the mentor."""
        wanted, minutes = {"measures": ["thanks"]}, {"minutes_number": "1", "minutes_date": timezone.localdate()}
        return {
            "encouragement": asking.file(
                registry.kind("encouragement"),
                pairing,
                by=pair[0],
                text="похвалите",
                person=pair[1].person,
                data=wanted,
            ),
            "mentor_incentive": asking.file(
                registry.kind("mentor_incentive"),
                pairing,
                by=self.staff.chair,
                text="наградите",
                person=pair[0].person,
                data=wanted | minutes,
            ),
        }

    def _disciplined(self, pairing, pair):
        """The director has taken a proposal up and has asked the mentee for an explanation."""
        asked = asking.file(
            registry.kind("discipline"),
            pairing,
            by=pair[0],
            text="накажите",
            person=pair[1].person,
            data={"deed_on": timezone.localdate()},
        )
        data = {"demand": "объясните", "known_on": timezone.localdate()}
        asking.decide(asked, "accept", by=self.staff.director, data=data)
        return {"discipline": asked, "explanation": Discipline.objects.get(request=asked)}

    def _talks(self, pairing, pair):
        """A member of the council gives advice to the mentee and mediates between the two."""
        found = {}
        for code, person in (("consultation", None), ("mediation", pair[0].person)):
            asked = asking.file(registry.kind(code), pairing, by=pair[1], text="посоветуйте", person=person)
            data = {
                "mediator": self.staff.council.person,
                "meets_at": timezone.now() + timedelta(days=2),
                "place": "кабинет 5",
            }
            found[code] = asking.decide(asked, "accept", by=self.staff.chair, data=data)
        return found

    def _supported(self):
        """Whoever has no pair is supported meanwhile: the helper stands as the mentor of the object."""
        pair = self._two("support")
        alone = pair[1].person
        factories.make_candidate(alone, "mentee", by=self.staff.curator)
        asked = asking.file(
            registry.kind("support"),
            find(self.staff.curator, "person", alone.pk),
            by=self.staff.curator,
            text="поддержите",
            person=pair[0].person,
            columns={"about": alone.full_name},
            data={"mentee": alone, "until": timezone.localdate() + timedelta(days=30)},
        )
        self.add(pair, support=asking.decide(asked, "accept", by=pair[0]))

    def _difficulties(self, pair, program):
        """One is flagged, of one the mentor has said that it is gone, one is closed by both."""
        named = {
            name: difficulty_acts.name_new(program, self._candidate(program), by=pair[0], text=name, word="трудно")
            for name in ("told_difficulty", "gone_difficulty", "flagged_difficulty")
        }
        for name in ("told_difficulty", "gone_difficulty"):
            said = {"sign": "видно", "url": "https://video.example/"}
            row = difficulty_acts.propose(program, named[name].statement, by=pair[0], **said)
        difficulty_acts.confirm(row, by=pair[1])
        return {name: row.statement for name, row in named.items()} | {"difficulty_row": named["told_difficulty"]}

    def _candidate(self, program):
        return program.pairing.participations.get(part="mentee").candidate

    def _relationship(self, pair, program):
        """The mentee has answered that it is hard, and is asked again."""
        side, today = program.pairing.participations.get(part="mentee"), timezone.localdate()
        asked = {"program": program, "participation": side}
        low = RelationshipAnswer.objects.create(asked_on=today - timedelta(days=40), **asked)
        low = relationship_acts.answer(low, by=pair[1], level="hard", word="тяжело")
        return {
            "relationship_low": low,
            "relationship_question": RelationshipAnswer.objects.create(asked_on=today, **asked),
        }

    def _released(self, whole, pair):
        """The mentor asks to be released; an activity is marked as falling on the lessons of the mentee."""
        activity, day = self.objects["todo"], timezone.localdate() + timedelta(days=2)
        hours = {"day": day, "starts": time(10), "ends": time(11)}
        place = pair[1].person.employments.first().department
        then = {"since": day - timedelta(days=90), "until": day - timedelta(days=30), "given_by": self.staff.clerk}
        head = DepartmentHead.objects.create(department=place, person=self.stranger.person, **then)
        asked = asking.file(
            registry.kind("release"),
            whole,
            by=pair[0],
            text="только",
            columns={"activity": activity, "about": "мероприятие"},
            data=hours,
        )
        marked = release_acts.flag(activity, pair[1].person, by=pair[1], **hours)
        return {"release": asked, "lesson_time": marked, "department_head": head}

    def _contest(self, whole, pair):
        """The mentee takes part in a contest that nobody of the council prepares yet."""
        day = timezone.localdate() + timedelta(days=9)
        side = next(p for p in whole.pairing.people if p.part == "mentee")
        data = {"mentee": side, "title": "Конкурс", "level": "school", "starts_on": day, "ends_on": day, "place": "зал"}
        kind = registry.kind("contest")
        asked = asking.file(kind, whole, by=pair[0], person=pair[1].person, text="достоин", data=data)
        return asking.decide(asked, "accept", by=self.staff.curator, data={"owner": self.staff.chair.person})

    def _engaged(self, whole, mentor):
        """Another teacher has agreed to help and has written hours down."""
        teacher = factories.make_user(username="engaged")
        asked = asking.file(
            registry.kind("engaging"),
            whole,
            by=mentor,
            text="покажите",
            person=teacher.person,
            columns={"activity": self.objects["todo"], "about": "мероприятие"},
        )
        asking.decide(asked, "accept", by=teacher)
        hours = {"held_on": timezone.localdate(), "minutes": 30, "about": "показ"}
        return {"engaging": asked, "engaged_work": engaging_acts.log(asked, by=teacher, **hours)}

    def _file(self, pairing, pair):
        """The director has let the mentor see a part of the personal file."""
        wanted = {"parts": ["education"], "days": 3}
        kind = registry.kind("personal_file")
        asked = asking.file(kind, pairing, by=pair[0], text="узнать", person=pair[1].person, data=wanted)
        return asking.decide(asked, "accept", by=self.staff.director)

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
        zipped = store_bytes(b"PK", name="папка.zip", content_type="application/zip")
        days = {"since": today, "until": today, "created_by": curator}
        folder = Folder.objects.create(file=zipped, finished_at=timezone.now(), scope=["orders"], **days)
        receiver = {"receiver": "Петрова А. И.", "organisation": "Министерство образования"}
        handed = FolderAct(folder=folder, number=1, date=today, created_by=curator, **receiver)
        handed.facts = folder_facts(handed)
        handed.save()
        self.add(None, folder=folder, folder_act=handed)

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
        duty = regular_duty_acts.save(
            None,
            by=self.staff.curator,
            name="Проверка журналов",
            cadence="monthly",
            role="curator",
            ahead=10,
            expected="справка",
        )
        self.add(None, regular_duty=duty, occurrence=duty.occurrences.first())
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
        school = School.get()
        version = Regulation.objects.create(
            state="approved",
            title="Положение о системе наставничества",
            text="1.1. Положение определяет порядок наставничества.",
            order_number=school.regulation_number,
            order_date=school.regulation_date,
        )
        self.add(None, regulation=version)
        words = "1. Порядок определяет, как преподаватели посещают уроки друг друга. " * 3
        draft = draft_acts.begin(by=self.staff.curator, kind="procedure", about="посещения уроков", text=words)
        draft = draft_acts.discuss(draft, by=self.staff.curator, until=timezone.localdate())
        remark = draft_acts.remark(draft, by=self.staff.council, text="Назовите срок")
        self.add(None, act_draft=draft, act_remark=remark)

    def _library(self):
        """Materials of the curator on their way; one is accepted, on the site and in a program."""
        curator, council = self.staff.curator, self.staff.council
        form, kind = MentoringForm.objects.first(), MentoringKind.objects.first()
        self.add(None, mentoring_form=form, mentoring_kind=kind)

        def made(title):
            file = store_bytes(PDF, name=f"{title}.pdf", content_type="application/pdf", by=curator)
            values = {"kind": "memo", "annotation": "О первом уроке", "source": "Школа", "licence": "own"}
            return library_acts.add(by=curator, title=title, files=[file], **values)

        material = library_acts.answer(library_acts.submit(made("Памятка"), by=curator), by=council, accepts=True)
        material = library_acts.show(material, by=curator, public=True)
        self.add(None, material=material, material_file=material.evidence.get().latest)
        review = library_acts.submit(made("Сценарий"), by=curator)
        self.add(None, material_draft=made("Черновик"), material_review=review)
        taken = library_acts.take(self.objects["running"], material, by=council)
        self.add(self.pairs["running"], program_material=taken)

    def _practices(self):
        """Practices of the curator, a mentor and a mentee in every state that has a page of its own."""
        curator, council, director = self.staff.curator, self.staff.council, self.staff.director
        pair = self.pairs["running"]
        texts = {"title": "Чтение с листа", "problem": "Боялись нот", "done": "Играли вместе", "result": "Играют сами"}

        def made():
            one = practice_acts.write(by=curator, **texts)
            for user, part in zip(pair, ("mentor", "mentee"), strict=True):
                practice_acts.name_author(one, user.person, by=curator, part=part, shown="post")
            practice_acts.show_author(one.authors.get(part="curator"), by=curator, shown="post")
            return one

        def accepted():
            return practice_acts.answer(practice_acts.submit(made(), by=curator), by=council, accepts=True)

        draft, shown = made(), made()
        self.add(pair, practice=draft, practice_author=draft.authors.get(part="mentor"))
        self.add(pair, practice_review=practice_acts.submit(made(), by=curator), practice_accepted=accepted())
        file = store_bytes(PDF, name="Ноты.pdf", content_type="application/pdf", by=curator)
        evidence = evidence_acts.add(shown, by=curator, files=[file])[0]
        shown = practice_acts.answer(practice_acts.submit(shown, by=curator), by=council, accepts=True)
        shown = practice_acts.publish(shown, by=director, files=True)
        self.add(pair, practice_public=shown, practice_file=evidence.latest)

    def _events(self):
        mentor, mentee = self.pairs["running"]
        today, curator = timezone.localdate(), self.staff.curator
        event = event_acts.plan(
            by=curator,
            kind="speed",
            title="Пять минут с мастером",
            starts_on=today,
            place="малый зал",
            host=curator.person,
            people=[mentee.person],
        )
        inviting.invite(event, [mentor.person], by=curator, part="mentor")
        event = event_acts.announce(event, by=curator)
        row = attendance.mark(event.participants.get(person=mentee.person), by=curator, present=True)
        self.add((mentor, mentee), event=event, event_row=row)

    def _surveys(self):
        mentor, mentee = self.pairs["running"]
        today, curator = timezone.localdate(), self.staff.curator
        form = questionnaire_acts.make(by=curator, title="Как дела?")
        row = {"position": 1, "text": "Что изменить?", "kind": "text"}
        edition = form.editions.get()
        questionnaire_acts.write(edition, by=curator, version=1, title=form.title, intro="", questions=[row])
        edition = questionnaire_acts.publish(edition, by=curator)
        questionnaire_acts.begin_edition(form, by=curator)
        survey = survey_acts.prepare(
            by=curator,
            title="Как дела?",
            edition=edition,
            audience="picked",
            picked=[mentor.person, mentee.person],
            is_anonymous=False,
            opens_on=today,
            closes_on=today + timedelta(days=9),
        )
        survey = survey_acts.start(survey, by=curator)
        invitation = survey.invitations.get(person=mentee.person)
        key = edition.questions.get().key
        answering.answer_named(invitation, by=mentee, answers={key: "Ничего"})
        self.add((mentor, mentee), survey=survey)
        self.add(None, annual=annual_acts.begin(year_now(), by=curator))
        self.add(None, questionnaire=form)

    def _monitoring(self):
        scan = store_bytes(PDF, name="приказ.pdf", content_type="application/pdf")
        made = monitoring_acts.begin(
            by=self.staff.curator,
            school_year=year_now(),
            part="year",
            head=self.staff.chair.person,
            order_words="приказ от 02.09.2026 № 7",
            order_scan=scan,
        )
        minutes = store_bytes(PDF, name="протокол.pdf", content_type="application/pdf")
        words = {"minutes_number": "1", "minutes_on": timezone.localdate(), "minutes_text": "Принять"}
        made = monitoring_acts.minute(made, by=self.staff.curator, version=made.version, minutes_scan=minutes, **words)
        self.add(None, monitoring=made)
        note = statistics_acts.keep(Period.of_year(year_now()), by=self.staff.curator)
        self.add(None, statistics_note=note)

    def _minutes(self):
        today, chair = timezone.localdate(), self.staff.chair
        common = {
            "by": chair,
            "body": "методический совет",
            "held_on": today,
            "chair": chair.person,
            "secretary": self.staff.council.person,
            "present": [chair.person, self.staff.council.person],
        }
        teachers = Body.objects.get(kind="pedagogical")
        member = body_acts.take_in(
            teachers, factories.make_person(), by=self.staff.curator, part="member", since=timezone.localdate()
        )
        planned = meetings.plan(teachers, by=chair, held_on=timezone.localdate(), questions=["О разном"])
        self.add(None, body=teachers, body_member=member, planned_minutes=planned)
        opinions = [opinion_acts.ask(by=self.staff.clerk, sent_on=today, title=text) for text in ("Правила", "Порядок")]
        letter = store_bytes(PDF, name="мнение.pdf", content_type="application/pdf")
        opinion_acts.answer(opinions[1], by=self.staff.clerk, answer="agrees", answered_on=today, paper=letter)
        self.add(None, opinion=opinions[0], answered_opinion=opinions[1])
        drafted = council_acts.draft(programs=[self.objects["submitted"]], **common)
        self.add(None, minutes=drafted, minutes_item=drafted.items.get())
        signed = council_acts.draft(**common)
        council_acts.save_item(signed, None, by=chair, title="О разном", decided="Принять к сведению")
        signed.refresh_from_db()
        scan = store_bytes(PDF, name="протокол.pdf", content_type="application/pdf")
        self.add(None, signed_minutes=council_acts.sign(signed, by=chair, signed_on=today, scan=scan))

    def _learnt(self):
        """The mentee has written down a course, and is invited to learn."""
        pair, today = self.pairs["running"], timezone.localdate()
        led = pair[1].person
        training = training_acts.enter(
            led,
            by=pair[1],
            kind="course",
            topic="Наставничество",
            started_on=today - timedelta(days=9),
            ended_on=today - timedelta(days=2),
        )
        invitation = training_acts.invite(led, by=self.staff.curator, text="Курсы наставников")
        file = io.BytesIO()
        write_xlsx(file, "Обучение", ["ФИО", "Тема", "Последний день"], [[led.full_name, "Курс", today]])
        content = file.getvalue()
        digest = sha256(content).hexdigest()
        upload, _ = training_imports.take(content, name="курсы.xlsx", sha256=digest, by=self.staff.clerk)
        self.add(pair, training=training, invitation=invitation, training_import=upload)
        ClauseExemption.objects.get_or_create(
            clause="3.4-a", year=2026, defaults={"reason": "так решили", "decided_by": self.staff.curator}
        )
        content = past_kit.book([past_kit.order("7-п")])
        digest = sha256(content).hexdigest()
        past, _ = past_acts.take(content, name="прежние.xlsx", sha256=digest, by=self.staff.clerk)
        self.add(None, past_import=past)

    def _partners(self):
        """A partner with a draft and a signed agreement, a contact, a network with the mentor in it, a talk."""
        pair, today, by = self.pairs["running"], timezone.localdate(), self.staff.curator
        lead = pair[0].person
        partner = partner_acts.add(
            by=by, name="Методический центр", short_name="Центр", kind="methodical", city="Элиста"
        )
        values = {"kind": "cooperation", "subject": "Стажировки", "starts_on": today, "ends_on": None}
        draft, signed = (partner_agreement_acts.draft(partner, by=by, **values) for _ in range(2))
        signed = partner_agreement_acts.sign(
            signed, by=by, number="7", signed_on=today, starts_on=today, ends_on=today + timedelta(days=40)
        )
        contact = partner_acts.save_contact(None, by=by, part="official", name="Манджиева А. В.", ground="site")
        network = network_acts.save_network(None, by=by, kind="community", name="Домбристы", level="region")
        member = network_acts.take_in(network, lead, by=by, since=today)
        talk = network_acts.talk(
            by=by,
            partner=partner,
            held_on=today,
            how="call",
            about="Стажировка",
            next_step="Прислать список",
            next_on=today,
            responsible=lead,
        )
        event = partner_acts.add_event(partner, by=by, title="Круглый стол", held_on=today)
        self.add(
            pair,
            partner=partner,
            partner_draft=draft,
            partner_signed=signed,
            contact=contact,
            network=network,
            network_member=member,
            talk=talk,
            joint_event=event,
        )
