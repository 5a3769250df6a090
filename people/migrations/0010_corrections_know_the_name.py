"""A corrected form of a name knows which name it corrects: those that are kept now correct the present one."""

from django.db import migrations, models


def of_the_present_name(apps, schema_editor):
    """Tie every correction to the name that its person bears."""
    NameForm = apps.get_model("people", "NameForm")
    for form in NameForm.objects.select_related("person").iterator():
        person = form.person
        form.corrects = {
            "last": person.last_name,
            "first": person.first_name,
            "middle": person.middle_name,
            "gender": person.gender,
        }
        form.save(update_fields=["corrects"])


class Migration(migrations.Migration):
    dependencies = [("people", "0009_answers")]

    operations = [
        migrations.AddField(
            model_name="nameform",
            name="corrects",
            field=models.JSONField(default=dict, editable=False, verbose_name="что исправлено"),
        ),
        migrations.RunPython(of_the_present_name, migrations.RunPython.noop),
    ]
