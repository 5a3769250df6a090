"""What single kinds do: help, a proposal that becomes an amendment, another teacher, a personal file (п. 4.1, 5.1)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import NotAllowed, Refused
from programs.catalogs.models import MentoringKind
from programs.changes.amendment.models import Amendment
from programs.journal import acts as journal_acts
from programs.program.models import Activity, Program
from programs.requests import acts, inbox
from programs.requests.kinds.engaging import acts as engaging
from programs.requests.kinds.engaging.models import EngagedWork
from programs.requests.kinds.personal_file import acts as files
from programs.requests.kinds.personal_file.models import FileAccess
from programs.requests.models import Request
from tests.factories import make_program
from tests.programs.program.test_documents import text_of_pdf
from tests.programs.requests.kit import TEXT, ask

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def waiting(user) -> list[str]:
    return [item.title for item in inbox.items(fresh(user))]


def readers(cast, request) -> set[str]:
    found = Request.objects.filter(pk=request.pk)
    return {name for name, user in vars(cast).items() if found.readable_by(fresh(user)).exists()}


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


@pytest.mark.clause("2.3-i1", "5.1-c")
def test_help_is_two_taps_and_one_field_from_the_home(cast, as_user, program):
    client = as_user(cast.mentee)
    (own,) = client.get("/home/").context["own"]
    page = client.get(own.help_url)
    form = page.context["form"]
    typed = [name for name, field in form.fields.items() if not field.widget.is_hidden and not field.initial]
    assert typed == ["text"]
    words = page.content.decode()
    assert f"Наставнику: прочтёте только Вы и {cast.mentor.person.short_name}" in words.replace("\xa0", " ").replace(
        cast.mentor.person.short_name.replace("\xa0", " "), cast.mentor.person.short_name
    )
    chosen = {name: form.fields[name].initial for name in ("route", "term")}
    client.post(own.help_url, {"text": TEXT, **chosen})
    made = Request.objects.get()
    assert (made.kind, made.route, made.state, made.author) == ("help", "mentor", "filed", cast.mentee.person)
    answered = as_user(cast.mentor).post(f"{made.get_absolute_url()}accept/", {"answer": "Приходите в среду"})
    assert answered.status_code == 302
    assert "Приходите в среду" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.clause("5.1-d")
def test_an_accepted_proposal_becomes_a_draft_of_an_amendment(cast, as_user, program):
    made = ask(cast, "improvement", program=program)
    assert readers(cast, made) == {"mentee", "mentor", "curator"}
    url = f"{made.get_absolute_url()}accept/"
    refused = as_user(cast.curator).post(url, {"answer": "да", "amend": "on", "reason": ""})
    assert "reason" in refused.context["form"].errors
    as_user(cast.curator).post(url, {"answer": "да", "amend": "on", "reason": "Чаще встречаться"})
    made.refresh_from_db()
    amendment = Amendment.objects.get(program=program)
    assert (made.state, made.led_to, amendment.reason, amendment.state) == (
        "accepted",
        amendment,
        "Чаще встречаться",
        "proposed",
    )
    undo.undo(Act.objects.about(made).get(verb="accept"), by=cast.curator)
    amendment.refresh_from_db()
    made.refresh_from_db()
    assert (made.state, amendment.state) == ("filed", "withdrawn")


def test_a_mentee_of_a_group_proposes_too(cast):
    program = make_program(cast, "running", mentees=2, mentor=cast.mentor, mentee=cast.mentee)
    made = ask(cast, "improvement", program=program)
    assert acts.decide(made, "decline", by=cast.curator, answer="позже").state == "declined"
    assert OutboxMail.objects.filter(template="request_decided", person_id=cast.mentee.person_id).exists()


@pytest.fixture
def engaged(cast, program):
    """A stranger is asked by the mentor to help with the activity of the program."""
    activity = program.activities.get()
    return ask(
        cast,
        "engaging",
        by=cast.mentor,
        program=program,
        person=cast.stranger.person,
        columns={"activity": activity, "about": f"мероприятие «{activity.title}»"},
    )


@pytest.mark.clause("4.1-a1", "4.1-a2")
def test_an_engaged_teacher_agrees_and_sees_and_does_that_activity_only(cast, as_user, program, engaged):
    teacher = as_user(cast.stranger)
    assert (len(waiting(cast.stranger)), waiting(cast.curator)) == (1, [])
    assert readers(cast, engaged) == {"mentor", "mentee", "curator", "stranger"}
    with pytest.raises(Refused, match="Часы записывают"):
        log(engaged, cast.stranger)
    with pytest.raises(NotAllowed):
        acts.decide(engaged, "accept", by=cast.mentor)
    teacher.post(f"{engaged.get_absolute_url()}accept/")
    page = teacher.get(engaged.get_absolute_url())
    assert engaged.activity.expected_result in page.content.decode() and page.context["place_url"] == ""
    for url in (program.get_absolute_url(), f"/activities/{engaged.activity_id}/", f"/programs/{program.pk}/journal/"):
        assert teacher.get(url).status_code == 404
    assert not Program.objects.visible_to(fresh(cast.stranger)).exists()
    result = journal_acts.do(
        engaged.activity, program.pairing.participations.get(part="mentee"), by=cast.mentee, result="сделано"
    )
    with pytest.raises(NotAllowed):
        journal_acts.check(result, by=cast.stranger)
    assert program.pairing.participations.get(part="mentor").person == cast.mentor.person


def log(request, by, **values):
    known = {"held_on": timezone.localdate(), "minutes": 45, "about": "разобрали запись урока"}
    return engaging.log(request, by=by, **(known | values))


@pytest.mark.clause("4.1-a2")
def test_hours_of_an_engaged_teacher_count_when_the_other_side_confirms(cast, as_user, engaged):
    acts.decide(engaged, "accept", by=cast.stranger)
    as_user(cast.stranger).post(
        f"{engaged.get_absolute_url()}hours/new/",
        {"held_on": timezone.localdate().isoformat(), "minutes": 40, "about": "разобрали запись урока"},
    )
    work = EngagedWork.objects.get()
    assert waiting(cast.mentor) == [f"Подтвердить часы: {engaged.about}"]
    with pytest.raises(NotAllowed):
        engaging.confirm(work, by=cast.stranger)
    assert not EngagedWork.objects.counted().exists()
    engaging.confirm(work, by=cast.mentor)
    assert as_user(cast.curator).get(engaged.get_absolute_url()).context["counted"] == "40\xa0мин"
    for user, sees in ((cast.curator, 1), (cast.stranger, 1), (cast.mentor, 1), (cast.council, 0)):
        assert len(as_user(user).get("/programs/hours/").context["found"].others) == sees
    with pytest.raises(Refused, match="завершить"):
        request = Request.objects.with_requirements().get(pk=engaged.pk)
        request.type.take_back(request, by=cast.stranger)
    acts.close(Request.objects.with_requirements().get(pk=engaged.pk), by=cast.mentor)
    with pytest.raises(Refused, match="Часы записывают"):
        log(engaged, cast.stranger)


def test_help_in_a_situational_program_is_answered_as_soon_as_its_mentor_has_promised(cast, program):
    monday = date(2026, 11, 16)
    by_the_school = ask(cast, "help", program=program, term="week", filed_on=monday).due_on
    row = Program.objects.get(pk=program.pk)
    row.kinds.set(MentoringKind.objects.filter(code="situational"))
    row.details = {"situational": {"hours": "48", "how": "По телефону"}}
    row.save()
    promised = ask(cast, "help", program=program, term="week", filed_on=monday).due_on
    assert (promised, by_the_school) == (date(2026, 11, 18), date(2026, 11, 23))
    assert ask(cast, "help", program=program, term="urgent", filed_on=monday).due_on == date(2026, 11, 17)


def test_hours_are_confirmed_by_word_of_who_never_logs_in_and_stand_in_the_memo(cast, as_user, engaged):
    acts.decide(engaged, "accept", by=cast.curator, paper_date=timezone.localdate())
    work = log(engaged, cast.mentor)
    page = as_user(cast.curator).get(engaged.get_absolute_url()).content.decode()
    assert f"/engaged-work/{work.pk}/confirm/" in page
    assert "привлечённые" not in text_of_pdf(as_user(cast.clerk).get("/programs/hours/memo.pdf"))
    assert as_user(cast.curator).post(f"/engaged-work/{work.pk}/confirm/").status_code == 302
    work.refresh_from_db()
    assert work.confirmed_by == cast.curator
    said = Act.objects.about(engaged).get(verb="confirm_work").words
    assert said.endswith("(со слов участника)")
    words = text_of_pdf(as_user(cast.clerk).get("/programs/hours/memo.pdf"))
    assert "привлечённые к мероприятиям: 45 мин" in words and cast.stranger.person.last_name in words


def test_who_wrote_hours_does_not_confirm_them_by_word(cast, engaged):
    acts.decide(engaged, "accept", by=cast.curator, paper_date=timezone.localdate())
    with pytest.raises(NotAllowed):
        engaging.confirm(log(engaged, cast.curator), by=cast.curator)


def test_consent_of_a_teacher_is_recorded_from_paper_with_its_date(cast, engaged):
    with pytest.raises(Refused, match="дату бумаги"):
        acts.decide(engaged, "accept", by=cast.curator)
    made = acts.decide(engaged, "accept", by=cast.curator, paper_date=timezone.localdate())
    assert (made.state, made.paper_date) == ("accepted", timezone.localdate())


def test_nothing_is_enacted_for_an_activity_that_the_plan_has_dropped(cast, engaged):
    Activity.objects.filter(pk=engaged.activity_id).delete()
    with pytest.raises(Refused, match="больше нет в плане"):
        acts.decide(engaged, "accept", by=cast.stranger)


@pytest.fixture
def access(cast, program):
    """The mentor has asked for two parts of the mentee's file."""
    return ask(
        cast,
        "personal_file",
        by=cast.mentor,
        program=program,
        person=cast.mentee.person,
        data={"parts": ["education", "training"], "days": 3},
    )


@pytest.mark.clause("4.1-b1")
def test_the_personal_file_is_opened_by_the_director_and_every_look_is_shown_to_the_mentee(cast, as_user, access):
    assert readers(cast, access) == {"mentor", "mentee", "director", "clerk"}
    for user in (cast.curator, cast.clerk, cast.mentee, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.decide(access, "accept", by=fresh(user))
    with pytest.raises(Refused, match="Разрешения"):
        look(access, cast.clerk)
    as_user(cast.director).post(f"{access.get_absolute_url()}accept/", {"parts": ["education"], "days": 2})
    granted = FileAccess.objects.get(request=access)
    assert (granted.parts, granted.until) == (["education"], timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        look(access, cast.mentor)
    with pytest.raises(Refused, match="из разрешённых"):
        look(access, cast.clerk, parts=["training"])
    as_user(cast.clerk).post(
        f"{access.get_absolute_url()}look/", {"looked_on": timezone.localdate().isoformat(), "parts": ["education"]}
    )
    assert OutboxMail.objects.filter(template="personal_file_look", person_id=cast.mentee.person_id).count() == 1
    page = as_user(cast.mentee).get(access.get_absolute_url())
    assert [one.parts for one in page.context["looks"]] == [["education"]]
    assert Act.objects.about(access).filter(verb="look").count() == 1
    FileAccess.objects.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="Доступ был до"):
        look(access, cast.clerk)


def look(request, by, **values):
    return files.look(request, by=fresh(by), **({"looked_on": timezone.localdate(), "parts": ["education"]} | values))


def test_a_mentor_who_was_replaced_opens_no_file(cast, access):
    acts.decide(access, "accept", by=cast.director)
    access.pairing.participations.filter(part="mentor").update(until=timezone.localdate())
    with pytest.raises(Refused, match="больше не наставник"):
        look(access, cast.clerk)


def test_the_file_of_the_director_needs_the_letter_of_the_founder(cast, program):
    program.pairing.participations.filter(part="mentee").update(person=cast.director.person)
    asked = {"data": {"parts": ["education"], "days": 3}, "person": cast.director.person}
    made = ask(cast, "personal_file", by=cast.mentor, program=program, **asked)
    with pytest.raises(NotAllowed):
        acts.decide(made, "accept", by=cast.director)
    with pytest.raises(Refused, match="учредителя"):
        acts.decide(made, "accept", by=cast.chair)
    paper = {"paper_number": "7", "paper_date": timezone.localdate()}
    assert acts.decide(made, "accept", by=cast.chair, **paper).state == "accepted"
