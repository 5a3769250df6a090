"""Who has read an order, and reminders about visas and reading."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people import letters
from reports.models import Acquaintance, Order, Visa


@transaction.atomic
def acquaint(acquaintance: Acquaintance, *, by, on_paper: bool = False) -> Acquaintance:
    """Acknowledge an order in the application, or record a signature on the sheet. Raises ``NotAllowed``, ``Already``."""
    own = by.person_id == acquaintance.person_id
    if not own and not (on_paper and by.can("orders.register")):
        raise NotAllowed("Знакомится с приказом сам человек; подпись на листе записывает специалист по кадрам")
    moved = Acquaintance.objects.filter(pk=acquaintance.pk, read_at__isnull=True).update(
        read_at=timezone.now(), on_paper=on_paper, recorded_by=by
    )
    if not moved:
        raise Already("Ознакомление уже записано")
    words = "записана подпись на листе ознакомления" if on_paper else "ознакомление с приказом"
    record(acquaintance.order, "acquaint", by=by, words=words, person=acquaintance.person_id)
    acquaintance.refresh_from_db()
    return acquaintance


@transaction.atomic
def remind(about: Visa | Acquaintance, *, by) -> None:
    """Remind somebody of a visa or of reading by letter, at most once a day. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    if not by.can("orders.draft"):
        raise NotAllowed("Напоминает куратор, специалист по кадрам или директор")
    order = Order.objects.select_for_update().get(pk=about.order_id)
    visa = isinstance(about, Visa)
    if (about.given_at if visa else about.read_at) or (visa and order.state != "draft"):
        raise Refused("Напоминать уже не о чем")
    day_ago = timezone.now() - timedelta(days=1)
    if Act.objects.about(order).filter(verb="remind", at__gte=day_ago, facts__person=about.person_id).exists():
        raise Already("Сегодня об этом уже напоминали")
    letters.to_person(about.person, "order_visa" if visa else "order_registered", order=order, concerned=True)
    what = "виза" if visa else "ознакомление"
    record(order, "remind", by=by, words=f"отправлено напоминание: {what}", person=about.person_id)
