"""People whose data are no longer processed by consent: withdrawn or expired, and no new one (152-ФЗ, ст. 9, 21).

Nothing about them stands on the site, and nothing new is written about them. What goes on by another ground (papers of
the pair until an order ends it, the contract of employment) is named in the answer to the person.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from mentoring_site.russian import joined
from mentoring_site.workflow import Refused
from people.consents.models import PROCESSING, Consent, ConsentQuerySet
from people.register.models import Person


def ended(today: date | None = None) -> ConsentQuerySet:
    """Return the ended consents to processing of people who have no live one."""
    today = today or timezone.localdate()
    live = Consent.objects.live(today).filter(person=OuterRef("person"), purpose=PROCESSING)
    over = Q(end__in=(Consent.End.WITHDRAWN, Consent.End.EXPIRED)) | Q(ended_on=None, until__lt=today)
    return Consent.objects.filter(over, ~Exists(live), purpose=PROCESSING)


def closed_on(people: Iterable[int] | None = None) -> dict[int, date]:
    """Return since when the data of people (everybody for None) are closed, by person; one query."""
    rows = ended() if people is None else ended().filter(person__in=list(people))
    days = rows.order_by().values("person").annotate(ended=Max("ended_on"), until=Max("until"))
    return {row["person"]: row["ended"] or row["until"] for row in days}


def refuse_closed(people: Iterable[Person]) -> None:
    """Refuse to write something new about people whose data are closed. Raises ``Refused``; one query."""
    known = {person.pk: person for person in people}
    if gone := [known[pk].short_name for pk in closed_on(known)]:
        raise Refused(
            f"{joined(gone)}: согласия на обработку персональных данных больше нет, новые записи закрыты. Пару"
            " прекращает приказ, его готовит куратор"
        )
