"""What pages of surveys show: badges, rows, particulars, buttons, results, the promise before the first question."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.charts.chart import Figure
from mentoring_site.russian import period, plural, rudate, ruday, upper_first
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.promises import Promise
from people.rights import Right
from reports.surveys import pictures
from reports.surveys.models import Question, Questionnaire, Response, Role, Survey, SurveyInvitation
from reports.surveys.results import QuestionResult, SurveyResult
from reports.surveys.rules import FEWEST

State = Survey.State
LIST_TITLE = "Опросы"
FORMS_TITLE = "Анкеты"
TONES: dict[str, Tone] = {State.DRAFT: "draft", State.OPEN: "ahead", State.CLOSED: "done"}
PEOPLE = "человек,человека,человек"
ANONYMOUS = (
    "Опрос без имён: никто не узнает, кто ответил и что. Программа не хранит, чей это ответ, итоги видны с трёх"
    " ответов и только когда опрос закончен. Не называйте в ответах себя."
)
NOT_ANONYMOUS = "Это анкета под Вашим именем, не анонимная."
COMPARED = "Ответы в начале и после программы сравнивают, поэтому нужно знать, чьи они."


def named_words() -> str:
    """Return what stands before the first question of a survey with names."""
    return f"{NOT_ANONYMOUS} {Promise.SURVEY.sentence}."


@dataclass(frozen=True)
class Row:
    """A survey in the list."""

    title: str
    url: str
    under: str
    when: str
    badge: Badge
    people: str
    answer_url: str


@dataclass(frozen=True)
class FormRow:
    """A questionnaire in the list."""

    title: str
    url: str
    moment: str
    edition: str
    badge: Badge


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked, as the curator sees a survey with names."""

    name: str
    role: str
    badge: Badge | None
    enter_url: str = ""


@dataclass(frozen=True)
class Shown:
    """A question among the results."""

    result: QuestionResult
    heading: str
    figure: Figure | None
    plain: str
    groups: list[tuple[str, str, str]]


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of surveys."""
    return [Crumb(LIST_TITLE, reverse("reports:surveys")), *more]


def crumbs_of(survey: Survey, *more: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of a survey."""
    return crumbs(Crumb(survey.title, survey.get_absolute_url()), *(Crumb(word) for word in more))


def form_crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of questionnaires."""
    return crumbs(Crumb(FORMS_TITLE, reverse("reports:questionnaires")), *more)


def badge(survey: Survey) -> Badge:
    """Return the state of a survey by word and shape."""
    if survey.state == State.OPEN and survey.opens_on > timezone.localdate():
        return Badge(f"начнётся {ruday(survey.opens_on)}", "ahead")
    return Badge(survey.get_state_display(), TONES[survey.state])


def answered_words(survey: Survey) -> str:
    """Return how many have answered: «9 из 12»; of one without names that runs only roughly, so that nobody can watch
    whose answer comes.
    """
    if survey.state == State.DRAFT:
        return ""
    if survey.is_anonymous and survey.state == State.OPEN:
        least = survey.answered // FEWEST * FEWEST
        return f"не меньше {least} из {survey.invited}" if least else f"меньше {FEWEST} из {survey.invited}"
    return f"{survey.answered} из {survey.invited}"


def row(survey: Survey, user: User) -> Row:
    """Return the line of a survey read ``asked`` by the user."""
    sees = user.can(Right.SURVEYS_SEE)
    waits = survey.takes_answers and (survey.to_answer or (survey.invited_me and survey.is_anonymous))
    return Row(
        survey.title,
        survey.get_absolute_url(),
        f"{upper_first(survey.get_audience_display())}, {'без имён' if survey.is_anonymous else 'под именем'}",
        period(survey.opens_on, survey.closes_on),
        badge(survey),
        answered_words(survey) if sees else "",
        reverse("reports:survey_answer", args=[survey.pk]) if waits else "",
    )


COLUMNS = ("Опрос", "Кого спросили", "Ответы", "С", "По", "Состояние", "Приглашено", "Ответили")


def cells(survey: Survey, user: User) -> tuple:
    """Return the cells of a workbook."""
    exact = user.can(Right.SURVEYS_SEE) and not (survey.is_anonymous and survey.state == State.OPEN)
    return (
        survey.title,
        survey.get_audience_display(),
        "без имён" if survey.is_anonymous else "под именем",
        survey.opens_on,
        survey.closes_on,
        survey.get_state_display(),
        survey.invited if user.can(Right.SURVEYS_SEE) else None,
        survey.answered if exact else None,
    )


def form_row(form: Questionnaire, user: User) -> FormRow:
    """Return the line of a questionnaire read ``with_numbers``."""
    return FormRow(
        form.title,
        form.get_absolute_url(),
        form.get_moment_display(),
        f"редакция {form.published}" if form.published else "",
        form_badge(form),
    )


def form_badge(form: Questionnaire) -> Badge:
    """Return how a questionnaire read ``with_numbers`` stands."""
    if form.is_archived:
        return Badge("не используется", "stopped")
    if form.draft:
        return Badge("правится" if form.published else "готовится", "draft")
    return Badge("опубликована", "done")


FORM_COLUMNS = ("Анкета", "Когда спрашивают", "Редакция", "Состояние")


def form_cells(form: Questionnaire, user: User) -> tuple:
    """Return the cells of a workbook."""
    return form.title, form.get_moment_display(), form.published, form_badge(form).word


def facts(survey: Survey, user: User) -> list[Fact]:
    """Return the particulars of a survey."""
    edition = survey.edition
    moment = edition.questionnaire.get_moment_display() if survey.moment else ""
    found = [
        Fact(
            "Анкета",
            f"{edition.questionnaire.title}, редакция {edition.number}",
            url=edition.questionnaire.get_absolute_url(),
        ),
        Fact("Кого спрашивают", f"{survey.get_audience_display()}{f', {moment}' if moment else ''}"),
        Fact("Ответы", "без имён" if survey.is_anonymous else "под именем"),
        Fact("Срок", period(survey.opens_on, survey.closes_on)),
    ]
    if survey.state != State.DRAFT:
        found.append(Fact("Ответили", answered_words(survey)))
    if survey.on_paper and not (survey.is_anonymous and survey.state == State.OPEN):
        found.append(Fact("Внесено с бумаги", survey.on_paper))
    if survey.state == State.OPEN and survey.reminded_on:
        found.append(Fact("Последнее напоминание", rudate(survey.reminded_on)))
    return found


def actions(survey: Survey, user: User) -> list[Action]:
    """Return the buttons of a survey, the next step first."""

    def url(name: str) -> str:
        return reverse(f"reports:survey_{name}", args=[survey.pk])

    found: list[Action | None] = []
    if survey.takes_answers and (survey.to_answer or (survey.invited_me and survey.is_anonymous)):
        found.append(Action("answer", "Ответить", url("answer"), primary=True))
    found.append(action(survey, "open", user, url("open"), primary=True))
    keeps = user.can(Right.SURVEYS_WRITE)
    if keeps and survey.takes_answers:
        found.append(Action("enter", "Внести ответы с бумаги", url("enter")))
        found.append(Action("remind", "Напомнить", url("remind")))
    if keeps and survey.state != State.CLOSED:
        found.append(Action("edit", "Изменить", url("edit")))
    found.append(action(survey, "close", user, url("close")))
    if keeps and survey.state == State.DRAFT:
        found.append(Action("discard", "Удалить подготовку", url("discard"), danger=True))
    return [one for one in found if one]


def asked_people(survey: Survey, invitations: QuerySet[SurveyInvitation], user: User) -> list[Asked]:
    """Return who is asked: with names also who has answered, without names only the list."""
    keeps = user.can(Right.SURVEYS_WRITE)
    roles = dict(Role.choices)
    answered = (
        set()
        if survey.is_anonymous
        else set(Response.objects.filter(survey=survey).values_list("invitation", flat=True))
    )
    found = []
    for one in invitations:
        waits = one.pk not in answered
        mark = (
            None if survey.is_anonymous else Badge("ответов нет", "others") if waits else Badge("ответы есть", "done")
        )
        enter = f"{reverse('reports:survey_enter', args=[survey.pk])}?who={one.pk}"
        may = keeps and waits and survey.takes_answers and not survey.is_anonymous
        found.append(Asked(one.person.short_name, str(roles[one.role]), mark, enter if may else ""))
    return found


def own_answers(survey: Survey, user: User) -> list[Fact]:
    """Return what the user has answered under one's name; nobody's answers without names are known."""
    if survey.is_anonymous:
        return []
    found = Response.objects.filter(survey=survey, invitation__person=user.person_id).order_by("invitation")
    questions = list(survey.edition.questions.all())
    return [
        Fact(one.text, answer_words(row.answers[one.key]))
        for row in found
        for one in questions
        if one.key in row.answers
    ]


def answer_words(value: object) -> str:
    """Return an answer in words: several choices in one line."""
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def shown(result: SurveyResult) -> list[Shown]:
    """Return the questions among the results; a heading stands where a new section begins."""
    found, section = [], ""
    for one in result.questions:
        heading = one.question.section if one.question.section != section else ""
        section = one.question.section
        figure = pictures.of_question(one)
        plain = ""
        if figure is None and not one.hidden and not one.quotes:
            plain = "Никто не ответил."
            if one.mean is not None:
                plain = f"{plural(one.number, pictures.ANSWERS)}, в среднем {pictures.decimal(one.mean)}."
        groups = [
            (
                upper_first(group.label),
                str(group.number) if group.number is not None else pictures.HIDDEN,
                pictures.decimal(group.mean),
            )
            for group in one.groups
        ]
        found.append(Shown(one, heading, figure, plain, groups))
    return found


def question_words(question: Question) -> str:
    """Return how a question is answered, for the curator's preview."""
    words = question.get_kind_display()
    if question.kind == Question.Kind.SCALE:
        words = f"шкала от {question.low} до {question.high}"
    elif question.options:
        words += f": {', '.join(str(option) for option in question.options)}"
    if question.roles:
        roles = dict(Role.choices)
        words += f"; только: {', '.join(str(roles[role]) for role in question.roles if role in roles)}"
    if not question.is_needed:
        words += "; необязательный"
    if question.goal:
        words += f"; цель «{question.goal}»"
    return words
