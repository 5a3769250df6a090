"""Acts over many accounts: invitations by letters, or on slips of one sheet (п. 1.3 of the roadmap of a school)."""

from functools import partial
from typing import Any
from uuid import UUID

from mentoring_site.mail import is_configured
from mentoring_site.told import MAIL_IS_OFF
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts import acts as account_acts
from people.accounts.acts import Issued
from people.accounts.models import User
from people.accounts.slips import slips_pdf
from people.rights import Right
from people.roles.holders import privileged_among
from people.roles.letters import number_of_letters

PRIVILEGED = (
    "кто утверждает, подписывает или ведёт систему, получает приглашение вдвоём: один просит на странице учётной"
    " записи, другой подтверждает"
)


def _look(objects: list[User], by: User, *, on_paper: bool) -> list[Chosen]:
    """Say of each account where its invitation goes, or why it gets none."""
    privileged = privileged_among(user.person_id for user in objects)
    return [_one(user, by, user.person_id in privileged, on_paper) for user in objects]


def _one(user: User, by: User, is_privileged: bool, on_paper: bool) -> Chosen:
    name = user.person.short_name
    reasons = []
    if not user.is_active:
        reasons.append("учётная запись закрыта")
    if is_privileged:
        reasons.append(PRIVILEGED)
    elif user.has_usable_password() and not by.can(Right.ACCOUNTS_MANAGE):
        reasons.append(f"новый пароль вместо забытого выдаёт {Right.ACCOUNTS_MANAGE.who}")
    if not on_paper and not is_configured():
        reasons.append(f"{MAIL_IS_OFF}: напечатайте листок")
    elif not on_paper and not user.email:
        reasons.append("нет e-mail, письмо послать некуда: напечатайте листок")
    elif not on_paper and user.email_held:
        reasons.append("новый e-mail ещё не подтверждён: напечатайте листок")
    where = f"имя для входа: {user.username}" if on_paper else f"письмо на {user.email}"
    note = f"{where}; прежний пароль заменит новый" if user.has_usable_password() else where
    return Chosen(user, name, user.person.get_absolute_url(), note, tuple(reasons))


def _invite(user: User, *, by: User, key: UUID, on_paper: bool) -> Issued:
    return account_acts.invite(user, by=by, on_paper=on_paper)


def _consequences(ready: list[Chosen], by: Any) -> list[str]:
    days = account_acts.INVITATION_LIFE.days
    return [
        f"Каждое приглашение действует {days}\u00a0дней и один раз.",
        "Прежние приглашения этих людей перестанут действовать.",
    ]


LETTERS = BulkAct(
    "Послать приглашения письмом",
    "people:accounts_letters",
    Right.ACCOUNTS_INVITE,
    "приглашение,приглашения,приглашений",
    "Приглашения составлены",
    partial(_look, on_paper=False),
    partial(_invite, on_paper=False),
    consequences=lambda ready, by: [number_of_letters(len(ready)), *_consequences(ready, by)],
)
SLIPS = BulkAct(
    "Напечатать листки",
    "people:accounts_slips",
    Right.ACCOUNTS_INVITE,
    "листок,листка,листков",
    "Листки напечатаны",
    partial(_look, on_paper=True),
    partial(_invite, on_paper=True),
    heading="Одноразовые листки",
    consequences=lambda ready, by: [
        *_consequences(ready, by),
        "Листки откроются одним файлом PDF. Кода нет больше нигде: потерянный листок печатают заново.",
    ],
    finish=lambda issued, by: slips_pdf(issued),
)
