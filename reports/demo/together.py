"""What becomes of difficulties in the demo school, and how its people say that they get on."""

from datetime import timedelta

from django.utils import timezone

from programs.difficulties import acts as difficulty_acts
from programs.difficulties.models import statements_of
from programs.program.models import Program
from programs.relationship import acts as relationship_acts
from programs.relationship.asking import due
from programs.relationship.models import RelationshipAnswer


def live_together(pair):
    """The first pair has closed one difficulty and names a new one; the second waits for a word and is uneasy."""
    if pair.program is None or pair.program.state != Program.State.RUNNING:
        return
    program = Program.objects.for_head().get(pk=pair.program.pk)
    first = pair.scenario.mentor == "mentor"
    mentor, mentee = pair.demo.user_for(pair.mentor), pair.demo.user_for(pair.sides[0].person)
    (_first if first else _second)(program, mentor, mentee, pair)
    _answer(pair, program, mentor, mentee, first=first)


def _first(program, mentor, mentee, pair):
    """Closed by both, opened again, closed; one more is said to be gone and waits; a new one is flagged."""
    said = list(statements_of(program).filter(candidate=pair.sides[0].candidate_id))
    url = "https://disk.example/urok-v-podvizhnom-tempe"
    if said:
        sign = "На открытом уроке темп не терялся, дети успели сыграть все три задания"
        row = difficulty_acts.propose(program, said[0], by=mentee, sign=sign, url=url)
        row = difficulty_acts.not_yet(row, by=mentor, word="Во втором классе вступление ещё длиннее пяти минут")
        sign = "И во втором классе первый звук — на второй минуте: видно по записи"
        difficulty_acts.propose(program, said[0], by=mentee, sign=sign, url=url)
        difficulty_acts.confirm(row, by=mentor)
    if len(said) > 1:
        sign = "Три урока подряд класс сам заканчивает игру по жесту"
        difficulty_acts.propose(program, said[1], by=mentor, sign=sign, url=url)
    difficulty_acts.name_new(
        program,
        pair.sides[0].candidate,
        by=mentee,
        text="репетиция сводного ансамбля",
        word="Тридцать детей сразу: теряю тех, кто сидит сзади. Концерт через месяц.",
    )


def _second(program, mentor, mentee, pair):
    """A difficulty is flagged and becomes an activity of an amendment, unless another change is under way."""
    said = statements_of(program).filter(candidate=pair.sides[0].candidate_id).first()
    if said:
        sign = "Пьесы с листа — без остановок, записано на двух уроках"
        difficulty_acts.propose(program, said, by=mentee, sign=sign, url="https://disk.example/s-lista")


def _answer(pair, program, mentor, mentee, *, first):
    """Everybody was asked a month ago and is asked today; one of the second pair has said that it is hard."""
    today = timezone.localdate()
    for side, of_program in [row for row in due(today) if row[1] == program.pk]:
        RelationshipAnswer.objects.create(
            participation_id=side, program_id=of_program, asked_on=today - timedelta(days=33)
        )
    asked = RelationshipAnswer.objects.filter(program=program).select_related("participation")
    for one in asked:
        mine = one.participation.person_id == mentee.person_id
        level, word = ("good", "") if first or not mine else ("hard", "Встречи срываются, не успеваем разобрать урок.")
        if one.participation.person_id in (mentor.person_id, mentee.person_id):
            relationship_acts.answer(one, by=mentee if mine else mentor, level=level, word=word)
        if first:
            RelationshipAnswer.objects.create(participation=one.participation, program=program, asked_on=today)
