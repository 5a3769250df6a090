"""To whom a letter about people goes: one person, or everybody whose roles give a right."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from mentoring_site.backups.nightly import trouble
from mentoring_site.mail import send_template
from mentoring_site.models import OutboxMail
from people.register.models import Person
from people.rights import RIGHTS, Right
from people.roles.models import RoleGrant


def mail_person(person, name: str, /, **context) -> None:
    """Write the letter ``mail/<name>.txt`` to a person.

    Without an e-mail silently nothing: the home page shows what waits anyway. The address of the account comes first,
    the one of the register second.
    """
    login = getattr(person, "user", None)
    email = (login.email if login and login.is_active else "") or person.email
    if email:
        send_template(name, email, {"to": person, **context}, person_id=person.pk)


def mail_right_holders(right: str, name: str, /, *, but=None, **context) -> None:
    """Write the letter to everybody whose roles of today give ``right``, except the user ``but``."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    holders = RoleGrant.objects.in_force().filter(role__in=roles).values("person")
    people = Person.objects.filter(pk__in=holders).filter(Q(user__isnull=True) | Q(user__is_active=True))
    for person in people.select_related("user"):
        if but is None or person.pk != but.person_id:
            mail_person(person, name, **context)


def tell_of_backups() -> None:
    """Write once a day to those who watch the system while backups fail or are late."""
    told_lately = OutboxMail.objects.filter(
        template="backup_trouble", created_at__gt=timezone.now() - timedelta(days=1)
    )
    if (words := trouble()) and not told_lately.exists():
        mail_right_holders(Right.HEALTH_SEE, "backup_trouble", words=words)
