"""Acts of completion and of publication: the reasons of п. 7.1, the words of both sides, the order, the
public (п. 5.2, 8.1, 8.2).
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, complaints
from people.banks.models import Statement
from people.language.mentions import people_named_in
from people.register.models import Person
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.models import Completion, Outcome
from programs.pairings.models import Pairing
from programs.program.models import Program
from tests.factories import make_consent, make_person, make_program, make_user
from tests.programs.journal.kit import (
    CONCLUSION,
    REASON,
    RESULTS,
    conclude,
    do_all,
    make_completion,
    make_published,
    make_running,
    side,
)

pytestmark = [pytest.mark.django_db, pytest.mark.point("17")]
OWN = {"plan", "mutual"}
MAY = {
    "curator": {"plan", "mentor", "mentee", "mutual", "improper", "force"},
    "mentor": OWN | {"mentor"},
    "mentee": OWN | {"mentee"},
}


def propose(cast, program, who, reason, **values):
    words = "" if reason == "plan" else REASON
    return completion_acts.propose(
        program, side(program), by=getattr(cast, who), reason=reason, **({"circumstances": words} | values)
    )


def missing(c, name="ready"):
    return [x.text for x in complaints(Completion.objects.with_requirements().get(pk=c.pk), name)]


@pytest.mark.clause("7.1-b1", "7.1-b2", "7.1-c1", "7.1-c2")
def test_who_may_name_which_reason(cast):
    program, _ = make_running(cast)
    for who in ["curator", "mentor", "mentee", "director", "chair", "council", "clerk", "sysadmin", "stranger"]:
        for reason in set(Completion.Reason.values) - {Completion.Reason.CONSENT}:  # that one needs an ended consent
            try:
                with transaction.atomic():
                    propose(cast, program, who, reason, notice_on=timezone.localdate())
                    transaction.set_rollback(True)
                found = True
            except NotAllowed:
                found = False
            assert found == (reason in MAY.get(who, set())), (who, reason)


@pytest.mark.clause("7.1-b4")
@pytest.mark.parametrize("reason", ["mentee", "mutual", "improper", "force"])
def test_every_reason_but_the_plan_needs_circumstances(cast, reason):
    program, _ = make_running(cast)
    with pytest.raises(Refused, match="уважительные обстоятельства"):
        propose(cast, program, "curator", reason, circumstances="  ", notice_on=timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(program=program, participation=side(program), reason=reason)


@pytest.mark.point("9.7")
def test_a_mentor_refuses_without_circumstances(cast):
    """ТК 351.8 asks no reason of a mentor who refuses; the law is wider than п. 7.1."""
    program, _ = make_running(cast)
    made = propose(cast, program, "curator", "mentor", circumstances="  ", notice_on=timezone.localdate())
    assert (made.circumstances, made.notice_on) == ("", timezone.localdate())


def test_an_initiative_is_dated(cast):
    program, _ = make_running(cast)
    today = timezone.localdate()
    with pytest.raises(Refused, match="дату заявления"):
        propose(cast, program, "curator", "mentor")
    with pytest.raises(Refused, match="будущим числом"):
        propose(cast, program, "curator", "mentor", notice_on=today + timedelta(days=1))
    with pytest.raises(Refused, match="не может быть раньше"):
        propose(cast, program, "curator", "mentor", notice_on=today - timedelta(days=99))
    assert propose(cast, program, "mentee", "mentee").notice_on == today


def test_one_completion_for_one_mentee_and_a_second_press(cast):
    program, _ = make_running(cast)
    key = uuid4()
    first = propose(cast, program, "curator", "plan", request_key=key)
    assert propose(cast, program, "curator", "plan", request_key=key) == first
    with pytest.raises(Refused, match="уже готовится"):
        propose(cast, program, "mentor", "plan")
    completion_acts.withdraw(first, by=cast.curator)
    assert propose(cast, program, "mentor", "plan").pk != first.pk


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_only_a_running_program_is_completed(cast, state):
    program = make_program(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    with pytest.raises(Refused, match="которая реализуется"):
        propose(cast, program, "curator", "plan")


def test_a_mentee_of_a_group_completes_only_for_oneself(cast):
    program, _ = make_running(cast, mentees=2)
    other = next(
        p for p in program.pairing.participations.filter(part="mentee") if p.person_id != cast.mentee.person_id
    )
    with pytest.raises(NotAllowed, match="только для себя"):
        completion_acts.propose(program, other, by=cast.mentee, reason="mentee", circumstances=REASON)


@pytest.mark.clause("7.1-a")
def test_the_plan_must_be_done_and_checked(cast):
    program, _activity = make_running(cast)
    c = propose(cast, program, "curator", "plan")
    assert "ближайшее — «Взаимопосещение уроков»" in missing(c)[0]
    with pytest.raises(Refused, match="Не выполнено или не проверено"):
        completion_acts.submit_for_order(c, by=cast.curator)
    do_all(program, cast)
    assert missing(c) == [
        "Нет итога по затруднению «чтение с листа»",
        "Нет заключения наставника",
        "Нет отзыва наставляемого",
    ]


@pytest.mark.parametrize("reason", ["mentor", "mentee", "mutual", "improper", "force"])
def test_the_other_reasons_do_not_ask_for_the_whole_plan(cast, reason):
    c = make_completion(cast, reason=reason)
    assert missing(c) == []
    assert completion_acts.submit_for_order(c, by=cast.curator).state == "ready"


@pytest.mark.clause("7.1-b3")
def test_a_mutual_decision_needs_both_sides(cast):
    program, _ = make_running(cast)
    c = propose(cast, program, "mentor", "mutual")
    assert "Нет согласия наставляемого на завершение" in missing(c)
    for name in ("stranger", "director", "clerk", "curator"):
        with pytest.raises(NotAllowed, match=completion_acts.AGREED_BY):
            completion_acts.agree_to(c, by=getattr(cast, name))  # a curator names the side
    with pytest.raises(Already):
        completion_acts.agree_to(c, by=cast.mentor)
    completion_acts.agree_to(c, by=cast.mentee)
    assert "Нет согласия наставляемого на завершение" not in missing(c)


def test_no_agreement_where_none_is_asked(cast):
    c = make_completion(cast, reason="improper", written=False)
    with pytest.raises(Refused, match="по обоюдному решению"):
        completion_acts.agree_to(c, by=cast.mentor)


@pytest.mark.clause("5.2-h")
def test_the_conclusion_is_the_mentors(cast):
    c = make_completion(cast, written=False, reason="force")
    for name in ("mentee", "director", "chair", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            conclude(c, getattr(cast, name))
    for bad in ({"conclusion": " "}, {"verdict": ""}, {"verdict": "perfect"}):
        with pytest.raises(Refused, match="выберите вывод"):
            conclude(c, cast.mentor, **bad)
    c = conclude(c, cast.mentor, discipline="собранна")
    assert (c.conclusion, c.discipline, c.concluded_by) == (CONCLUSION, "собранна", cast.mentor)
    assert Outcome.objects.get().level == "resolved"


def test_an_outcome_belongs_to_this_mentees_difficulty(cast):
    program, _ = make_running(cast, mentees=2)
    c = make_completion(cast, program, reason="force", written=False)
    foreign = program.difficulties.exclude(candidate=c.participation.candidate_id).get()
    with pytest.raises(Refused, match="этого наставляемого"):
        conclude(c, cast.mentor, outcomes={foreign.pk: ("resolved", "")})
    own = completion_acts.difficulties_of(c).get()
    with pytest.raises(Refused, match="этого наставляемого"):
        conclude(c, cast.mentor, outcomes={own.pk: ("gone", "")})


@pytest.mark.clause("5.2-g")
def test_a_difficulty_is_closed_by_both(cast):
    c = make_completion(cast)
    assert missing(c) == []
    conclude(Completion.objects.get(pk=c.pk), cast.mentor)
    assert missing(c) == ["Итоги по затруднениям записаны позже отзыва, наставляемый их ещё не подтвердил (п. 5.2)"]
    completion_acts.review(Completion.objects.get(pk=c.pk), by=cast.mentee, review="подтверждаю")
    assert missing(c) == []


def test_the_review_is_the_mentees(cast):
    c = make_completion(cast, written=False, reason="force")
    for name in ("mentor", "director", "chair", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            completion_acts.review(c, by=getattr(cast, name), review="чужой")
    with pytest.raises(Refused, match="Напишите отзыв"):
        completion_acts.review(c, by=cast.mentee, review=" ")
    assert completion_acts.review(c, by=cast.mentee, review="спасибо").reviewed_by == cast.mentee


def test_a_stale_page_writes_nothing(cast):
    c = make_completion(cast, written=False, reason="force")
    old = c.version
    completion_acts.review(c, by=cast.mentee, review="первый")
    with pytest.raises(Stale):
        completion_acts.review(Completion.objects.get(pk=c.pk), by=cast.mentee, review="второй", version=old)
    assert Completion.objects.get().review == "первый"


def test_what_is_handed_over_is_closed_and_may_come_back(cast):
    c = make_completion(cast, state="ready")
    with pytest.raises(Refused, match="правка закрыта"):
        completion_acts.review(c, by=cast.mentee, review="поздно")
    c = completion_acts.reopen(c, by=cast.curator)
    assert completion_acts.review(c, by=cast.mentee, review="ещё слово").review == "ещё слово"


@pytest.mark.clause("7.1-a")
def test_the_order_ends_the_program_and_the_pair(cast):
    c = make_completion(cast, state="registered")
    program = Program.objects.get()
    assert (program.state, program.ended_on) == ("completed", timezone.localdate())
    assert Pairing.objects.get().state == "dissolved"
    assert c.participation.until == timezone.localdate()
    assert Statement.objects.get(kind="difficulty").resolved_on == timezone.localdate()
    with pytest.raises(Already):
        completion_acts.enact(c, by=cast.clerk, number="51-од", date=timezone.localdate(), on=timezone.localdate())


@pytest.mark.clause("7.1-b1", "7.1-b2", "7.1-b3", "7.1-c1")
@pytest.mark.parametrize("reason", ["mentor", "mentee", "mutual", "improper", "force"])
def test_without_the_plan_the_program_is_terminated(cast, reason):
    make_completion(cast, state="registered", reason=reason)
    assert Program.objects.get().state == "terminated"


def test_an_order_does_not_end_before_the_beginning(cast):
    c = make_completion(cast, state="ready")
    long_ago = timezone.localdate() - timedelta(days=99)
    with pytest.raises(Refused, match="не раньше начала"):
        completion_acts.enact(c, by=cast.clerk, number="51-од", date=long_ago, on=long_ago)


@pytest.mark.clause("1.3-8")
def test_in_a_group_one_may_finish_singly(cast):
    program, _ = make_running(cast, mentees=2)
    make_completion(cast, program, "registered", reason="force")
    program.refresh_from_db()
    assert program.state == "running" and program.pairing.state == "assigned"
    assert program.pairing.participations.live().filter(part="mentee").count() == 1
    make_completion(cast, program, "registered", n=1)
    program.refresh_from_db()
    assert program.state == "completed"


# ------------------------------------------------------------------------------------------------ publication


@pytest.mark.point("18")
@pytest.mark.clause("8.2-a")
def test_results_are_published_only_after_the_end_and_with_everything(cast):
    c = make_completion(cast)
    program = c.program
    c = publication.write_public(c, by=cast.mentor, public_text=RESULTS)
    c = publication.approve_public(c, by=cast.mentee)
    with pytest.raises(Refused, match="после завершения программы"):
        publication.publish(program, by=cast.curator)
    completion_acts.submit_for_order(c, by=cast.curator)
    today = timezone.localdate()
    completion_acts.enact(Completion.objects.get(), by=cast.clerk, number="50-од", date=today, on=today)
    with pytest.raises(Refused, match="согласия на распространение"):
        publication.publish(program, by=cast.curator)
    make_consent(c.participation.person, "dissemination", by=cast.curator, fields=["results"])
    with pytest.raises(NotAllowed):
        publication.publish(program, by=cast.director)
    publication.publish(program, by=cast.curator)
    with pytest.raises(Already):
        publication.publish(program, by=cast.curator)
    publication.unpublish(program, by=cast.curator)
    with pytest.raises(Already):
        publication.unpublish(program, by=cast.curator)


@pytest.mark.point("18")
def test_who_writes_and_who_approves_the_words(cast):
    c = make_completion(cast, state="registered")
    for name in ("mentee", "director", "chair", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            publication.write_public(c, by=getattr(cast, name), public_text=RESULTS)
    with pytest.raises(Refused, match="ещё нет"):
        publication.approve_public(c, by=cast.mentee)
    c = publication.write_public(c, by=cast.mentor, public_text=RESULTS)
    for name in ("mentor", "director", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            publication.approve_public(c, by=getattr(cast, name))
    seen = c.version
    c = publication.write_public(c, by=cast.curator, public_text="другие слова")
    with pytest.raises(Stale):
        publication.approve_public(c, by=cast.mentee, version=seen)
    c = publication.approve_public(c, by=cast.mentee, version=c.version)
    with pytest.raises(Already):
        publication.approve_public(c, by=cast.mentee)
    c = publication.write_public(c, by=cast.curator, public_text="третьи слова")
    assert c.public_approved_at is None


@pytest.mark.point("18")
def test_a_text_that_names_somebody_without_leave_is_not_published(cast):
    last = cast.mentor.person.last_name
    with pytest.raises(Refused, match="согласия назвать имя нет"):
        make_published(cast, text=f"Занятия с {last} пошли впрок")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Очирова провела урок", True),
        ("с Очировой, двенадцать встреч", True),
        ("ОЧИРОВУ слышно", True),
        ("пара Очировых", True),
        ("с Oчировой", True),
        ("с Очи\u00adровой", True),
        ("Очированный лес", False),
        ("урок очарования", False),
        ("", False),
    ],
)
def test_a_surname_is_found_in_any_case(cast, text, found):
    person = make_person("Очирова", "Светлана", "Дмитриевна")
    assert bool(people_named_in(text, [person])) == found


@pytest.mark.point("18")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("уроки Светланы Дмитриевны", True),
        ("спасибо Светлане  Дмитриевне!", True),
        ("со Светланой\u00a0Дмитриевной", True),
        ("о Светлане\nДмитриевне", True),
        ("СВЕТЛАНА ДМИТРИЕВНА ведёт класс", True),
        ("(Cветлана Дмитpиевна)", True),
        ("урок С. Дмитриевны", True),
        ("С. Д. Очирова и Очирова С. Д.", True),
        ("уроки Светланы", False),
        ("Светлана и Дмитрий играли", False),
        ("Светлана, Дмитриевна", False),
        ("Дмитриевна пришла с Дмитриевной", False),
        ("вместе с Дмитриевым", False),
        ("Светлана Дмитриевская", False),
        ("Анна-Светлана Дмитриевна", False),
        ("С. Д. без фамилии", False),
    ],
)
def test_a_first_name_with_a_patronymic_is_found_in_any_case(cast, text, found):
    person = make_person("Очирова", "Светлана", "Дмитриевна")
    assert bool(people_named_in(text, [person])) == found


@pytest.mark.point("18")
@pytest.mark.parametrize(
    ("first", "middle", "gender", "text"),
    [
        ("Пётр", "Ильич", "m", "вместе с Петром Ильичом"),
        ("Пётр", "Ильич", "m", "ученики Петра Ильича"),
        ("Лев", "Львович", "m", "у Льва Львовича"),
        ("Эльдар", "Мамед оглы", "m", "Эльдару Мамед оглы"),
        ("Анна-Мария", "Санджиевна", "f", "Анне-Марии Санджиевне"),
        ("Герензел", "Эрдниевна", "f", "Герензел Эрдниевной"),
    ],
)
def test_first_names_and_patronymics_of_many_kinds(cast, first, middle, gender, text):
    assert people_named_in(text, [make_person("Очиров", first, middle, gender)])
    assert not people_named_in(
        text, [make_person("Очиров", first, "", gender), make_person("Очиров", "Иван", middle, "m")]
    )


@pytest.mark.point("18")
def test_results_that_call_somebody_by_patronymic_are_not_published(cast):
    Person.objects.filter(pk=cast.mentor.person_id).update(first_name="Светлана", middle_name="Дмитриевна")
    with pytest.raises(Refused, match="а согласия назвать имя нет"):
        make_published(cast, text="За полгода Светлана Дмитриевна дала двенадцать открытых уроков")


@pytest.mark.parametrize("text", ["с Санджи-Горяевым", "Горяев играл", "по методу Санджи‑Горяева"])
def test_a_double_surname_is_found_by_its_parts(cast, text):
    assert people_named_in(text, [make_person("Санджи-Горяев", "Савр", "Иванович", "m")])


def test_the_history_of_a_completion_is_told_in_words(cast):
    c = make_completion(cast, state="registered")
    words = [a.words for a in Act.objects.about(c)]
    assert words[1:] == [
        "написано заключение наставника (записано с бумаги)",
        "написан отзыв наставляемого (записано с бумаги)",
        "завершение передано на приказ",
        "завершено приказом",
    ]
    assert make_user(make_person()).can("programs.see_all") is False
