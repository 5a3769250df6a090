"""Acts over many rows of the legal base: the yearly comparison with the official texts (п. 9.2)."""

from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.rights import Right
from roadmap.legal_base import acts
from roadmap.legal_base.models import LegalAct


def _look(found: list[LegalAct], by: User) -> list[Chosen]:
    return [
        Chosen(
            act,
            act.short_name,
            act.get_absolute_url(),
            reasons=(unfit,) if (unfit := acts.unfit_for_check(act)) else (),
        )
        for act in found
    ]


CHECK = BulkAct(
    "Проверены: действуют",
    "roadmap:legal_acts_check",
    Right.LEGAL_BASE_EDIT,
    "акт,акта,актов",
    "Записано, что проверены",
    _look,
    acts.check,
    heading="Акты сверены с официальными текстами",
    submit="Записать проверку",
    consequences=lambda ready, by: [
        "Вы сверили номер, дату, редакцию и название каждого с официальным опубликованием.",
        "Если вышла новая редакция или акт утратил силу, сначала запишите это на странице акта.",
        "О следующей проверке система напомнит через год.",
    ],
)
