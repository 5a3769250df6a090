"""What waits in changes: consents of the sides, petitions to decide, changes to hand over to an order (п. 4.1, 5.1, 7.2)."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentoring_site.waiting import Waiting
from mentoring_site.workflow import complaints
from programs.models import (
    Amendment,
    AmendmentConsent,
    Dissolution,
    Participation,
    Pause,
    Petition,
    Resumption,
    Substitution,
)

AT_MOST = 30
HANDED = (Amendment, Substitution, Pause, Resumption, Dissolution)


def waiting(user) -> list[Waiting]:
    """Return what waits for the user in changes: one query for a participant, seven for the curator."""
    found = [*_to_agree(user)] if user.roles & {"mentor", "mentee"} else []
    if user.can("programs.act_for_others"):
        found += [*_petitions(user), *_to_hand_over()]
    return found


def _to_agree(user):
    """Amendments that say something and lack the user's own consent (п. 7.2)."""
    mine = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    given = AmendmentConsent.objects.filter(amendment=OuterRef("pk"), participation__person=user.person_id)
    says = Q(new_end__isnull=False) | Q(plan__isnull=False)
    rows = Amendment.objects.filter(says, Exists(mine), ~Exists(given), state="proposed").select_related("program")
    rows = rows.annotate(mine=mine.values("pk")[:1])
    for a in rows.order_by("created_at")[:AT_MOST]:
        yield Waiting(
            f"Согласиться с изменением программы «{a.program.title}»",
            "Срок и план меняются только по обоюдному согласию (п. 7.2)",
            reverse("programs:amendment_agree", args=[a.pk, a.mine]),
            "Прочитать и ответить",
            since=a.created_at,
            weight=70,
        )


def _petitions(user):
    rows = Petition.objects.visible_to(user).filter(state="filed").exclude(participation__person=user.person_id)
    for p in rows.select_related("participation__person").order_by("filed_on", "pk")[:AT_MOST]:
        yield Waiting(
            f"Решить: {p.get_kind_display()}",
            f"Просит {p.participation.person.short_name} Заменить наставника, завершить программу или отклонить с причиной",
            p.get_absolute_url(),
            "Прочитать и решить",
            since=p.created_at,
            weight=80,
        )


def _to_hand_over():
    """What has everything that its order needs."""
    for model in HANDED:
        for change in model.objects.with_requirements().filter(state="proposed").order_by("created_at", "pk")[:AT_MOST]:
            if complaints(change, "ready"):
                continue
            yield Waiting(
                f"Передать на приказ: {change._meta.verbose_name}",
                "Всё, что нужно для приказа, есть",
                reverse("programs:change_ready", args=[change._meta.model_name, change.pk]),
                "Передать на приказ",
                since=change.created_at,
                weight=55,
            )
