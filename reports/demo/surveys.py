"""The demo school asks: teachers without names, people before and after their programs, the council now (п. 3.4)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from reports.surveys import acts, answering
from reports.surveys.models import Question, Survey, SurveyInvitation

WISHES = (
    "Хотелось бы чаще бывать на уроках коллег.",
    "Нужна помощь с программой для ансамбля.",
    "Как говорить с родителями, когда ребёнок не занимается?",
)
AFTER = (
    "Ценнее всего — разбор моего урока сразу после него.",
    "Не хватило времени на подготовку к конкурсу.",
    "Стоит начинать не в ноябре, а в сентябре.",
)
BEFORE = ("Жду, что перестану бояться открытых уроков.", "Хочу научиться вести группу.")
ROUND = 45  # days between the visits of those who have been asked at the moments of their programs


def life_of_surveys(demo):
    """Return the steps of surveys over two years: one without names, before and after, one that runs."""
    return (
        requests_of_teachers(demo, 430),
        of_programs(demo, "mentee_before", "Чего Вы ждёте от программы", 500, BEFORE, 5),
        of_programs(demo, "mentee_after", "Как прошла программа", 500, AFTER, 7),
        council_asked(demo, 6),
    )


def _begun(demo, code: str, title: str, days: int, **values: Any) -> Survey:
    """Prepare and begin a survey from today on."""
    today, curator = timezone.localdate(), demo.user("curator")
    given: dict[str, Any] = {"is_anonymous": False, "remind_before": 3} | values
    survey = acts.prepare(
        by=curator,
        title=title,
        edition=acts.published(code),
        opens_on=today,
        closes_on=today + timedelta(days=days),
        **given,
    )
    return acts.start(_fresh(survey), by=curator)


def _fresh(survey: Survey) -> Survey:
    return Survey.objects.with_requirements().get(pk=survey.pk)


def _answers(questions: list[Question], mark: int, words: tuple[str, ...], number: int) -> dict[str, Any]:
    """Return plausible answers: marks about ``mark``, options in turn, words of every third."""
    found: dict[str, Any] = {}
    for place, question in enumerate(questions):
        turn = number + place
        if question.kind == Question.Kind.SCALE:
            low, high = question.low or 0, question.high or 0
            value = mark + turn % 3 - 1 if high - low > 3 else high - (turn % 4 == 0)
            found[question.key] = min(max(value, low), high)
        elif question.kind == Question.Kind.ONE:
            found[question.key] = question.options[turn % 5 % len(question.options)]
        elif question.kind == Question.Kind.MANY:
            some = {turn % len(question.options), (turn * 2 + 1) % len(question.options)}
            found[question.key] = [question.options[one] for one in sorted(some)]
        elif question.kind == Question.Kind.NUMBER:
            found[question.key] = 1 + turn * 3 % ((question.high or 30) - 1)
        elif number % 3 == 0:
            found[question.key] = words[(place + number // 3) % len(words)]
    return found


def requests_of_teachers(demo, days_ago: int):
    """What teachers ask for, without names: half of them have answered, who does not log in on paper."""
    yield days_ago
    curator = demo.user("curator")
    title = "О какой помощи просят преподаватели"
    survey = _begun(demo, "teacher_requests", title, 14, is_anonymous=True, audience="teachers")
    questions = list(survey.edition.questions.all())
    yield days_ago - 5
    asked = list(survey.invitations.select_related("person__user").order_by("pk"))
    users = [one.person.user for one in asked if hasattr(one.person, "user")]
    for number, user in enumerate(users):
        answering.answer_unnamed(survey, by=user, answers=_answers(questions, 7, WISHES, number))
    for number in range(len(users), (len(asked) + 1) // 2):
        given = _answers(questions, 6, WISHES, number)
        answering.enter_unnamed(survey, by=curator, role="teacher", answers=given)
    yield days_ago - 15
    acts.close(_fresh(survey), by=None)


def of_programs(demo, code: str, title: str, days_ago: int, words: tuple[str, ...], mark: int):
    """One questionnaire of mentees at a moment of their programs for more than a year: asked when it comes to it."""
    yield days_ago
    survey = _begun(demo, code, title, days_ago - 7, audience="mentees")
    day = days_ago - ROUND
    while day > 20:
        yield day
        acts.invite_due()
        _answer_all(demo, survey, words, mark)
        day -= ROUND
    yield 11
    acts.invite_due()
    _answer_all(demo, survey, words, mark)
    acts.close(_fresh(survey), by=None)


def _answer_all(demo, survey: Survey, words: tuple[str, ...], mark: int) -> None:
    """All who wait answer; who does not log in has filled in the printed form."""
    waiting = SurveyInvitation.objects.filter(survey=survey, response=None).select_related("person", "survey")
    for one in waiting.order_by("pk"):
        number = one.pk
        questions = answering.questions_for(survey, one.role)
        by = demo.user_for(one.person)
        answering.answer_named(one, by=by, answers=_answers(questions, mark, words, number))


def council_asked(demo, days_ago: int):
    """The council assesses the programs of the year: one has answered, the others are still asked."""
    yield days_ago
    survey = _begun(demo, "council_criteria", "Качество программ: оценка методического совета", 21, audience="council")
    yield days_ago - 2
    first = survey.invitations.select_related("survey", "person").order_by("pk").first()
    if first is not None:
        questions = answering.questions_for(survey, first.role)
        by = demo.user_for(first.person)
        answering.answer_named(first, by=by, answers=_answers(questions, 8, ("Больше открытых уроков.",), 0))
