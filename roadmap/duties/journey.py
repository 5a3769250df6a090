"""Steps of the new school year: duties whose term passed in the last one, and those on named days (п. 3.4)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import CLOSES, COPIED, begins
from roadmap.duties.models import Occurrence, RegularDuty


def _late():
    return Occurrence.objects.open().filter(due_on__lt=begins()).order_by()


def _without_days():
    """Duties on named days that have none in this school year any more: others come by themselves."""
    ahead = Occurrence.objects.filter(duty=OuterRef("pk"), due_on__gte=begins()).order_by()
    return RegularDuty.objects.filter(~Exists(ahead), cadence="dates", ended_on=None)


def _days_of() -> str:
    found = _without_days().order_by("name", "pk").values_list("pk", flat=True).first()
    return reverse("roadmap:duty_edit", args=[found]) if found else reverse("roadmap:duties")


STEPS = (
    Step(
        "duties",
        30,
        "Закройте обязанности прошлого года",
        "Срок прошёл, а подтверждения нет: приложите, чем это сделано, или закончите обязанность",
        Right.ROADMAP_WRITE,
        lambda: f"{reverse('roadmap:duties')}?state=late&year=all&sort=due",
        "Открыть просроченные",
        lambda: ~Exists(_late()),
        3,
        5,
        group=CLOSES,
    ),
    Step(
        "duty-days",
        130,
        "Назовите дни обязанностей на новый год",
        "Ежегодные, квартальные и ежемесячные приходят сами; дни названных поимённо сроков укажите заново",
        Right.ROADMAP_WRITE,
        _days_of,
        "Назвать дни",
        lambda: ~Exists(_without_days().order_by()),
        3,
        3,
        group=COPIED,
    ),
)
