"""The legal base as a visitor of the site reads it: by level, then the guidance (п. 8.1)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from roadmap.legal_base.models import LegalAct, LegalActQuerySet

TITLES = {
    LegalAct.Level.FEDERAL: "Федеральные акты",
    LegalAct.Level.REGIONAL: "Региональные акты",
    LegalAct.Level.MUNICIPAL: "Муниципальные акты",
    LegalAct.Level.LOCAL: "Акты школы",
}
GUIDANCE = "Методические рекомендации"


@dataclass(frozen=True)
class Section:
    """Acts of one level under their heading."""

    title: str
    acts: list[LegalAct]


def shown(today: date | None = None) -> LegalActQuerySet:
    """Return the acts that a visitor sees: those in force, in the order of the Положение."""
    acts = LegalAct.objects.of_school().in_force_on(today or timezone.localdate()).filter(is_public=True)
    return acts.select_related("file").order_by("level", F("date").asc(nulls_last=True), "pk")


def sections() -> list[Section]:
    """Return the levels that have acts, and the guidance last."""
    acts = list(shown())
    found = [
        Section(title, [act for act in acts if act.level == level and not act.is_guidance])
        for level, title in TITLES.items()
    ]
    found.append(Section(GUIDANCE, [act for act in acts if act.is_guidance]))
    return [section for section in found if section.acts]
