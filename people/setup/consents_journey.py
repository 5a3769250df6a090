"""Steps of the new school year: consents whose term ends, and those of an earlier edition (152-ФЗ, ст. 9)."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.journeys import Step
from mentoring_site.models import Act
from people.consents.editions import outdated
from people.consents.models import Consent
from people.rights import Right
from people.setup.year_journey import RENEWED, begins, ends


def _ending() -> QuerySet[Consent]:
    """Consents in force that end by the end of the season and have no younger one for the same."""
    later = Consent.objects.live().filter(
        person=OuterRef("person"), purpose=OuterRef("purpose"), part=OuterRef("part"), matter=OuterRef("matter")
    )
    found = Consent.objects.live().filter(until__lte=max(ends(), timezone.localdate())).order_by()
    return found.filter(~Exists(later.filter(pk__gt=OuterRef("pk")).order_by()))


def _not_asked() -> QuerySet[Consent]:
    """Consents of an earlier edition whose people were not asked for the new one in this season."""
    kind = ContentType.objects.get_for_model(Consent)
    asked = Act.objects.filter(
        object_type=kind, object_id=OuterRef("pk"), verb="ask_new_edition", at__date__gte=begins()
    )
    return Consent.objects.filter(outdated()).filter(~Exists(asked.order_by())).order_by()


STEPS = (
    Step(
        "consents",
        240,
        "Возьмите согласия вместо тех, чей срок кончается",
        "Без действующего согласия программа не начнётся, а имя не покажут на сайте (152-ФЗ, ст.\u00a09)",
        Right.CONSENTS_RECORD,
        lambda: f"{reverse('people:consents')}?state=expiring&sort=until",
        "Открыть список",
        lambda: ~Exists(_ending()),
        4,
        10,
        group=RENEWED,
    ),
    Step(
        "editions",
        250,
        "Попросите подписать новую редакцию согласий",
        "Одним нажатием — всем, кто подписал прежнюю и кого ещё не просили",
        Right.CONSENTS_RECORD,
        lambda: reverse("people:consent_editions"),
        "Открыть тексты",
        lambda: ~Exists(_not_asked()),
        2,
        1,
        group=RENEWED,
    ),
)
