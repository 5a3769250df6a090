"""Samples of programs as rows of their page (п. 1.2, 3.5)."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from mentoring_site.russian import plural
from mentoring_site.ui.elements import Badge
from programs.catalogs.models import ProgramTemplate


def template_rows() -> list[dict]:
    """Return every sample with whom it suits and the programs that have tried it; three queries."""
    rows = ProgramTemplate.objects.annotate(lines=Count("activities")).select_related("department", "need")
    rows = rows.prefetch_related("programs__trial").order_by("department__name", "name", "pk")
    return [_template_row(row) for row in rows]


def _template_row(entry: Any) -> dict:
    months = plural(entry.months, "месяц,месяца,месяцев")
    lines = plural(entry.lines, "мероприятие,мероприятия,мероприятий")
    suits = [str(one) for one in (entry.department, entry.need) if one]
    return {
        "name": entry.name,
        "url": reverse("programs:lists_edit", args=["templates", entry.pk]),
        "badge": Badge("предлагается", "done") if entry.is_open else Badge("не предлагается", "stopped"),
        "note": f"{entry.for_whom}. {months}, {lines}",
        "suits": ", ".join(suits),
        "programs": entry.programs.all(),
    }
