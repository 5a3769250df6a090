"""The workflow of a final analytical report and what it requires (п. 3.4). The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right

WHO = "Пишет куратор"
NEEDED = ("conclusions", "proposals")
"""Sections that no data can write: what the school concludes and what it will do."""


@requirement("Выводы и предложения написаны")
def conclusions_written(report: Any) -> list[Complaint]:
    """A report is analytical by its conclusions: they are the curator's own words, not the draft as it came."""
    return [
        Complaint(
            f"Раздел «{section.title}» пока пуст" if not section.text.strip() else f"Прочитайте «{section.title}»",
            WHO,
            reverse("reports:annual_section", args=[report.pk, section.key]),
            "Открыть раздел",
        )
        for section in report.sections.all()
        if section.key in NEEDED and (not section.text.strip() or not section.is_read)
    ]


@requirement("Названы риски: в чём риск, по какому признаку он виден, что делать")
def risks_named(report: Any) -> Complaint | None:
    """The ministry's letter asks for a list of risks."""
    if report.risks.all():
        return None
    url = reverse("reports:annual_risks", args=[report.pk])
    return Complaint("В отчёте нет ни одного риска", WHO, url, "Назвать риски")


ANNUAL = Workflow(
    Transition(
        "submit",
        "Передать на подпись",
        ("draft",),
        "submitted",
        "передан на подпись директору",
        (conclusions_written, risks_named),
        right=Right.ANNUAL_WRITE,
    ),
    Transition(
        "send_back",
        "Вернуть на доработку",
        ("submitted",),
        "draft",
        "возвращён на доработку",
        right=Right.ANNUAL_SIGN,
        may=lambda report, user: user.can(Right.ANNUAL_WRITE),
        who=Right.ANNUAL_WRITE.who,
    ),
    Transition(
        "sign",
        "Подписать отчёт",
        ("submitted",),
        "signed",
        "подписан директором, числа закреплены",
        (conclusions_written, risks_named),
        right=Right.ANNUAL_SIGN,
    ),
)
