"""What no single test of a room would notice: forgotten constraints, unreachable states, orphaned
templates, unproved clauses.

Everything here is found by introspection. An exception stands in a list with its reason, and a list that has grown
stale fails too.
"""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.template import Context, engines
from django.template.loader import get_template
from django.utils import timezone

from mentoring_site.models import Stateful
from people.access import acts as access_acts
from people.access.models import AccessRequest
from people.banks.models import BankCorrection, BankReview, Candidate
from people.consents.destruction.models import Destruction
from people.consents.requests.models import DataRequest
from people.register.leaving import Hanging
from programs.changes.amendment.models import Amendment
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause, Resumption
from programs.changes.petitions.models import Petition
from programs.changes.replacement.models import Replacement
from programs.completion.models import Completion
from programs.difficulties.models import Difficulty
from programs.journal.models import Meeting
from programs.journal.silence import Silence
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.notices import acts as notice_acts
from programs.pairings.models import Pairing
from programs.program.models import Program
from programs.relationship.models import RelationshipAnswer
from programs.requests.kinds.contest.models import Contest
from programs.requests.kinds.council_talk.models import CouncilCase
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.kinds.support.models import PairlessSupport
from programs.requests.models import Request
from programs.support import acts as support_acts
from programs.support.models import CouncilMark, SupportTask
from programs.tasks.models import MentorTask
from reports.annual_report.models import AnnualReport
from reports.documents.act_drafts import acts as draft_acts
from reports.documents.act_drafts.models import ActDraft, ActRemark
from reports.documents.local_acts.models import LocalAct
from reports.monitoring.models import Monitoring
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order
from reports.orders.proposal_models import Proposal
from reports.surveys.models import Survey
from roadmap.council import acts as council_acts
from roadmap.council.models import Minutes
from roadmap.duties.models import Occurrence, RegularDuty
from roadmap.events.models import Event
from roadmap.legal_base.models import LegalAct
from roadmap.library import acts as library_acts
from roadmap.library.models import Material
from roadmap.partners.models import PartnerAgreement
from roadmap.plan.models import Roadmap
from roadmap.practices import acts as practice_acts
from roadmap.practices.models import Practice
from roadmap.regulation.models import Regulation
from roadmap.training import acts as training_acts
from roadmap.training.models import Training
from tests import ROOT, clause_register, factories
from tests.programs.changes import kit as changes_kit
from tests.programs.requests.kit import ask
from tests.reports.annual_report.kit import begun as an_annual_report
from tests.reports.monitoring.kit import a_monitoring
from tests.reports.surveys.kit import a_survey
from tests.roadmap.events.kit import an_event
from tests.roadmap.partners.kit import an_agreement
from tests.roadmap.training.kit import entered
from tests.strict_templates import Undefined

ROOMS = ["mentoring_site", "people", "programs", "roadmap", "reports"]
MODELS = [m for m in apps.get_models() if m._meta.app_label in ROOMS]
STATEFUL = [m for m in MODELS if issubclass(m, Stateful)]

pytestmark = pytest.mark.point("23")


# --- the database holds what it can ------------------------------------------------------------------------------


def leaves(condition) -> set[str]:
    """Return the fields that a condition of a constraint names."""
    found = set()
    for child in getattr(condition, "children", []):
        found |= {child[0].split("__")[0]} if isinstance(child, tuple) else leaves(child)
    return found


def pairs(model):
    """Yield (moment, actor) of fields ``*_at`` and ``*_by`` with one stem of which at least one may be empty."""
    fields = {f.name: f for f in model._meta.concrete_fields}
    for name in fields:
        actor = f"{name.removesuffix('_at')}_by"
        if name.endswith("_at") and actor in fields and (fields[name].null or fields[actor].null):
            yield name, actor


# The actor of a creation may be the clock or the first setup; the moment is always there
CREATED_BY_NOBODY = {
    f"{m._meta.label}.{actor}" for m in MODELS for moment, actor in pairs(m) if not m._meta.get_field(moment).null
}
HALF_IS_MEANT = {
    "people.StaffImport.committed_at": "an import by command is committed by nobody who logs in",
    "people.Consent.end_recorded_at": "a term that runs out is recorded by the clock, which is nobody",
    "people.AccessRequest.released_at": "on the server it is released by nobody who logs in; who asked takes it back",
    "reports.Order.registered_at": "an order entered from paper was registered before there were accounts",
}


def unpaired() -> set[str]:
    return {
        f"{model._meta.label}.{moment}"
        for model in MODELS
        for moment, actor in pairs(model)
        if f"{model._meta.label}.{actor}" not in CREATED_BY_NOBODY
        and not any(
            {moment, actor} <= leaves(c.condition)
            for c in model._meta.constraints
            if isinstance(c, models.CheckConstraint)
        )
    }


def test_who_and_when_stand_together():
    """Every pair ``*_at``/``*_by`` is both or neither, held by the database."""
    assert unpaired() == set(HALF_IS_MEANT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "moment", "actor"),
    [
        pytest.param(m, moment, actor, id=f"{m.__name__}.{moment}")
        for m in MODELS
        for moment, actor in pairs(m)
        if f"{m._meta.label}.{actor}" not in CREATED_BY_NOBODY and f"{m._meta.label}.{moment}" not in HALF_IS_MEANT
    ],
)
def test_a_half_pair_is_refused(model, moment, actor):
    """The switch: the condition of the constraint is false for a moment without its actor and the other way round."""
    conditions = [
        c.condition
        for c in model._meta.constraints
        if isinstance(c, models.CheckConstraint) and {moment, actor} <= leaves(c.condition)
    ]
    for row in ({moment: timezone.now(), actor: None}, {moment: None, actor: 1}):
        others = set().union(*map(leaves, conditions)) - set(row)
        values = row | {name: _value(model._meta.get_field(name), bool(row[moment])) for name in others}
        values = {name: models.Value(value, _kind(model, name)) for name, value in values.items()}
        assert any(not c.check(values) for c in conditions), row


def _kind(model, name):
    """The kind of a field as an expression sees it; a key is a number."""
    field = model._meta.get_field(name)
    return models.BigIntegerField() if field.remote_field else field


def _value(field, filled: bool):
    """A value for another field of the same constraint: the row is half-filled only in the pair itself."""
    if not filled:
        return None if field.null else ""
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return date(2026, 9, 1)
    return 1 if isinstance(field, models.ForeignKey | models.IntegerField) else "слово"


def stated(model) -> bool:
    return any(f.name == "state" for f in model._meta.concrete_fields)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [m for m in MODELS if stated(m)], ids=lambda m: m.__name__)
def test_states_are_of_the_list(model):
    """Every state field has a CHECK that knows exactly its list."""
    checks = [
        c.condition
        for c in model._meta.constraints
        if isinstance(c, models.CheckConstraint) and leaves(c.condition) == {"state"}
    ]
    assert checks, "нет CHECK на состояние"
    for state in model.State.values:
        assert all(c.check({"state": state}) for c in checks), state
    assert not all(c.check({"state": "unheard_of"}) for c in checks)


# --- foreign keys ------------------------------------------------------------------------------------------------

# A part dies with its whole; everything else is PROTECT. A new CASCADE or SET_NULL is a decision and stands here.
PARTS = {
    "mentoring_site": {"EvidenceRevision.evidence", "SavedView.user"},
    "people": {
        "BankCorrection.candidate",
        "Department.organisation",
        "DepartmentHead.department",
        "DepartmentHead.person",
        "Employment.person",
        "NameForm.person",
        "Invitation.user",
        "KnownDevice.user",
        "RoleGrant.person",
        "Statement.candidate",
    },
    "programs": {
        "Activity.program",
        "ActivityResult.activity",
        "Completion.program",
        "DraftConfirmation.participation",
        "DraftConfirmation.program",
        "LeftOut.program",
        "LeftOut.statement",
        "LessonTime.activity",
        "LessonTime.meeting",
        "Meeting.program",
        "MeetingAttendance.meeting",
        "Message.program",
        "Nudge.program",
        "Outcome.completion",
        "Participation.pairing",
        "RatingNudge.participation",
        "RatingNudge.program",
        "ReleaseLesson.release",
        "Remark.program",
        "SheetCriterion.template",
        "SkillRating.skill",
        "StepAnswer.meeting",
        "StepAnswer.said_in",
        "TemplateActivity.template",
    },
    "roadmap": {
        "AgendaItem.minutes",
        "AgendaMatter.item",
        "BodyMember.body",
        "PracticeAuthor.practice",
        "Participant.event",
        "Occurrence.duty",
        "Stage.roadmap",
        "Task.stage",
    },
    "reports": {
        "CalendarAddress.user",
        "Edition.questionnaire",
        "MonitoringFigure.monitoring",
        "MonitoringMember.monitoring",
        "Question.edition",
        "SpentToken.survey",
        "ReportFigure.report",
        "ReportRisk.report",
        "ReportSection.report",
        "Acquaintance.order",
        "ActDraftText.draft",
        "ActReader.act",
        "ActRemark.draft",
        "DetachedSignature.order",
        "OrderItem.order",
        "Overruled.order",
        "ProposalPerson.proposal",
        "ScanPage.source",
        "ScanPage.stack",
        "ScanSource.stack",
        "Visa.order",
    },
}
MAY_BE_FORGOTTEN = {
    "programs.Activity.source",
    "roadmap.Talk.contact",
    "roadmap.TrainingInvitation.answer",
    "reports.UnionOpinion.order",
    "programs.Meeting.activity",
    "programs.Release.lesson_time",
    "programs.Remark.activity",
    "programs.Request.activity",
    "reports.ScanPage.order",
    "roadmap.Event.task",
}


def test_every_foreign_key_is_deliberate():
    wrong, kept = [], set()
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if not field.remote_field:
                continue
            name, rule = f"{model.__name__}.{field.name}", field.remote_field.on_delete
            if rule is models.CASCADE:
                kept.add(name)
                if name not in PARTS[model._meta.app_label]:
                    wrong.append(f"{name} исчезает вместе с целым")
            elif rule is models.SET_NULL:
                if f"{model._meta.app_label}.{name}" not in MAY_BE_FORGOTTEN:
                    wrong.append(f"{name} теряет ссылку")
            elif rule is not models.PROTECT:
                wrong.append(f"{name}: {rule.__name__}")
    assert wrong == []


def test_log_and_files_never_die_with_anything():
    """The log of acts and stored files are protected from every side."""
    for model in MODELS:
        for field in model._meta.concrete_fields:
            target = field.remote_field and field.remote_field.model.__name__
            if model.__name__ == "Act" or target in ("StoredFile", "User", "Person"):
                allowed = PARTS[model._meta.app_label]
                assert (
                    not field.remote_field
                    or field.remote_field.on_delete is models.PROTECT
                    or (f"{model.__name__}.{field.name}" in allowed)
                ), f"{model.__name__}.{field.name}"


# --- clauses and points ------------------------------------------------------------------------------------------

# «14» is point 14 of the spine, «3.14» would be point 14 of the papers, «8.14» of what was found by trying
POINTS = {str(n) for n in range(1, 27)} | {f"3.{n}" for n in range(1, 14)} | {f"8.{n}" for n in range(1, 24)}
POINTS |= {f"9.{n}" for n in range(1, 14)} | {f"10.{n}" for n in range(1, 17)}
POINTS |= {f"11.{n}" for n in range(1, 13)} | {f"12.{n}" for n in range(1, 11)}
POINTS |= {"13.1", "13.2", "13.3", "13.4", "13.6", "13.7"}
# Points whose proof is not marked yet; the list only shrinks
NOT_YET: set[str] = {
    "12.10",
}


def points_marked() -> set[str]:
    """Return the points of all marks ``point`` in the tests."""
    found = set()
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.point"):
                found |= {ast.literal_eval(argument) for argument in node.args}
    return found


def test_every_point_is_proved():
    marked = points_marked()
    assert marked <= POINTS
    assert POINTS - marked <= NOT_YET


def test_a_clause_is_marked_where_the_register_says_how_it_is_proved():
    marked, register = clause_register.marks(), clause_register.rows()
    assert clause_register.faults(marked, register, clause_register.known_clauses()) == []


def test_every_fault_of_the_register_of_clauses_is_found():
    """The switch: one fault of each sort, all of them named."""
    source = """
pytestmark = pytest.mark.clause("1.1-a")

@pytest.mark.clause("3.1-a", "3.2-a")
def test_one(): ...

class TestMore:
    @pytest.mark.clause("3.1-a", "3.2-a", "3.2-b", "3.3-a", "0.0-x")
    def test_two(self): ...
"""
    marked = clause_register.marks_of(source, "tests/test_sample.py")
    one, two = "tests/test_sample.py::test_one", "tests/test_sample.py::TestMore::test_two"
    assert marked.tests == {one, two}
    register = [clause_register.Row(clause, test, "by a refusal") for clause, test in marked.pairs]
    register[0] = clause_register.Row("3.1-a", "tests/test_sample.py::test_gone", "by a refusal")
    register[1] = register[1]._replace(how="it does")
    register.append(register[2])
    known = clause_register.known_clauses()
    assert clause_register.faults(marked, register, known) == [
        "tests/test_sample.py:2: the mark is on no test function",
        "0.0-x: no such clause",
        f"3.1-a is marked on {one} without a row",
        "tests/test_sample.py::test_gone: no such test",
        "3.1-a has a row for tests/test_sample.py::test_gone without a mark",
        f"3.1-a has two rows for {two}",
        f"3.2-a for {one}: not said how",
        f"{two} has 5 clauses",
    ]


# --- templates ---------------------------------------------------------------------------------------------------

TEMPLATES = ROOT / "templates"
ALL_TEMPLATES = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.*") if p.suffix in (".html", ".txt"))
LIBRARIES_ASK = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "429.html"}  # Django, allauth
FAMILIES = (
    "reports/site/public/",
    "mail/pairing_",
    "mail/program_",
    "mail/activity_",
    "mail/task_",
)  # named in code by what follows
# Papers that no button prints yet; the list only shrinks
NOT_PRINTED_YET: set[str] = set()


def sources() -> str:
    rooms = [p for room in ROOMS for p in (ROOT / room).rglob("*.py")]
    return "\n".join(p.read_text(encoding="utf-8") for p in [*rooms, *TEMPLATES.rglob("*.*")])


def asked_by_a_library(name: str) -> bool:
    """Whether a template stands in for one of a library's, under the same name."""
    libraries = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.label not in ROOMS]
    return any((folder / name).exists() for folder in libraries)


def test_every_template_is_used():
    text = sources()
    unused = []
    for name in ALL_TEMPLATES:
        path = Path(name)
        named = f'"{name}"' in text or f"'{name}'" in text
        if path.parts[0] == "mail":
            named = f'"{path.stem}"' in text
        if path.parts[0] == "consents":
            named = re.fullmatch(r"\d{4}-\d\d-\d\d", path.stem) is not None
        family = next((f for f in FAMILIES if name.startswith(f)), None)
        if family:
            rest = name.removeprefix(family).rpartition(".")[0]
            named = named or f'"{rest}"' in text
        if not (named or name in LIBRARIES_ASK or asked_by_a_library(name)):
            unused.append(name)
    assert set(unused) <= NOT_PRINTED_YET


def test_every_template_compiles():
    for name in ALL_TEMPLATES:
        get_template(name)


def test_an_unknown_variable_is_an_error():
    """The switch of strictness: a template of ours that names what nobody gave is caught, ``if`` may ask."""
    from django.template import Origin, Template

    def template(text):
        origin = Origin(str(TEMPLATES / "people" / "sample.html"), "people/sample.html")
        return Template(text, origin=origin, engine=engines["django"].engine)

    with pytest.raises(Undefined):
        template("{{ nobody }}").render(Context())
    with pytest.raises(Undefined):
        template("{{ person.nothing|upper }}").render(Context({"person": {}}))
    assert (
        template("{% if nobody %}да{% endif %}{{ nobody|default:'—' }}{{ one|add:1 }}").render(Context({"one": 1}))
        == "—2"
    )
    assert Template("{{ nobody }}", engine=engines["django"].engine).render(Context()) == ""


@pytest.fixture
def letters(cast):
    """Every name that a letter may use, with a real object behind it. A new name stands here first."""
    program = factories.make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    mentee = program.pairing.participations.get(part="mentee")
    activity = program.activities.first()
    roadmap = Roadmap.objects.create(school_year=2026, created_by=cast.curator)
    order = Order.objects.create(kind="roadmap", heading="Об утверждении", preamble="В целях", code="КОД")
    order.number, order.date = "41-од", date(2026, 9, 2)
    meeting = Meeting.objects.create(
        program=program, held_on=date(2026, 9, 3), minutes=45, format="together", about="чтение", logged_by=cast.mentor
    )
    today = timezone.localdate()
    lead = cast.mentor.person
    agreement_acts.start(lead, lead.employments.first(), by=cast.clerk, pairing=program.pairing)
    notice = notice_acts.give_notice(lead, program.pairing, "worker", by=cast.clerk, received_on=today)
    asked = ask(cast, "help", program=program)
    return {
        "notice": notice,
        "person": cast.mentee.person,
        "to": cast.mentee.person,
        "who": cast.mentee.person,
        "words": "копия не сделана",
        "mentor": cast.mentor.person,
        "program": program,
        "pairing": program.pairing,
        "participation": mentee,
        "activity": activity,
        "roadmap": roadmap,
        "order": order,
        "act_draft": (act_draft := ActDraft(pk=1, kind="procedure", about="посещения уроков", discussed_until=today)),
        "act_remark": ActRemark(draft=act_draft, text="Назовите срок", made_by=cast.council, is_taken=True),
        "local_act": LocalAct(
            pk=1, kind="regulation", about="о наставничестве", number="38-од", date=date(2026, 8, 30)
        ),
        "candidate": mentee.candidate,
        "consent": mentee.person.consents.first(),
        "completion": Completion.objects.create(
            program=program, participation=mentee, reason="plan", created_by=cast.mentor
        ),
        "meeting": meeting,
        "silence": Silence(21, timezone.localdate(), none=False),
        "message": program.messages.create(author=cast.mentor, text="Готово"),
        "title": "Мельник О. Л. — Ким Д. Э.",
        "url": "http://127.0.0.1:8000/",
        "site_url": "http://127.0.0.1:8000",
        "what": "пароль изменён",
        "about": "обязанности",
        "reason": "уточнить цель",
        "username": "melnik",
        "expires_at": timezone.now() + timedelta(days=7),
        "date": today,
        "on": today,
        "load": 2,
        "in_bank": True,
        "change": changes_kit.make_amendment(cast, program=program),
        "petition": Petition(kind="replace", pk=1),
        "task": a_task(program, mentee, cast.mentor),
        "difficulty": a_difficulty(program),
        "question": a_question(program, mentee),
        "support": a_support_task(program, cast),
        "mark": CouncilMark(program=program, stage="middle", author=cast.council),
        "review": BankReview(part="mentor", reviewed_on=today, recorded_by=cast.sysadmin, pk=1),
        "correction": BankCorrection(what="исправлено: темы", why="опечатка", corrected_by=cast.sysadmin),
        "opinion": UnionOpinion(pk=1, title="Правила внутреннего трудового распорядка", sent_on=today, due_on=today),
        "event": an_event(cast),
        "gathering": council_acts.draft(by=cast.chair, body="педагогический совет", held_on=today),
        "asked": asked,
        "kind": asked.type,
        "preparing": "Замены и непрерывность занятий",
        "contest": Contest(title="Степные голоса", starts_on=date(2026, 9, 5), ends_on=date(2026, 9, 6), pk=1),
        "practice": Practice(title="Чтение с листа", remarks="короче", taken_down_reason="правим", pk=1),
        "material": Material(title="Памятка", remarks="укажите автора", pk=1),
        "case": Discipline(request=asked, explain_by=today, pk=1),
        "talk": CouncilCase(request=asked, mediator=cast.council.person, meets_at=timezone.now(), place="кабинет 5"),
        "pairless": PairlessSupport(
            request=Request(person=lead, author=lead, kind="support", pk=1), mentee=lead, until=today, pk=1
        ),
        "approved": True,
        "in_application": True,
        "concerned": True,
        "bank": "mentors",
        "remark": "уточнить",
        "act": Destruction(person=lead, reason="withdrawn", prepared_by=cast.clerk, pk=1, decline_words="вернулась"),
        "data_request": DataRequest(person=lead, kind="correct", channel="paper", answer="Исправлено", pk=1),
        "paper": "от 02.09.2026 № 41-од",
        "term": "с 3 сентября 2026 г.",
        "temporary": True,
        "steps": ["оформить соглашение"],
        "last": today,
        "until": today,
        "things": [Hanging(lead.pk, "роль «куратор»", "закончится сама")],
        "successor": lead,
        "note": "Карта в синей папке",
        "request": access_acts.ask("slip", cast.chair, by=cast.sysadmin, why="забыт пароль"),
        "heading": "Доступ к Вашей учётной записи изменён",
        "subject": "Предложение стать парой",
        "legal_act": LegalAct.objects.get(code="method_33"),
        "occurrence": Occurrence(
            pk=1, duty=RegularDuty(name="Проверка журналов", expected="справка"), opens_on=today, due_on=today
        ),
        "needs_part": True,
        "training": entered(cast.mentee.person, by=cast.mentee, topic="Курсы"),
        "invitation": training_acts.invite(lead, by=cast.curator, text="Курсы", due_on=today),
        "agreement": an_agreement(cast),
        "report": AnnualReport(pk=1, school_year=2025, returned_why="Добавьте риски"),
        "survey": Survey(pk=1, title="Довольны ли Вы?", opens_on=today, closes_on=today),
        "monitoring": Monitoring(pk=1, school_year=2026, part="year", first=today, last=today),
        "curator": cast.curator.person,
        "former": cast.chair.person,
    }


MAILS = [name for name in ALL_TEMPLATES if name.startswith("mail/")]


@pytest.mark.django_db
def test_every_letter_renders(letters):
    """First line is a subject, nothing is escaped, nothing undefined, no letter is empty."""
    for name in MAILS:
        text = get_template(name).template.render(Context(letters, autoescape=False)).strip()
        subject, _, body = text.partition("\n")
        assert 5 < len(subject) < 200, name
        assert len(body) > 20, name
        assert "&" not in text and "None" not in text and "<" not in text, (name, text)


# --- states ------------------------------------------------------------------------------------------------------

# States that nothing leads to yet
UNREACHED = {
    "Regulation": {"submitted"},  # a version comes with the order that approves it
}


@pytest.mark.parametrize("model", STATEFUL, ids=lambda m: m.__name__)
def test_workflow_speaks_of_known_states_and_reaches_them(model):
    states = set(model.State.values)
    reached = {model._meta.get_field("state").default}
    workflow = list(getattr(model, "WORKFLOW", ()))
    for transition in workflow:
        assert {*transition.sources, transition.target} <= states, transition.name
    for _ in workflow:
        reached |= {t.target for t in workflow if reached & set(t.sources)}
    assert states - {str(s) for s in reached} == UNREACHED.get(model.__name__, set())


@pytest.fixture
def one_of_each(cast):
    """One saved object of every stateful model; mentor and mentee of the cast take part."""
    program = factories.make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    mentee = program.pairing.participations.get(part="mentee")
    return {
        Candidate: mentee.candidate,
        Pairing: Pairing.objects.with_requirements().get(pk=program.pairing_id),
        Program: Program.objects.with_requirements().get(pk=program.pk),
        Completion: Completion.objects.create(
            program=program, participation=mentee, reason="plan", created_by=cast.mentor
        ),
        **_changes(cast, program, mentee),
        Request: Request.objects.with_requirements().get(pk=ask(cast, "improvement", program=program).pk),
        Roadmap: Roadmap.objects.create(school_year=2026, created_by=cast.curator),
        Event: an_event(cast),
        Minutes: council_acts.draft(by=cast.chair, body="методический совет", held_on=timezone.localdate()),
        AccessRequest: access_acts.ask("slip", cast.chair, by=cast.sysadmin, why="забыт пароль"),
        Regulation: Regulation.objects.create(title="Положение", text="1. Общие положения"),
        Order: Order.objects.create(kind="roadmap", heading="Об утверждении", preamble="В целях", code="КОД"),
        Proposal: Proposal.objects.create(kind="association", created_by=cast.curator),
        MentorTask: a_task(program, mentee, cast.mentor),
        Difficulty: a_difficulty(program),
        RelationshipAnswer: a_question(program, mentee),
        SupportTask: a_support_task(program, cast),
        ActDraft: draft_acts.begin(by=cast.curator, kind="rules", about="распорядка", text="1. Правила. " * 20),
        Training: entered(cast.mentee.person, by=cast.mentee),
        PartnerAgreement: an_agreement(cast),
        Practice: a_practice(cast),
        Material: a_material(cast),
        Survey: a_survey(cast, started=False),
        Monitoring: a_monitoring(cast),
        AnnualReport: an_annual_report(cast.curator),
    }


def a_practice(cast) -> Practice:
    """A practice of the curator, of whom nobody has passed it on, with the mentor and the mentee as authors."""
    made = practice_acts.write(by=cast.curator, title="Чтение с листа")
    for user, part in ((cast.mentor, "mentor"), (cast.mentee, "mentee")):
        practice_acts.name_author(made, user.person, by=cast.curator, part=part, shown="post")
    return Practice.objects.with_requirements().get(pk=made.pk)


def a_material(cast) -> Material:
    """A material that the mentor has put."""
    values = {"kind": "memo", "annotation": "О первом уроке", "source": "Школа"}
    made = library_acts.add(by=cast.mentor, title="Памятка", **values)
    return Material.objects.with_requirements().get(pk=made.pk)


def a_difficulty(program) -> Difficulty:
    """A difficulty of which the mentor spoke last."""
    said = program.difficulties.first()
    made = Difficulty.objects.create(program=program, statement=said, proposed_part="mentor")
    return Difficulty.objects.with_requirements().get(pk=made.pk)


def a_question(program, mentee) -> RelationshipAnswer:
    """The mentee is asked how two people get on."""
    asked = {"program": program, "participation": mentee, "asked_on": timezone.localdate()}
    made = RelationshipAnswer.objects.create(**asked)
    return RelationshipAnswer.objects.with_requirements().get(pk=made.pk)


def a_support_task(program, cast) -> SupportTask:
    """A task of support that the chair gave a member of the council."""
    today = timezone.localdate()
    values = {
        "category": "method",
        "text": "Подобрать этюды",
        "due_on": min(today + timedelta(days=5), program.ends_on),
    }
    made = support_acts.give(program, cast.council.person, by=cast.chair, **values)
    return SupportTask.objects.with_requirements().get(pk=made.pk)


def a_task(program, mentee, by) -> MentorTask:
    """A task that is given."""
    made = MentorTask.objects.create(
        program=program, participation=mentee, text="Сыграть гаммы", due_on=timezone.localdate(), created_by=by
    )
    return MentorTask.objects.with_requirements().get(pk=made.pk)


def _changes(cast, program, mentee) -> dict:
    """One change of every sort, as it is begun; the end of a pair is of another pair, which has no program."""
    today = timezone.localdate()
    pause = Pause.objects.create(program=program, since=today, reason="отпуском")
    other = factories.make_pairing(cast, "assigned")
    return {
        Amendment: changes_kit.make_amendment(cast, program=program),
        Replacement: changes_kit.make_replacement(cast, program=program),
        Pause: pause,
        Resumption: Resumption.objects.create(pause=pause, on=today + timedelta(days=3)),
        Dissolution: Dissolution.objects.create(pairing=other, reason="увольнением", on=today),
        Petition: Petition.objects.create(
            pairing=program.pairing, participation=mentee, kind="replace", reason="не сложилось", filed_on=today
        ),
    }


@pytest.mark.django_db
def test_save_never_writes_a_state(one_of_each):
    """A stale instance must not undo a compare-and-swap."""
    assert set(one_of_each) == set(STATEFUL)
    for model, row in one_of_each.items():
        stale = model.objects.get(pk=row.pk)
        was, version = stale.state, stale.version
        stale.state, stale.version = next(s for s in model.State.values if s != was), version + 7
        stale.save()
        stale.refresh_from_db()
        assert (stale.state, stale.version) == (was, version), model


@pytest.mark.django_db
def test_the_log_is_written_once(one_of_each):
    from mentoring_site.models import Act, AppendOnly

    act = Act.objects.first()
    for attempt in (act.save, act.delete, Act.objects.all().delete, lambda: Act.objects.update(words="")):
        with pytest.raises(AppendOnly):
            attempt()


# Whose act each transition is. Every role of the school, in every state of its object, is asked.
REGISTRARS = {"director", "acting", "curator", "clerk"}
HANDED_OVER = {"ready": {"curator"}, "withdraw": {"curator"}, "reopen": {"curator"}, "register": REGISTRARS}
WHO = {
    "Practice": {
        "submit": {"curator", "chair", "secretary", "council", "mentor"},
        "undo_submit": set(),  # nobody has passed it on
        "accept": {"chair", "secretary", "council"},
        "send_back": {"chair", "secretary", "council"},
        "bank": {"chair", "secretary"},  # the curator is an author
        "publish": {"director", "acting"},
        "take_down": {"director", "acting", "curator"},
        "rework": {"curator", "chair", "secretary", "council", "mentor"},
        "drop": {"curator", "chair", "secretary", "council", "mentor"},
    },
    "Material": {
        "submit": {"mentor"},
        "accept": {"chair", "secretary", "council"},
        "send_back": {"chair", "secretary", "council"},
        "rework": {"mentor"},
        "archive": {"curator", "chair", "secretary", "council", "mentor"},
    },
    "Candidate": {
        "approve": {"director", "acting"},
        "decline": {"director", "acting"},
        "withdraw": {"curator", "chair", "secretary", "council", "mentee"},  # the candidate is the mentee
        "follow_consent": {"curator", "clerk", "mentee"},
        "leave": {"curator", "clerk"},
        "appoint": set(),  # only mentors are appointed
        "relieve": REGISTRARS,
    },
    "Pairing": {
        "recommend": {"chair", "secretary"},
        "refuse": {"curator", "mentor", "mentee"},
        "reopen": set(),  # only whoever has refused
        "reopen_recommended": set(),
        "decline": {"chair", "secretary", "director", "acting"},
        "withdraw": {"curator"},
        "assign": REGISTRARS,
        "dissolve": REGISTRARS,
    },
    "Program": {
        "submit": {"curator", "chair", "secretary", "council", "mentor", "mentee"},
        "send_back": {"curator", "chair", "secretary", "director", "acting"},
        "agree": {"chair", "secretary"},
        "approve": REGISTRARS,
        "begin": REGISTRARS,
        "complete": REGISTRARS,
        "terminate": REGISTRARS,
        "drop": REGISTRARS,
    },
    **dict.fromkeys(("Amendment", "Replacement", "Pause", "Resumption", "Dissolution"), HANDED_OVER),
    "Petition": {
        "accept": {"curator", "director", "acting"},
        "decline": {"curator", "director", "acting"},
        "withdraw": {"curator", "mentee"},
        "lapse": REGISTRARS,
    },
    "MentorTask": {
        "do": {"curator", "mentee"},
        "accept": {"curator", "mentor"},
        "send_back": {"curator", "mentor"},
        "drop": {"curator", "mentor"},
        "undo_do": set(),
        "undo_answer": set(),
    },
    "Difficulty": {  # the mentor has spoken, the mentee answers
        "propose": {"curator", "mentor", "mentee"},
        "confirm": {"curator", "mentee"},
        "not_yet": {"curator", "mentee"},
        "reopen": {"curator", "mentor", "mentee"},
        "undo_propose": set(),
        "undo_answer": set(),
        "undo_reopen": set(),
    },
    "RelationshipAnswer": {  # asked of the mentee
        "answer": {"curator", "mentee"},
        "change": {"mentee"},
        "settle": {"curator"},
        "undo_settle": set(),
        "lapse": set(),
    },
    "SupportTask": {
        "do": {"council"},
        "accept": {"chair", "secretary", "curator"},
        "send_back": {"chair", "secretary", "curator"},
        "drop": {"chair", "secretary"},
        "undo_do": set(),
        "undo_answer": set(),
    },
    "Request": {
        "accept": {"curator"},
        "decline": {"curator"},
        "close": {"curator", "mentee"},
        "withdraw": {"mentee"},
        "reopen": {"mentee"},
        "lapse": REGISTRARS,
    },
    "Completion": {"ready": {"curator"}, "withdraw": {"curator"}, "reopen": {"curator"}, "register": REGISTRARS},
    "ActDraft": {
        **{step: {"director", "acting", "curator"} for step in ("discuss", "agree", "rework", "drop")},
        "approve": REGISTRARS,
    },
    "Roadmap": {
        "submit": {"curator"},
        "send_back": {"curator", "director", "acting"},
        "approve": REGISTRARS,
        "supersede": REGISTRARS,
    },
    "Training": {  # the mentee has written it down
        "confirm": {"curator", "clerk"},
        "send_back": {"curator", "clerk"},
        "submit": {"curator", "clerk", "mentee"},
        "undo_answer": set(),
    },
    "PartnerAgreement": {
        step: {"director", "acting", "curator"} for step in ("sign", "end", "run_out", "undo_sign", "undo_end")
    },
    "Minutes": {step: {"curator", "chair", "secretary"} for step in ("hold", "cancel", "reinstate", "sign")},
    "Event": {
        step: {"curator", "chair", "secretary"} for step in ("announce", "hold", "reopen", "cancel", "reinstate")
    },
    "AccessRequest": {  # the sysadmin asks for the chair
        "release": {"director", "acting"},
        "refuse": {"director", "acting", "sysadmin", "chair"},
        "lapse": set(),
    },
    "Survey": {"open": {"curator"}, "close": {"curator"}},
    "Monitoring": {"complete": {"curator"}},
    "AnnualReport": {
        "submit": {"curator"},
        "send_back": {"curator", "director", "acting"},
        "sign": {"director", "acting"},
    },
    "Order": {
        "agree": REGISTRARS,
        "send_to_signature": REGISTRARS,
        "back_to_draft": REGISTRARS,
        "register": REGISTRARS,
        "revoke": REGISTRARS,
    },
    "Proposal": {"enact": REGISTRARS},
    "Regulation": {"approve": REGISTRARS, "supersede": REGISTRARS},
}
TO_AN_ORDER = {"ready": "proposed", "reopen": "ready", "withdraw": "proposed ready", "register": "ready"}
FROM = {
    "Practice": {
        "submit": "draft returned",
        "undo_submit": "review",
        "accept": "review",
        "send_back": "review",
        "bank": "draft returned review",
        "publish": "accepted taken_down",
        "take_down": "published",
        "rework": "accepted taken_down",
        "drop": "draft returned",
    },
    "Material": {
        "submit": "draft returned",
        "accept": "review",
        "send_back": "review",
        "rework": "accepted archived",
        "archive": "draft returned accepted",
    },
    "Candidate": {
        "approve": "applied",
        "decline": "applied",
        "withdraw": "applied approved",
        "follow_consent": "applied approved appointed",
        "leave": "applied approved appointed",
        "appoint": "approved",
        "relieve": "appointed approved",
    },
    "Pairing": {
        "recommend": "proposed",
        "refuse": "proposed recommended",
        "reopen": "declined",
        "reopen_recommended": "declined",
        "decline": "proposed recommended",
        "withdraw": "proposed recommended",
        "assign": "recommended",
        "dissolve": "assigned",
    },
    "Program": {
        "submit": "draft",
        "send_back": "submitted agreed",
        "agree": "submitted",
        "approve": "agreed",
        "begin": "approved",
        "complete": "running",
        "terminate": "running",
        "drop": "draft submitted agreed",
    },
    **dict.fromkeys(("Amendment", "Replacement", "Pause", "Resumption", "Dissolution"), TO_AN_ORDER),
    "Petition": dict.fromkeys(("accept", "decline", "withdraw", "lapse"), "filed"),
    "MentorTask": {
        "do": "given returned",
        "accept": "done",
        "send_back": "done",
        "drop": "given returned",
        "undo_do": "done",
        "undo_answer": "accepted returned",
    },
    "Difficulty": {
        **dict.fromkeys(("confirm", "not_yet", "undo_propose"), "proposed"),
        **dict.fromkeys(("propose", "undo_reopen"), "open"),
        "reopen": "closed",
        "undo_answer": "closed open",
    },
    "RelationshipAnswer": {
        **dict.fromkeys(("answer", "lapse"), "asked"),
        **dict.fromkeys(("change", "settle"), "answered"),
        "undo_settle": "settled",
    },
    "SupportTask": {
        "do": "given returned",
        "accept": "done",
        "send_back": "done",
        "drop": "given returned",
        "undo_do": "done",
        "undo_answer": "accepted returned",
    },
    "Request": dict.fromkeys(("accept", "decline", "withdraw"), "filed")
    | {"close": "accepted", "lapse": "filed accepted", "reopen": "accepted declined withdrawn"},
    "Completion": TO_AN_ORDER,
    "ActDraft": {
        "discuss": "draft",
        "agree": "discussed",
        "rework": "discussed agreed",
        "approve": "agreed",
        "drop": "draft discussed agreed",
    },
    "Roadmap": {"submit": "draft", "send_back": "submitted", "approve": "submitted", "supersede": "approved"},
    "Training": {
        **dict.fromkeys(("confirm", "send_back"), "entered"),
        "submit": "returned",
        "undo_answer": "confirmed returned",
    },
    "PartnerAgreement": {
        **dict.fromkeys(("end", "run_out", "undo_sign"), "signed"),
        "sign": "draft",
        "undo_end": "ended",
    },
    "Minutes": {"hold": "planned", "cancel": "planned", "reinstate": "cancelled", "sign": "draft"},
    "Event": {
        "announce": "draft",
        "hold": "draft announced",
        "reopen": "held",
        "cancel": "announced",
        "reinstate": "cancelled",
    },
    "AccessRequest": {"release": "asked", "refuse": "asked", "lapse": "asked"},
    "Survey": {"open": "draft", "close": "open"},
    "Monitoring": {"complete": "going"},
    "AnnualReport": {"submit": "draft", "send_back": "submitted", "sign": "submitted"},
    "Order": {
        "agree": "draft",
        "send_to_signature": "agreed",
        "back_to_draft": "agreed at_signature",
        "register": "at_signature",
        "revoke": "registered",
    },
    "Proposal": {"enact": "ready"},
    "Regulation": {"approve": "draft", "supersede": "approved"},
}


@pytest.fixture
def everybody(cast):
    """One user for every role there is, and a stranger."""
    from people.rights import RELATION_ROLES, ROLES

    users = vars(cast) | {"acting": factories.make_user(None, "acting", username="acting")}
    assert set(users) == set(ROLES) | set(RELATION_ROLES) | {"stranger"}, "новой роли нет в труппе"
    return users


def calls_perform(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "perform" for n in ast.walk(node))


def performed(tree: ast.AST) -> set[str]:
    """Return the words of the functions that call ``perform``, and those handed to functions of such a module."""
    if not calls_perform(tree):
        return set()
    parts = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) or (isinstance(n, ast.FunctionDef) and calls_perform(n))
    ]
    nodes = [n for part in parts for n in ast.walk(part)]
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_transition_has_a_caller():
    """Each line of each workflow is performed by an act of its app."""
    product = {
        path: ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in (ROOT / room).rglob("*.py")
    }
    idle = []
    for model in STATEFUL:
        folder = ROOT / model.__module__.split(".")[0]
        names = {name for path, tree in product.items() if path.is_relative_to(folder) for name in performed(tree)}
        idle += [f"{model.__name__}.{t.name}" for t in getattr(model, "WORKFLOW", ()) if t.name not in names]
    assert idle == []


def test_every_transition_has_an_answer():
    for model in STATEFUL:
        names = {t.name for t in getattr(model, "WORKFLOW", ())}
        assert names == set(WHO.get(model.__name__, ())) == set(FROM.get(model.__name__, ())), model.__name__


@pytest.mark.django_db
@pytest.mark.point("5")
def test_state_by_transition_by_role(one_of_each, everybody):
    """Every state of every model, every transition, every role: open exactly where the table says."""
    wrong = []
    for model, row in one_of_each.items():
        if not hasattr(model, "WORKFLOW"):
            continue
        who, sources = WHO[model.__name__], FROM[model.__name__]
        for state in model.State.values:
            row.state = state
            for role, user in everybody.items():
                opened = {t.name for t in model.WORKFLOW.open_to(row, user)}
                expected = {name for name in who if role in who[name] and state in sources[name].split()}
                if opened != expected:
                    wrong.append((model.__name__, state, role, opened ^ expected))
    assert wrong == []


@pytest.mark.django_db
def test_the_database_refuses_an_unheard_state(one_of_each):
    for model, row in one_of_each.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(state="?")
