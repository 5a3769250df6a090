"""A copied database opens nothing: keys of applications and recovery codes are encrypted, sessions begin anew.

Invitations remember the roles of their day.
"""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

from mentoring_site import ciphers

SECRETS = ("secret", "seed")


def _rewrite(authenticators, change):
    for row in authenticators.objects.iterator():
        data = {name: change(value) if name in SECRETS else value for name, value in row.data.items()}
        if "migrated_codes" in data:
            data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
        if data != row.data:
            row.data = data
            row.save(update_fields=["data"])


def encrypt(apps, schema_editor):
    """Encrypt what lies open; what is encrypted already stays."""
    _rewrite(
        apps.get_model("mfa", "Authenticator"),
        lambda text: text if ciphers.is_encrypted(text) else ciphers.encrypt(text),
    )


def decrypt(apps, schema_editor):
    """The way back."""
    _rewrite(
        apps.get_model("mfa", "Authenticator"),
        lambda text: ciphers.decrypt(text) if ciphers.is_encrypted(text) else text,
    )


def mark_invitations(apps, schema_editor):
    """Open invitations belong to the roles of today."""
    today = date.today()
    live = apps.get_model("people", "RoleGrant").objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), since__lte=today
    )
    for row in apps.get_model("people", "Invitation").objects.filter(used_at=None).select_related("user"):
        roles = set(live.filter(person=row.user.person_id).order_by().values_list("role", flat=True))
        row.rights_mark = ",".join(sorted(roles))
        row.save(update_fields=["rights_mark"])


def end_sessions(apps, schema_editor):
    """Their keys lie open; everybody logs in once more."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_former_names'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='rights_mark',
            field=models.CharField(blank=True, max_length=120, verbose_name='роли в день выдачи'),
        ),
        migrations.RunPython(mark_invitations, migrations.RunPython.noop),
        migrations.RunPython(encrypt, decrypt),
        migrations.RunPython(end_sessions, migrations.RunPython.noop),
    ]
