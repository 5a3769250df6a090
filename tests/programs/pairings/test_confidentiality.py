"""In a group nothing discloses one mentee to another: no refusal, result, return, meeting, completion or
word said apart.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Refused
from people.consents import acts as consent_acts
from people.consents.models import Consent
from people.register.models import Person
from programs.completion import acts as completion_acts
from programs.journal import acts as journal_acts
from programs.journal.models import Message
from programs.pairings.models import Participation
from tests.factories import make_user
from tests.programs.journal.kit import do_all, make_completion, make_running, meet, side
from tests.walker import read_out

pytestmark = [pytest.mark.django_db, pytest.mark.point("16", "22")]
CANARY = "канарейка"
LINK = re.compile(r'href="(/[^"#]*)')
TALK = "/programs/{}/messages/"
FILE = re.compile(
    r"\.(pdf|zip|docx|xlsx)\b|/blank/|/words/|format=xlsx"
)  # papers have their own tests (test_papers.py)
AWAY = ("/accounts/", "/static/", "/news/", "/settings/")


@pytest.fixture
def group(cast):
    """A running group: ``cast.mentee`` reads, ``cast.other`` is the one of whom nothing may be told."""
    cast.program, cast.activity = make_running(cast, mentees=2)
    sides = [side(cast.program, n=n) for n in (0, 1)]
    cast.mine = next(p for p in sides if p.person_id == cast.mentee.person_id)
    cast.theirs = next(p for p in sides if p != cast.mine)
    cast.other = make_user(cast.theirs.person, username="other")
    return cast


def walk(user, start="/home/", limit=120):
    """Return every page of the cabinet that the user reaches by links, as address → text; papers are not drawn."""
    client, found, ahead = Client(), {}, [start]
    client.force_login(user)
    while ahead and len(found) < limit:
        url = ahead.pop(0)
        if url in found or url.startswith(AWAY) or FILE.search(url):
            continue
        response = read_out(client.get(url, follow=True))
        html = response.content.decode() if response.get("Content-Type", "").startswith("text/html") else ""
        found[url] = html
        ahead += [link.replace("&amp;", "&") for link in LINK.findall(html)]
    return found


def tell_everything(group):
    """Everything about the other mentee that somebody may write down, each text with the canary."""
    program, activity, theirs = group.program, group.activity, group.theirs
    Participation.objects.filter(pk=theirs.pk).update(wish="yes", wish_reason=f"согласие без охоты: {CANARY}")
    for n in range(2):
        row = journal_acts.do(activity, theirs, by=group.other, result=f"сделано, {CANARY} {n}")
        if n == 0:
            journal_acts.send_back(row, by=group.mentor, comment=f"переделать: {CANARY}")
    lead = side(program, "mentor")
    first = meet(program, group.mentor, participants=[lead, theirs], about=f"о трудном: {CANARY}", minutes=30)
    journal_acts.confirm_meeting(first.attendances.get(participation=theirs), by=group.other)
    yesterday = timezone.localdate() - timedelta(days=1)
    second = meet(program, group.mentor, participants=[lead, theirs], about=CANARY, minutes=60, held_on=yesterday)
    journal_acts.drop_meeting(second, by=group.mentor)
    journal_acts.post(program, by=group.other, text=f"не справляюсь: {CANARY}", about=theirs)
    journal_acts.post(program, by=group.mentor, text=f"поговорим: {CANARY}", about=theirs)
    journal_acts.post(program, by=group.curator, text=f"что случилось? {CANARY}", about=theirs)
    consent_acts.withdraw(
        Consent.objects.get(person=theirs.person, purpose="duties"), by=group.curator, on=timezone.localdate()
    )


WORDS = ("отмечено выполненным", "возвращено", "принято", "на проверке", "встреча", CANARY)


def history_of(group, user):
    client = Client()
    client.force_login(user)
    return client.get(f"/programs/{group.program.pk}/history/").content.decode().partition("<main")[2].lower()


@pytest.mark.clause("1.3-4")
def test_nothing_that_a_mentee_reaches_tells_of_another(group):
    tell_everything(group)
    pages = walk(group.mentee)
    assert len(pages) > 15 and f"/programs/{group.program.pk}/history/" in pages
    assert [url for url, text in pages.items() if CANARY in text] == []
    assert any(CANARY in text for text in walk(group.mentor).values())  # the switch: the words are there for others
    assert any(CANARY in text for text in walk(group.other).values())


@pytest.mark.clause("1.3-4", "1.3-8")
def test_history_and_plan_tell_only_of_oneself(group):
    tell_everything(group)
    mine = history_of(group, group.mentee)
    assert [word for word in WORDS if word in mine] == []
    whole = history_of(group, group.mentor)
    for word in (
        "отмечено выполненным",
        "возвращено на доработку",
        "записана встреча",
        "подтверждена встреча",
        "убрана запись",
    ):
        assert word in whole and word in history_of(group, group.other), word
    plan = Client()
    plan.force_login(group.mentee)
    words = [row.badge.word for row in plan.get(f"/programs/{group.program.pk}/").context["plan"]]
    assert words == ["впереди"]
    plan.force_login(group.mentor)
    assert plan.get(f"/programs/{group.program.pk}/").context["plan"][0].badge.word == "на проверке"


@pytest.mark.clause("1.3-4")
def test_history_keeps_ones_own_and_the_common(group):
    row = journal_acts.do(group.activity, group.mine, by=group.mentee, result="моё")
    journal_acts.check(row, by=group.mentor)
    meet(group.program, group.mentor)
    mine = history_of(group, group.mentee)
    for word in ("отмечено выполненным", "принято наставником", "записана встреча", "поддержана куратором"):
        assert word in mine, word
    client = Client()
    client.force_login(group.mentee)
    assert client.get(f"/programs/{group.program.pk}/").context["plan"][0].badge.word == "выполнено"
    assert client.get("/home/").context["own"][0].facts[1].value != "встреч ещё не было"


def test_the_home_does_not_count_meetings_with_others(group, as_user):
    meet(group.program, group.mentor, participants=[side(group.program, "mentor"), group.theirs])
    assert as_user(group.mentee).get("/home/").context["own"][0].facts[1].value == "встреч ещё не было"


def test_a_completion_of_one_is_not_told_to_the_other(group):
    n = [side(group.program, n=n).pk for n in (0, 1)].index(group.theirs.pk)
    c = make_completion(group, group.program, "ready", n=n)
    mine = "".join(walk(group.mentee).values())
    for word in ("начато завершение", "написано заключение", "канарейка"):
        assert word not in mine, word
    today = timezone.localdate()
    completion_acts.enact(c, by=group.clerk, number="50-од", date=today, on=today)
    mine = "".join(walk(group.mentee).values())
    for word in ("50-од", "завершено приказом", "канарейка"):
        assert word not in mine, word


def test_a_chair_who_is_a_mentee_of_the_group_reads_as_a_mentee(group, cast):
    from allauth.mfa.models import Authenticator

    from people.roles.models import RoleGrant

    tell_everything(group)
    RoleGrant.objects.create(person=group.mentee.person, role="chair", since=timezone.localdate())
    Authenticator.objects.create(user=group.mentee, type="totp", data={})  # a chair logs in with a code
    assert "отмечено выполненным" not in history_of(group, group.mentee)
    assert CANARY not in walk(group.mentee)[f"/programs/{group.program.pk}/journal/"]


def test_in_a_group_one_says_who_may_read(group, as_user):
    url = TALK.format(group.program.pk)
    Person.objects.filter(pk__in=[group.mentor.person_id, group.mine.person_id, group.theirs.person_id]).update(
        email="a@school.example"
    )
    client = as_user(group.other)
    form = client.get(f"/programs/{group.program.pk}/talk/").context["form"]
    assert [str(words) for _, words in form.fields["about"].choices] == ["Всем в группе", "Только наставнику"]
    unsaid = client.post(url, {"text": "слово-канарейка", "request_key": uuid4()}).content.decode()
    assert (
        "Выберите, кому видно это сообщение" in unsaid and "слово-канарейка" in unsaid and not Message.objects.exists()
    )
    client.post(url, {"text": CANARY, "about": group.theirs.pk, "request_key": uuid4()})
    assert Message.objects.get().about == group.theirs
    assert OutboxMail.objects.filter(template="message_posted").count() == 1  # to the mentor alone
    assert CANARY not in as_user(group.mentee).get(f"/programs/{group.program.pk}/talk/?all=1").content.decode()
    client.post(url, {"text": "всем привет", "about": "all", "request_key": uuid4()})
    assert "всем привет" in as_user(group.mentee).get(f"/programs/{group.program.pk}/talk/").content.decode()
    mentor = as_user(group.mentor)
    choices = mentor.get(f"/programs/{group.program.pk}/talk/").context["form"].fields["about"].choices
    assert [value for value, _ in choices] == [
        "all",
        *(str(p.pk) for p in sorted([group.mine, group.theirs], key=lambda p: p.pk)),
    ]
    page = mentor.get(f"/programs/{group.program.pk}/talk/").content.decode()
    assert f"не всем: {group.theirs.person.short_name} и наставник" in page
    with pytest.raises(Refused, match="Выберите, кому видно"):
        journal_acts.post(group.program, by=group.other, text="слово", about=group.mine)


def test_who_has_left_reads_the_talk_until_then(group, as_user):
    journal_acts.post(group.program, by=group.mentor, text="при нём")
    Participation.objects.filter(pk=group.theirs.pk).update(until=timezone.localdate())
    Message.objects.create(
        program=group.program, author=group.mentor, text="после него", at=timezone.now() + timedelta(days=2)
    )
    page = as_user(group.other).get(f"/programs/{group.program.pk}/talk/").content.decode()
    assert "при нём" in page and "после него" not in page
    assert "после него" in as_user(group.mentee).get(f"/programs/{group.program.pk}/talk/").content.decode()


def test_in_a_pair_nobody_is_asked_who_may_read(cast, as_user):
    program, _ = make_running(cast)
    do_all(program, cast)
    assert "about" not in as_user(cast.mentee).get(f"/programs/{program.pk}/talk/").context["form"].fields
