"""A step of the new school year: the roadmap is approved (п. 3.3, 3.4)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import COPIED
from roadmap.plan.acts import this_year
from roadmap.plan.models import Roadmap


def _address() -> str:
    """Lead to the roadmap of this year, or to the page that drafts it."""
    found = Roadmap.objects.filter(school_year=this_year()).order_by("-pk").only("pk").first()
    return found.get_absolute_url() if found else reverse("roadmap:new")


STEPS = (
    Step(
        "roadmap",
        110,
        "Утвердите дорожную карту на год",
        "Мероприятия прошлого года переносятся сами, сроки сдвигаются на рабочие дни (п.\u00a03.3, 3.4)",
        Right.ROADMAP_WRITE,
        _address,
        "Открыть карту",
        lambda: Exists(Roadmap.objects.filter(school_year=this_year(), state=Roadmap.State.APPROVED).order_by()),
        6,
        15,
        group=COPIED,
    ),
)
