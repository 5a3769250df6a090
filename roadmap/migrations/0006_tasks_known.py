"""A task of a roadmap that the system itself has found done has no person who marked it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0005_legal_acts")]

    operations = [
        migrations.RemoveConstraint(model_name="task", name="task_done_paired"),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(done_on__isnull=False) | models.Q(done_by__isnull=True), name="task_done_by_when_done"
            ),
        ),
    ]
