"""Numbers of minutes become texts with a sorting key."""

from django.db import migrations, models
from django.db.models import Q

from mentoring_site.paper_numbers import number_columns


def write(apps, schema_editor):
    """Write every number as a text."""
    minutes = apps.get_model("roadmap", "Minutes").objects
    for pk, plain in minutes.values_list("pk", "number_plain"):
        minutes.filter(pk=pk).update(**number_columns(str(plain)))


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0002_search_by_word_forms")]

    operations = [
        migrations.RemoveConstraint("minutes", "minutes_number_once"),
        migrations.RemoveConstraint("minutes", "minutes_number_positive"),
        migrations.RenameField("minutes", "number", "number_plain"),
        migrations.AlterField("minutes", "number_plain", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField(
            "minutes", "number", models.CharField(default="", max_length=30, verbose_name="№"), preserve_default=False
        ),
        migrations.AddField(
            "minutes",
            "number_key",
            models.CharField(default="", editable=False, max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.AddConstraint(
            "minutes",
            models.UniqueConstraint(
                fields=("body", "school_year", "number_key"),
                name="minutes_number_once",
                violation_error_message="Протокол с таким номером в этом учебном году уже есть",
            ),
        ),
        migrations.AddConstraint(
            "minutes",
            models.CheckConstraint(condition=~Q(number="") & ~Q(number_key=""), name="minutes_numbered"),
        ),
    ]
