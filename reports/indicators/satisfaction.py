"""How content people are with a program that has ended: the mark that they give it in a survey (п. 3.4, П.6-a)."""

from statistics import fmean

from django.db.models import QuerySet

from programs.program.models import Program
from reports.indicators.passports import How, Measured, Passport
from reports.indicators.periods import Period
from reports.surveys.models import Question, Response
from reports.surveys.rules import FEWEST

GOAL = "Удовлетворённость"
"""What the question is called in the ready questionnaires: the same words in one of the school's own count too."""


def _responses(period: Period) -> QuerySet[Response]:
    """Answers given within the days by people whose program has ended; they have names."""
    return Response.objects.filter(
        answered_on__range=(period.first, period.last),
        invitation__program__isnull=False,
        survey__edition__questionnaire__moment="after",
    )


def programs(period: Period) -> QuerySet:
    """Programs whose mentors or mentees have answered after them within the days."""
    return Program.objects.filter(pk__in=_responses(period).values("invitation__program"))


def measured(period: Period) -> Measured:
    """Return the mean of all marks on the scale from 1 to 10; fewer than three of them would show whose they are."""
    rows = list(_responses(period).order_by("pk").values_list("survey__edition", "invitation__program", "answers"))
    keys: dict[int, list[str]] = {}
    if rows:
        asked = Question.objects.filter(goal=GOAL, kind=Question.Kind.SCALE, low=1, high=10)
        for one in asked.filter(edition__in={edition for edition, _, _ in rows}).order_by("pk"):
            keys.setdefault(one.edition_id, []).append(one.key)
    marks = [answers[key] for edition, _, answers in rows for key in keys.get(edition, []) if key in answers]
    mean = fmean(marks) if len(marks) >= FEWEST else None
    return Measured(mean, len({program for _, program, _ in rows}), len(marks))


SATISFACTION = Passport(
    "satisfaction",
    "Довольны программой",
    "Результаты",
    "Что о законченной работе думают сами наставники и наставляемые.",
    "среднее ответов на вопрос «Насколько Вы довольны…» по шкале от 1 до 10; меньше трёх ответов не показываем",
    "ответы на анкеты «после программы»; за числом стоят программы, об окончании которых ответили",
    "балла",
    "за все дни периода",
    "П.6-a",
    "куратор",
    How.MEAN,
    lists="programs",
    rows=programs,
    measured=measured,
)
