"""Conditions by which persons are filtered: young specialists and age bands (п. 2.1, 3.5)."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from mentoring_site.russian import add_months
from people.register.models import YOUNG_AGE, YOUNG_SERVICE

AGE_BANDS = {"under35": (None, 35), "35-49": (35, 50), "50-64": (50, 65), "65": (65, None)}
AGE_WORDS = {"under35": "до 35 лет", "35-49": "35–49 лет", "50-64": "50–64 года", "65": "65 лет и старше"}


def young(yes: bool, today: date | None = None) -> Q:
    """Persons who are young specialists today, or known not to be (п. 2.1, 3.5); the same rule as on the page."""
    today = today or timezone.localdate()
    young_age, young_service = (
        Q(birth_date__gt=years_ago(YOUNG_AGE, today)),
        Q(teaching_since__gt=years_ago(YOUNG_SERVICE, today)),
    )
    if yes:
        return young_age & young_service
    return Q(birth_date__isnull=False, teaching_since__isnull=False) & ~(young_age & young_service)


def aged(band: str, today: date | None = None) -> Q:
    """Persons of an age band of ``AGE_BANDS``; those without a birth date are in none."""
    today = today or timezone.localdate()
    youngest, oldest = AGE_BANDS[band]
    found = Q(birth_date__isnull=False)
    if youngest is not None:
        found &= Q(birth_date__lte=years_ago(youngest, today))
    if oldest is not None:
        found &= Q(birth_date__gt=years_ago(oldest, today))
    return found


def years_ago(years: int, today: date) -> date:
    """Return the same day some years ago: who was born later is younger."""
    return add_months(today, -12 * years)
