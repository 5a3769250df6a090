"""Monitoring and statistics on a phone and at a desk: nothing to be moved sideways, numbers of a finger's size."""

import pytest
from django.urls import reverse

from reports.help.models import TourSeen
from tests.programs.pairings.test_phone import windows_of
from tests.reports.indicators.kit import make_counted
from tests.reports.monitoring.kit import a_monitoring, completed

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.point("13.3")]
FINGER = 44  # pixels


def test_pages_fit_and_numbers_are_of_a_finger_s_size(cast, as_user):
    make_counted(cast)
    TourSeen.objects.create(user=cast.curator, page="*")
    done, going = completed(cast, part="first"), a_monitoring(cast)
    client = as_user(cast.curator)
    urls = [
        done.get_absolute_url(),
        going.get_absolute_url(),
        reverse("reports:monitorings"),
        reverse("reports:monitoring_swot", args=[going.pk]),
        reverse("reports:statistics"),
    ]
    for url in urls:
        for windows in windows_of(client.get(url).content.decode()):
            for width, tab in windows.items():
                wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wide <= 0, (url, width)
            links = windows[390].locator("td a.tall")
            boxes = [links.nth(n).bounding_box() for n in range(links.count())]
            assert all(box["height"] >= FINGER for box in boxes if box), url
