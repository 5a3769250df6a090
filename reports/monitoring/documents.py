"""Facts of «Справка о результатах мониторинга» (п. 3.4)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from mentoring_site.russian import period, rudate
from people.language.declension import post_of
from people.roles.letterhead import school_facts
from reports.monitoring.gathering import FIELDS, Counted, asked, indicators
from reports.monitoring.models import Monitoring

SWOT = dict(zip(FIELDS, ("Сильные стороны", "Слабые стороны", "Возможности", "Угрозы"), strict=True))


def lines(text: str) -> list[str]:
    """Return the lines of a text that have words."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def order_words(monitoring: Monitoring) -> str:
    """«приказ от 2 сентября 2026 г. № 41-од», of a paper one the words that were typed."""
    order = monitoring.order
    if order is None:
        return monitoring.order_words
    return f"приказ от {rudate(order.date)} №\u00a0{order.number}" if order.date else "приказ"


def facts(monitoring: Monitoring, counted: Sequence[Counted] | None = None) -> dict[str, Any]:
    """Return what ``documents/monitoring.html`` reads; of one that is completed what was kept then.

    Takes a monitoring read ``with_requirements``.
    """
    if monitoring.facts is not None:
        return monitoring.facts
    found = indicators(monitoring.counted) if counted is None else counted
    people = list(monitoring.members.all())
    day = timezone.localdate(monitoring.completed_at) if monitoring.completed_at else timezone.localdate()
    return {
        "school": school_facts(),
        "title": "Справка о результатах мониторинга",
        "lead": f"реализации системы наставничества за {monitoring.words}",
        "date": day.isoformat(),
        "draft": monitoring.completed_at is None,
        "counted": monitoring.counted.words,
        "order": order_words(monitoring),
        "people": [{"name": one.person.full_name, "post": post_of(one.person), "head": one.is_head} for one in people],
        "surveys": [
            [one.survey.title, period(one.survey.opens_on, one.survey.closes_on), one.answered, one.told]
            for one in asked(monitoring)
        ],
        "indicators": [
            {"group": one.group, "cells": [one.name, one.words, one.made_of, one.before, one.clause]} for one in found
        ],
        "swot": [{"name": label, "lines": lines(getattr(monitoring, name))} for name, label in SWOT.items()],
        "verdict": monitoring.get_verdict_display() if monitoring.verdict else "",
        "assessment": lines(monitoring.assessment),
        "meeting": str(monitoring.meeting) if monitoring.meeting else "",
        "conclusions": lines(monitoring.conclusions),
        "proposals": lines(monitoring.proposals),
        "minutes": minutes_words(monitoring),
        "minutes_text": lines(monitoring.minutes_text),
        "signatures": [
            {
                "post": "Руководитель рабочей группы" if one.is_head else "Член рабочей группы",
                "name": one.person.signature_name,
            }
            for one in people
        ],
    }


def minutes_words(monitoring: Monitoring) -> str:
    """«протокол от 5 июня 2027 г. № 1»."""
    if monitoring.minutes_on is None:
        return ""
    number = f" №\u00a0{monitoring.minutes_number}" if monitoring.minutes_number else ""
    return f"протокол от {rudate(monitoring.minutes_on)}{number}"
