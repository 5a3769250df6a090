"""The demo school: built through the acts, only in demo mode, whole at every stage; copies for measuring are marked."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from mentoring_site.models import ReplacedFile, Viewing
from mentoring_site.russian import MONTHS
from people.access.models import AccessRequest
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.duties.models import Duty
from people.consents.models import Consent
from people.photos import acts as photo_acts
from people.photos.models import Photo
from people.register.models import FormerName, Person
from people.retention.models import RetentionTerm
from people.rights import RIGHTS
from people.school import workdays
from people.school.models import School
from programs.journal.models import Meeting
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing
from programs.program.models import Activity, Program
from reports.documents.local_acts.models import LocalAct
from reports.documents.samples.catalog import samples
from reports.documents.touched.papers import waiting_orders
from reports.orders.models import Order
from reports.orders.order_kinds.wording import past_dates
from reports.orders.registration.models import SetAside
from reports.orders.text_check.leftovers import other_schools
from roadmap.council.models import Minutes
from roadmap.plan.models import Task
from roadmap.regulation.models import Regulation
from tests.reading import Walk
from tests.reports.documents.layout import complaints

pytestmark = [pytest.mark.point("10"), pytest.mark.django_db]
READERS = ("curator", "clerk", "mentor", "mentee", "director", "")
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
@pytest.mark.point("9.3", "9.4", "9.11", "9.13")
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
    every_page_and_paper_reads_well()
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


def every_page_and_paper_reads_well():
    """Points 9.13: no «утверждёна», «(а)», «..», «г. г.», open «ёлочки, "straight" quotes, «вас», None."""
    papers: set[str] = set()
    wrong: dict[str, str] = {}
    for name in READERS:
        client = Client()
        if name:
            client.force_login(User.objects.get(username=name))
        walk = Walk(client, papers=papers)
        found = walk.start("/", "/home/", "/help/") if name else walk.start("/")
        assert len(walk.seen) > (50 if name else 5), (name, walk.seen)
        wrong |= {f"{words} ({name or 'visitor'}, {url})": "" for words, url in found.items()}
    assert len(papers) > 20, papers
    assert not wrong, "\n".join(wrong)


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
    release = Order.objects.get(kind="release").items.get().proposal
    assert Activity.objects.get(pk=release.draft.activity).program.ends_on >= release.draft.day
    ends = Program.objects.exclude(ends_on=None)
    assert [p.title for p in ends if not workdays.is_workday(p.ends_on)] == []
    group = Program.objects.filter(pairing__kind="group").first()
    assert "запросам наставляемых" in group.justification
    text = Regulation.objects.get(state="approved").text
    assert list(other_schools(text, [School.get().name, School.get().short_name])) == []
    assert RetentionTerm.objects.filter(code__startswith=RetentionTerm.OWN).exists()


def every_feature_has_records():
    assert {m.state for m in Minutes.objects.all()} == {"signed"} and Minutes.objects.count() == 2
    pay = Order.objects.get(kind="pay", state="registered")
    assert MentorAgreement.objects.get(order_number=pay.number).signed_on
    paid = MentorAgreement.objects.exclude(signed_on=None).values_list("pay_kind", flat=True)
    assert set(paid) >= {"percent", "sum", "mentee", "hour"}, set(paid)
    assert Notice.objects.live().filter(took_effect_on=None).count() == 1
    assert Order.objects.get(kind="incentive").state == "registered"
    assert Order.objects.filter(kind="event", state="draft").exists()
    assert SetAside.objects.filter(kind="cancelled").count() == 1
    act = LocalAct.objects.get()
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
