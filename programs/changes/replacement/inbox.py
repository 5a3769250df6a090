"""What a replacement of a mentor asks of those who keep the agreements (ТК 351.8)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.rights import Right
from programs.changes.replacement.models import Replacement

AT_MOST = 30


def items(user: User) -> list[InboxItem]:
    """Return the agreements of new mentors to begin and the pay of absent ones to stop; four queries at most."""
    return [*_agreements(user), *_pay(user)] if user.can(Right.AGREEMENTS_RECORD) else []


def _agreements(user: User) -> Iterator[InboxItem]:
    if not Replacement.objects.ahead().exists():
        return
    rows = Replacement.objects.without_agreement().exclude(candidate__person=user.person_id)
    for r in rows.select_related("candidate__person").order_by("effective_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Оформить наставника: {r.candidate.person.short_name}",
            f"Заменит наставника с {ruday(r.effective_on)}: поручение, согласие, соглашение и приказ о выплате",
            reverse("programs:agreement_new", args=[r.candidate.person_id]),
            "Начать оформление",
            since=r.created_at,
            until=r.effective_on,
            weight=60,
            group=Group.AGREEMENTS,
            key=f"person:{r.candidate.person_id}:agreement",
            binding=True,
        )


def _pay(user: User) -> Iterator[InboxItem]:
    if not Replacement.objects.temporary_now().exists():
        return
    rows = Replacement.objects.with_former_paid().exclude(former__person=user.person_id)
    for r in rows.select_related("former__person").order_by("effective_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Прекратить выплату на время замены: {r.former.person.short_name}",
            f"Наставника замещают с {ruday(r.effective_on)} по {ruday(r.until)}, а выплата продолжается: её"
            " прекращает приказ по личному составу",
            f"{reverse('reports:order_new')}?kind=pay",
            "Составить приказ",
            since=r.created_at,
            weight=60,
            group=Group.AGREEMENTS,
            key=f"person:{r.former.person_id}:pay",
        )
