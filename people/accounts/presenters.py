"""What pages show of an account: its state, its facts, what can be done with it."""

from django.urls import reverse

from mentoring_site.help import about as help_about
from mentoring_site.russian import ago, rudate
from mentoring_site.ui.elements import Action, Badge, Fact
from people.accounts import acts as account_acts
from people.accounts.models import User
from people.language.names import agree
from people.rights import ROLES, Right, label
from people.roles.holders import is_privileged

INVITED_BY_LETTER = (
    "Нужны e-mail и открытая учётная запись; руководителю и тому, кто уже входил, приглашение выдаёт"
    f" {Right.ACCOUNTS_MANAGE.who}"
)
INVITED_ON_PAPER = f"Учётная запись закрыта, или приглашение выдаёт только {Right.ACCOUNTS_MANAGE.who}"


def roles_line(user: User) -> str:
    """Return the roles of today in words, in the order of the screen of roles; «без ролей» when there are none."""
    order = list(ROLES)
    known = sorted(user.roles, key=lambda role: order.index(role) if role in order else len(order))
    return ", ".join(label(role, user.person.gender) for role in known) or "без ролей"


def badge(user: User) -> Badge:
    """Return whether the account works."""
    if not user.is_active:
        return Badge("закрыта", "stopped")
    if user.last_login is None:
        return Badge(agree(user.person.gender, "ещё не входил", "ещё не входила"), "others")
    return Badge("работает", "done")


def own_facts(user: User) -> list[Fact]:
    """Return what the owner reads about the own account."""
    no_email = f"не указан: восстановить пароль по почте нельзя, новый листок даст {Right.ACCOUNTS_MANAGE.who}"
    return [
        Fact("Человек", user.person.full_name, url=user.person.get_absolute_url()),
        Fact("Имя для входа", user.username),
        Fact("E-mail", user.email or no_email),
        Fact("Роли", roles_line(user)),
        Fact("Вход с кодом", "включён" if user.has_second_factor else "не включён"),
    ]


def facts(user: User) -> list[Fact]:
    """Return what those who run accounts read about one."""
    invitation = user.invitations.filter(used_at=None).order_by("-created_at").first()
    is_open = invitation and account_acts.is_open(invitation)
    until = f"действует до {rudate(invitation.expires_at)}" if invitation and is_open else "нет действующего"
    return [
        Fact("Человек", user.person.full_name, url=user.person.get_absolute_url()),
        Fact("Имя для входа", user.username),
        Fact("E-mail", user.email or "не указан"),
        Fact("Роли", roles_line(user)),
        Fact("Последний вход", ago(user.last_login) if user.last_login else "ещё не было"),
        Fact("Вход с кодом", "включён" if user.has_second_factor else "не включён"),
        Fact("Приглашение", until),
    ]


def actions(user: User, by: User) -> list[Action]:
    """Return the acts on one account; those that are not possible stay with their reasons."""
    if is_privileged(user.person_id):
        return _asking_actions(user, by)
    invites = user.is_active and account_acts.may_invite(user, by)
    found = [
        _action(user, "letter", "Послать приглашение письмом", bool(invites and user.email), INVITED_BY_LETTER),
        _action(user, "slip", "Напечатать одноразовый листок", invites, INVITED_ON_PAPER),
    ]
    return [*found, *_manager_actions(user, by)] if by.can(Right.ACCOUNTS_MANAGE) else found


ASKED_BY = f"Об этом просит {Right.ACCOUNTS_MANAGE.who}"


def _asking_actions(user: User, by: User) -> list[Action]:
    """The same acts on a privileged account: one person asks, another releases."""
    may = by.can(Right.ACCOUNTS_MANAGE)
    asked = [("slip", "Попросить одноразовый листок"), ("letter", "Попросить ссылку письмом")]
    if may:
        asked.append(("email", "Попросить смену e-mail"))
    if user.has_second_factor and may and user.pk != by.pk:
        asked.append(("codes", "Попросить сброс входа с кодом"))
    reasons = () if may else (ASKED_BY,)
    found = [
        Action(
            kind,
            words,
            reverse("people:access_ask", args=[kind, user.pk]),
            enabled=may,
            reasons=reasons,
            help=help_about(__name__),
        )
        for kind, words in asked
    ]
    others = [action for action in _manager_actions(user, by) if action.verb != "codes"] if may else []
    return [*found, *others]


def _manager_actions(user: User, by: User) -> list[Action]:
    others = user.pk != by.pk
    name_only = is_privileged(user.person_id)
    found = [_action(user, "edit", "Изменить имя для входа" if name_only else "Изменить имя для входа или e-mail")]
    if user.has_second_factor:
        why = "Свой меняют на странице «Моя учётная запись»"
        found.append(_action(user, "codes", "Сбросить вход с кодом", others, why))
    verb, words = ("disable", "Закрыть учётную запись") if user.is_active else ("enable", "Снова открыть")
    why = "Свою учётную запись закрыть нельзя: это сделает другой администратор"
    found.append(_action(user, verb, words, others, why))
    return found


def _action(user: User, verb: str, words: str, enabled: bool = True, why: str = "") -> Action:
    url = reverse(f"people:account_{verb}", args=[user.pk])
    return Action(
        verb,
        words,
        url,
        enabled=enabled,
        reasons=() if enabled else (why,),
        danger=verb == "disable",
        help=help_about(__name__),
    )
