"""Amendments, replacements, suspensions, ends of pairs, petitions: what they do and what they refuse
(п. 4.1, 5.1, 7.1, 7.2).
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, complaints, reload
from people.consents.models import Consent
from programs.changes import acts as change_acts
from programs.changes import inbox as change_inbox
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment, AmendmentConsent
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause
from programs.changes.petitions import acts as petition_acts
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.models import Replacement
from programs.journal import acts as journal_acts
from programs.pairings.models import Pairing
from programs.pairings.stages import state_words
from programs.program.approval import acts as approval_acts
from programs.program.models import Activity, Program
from tests.factories import make_pairing, make_program
from tests.programs.changes.kit import (
    a_line,
    a_successor,
    ground,
    make_amendment,
    make_dissolution,
    make_pause,
    make_petition,
    make_replacement,
    make_resumption,
)
from tests.programs.journal.kit import make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def missing(change, name="ready") -> str:
    return " ".join(str(c) for c in complaints(reload(change), name))


# --- amendment ---------------------------------------------------------------------------------------------------


@pytest.mark.clause("7.2-a1", "7.2-b")
def test_a_registered_amendment_moves_the_term_and_rewrites_the_plan_and_keeps_what_was(cast):
    program = make_program(cast, "running")
    old_end, approved, first = program.ends_on, program.approved_text, program.activities.get()
    amendment = make_amendment(cast, "ready", program)
    amendment = amendment_acts.enact(amendment, by=cast.clerk, number="61-од", date=today(), on=today())
    program = Program.objects.get(pk=program.pk)
    assert (program.ends_on, program.latest_end >= program.ends_on) == (old_end + timedelta(days=60), True)
    assert [a.title for a in program.activities.all()] == [first.title, "Открытый урок для отделения"]
    assert program.activities.first().pk == first.pk
    assert (amendment.old_end, program.approved_text) == (old_end, approved)
    assert [len(text["activities"]) for text in (amendment.before, amendment.after)] == [1, 2]
    assert Act.objects.about(program).filter(verb="amend").get().words.endswith("№ 61-од")
    with pytest.raises(Already):
        amendment_acts.enact(amendment, by=cast.clerk, number="62-од", date=today(), on=today())


@pytest.mark.clause("7.2-a2")
def test_no_amendment_without_the_dated_consent_of_every_side(cast):
    program = make_program(cast, "running", mentees=2, mentor=cast.mentor, mentee=cast.mentee)
    amendment = make_amendment(cast, program=program, agreed=False)
    sides = list(program.pairing.participations.live())
    assert all(p.person.short_name in missing(amendment) for p in sides)
    own = next(p for p in sides if p.person_id == cast.mentee.person_id)
    with pytest.raises(NotAllowed):
        amendment_acts.agree(amendment, own, by=cast.mentor)
    given = amendment_acts.agree(amendment, own, by=cast.mentee)
    assert (given.given_on, given.on_paper) == (today(), False)
    with pytest.raises(Already):
        amendment_acts.agree(amendment, own, by=cast.mentee)
    with pytest.raises(Refused, match="дату"):
        amendment_acts.agree(amendment, sides[0], by=cast.curator, given_on=today(1))
    with pytest.raises(Refused, match="Нет согласия"):
        change_acts.submit_for_order(amendment, by=cast.curator)


@pytest.mark.clause("7.2-a2")
def test_an_edit_asks_consents_again_and_a_stale_wording_is_not_agreed_to(cast):
    amendment = make_amendment(cast)
    seen = amendment.version
    line = a_line(amendment.program, "Мастер-класс")
    amendment = amendment_acts.set_line(amendment, None, line, by=cast.curator, version=seen)
    assert not AmendmentConsent.objects.filter(amendment=amendment).exists()
    mentor = amendment.program.pairing.participations.get(part="mentor")
    with pytest.raises(Stale):
        amendment_acts.agree(amendment, mentor, by=cast.curator, given_on=today(), version=seen)
    with pytest.raises(Stale):
        amendment_acts.drop_line(amendment, 0, by=cast.curator, version=seen)


@pytest.mark.clause("7.2-a1")
def test_more_than_a_year_needs_a_recorded_decision(cast):
    program = make_program(cast, "running")
    late = program.starts_on + timedelta(days=420)
    amendment = amendment_acts.propose(program, by=cast.curator, reason="большая программа", new_end=late)
    assert "больше 1 года" in missing(amendment)
    columns = {"reason": amendment.reason, "new_end": late}
    amendment = amendment_acts.edit(
        amendment, by=cast.curator, version=amendment.version, term_decision="Решение директора от 1 ноября", **columns
    )
    assert "больше 1 года" not in missing(amendment)
    with pytest.raises(NotAllowed):  # the right that gives a decision takes it back
        amendment_acts.edit(amendment, by=cast.mentor, version=amendment.version, term_decision="", **columns)
    for p in program.pairing.participations.live():
        amendment_acts.agree(amendment, p, by=cast.curator, given_on=today())
        amendment.refresh_from_db()
    change_acts.submit_for_order(amendment, by=cast.curator)
    amendment_acts.enact(amendment, by=cast.clerk, number="61-од", date=today(), on=today())
    program = Program.objects.get(pk=program.pk)
    assert (program.ends_on, program.latest_end, program.term_decided_by) == (late, late, cast.curator)
    with pytest.raises(NotAllowed):
        amendment_acts.propose(program, by=cast.stranger, reason="х")


def test_what_was_carried_out_is_neither_changed_nor_dropped(cast):
    program, activity = make_running(cast)
    amendment = make_amendment(cast, program=program, agreed=False)
    number = next(n for n, line in enumerate(amendment.plan) if line["pk"] == activity.pk)
    other = amendment_acts.drop_line(amendment, number, by=cast.mentor, version=amendment.version)
    assert activity.pk not in {line["pk"] for line in other.plan}
    journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    assert f"«{activity.title}» уже выполняют" in missing(other)
    change_acts.withdraw(other, by=cast.curator)
    again = make_amendment(cast, program=program, agreed=False)
    with pytest.raises(Refused, match="уже выполняют"):
        amendment_acts.drop_line(again, number, by=cast.mentor, version=again.version)


@pytest.mark.clause("7.2-b")
def test_a_changed_and_a_dropped_line_take_effect(cast):
    program = make_program(cast, "running")
    Activity.objects.create(
        program=program, title="Лишнее", due_on=program.starts_on + timedelta(days=90), expected_result="х"
    )
    amendment = amendment_acts.propose(program, by=cast.curator, reason="план велик")
    line = amendment_acts.present_plan(program)[0] | {"title": "Взаимопосещение, шесть уроков"}
    line.pop("pk")
    amendment = amendment_acts.set_line(amendment, 0, line, by=cast.curator, version=amendment.version)
    amendment = amendment_acts.drop_line(amendment, 1, by=cast.curator, version=amendment.version)
    for p in program.pairing.participations.live():
        amendment_acts.agree(amendment, p, by=cast.curator, given_on=today())
        amendment.refresh_from_db()
    change_acts.submit_for_order(amendment, by=cast.curator)
    amendment_acts.enact(amendment, by=cast.clerk, number="61-од", date=today(), on=today())
    assert [a.title for a in program.activities.all()] == ["Взаимопосещение, шесть уроков"]
    assert set(program.activities.get().statements.all()) == set(program.difficulties.all())


def test_one_amendment_at_a_time_and_drafts_are_edited_plainly(cast):
    amendment = make_amendment(cast)
    with pytest.raises(Already):
        amendment_acts.propose(amendment.program, by=cast.curator, reason="ещё")
    with pytest.raises(Refused, match="проект просто правят"):
        amendment_acts.propose(make_program(cast, "draft"), by=cast.curator, reason="х")


# --- replacement ---------------------------------------------------------------------------------------------------


def test_a_replacement_for_good_closes_one_part_and_opens_the_other_and_the_program_survives(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    change = make_replacement(cast, "registered", program)
    former, new = program.pairing.participations.filter(part="mentor").order_by("pk")
    assert (former.person, former.until is not None, former.end_reason) == (
        cast.mentor.person,
        True,
        "замена наставника",
    )
    assert (new.person, new.since, new.until) == (change.candidate.person, today(), None)
    program.refresh_from_db()
    assert (program.state, program.pairing.state) == ("running", "assigned")
    assert replacement_acts.begin_and_end_due() == 0
    with pytest.raises(Already):
        replacement_acts.enact(change, by=cast.clerk, number="61-од", date=today(), on=today())


def test_a_temporary_replacement_ends_by_the_clock_without_a_further_order(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    change = make_replacement(cast, "registered", program, days=14)
    live = program.pairing.participations.live().filter(part="mentor")
    assert live.get().person == change.candidate.person
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        call_command("tick")
        assert live.get().person == change.candidate.person
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        call_command("tick")
        call_command("tick")
        back = live.get()
        assert (back.person, back.since) == (cast.mentor.person, timezone.localdate())
    assert program.pairing.participations.filter(part="mentor").count() == 3
    assert OutboxMail.objects.filter(template="mentor_back", person_id=cast.mentee.person_id).count() == 1


def test_a_mentor_comes_back_earlier(cast):
    program = make_program(cast, "running", mentor=cast.mentor)
    change = make_replacement(cast, "registered", program, days=30)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        with pytest.raises(NotAllowed):
            replacement_acts.bring_back(change, by=cast.clerk, on=timezone.localdate())
        with pytest.raises(Refused, match="Укажите день"):
            replacement_acts.bring_back(change, by=cast.curator, on=timezone.localdate() + timedelta(days=90))
        change = replacement_acts.bring_back(change, by=cast.curator, on=timezone.localdate())
        assert program.pairing.participations.live().get(part="mentor").person == cast.mentor.person
        with pytest.raises(Already):
            replacement_acts.bring_back(change, by=cast.curator, on=timezone.localdate())


def test_a_replacement_of_a_coming_day_is_enacted_by_the_clock(cast):
    program = make_program(cast, "running", mentor=cast.mentor)
    change = make_replacement(cast, "registered", program, since=7)
    live = program.pairing.participations.live().filter(part="mentor")
    assert (live.get().person, change.opened) == (cast.mentor.person, None)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        call_command("tick")
        assert live.get().person == change.candidate.person


def test_a_replacement_for_good_during_a_temporary_one_lets_nobody_come_back(cast):
    program = make_program(cast, "running", mentor=cast.mentor)
    make_replacement(cast, "registered", program, days=14)
    last = replacement_acts.propose(
        program.pairing,
        by=cast.curator,
        candidate=a_successor(cast, program.pairing, cast.stranger),
        ground="other",
        since=today(),
        handover="передано",
    )
    change_acts.submit_for_order(last, by=cast.curator)
    replacement_acts.enact(last, by=cast.clerk, number="62-од", date=today(), on=today())
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert replacement_acts.begin_and_end_due() == 0
    assert program.pairing.participations.live().get(part="mentor").person == cast.stranger.person


@pytest.mark.clause("3.2-b")
def test_what_a_replacement_still_needs(cast):
    program = make_program(cast, "running", mentees=2)
    successor = a_successor(cast, program.pairing, capacity=1)
    change = replacement_acts.propose(
        program.pairing, by=cast.curator, candidate=successor, ground="petition", paper_on=today(), since=today()
    )
    Consent.objects.filter(person=successor.person, purpose="duties").delete()
    said = missing(change)
    assert "Не записано, что передано" in said and "не больше 1\xa0наставляемого" in said
    assert f"обязанности наставника этой пары: {successor.person.short_name}" in said
    mentee = program.pairing.participations.filter(part="mentee").first()
    with pytest.raises(Refused, match="уже участвует"):
        replacement_acts.propose(
            program.pairing, by=cast.curator, candidate=mentee.candidate, ground="other", since=today()
        )
    with pytest.raises(NotAllowed):
        replacement_acts.propose(program.pairing, by=cast.clerk, candidate=successor, ground="other", since=today())


def test_the_former_mentor_reads_the_archive_of_own_time_only(cast, as_user):
    program, activity = make_running(cast, started=60)
    journal_acts.do(activity, side(program), by=cast.mentee, result="старая-канарейка")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        make_replacement(cast, "registered", program)
        later = Activity.objects.create(program=program, title="Новое", due_on=today(9), expected_result="х")
        journal_acts.do(later, side(program), by=cast.mentee, result="новая-канарейка")
        client = as_user(cast.mentor)
        assert "старая-канарейка" in client.get(f"/activities/{activity.pk}/").content.decode()
        assert "новая-канарейка" not in client.get(f"/activities/{later.pk}/").content.decode()


def test_the_database_holds_one_live_mentor(cast):
    change = make_replacement(cast, "registered")
    first = change.pairing.participations.filter(part="mentor").order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        change.pairing.participations.filter(pk=first.pk).update(until=None)


# --- suspension ------------------------------------------------------------------------------------------------------


def test_while_a_program_is_suspended_nothing_in_it_is_overdue(cast):
    program, activity = make_running(cast, started=60)
    Activity.objects.filter(pk=activity.pk).update(due_on=today(-5))

    def now():
        return Program.objects.with_overdue(today()).with_pause(today()).get(pk=program.pk)

    assert (now().is_overdue, state_words(now())) == (True, "реализуется")
    make_pause(cast, "registered", program, days=10)
    assert (now().is_overdue, state_words(now())) == (False, f"приостановлена по\xa0{_day(10)}")
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        assert now().is_overdue and state_words(now()) == "реализуется"
    assert Program.objects.get(pk=program.pk).ends_on == program.ends_on  # the term moves only by an amendment


def _day(days):
    from mentoring_site.russian import ruday

    return ruday(today(days))


def test_a_resumption_ends_the_suspension_and_offers_the_lost_days(cast, as_user):
    program, _ = make_running(cast)
    pause = make_pause(cast, "registered", program, days=None)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        resumption = make_resumption(cast, "registered", pause, after=6)
        assert pause_acts.present_pause(program) is None
        assert Pause.objects.get(pk=pause.pk).resumed_on == timezone.localdate()
        assert pause_acts.owed_days(program) == 6
        page = as_user(cast.mentor).get(f"/programs/{program.pk}/changes/").content.decode()
        assert f"/programs/{program.pk}/amendment/new/?days=6" in page
        with pytest.raises(Already):
            pause_acts.enact_resumption(resumption, by=cast.clerk, number="62-од", date=today(), on=today())


def test_suspensions_do_not_overlap_and_are_of_running_programs(cast):
    program = make_program(cast, "running")
    make_pause(cast, "registered", program, days=10)
    second = pause_acts.propose(program, by=cast.curator, since=today(5), reason="болезнью")
    assert "уже приостановлена" in missing(second)
    change_acts.withdraw(second, by=cast.curator)
    assert (
        missing(
            pause_acts.propose(
                program, by=cast.curator, since=today(11), until=today(12), reason="болезнью", **ground()
            )
        )
        == ""
    )
    with pytest.raises(Refused, match="реализуется"):
        pause_acts.propose(make_program(cast, "approved"), by=cast.curator, since=today(), reason="х")
    with pytest.raises(NotAllowed):
        pause_acts.propose(program, by=cast.clerk, since=today(), reason="х")


# --- the end of a pair without a program ---------------------------------------------------------------------------


def test_a_pair_without_a_program_is_ended_with_its_draft(cast):
    program = make_program(cast, "submitted")
    change = make_dissolution(cast, "registered", program.pairing)
    program.refresh_from_db()
    pairing = Pairing.objects.get(pk=program.pairing_id)
    assert (program.state, pairing.state, pairing.reason) == ("dropped", "dissolved", "увольнением наставника")
    assert not pairing.participations.live().exists()
    with pytest.raises(Already):
        dissolution_acts.enact(change, by=cast.clerk, number="62-од", date=today(), on=today())


def test_a_pair_with_a_program_ends_by_its_completion(cast):
    with pytest.raises(Refused, match="утверждённая программа"):
        dissolution_acts.propose(make_program(cast, "running").pairing, by=cast.curator, reason="х", on=today())
    change = make_dissolution(cast)
    program = make_program(cast, "approved")
    type(change).objects.filter(pk=change.pk).update(pairing=program.pairing)
    assert "вместе с ней" in missing(change)


def test_an_end_registered_before_its_day_waits_for_it(cast):
    program = make_program(cast, "agreed")
    pairing = program.pairing
    change = dissolution_acts.propose(pairing, by=cast.curator, reason="увольнением", on=today(4), **ground())
    change_acts.submit_for_order(change, by=cast.curator)
    dissolution_acts.enact(change, by=cast.clerk, number="62-од", date=today(), on=today())
    with pytest.raises(Refused, match="Закрепление пары прекращается"):
        approval_acts.approve(program, by=cast.clerk, number="63-од", date=today())
    assert [dissolution_acts.end_due(today(n)) for n in (3, 4, 4)] == [0, 1, 0]
    pairing.refresh_from_db()
    program.refresh_from_db()
    assert (pairing.state, pairing.ended_on, program.state) == ("dissolved", today(4), "dropped")


# --- petitions -----------------------------------------------------------------------------------------------------


@pytest.mark.clause("4.1-c", "5.1-e")
def test_a_petition_is_read_by_the_curator_and_the_director_and_never_by_the_other_side(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    petition = petition_acts.file(pairing.participations.get(part="mentee"), by=cast.mentee, reason="тайна-канарейка")
    for role in ("curator", "director", "mentee"):
        assert "тайна-канарейка" in as_user(getattr(cast, role)).get(petition.get_absolute_url()).content.decode(), role
    for role in ("mentor", "chair", "council", "clerk", "stranger"):
        assert as_user(getattr(cast, role)).get(petition.get_absolute_url()).status_code == 404, role
    told = OutboxMail.objects.filter(template="petition_filed")
    assert set(told.values_list("person_id", flat=True)) == {cast.curator.person_id, cast.director.person_id}
    assert not any("канарейка" in letter.text for letter in told)
    assert [w.title for w in change_inbox.items(cast.curator)] == ["Решить: ходатайство о замене наставника"]
    relief = petition_acts.file(pairing.participations.get(part="mentor"), by=cast.mentor, reason="нет времени")
    assert (relief.kind, as_user(cast.mentee).get(relief.get_absolute_url()).status_code) == ("relieve", 404)
    with pytest.raises(Already):
        petition_acts.file(pairing.participations.get(part="mentor"), by=cast.mentor, reason="ещё раз")


@pytest.mark.clause("5.1-e")
def test_a_replacement_begun_from_a_petition_grants_it(cast):
    petition = make_petition(cast)
    change = replacement_acts.propose(
        petition.pairing,
        by=cast.curator,
        candidate=a_successor(cast, petition.pairing),
        ground="petition",
        paper_on=petition.filed_on,
        since=today(),
        petition=petition,
    )
    petition.refresh_from_db()
    assert (petition.state, petition.answer, change.petition) == ("accepted", "Начата замена наставника", petition)
    assert OutboxMail.objects.filter(template="petition_decided", person_id=cast.mentee.person_id).count() == 1


def test_a_petition_is_declined_with_words(cast):
    petition = make_petition(cast)
    with pytest.raises(Refused, match="что решено"):
        petition_acts.decline(petition, by=cast.curator, answer=" ")
    assert petition_acts.decline(petition, by=cast.curator, answer="попробуйте ещё месяц").state == "declined"
    with pytest.raises(Already):
        petition_acts.accept(petition, by=cast.curator, answer="да")


# --- what waits, what belongs to an order -----------------------------------------------------------------------------


def test_what_waits_for_whom(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    make_amendment(cast, program=program, agreed=False)
    for user in (cast.mentor, cast.mentee):
        assert [w.verb for w in change_inbox.items(user)] == ["Прочитать и ответить"]
    for p in program.pairing.participations.live():
        amendment_acts.agree(Amendment.objects.get(), p, by=cast.curator, given_on=today())
    assert change_inbox.items(cast.mentor) == []
    assert [w.title for w in change_inbox.items(cast.curator)] == ["Передать на приказ: изменение программы"]


def test_the_same_key_makes_one(cast):
    key, pairing = "7b1ab3f0-3b0c-4a8e-9a39-0f6ad70a1d12", make_pairing(cast, "assigned")
    first = dissolution_acts.propose(pairing, by=cast.curator, reason="увольнением", on=today(), request_key=key)
    assert (
        dissolution_acts.propose(pairing, by=cast.curator, reason="увольнением", on=today(), request_key=key) == first
    )
    assert Replacement.objects.count() == 0
