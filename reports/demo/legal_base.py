"""The legal base of the demo school: a municipal act of its own, one doubt settled, another one asked."""

from datetime import timedelta

from django.utils import timezone

from roadmap.legal_base import acts
from roadmap.legal_base.models import LegalAct


def legal_base(demo, days_ago: int):
    """Steps: the curator records the act on pay, the director settles what is doubtful about № Р-33 of п. 1.1."""
    yield days_ago
    acts.add(
        by=demo.user("curator"),
        level=LegalAct.Level.MUNICIPAL,
        kind="Постановление Администрации учебного города",
        number="512-п",
        date=timezone.localdate() - timedelta(days=40),
        title="О системе оплаты труда работников учреждений дополнительного образования",
        note="учебный акт, в жизни его нет",
        is_public=False,
    )
    yield days_ago - 3
    act = LegalAct.objects.get(code="method_33")
    acts.settle(
        act,
        by=demo.user("director"),
        version=act.version,
        settled="Верна дата 04.02.2021: сверено с официальной публикацией. В тексте Положения исправить",
    )
