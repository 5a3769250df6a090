"""What consents wait for: missing, ending soon, without a scan (roadmap stages 2, 3)."""

from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import plural, rudate
from mentoring_site.waiting import Waiting
from people import destructions
from people.consents import consent_title
from people.models import Candidate, Consent, WithdrawalDuty
from people.models.consent import PROCESSING

SOON = timedelta(days=30)


def waiting(user) -> list[Waiting]:
    """Return what waits for those who keep the consents and who approve destruction, in four queries at most."""
    if not user.can("consents.record"):
        return destructions.waiting(user)
    return [*_missing(), *_of_papers(), *_after_withdrawals()]


def _after_withdrawals() -> list[Waiting]:
    """What is due after withdrawals, the nearest first (ст. 10.1, ч. 12–14; ст. 21, ч. 5, 5.1)."""
    duties = WithdrawalDuty.objects.filter(done_at__isnull=True).order_by("due_on")
    duties = duties.select_related("withdrawal__consent__person").defer("withdrawal__consent__text")
    return [
        Waiting(
            f"{duty.get_kind_display().capitalize()}: {duty.withdrawal.consent.person.short_name}",
            f"Отзыв согласия от {rudate(duty.withdrawal.received_on)}",
            reverse("people:withdrawals"),
            "Открыть сроки",
            since=duty.withdrawal.received_on,
            until=duty.due_on,
        )
        for duty in duties
    ]


def _missing() -> list[Waiting]:
    """People in a bank without a live consent to processing; appointed ones stay until the curator decides."""
    live = Consent.objects.live().filter(person=OuterRef("person"), purpose=PROCESSING)
    standing = Candidate.objects.filter(~Exists(live), state__in=["applied", "approved", "appointed"])
    found = {}
    for candidate in standing.select_related("person"):
        name = candidate.person.full_name
        appointed = candidate.state == "appointed"
        why = (
            f"Согласия на обработку персональных данных нет, а назначение приказом № {candidate.order_number} действует: "
            "получите новое согласие или подготовьте приказ об освобождении"
            if appointed
            else "Без согласия на обработку персональных данных нельзя стоять в банке"
        )
        url = reverse("people:person_consents", args=[candidate.person_id])
        found.setdefault(
            candidate.person_id,
            Waiting(f"Получить согласие: {name}", why, url, "Открыть согласия", weight=3 if appointed else 2),
        )
    return list(found.values())


def _of_papers() -> list[Waiting]:
    """Consents that end soon are read only when there are any; missing scans are told by their number."""
    bare = Q(form="paper", scan__isnull=True)
    told = Consent.objects.filter(ended_on__isnull=True).aggregate(
        ending=Count("pk", filter=Q(until__lte=timezone.localdate() + SOON)),
        number=Count("pk", filter=bare),
        since=Min("recorded_at", filter=bare),
    )
    return [*(_ending() if told["ending"] else ()), *_without_scan(told)]


def _ending() -> list[Waiting]:
    today = timezone.localdate()
    soon = Consent.objects.live(today).filter(until__lte=today + SOON).select_related("person").defer("text")
    return [
        Waiting(
            f"Продлить согласие: {c.person.short_name}",
            f"{consent_title(c).capitalize()}: действует по {rudate(c.until)}",
            c.get_absolute_url(),
            "Открыть согласие",
            until=c.until,
        )
        for c in soon.order_by("until")
    ]


def _without_scan(told) -> list[Waiting]:
    if not told["number"]:
        return []
    return [
        Waiting(
            f"Приложить сканы: {plural(told['number'], 'согласие,согласия,согласий')}",
            "Эти согласия записаны с бумаги без скана",
            reverse("people:consents") + "?state=no_scan",
            "Открыть список",
            since=told["since"],
        )
    ]
