"""An act is taken back while nobody has acted on it: log, letters, who may, how long (10.13)."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site import mail, undo
from mentoring_site.files import store_bytes
from mentoring_site.models import Act, OutboxMail, StoredFile
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents.models import Consent
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting
from programs.journal.planning import acts as planning_acts
from programs.journal.planning import inbox as planning_inbox
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from programs.program.approval import acts as approval_acts
from programs.program.models import ActivityResult, Remark
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_program
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("10.13")]


def last(obj, verb):
    return Act.objects.about(obj).filter(verb=verb).last()


def address(obj, verb):
    return reverse("undo", args=[last(obj, verb).pk])


def undone(obj, verb):
    return [a for a in Act.objects.about(obj) if a.facts.get("undone") == last(obj, verb).pk]


@pytest.fixture
def running(cast):
    return make_running(cast)[0]


@pytest.fixture
def pairing(cast):
    return make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee, complete=False)


def propose_to_bank(cast):
    person = make_person()
    make_consent(person, by=cast.curator)
    return bank_acts.propose(person, "mentee", by=cast.curator)


# each kind


def test_a_meeting(cast, as_user, running):
    meet(running, cast.mentor)
    client = as_user(cast.mentor)
    question = client.get(address(running, "meeting")).content.decode()
    assert "Отменить запись о встрече?" in question
    page = client.post(address(running, "meeting"), follow=True).content.decode()
    assert "Отменено: записана встреча" in page
    assert not Meeting.objects.exists() and len(undone(running, "meeting")) == 1


def logged_from_a_plan(cast, program):
    """A planned meeting to whose time the mentee has objected, held today and logged with a photograph."""
    day = timezone.localdate() + timedelta(days=3)
    [planned] = planning_acts.plan(
        program,
        by=cast.mentor,
        first_on=day,
        starts_at=time(15),
        minutes=60,
        format="online",
        about="гаммы",
        participants=list(program.pairing.participations.live()),
        activity=program.activities.get(),
    )
    asked = planned.attendances.get(participation=side(program))
    planning_acts.does_not_suit(asked, by=cast.mentee, reason="лучше сегодня")
    before = Meeting.every.filter(pk=planned.pk).values().get()
    answers = list(
        planned.attendances.order_by("pk").values("participation", "objection", "objected_by", "objected_at")
    )
    photo = store_bytes(b"%PDF-1.4", name="снимок.pdf", content_type="application/pdf", by=cast.mentor)
    made = meet(program, cast.mentor, planned=planned, minutes=45, about="сыграли", files=[photo], request_key=uuid4())
    return made, before, answers


def test_a_meeting_logged_from_a_plan_is_the_plan_again(cast, as_user, running):
    """By «Отменить» and by taking the record back, with the time, the words, and the answers to the old time."""
    made, before, answers = logged_from_a_plan(cast, running)
    as_user(cast.mentor).post(address(running, "meeting"))
    for taken_back in ("undone", "dropped"):
        now = Meeting.every.filter(pk=made.pk).values().get()
        assert {k: v for k, v in now.items() if k != "version"} == {k: v for k, v in before.items() if k != "version"}
        rows = made.attendances.order_by("pk").values("participation", "objection", "objected_by", "objected_at")
        assert list(rows) == answers and not made.evidence.exists() and not StoredFile.objects.exists(), taken_back
        assert now["version"] > before["version"]
        assert [item.key for item in planning_inbox.items(cast.mentor)] == [f"meeting:{made.pk}:planned"]
        meet(running, cast.mentor, planned=made, about="сыграли ещё раз")
        if taken_back == "undone":
            url = reverse("programs:meeting_drop", args=[made.pk])
            assert "встреча снова назначена" in as_user(cast.mentor).post(url, follow=True).content.decode()
    assert "встреча снова назначена" in last(running, "drop_meeting").words


def test_the_time_of_the_plan_may_be_taken_and_a_confirmed_record_keeps_no_plan(cast, running):
    made, before, _ = logged_from_a_plan(cast, running)
    [other] = planning_acts.plan(
        running,
        by=cast.mentor,
        first_on=before["held_on"],
        starts_at=time(15),
        minutes=30,
        format="online",
        about="",
        participants=list(running.pairing.participations.live()),
    )
    with pytest.raises(Refused, match="назначена другая"):
        undo.undo(last(running, "meeting"), by=cast.mentor)
    planning_acts.cancel(other, by=cast.mentor, reason="лишняя")
    journal_acts.confirm_meeting(made.attendances.get(participation=side(running)), by=cast.mentee)
    made.refresh_from_db()
    assert made.former_plan is None


def test_a_confirmed_meeting_stays_and_the_sentence_says_who(cast, as_user, running):
    meeting = meet(running, cast.mentor)
    attendance = meeting.attendances.get(participation=side(running))
    journal_acts.confirm_meeting(attendance, by=cast.mentee)
    with pytest.raises(Refused) as refusal:
        undo.undo(last(running, "meeting"), by=cast.mentor)
    said = str(refusal.value)
    assert "подтверждена встреча" in said and cast.mentee.person.short_name in said
    assert "подтверждённая остаётся" in said
    page = as_user(cast.mentor).get(address(running, "meeting"), follow=True).content.decode()
    assert "Отменить уже нельзя" in page and Meeting.objects.exists()


def test_the_mark_of_an_activity(cast, as_user, running):
    activity = running.activities.get()
    journal_acts.do(activity, side(running), by=cast.mentee, result="готово")
    as_user(cast.mentee).post(address(running, "do"))
    assert not ActivityResult.objects.exists() and len(undone(running, "do")) == 1


def test_a_checked_activity_stays(cast, running):
    row = journal_acts.do(running.activities.get(), side(running), by=cast.mentee, result="готово")
    journal_acts.check(row, by=cast.mentor)
    with pytest.raises(Refused, match="принято наставником, "):
        undo.undo(last(running, "do"), by=cast.mentee)
    assert ActivityResult.objects.get().state == "checked"


def test_a_mark_after_a_return_is_corrected_and_not_undone(cast, running):
    row = journal_acts.do(running.activities.get(), side(running), by=cast.mentee, result="готово")
    journal_acts.send_back(row, by=cast.mentor, comment="подробнее")
    journal_acts.do(running.activities.get(), side(running), by=cast.mentee, result="подробно")
    with pytest.raises(Refused, match="уже возвращали"):
        undo.undo(last(running, "do"), by=cast.mentee)


def test_the_proposal_of_a_pair(cast, as_user, pairing):
    proposer = pairing.proposed_by
    page = as_user(proposer).get(address(pairing, "propose")).content.decode()
    assert "Предложение уйдёт из дел всех его участников" in page
    as_user(proposer).post(address(pairing, "propose"))
    pairing.refresh_from_db()
    assert (pairing.state, len(undone(pairing, "propose"))) == ("withdrawn", 1)


def test_a_proposal_that_somebody_answered_stays(cast, pairing):
    pairing_acts.answer(side_of(pairing, "mentor"), "yes", by=cast.mentor)
    with pytest.raises(Refused, match="Снять предложение"):
        undo.undo(last(pairing, "propose"), by=pairing.proposed_by)
    assert Pairing.objects.get().state == "proposed"


def side_of(pairing, part):
    return pairing.participations.get(part=part)


def test_an_answer(cast, as_user, pairing):
    pairing_acts.answer(side_of(pairing, "mentor"), "yes", by=cast.mentor)
    pairing_acts.answer(side_of(pairing, "mentee"), "yes", by=cast.mentee)  # what the other says changes nothing
    first = Act.objects.about(pairing).filter(verb="answer").first()
    as_user(cast.mentor).post(reverse("undo", args=[first.pk]))
    assert (side_of(pairing, "mentor").wish, side_of(pairing, "mentee").wish) == ("", "yes")
    assert first.pk in {a.facts.get("undone") for a in Act.objects.about(pairing)}


def refuse(cast, as_user, pairing):
    url = reverse("programs:pairing_answer", args=[pairing.pk])
    return as_user(cast.mentor).post(url, {"wish": "no", "reason": "нет времени"}, follow=True).content.decode()


def test_a_refusal_closes_the_proposal_and_is_taken_back_by_one_press(cast, as_user, pairing):
    """The proposal is open again as it was, what the others had said stands, letters of the refusal never leave."""
    pairing_acts.answer(side_of(pairing, "mentee"), "yes", by=cast.mentee)
    page = refuse(cast, as_user, pairing)
    assert f'action="{address(pairing, "answer")}"' in page
    assert OutboxMail.objects.filter(template__in=["pairing_closed", "pairing_refused"]).count() == 2
    OutboxMail.objects.filter(template="pairing_closed").update(sent_at=timezone.now(), text="")
    as_user(cast.mentor).post(address(pairing, "answer"))
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == ("proposed", "")
    assert (side_of(pairing, "mentor").wish, side_of(pairing, "mentee").wish) == ("", "yes")
    assert OutboxMail.objects.get(template="pairing_refused").last_error == mail.UNDONE
    told = OutboxMail.objects.get(template="undone").text  # who has refused is said in confidence (п. 6.1)
    assert "то, о чём оно, отменено." in told
    shown = as_user(cast.mentee).get(pairing.get_absolute_url()).content.decode()
    assert "Предложение снова рассматривается" in shown
    undo.undo(Act.objects.filter(verb="answer").first(), by=cast.mentee)  # nothing of the refusal stands against it
    assert side_of(pairing, "mentee").wish == ""


def propose_pair(cast, mentor, mentee):
    today = timezone.localdate()
    terms = {"planned_from": today, "planned_to": today + timedelta(days=200), "topics": list(mentor.topics.all())}
    return pairing_acts.propose(
        by=cast.curator, kind="pair", mentor=mentor, mentees=[mentee], why="подходит", profile_fits=True, **terms
    )


def test_a_refusal_after_a_yes_and_a_recommendation_leaves_both_standing(cast, as_user, pairing):
    for part in ("mentor", "mentee"):
        pairing_acts.answer(side_of(pairing, part), "yes", by=getattr(cast, part))
    said_at = side_of(pairing, "mentor").wish_at
    pairing_acts.confirm_topics(pairing, by=cast.chair)
    pairing_acts.recommend(pairing, by=cast.chair, minutes_number="3", minutes_date=timezone.localdate())
    refuse(cast, as_user, pairing)
    undo.undo(last(pairing, "answer"), by=cast.mentor)
    pairing.refresh_from_db()
    mine = side_of(pairing, "mentor")
    assert (pairing.state, pairing.minutes_number) == ("recommended", "3")
    assert (mine.wish, mine.wish_by, mine.wish_reason) == ("yes", cast.mentor, "")
    assert abs(mine.wish_at - said_at) < timedelta(seconds=5)


def test_a_refusal_stays_when_its_people_are_taken_by_now(cast, as_user, pairing):
    refuse(cast, as_user, pairing)
    mentor, mentee = (side_of(pairing, part).candidate for part in ("mentor", "mentee"))
    propose_pair(cast, make_candidate(make_person(), "mentor", by=cast.director), mentee)
    propose_pair(cast, mentor, make_candidate(make_person(), "mentee", by=cast.director))
    Candidate.objects.filter(pk=mentor.pk).update(capacity_persons=1)
    with pytest.raises(Refused) as refusal:
        undo.undo(last(pairing, "answer"), by=cast.mentor)
    said = str(refusal.value)
    assert f"{mentee.person.short_name} уже в паре" in said and "У наставника нет места" in said
    assert "Новое предлагает куратор" in said
    pairing.refresh_from_db()
    assert pairing.state == "declined" and side_of(pairing, "mentor").wish == "no"


def test_a_refusal_stays_without_the_consent_to_processing(cast, as_user, pairing):
    refuse(cast, as_user, pairing)
    consent = make_consent(cast.mentee.person, by=cast.curator)
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.filter(pk=consent.pk).update(given_on=yesterday, until=yesterday)
    with pytest.raises(Refused, match="согласия на обработку персональных данных больше нет"):
        undo.undo(last(pairing, "answer"), by=cast.mentor)


def test_the_message_of_an_answer_carries_the_way_back(cast, as_user, pairing):
    url = reverse("programs:pairing_answer", args=[pairing.pk])
    page = as_user(cast.mentor).post(url, {"wish": "yes"}, follow=True).content.decode()
    assert f'action="{address(pairing, "answer")}"' in page


def test_an_answer_that_the_council_has_used_stays_and_names_nobody_to_the_sides(cast, pairing):
    pairing_acts.answer(side_of(pairing, "mentor"), "yes", by=cast.mentor)
    pairing_acts.confirm_topics(pairing, by=cast.chair)
    with pytest.raises(Refused) as refusal:
        undo.undo(last(pairing, "answer"), by=cast.mentor)
    assert cast.chair.person.short_name not in str(refusal.value)
    assert side_of(pairing, "mentor").wish == "yes"


def test_a_proposal_to_a_bank(cast, as_user):
    candidate = propose_to_bank(cast)
    as_user(cast.curator).post(address(candidate, "propose"))
    candidate.refresh_from_db()
    assert (candidate.state, len(undone(candidate, "propose"))) == ("withdrawn", 1)


def test_a_proposal_to_a_bank_that_was_filled_in_stays(cast):
    candidate = propose_to_bank(cast)
    bank_acts.fill(candidate, by=cast.curator)
    with pytest.raises(Refused, match="анкета"):
        undo.undo(last(candidate, "propose"), by=cast.curator)
    assert Candidate.objects.get(pk=candidate.pk).state == "applied"


def test_a_remark(cast, as_user):
    program = make_program(cast, "submitted")
    made = approval_acts.remark(program, by=cast.chair, text="уточните срок")
    page = as_user(cast.chair).get(reverse("programs:history", args=[program.pk])).content.decode()
    assert address(program, "remark") in page
    as_user(cast.chair).post(address(program, "remark"))
    assert not Remark.objects.filter(pk=made.pk).exists() and len(undone(program, "remark")) == 1


def test_a_remark_that_was_taken_into_account_stays(cast):
    program = make_program(cast, "draft")
    made = approval_acts.remark(program, by=cast.chair, text="уточните срок")
    approval_acts.resolve(made, by=cast.curator)
    with pytest.raises(Refused, match="замечание учтено"):
        undo.undo(last(program, "remark"), by=cast.chair)
    assert Remark.objects.filter(pk=made.pk).exists()


# what holds for all


def test_letters_that_have_not_left_never_leave_and_who_got_one_is_told(cast, pairing):
    first, second = OutboxMail.objects.filter(act=last(pairing, "propose")).order_by("pk")[:2]
    OutboxMail.objects.filter(pk=first.pk).update(sent_at=timezone.now(), text="")
    undo.undo(last(pairing, "propose"), by=pairing.proposed_by)
    second.refresh_from_db()
    assert (second.failed_at is not None, second.text) == (True, "")
    told = OutboxMail.objects.get(template="undone")
    assert (told.to, told.person_id, told.subject) == (first.to, first.person_id, f"Отменено: {first.subject}")
    assert pairing.proposed_by.person.short_name in told.text


def test_a_letter_that_is_leaving_counts_as_one_that_has_left(cast, pairing):
    letters = OutboxMail.objects.filter(act=last(pairing, "propose"))
    letters.update(claimed_until=timezone.now() + timedelta(minutes=1))
    undo.undo(last(pairing, "propose"), by=pairing.proposed_by)
    assert OutboxMail.objects.filter(template="undone").count() == letters.count() > 0


def test_a_letter_of_another_act_is_left_alone(cast, pairing):
    other = make_pairing(cast, complete=False)
    undo.undo(last(pairing, "propose"), by=pairing.proposed_by)
    assert not OutboxMail.objects.filter(act=last(other, "propose"), failed_at__isnull=False).exists()


def test_pressed_twice(cast, as_user, running):
    meet(running, cast.mentor)
    act = last(running, "meeting")
    undo.undo(act, by=cast.mentor)
    with pytest.raises(Already):
        undo.undo(act, by=cast.mentor)
    assert "уже отменено" in as_user(cast.mentor).post(address(running, "meeting"), follow=True).content.decode()
    assert len(undone(running, "meeting")) == 1


def test_only_who_did_it_and_whom_the_right_allows(cast, as_user, running):
    pairing = make_pairing(cast, complete=False)
    meet(running, cast.mentor)
    act = last(running, "meeting")
    with pytest.raises(NotAllowed):
        undo.undo(act, by=cast.mentee)
    for user in (cast.mentee, cast.director, cast.stranger):
        assert as_user(user).post(address(running, "meeting")).status_code == 404
    assert Meeting.objects.exists()
    undo.undo(last(pairing, "propose"), by=cast.curator)
    assert Pairing.objects.get(pk=pairing.pk).state == "withdrawn"


def test_not_after_three_days_and_no_other_act(cast, as_user, running, monkeypatch):
    meet(running, cast.mentor)
    monkeypatch.setattr(undo, "WITHIN", timedelta(0))
    with pytest.raises(Refused, match="в течение трёх дней"):
        undo.undo(last(running, "meeting"), by=cast.mentor)
    begun = last(running, "begin") or last(running, "approve")
    assert as_user(begun.actor).post(reverse("undo", args=[begun.pk])).status_code == 404


def test_an_undone_step_in_between_does_not_stand_in_the_way(cast, pairing):
    pairing_acts.answer(side_of(pairing, "mentor"), "yes", by=cast.mentor)
    undo.undo(last(pairing, "answer"), by=cast.mentor)
    undo.undo(last(pairing, "propose"), by=pairing.proposed_by)
    assert Pairing.objects.get().state == "withdrawn"


def test_the_message_and_the_history_carry_the_way_back(cast, as_user, running):
    client = as_user(cast.mentor)
    data = {
        "held_on": timezone.localdate(),
        "minutes": 45,
        "format": "together",
        "about": "темп",
        "request_key": uuid4(),
    }
    page = client.post(reverse("programs:meeting_new", args=[running.pk]), data, follow=True).content.decode()
    assert f'action="{address(running, "meeting")}"' in page
    shown = reverse("programs:history", args=[running.pk])
    assert address(running, "meeting") in client.get(shown).content.decode()
    assert address(running, "meeting") not in as_user(cast.curator).get(shown).content.decode()
    client.post(address(running, "meeting"))
    assert address(running, "meeting") not in client.get(shown).content.decode()
