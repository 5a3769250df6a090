"""The demo school: built through the acts, only in demo mode, whole at every stage; copies for measuring are marked."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import sync_playwright

from mentoring_site.models import ReplacedFile, Viewing
from mentoring_site.russian import MONTHS
from people.access.models import AccessRequest
from people.accounts.models import User
from people.banks.models import BankCorrection, BankReview, Candidate
from people.consents.duties.models import Duty
from people.consents.models import Consent
from people.photos import acts as photo_acts
from people.photos.models import Photo
from people.register.models import FormerName, Person
from people.retention.models import RetentionTerm
from people.rights import RIGHTS
from people.school import workdays
from people.school.models import School
from programs.difficulties.models import Difficulty
from programs.journal.models import Meeting
from programs.learning.models import LearningNote, SkillRating
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing
from programs.program.models import Activity, Program
from programs.relationship.models import RelationshipAnswer
from programs.requests import registry
from programs.requests.models import Request
from programs.support.models import CouncilMark, SupportTask
from reports.documents.act_drafts.models import ActDraft
from reports.documents.local_acts.models import LocalAct
from reports.documents.samples.catalog import samples
from reports.documents.touched.papers import waiting_orders
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order
from reports.orders.order_kinds.wording import past_dates
from reports.orders.registration.models import SetAside
from reports.orders.text_check.leftovers import other_schools
from roadmap.council.models import AgendaItem, Minutes
from roadmap.duties.models import RegularDuty
from roadmap.events.models import Event
from roadmap.library.models import Material
from roadmap.partners.models import PartnerAgreement
from roadmap.plan.models import Task
from roadmap.practices.models import Practice
from roadmap.regulation.models import Regulation
from roadmap.training.models import Training
from tests.e2e.browser import CHROMIUM, FLAGS
from tests.e2e.every_page import HOME, Kept, Reader, one_of_each
from tests.reading import Walk
from tests.reports.documents.layout import complaints

pytestmark = [pytest.mark.point("10"), pytest.mark.django_db]
READERS = ("curator", "clerk", "mentor", "mentee", "director", "council", "")
HOMES = ("chair", "secretary", "sysadmin", "mentor2", "mentee2")
LOGINS = ("director", "curator", "chair", "council", "mentor", "mentee", "clerk", "sysadmin")


def test_it_is_refused_where_real_people_work(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not Person.objects.exists()


def every_paper_is_laid_out_well(folder):
    """One of every paper of the demo school, as ``manage.py sample_papers`` prints it (point 9.11)."""
    found = {name: complaints(template, known, folder) for name, template, known in samples() if known is not None}
    assert len(found) > 40 and {name: words for name, words in found.items() if words} == {}


@pytest.mark.story
@pytest.mark.browser
@pytest.mark.point("9.3", "9.4", "9.11", "9.13", "10.16")
def test_the_school_and_its_copies(settings, tmp_path):
    settings.DEMO, settings.DEMO_PASSWORD = True, "demo"
    call_command("demo", verbosity=0)
    people, programs = Person.objects.count(), Program.objects.count()
    assert 50 <= people <= 80
    states = set(Program.objects.values_list("state", flat=True))
    assert states >= {"draft", "submitted", "agreed", "running", "completed"}
    assert Order.objects.filter(state="registered", pdf__isnull=True, from_paper=False).count() == 0
    every_feature_has_records()
    every_paper_is_laid_out_well(tmp_path)
    every_page_looks_well(every_page_and_paper_reads_well())
    every_day_is_a_working_day()
    papers_agree_with_each_other()
    for name in LOGINS:
        user = User.objects.get(username=name)
        assert user.check_password("demo") and user.roles <= set(RIGHTS)
        client = Client()
        client.force_login(user)
        assert client.get("/home/").status_code == 200
    call_command("demo", scale=2, verbosity=0)
    assert Person.objects.filter(copied=True).count() == 2 * people
    assert Program.objects.count() >= 3 * programs
    live = Pairing.objects.filter(state="assigned", participations__person__copied=True).distinct()
    assert live.count() == 2 * Pairing.objects.filter(state="assigned").exclude(pk__in=live).count()
    # what a copy needs to be like the school: consents name the copied pair, nobody stands in a bank without one
    duties = Consent.objects.filter(purpose="duties", person__copied=True, ended_on=None)
    assert not duties.exclude(matter__in=Pairing.objects.values("uuid")).filter(part="mentee").exists()
    assert (
        Candidate.objects.with_requirements()
        .filter(person__copied=True, state="approved", has_processing=False)
        .count()
        <= 4
    )


def every_page_and_paper_reads_well() -> list[Kept]:
    """Points 9.13: no «утверждёна», «(а)», «..», «г. г.», open «ёлочки, "straight" quotes, «вас», None.

    Returns the pages that were read, and the homes of the roles that do not walk.
    """
    pages: list[Kept] = []
    papers: set[str] = set()
    wrong: dict[str, str] = {}
    for name in READERS:
        client = Client()
        if name:
            client.force_login(User.objects.get(username=name))
        walk = Walk(client, papers=papers)
        found = walk.start("/", "/home/", "/help/") if name else walk.start("/")
        assert len(walk.seen) > (50 if name else 5), (name, walk.seen)
        pages += [Kept(name, *page) for page in walk.pages if page[2]]
        wrong |= {f"{words} ({name or 'visitor'}, {url})": "" for words, url in found.items()}
    assert len(papers) > 20, papers
    assert not wrong, "\n".join(wrong)
    for name in HOMES:
        client = Client()
        client.force_login(User.objects.get(username=name))
        pages.append(Kept(name, "/home/", client.get("/home/").content, (HOME,)))
    return pages


def every_page_looks_well(pages: list[Kept]):
    """Point 10.16: one page of every template for every sort of reader, at a desk and on a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        reader, chosen = Reader(browser), one_of_each(pages)
        wrong = [f"{page.name}: {fault}" for page in chosen for fault in reader.faults(page)]
        browser.close()
    assert len(chosen) > 150 and not wrong, "\n".join(wrong)


def every_day_is_a_working_day():
    """Orders, minutes, the terms that orders print, activities of programs and of the roadmap (п. 9.3)."""
    orders = Order.objects.exclude(number="")
    days = {(f"приказ {o.number}", o.date) for o in orders}
    days |= {(f"протокол {m.number}", m.held_on) for m in Minutes.objects.all()}
    days |= {(a.title, a.due_on) for a in Activity.objects.all()}
    days |= {(t.text, t.due_on) for t in Task.objects.exclude(due_on=None)}
    for order in Order.objects.all():
        printed = re.findall(r"в срок до (\d+)\s(\w+)\s(\d{4})", str(order.points).replace("\\xa0", " "))
        days |= {(order.heading, date(int(y), MONTHS.index(m) + 1, int(d))) for d, m, y in printed}
    assert len(days) > 60
    assert [(what, day) for what, day in days if not workdays.is_workday(day)] == []
    assert any("/" in order.number for order in orders)


def papers_agree_with_each_other():
    """Numbers of minutes, days that have passed, words about a group, the school's own name (п. 9.3, 9.9)."""
    preambles = " ".join(order.preamble for order in Order.objects.all())
    cited = re.findall(r"протокол от (\d\d)\.(\d\d)\.(\d{4}) № (\d+)", preambles.replace("\xa0", " "))
    days: dict[tuple, set] = {}
    for day, month, year, number in cited:
        at = date(int(year), int(month), int(day))
        days.setdefault((year_of(at), int(number)), set()).add(at)
    assert len(days) > 10 and all(len(found) == 1 for found in days.values()), days
    for begun in {begun for begun, _ in days}:
        met = [min(found) for (y, _), found in sorted(days.items()) if y == begun]
        assert met == sorted(met)
    for order in Order.objects.filter(state="at_signature"):
        assert past_dates(order.points, timezone.localdate()) == []
    releases = [order.items.get().proposal for order in Order.objects.filter(kind="release")]
    assert releases
    for release in releases:
        assert Activity.objects.get(pk=release.draft.activity).program.ends_on >= release.draft.day
    ends = Program.objects.exclude(ends_on=None)
    assert [p.title for p in ends if not workdays.is_workday(p.ends_on)] == []
    group = Program.objects.filter(pairing__kind="group").first()
    assert "запросам наставляемых" in group.justification
    text = Regulation.objects.get(state="approved").text
    assert list(other_schools(text, [School.get().name, School.get().short_name])) == []
    assert RetentionTerm.objects.filter(code__startswith=RetentionTerm.OWN).exists()


def every_feature_has_records():
    held = {(m.organ.kind, m.state) for m in Minutes.objects.select_related("organ")}
    assert held == {("methodical", "signed"), ("methodical", "planned"), ("pedagogical", "signed")}
    items = AgendaItem.objects.filter(minutes__organ__kind="pedagogical")
    assert items.filter(postponed=True).exists() and items.filter(recused__isnull=False).exists()
    assert {task.state for task in SupportTask.objects.all()} == {"given", "accepted"} and CouncilMark.objects.exists()
    assert BankCorrection.objects.unseen().exists() and BankReview.objects.filter(waits=True).exists()
    assert {bool(one.answer) for one in UnionOpinion.objects.all()} == {True, False}
    pay = Order.objects.get(kind="pay", state="registered")
    assert MentorAgreement.objects.get(order_number=pay.number).signed_on
    paid = MentorAgreement.objects.exclude(signed_on=None).values_list("pay_kind", flat=True)
    assert set(paid) >= {"percent", "sum", "mentee", "hour"}, set(paid)
    assert Notice.objects.live().filter(took_effect_on=None).count() == 1
    assert Order.objects.filter(kind="incentive", state="registered").exists()
    asked = set(Request.objects.values_list("kind", "state"))
    assert {kind for kind, _ in asked} == set(registry.kinds()), asked
    assert {state for _, state in asked} >= {"filed", "accepted", "declined", "done"}, asked
    assert set(SkillRating.objects.values_list("part", flat=True)) == {"mentor", "mentee"}
    assert LearningNote.objects.exists() and RelationshipAnswer.objects.filter(level="hard").exists()
    assert set(Difficulty.objects.values_list("state", flat=True)) >= {"proposed", "closed"}
    assert Order.objects.filter(kind="event", state="draft").exists()
    assert SetAside.objects.filter(kind="cancelled").count() == 1
    assert set(LocalAct.objects.values_list("kind", flat=True)) == {"procedure", "law", "regulation", "job"}
    draft = ActDraft.objects.get(state="discussed")
    assert {remark.answered_at is None for remark in draft.remarks.all()} == {True, False} and draft.texts.exists()
    assert Training.objects.exists() and PartnerAgreement.objects.exists() and Material.objects.exists()
    assert set(Practice.objects.values_list("state", flat=True)) >= {"published"} and RegularDuty.objects.exists()
    assert {"session", "conference", "round_table", "speed"} <= set(Event.objects.values_list("kind", flat=True))
    act = LocalAct.objects.get(kind="procedure")
    assert act.readers.filter(read_at=None).exists() and act.readers.exclude(read_at=None).exists()
    assert Duty.objects.exists()
    assert set(Meeting.every.values_list("state", flat=True)) == {"held", "planned", "cancelled"}
    married = FormerName.objects.get().person
    found = Client()
    found.force_login(User.objects.get(username="clerk"))
    page = found.get("/people/", {"q": FormerName.objects.get().last_name}).content.decode()
    assert married.last_name == "Бембеева" and married.get_absolute_url() in page
    assert {one.person for one in waiting_orders()} == {married}  # orders in force name her former surname
    photo = Photo.objects.get()
    assert photo_acts.is_shown(photo.person) and Viewing.objects.count() == 4
    assert ReplacedFile.objects.get().reason
    assert sorted(AccessRequest.objects.values_list("kind", "state")) == [("email", "released"), ("slip", "asked")]
