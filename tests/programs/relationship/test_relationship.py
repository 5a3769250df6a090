"""How people get on: asked after the first meeting and monthly, answered in confidence, read by one, destroyed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, reload
from people.absences import acts as absences
from people.accounts.models import User
from people.register.models import Person
from people.roles.models import RoleGrant
from people.school.models import DayOff
from programs.attention.facts import Facts
from programs.attention.look import look
from programs.attention.rules import judge
from programs.changes.petitions.models import Petition
from programs.program.models import Program
from programs.relationship import acts, retention
from programs.relationship.asking import ask_due
from programs.relationship.models import RelationshipAnswer
from programs.relationship.readers import readers_of
from programs.relationship.rules import RELATIONSHIP
from programs.requests.interests import Interest
from tests.factories import make_user
from tests.matrix import ALL, attempt, expected
from tests.programs.journal.kit import make_running, meet, others
from tests.programs.relationship.kit import answered, asked, at, every_day_is_worked

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.5")]


@pytest.fixture
def program(cast):
    found, _ = make_running(cast)
    far = timezone.localdate() + timedelta(days=200)
    Program.objects.filter(pk=found.pk).update(ends_on=far, earliest_end=far, latest_end=far)
    every_day_is_worked()
    return Program.objects.get(pk=found.pk)


def keys(user) -> list[str]:
    return [item.key for item in items_for(User.objects.get(pk=user.pk))]  # what is read once for a request is new


def open_ones():
    return RelationshipAnswer.objects.filter(state="asked").count()


# --- when ---------------------------------------------------------------------------------------------------------


def test_nobody_is_asked_before_the_first_meeting_and_each_once_after_it(cast, program):
    assert ask_due(at()) == 0
    meet(program, cast.mentor)
    assert ask_due(at(hour=8)) == 0
    assert ask_due(at()) == 2 and ask_due(at(hour=11)) == 0 and ask_due(at(days=1)) == 0
    assert {one.participation.person_id for one in RelationshipAnswer.objects.all()} == {
        cast.mentor.person_id,
        cast.mentee.person_id,
    }


def test_the_next_question_comes_a_month_later_and_the_unanswered_one_lapses(cast, program):
    questions = asked(program, cast.mentor)
    answered(questions["mentor"], cast.mentor, "good")
    assert ask_due(at(days=27)) == 0
    assert ask_due(at(days=31)) == 2
    assert [one.state for one in RelationshipAnswer.objects.order_by("participation__part", "asked_on")] == [
        "lapsed",
        "asked",
        "answered",
        "asked",
    ]
    with pytest.raises(Refused, match="следующий вопрос"):
        answered(reload(questions["mentor"]), cast.mentor, "hard")


def test_days_off_absence_suspension_and_the_end_are_quiet(cast, program):
    meet(program, cast.mentor)
    today = timezone.localdate()
    DayOff.objects.filter(date=today).delete()
    holiday = DayOff.objects.create(date=today, kind=DayOff.Kind.FEDERAL, name="праздник")
    assert ask_due(at()) == 0
    holiday.delete()
    if today.weekday() > 4:
        DayOff.objects.create(date=today, kind=DayOff.Kind.WORKING, name="рабочий день")
    absences.note(cast.mentee.person, kind="leave", starts_on=today, ends_on=today, by=cast.mentee)
    assert ask_due(at()) == 1  # the mentor is here
    Program.objects.update(ends_on=today - timedelta(days=1), earliest_end=today - timedelta(days=9))
    assert ask_due(at(days=1)) == 0


def test_the_question_does_not_stand_on_the_desk_of_who_is_away(cast, program):
    question = asked(program, cast.mentor)["mentee"]
    assert f"relationship:{question.pk}" in keys(cast.mentee)
    today = timezone.localdate()
    absences.note(cast.mentee.person, kind="away", starts_on=today, ends_on=today, by=cast.curator)
    assert f"relationship:{question.pk}" not in keys(cast.mentee)


def test_one_letter_a_term_and_none_after_the_answer(cast, program):
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    question = asked(program, cast.mentor)["mentee"]
    for n in (1, 5, 20):
        ask_due(at(days=n))
    letters = OutboxMail.objects.filter(template="relationship_asked", person_id=cast.mentee.person_id)
    assert letters.count() == 1
    answered(question, cast.mentee, "good")
    assert f"relationship:{question.pk}" not in keys(cast.mentee)


def test_a_further_program_costs_the_clock_no_query(cast, program, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from programs.relationship.asking import due

    meet(program, cast.mentor)
    with CaptureQueriesContext(connection) as one:
        assert len(list(due(timezone.localdate()))) == 2
    another = others(cast)
    meet(make_running(another)[0], another.mentor)
    with django_assert_num_queries(len(one)):
        assert len(list(due(timezone.localdate()))) == 4


# --- answered -----------------------------------------------------------------------------------------------------


@pytest.mark.clause("5.2-i2")
def test_the_mentee_says_how_the_work_together_goes_and_is_offered_a_way_out(cast, program, as_user):
    """The mentee answers the question about the relationship; a low answer opens ways to set it right."""
    question = asked(program, cast.mentor)["mentee"]
    url, client = question.get_absolute_url(), as_user(cast.mentee)
    page = client.get(f"{url}answer/")
    name = cast.curator.person.short_name
    assert f"тот, кто ответил, и куратор. Сейчас это {name.removesuffix('.')}" in page.content.decode()
    assert client.post(f"{url}answer/", {"level": "never"}).context["form"].errors
    answer = client.post(f"{url}answer/", {"level": "good"}, follow=True)
    assert answer.context["ways"] == []
    answer = client.post(f"{url}answer/", {"level": "hard", "word": "видимся на бегу"}, follow=True)
    ways = answer.context["ways"]
    assert ways[0].title == "Поговорить с куратором" and name in ways[0].words
    petition = client.get(ways[-1].url)
    assert petition.context["form"]["reason"].value() == "Прошу рассмотреть замену наставника. видимся на бегу"
    assert not Petition.objects.exists()  # nothing is sent before the person sends it
    form = petition.context["form"]
    client.post(ways[-1].url, {"reason": form["reason"].value(), "request_key": str(form["request_key"].value())})
    assert Petition.objects.get().kind == "replace"


def test_the_mentor_is_offered_the_statement_of_relief(cast, program, as_user):
    question = answered(asked(program, cast.mentor)["mentor"], cast.mentor, "talk")
    page = as_user(cast.mentor).get(question.get_absolute_url())
    reason = as_user(cast.mentor).get(page.context["ways"][-1].url).context["form"]["reason"].value()
    assert reason == "Прошу сложить с меня обязанности наставника."


def test_an_answer_changes_until_somebody_has_acted(cast, program):
    question = answered(asked(program, cast.mentor)["mentee"], cast.mentee, "hard")
    question = answered(question, cast.mentee, "talk")
    acts.settle(question, by=cast.curator)
    with pytest.raises(Already):
        answered(question, cast.mentee, "good")
    undo.undo(Act.objects.about(question).get(verb="settle"), by=cast.curator)
    assert answered(question, cast.mentee, "good").level == "good"


def test_the_paper_of_who_never_logs_in_is_recorded_by_who_reads_it(cast, program, as_user):
    question = asked(program, cast.mentor)["mentee"]
    url = f"{question.get_absolute_url()}answer/"
    as_user(cast.curator).post(url, {"level": "hard", "word": "с бумаги"})
    assert reload(question).answered_by == cast.curator
    for user in (cast.director, cast.mentor, cast.clerk):
        assert as_user(user).post(url, {"level": "good"}).status_code == 404
    again = as_user(cast.curator).get(url)
    assert again.status_code == 302  # an answer of somebody is changed only by its author


MAY = {
    "answer": {"curator", "mentee"},
    "change": {"mentee"},
    "settle": {"curator"},
    "undo_settle": {"curator"},
    "lapse": set(),
}


@pytest.mark.parametrize("state", RelationshipAnswer.State.values)
def test_every_step_by_everybody_in_every_state(cast, program, state):
    question = asked(program, cast.mentor)["mentee"]
    now = timezone.now()
    given = {"level": "hard", "answered_at": now, "answered_by": cast.mentee}
    blank = {"level": "", "answered_at": None, "answered_by": None}
    known = given if state in ("answered", "settled") else blank
    RelationshipAnswer.objects.filter(pk=question.pk).update(
        state=state, settled_at=now, settled_by=cast.curator, **known
    )
    fresh, wrong = reload(question), []
    for step in RELATIONSHIP:
        for name in ALL:
            columns = given if step.target == "answered" else None
            got = attempt(fresh, step.name, getattr(cast, name), columns)
            if got != expected(name, state, MAY[step.name], step.sources):
                wrong.append((step.name, name, got))
    assert wrong == []


# --- who reads ----------------------------------------------------------------------------------------------------


def readers(answer, cast):
    people = {name: User.objects.get(pk=getattr(cast, name).pk) for name in ALL}  # who holds what is read once for each
    return {name for name, user in people.items() if RelationshipAnswer.objects.read_by(user).filter(pk=answer.pk)}


def test_the_curator_reads_and_where_all_curators_are_parties_the_next(cast, program):
    answer = answered(asked(program, cast.mentor)["mentee"], cast.mentee)
    assert readers(answer, cast) == {"curator"}
    assert [p.pk for p in readers_of(program.pairing)] == [cast.curator.person_id]
    made = Interest.objects.create(
        person=cast.curator.person, about=cast.mentor.person, reason="сестра", declared_by=cast.curator
    )
    assert readers(answer, cast) == {"director"}
    assert [p.pk for p in readers_of(program.pairing)] == [cast.director.person_id]
    second = make_user(None, "curator")
    assert readers(answer, cast) == set() and RelationshipAnswer.objects.read_by(second).exists()
    RoleGrant.objects.filter(person=second.person).delete()
    Interest.objects.create(
        person=cast.director.person, about=cast.mentee.person, reason="брат", declared_by=cast.director
    )
    assert readers(answer, cast) == {"chair"}
    made.ended_at = timezone.now()
    made.save()
    assert readers(answer, cast) == {"curator"}


def test_a_curator_who_leads_the_pair_reads_nothing_of_the_mentee(cast, as_user):
    own, _ = make_running(type(cast)(**vars(cast) | {"mentor": cast.curator}))
    questions = asked(own, cast.curator)
    answer = answered(questions["mentee"], cast.mentee, "talk", "канарейка")
    assert readers(answer, cast) == {"director"}
    assert f"relationship:{answer.pk}:low" in keys(cast.director)
    assert f"relationship:{answer.pk}:low" not in keys(cast.curator)
    assert as_user(cast.curator).get(answer.get_absolute_url()).status_code == 404
    rows = as_user(cast.curator).get("/relationships/").context["listing"].rows
    assert [row.part for row in rows] == ["наставник"]  # one's own
    with pytest.raises(NotAllowed):
        acts.settle(answer, by=cast.curator)


def test_the_roster_of_who_has_not_answered_is_the_curators(cast, program, as_user):
    questions = asked(program, cast.mentor)
    answered(questions["mentor"], cast.mentor, "good")
    waiting = as_user(cast.curator).get("/relationships/?state=asked").context["listing"]
    assert [row.name for row in waiting.rows] == [cast.mentee.person.short_name]
    for name in ("director", "chair", "secretary", "council", "clerk", "sysadmin", "stranger"):
        assert as_user(getattr(cast, name)).get("/relationships/?state=").context["listing"].rows == []
    mine = as_user(cast.mentor).get("/relationships/?state=").context["listing"].rows
    assert len(mine) == 1


# --- the sign -----------------------------------------------------------------------------------------------------


def judged(**values):
    found = judge(Facts(program=1, running=100, left=100, **values))
    return [(reason.code, reason.weight) for reason in found.reasons]


def test_the_sign_at_its_edges():
    assert judged() == []
    assert judged(uneasy=0) == [("relationship", 25)]
    assert judged(uneasy=6) == [("relationship", 25)]
    assert judged(uneasy=7) == [("relationship", 50)]
    assert judged(uneasy=0, wants_talk=True) == [("relationship", 50)]
    assert judge(Facts(program=1, running=13, left=100, uneasy=9)).reasons == ()


def test_a_low_answer_is_a_sign_for_who_reads_it_and_for_nobody_else(cast, program, as_user):
    answer = answered(asked(program, cast.mentor)["mentee"], cast.mentee, "talk")
    programs = Program.objects.all()

    def codes(user):
        reader = user and User.objects.get(pk=user.pk)
        return {reason.code for reason in look(programs, reader=reader)[program.pk].reasons}

    assert "relationship" in codes(cast.curator)
    assert "relationship" not in codes(cast.director) | codes(None) | codes(cast.mentor) | codes(cast.chair)
    rows = as_user(cast.curator).get("/programs/attention/").context["listing"].rows
    assert "как работается вместе, ответ дан сегодня" in str(rows) and f"/programs/{program.pk}/relationships/" in str(
        rows
    )
    led = as_user(cast.curator).get(f"/programs/{program.pk}/relationships/")
    assert led.url == answer.get_absolute_url()
    acts.settle(answer, by=cast.curator)
    assert "relationship" not in codes(cast.curator)
    assert f"relationship:{answer.pk}:low" not in keys(cast.curator)


def test_only_the_last_answer_counts(cast, program):
    answer = answered(asked(program, cast.mentor)["mentee"], cast.mentee, "hard")
    RelationshipAnswer.objects.update(asked_on=timezone.localdate() - timedelta(days=40))
    ask_due(at())
    assert RelationshipAnswer.objects.low().get() == answer
    answered(RelationshipAnswer.objects.get(state="asked", participation=answer.participation), cast.mentee, "good")
    assert not RelationshipAnswer.objects.low().exists()


def test_letters_and_the_log_never_say_what_was_answered(cast, program, as_user):
    """The other side, and whoever keeps letters and the log, read that somebody was asked; never a level or a word."""
    Person.objects.update(email="all@school.example")
    answer = answered(asked(program, cast.mentor)["mentee"], cast.mentee, "hard", "канарейка")
    texts = [*OutboxMail.objects.values_list("text", flat=True), *Act.objects.values_list("words", flat=True)]
    assert OutboxMail.objects.filter(template="relationship_low").count() == 1
    said = ("канарейка", "рудност", "оговорить с куратором", "hard")
    assert [text for text in texts if any(word in text for word in said)] == []
    assert not any("hard" in str(facts) for facts in Act.objects.about(answer).values_list("facts", flat=True))
    for page in ("", "history/", "journal/", "people/", "requests/", "difficulties/"):
        for user in (cast.mentor, cast.director, cast.council):
            text = as_user(user).get(f"/programs/{program.pk}/{page}").content.decode()
            assert not any(word in text for word in ("канарейка", "Есть трудности"))


# --- how long -----------------------------------------------------------------------------------------------------


def test_a_year_after_the_end_nothing_is_left(cast, program):
    answered(asked(program, cast.mentor)["mentee"], cast.mentee)
    today = timezone.localdate()
    Program.objects.filter(pk=program.pk).update(state="completed", ended_on=today - timedelta(days=365))
    assert retention.destroy_old() == 0
    Program.objects.filter(pk=program.pk).update(ended_on=today - timedelta(days=366))
    assert retention.destroy_old() == 2 and not RelationshipAnswer.objects.exists()


def test_with_the_data_of_a_person_the_answers_go(cast, program):
    answered(asked(program, cast.mentor)["mentee"], cast.mentee)
    person = cast.mentee.person
    assert retention.DATA.found(person) == ["1\u00a0ответ"]
    assert retention.DATA.erase(person) == 1 and retention.DATA.found(person) == []
    assert open_ones() == 1
