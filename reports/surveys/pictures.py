"""The results of a survey in pictures with their tables: shares, means, before and after."""

from mentoring_site.charts.bars import Bar, Bars, Series
from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.panels import Panel, Panels
from mentoring_site.russian import number_text, plural
from reports.surveys.models import Question
from reports.surveys.results import Change, QuestionResult, Share, SurveyResult

ANSWERS = "ответ,ответа,ответов"
HIDDEN = "скрыто: мало ответов"


def decimal(value: float | None) -> str:
    """Return a mean with at most one decimal: «7,4»."""
    return number_text(round(value, 1)) if value is not None else "—"


def percent(value: float | None) -> str:
    """Return «33,3 %»."""
    return f"{number_text(value)}\u00a0%" if value is not None else "—"


def shares(key: str, title: str, found: tuple[Share, ...], number: int, *, note: str = "") -> Figure:
    """Return bars of shares with their numbers."""
    rows = tuple(Bar(one.label, one.number, f"{one.number}, {percent(one.percent)}") for one in found)
    desc = "; ".join(f"{one.label} – {one.number}" for one in found)
    cells = [[one.label, one.number, percent(one.percent)] for one in found]
    headed = table("Ответ", "Человек", "Доля", rows=cells, numbers=(1, 2))
    return Figure(key, Bars(title, f"{plural(number, ANSWERS)}: {desc}", rows), **headed, note=note)


def of_question(result: QuestionResult) -> Figure | None:
    """Return the picture of one question, None where there is nothing to draw."""
    question = result.question
    if result.hidden or not result.number or not result.shares:
        return None
    note = plural(result.number, ANSWERS)
    if result.mean is not None:
        note += f", в среднем {decimal(result.mean)}"
        note += f" из {question.high}" if question.kind == Question.Kind.SCALE else ""
    if question.kind == Question.Kind.MANY:
        note += "; можно было выбрать несколько, поэтому доли в сумме больше 100\u00a0%"
    return shares(question.key, question.text, result.shares, result.number, note=f"{note}.")


def means(result: SurveyResult) -> Figure | None:
    """Return all scales of a survey beside each other by their means, None where there are fewer than two."""
    counted = [one for one in result.questions if one.mean is not None and one.question.kind == Question.Kind.SCALE]
    if len(counted) < 2:
        return None
    rows = tuple(
        Bar(one.question.text, one.mean or 0, f"{decimal(one.mean)} из {one.question.high}", one.question.high)
        for one in counted
    )
    cells = [[one.question.text, one.number, decimal(one.mean), one.question.high or 0] for one in counted]
    desc = "; ".join(f"{one.question.text} – {decimal(one.mean)}" for one in counted)
    headed = table("Вопрос", "Ответов", "Среднее", "Из", rows=cells, numbers=(1, 2, 3))
    return Figure("means", Bars("Средние по шкалам", desc, rows), **headed)


def changes(found: tuple[Change, ...]) -> Figure | None:
    """Return the goals before and after the programs, None where nobody has answered both."""
    if not found:
        return None
    top = max(one.high for one in found)
    panels = tuple(Panel(one.goal, (Series("среднее", (round(one.before, 1), round(one.after, 1))),)) for one in found)
    cells = [
        [one.goal, one.number, decimal(one.before), decimal(one.after), f"{one.by:+.1f}".replace(".", ",")]
        for one in found
    ]
    desc = "; ".join(f"{one.goal}: {decimal(one.before)} → {decimal(one.after)}" for one in found)
    headed = table("Цель", "Человек", "До", "После", "Изменение", rows=cells, numbers=(1, 2, 3, 4))
    chart = Panels("Те же цели до и после", desc, ("до", "после"), panels, top=top)
    return Figure("changes", chart, **headed, note="Считаются те, кто ответил на оба опроса об одной программе.")


def all_of(result: SurveyResult, found: tuple[Change, ...]) -> list[Figure]:
    """Return the pictures of a survey for a paper, in their order."""
    figures = [means(result), changes(found)]
    if result.levels and result.mean_sum is not None:
        figures.append(levels(result))
    figures += [of_question(one) for one in result.questions]
    return [figure for figure in figures if figure is not None]


def levels(result: SurveyResult) -> Figure:
    """Return the levels by the sum of points."""
    number = sum(one.number for one in result.levels)
    note = f"Средняя сумма баллов: {decimal(result.mean_sum)}."
    return shares("levels", "Уровень по сумме баллов", result.levels, number, note=note)
