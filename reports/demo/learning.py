"""Skills of the demo school: chosen, rated at each moment by one side or by both, and lines of weeks."""

from datetime import timedelta
from typing import Any

from programs.learning import acts
from programs.learning.models import Skill
from programs.learning.moments import MENTEE, MENTOR, due_in

OWN = ("Начинать урок с музыки, а не со слов", "Слышать интонацию ученика раньше ошибки", "Держать темп урока")
NOTES = (
    "Показывать фразу голосом, а потом на инструменте",
    "Задавать один вопрос и ждать ответа",
    "Записывать урок на телефон и слушать первые пять минут",
    "Хвалить за то, что слышно, а не за старание",
    "Разбирать пьесу с конца",
)
WORDS = ("", "по открытому уроку", "", "по записи урока", "")
GROWTH = {"start": (1, 2, 2, 3), "middle": (2, 3, 3, 3), "end": (4, 4, 5, 4)}
LOW = (1, 2, 2, 2)
"""What the mentee of every fourth program says in the middle: nothing has moved."""


def events(begins: Any, ends: Any) -> list[tuple]:
    """Return the days of a program on which something is written into the log: (day, what, number)."""
    after = lambda days: begins + timedelta(days=days)  # noqa: E731
    half = (ends - begins).days // 2
    notes = [(after(8 + 14 * n), "note", n) for n in range(20)]
    return [(after(4), "skills", 0), (after(half + 4), "skills", 1), *notes]


def choose(life: Any) -> None:
    """The mentor chooses the difficulties and two skills in own words; both rate the start."""
    mentor = life.demo.user_for(life.mentor)
    for side in life.sides:
        difficulties = life.program.difficulties.filter(candidate=side.candidate_id)
        first = life.program.pk % len(OWN)
        acts.choose(life.program, side, by=mentor, difficulties=difficulties, texts=[OWN[first], OWN[first - 1]])
    rate(life, "start", MENTEE, MENTOR)


def middle(life: Any) -> None:
    """Both rate the middle; in every third program the mentor has still to."""
    rate(life, "middle", MENTEE, *([] if life.program.pk % 3 == 0 else [MENTOR]))


def end(life: Any) -> None:
    """The last rating: while a completion is under way the mentor alone has answered, later both."""
    rate(life, "end", MENTOR, *([] if life.scenario.stage == "completing" else [MENTEE]))


def rate(life: Any, moment: str, *parts: str) -> None:
    """Rate the skills of every mentee for the sides, where that moment has come."""
    for side in life.sides:
        due = due_in(life.program, [side]).get(side.pk)
        skills = list(Skill.objects.of(life.program, side))
        if due is None or due.moment != moment or not skills:
            continue
        for part in parts:
            person = life.mentor if part == MENTOR else side.person
            values = {
                skill.pk: (_value(life, moment, part, n), WORDS[n % len(WORDS)]) for n, skill in enumerate(skills)
            }
            by = life.demo.user_for(person)
            acts.rate(life.program, side, part, by=by, moment=moment, values=values)


def _value(life: Any, moment: str, part: str, n: int) -> int:
    low = moment == "middle" and part == MENTEE and life.program.pk % 4 == 1
    values = LOW if low else GROWTH[moment]
    return min(values[n % len(values)] + (part == MENTOR and n % 2 == 0), 5)


def note(life: Any, n: int) -> None:
    """The first mentee who takes part writes the line of a week."""
    for side in life.sides[:1]:
        user = life.demo.user_for(side.person)
        if acts.own_side(life.program, user):
            acts.write_note(life.program, by=user, text=NOTES[n % len(NOTES)])
