"""A second meeting of a day is asked about; «Было не так»: an objection, a correction, another word (п. 2.3, 4.2)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.register.models import Person
from programs.journal import acts as journal_acts
from programs.journal.hours import of_month
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.presenters import meeting_row
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.19")]
WHY = "Занимались двадцать минут: канарейка"


def typed(**values):
    """Return what is typed into the form of a meeting."""
    known = {"held_on": timezone.localdate(), "minutes": 45, "format": "together", "about": "темп", "next_step": ""}
    return known | {"activity": "", "request_key": uuid4()} | values


def mentee_of(meeting):
    return meeting.attendances.get(participation__part="mentee")


def objected(cast, **values):
    """Return a meeting that the mentor wrote down and the mentee does not agree with."""
    program, _ = make_running(cast, **values)
    meeting = meet(program, cast.mentor)
    journal_acts.object_to_meeting(mentee_of(meeting), by=cast.mentee, reason=f" {WHY} ")
    return Meeting.objects.with_sides().get(pk=meeting.pk)


def row_for(meeting, user):
    return meeting_row(Meeting.objects.with_sides().select_related("program__pairing").get(pk=meeting.pk), user)


def correction(meeting, **values):
    known = {name: getattr(meeting, name) for name in ("version", "held_on", "minutes", "format", "about")}
    return known | {"participants": list(meeting.program.pairing.participations.live())} | values


# A second meeting of the day


def test_a_second_meeting_of_the_day_is_asked_about_and_written_down(cast, as_user):
    program, _ = make_running(cast)
    first = meet(program, cast.mentor, about="утренний урок")
    client, url = as_user(cast.mentor), f"/programs/{program.pk}/meetings/new/"
    asked = client.post(url, typed(about="вечерний урок"))
    assert asked.context["heading"] == "Ещё одна встреча в этот день?"
    assert [f.value for f in asked.context["facts"]][1:] == ["утренний урок", cast.mentor.person.short_name]
    form = asked.context["form"]
    assert (str(form["about"].value()), form["besides"].value()) == ("вечерний урок", str(first.pk))
    assert not form.errors and Meeting.objects.count() == 1
    client.post(url, typed(about="вечерний урок", besides=first.pk))
    assert Meeting.objects.count() == 2


def test_the_answer_is_about_the_meeting_that_was_shown(cast):
    program, _ = make_running(cast)
    first = meet(program, cast.mentor)
    second = meet(program, cast.mentor, besides=first.pk)
    with pytest.raises(journal_acts.SecondMeeting) as asked:  # another one came in between
        meet(program, cast.mentee, besides=first.pk)
    assert asked.value.meeting == second


def test_other_lengths_days_and_people_are_not_asked_about(cast):
    program, _ = make_running(cast, mentees=2)
    meet(program, cast.mentor)
    meet(program, cast.mentor, minutes=60)
    meet(program, cast.mentor, held_on=timezone.localdate() - timedelta(days=1))
    meet(program, cast.mentor, participants=[side(program)])
    assert Meeting.objects.count() == 4


# An objection


def test_the_other_side_objects_and_both_who_can_mend_it_are_told(cast):
    for user in (cast.mentor, cast.curator):
        Person.objects.filter(pk=user.person_id).update(email=f"{user.username}@school.example")
    meeting = objected(cast)
    attendance = mentee_of(meeting)
    assert (attendance.objection, attendance.objected_by, attendance.confirmed_at) == (WHY, cast.mentee, None)
    letters = OutboxMail.objects.filter(template="meeting_objected")
    assert {letter.person_id for letter in letters} == {cast.mentor.person_id, meeting.program.curator_id}
    assert all("не согласна с записью" in x.text or "не согласен с записью" in x.text for x in letters)
    assert not any("канарейка" in x.text for x in letters)
    last = Act.objects.about(meeting.program).last()
    assert last.verb == "object_meeting" and "канарейка" not in last.words
    items = {user.username: [i.title for i in items_for(user)] for user in (cast.mentor, cast.curator, cast.mentee)}
    assert any(t.startswith("Исправить запись о встрече") for t in items[cast.mentor.username])
    assert any(t.startswith("Помочь договориться о встрече") for t in items[cast.curator.username])
    assert not any("встреч" in t.lower() for t in items[cast.mentee.username])


def test_the_journal_says_who_does_not_agree_and_what_each_can_do(cast, as_user):
    meeting = objected(cast)
    word = "не согласна" if cast.mentee.person.gender == "f" else "не согласен"
    author, other = row_for(meeting, cast.mentor), row_for(meeting, cast.mentee)
    assert author.badge.word == other.badge.word == "было не так"
    assert author.objections == [f"{cast.mentee.person.short_name} {word}: «{WHY}»"]
    assert author.edit_url and author.drop_url and not author.object_url
    assert other.confirm_url and not (other.object_url or other.edit_url or other.primary)
    page = as_user(cast.mentee).get(f"/programs/{meeting.program_id}/journal/").content.decode()
    assert WHY in page


def test_who_may_object(cast):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    attendance = mentee_of(meeting)
    for name in ("mentor", "director", "clerk", "stranger", "chair"):
        with pytest.raises(NotAllowed):
            journal_acts.object_to_meeting(attendance, by=getattr(cast, name), reason=WHY)
    with pytest.raises(Refused, match="исправляет запись"):
        own = meeting.attendances.get(participation__part="mentor")
        journal_acts.object_to_meeting(own, by=cast.mentor, reason=WHY)
    for reason in ("  ", "ы" * 2001):
        with pytest.raises(Refused):
            journal_acts.object_to_meeting(attendance, by=cast.mentee, reason=reason)
    journal_acts.object_to_meeting(attendance, by=cast.curator, reason=WHY)
    assert "со слов участника" in Act.objects.about(program).last().words
    with pytest.raises(Already):
        journal_acts.object_to_meeting(attendance, by=cast.mentee, reason=WHY)


def test_what_is_confirmed_is_not_objected_to_and_a_mind_may_change(cast):
    meeting = objected(cast)
    attendance = journal_acts.confirm_meeting(mentee_of(meeting), by=cast.mentee)
    assert (attendance.objection, attendance.objected_at) == ("", None)
    with pytest.raises(Already):
        journal_acts.object_to_meeting(attendance, by=cast.mentee, reason=WHY)


def test_a_meeting_that_is_objected_to_does_not_count(cast):
    meeting = objected(cast)
    found = of_month(cast.curator, meeting.held_on.replace(day=1))
    assert found.minutes == 0 and found.unconfirmed[0].silent.endswith(("(не согласна)", "(не согласен)"))


def test_the_database_keeps_an_objection_whole(cast):
    meeting = objected(cast)
    row = MeetingAttendance.objects.filter(pk=mentee_of(meeting).pk)
    for broken in (
        {"objection": ""},
        {"objected_by": None},
        {"confirmed_at": timezone.now(), "confirmed_by": cast.mentee},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**broken)


# What happens next


def test_a_corrected_record_is_asked_about_again(cast):
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    meeting = objected(cast)
    fixed = journal_acts.correct_meeting(meeting, by=cast.mentor, **correction(meeting, minutes=20, about="20 минут"))
    assert (fixed.minutes, fixed.about, fixed.version) == (20, "20 минут", meeting.version + 1)
    answers = {a.participation.part: (a.confirmed_by, a.objection) for a in fixed.attendances.all()}
    assert answers == {"mentor": (cast.mentor, ""), "mentee": (None, "")}
    assert OutboxMail.objects.filter(template="meeting_corrected").count() == 1
    journal_acts.confirm_meeting(mentee_of(fixed), by=cast.mentee)
    with pytest.raises(Refused, match="уже подтвердила"):
        journal_acts.correct_meeting(fixed, by=cast.mentor, **correction(fixed, minutes=30))


def test_who_corrects_and_what_is_refused(cast):
    meeting = objected(cast)
    with pytest.raises(NotAllowed):
        journal_acts.correct_meeting(meeting, by=cast.mentee, **correction(meeting))
    with pytest.raises(Stale):
        journal_acts.correct_meeting(meeting, by=cast.mentor, **correction(meeting, version=meeting.version + 1))
    for bad in ({"held_on": timezone.localdate() + timedelta(days=1)}, {"minutes": 4}, {"about": " "}):
        with pytest.raises(Refused):
            journal_acts.correct_meeting(meeting, by=cast.mentor, **correction(meeting, **bad))
    journal_acts.correct_meeting(meeting, by=cast.curator, **correction(meeting, minutes=25))
    assert not meeting.attendances.filter(confirmed_at__isnull=False).exists()  # both are asked


def test_in_a_group_who_was_not_there_is_taken_out(cast):
    program, _ = make_running(cast, mentees=2)
    meeting = meet(program, cast.mentor)
    journal_acts.object_to_meeting(
        meeting.attendances.get(participation=side(program)), by=cast.mentee, reason="не был"
    )
    there = [side(program, "mentor"), side(program, n=1)]
    fixed = journal_acts.correct_meeting(meeting, by=cast.mentor, **correction(meeting, participants=there))
    assert {a.participation for a in fixed.attendances.all()} == set(there)
    assert not Meeting.objects.visible_to(cast.mentee).exists()


def test_the_pages_of_an_objection_and_a_correction(cast, as_user):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    mentee, mentor = as_user(cast.mentee), as_user(cast.mentor)
    url = f"/meetings/{mentee_of(meeting).pk}/object/"
    assert url in mentee.get(f"/programs/{program.pk}/journal/").content.decode()
    assert url in mentee.get("/home/").content.decode()
    page = mentee.post(url, {"reason": ""})
    assert page.context["form"].errors and len(page.context["consequences"]) == 4
    assert "Возражение записано" in mentee.post(url, {"reason": WHY}, follow=True).content.decode()
    assert "уже записан" in mentee.get(url, follow=True).content.decode()
    edit = f"/meetings/{meeting.pk}/edit/"
    assert as_user(cast.mentee).get(edit).status_code == 403
    page = mentor.get(edit)
    assert WHY in page.context["facts"][0].value and page.context["form"]["minutes"].value() == 45
    data = typed(minutes=30, version=meeting.version) | {"about": "тридцать минут"}
    assert "Запись исправлена" in mentor.post(edit, data, follow=True).content.decode()
    stale = mentor.post(edit, data | {"about": "ещё раз"})
    assert "Ваш текст сохранён" in stale.content.decode() and stale.context["form"]["about"].value() == "ещё раз"
    assert Meeting.objects.get().minutes == 30
