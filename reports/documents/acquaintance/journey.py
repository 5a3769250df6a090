"""A step of the new school year: everybody has read the acts of the school that concern them (п. 3.5, 5.2)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import RENEWED
from reports.documents.local_acts.models import ActReader

STEPS = (
    Step(
        "acts-to-read",
        270,
        "Ознакомьте людей с локальными актами",
        "Напоминание уйдёт всем, кто ещё не прочёл; подписи с листов записывают там же",
        Right.ORDERS_DRAFT,
        lambda: f"{reverse('reports:acquaintance_remind_many')}?tick=found",
        "Напомнить",
        lambda: ~Exists(ActReader.objects.awaited().order_by()),
        2,
        2,
        group=RENEWED,
    ),
)
