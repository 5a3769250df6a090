"""What consents wait for: ending soon, without a scan, due after a withdrawal (roadmap stages 2, 3)."""

from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural, rudate, upper_first
from people.consents.destruction import inbox as destruction_inbox
from people.consents.duties.models import Duty
from people.consents.models import DISSEMINATION, Consent
from people.consents.requests.models import DataRequest
from people.consents.texts import versions
from people.rights import Right

SOON = timedelta(days=30)
ORDER_18_ENDS, REMIND_FROM = date(2027, 9, 1), date(2027, 6, 1)


def items(user) -> list[InboxItem]:
    """Return what waits for those who keep the consents and who approve destruction; four queries at most.

    Requests wait for who answers them and for those who keep the consents, leaks for the director too.
    """
    if not user.can(Right.CONSENTS_RECORD):
        return [*_requests(user), *destruction_inbox.items(user)]
    return [*_ending(), *_without_scan(), *_after_withdrawals(), *_requests(user), *_order_of_texts()]


def _after_withdrawals() -> list[InboxItem]:
    """What is due after withdrawals, the nearest first (ст. 10.1, ч. 12–14; ст. 21, ч. 5, 5.1)."""
    duties = Duty.objects.waiting().filter(withdrawal__isnull=False)
    duties = duties.select_related("withdrawal__consent__person").defer("withdrawal__consent__text")
    return [
        InboxItem(
            f"{upper_first(duty.get_kind_display())}: {duty.withdrawal.consent.person.short_name}",
            f"Отзыв согласия от {rudate(duty.withdrawal.received_on)}",
            reverse("people:withdrawals"),
            "Открыть сроки",
            since=duty.withdrawal.received_on,
            until=duty.due_on,
            group=Group.DATA,
            key=f"duty:{duty.pk}",
            binding=True,
        )
        for duty in duties
        if duty.withdrawal
    ]


def _requests(user) -> list[InboxItem]:
    """What is due by requests about personal data and by leaks (ст. 14, 20, 21)."""
    mine = Q(request__responsible=user.person_id)
    if user.can(Right.CONSENTS_DESTROY):
        mine |= Q(request__kind=DataRequest.Kind.LEAK)
    waiting = Duty.objects.waiting().filter(request__isnull=False)
    found = waiting if user.can(Right.CONSENTS_RECORD) else waiting.filter(mine)
    return [
        InboxItem(
            f"{upper_first(duty.get_kind_display())}: {_whose(duty.request)}",
            f"{upper_first(duty.request.get_kind_display())}, срок {duty.until} ({duty.law.source})",
            duty.request.get_absolute_url(),
            "Открыть",
            since=duty.request.received_on,
            until=duty.due_on,
            weight=3,
            group=Group.DATA,
            key=f"duty:{duty.pk}",
            binding=True,
        )
        for duty in found.select_related("request__person")
        if duty.request
    ]


def _whose(request: DataRequest) -> str:
    return request.person.short_name if request.person else "утечка данных"


def _order_of_texts() -> list[InboxItem]:
    """In summer 2027: the order on consents to disseminate ends, the text needs a new edition (приказ РКН № 18)."""
    if timezone.localdate() < REMIND_FROM or max(versions(DISSEMINATION, "")) >= REMIND_FROM:
        return []
    return [
        InboxItem(
            "Проверить текст согласия на распространение",
            f"Приказ Роскомнадзора № 18, по которому он составлен, действует до {rudate(ORDER_18_ENDS)}",
            reverse("people:consent_editions"),
            "Открыть тексты",
            until=ORDER_18_ENDS,
            group=Group.CONSENTS,
            key="consents:dissemination-text",
            binding=True,
        )
    ]


def _ending() -> list[InboxItem]:
    today = timezone.localdate()
    soon = Consent.objects.live(today).filter(until__lte=today + SOON).select_related("person").defer("text")
    return [
        InboxItem(
            f"Продлить согласие: {c.person.short_name}",
            f"{c.title.capitalize()}: действует по {rudate(c.until)}",
            c.get_absolute_url(),
            "Открыть согласие",
            until=c.until,
            group=Group.CONSENTS,
            key=f"consent:{c.pk}:renew",
            binding=True,
        )
        for c in soon.order_by("until")
    ]


def _without_scan() -> list[InboxItem]:
    """Consents recorded from paper whose scan has not been attached; one line for all of them."""
    bare = Consent.objects.filter(ended_on__isnull=True, form=Consent.Form.PAPER, scan__isnull=True)
    counted = bare.aggregate(number=Count("pk"), since=Min("recorded_at"))
    if not counted["number"]:
        return []
    return [
        InboxItem(
            f"Приложить сканы: {plural(counted['number'], 'согласие,согласия,согласий')}",
            "Эти согласия записаны с бумаги без скана",
            reverse("people:consents") + "?state=no_scan",
            "Открыть список",
            since=counted["since"],
            group=Group.CONSENTS,
            key="consents:scans",
        )
    ]
