"""To whom a letter about people goes: one person, or everybody whose roles give a right."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from mentoring_site import told
from mentoring_site.backups.nightly import trouble
from mentoring_site.mail import is_configured, send_template
from mentoring_site.models import OutboxMail
from mentoring_site.russian import plural, plural_word
from people.register.models import Person
from people.rights import RIGHTS, Right
from people.roles.models import RoleGrant


def mail_person(person: Person, name: str, /, *, asks: str = "", **context: Any) -> None:
    """Write the letter ``mail/<name>.txt`` to a person; ``asks`` is what it asks for (``mail.register_needed``).

    Without an e-mail there is none: the home page shows what waits anyway, and who acts is told (``told.py``). The
    address of the account comes first, the one of the register second.
    """
    if email := address_told(person):
        send_template(name, email, {"to": person, **context}, person_id=person.pk, asks=asks)


def address_of(person: Person) -> str:
    """Return where to write to a person: the e-mail of the login, else of the person, else an empty string."""
    login = getattr(person, "user", None)
    return (login.email if login and login.is_active else "") or person.email


def address_told(person: Person) -> str:
    """Return the address for a letter that is written now, and note whether the person can be told by it."""
    email, login = address_of(person), getattr(person, "user", None)
    why = told.NO_ADDRESS if login and login.is_active else told.NO_ACCOUNT
    if email:
        why = "" if is_configured() else told.MAIL_IS_OFF
    told.note(person.pk, person.short_name, why)
    return email


def unreachable(person: Person, instead: str) -> str:
    """Say why a letter to a person would not arrive, and what to do ``instead``; empty when it would."""
    if not is_configured():
        return f"{told.MAIL_IS_OFF}: {instead}"
    return "" if address_of(person) else f"{told.NO_ADDRESS}: {instead}"


def number_of_letters(number: int) -> str:
    """Say before an act over many how many letters it writes: «Уйдёт 5 писем»."""
    return f"{plural_word(number, 'Уйдёт,Уйдут,Уйдёт')} {plural(number, 'письмо,письма,писем')}."


NEWS = {"backup_trouble", "leaving"}


def mail_right_holders(right: str, name: str, /, *, but=None, asks: str = "", **context) -> None:
    """Write the letter to everybody whose roles of today give ``right``, except the user ``but``."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    holders = RoleGrant.objects.in_force().filter(role__in=roles).values("person")
    people = Person.objects.filter(pk__in=holders).filter(Q(user__isnull=True) | Q(user__is_active=True))
    for person in people.select_related("user"):
        if but is None or person.pk != but.person_id:
            mail_person(person, name, asks=asks, **context)


def tell_of_backups() -> None:
    """Write once a day to those who watch the system while backups fail or are late."""
    told_lately = OutboxMail.objects.filter(
        template="backup_trouble", created_at__gt=timezone.now() - timedelta(days=1)
    )
    if (words := trouble()) and not told_lately.exists():
        mail_right_holders(Right.HEALTH_SEE, "backup_trouble", words=words)
