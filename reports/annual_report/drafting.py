"""What the data say, in sentences: drafts of the sections, of SWOT and of the risks (п. 3.4).

Every draft is a proposal: the curator reads it, changes it or leaves it. Answers to surveys are taken through
``surveys.results`` alone, which hides what would tell who answered; answers in own words stay with those to whom they
were promised: the report is read outside the school.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mentoring_site.russian import NBSP, full_stop, joined, lower_first, number_text, period, plural, rudate
from reports.annual_report.counted import words
from reports.annual_report.models import AnnualReport, ReportFigure, ReportRisk
from reports.indicators.passports import PASSPORTS
from reports.indicators.presenters import is_met
from reports.surveys.models import Question, Survey
from reports.surveys.results import SurveyResult, compared, of_survey
from reports.surveys.rules import FEWEST
from roadmap.events.models import Event

ANSWERS = "ответ,ответа,ответов"
PEOPLE = "человек,человека,человек"
HIGH, LOW = 0.7, 0.5
"""From which part of a scale a mean is a strength, and up to which it is a weakness."""
AT_MOST = 6  # sentences of one field of SWOT


@dataclass(frozen=True)
class Known:
    """Everything that drafts are written from."""

    report: AnnualReport
    figures: dict[str, ReportFigure]
    surveys: tuple[SurveyResult, ...]
    events: tuple[Event, ...]
    last: AnnualReport | None


def known(report: AnnualReport, figures: Iterable[ReportFigure]) -> Known:
    """Return what is known for the days of a report."""
    return Known(report, {one.code: one for one in figures}, surveys_of(report), events_of(report), last_of(report))


def surveys_of(report: AnnualReport) -> tuple[SurveyResult, ...]:
    """Return the results of the surveys that ran on the days of a report; of one that still runs only the named."""
    ran = Survey.objects.filter(opens_on__lte=report.until, closes_on__gte=report.since)
    begun = ran.exclude(state=Survey.State.DRAFT).select_related("edition__questionnaire")
    return tuple(of_survey(survey) for survey in begun.order_by("opens_on", "pk"))


def events_of(report: AnnualReport) -> tuple[Event, ...]:
    """Return the events that were held on the days of a report."""
    held = Event.objects.filter(state=Event.State.HELD, starts_on__range=(report.since, report.until))
    return tuple(held.order_by("starts_on", "pk"))


def last_of(report: AnnualReport) -> AnnualReport | None:
    """Return the signed report of the year before."""
    signed = AnnualReport.objects.filter(school_year=report.school_year - 1, state=AnnualReport.State.SIGNED)
    return signed.first()


def _sentence(one: ReportFigure) -> str:
    """«Педагоги-наставники — 20 % (4 из 20); год назад было 15 %; план — 25 %, выполнен»."""
    text = f"{one.label} — {words(one.value, one.unit)}"
    if one.made_of and one.stated is None:
        text += f" ({one.made_of})"
    if one.before is not None:
        text += f"; год назад — {words(one.before, one.unit)}"
    if one.planned is not None:
        text += f"; план — {words(one.planned, one.unit)}"
    return full_stop(text)


def _of(*groups: str) -> Callable[[Known], str]:
    def write(data: Known) -> str:
        found = [one for one in data.figures.values() if one.group in groups]
        said = [_sentence(one) for one in found if one.value is not None]
        return "\n".join(said) or "За эти дни данных нет."

    return write


def _intro(data: Known) -> str:
    report = data.report
    days = period(report.since, report.until)
    basis = (
        "Отчёт составлен куратором по данным системы «Наставничество» на основании п. 3.4 Положения о системе"
        f" наставничества. {full_stop(f'Период: {days}')} Числа собраны {rudate(report.gathered_at)}; как считается"
        " каждое из них, сказано в приложении 1."
    )
    people = [data.figures[code] for code in ("involved", "mentees", "running") if code in data.figures]
    said = [_sentence(one) for one in people if one.value is not None]
    return "\n".join([basis, *said])


def _training(data: Known) -> str:
    learnt = _of("Обучение")(data)
    if not data.events:
        return f"{learnt}\nСобытия за эти дни не проведены."
    named = "; ".join(f"{rudate(one.starts_on)} — {one.title} ({one.get_kind_display()})" for one in data.events[:20])
    more = " и другие" if len(data.events) > 20 else ""
    return f"{learnt}\n{full_stop(f'Проведены события: {named}{more}')}"


def _difficulties(data: Known) -> str:
    codes = ("difficulties", "skills", "skills_rise")
    found = [data.figures[code] for code in codes if code in data.figures]
    return "\n".join(_sentence(one) for one in found if one.value is not None) or "За эти дни данных нет."


def _results(data: Known) -> str:
    left = ("difficulties", "skills", "skills_rise")
    found = [one for one in data.figures.values() if one.group == "Результаты" and one.code not in left]
    return "\n".join(_sentence(one) for one in found if one.value is not None) or "За эти дни данных нет."


def _surveys(data: Known) -> str:
    if not data.surveys:
        return "Опросов за эти дни не было."
    said = []
    for result in data.surveys:
        survey = result.survey
        how = "без имён" if survey.is_anonymous else "под именем"
        if result.hidden or result.answered is None:
            said.append(f"«{survey.title}» ({how}): {lower_first(result.hidden)}.")
            continue
        text = f"«{survey.title}» ({how}): ответили {result.answered} из {result.invited}"
        if result.percent is not None:
            text += f", {number_text(result.percent)}{NBSP}%"
        said.append(f"{text}.")
        for change in compared(survey)[:3]:
            said.append(
                f"{change.goal}: до программы — {number_text(round(change.before, 1))}, после —"
                f" {number_text(round(change.after, 1))} из {change.high} ({plural(change.number, PEOPLE)})."
            )
    return "\n".join(said)


# --- SWOT -------------------------------------------------------------------------------------------------------


def _scales(data: Known) -> list[tuple[float, str]]:
    """Return (part of the scale, sentence) of all scales that may be shown, the highest first.

    What people hope for before their programs says nothing about the school's work.
    """
    found = []
    for result in data.surveys:
        if result.survey.moment == "before" or (result.answered or 0) < FEWEST:
            continue
        for one in result.questions:
            question = one.question
            if question.kind != Question.Kind.SCALE or one.mean is None or one.hidden:
                continue
            low, high = question.low or 0, question.high or 0
            part = (one.mean - low) / (high - low) if high > low else 0.0
            top = sum(share.percent for share in one.shares[-max(1, len(one.shares) // 3) :])
            found.append(
                (
                    part,
                    f"«{question.text}»: в среднем {number_text(round(one.mean, 1))} из {high}, высокие оценки дали"
                    f" {number_text(round(top, 1))}{NBSP}% ({plural(one.number, ANSWERS)}).",
                )
            )
    return sorted(found, key=lambda pair: -pair[0])


def _goals(data: Known, *, met: bool) -> list[str]:
    return [
        full_stop(f"{one.label}: {words(one.value, one.unit)} при плане {words(one.planned, one.unit)}")
        for code, one in data.figures.items()
        if code in PASSPORTS
        and is_met(PASSPORTS[code], None if one.value is None else float(one.value), one.planned) is met
    ]


def _strengths(data: Known) -> str:
    said = [text for part, text in _scales(data) if part >= HIGH]
    return "\n".join((_goals(data, met=True) + said)[:AT_MOST])


def _weaknesses(data: Known) -> str:
    said = [text for part, text in reversed(_scales(data)) if part <= LOW]
    return "\n".join((_goals(data, met=False) + said)[:AT_MOST])


def _opportunities(data: Known) -> str:
    chosen = []
    for result in data.surveys:
        for one in result.questions:
            if one.hidden or one.number < FEWEST or one.question.kind not in (Question.Kind.ONE, Question.Kind.MANY):
                continue
            best = max(one.shares, key=lambda share: share.percent, default=None)
            if best and best.number:
                percent = f"{number_text(best.percent)}{NBSP}%"
                chosen.append(f"«{one.question.text}»: чаще всего — «{best.label}», {percent}.")
    return "\n".join(chosen[:AT_MOST])


def _threats(data: Known) -> str:
    said = []
    low = [result for result in data.surveys if result.percent is not None and result.percent < 50]
    for result in low:
        said.append(
            f"Опрос «{result.survey.title}»: ответили только {number_text(result.percent)}{NBSP}%,"
            " выводы по нему осторожные."
        )
    for code in ("load", "retained", "rhythm"):
        figure = data.figures.get(code)
        if figure is not None and _moved(figure) < 0:
            was, now = words(figure.before, figure.unit), words(figure.value, figure.unit)
            said.append(full_stop(f"{figure.label}: было {was}, стало {now}"))
    return "\n".join(said[:AT_MOST])


def _conclusions(data: Known) -> str:
    met, missed = _goals(data, met=True), _goals(data, met=False)
    all_of_them = len(met) + len(missed)
    said = []
    if all_of_them:
        said.append(f"Из плановых значений достигнуты {len(met)} из {all_of_them}.")
    risen = [one for one in data.figures.values() if _moved(one) > 0]
    fallen = [one for one in data.figures.values() if _moved(one) < 0]
    if risen:
        said.append(f"Лучше, чем год назад: {joined(lower_first(one.label) for one in risen)}.")
    if fallen:
        said.append(f"Хуже, чем год назад: {joined(lower_first(one.label) for one in fallen)}.")
    return "\n".join(said) or "Сравнить с прошлым годом пока не с чем."


def _moved(one: ReportFigure) -> int:
    """Return 1 when a number has become better in a year, -1 when worse, 0 when that cannot be said."""
    better = PASSPORTS[one.code].better if one.code in PASSPORTS else ""
    if one.value is None or one.before is None or one.value == one.before or not better:
        return 0
    return 1 if (one.value > one.before) == (better == "more") else -1


def _proposals(data: Known) -> str:
    return "\n".join(f"Довести до плана: {lower_first(text)}" for text in _goals(data, met=False)[:AT_MOST])


@dataclass(frozen=True)
class Plan:
    """A section: its key, its heading, the groups of indicators that stand in it, and who writes its draft."""

    key: str
    title: str
    write: Callable[[Known], str]
    groups: tuple[str, ...] = ()
    is_swot: bool = False


PLAN = (
    Plan("intro", "Общие сведения", _intro),
    Plan("people", "Участие в наставничестве", _of("Участие"), ("Участие",)),
    Plan("work", "Работа пар и групп", _of("Работа пар и групп"), ("Работа пар и групп",)),
    Plan("results", "Результаты программ", _results, ("Результаты",)),
    Plan("difficulties", "Профессиональные затруднения", _difficulties),
    Plan("training", "Обучение и события", _training, ("Обучение",)),
    Plan("answers", "Как отвечают на просьбы", _of("Ответы на просьбы"), ("Ответы на просьбы",)),
    Plan("surveys", "Что показали опросы", _surveys),
    Plan("strengths", "Сильные стороны", _strengths, is_swot=True),
    Plan("weaknesses", "Слабые стороны", _weaknesses, is_swot=True),
    Plan("opportunities", "Возможности", _opportunities, is_swot=True),
    Plan("threats", "Угрозы", _threats, is_swot=True),
    Plan("conclusions", "Выводы", _conclusions),
    Plan("proposals", "Предложения на следующий год", _proposals),
)
PLAN_BY_KEY = {one.key: one for one in PLAN}


def drafts(data: Known) -> dict[str, str]:
    """Return what the data say in each section."""
    return {one.key: one.write(data).replace(" — ", f"{NBSP}— ")[:12000] for one in PLAN}


RISKS = (
    (
        "Наставник перегружен",
        "больше трёх наставляемых у одного наставника, встречи реже раза в две недели",
        "закрепить второго наставника, пересмотреть нагрузку приказом",
    ),
    (
        "Программа выполняется формально",
        "записи встреч без итогов, оценки в опросах ниже половины шкалы",
        "методический совет разбирает программу с парой, куратор посещает встречу",
    ),
    (
        "Молодой специалист уходит из школы",
        "нет наставника через месяц после приёма, трудные ответы в опросах",
        "закрепить наставника в первый месяц, беседа директора в конце первой четверти",
    ),
)
"""Risks that a first report begins with; the next one begins with those of the last year."""


def first_risks(report: AnnualReport) -> list[ReportRisk]:
    """Return the risks of the last signed report, else those of the product, as unsaved rows."""
    last = last_of(report)
    known = [(one.risk, one.sign, one.action) for one in last.risks.all()] if last else []
    return [
        ReportRisk(report=report, position=number, risk=risk, sign=sign, action=action)
        for number, (risk, sign, action) in enumerate(known or RISKS, 1)
    ]
