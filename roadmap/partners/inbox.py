"""What partners ask: agreements that end within two months, next steps of talks (п. 3.3, 3.4)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import full_stop, ruday
from people.accounts.models import User
from people.rights import Right
from roadmap.partners.models import PartnerAgreement, Talk

AT_MOST = 20


def items(user: User) -> Iterator[InboxItem]:
    """Return the user's next steps, and for keepers the agreements that end; two queries."""
    steps = Talk.objects.filter(responsible=user.person_id, done_at__isnull=True).exclude(next_step="")
    for talk in steps.select_related("partner__organisation", "contact", "network").order_by("next_on", "pk")[:AT_MOST]:
        whom = talk.partner or talk.network or talk.contact
        yield InboxItem(
            talk.next_step,
            full_stop(f"{whom}, {ruday(talk.held_on)}: {talk.about}" if whom else talk.about),
            reverse("roadmap:talk_done", args=[talk.pk]),
            "Сделано",
            since=talk.created_at,
            until=talk.next_on,
            post=True,
            group=Group.PARTNERS,
            key=f"talk:{talk.pk}:step",
        )
    if user.can(Right.PARTNERS_EDIT):
        ending = PartnerAgreement.objects.ending(timezone.localdate()).select_related("partner__organisation")
        for row in ending.order_by("ends_on", "pk")[:AT_MOST]:
            yield InboxItem(
                f"{'Продлится' if row.prolongs else 'Заканчивается'} {row}, {row.partner}",
                "Продлится сам, если не отказаться"
                if row.prolongs
                else "Подготовьте новый договор или дайте закончиться",
                row.get_absolute_url(),
                "Решить",
                until=row.ends_on,
                weight=10,
                group=Group.PARTNERS,
                key=f"partner-agreement:{row.pk}:ends:{row.ends_on}",
            )
