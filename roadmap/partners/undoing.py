"""An agreement signed or ended, a talk and its next step, taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import Refused, perform
from people.accounts.models import User
from roadmap.partners import network_acts
from roadmap.partners.models import PartnerAgreement

UNSIGNED: dict[str, Any] = {"number": "", "signed_on": None}
NOT_ENDED: dict[str, Any] = {"ended_on": None, "end_reason": ""}


def _unsign(act: Act, agreement: Any, *, by: User) -> None:
    former = PartnerAgreement.objects.filter(pk=agreement.previous_id).first()
    if former and former.state == PartnerAgreement.State.ENDED and former.ended_on == agreement.starts_on:
        perform(former, "undo_end", by=by, columns=NOT_ENDED, part_of=act.pk)
    perform(agreement, "undo_sign", by=by, columns=UNSIGNED, undone=act.pk)


def _unend(act: Act, agreement: Any, *, by: User) -> None:
    perform(agreement, "undo_end", by=by, columns=NOT_ENDED, undone=act.pk)


def _untalk(act: Act, talk: Any, *, by: User) -> None:
    if talk.done_at:
        raise Refused("Следующий шаг уже сделан")
    network_acts.remove_talk(talk, by=by, undone=act.pk)


def _unstep(act: Act, talk: Any, *, by: User) -> None:
    network_acts.undo_step(talk, by=by, undone=act.pk)


SIGNED = Undoable(what="запись о подписании", undo=_unsign, instead="Запишите окончание договора")
ENDED = Undoable(what="запись об окончании", undo=_unend, instead="Подготовьте новый договор")
TALKED = Undoable(what="запись о разговоре", undo=_untalk, instead="Уберите запись в списке разговоров")
STEPPED = Undoable(what="отметку о следующем шаге", undo=_unstep, instead="Запишите новый разговор")
REGISTERED = (
    ("roadmap.PartnerAgreement", "sign", SIGNED),
    ("roadmap.PartnerAgreement", "end", ENDED),
    ("roadmap.Talk", "talk", TALKED),
    ("roadmap.Talk", "step", STEPPED),
)
"""Acts of the feature that can be taken back."""
