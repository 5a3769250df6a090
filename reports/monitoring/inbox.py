"""What waits in a monitoring: the council's assessment, the end of one whose days have passed (п. 3.4, 3.5)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.rights import CHAIR, Right
from reports.monitoring.models import Monitoring

AT_MOST = 5


def items(user: User) -> Iterator[InboxItem]:
    """Return what waits for the chair of the council and for the curator."""
    if CHAIR in user.roles:
        ready = Monitoring.objects.going().filter(verdict="").exclude(strengths="").exclude(conclusions="")
        for one in ready.order_by("pk")[:AT_MOST]:
            yield InboxItem(
                f"Оценить результаты: {one}",
                "SWOT-анализ и выводы готовы, нужна оценка методического совета",
                reverse("reports:monitoring_assess", args=[one.pk]),
                "Оценить",
                group=Group.SCHOOL,
                key=f"monitoring-assess:{one.pk}",
            )
    if user.can(Right.MONITORING_WRITE):
        past = Monitoring.objects.going().filter(last__lt=timezone.localdate())
        for one in past.order_by("last", "pk")[:AT_MOST]:
            yield InboxItem(
                f"Завершить: {one}",
                f"Период закончился {ruday(one.last)}; чего не хватает, видно на странице",
                one.get_absolute_url(),
                "Открыть",
                since=one.last,
                group=Group.SCHOOL,
                key=f"monitoring:{one.pk}",
            )
