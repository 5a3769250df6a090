"""What pages of monitoring show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.russian import rudate, upper_first
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.rights import Right
from reports.indicators.passports import PASSPORTS
from reports.indicators.presenters import list_url
from reports.monitoring.documents import SWOT, lines, minutes_words, order_words
from reports.monitoring.gathering import Counted, answered_words, indicators, surveys
from reports.monitoring.models import Monitoring

TITLE = "Мониторинг"
ON_PAGE = "на странице опроса, в черновике справки"


@dataclass(frozen=True)
class Row:
    """A monitoring in the list."""

    title: str
    url: str
    order: str
    head: str
    verdict: str
    badge: Badge


@dataclass(frozen=True)
class Gathered:
    """A survey in the checklist of what is gathered."""

    title: str
    url: str
    answered: str
    told: str


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of monitorings."""
    return [Crumb(TITLE, reverse("reports:monitorings")), *more]


def crumbs_of(monitoring: Monitoring, word: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of a monitoring."""
    return crumbs(Crumb(str(monitoring), monitoring.get_absolute_url()), Crumb(word))


def badge(monitoring: Monitoring) -> Badge:
    """Return the state of a monitoring by word and shape."""
    return Badge(monitoring.get_state_display(), "done" if monitoring.is_completed else "ahead")


def _head(monitoring: Monitoring) -> str:
    return next((one.person.short_name for one in monitoring.members.all() if one.is_head), "")


def row(monitoring: Monitoring, user: User) -> Row:
    """Return the line of a monitoring read ``with_requirements``."""
    return Row(
        str(monitoring),
        monitoring.get_absolute_url(),
        order_words(monitoring),
        _head(monitoring),
        monitoring.get_verdict_display() if monitoring.verdict else "",
        badge(monitoring),
    )


COLUMNS = ("Мониторинг", "С", "По", "Приказ", "Руководитель группы", "Оценка совета", "Состояние", "Завершён")


def cells(monitoring: Monitoring, user: User) -> tuple:
    """Return the cells of a workbook."""
    shown = row(monitoring, user)
    completed = monitoring.completed_at.date() if monitoring.completed_at else None
    days = (monitoring.first, monitoring.last)
    return shown.title, *days, shown.order, shown.head, shown.verdict, shown.badge.word, completed


def facts(monitoring: Monitoring, user: User) -> list[Fact]:
    """Return the particulars of a monitoring."""
    order, scan = monitoring.order, monitoring.order_scan
    url = order.get_absolute_url() if order and user.can(Right.ORDERS_SEE_ALL) else ""
    if scan:
        url = reverse("reports:monitoring_order_scan", args=[monitoring.pk])
    found = [
        Fact("Приказ", order_words(monitoring), url=url),
        Fact("Данные за", monitoring.counted.words),
    ]
    others = [one.person.full_name for one in monitoring.members.all() if not one.is_head]
    head = [one.person.full_name for one in monitoring.members.all() if one.is_head]
    found += Fact.known([("Руководитель группы", ", ".join(head)), ("В рабочей группе", ", ".join(others))])
    if monitoring.minutes_on:
        held = reverse("reports:monitoring_minutes_scan", args=[monitoring.pk]) if monitoring.minutes_scan else ""
        found.append(Fact("Протокол рабочей группы", minutes_words(monitoring), url=held))
    if monitoring.meeting:
        url = monitoring.meeting.get_absolute_url() if user.can(Right.MINUTES_SEE) else ""
        found.append(Fact("Заседание совета", str(monitoring.meeting), url=url))
    if monitoring.completed_at:
        found.append(Fact("Завершён", rudate(monitoring.completed_at)))
    return found


def checks(monitoring: Monitoring, user: User) -> list[Check]:
    """Return the checklist of the end: what is there, what is missing and who supplies it."""
    if monitoring.is_completed:
        return []
    found = readiness(monitoring, "complete")
    if user.can(Right.MONITORING_WRITE) and user.can(Right.MONITORING_ASSESS):
        return found
    may = {"assess"} if user.can(Right.MONITORING_ASSESS) else set()
    may |= {"edit", "swot", "conclusions", "minutes"} if user.can(Right.MONITORING_WRITE) else set()
    return [one if one.url.rstrip("/").rpartition("/")[2] in may else _without_link(one) for one in found]


def _without_link(one: Check) -> Check:
    return Check(one.met, one.text, one.who)


def actions(monitoring: Monitoring, user: User) -> list[Action]:
    """Return the buttons of a monitoring, the next step first."""

    def url(name: str) -> str:
        return reverse(f"reports:monitoring_{name}", args=[monitoring.pk])

    found: list[Action | None] = []
    if not monitoring.is_completed:
        found.append(action(monitoring, "complete", user, url("complete"), primary=True))
        if user.can(Right.MONITORING_ASSESS):
            words = "Изменить оценку совета" if monitoring.verdict else "Записать оценку совета"
            found.append(Action("assess", words, url("assess"), primary=not monitoring.verdict))
        if user.can(Right.MONITORING_WRITE):
            found += [
                Action("swot", "SWOT-анализ", url("swot")),
                Action("conclusions", "Выводы и предложения", url("conclusions")),
                Action("minutes", "Протокол группы", url("minutes")),
                Action("edit", "Приказ и рабочая группа", url("edit")),
            ]
    return [one for one in found if one]


def gathered(monitoring: Monitoring, user: User) -> list[Gathered]:
    """Return the surveys of a monitoring; of one that is completed those of its paper. No survey costs a query."""
    if monitoring.facts is not None:
        return [Gathered(title, "", answered, told) for title, _, answered, told in monitoring.facts["surveys"]]
    sees = user.can(Right.SURVEYS_SEE)
    return [
        Gathered(one.title, one.get_absolute_url() if sees else "", answered_words(one), ON_PAGE if sees else "")
        for one in surveys(monitoring)
    ]


def figures(monitoring: Monitoring, user: User) -> list[Counted]:
    """Return the indicators: counted now, of one that is completed as kept. Lists are for who may see them."""
    if not monitoring.is_completed:
        found = indicators(monitoring.counted)
    else:
        days = monitoring.counted
        found = [
            Counted(
                one.code,
                one.group,
                one.name,
                one.value,
                one.words,
                one.made_of,
                one.before,
                one.clause,
                list_url(PASSPORTS[one.code], days) if one.code in PASSPORTS and one.value else "",
            )
            for one in monitoring.figures.all()
        ]
    if user.can(Right.PROGRAMS_SEE_ALL):
        return found
    return [Counted(**{**vars(one), "list_url": ""}) for one in found]


def texts(monitoring: Monitoring) -> list[dict[str, Any]]:
    """Return what was written, part by part; what is empty is left out."""
    found = [(label, lines(getattr(monitoring, name))) for name, label in SWOT.items()]
    verdict = [f"{upper_first(monitoring.get_verdict_display())}."] if monitoring.verdict else []
    found.append(("Оценка методического совета", [*verdict, *lines(monitoring.assessment)]))
    found += [("Выводы", lines(monitoring.conclusions)), ("Предложения", lines(monitoring.proposals))]
    found.append(("Решение рабочей группы", lines(monitoring.minutes_text)))
    return [{"name": name, "lines": said} for name, said in found if said]
