"""Numbers of orders become texts: 46 and «-од» become «46-од» with a sorting key."""

from django.db import migrations, models
from django.db.models import F, Q

from mentoring_site.paper_numbers import number_columns, number_key, plain_of

ISSUED, OPEN = ["registered", "revoked"], ["draft", "agreed", "at_signature"]


def join(apps, schema_editor):
    """Write every number as it stands on its paper."""
    orders = apps.get_model("reports", "Order").objects
    for pk, plain, suffix in orders.filter(number_plain__isnull=False).values_list("pk", "number_plain", "suffix"):
        orders.filter(pk=pk).update(**number_columns(f"{plain}{suffix}"))
    rows = apps.get_model("reports", "SetAside").objects
    for pk, first, suffix in rows.filter(kind="cancelled").values_list("pk", "first", "suffix"):
        number = f"{first}{suffix}"
        rows.filter(pk=pk).update(number=number, number_key=number_key(number), first=plain_of(number), last=None)


def key():
    """Return the column of a key as it is laid first."""
    return models.CharField(blank=True, default="", editable=False, max_length=300)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_search_by_word_forms")]

    operations = [
        migrations.RemoveConstraint("order", "order_number_once"),
        migrations.RemoveConstraint("order", "order_registered_whole"),
        migrations.RemoveConstraint("setaside", "set_aside_ordered"),
        migrations.RemoveConstraint("setaside", "cancelled_one_by_one"),
        migrations.RemoveConstraint("setaside", "set_aside_once"),
        migrations.RenameField("order", "number", "number_plain"),
        migrations.AlterField("order", "number_plain", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField(
            "order", "number", models.CharField(blank=True, default="", max_length=30, verbose_name="номер")
        ),
        migrations.AddField("order", "number_key", key()),
        migrations.AddField(
            "setaside",
            "number",
            models.CharField(blank=True, default="", max_length=30, verbose_name="аннулированный номер"),
        ),
        migrations.AddField("setaside", "number_key", key()),
        migrations.AlterField(
            "setaside", "first", models.PositiveIntegerField(blank=True, null=True, verbose_name="с номера")
        ),
        migrations.AlterField(
            "setaside", "last", models.PositiveIntegerField(blank=True, null=True, verbose_name="по номер")
        ),
        migrations.RunPython(join, migrations.RunPython.noop),
        migrations.RemoveField("order", "suffix"),
        migrations.RemoveField("setaside", "suffix"),
        migrations.AddConstraint(
            "order",
            models.UniqueConstraint(
                fields=("year", "series", "number_key"),
                condition=~Q(number=""),
                name="order_number_once",
                violation_error_message="Этот номер в этом году уже занят",
            ),
        ),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=~Q(number="")
                & ~Q(number_key="")
                & Q(
                    state__in=ISSUED,
                    date__isnull=False,
                    year__isnull=False,
                    effective_on__isnull=False,
                    registered_at__isnull=False,
                )
                | Q(
                    state__in=OPEN,
                    number="",
                    number_key="",
                    number_plain__isnull=True,
                    date__isnull=True,
                    year__isnull=True,
                    effective_on__isnull=True,
                    registered_at__isnull=True,
                ),
                name="order_registered_whole",
            ),
        ),
        migrations.AddConstraint(
            "setaside",
            models.CheckConstraint(
                condition=Q(kind="cancelled", last__isnull=True) & ~Q(number="") & ~Q(number_key="")
                | Q(kind="others", number="", number_key="", first__isnull=False, last__isnull=False)
                & Q(first__gte=1, last__gte=F("first")),
                name="set_aside_whole",
            ),
        ),
        migrations.AddConstraint(
            "setaside",
            models.UniqueConstraint(
                fields=("year", "series", "first"),
                condition=Q(kind="others"),
                name="set_aside_once",
                violation_error_message="Об этом номере уже записано",
            ),
        ),
        migrations.AddConstraint(
            "setaside",
            models.UniqueConstraint(
                fields=("year", "series", "number_key"),
                condition=Q(kind="cancelled"),
                name="cancelled_once",
                violation_error_message="Этот номер уже аннулирован",
            ),
        ),
    ]
