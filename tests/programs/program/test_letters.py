"""Whoever an act makes wait gets a letter: remarks, agreement, completion, the public text (п. 3.4, 3.5, 5.2, 8.2)."""

import pytest
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.consents.models import Consent
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.inbox import items
from programs.journal import acts as journal_acts
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Activity
from tests.factories import make_consent, make_program
from tests.programs.journal.kit import RESULTS, conclude, do_all, make_completion, make_published, make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("20")]


def letters(name):
    return sorted(m.to for m in OutboxMail.objects.filter(template=name))


@pytest.mark.point("13")
def test_a_remark_calls_those_who_answer_it_once(cast):
    draft = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    first = approval_acts.remark(draft, by=cast.council, text="Уточните цель", field="goal")
    approval_acts.remark(draft, by=cast.chair, text="Мало уроков")
    assert letters("program_remark") == [cast.mentor.email]
    body = OutboxMail.objects.get(template="program_remark").text
    assert "Уточните цель" not in body and draft.title in body
    for one in draft.remarks.all():
        approval_acts.resolve(one, by=cast.mentor)
    approval_acts.remark(draft, by=cast.chair, text=first.text)
    assert letters("program_remark") == [cast.mentor.email] * 2


@pytest.mark.point("13")
def test_a_remark_to_a_submitted_draft_also_calls_the_curator(cast):
    program = make_program(cast, "submitted", mentor=cast.mentor, mentee=cast.mentee)
    approval_acts.remark(program, by=cast.curator, text="Проверьте сроки")
    assert letters("program_remark") == [cast.mentor.email]
    other = make_program(cast, "submitted")
    approval_acts.remark(other, by=cast.council, text="Проверьте сроки")
    assert cast.curator.email in letters("program_remark")


@pytest.mark.point("13")
def test_the_mentor_learns_that_the_draft_may_be_handed_over(cast):
    program = make_program(cast, mentor=cast.mentor, mentee=cast.mentee)
    program = drafting_acts.edit(program, by=cast.mentor, version=program.version, goal="Другая цель")
    OutboxMail.objects.all().delete()
    drafting_acts.confirm_draft(program, side(program), by=cast.mentee)
    assert letters("program_confirmed") == [cast.mentor.email]
    unfinished = drafting_acts.edit(program, by=cast.mentor, version=program.version, goal="")
    drafting_acts.confirm_draft(unfinished, side(unfinished), by=cast.mentee)
    assert letters("program_confirmed") == [cast.mentor.email]


@pytest.mark.point("13")
def test_the_curator_learns_that_the_council_agreed(cast):
    program = make_program(cast, "submitted")
    approval_acts.endorse(program, by=cast.curator)
    approval_acts.agree(program, by=cast.chair, minutes_number="4", minutes_date=timezone.localdate())
    assert letters("program_agreed") == [cast.curator.email]
    assert "протокол № 4" in OutboxMail.objects.get(template="program_agreed").text


@pytest.mark.point("17")
def test_the_curator_learns_that_a_completion_has_everything(cast):
    c = make_completion(cast, written=False)
    do_all(c.program, cast)
    conclude(c, cast.mentor)
    assert letters("completion_ready") == []
    c.refresh_from_db()
    completion_acts.review(c, by=cast.mentee, review="Спасибо")
    assert letters("completion_ready") == [cast.curator.email]
    c.refresh_from_db()
    completion_acts.review(c, by=cast.mentee, review="Спасибо за всё")
    assert letters("completion_ready") == [cast.curator.email]


@pytest.mark.point("17")
def test_the_last_activity_may_be_what_a_completion_waits_for(cast):
    c = make_completion(cast, written=False)
    conclude(c, cast.mentor)
    c.refresh_from_db()
    completion_acts.review(c, by=cast.mentee, review="Спасибо")
    assert letters("completion_ready") == []
    for activity in Activity.objects.filter(program=c.program):
        journal_acts.check(journal_acts.do(activity, side(c.program), by=cast.mentee, result="сделано"), by=cast.mentor)
    assert letters("completion_ready") == [cast.curator.email]


@pytest.mark.point("17")
def test_a_mutual_completion_becomes_ready_with_the_last_agreement(cast):
    program, _ = make_running(cast)
    c = make_completion(cast, program, reason="mutual", written=False, agreed=False)
    completion_acts.agree_to(c, by=cast.mentor)
    conclude(c, cast.mentor)
    c.refresh_from_db()
    completion_acts.review(c, by=cast.mentee, review="Спасибо")
    assert letters("completion_ready") == []
    completion_acts.agree_to(c, by=cast.mentee)
    assert letters("completion_ready") == [cast.curator.email]


@pytest.mark.point("17")
def test_the_mentee_is_called_to_outcomes_written_after_the_review(cast):
    c = make_completion(cast, written=False)
    completion_acts.review(c, by=cast.mentee, review="Спасибо")
    assert letters("completion_outcomes") == []
    for _ in range(2):
        c.refresh_from_db()
        conclude(c, cast.mentor)
    assert letters("completion_outcomes") == [cast.mentee.email]


@pytest.mark.point("18")
def test_publishing_waits_for_the_curator_once_the_mentee_has_approved_and_consented(cast):
    c = make_completion(cast, state="registered")
    c = publication.write_public(c, by=cast.curator, public_text=RESULTS)
    assert items(cast.curator) == []
    publication.approve_public(c, by=cast.mentee)
    assert letters("public_text_approved") == [cast.curator.email]
    assert items(cast.curator) == []
    given = make_consent(cast.mentee.person, "dissemination", by=cast.curator, fields=["name", "program"])
    assert items(cast.curator) == []
    Consent.objects.filter(pk=given.pk).update(fields=["name", "results"], transfer="none")
    assert items(cast.curator) == []
    Consent.objects.filter(pk=given.pk).update(transfer="network")
    (thing,) = items(cast.curator)
    assert thing.title == f"Опубликовать результаты: «{c.program.title}»"
    assert thing.url == f"/site/results/{c.program_id}/"
    assert items(cast.director) == []


@pytest.mark.point("18")
def test_what_is_published_waits_no_more(cast):
    make_published(cast)
    assert items(cast.curator) == []
