"""Acts of pairs and groups: what each needs, what it writes, what it refuses, who hears of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, complaints, reload
from people.banks.models import Candidate
from people.consents.models import Consent
from people.school.models import School
from programs.pairings import acts as pairing_acts
from programs.pairings import reminders
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from tests.factories import make_candidate, make_consent, make_pairing, make_person

pytestmark = pytest.mark.point("12")


@pytest.fixture
def bank(cast):
    """Return a function that proposes with the given changes of a correct proposal."""
    mentor = make_candidate(make_person("Мельник", "Ольга", "Львовна"), "mentor", by=cast.director, capacity=2)
    mentees = [make_candidate(make_person(), "mentee", by=cast.director) for _ in range(3)]
    today = timezone.localdate()

    def propose(**changes):
        values = {
            "by": cast.curator,
            "kind": "pair",
            "mentor": mentor,
            "mentees": mentees[:1],
            "topics": list(mentor.topics.all()),
            "why": "подходят",
            "profile_fits": True,
            "planned_from": today,
            "planned_to": today + timedelta(days=180),
        }
        return pairing_acts.propose(**values | changes)

    propose.mentor, propose.mentees = mentor, mentees
    return propose


def refusal(act, *args, **values):
    with pytest.raises(Refused) as caught:
        act(*args, **values)
    return str(caught.value)


def again(user):
    """The user read again: roles are kept for a request."""
    return type(user).objects.get(pk=user.pk)


def letters(name):
    return OutboxMail.objects.filter(template=f"pairing_{name}")


def part(pairing, name):
    return pairing.participations.filter(part=name).first()


@pytest.mark.clause("3.5-c1")
def test_a_proposal_stands_with_its_people_and_letters(bank, cast):
    bank.mentor.person.email = "melnik@school.example"
    bank.mentor.person.save()
    pairing = bank(by=cast.council)
    assert (pairing.state, pairing.kind, pairing.proposed_by) == ("proposed", "pair", cast.council)
    people = list(pairing.participations.values_list("part", "person_id"))
    assert people == [("mentor", bank.mentor.person_id), ("mentee", bank.mentees[0].person_id)]
    assert part(pairing, "mentor").employment.post == "преподаватель по классу фортепиано"
    assert pairing_title(reload(pairing)) == f"Мельник О.\u00a0Л. — {bank.mentees[0].person.short_name}".replace(
        "Мельник О.", "Мельник\u00a0О."
    )
    assert [m.to for m in letters("proposed")] == ["melnik@school.example"]


def test_the_same_request_makes_one_pairing(bank):
    key = uuid4()
    assert bank(request_key=key).pk == bank(request_key=key).pk
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize("role", ["director", "clerk", "sysadmin", "mentor", "stranger"])
def test_only_curator_and_council_propose(bank, cast, role):
    with pytest.raises(NotAllowed):
        bank(by=getattr(cast, role))


@pytest.mark.clause("2.3-f")
def test_a_group_has_two_or_more_different_mentees(bank):
    assert refusal(bank, kind="group") == "В группе от двух разных наставляемых (п. 2.3 Положения)"
    twice = [bank.mentees[0]] * 2
    assert "от двух разных" in refusal(bank, kind="group", mentees=twice)
    assert refusal(bank, mentees=bank.mentees[:2]) == "В паре один наставляемый. Для нескольких выберите группу"
    assert bank(kind="group", mentees=bank.mentees[:2]).participations.count() == 3


def test_nobody_is_own_mentor(bank, cast):
    oneself = make_candidate(bank.mentor.person, "mentee", by=cast.director)
    assert "нельзя быть наставником самому себе" in refusal(bank, mentees=[oneself])


def test_parts_are_not_mixed_up(bank):
    assert "из банка наставников" in refusal(bank, mentor=bank.mentees[1])


@pytest.mark.parametrize("state", ["applied", "relieved"])
def test_everybody_stands_in_a_bank(bank, state):
    Candidate.objects.filter(pk=bank.mentees[0].pk).update(state=state)
    assert "не стоит в банке" in refusal(bank)


def test_a_mentee_has_one_live_pairing(bank):
    bank()
    assert f"{bank.mentees[0].person.short_name} уже в паре: Мельник" in refusal(bank)


def test_a_mentee_of_a_failed_pair_is_free_again(bank, cast):
    pairing_acts.decline(bank(), by=cast.chair, reason="не то")
    assert bank().state == "proposed"


def test_places_are_counted_with_proposed_ones(bank):
    bank(kind="group", mentees=bank.mentees[:2])
    text = refusal(bank, mentees=bank.mentees[2:])
    assert text.startswith("У наставника нет места: Мельник")
    assert "больше 2\u00a0наставляемых" in text


@pytest.mark.clause("3.5-c2", "6.1-a")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"profile_fits": False},
            "Подтвердите, что профиль наставника отвечает запросам каждого наставляемого (п. 6.1 Положения)",
        ),
        ({"topics": []}, "Отметьте хотя бы одну тему (п. 3.5 Положения)"),
        ({"why": " "}, "Напишите, почему эти люди подходят друг другу"),
        ({"planned_to": None}, "Не указан срок закрепления"),
    ],
)
def test_reasons_are_asked_for(bank, change, sentence):
    assert refusal(bank, **change) == sentence


@pytest.mark.parametrize(("days", "fits"), [(60, False), (95, True), (364, True), (370, False)])
def test_the_term_is_from_three_months_to_a_year(bank, days, fits):
    end = timezone.localdate() + timedelta(days=days)
    if fits:
        assert bank(planned_to=end).planned_to == end
    else:
        assert "от 3 месяцев до 1 года" in refusal(bank, planned_to=end)


def test_all_reasons_come_at_once(bank):
    with pytest.raises(Refused) as caught:
        bank(topics=[], why="", profile_fits=False)
    assert len(caught.value.sentences) == 3


@pytest.mark.clause("6.2-a")
def test_yes_is_written_and_can_be_taken_back_before_the_order(cast):
    pairing = make_pairing(cast, "recommended", mentee=cast.mentee)
    mine = part(pairing, "mentee")
    pairing_acts.answer(mine, "no", by=cast.mentee, reason="нет времени")
    pairing.refresh_from_db()
    assert (pairing.state, pairing.reason) == ("declined", "Пара не сложилась до приказа")


@pytest.mark.clause("1.3-5", "6.2-a")
def test_a_refusal_removes_the_proposal_and_tells_nobody_whose_it_was(cast):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee, complete=False)
    pairing_acts.answer(part(pairing, "mentor"), "yes", by=cast.mentor)
    pairing_acts.answer(part(pairing, "mentee"), "no", by=cast.mentee, reason="секретная причина")
    pairing.refresh_from_db()
    assert pairing.state == "declined"
    told = " ".join(m.subject + m.text for m in OutboxMail.objects.exclude(template="pairing_proposed"))
    assert "секретная причина" not in told
    assert "не сложилась" in told
    assert [m.to for m in letters("closed")] == [cast.mentor.email]
    assert [m.to for m in letters("refused")] == [cast.curator.email]
    assert "секретная причина" not in str(list(Act.objects.values_list("words", "facts")))
    with pytest.raises(Already) as caught:
        pairing_acts.answer(part(pairing, "mentor"), "no", by=cast.mentor, reason="и я")
    assert str(caught.value) == "Ответ уже не нужен: пара не сложилась"


def test_a_refusal_needs_a_reason(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    assert "Напишите, почему нет" in refusal(pairing_acts.answer, part(pairing, "mentee"), "no", by=cast.mentee)
    assert "Выберите" in refusal(pairing_acts.answer, part(pairing, "mentee"), "maybe", by=cast.mentee)


def test_an_answer_belongs_to_its_person(cast):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    for user in (cast.mentor, cast.director, cast.chair, cast.stranger):
        with pytest.raises(NotAllowed):
            pairing_acts.answer(part(pairing, "mentee"), "yes", by=user)


def test_the_curator_writes_down_an_answer_and_the_log_says_so(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    done = pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.curator)
    assert (done.wish, done.wish_by) == ("yes", cast.curator)
    act = Act.objects.about(pairing).last()
    assert (act.words, act.facts["behalf"]) == ("ответ записан со слов участника", True)


def test_a_curator_in_the_pair_does_not_answer_for_the_other_side(cast):
    pairing = make_pairing(cast, mentor=cast.curator, mentee=cast.mentee)
    with pytest.raises(NotAllowed):
        pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.curator)


def test_the_same_answer_twice_is_said_calmly(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.mentee)
    with pytest.raises(Already):
        pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.mentee)


def test_the_council_hears_when_all_have_answered(cast):
    pairing = make_pairing(cast)
    pairing_acts.answer(part(pairing, "mentor"), "yes", by=cast.curator)
    assert not letters("agreed").exists()
    pairing_acts.answer(part(pairing, "mentee"), "yes", by=cast.curator)
    assert {m.to for m in letters("agreed")} == {cast.chair.email, cast.secretary.email}


@pytest.mark.clause("3.5-c2")
def test_topics_are_confirmed_once_and_may_be_corrected(cast):
    from people.banks.models import Topic

    pairing, other = make_pairing(cast), Topic.objects.create(name="Другая тема")
    pairing_acts.confirm_topics(pairing, by=cast.secretary, topics=[other])
    assert (list(pairing.topics.all()), pairing.topics_confirmed_by) == ([other], cast.secretary)
    with pytest.raises(Already):
        pairing_acts.confirm_topics(pairing, by=cast.chair)


@pytest.mark.parametrize("role", ["director", "curator", "council", "clerk", "mentor"])
def test_topics_belong_to_the_council(cast, role):
    pairing = make_pairing(cast)
    with pytest.raises(NotAllowed):
        pairing_acts.confirm_topics(pairing, by=getattr(cast, role))


def test_a_pair_needs_a_topic_to_be_confirmed(cast):
    assert (
        refusal(pairing_acts.confirm_topics, make_pairing(cast), by=cast.chair, topics=[])
        == "Отметьте хотя бы одну тему"
    )


@pytest.mark.clause("3.5-c2", "6.1-b", "6.2-b")
def test_recommendation_needs_answers_and_topics(cast):
    pairing, today = make_pairing(cast), timezone.localdate()
    text = refusal(pairing_acts.recommend, pairing, by=cast.chair, minutes_number="3", minutes_date=today)
    assert text.count("хочет ли этой пары") == 2
    assert "Темы ещё не подтверждены" in text


def test_minutes_are_whole_and_not_of_tomorrow(cast):
    pairing, today = make_pairing(cast), timezone.localdate()
    assert "номер и дату" in refusal(
        pairing_acts.recommend, pairing, by=cast.chair, minutes_number=" ", minutes_date=today
    )
    assert "будущим днём" in refusal(
        pairing_acts.recommend, pairing, by=cast.chair, minutes_number="3", minutes_date=today + timedelta(days=1)
    )


def test_recommendation_asks_for_consents(cast):
    make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee, complete=False)
    assert {m.to for m in letters("duties")} == {cast.mentor.email, cast.mentee.email}
    assert [m.to for m in letters("recommended")] == [cast.curator.email]


@pytest.mark.clause("3.3-e1", "6.2-c")
def test_the_order_assigns(cast):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    today = timezone.localdate()
    assert (pairing.state, pairing.order_number, pairing.order_date, pairing.assigned_on) == (
        "assigned",
        "41-од",
        today,
        today,
    )
    assert set(pairing.participations.values_list("since", flat=True)) == {today}
    assert {m.to for m in letters("assigned")} == {cast.mentor.email, cast.mentee.email}
    assert [again(u).roles for u in (cast.mentor, cast.mentee)] == [{"mentor"}, {"mentee"}]


def _no_duties(pairing):
    Consent.objects.filter(purpose="duties", part="mentee").update(until=timezone.localdate() - timedelta(days=1))


def _no_processing(pairing):
    Consent.objects.filter(purpose="processing").update(until=timezone.localdate() - timedelta(days=1))


def _not_appointed(pairing):
    Candidate.objects.filter(part="mentor").update(state="approved", decided_at=timezone.now())


def _no_regulation(pairing):
    School.objects.update(regulation_number="", regulation_date=None)


def _no_place(pairing):
    Candidate.objects.filter(part="mentor").update(capacity_persons=0)


def _left_the_bank(pairing):
    Candidate.objects.filter(part="mentee").update(state="relieved")


def _no_term(pairing):
    Pairing.objects.update(planned_from=None, planned_to=None)


def _profile_unconfirmed(pairing):
    Pairing.objects.update(profile_fits=False)


def _taken_back(pairing):
    pairing.participations.update(wish="", wish_at=None, wish_by=None)


def _too_many(pairing):
    pairing.participations.create(person=make_person(), part="mentee")


def _nobody_leads(pairing):
    pairing.participations.filter(part="mentor").delete()


@pytest.mark.clause("3.1-a", "3.3-e2", "6.1-a", "6.1-b")
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_duties, "Нет письменного согласия на обязанности наставляемого"),
        (_no_processing, "Нет согласия на обработку персональных данных"),
        (_not_appointed, "ещё не назначен"),
        (_no_regulation, "Не записан приказ об утверждении Положения"),
        (_no_place, "может взять не больше"),
        (_left_the_bank, "не стоит в банке"),
        (_no_term, "Не указан срок закрепления"),
        (_profile_unconfirmed, "Не подтверждено, что профиль"),
        (_taken_back, "хочет ли этой пары"),
        (_too_many, "В паре один наставляемый"),
        (_nobody_leads, "Нет наставника"),
    ],
)
def test_the_order_waits_for_every_requirement(cast, spoil, sentence):
    pairing, today = make_pairing(cast, "recommended"), timezone.localdate()
    assert complaints(reload(pairing), "assign") == []
    spoil(pairing)
    assert sentence in refusal(pairing_acts.assign, pairing, by=cast.clerk, number="41-од", date=today, on=today)
    pairing.refresh_from_db()
    assert pairing.state == "recommended"


def test_the_order_may_appoint_its_mentor_itself(cast):
    pairing = make_pairing(cast, "recommended")
    _not_appointed(pairing)
    mentor = Candidate.objects.get(part="mentor")
    assert [c.text for c in pairing_acts.missing_for_order(reload(pairing))] == [
        f"{mentor.person.short_name} ещё не назначена наставником"
    ]
    assert pairing_acts.missing_for_order(reload(pairing), appointing=[mentor.pk]) == []


@pytest.mark.clause("3.3-e2")
def test_a_consent_for_another_pair_does_not_count(cast):
    pairing = make_pairing(cast, "recommended")
    Consent.objects.filter(purpose="duties").update(matter=uuid4())
    assert sum("письменного согласия" in str(c) for c in complaints(reload(pairing), "assign")) == 2


def test_no_order_before_its_papers(cast):
    pairing, today = make_pairing(cast, "recommended"), timezone.localdate()
    text = refusal(
        pairing_acts.assign, pairing, by=cast.clerk, number="1-од", date=today - timedelta(days=60), on=today
    )
    assert "раньше протокола совета" in text
    assert text.count("раньше согласия") == 2


def test_only_who_registers_orders_assigns(cast):
    pairing, today = make_pairing(cast, "recommended"), timezone.localdate()
    for role in ("chair", "council", "sysadmin", "mentor"):
        with pytest.raises(NotAllowed):
            pairing_acts.assign(pairing, by=getattr(cast, role), number="41-од", date=today, on=today)


def test_an_order_is_enacted_once(cast):
    pairing, today = make_pairing(cast, "assigned"), timezone.localdate()
    with pytest.raises(Already):
        pairing_acts.assign(pairing, by=cast.clerk, number="42-од", date=today, on=today)
    pairing.refresh_from_db()
    assert pairing.order_number == "41-од"


@pytest.mark.parametrize(
    ("act", "role", "state"),
    [(pairing_acts.decline, "chair", "declined"), (pairing_acts.withdraw, "curator", "withdrawn")],
)
def test_a_proposal_is_closed_with_a_reason(cast, act, role, state):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    assert "Напишите, почему" in refusal(act, pairing, by=getattr(cast, role), reason=" ")
    act(pairing, by=getattr(cast, role), reason="тайная причина")
    assert (pairing.state, pairing.reason) == (state, "тайная причина")
    closed = letters("closed")
    assert {m.to for m in closed} == {cast.mentor.email, cast.mentee.email}
    assert not any("тайная" in m.text for m in closed)


def test_an_official_who_is_the_other_side_is_not_told_through_whom_it_failed(cast):
    pairing = make_pairing(cast, mentor=cast.chair, mentee=cast.mentee)
    pairing_acts.answer(part(pairing, "mentee"), "no", by=cast.mentee, reason="нет")
    today = timezone.localdate()
    for act, values in (
        (pairing_acts.decline, {"reason": "да"}),
        (pairing_acts.recommend, {"minutes_number": "1", "minutes_date": today}),
    ):
        with pytest.raises(Already) as caught:
            act(pairing, by=cast.chair, **values)
        assert str(caught.value) == "Делать уже ничего не нужно: предложение закрыто"


def test_a_council_member_withdraws_only_own_proposals(cast):
    pairing = make_pairing(cast)
    with pytest.raises(NotAllowed):
        pairing_acts.withdraw(pairing, by=cast.council, reason="не нравится")
    Pairing.objects.update(proposed_by=cast.council)
    assert pairing_acts.withdraw(pairing, by=cast.council, reason="ошибся").state == "withdrawn"


def test_an_ended_pair_keeps_its_people_and_its_name(cast):
    pairing = make_pairing(cast, "dissolved", mentor=cast.mentor, mentee=cast.mentee)
    assert pairing.ended_on == timezone.localdate()
    assert len(reload(pairing).people) == 2
    assert cast.mentee.person.short_name in pairing_title(reload(pairing))
    assert "mentor" not in again(cast.mentor).roles


def test_a_pair_does_not_end_before_it_began(cast):
    pairing = make_pairing(cast, "assigned")
    assert "раньше, чем закреплена" in refusal(
        pairing_acts.dissolve, pairing, by=cast.clerk, on=timezone.localdate() - timedelta(days=1), reason="конец"
    )
    assert "Напишите" in refusal(pairing_acts.dissolve, pairing, by=cast.clerk, on=timezone.localdate(), reason="")


def test_a_reminder_goes_once_a_day(cast):
    pairing = make_pairing(cast, mentee=cast.mentee)
    one = part(pairing, "mentee")
    with time_machine.travel("2026-11-23 09:00+03:00", tick=False):
        reminders.remind(one, by=cast.curator, about="answer")
        with pytest.raises(Already) as caught:
            reminders.remind(one, by=cast.director, about="answer")
    assert str(caught.value).endswith("сегодня уже напоминали, в 09:00. Следующий раз — завтра")
    with time_machine.travel("2026-11-24 08:00+03:00", tick=False):
        reminders.remind(one, by=cast.council, about="duties")
    assert [m.to for m in letters("reminder")] == [cast.mentee.email] * 2


def test_a_reminder_needs_an_address_and_a_right(cast):
    pairing = make_pairing(cast, mentor=cast.mentor)
    assert "не записан e-mail. Напомните лично" in refusal(
        reminders.remind, part(pairing, "mentee"), by=cast.curator, about="answer"
    )
    with pytest.raises(NotAllowed):
        reminders.remind(part(pairing, "mentor"), by=cast.clerk, about="answer")
    pairing_acts.withdraw(pairing, by=cast.curator, reason="всё")
    with pytest.raises(Already):
        reminders.remind(part(pairing, "mentor"), by=cast.curator, about="answer")


@pytest.mark.point("12")
def test_the_council_is_reminded_once_a_day_when_its_word_is_next(cast):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
    with pytest.raises(NotAllowed):
        reminders.remind_council(pairing, by=cast.clerk)
    for name in ("mentor", "mentee"):
        with pytest.raises(Already, match="сейчас ход не за ним"):
            reminders.remind_council(pairing, by=cast.curator)
        pairing_acts.answer(part(pairing, name), "yes", by=getattr(cast, name))
    before = len(letters("agreed"))
    reminders.remind_council(pairing, by=cast.curator)
    assert sorted(m.to for m in letters("agreed")[before:]) == sorted([cast.chair.email, cast.secretary.email])
    with pytest.raises(Already, match="сегодня уже напоминали"):
        reminders.remind_council(pairing, by=cast.director)


def test_a_long_group_has_a_short_title(cast):
    pairing = make_pairing(cast, mentees=6)
    assert pairing_title(reload(pairing)).replace("\u00a0", " ").endswith(" и ещё 3")


@pytest.mark.clause("1.3-9")
def test_one_person_is_mentor_here_and_mentee_there(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor)
    make_pairing(cast, "assigned", mentee=cast.mentor)
    assert again(cast.mentor).roles == {"mentor", "mentee"}


def test_a_withdrawn_consent_shows_at_once(cast):
    pairing = make_pairing(cast, "recommended")
    make_consent(make_person(), by=cast.curator)
    _no_duties(pairing)
    assert [c.remind for c in complaints(reload(pairing), "assign")] == [part(pairing, "mentee").person_id]
