"""Steps in orders: of the first hour (п. 3.1, 3.3), and of the new school year: drafts that nobody has signed."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.school.models import School
from people.setup.year_journey import CLOSES, begins
from programs.pairings.models import Pairing
from reports.orders.models import Order, OrderItem


def _order(kind: str) -> str:
    """Lead to the order of this kind that is on its way, at the step it stands at, or to a new one."""
    order = Order.objects.filter(kind=kind, state__in=Order.OPEN_STATES).order_by("pk").only("pk", "state").first()
    if order is None:
        return f"{reverse('reports:order_new')}?kind={kind}"
    if order.state == Order.State.AT_SIGNATURE:
        return reverse("reports:order_register", args=[order.pk])
    return order.get_absolute_url()


def _assignment() -> str:
    """As ``_order``; a new one already names the pair that is ready."""
    taken = OrderItem.objects.filter(order__state__in=Order.OPEN_STATES, pairing__isnull=False)
    if taken.exists():
        return _order("assignment")
    ready = Pairing.objects.filter(state=Pairing.State.RECOMMENDED).order_by("minutes_date", "pk").first()
    return f"{reverse('reports:order_new')}?kind=assignment" + (f"&pairing={ready.pk}" if ready else "")


STEPS = (
    Step(
        "regulation",
        80,
        "Утвердите Положение о наставничестве",
        "Текст уже вписан: прочитайте, поправьте или загрузите свой, и составьте приказ (п.\u00a03.1)",
        Right.ORDERS_DRAFT,
        lambda: _order("regulation"),
        "Составить приказ",
        lambda: Exists(School.objects.filter(regulation_date__isnull=False).order_by()),
        10,
        10,
        after=("director",),
    ),
    Step(
        "order",
        300,
        "Закрепите пару приказом",
        "Приказ закрепляет пару и назначает наставника; вступает в силу после подписи и регистрации (п.\u00a03.3). Если"
        " пары уже работают по бумажным приказам, внесите их книгой: «Отчёты», «Прежние документы»",
        Right.ORDERS_DRAFT,
        _assignment,
        "Подготовить приказ",
        lambda: Exists(Pairing.objects.filter(state=Pairing.State.ASSIGNED).order_by()),
        10,
        10,
        after=("council", "duties", "regulation"),
    ),
)


def _left_over():
    """Drafts made before this season: nobody has signed them."""
    return Order.objects.filter(state=Order.State.DRAFT, created_at__date__lt=begins()).order_by("created_at", "pk")


def _drafts() -> str:
    chosen = "&".join(f"one={pk}" for pk in _left_over().values_list("pk", flat=True)[:100])
    return f"{reverse('reports:orders_discard')}?{chosen}"


OF_THE_YEAR = (
    Step(
        "drafts",
        50,
        "Удалите проекты приказов, которые не понадобились",
        "Они составлены до начала года и никем не подписаны; нужный откройте и доведите до подписи",
        Right.ORDERS_DRAFT,
        _drafts,
        "Посмотреть проекты",
        lambda: ~Exists(_left_over().order_by()),
        3,
        3,
        group=CLOSES,
    ),
)
