"""The demo school has been inspected: a small folder of this year is made and handed over by an act (п. 3.4, 3.5)."""

from datetime import date

from django.utils import timezone

from mentoring_site.ui.list_filters import year_now
from reports.inspection import acts
from reports.inspection.models import Folder

SCOPE = ("acts", "orders", "consents")


def inspected(demo):
    """Make a folder of three дела and hand it over, when all orders are printed."""
    curator, year = demo.user("curator"), year_now()
    folder = acts.order(by=curator, since=date(year, 8, 1), until=date(year + 1, 7, 31), scope=SCOPE)
    acts.build_folder.call(folder.pk)
    acts.hand_over(
        Folder.objects.get(pk=folder.pk),
        by=curator,
        date=timezone.localdate(),
        organisation="Управление образования Администрации города Элисты",
        receiver="Петрова Анна Ивановна",
        receiver_post="главный специалист",
        basis="запрос о ходе внедрения наставничества",
    )
