"""A word about a page on first sight: two to four sentences above it, until the reader has had enough of them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mentoring_site.help import Help, place_of
from mentoring_site.help import about as help_about
from mentoring_site.locks import one_at_a_time
from reports.help.models import TourSeen
from reports.help.texts import tours


@dataclass(frozen=True)
class Tour:
    """What ``components/tour.html`` shows: the kind of page, the words, where «Понятно» comes back to, more to read."""

    page: str
    text: str
    back: str
    topic: Help | None


def tour_of(request: HttpRequest) -> Any:
    """Return the word about the page of a request when its reader has not had it yet, read when a template asks."""
    return SimpleLazyObject(lambda: _tour(request))


def _tour(request: HttpRequest) -> Tour | None:
    match = getattr(request, "resolver_match", None)
    page = match.view_name if match else ""
    if request.method != "GET" or page not in tours():
        return None
    if TourSeen.objects.filter(user=request.user.pk, page__in=(page, TourSeen.EVERYTHING)).exists():
        return None
    return Tour(page, tours()[page], request.get_full_path(), help_about(place_of(request)))


def remember(page: str, *, by: Any) -> None:
    """The reader has read the word about a kind of page; pressed twice, it is remembered once."""
    if page in tours():
        TourSeen.objects.get_or_create(user_id=by.pk, page=page)


def switch_off(*, by: Any) -> None:
    """No more words about pages."""
    TourSeen.objects.get_or_create(user_id=by.pk, page=TourSeen.EVERYTHING)


@transaction.atomic
def switch_on(*, by: Any) -> None:
    """Words about pages again, those that were read too."""
    one_at_a_time(f"tours {by.pk}")
    TourSeen.objects.filter(user_id=by.pk).delete()


def are_off(user: Any) -> bool:
    """Whether the reader has switched the words off."""
    return TourSeen.objects.filter(user_id=user.pk, page=TourSeen.EVERYTHING).exists()
