"""The learning log: skills chosen, rated at three moments by both sides, one line a week; letters, desk, attention."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from mentoring_site import mail, undo
from mentoring_site.inbox import held_for, items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Person
from people.school.models import DayOff
from programs.attention.look import look
from programs.changes.pause.models import Pause
from programs.learning import acts, nudges, retention
from programs.learning.models import MOST, LearningNote, Moment, Skill, SkillRating
from programs.learning.moments import due_of, window
from programs.pairings.models import Participation
from programs.program.models import Program
from tests.factories import make_person, make_user
from tests.programs.changes import kit as changes_kit
from tests.programs.journal.kit import make_running, side
from tests.programs.learning.kit import at, choose, rate, skills_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.4")]


def keys(user) -> list[str]:
    return [item.key for item in items_for(user) if item.key.startswith("learning:")]


@pytest.fixture
def program(cast):
    """A program that began a week ago and lasts for two hundred days."""
    return at(make_running(cast)[0], began=7)


# --- moments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "begun", "moment", "opens", "until"),
    [
        (date(2026, 9, 1), None, "start", date(2026, 9, 1), date(2026, 9, 15)),
        (date(2026, 11, 29), None, "start", date(2026, 9, 1), date(2026, 9, 15)),
        (date(2026, 11, 30), None, "middle", date(2026, 11, 30), date(2026, 12, 14)),
        (date(2027, 2, 13), None, "middle", date(2026, 11, 30), date(2026, 12, 14)),
        (date(2027, 2, 14), None, "end", date(2027, 2, 14), date(2027, 2, 28)),
        (date(2026, 10, 5), date(2026, 10, 1), "end", date(2026, 10, 1), date(2027, 2, 28)),
    ],
)
def test_moments_come_by_the_dates_of_the_program(day, begun, moment, opens, until):
    begun = timezone.make_aware(datetime.combine(begun, time(12))) if begun else None
    found = window(date(2026, 9, 1), date(2027, 2, 28), begun, day)
    assert (found.moment, found.opens, found.until) == (moment, opens, until)


def test_a_program_without_an_end_is_rated_at_its_start():
    assert window(date(2026, 9, 1), None, None, date(2027, 9, 1)).moment == Moment.START


# --- skills --------------------------------------------------------------------------------------------------------


@pytest.mark.clause("5.2-f")
def test_skills_are_chosen_from_the_difficulties_and_rated_on_one_scale(cast, program, as_user):
    """The mentor chooses, both rate at the start and in the middle; the picture and its table have both lines."""
    mentee, mentor = as_user(cast.mentee), as_user(cast.mentor)
    me = side(program)
    url = f"/programs/{program.pk}/learning/"
    assert "Навыки ещё не выбраны" in mentee.get(url).content.decode()
    form = mentor.get(f"{url}{me.pk}/skills/").context["form"]
    difficulty = program.difficulties.get()
    assert form["difficulties"].initial == [difficulty]
    data = {"difficulties": [difficulty.pk], "words": "Начинать урок с игры\n\n  начинать  урок с игры "}
    mentor.post(f"{url}{me.pk}/skills/", data)
    assert [str(skill) for skill in skills_of(program)] == [difficulty.text, "Начинать урок с игры"]
    for client, part, value in ((mentee, "mentee", 2), (mentor, "mentor", 3)):
        page = client.get(f"{url}{me.pk}/rate/{part}/")
        assert page.context["form"].skills == skills_of(program)
        silent = client.post(f"{url}{me.pk}/rate/{part}/", {"moment": "start"})
        assert "Выберите, как получается сейчас" in silent.content.decode()
        given = {f"value_{s.pk}": value for s in skills_of(program)} | {
            f"word_{s.pk}": "по уроку" for s in skills_of(program)
        }
        client.post(f"{url}{me.pk}/rate/{part}/", {"moment": "start", **given})
    at(program, began=110)
    rate(program, cast.mentee, "mentee", 4)
    [block] = mentor.get(url).context["blocks"]
    first = block.figure.chart.panels[0]
    assert [series.values for series in first.series] == [(2, 4, None), (3, None, None)]
    assert [cell.text for cell in block.figure.rows[0]][1:] == ["2\xa0→\xa04\xa0→\xa0—", "3\xa0→\xa0—\xa0→\xa0—"]
    assert "получается уверенно" in mentor.get(url).content.decode()
    assert "навыки оценены в середине: самооценка" in [a.words for a in Act.objects.about(program)]


def test_no_more_skills_than_two_people_keep_in_mind(cast, program):
    with pytest.raises(Refused, match="хотя бы один"):
        acts.choose(program, side(program), by=cast.mentee, texts=["  "])
    acts.choose(program, side(program), by=cast.mentee, texts=[f"навык {n}" for n in range(MOST)])
    with pytest.raises(Refused, match="не больше 8"):
        acts.choose(program, side(program), by=cast.mentor, texts=["ещё один"])


def test_a_skill_is_removed_while_nobody_has_rated_it(cast, program, as_user):
    first, second = choose(program, cast.mentor, "темп", "штрихи")
    as_user(cast.mentee).post(f"/skills/{first.pk}/drop/")
    assert skills_of(program) == [second]
    rate(program, cast.mentee, "mentee", 3)
    with pytest.raises(Refused, match="уже оценили"):
        acts.drop(second, by=cast.mentor)


def test_who_chooses_and_rates(cast, program):
    """Each side for itself; the curator from paper, but not over what a side has given; nobody else at all."""
    me = side(program)
    for name in ("director", "chair", "council", "clerk", "sysadmin", "stranger"):
        with pytest.raises(NotAllowed, match="Выбрать навыки мо"):
            acts.choose(program, me, by=getattr(cast, name), texts=["темп"])
    choose(program, cast.curator, "темп")
    assert "(записано с бумаги)" in Act.objects.about(program).get(verb="choose_skills").words
    for part, wrong in (("mentee", "mentor"), ("mentor", "mentee")):
        for name in (wrong, "director", "stranger"):
            with pytest.raises(NotAllowed):
                rate(program, getattr(cast, name), part, 3)
    rate(program, cast.curator, "mentor", 3)
    rate(program, cast.curator, "mentor", 4)  # who has written it down corrects it
    rate(program, cast.mentee, "mentee", 2)
    with pytest.raises(Already, match="уже дала сама сторона"):
        rate(program, cast.curator, "mentee", 5)
    assert SkillRating.objects.get(part="mentee").value == 2


def test_a_curator_who_takes_part_speaks_for_nobody_else(cast):
    own, _ = make_running(type(cast)(**vars(cast) | {"mentee": cast.curator, "mentor": cast.stranger}))
    choose(own, cast.stranger, "темп")
    rate(own, cast.curator, "mentee", 3)
    with pytest.raises(NotAllowed):
        rate(own, cast.curator, "mentor", 5)


@pytest.mark.parametrize("why", ["moment", "skills", "value", "long", "ended", "left", "paused", "none"])
def test_a_rating_that_is_not_to_the_point_is_refused(cast, program, why):
    me = side(program)
    if why != "none":
        choose(program, cast.mentor, "темп")
    values = {skill.pk: (3, "") for skill in skills_of(program)}
    moment = "middle" if why == "moment" else "start"
    if why == "skills":
        choose(program, cast.mentee, "штрихи")
    if why == "value":
        values = dict.fromkeys(values, (9, ""))
    if why == "long":
        values = dict.fromkeys(values, (3, "я" * 301))
    if why == "ended":
        Program.objects.filter(pk=program.pk).update(state="terminated")
    if why == "left":
        Participation.objects.filter(pk=me.pk).update(until=timezone.localdate())
    if why == "paused":
        changes_kit.make_pause(cast, "registered", program)
        Pause.objects.update(since=timezone.localdate(), until=timezone.localdate() + timedelta(days=9))
    with pytest.raises(Refused):
        acts.rate(program, me, "mentee", by=cast.mentee, moment=moment, values=values)
    assert not SkillRating.objects.exists()


# --- the desk and letters ------------------------------------------------------------------------------------------


def test_what_is_due_waits_for_each_side_and_drops_when_it_is_done(cast, program):
    me = side(program)
    key = f"learning:{program.pk}:{me.pk}:start"
    assert keys(cast.mentor) == keys(cast.mentee) == [key]
    assert keys(cast.curator) == keys(cast.stranger) == []
    choose(program, cast.mentee, "темп")
    [item] = [i for i in items_for(cast.mentor) if i.key == key]
    assert item.url == f"/programs/{program.pk}/learning/{me.pk}/rate/mentor/"
    assert item.until == program.started_on + timedelta(days=14)
    rate(program, cast.mentor, "mentor", 3)
    assert (keys(cast.mentor), keys(cast.mentee)) == ([], [key])
    choose(program, cast.mentor, "штрихи")  # one more is rated too
    assert keys(cast.mentor) == [key]
    at(program, began=110)
    assert keys(cast.mentor) == [f"learning:{program.pk}:{me.pk}:middle"]
    at(program, began=190)
    rate(program, cast.mentee, "mentee", 4)
    waited = [i.key for i in held_for(cast.mentee) if i.key.startswith("learning:")]
    assert waited == [f"learning:{program.pk}:{me.pk}:open"]


def test_in_a_group_each_has_own_skills_and_nobody_reads_those_of_another(cast, as_user):
    program = at(make_running(cast, mentees=2)[0], began=7)
    other = side(program, n=1)
    acts.choose(program, other, by=cast.mentor, texts=["канарейканавык"])
    choose(program, cast.mentor, "темп")
    url = f"/programs/{program.pk}/learning/"
    assert len(as_user(cast.mentor).get(url).context["blocks"]) == 2
    assert "канарейканавык" not in as_user(cast.mentee).get(url).content.decode()
    assert as_user(cast.mentee).get(f"{url}{other.pk}/rate/mentee/").status_code == 404
    assert len(keys(cast.mentor)) == 2 and len(keys(cast.mentee)) == 1
    said = as_user(cast.mentee).get(f"/programs/{program.pk}/history/").content.decode()
    assert said.count("ыбраны навыки") == 1


@pytest.fixture
def morning(settings):
    """A working day at ten, with a mail server; returns the moment."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    DayOff.objects.all().delete()
    today = timezone.localdate()
    DayOff.objects.create(date=today, kind=DayOff.Kind.WORKING, name="рабочий день")
    Person.objects.update(email="person@school.example")
    return timezone.make_aware(datetime.combine(today, time(10)))


@pytest.mark.parametrize(
    ("began", "steps"), [(0, [0]), (10, [0]), (11, [11]), (21, [11]), (22, []), (100, [0]), (111, [11])]
)
def test_letters_leave_on_the_first_day_and_near_the_end_of_the_fortnight(cast, program, morning, began, steps):
    at(program, began=began)
    OutboxMail.objects.all().delete()
    assert nudges.send_due(morning) == len(steps)
    told = OutboxMail.objects.filter(template="skills_due")
    assert {letter.person_id for letter in told} == ({cast.mentor.person_id, cast.mentee.person_id} if steps else set())
    assert nudges.send_due(morning) == 0  # the clock looks every minute
    assert list(program.rating_nudges.values_list("step", flat=True)) == steps


def test_a_letter_is_dropped_when_its_side_has_rated(cast, program, morning):
    choose(program, cast.mentor, "темп")
    rate(program, cast.mentor, "mentor", 3)
    nudges.send_due(morning)
    [letter] = OutboxMail.objects.filter(template="skills_due")
    assert letter.person_id == cast.mentee.person_id and mail.is_needed(letter)
    assert "в\xa0начале" in letter.text or "в начале" in letter.text
    rate(program, cast.mentee, "mentee", 2)
    assert not mail.is_needed(letter)


def test_one_more_mentee_costs_no_query(cast, program, django_assert_num_queries):
    choose(program, cast.mentor, "темп")
    rate(program, cast.mentor, "mentor", 3)
    with django_assert_num_queries(2):
        assert len(due_of(Participation.objects.all())) == 1
    second = type(cast)(**vars(cast) | {"mentor": make_user(make_person()), "mentee": make_user(make_person())})
    at(make_running(second)[0], began=7)
    with django_assert_num_queries(2):
        assert len(due_of(Participation.objects.all())) == 2


# --- attention -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "middle", "sign"),
    [
        (1, 2, True),
        (2, 3, False),
        (3, 3, True),
        (4, 3, True),
        (4, 4, False),
        (5, 4, False),
        (None, 2, True),
        (None, 3, False),
    ],
)
def test_a_low_self_assessment_is_a_sign(cast, program, start, middle, sign):
    choose(program, cast.mentor, "темп")
    if start:
        rate(program, cast.mentee, "mentee", start)
    rate(program, cast.mentor, "mentor", 1)  # of the mentor nothing is looked at
    at(program, began=110)
    rate(program, cast.mentee, "mentee", middle)
    found = [r for r in look(Program.objects.all())[program.pk].reasons if r.code == "growth"]
    assert bool(found) == sign
    if sign:
        assert found[0].words == "по самооценке не получается или не растёт 1\xa0навык из\xa01"


def test_the_sign_is_told_to_who_reads_the_skills(cast, program, as_user):
    """The director, who does not, sees neither its words nor its weight, in the workbook neither."""
    choose(program, cast.mentor, "темп")
    at(program, began=110)
    rate(program, cast.mentee, "mentee", 1)
    for name, told in (("curator", True), ("director", False)):
        [row] = as_user(getattr(cast, name)).get("/programs/attention/").context["listing"].rows
        assert any("самооценке" in words for words in row.reasons) == told


def test_the_sign_says_nothing_of_the_end(cast, program):
    """When the last rating is due the sign is gone before anybody has answered: its going tells nothing."""
    choose(program, cast.mentor, "темп")
    at(program, began=110)
    rate(program, cast.mentee, "mentee", 1)
    at(program, began=186)
    for value in (None, 1, 5):
        if value:
            rate(program, cast.mentee, "mentee", value)
        assert "growth" not in {r.code for r in look(Program.objects.all())[program.pk].reasons}


# --- a line a week -------------------------------------------------------------------------------------------------


@pytest.mark.clause("5.2-i1")
def test_what_was_learnt_in_a_week_is_one_line_that_comes_from_the_home(cast, program, as_user):
    """The mentee writes it from the home, writes it anew while the week lasts, removes it and takes that back."""
    mentee = as_user(cast.mentee)
    home = mentee.get("/home/").content.decode()
    url = f"/programs/{program.pk}/learning/note/"
    assert f"{url}?next=/home/" in home
    assert f"{url}?next=/home/" not in as_user(cast.mentor).get("/home/").content.decode()
    answer = mentee.post(f"{url}?next=/home/", {"text": "играть гамму  вслух"})
    assert answer.url == "/home/"
    mentee.post(url, {"text": "петь гамму вслух"})
    note = LearningNote.objects.get()
    assert (note.text, note.week) == ("петь гамму вслух", acts.week_of())
    assert "петь гамму вслух" in as_user(cast.mentor).get(f"/programs/{program.pk}/learning/").content.decode()
    page = mentee.post(f"/learning-notes/{note.pk}/drop/", follow=True)
    assert "петь гамму вслух" not in page.content.decode()
    undo.undo(Act.objects.about(note).get(verb="drop_note"), by=cast.mentee)
    assert LearningNote.objects.kept().get() == note
    LearningNote.objects.update(week=note.week - timedelta(days=7))
    [block] = mentee.get(f"/programs/{program.pk}/learning/").context["blocks"]
    assert (block.notes[0].edit_url, bool(block.notes[0].drop_url)) == ("", True)  # last week's is not written anew
    mentee.post(url, {"text": "и ещё"})
    assert LearningNote.objects.count() == 2


def test_a_line_comes_back_only_to_its_own_place(cast, program):
    first = acts.write_note(program, by=cast.mentee, text="раз")
    acts.drop_note(first, by=cast.mentee)
    acts.write_note(program, by=cast.mentee, text="два")
    with pytest.raises(Refused, match="другая строка"):
        undo.undo(Act.objects.about(first).get(verb="drop_note"), by=cast.mentee)
    with pytest.raises(NotAllowed):
        acts.write_note(program, by=cast.mentor, text="три")
    with pytest.raises(NotAllowed):
        acts.drop_note(first, by=cast.mentor)


def test_nobody_but_the_pair_reads_the_lines(cast, program, as_user):
    note = acts.write_note(program, by=cast.mentee, text="канарейкастрока")
    assert set(LearningNote.objects.visible_to(cast.mentor)) == {note}
    for name in ("director", "curator", "chair", "council", "clerk"):
        assert not LearningNote.objects.visible_to(getattr(cast, name)).exists()
        page = as_user(getattr(cast, name)).get(f"/programs/{program.pk}/learning/")
        assert "канарейкастрока" not in page.content.decode()
    acts.drop_note(note, by=cast.mentee)  # removed: its author alone may bring it back
    assert set(LearningNote.objects.visible_to(cast.mentee)) == {note}
    assert not LearningNote.objects.visible_to(cast.mentor).exists()


# --- the end of data -----------------------------------------------------------------------------------------------


def test_the_log_is_destroyed_with_the_data_of_its_mentee(cast, program):
    choose(program, cast.mentor, "темп")
    values = {skill.pk: (3, "по уроку") for skill in skills_of(program)}
    acts.rate(program, side(program), "mentor", by=cast.mentor, moment="start", values=values)
    acts.write_note(program, by=cast.mentee, text="раз")
    of = retention.DATA
    assert of.found(cast.mentor.person) == ["1\xa0пояснение к оценке"]
    of.erase(cast.mentor.person)
    assert (SkillRating.objects.get().word, SkillRating.objects.get().value) == ("", 3)
    assert of.found(cast.mentee.person) == ["1\xa0навык с оценками", "1\xa0итог недели"]
    of.erase(cast.mentee.person)
    assert not Skill.objects.exists() and not SkillRating.objects.exists() and not LearningNote.objects.exists()
    assert of.found(cast.mentee.person) == of.found(cast.mentor.person) == []
