"""What consents wait for: missing, ending soon, without a scan (roadmap stages 2, 3)."""

from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import plural, rudate
from people.banks.models import Candidate
from people.consents.acts import consent_title
from people.consents.destruction import acts as destruction_acts
from people.consents.models import PROCESSING, Consent
from people.consents.withdrawals.models import WithdrawalDuty
from people.inbox_counts import told_of
from people.rights import Right

SOON = timedelta(days=30)


def asks(user) -> dict:
    """Whether consents end soon, how many lack their scan and since when, for those who keep them."""
    if not user.can(Right.CONSENTS_RECORD):
        return {}
    kept = Consent.objects.filter(ended_on__isnull=True).order_by()
    bare = kept.filter(form="paper", scan__isnull=True).values("form")
    return {
        "consents_end": Exists(kept.filter(until__lte=timezone.localdate() + SOON)),
        "without_scan": Subquery(bare.annotate(n=Count("pk")).values("n")),
        "without_scan_since": Subquery(bare.annotate(first=Min("recorded_at")).values("first")),
    }


def items(user, told=None) -> list[InboxItem]:
    """Return what waits for those who keep the consents and who approve destruction, in four queries at most."""
    if not user.can(Right.CONSENTS_RECORD):
        return destruction_acts.inbox_items(user)
    told = told or told_of(asks(user))
    ending = _ending() if told and told.consents_end else ()
    return [*_missing(), *ending, *(_without_scan(told) if told and told.without_scan else ()), *_after_withdrawals()]


def _after_withdrawals() -> list[InboxItem]:
    """What is due after withdrawals, the nearest first (ст. 10.1, ч. 12–14; ст. 21, ч. 5, 5.1)."""
    duties = WithdrawalDuty.objects.filter(done_at__isnull=True).order_by("due_on")
    duties = duties.select_related("withdrawal__consent__person").defer("withdrawal__consent__text")
    return [
        InboxItem(
            f"{duty.get_kind_display().capitalize()}: {duty.withdrawal.consent.person.short_name}",
            f"Отзыв согласия от {rudate(duty.withdrawal.received_on)}",
            reverse("people:withdrawals"),
            "Открыть сроки",
            since=duty.withdrawal.received_on,
            until=duty.due_on,
        )
        for duty in duties
    ]


def _missing() -> list[InboxItem]:
    """People in a bank without a live consent to processing; appointed ones stay until the curator decides."""
    live = Consent.objects.live().filter(person=OuterRef("person"), purpose=PROCESSING)
    standing = Candidate.objects.filter(~Exists(live), state__in=["applied", "approved", "appointed"])
    found = {}
    for candidate in standing.select_related("person"):
        name = candidate.person.full_name
        appointed = candidate.state == "appointed"
        why = (
            f"Согласия на обработку персональных данных нет, а назначение приказом № {candidate.order_number}"
            " действует: получите новое согласие или подготовьте приказ об освобождении"
            if appointed
            else "Без согласия на обработку персональных данных нельзя стоять в банке"
        )
        url = reverse("people:person_consents", args=[candidate.person_id])
        found.setdefault(
            candidate.person_id,
            InboxItem(f"Получить согласие: {name}", why, url, "Открыть согласия", weight=3 if appointed else 2),
        )
    return list(found.values())


def _ending() -> list[InboxItem]:
    today = timezone.localdate()
    soon = Consent.objects.live(today).filter(until__lte=today + SOON).select_related("person").defer("text")
    return [
        InboxItem(
            f"Продлить согласие: {c.person.short_name}",
            f"{consent_title(c).capitalize()}: действует по {rudate(c.until)}",
            c.get_absolute_url(),
            "Открыть согласие",
            until=c.until,
        )
        for c in soon.order_by("until")
    ]


def _without_scan(told) -> list[InboxItem]:
    return [
        InboxItem(
            f"Приложить сканы: {plural(told.without_scan, 'согласие,согласия,согласий')}",
            "Эти согласия записаны с бумаги без скана",
            reverse("people:consents") + "?state=no_scan",
            "Открыть список",
            since=told.without_scan_since,
        )
    ]
