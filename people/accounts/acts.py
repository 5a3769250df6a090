"""Acts of accounts: create, invite, open by an invitation, disable, enable, reset the second factor (п. 1.3)."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from django_tasks import task

from mentoring_site import told
from mentoring_site.emails import LONGEST, normalize
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import is_configured, send_late, send_template
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import Invitation, User
from people.accounts.tokens import access_token_generator, rights_mark
from people.register.models import Person
from people.rights import SYSADMIN, Right
from people.roles.holders import is_privileged
from people.roles.models import RoleGrant

INVITATION_LIFE = timedelta(days=14)
RELEASED_LIFE = timedelta(days=3)  # of a way into a privileged account
SERVER_LIFE = timedelta(days=1)
NEWS = {"security_notice"}
LINK_BYTES, SLIP_DIGITS, PART_DIGITS = 32, 12, 8
TRANSLITERATION = (
    "а-a б-b в-v г-g д-d е-e ё-e ж-zh з-z и-i й-y к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh "
    "щ-shch ъ- ы-y ь- э-e ю-yu я-ya ә-a һ-h җ-zh ң-n ө-o ү-u"
)
LETTERS = dict(pair.split("-") for pair in TRANSLITERATION.split())


@dataclass(frozen=True)
class Issued:
    """An invitation just made; the code of a slip is stored nowhere, the link of a letter is made when it leaves."""

    invitation: Invitation
    code: str = ""

    @property
    def url(self) -> str:
        """The one-time address."""
        return settings.SITE_URL + reverse("people:invitation", args=[self.code])

    @property
    def printed_code(self) -> str:
        """«4821 0937 5562» for the slip."""
        return " ".join(self.code[i : i + 4] for i in range(0, len(self.code), 4))


def normalized(typed: str) -> str:
    """Return a typed e-mail or user name as it is stored."""
    return normalize(typed)[:LONGEST]


def find_user(typed: str) -> User | None:
    """Return the user with this e-mail or user name, or None; the same two queries for a known and an unknown one."""
    typed = normalized(typed)
    if not typed:
        return None
    by_name = User.objects.filter(username=typed).select_related("person").first()
    by_email = User.objects.filter(email=typed).select_related("person").first()
    return by_name or by_email


def latin(text: str) -> str:
    """Transliterate a name: «Санджи-Горяева» is «sandzhi-goryaeva»."""
    letters = "".join(LETTERS.get(c, c) for c in text.lower())
    return "".join(c for c in letters if c.isascii() and (c.isalnum() or c == "-"))


def username_for(person: Person) -> str:
    """Return a free user name made of the name: «ochirova.sd», a second one gets «ochirova.sd2»."""
    initials = "".join(latin(name[:1])[:2] for name in (person.first_name, person.middle_name))
    base = f"{latin(person.last_name) or 'user'}.{initials}"[:50].rstrip(".")
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name


@transaction.atomic
def create(persons: Iterable[Person], *, by: User) -> list[User]:
    """Create accounts for persons who have none; an e-mail that is somebody else's login is left out.

    The e-mail of a privileged person waits for its owner: one person alone has written it down. Returns the new users;
    they cannot log in before an invitation. Raises ``NotAllowed``; ``Already`` when one of them is no longer listed.
    """
    require(by, Right.ACCOUNTS_INVITE)
    one_at_a_time("roles")
    made, keys = [], [person.pk for person in persons]
    there = Person.objects.select_for_update().order_by("pk").in_bulk(keys)
    if len(there) < len(set(keys)):
        raise Already("Кого-то из этих людей в списке уже нет. Обновите страницу")
    for person in (there[pk] for pk in keys):
        if User.objects.filter(person=person).exists():
            continue
        email = normalize(person.email)
        if email and User.objects.filter(email=email).exists():
            email = ""
        user = User.objects.create_user(username_for(person), person, email=email)
        if email and is_privileged(person.pk):
            User.objects.filter(pk=user.pk).update(email_held=True)
            user.email_held = True
        record(person, "account-create", by=by, words="заведена учётная запись")
        made.append(user)
    return made


@transaction.atomic
def create_with_slips(persons: Iterable[Person], *, by: User) -> list[Issued]:
    """Create accounts and issue a slip to each, for those whose access one person may give alone.

    Raises what ``create`` and ``invite`` raise; ``Refused`` when one of them approves, signs or administers.
    """
    return invite_on_paper(create(persons, by=by), by=by)


def may_invite(user: User, by: User) -> bool:
    """Whether ``by`` may give access to this account: a new password, or into a privileged one,
    only those who run accounts.
    """
    if by.can(Right.ACCOUNTS_MANAGE):
        return True
    return by.can(Right.ACCOUNTS_INVITE) and not is_privileged(user.person_id) and not user.has_usable_password()


NEEDS_RELEASE = "{name} утверждает, подписывает или ведёт систему: {what} один просит, другой подтверждает. {how}"
HOW = "Подайте запрос на странице этой учётной записи"


def refuse_alone(user: User, what: str) -> None:
    """Refuse one person alone what changes the access of a privileged account (docs/decisions/0013).

    Until the end of the caller's transaction nobody becomes privileged: whoever does so next finds this act in the log.
    """
    one_at_a_time("roles")
    if is_privileged(user.person_id):
        raise Refused(NEEDS_RELEASE.format(name=user.person.short_name, what=what, how=HOW))


@transaction.atomic
def invite(user: User, *, by: User, on_paper: bool = False, part_hash: str = "") -> Issued:
    """Issue a one-time way to a password, by a letter or on a printed slip; earlier ones stop working.

    ``part_hash`` belongs to the second half of a way that another person has released: without it nobody gets a way
    into a privileged account. Returns the invitation with its code. Raises ``NotAllowed``; ``Refused`` for a disabled
    account or a letter without an e-mail.
    """
    if not may_invite(user, by):
        password, invitation = "Новый пароль вместо забытого", "Приглашение руководителю или администратору"
        what = password if user.has_usable_password() else invitation
        raise NotAllowed(f"{what} выдаёт {Right.ACCOUNTS_MANAGE.who}")
    if not part_hash:
        refuse_alone(user, "листок и ссылку")
    refuse_closed(user)
    if not on_paper and not user.email:
        raise Refused(f"{user.person.short_name}: нет e-mail, письмо послать некуда. Напечатайте одноразовый листок")
    if not on_paper and user.email_held:
        raise Refused(f"{user.person.short_name} ещё не подтверждает новый e-mail. Напечатайте одноразовый листок")
    locked(user)  # of two invitations at once one stays open
    _close_invitations(user)
    code = _new_code(on_paper)
    issued = Issued(
        Invitation.objects.create(
            user=user,
            code_hash=_hash(code),
            created_by=by,
            expires_at=timezone.now() + (RELEASED_LIFE if part_hash else INVITATION_LIFE),
            on_paper=on_paper,
            part_hash=part_hash,
            rights_mark=rights_mark(user.person_id),
        ),
        code,
    )
    if not on_paper:
        send_late("invitation", user.email, issued.invitation.pk, person_id=user.person_id)
        told.note(user.person_id, user.person.short_name, "" if is_configured() else told.MAIL_IS_OFF)
        issued = Issued(issued.invitation)  # the link is made when the letter leaves
    words = "приглашение " + ("напечатано на листке" if on_paper else "составлено письмом")
    record(user.person, "account-invite", by=by, words=words, **({"released": True} if part_hash else {}))
    return issued


def refuse_closed(user: User) -> None:
    """Refuse what makes sense for an open account only."""
    if not user.is_active:
        raise Refused(f"{user.person.short_name}: учётная запись закрыта. Сначала откройте её")


@transaction.atomic
def invite_on_server(user: User) -> Issued:
    """Issue a link to whoever runs the server, for a school where nobody else can log in. Raises ``Refused``."""
    refuse_closed(user)
    _close_invitations(user)
    code = _new_code(on_paper=False)
    invitation = Invitation.objects.create(
        user=user,
        code_hash=_hash(code),
        expires_at=timezone.now() + SERVER_LIFE,
        rights_mark=rights_mark(user.person_id),
    )
    record(user.person, "account-server-link", by=None, words="ссылка для входа выдана на сервере командой setup_link")
    return Issued(invitation, code)


def _new_code(on_paper: bool) -> str:
    """Return the secret of an invitation: digits that can be typed, or the end of a link."""
    if on_paper:
        return "".join(secrets.choice("0123456789") for _ in range(SLIP_DIGITS))
    return secrets.token_urlsafe(LINK_BYTES)


def letter_of_invitation(pk: int) -> dict | None:
    """Make the link of an invitation that is about to leave by a letter; None when it is not open any more.

    A letter that is sent once more brings a new link: the one before opens nothing.
    """
    invitation = Invitation.objects.filter(pk=pk).select_related("user__person").first()
    if invitation is None or not is_open(invitation):
        return None
    issued = Issued(invitation, _new_code(on_paper=False))
    Invitation.objects.filter(pk=pk).update(code_hash=_hash(issued.code))
    user = invitation.user
    return {
        "person": user.person,
        "username": user.username,
        "url": issued.url,
        "expires_at": invitation.expires_at,
        "needs_part": bool(invitation.part_hash),
    }


@transaction.atomic
def invite_on_paper(users: Iterable[User], *, by: User) -> list[Issued]:
    """Issue slips for several people at once, all or none. Raises what ``invite`` raises."""
    return [invite(user, by=by, on_paper=True) for user in users]


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation can still be used: in time, once, and while the person's roles are those of its day."""
    in_time = invitation.used_at is None and invitation.expires_at > timezone.now()
    return in_time and invitation.rights_mark == rights_mark(invitation.user.person_id)


def open_invitation(code: str) -> Invitation | None:
    """Return the invitation that this code opens, or None when there is none, it is used, replaced or too old."""
    found = Invitation.objects.filter(
        code_hash=_hash(_without_separators(code)), used_at=None, expires_at__gt=timezone.now()
    )
    invitation = found.filter(user__is_active=True).select_related("user__person").first()
    return invitation if invitation and is_open(invitation) else None


def new_part() -> tuple[str, str]:
    """Return the second half of a released way, for the ears of its owner, and what is stored of it."""
    part = "".join(secrets.choice("0123456789") for _ in range(PART_DIGITS))
    return f"{part[:4]} {part[4:]}", _hash(part)


def is_part(invitation: Invitation, typed: str) -> bool:
    """Whether this is the second half of the way; True when the way has only one."""
    if not invitation.part_hash:
        return True
    return secrets.compare_digest(invitation.part_hash, _hash(_without_separators(typed)))


@transaction.atomic
def accept(invitation: Invitation, *, password: str, part: str = "") -> User:
    """Set the password by an invitation, once.

    Returns the user. Raises ``Already`` when it was used or replaced, ``Refused`` without its second half.
    """
    if not is_part(invitation, part):
        raise Refused("Этот код не подошёл. Спросите его у того, кто подтвердил Ваш доступ")
    one_at_a_time("roles")  # the roles of its day are looked at, and none is released meanwhile
    user = locked(invitation.user)
    now = timezone.now()
    invitation.refresh_from_db()
    unused = Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=now)
    if not is_open(invitation) or not unused.update(used_at=now):
        raise Already("Это приглашение уже использовано или заменено новым")
    set_password(user, password)
    if invitation.part_hash or invitation.created_by_id is None:
        mark_changed(user)
    record(user.person, "account-open", by=user, words="задан пароль по приглашению")
    return user


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Set a password: sessions of other devices and open invitations end with the old one.

    Raises ``NotAllowed`` when the access was taken away or given anew while it was typed.
    """
    now = locked(user)
    if (now.session_epoch, now.is_active) != (user.session_epoch, user.is_active):
        raise NotAllowed("Пока Вы задавали пароль, доступ к учётной записи изменили. Откройте страницу входа заново")
    user.set_password(password)
    user.save(update_fields=["password"])
    _close_invitations(user)


def refuse_taken(user: User, username: str, email: str) -> None:
    """Refuse a user name or an e-mail by which somebody else logs in."""
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username=username).exists() or others.filter(email=username).exists():
        raise Refused("Такое имя для входа уже занято")
    if email and (others.filter(email=email).exists() or others.filter(username=email).exists()):
        raise Refused("Этот e-mail уже занят другой учётной записью")


@transaction.atomic
def edit(user: User, *, by: User, username: str, email: str, released: bool = False) -> User:
    """Change user name and e-mail of an account.

    The e-mail of a privileged account another person has to have ``released``. Raises ``NotAllowed``; ``Refused`` when
    one of them is taken.
    """
    require(by, Right.ACCOUNTS_MANAGE)
    one_at_a_time("accounts")
    username, email = normalized(username), normalized(email)
    refuse_taken(user, username, email)
    if user.email != email:
        if not released:
            refuse_alone(user, "смену e-mail")
        if user.email:  # whoever takes an account over changes the address first
            _warn(user, "e-mail, по которому Вы входите, изменён администратором")
    User.objects.filter(pk=user.pk).update(username=username, email=email, email_held=user.email_held and bool(email))
    facts = {"released": True} if released else {}
    record(user.person, "account-edit", by=by, words="изменены имя для входа или e-mail учётной записи", **facts)
    user.refresh_from_db()
    return user


@transaction.atomic
def disable(user: User, *, by: User) -> User:
    """Close an account: its sessions end at once, invitations and known devices are forgotten.

    Raises ``NotAllowed``; ``Refused`` for oneself and for the last system administrator; ``Already``.
    """
    require(by, Right.ACCOUNTS_MANAGE)
    if user.pk == by.pk:
        raise Refused("Свою учётную запись закрыть нельзя: это сделает другой администратор")
    if is_last(SYSADMIN, user.person_id):
        raise Refused("Это последний системный администратор. Сначала назначьте другого")
    if not _shut(user):
        raise Already(f"{user.person.short_name}: учётная запись уже закрыта")
    record(user.person, "account-disable", by=by, words="учётная запись закрыта")
    user.refresh_from_db()
    return user


def _shut(user: User) -> bool:
    """Close an account with its sessions, invitations and devices; False when it was closed before."""
    if not User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    ):
        return False
    close_ways(user)
    return True


def close_after_leaving(user: User) -> None:
    """Close the account of somebody whose work is over, by the clock. Called in the transaction of leaving."""
    if _shut(user):
        record(user.person, "account-disable", by=None, words="учётная запись закрыта: работа окончена")


@transaction.atomic
def enable(user: User, *, by: User) -> User:
    """Open a closed account again; old sessions stay dead.

    A privileged one opens without the access of before: its owner may have closed it against whoever holds the
    password, so a new way in is asked by one and released by another. Raises ``NotAllowed``, ``Already``.
    """
    require(by, Right.ACCOUNTS_MANAGE)
    one_at_a_time("roles")
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Already(f"{user.person.short_name}: учётная запись уже открыта")
    if is_privileged(user.person_id):
        renew(user)
    record(user.person, "account-enable", by=by, words="учётная запись снова открыта")
    user.refresh_from_db()
    return user


@transaction.atomic
def reset_second_factor(user: User, *, by: User, released: bool = False) -> User:
    """Take away the second factor of somebody who lost the telephone; all sessions and known devices end.

    That of a privileged account another person has to have ``released``. Raises ``NotAllowed``; ``Refused`` for
    oneself; ``Already`` when there is none.
    """
    require(by, Right.ACCOUNTS_MANAGE)
    if not released:
        refuse_alone(user, "сброс входа с кодом")
    if user.pk == by.pk:
        raise Refused("Свой второй фактор меняют на странице «Моя учётная запись»")
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Already(f"{user.person.short_name}: вход с кодом не включён")
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.devices.all().delete()
    facts = {"released": True} if released else {}
    record(user.person, "account-second-factor", by=by, words="вход с кодом из приложения сброшен", **facts)
    _warn(user, "вход с кодом из приложения сброшен администратором")
    user.refresh_from_db()
    return user


def is_last(role: str, person_id: int) -> bool:
    """Whether this person is the only one who holds the role today and can log in."""
    holders = RoleGrant.objects.in_force().filter(role=role, person__user__is_active=True)
    return holders.filter(person=person_id).exists() and not holders.exclude(person=person_id).exists()


@task
def send_password_reset(user_id: int | None) -> None:
    """Write the letter with the link, apart from the request: its answer is the same in words and time for nobody."""
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user is not None and user.email and not user.email_held:
        send_late("password_reset", user.email, user.pk, person_id=user.person_id)


def letter_of_password_reset(pk: int) -> dict | None:
    """Make the link to a new password; None when the account has been closed meanwhile."""
    user = User.objects.filter(pk=pk, is_active=True, email_held=False).select_related("person").first()
    if user is None:
        return None
    key = access_token_generator.make_token(user)
    url = settings.SITE_URL + reverse("account_reset_password_from_key", args=[int_to_base36(user.pk), key])
    return {"person": user.person, "username": user.username, "url": url}


def mark_changed(user: User) -> None:
    """Others have changed the access to this account: what it does during a day is marked."""
    User.objects.filter(pk=user.pk).update(access_changed_at=timezone.now())
    user.access_changed_at = timezone.now()


def close(user: User) -> None:
    """Lock an account at once: sessions, invitations, known devices."""
    User.objects.filter(pk=user.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
    close_ways(user)


def close_ways(user: User) -> None:
    """End every open way into an account: invitations and devices that are known."""
    _close_invitations(user)
    user.devices.all().delete()


def renew(user: User) -> None:
    """End all access that was given before: password, second factor, sessions, the address for links."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    User.objects.filter(pk=user.pk).update(
        session_epoch=F("session_epoch") + 1, email_held=bool(user.email), access_changed_at=timezone.now()
    )
    Authenticator.objects.filter(user=user).delete()
    close_ways(user)
    user.refresh_from_db()


def end_ways_of_before() -> None:
    """End every way into an account that was open when the database was backed up: it may have been used since."""
    now = timezone.now()
    Invitation.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    User.objects.update(session_epoch=F("session_epoch") + 1)


def _warn(user: User, what: str) -> None:
    if user.email:
        send_template("security_notice", user.email, {"person": user.person, "what": what}, person_id=user.person_id)


def _close_invitations(user: User) -> None:
    now = timezone.now()
    user.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)


def _without_separators(code: str) -> str:
    """A code without the spaces and hyphens that people type."""
    bare = "".join(code.split())
    return bare.replace("-", "") if bare.replace("-", "").isdigit() else bare


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
