"""A trial whose program is carried out may be spoken of by the council before its conclusion (п. 3.5)."""

from typing import Any

from django.db.models import QuerySet

from mentoring_site.russian import quoted
from programs.program.models import Program, Trial
from programs.program.rules import parties
from programs.program.trial.acts import CONCLUDED
from roadmap.council.matters import MatterKind


def _waiting(user: Any) -> QuerySet[Trial]:
    programs = Program.objects.visible_to(user).filter(state__in=CONCLUDED)
    found = Trial.objects.filter(verdict="", program__in=programs)
    return found.select_related("program").order_by("program__ends_on", "pk")


TRIALS = MatterKind(
    code="trial",
    heading="Апробации без заключения",
    model=Trial,
    waiting=_waiting,
    label=lambda trial: f"Апробация программы {quoted(trial.program.title)}",
    title=lambda trial: f"Об итогах апробации программы {quoted(trial.program.title)}",
    decided=lambda trial: "Утвердить заключение об апробации:",
    parties=lambda trial: parties(trial.program),
    address=lambda trial: trial.program.get_absolute_url(),
)
