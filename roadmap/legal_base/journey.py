"""A step of the new school year: the legal base was compared with the official texts (п. 9.2)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import RENEWED
from roadmap.legal_base.models import LegalAct

STEPS = (
    Step(
        "legal-base",
        260,
        "Сверьте правовую базу",
        "Акты, которых больше года никто не сверял с официальными текстами: отметьте все сразу (п.\u00a09.2)",
        Right.LEGAL_BASE_EDIT,
        lambda: f"{reverse('roadmap:legal_acts_check')}?force=stale&tick=found",
        "Проверить",
        lambda: ~Exists(LegalAct.objects.stale().order_by()),
        2,
        15,
        group=RENEWED,
    ),
)
