"""Folders for an inspection, acts of handing over; the дела of the nomenclature, planted."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CASES = (
    ("acts", "05-01", "Положение и локальные акты о наставничестве"),
    ("orders", "05-02", "Приказы о наставничестве"),
    ("minutes", "05-03", "Протоколы советов"),
    ("plan", "05-04", "Дорожная карта"),
    ("consents", "05-05", "Согласия"),
    ("agreements", "05-06", "Соглашения с наставниками"),
    ("programs", "05-07", "Персонализированные программы"),
    ("journals", "05-08", "Журналы встреч и подтверждения"),
    ("reports", "05-09", "Отчёты наставников и отзывы"),
    ("law", "05-10", "Правовая база"),
)


def plant(apps, schema_editor):
    """Write the дела that are not there yet; one that the school has renamed stays as it is."""
    cases = apps.get_model("reports", "Case").objects
    for position, (code, number, title) in enumerate(CASES, 1):
        cases.get_or_create(code=code, defaults={"number": number, "title": title, "position": position})


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring_site", "0012_terms_of_revisions"),
        ("programs", "0025_program_goes_on_in"),
        ("reports", "0019_annual_report"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(editable=False, max_length=20, unique=True, verbose_name="код")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="индекс дела")),
                ("title", models.CharField(max_length=100, verbose_name="заголовок дела")),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="порядок")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия")),
            ],
            options={
                "verbose_name": "дело номенклатуры",
                "verbose_name_plural": "дела номенклатуры",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="case_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(blank=True, null=True, verbose_name="с")),
                ("until", models.DateField(blank=True, null=True, verbose_name="по")),
                ("scope", models.JSONField(default=list, verbose_name="что входит")),
                ("rights", models.JSONField(default=list, verbose_name="роли и права того, кто собрал")),
                ("contents", models.JSONField(default=dict, editable=False, verbose_name="записи, из которых собрано")),
                ("people", models.JSONField(default=list, editable=False, verbose_name="о ком бумаги")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="заказана")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="записей")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="просмотрено")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="документов")),
                ("gaps", models.PositiveIntegerField(default=0, verbose_name="чего не хватает")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="размер, байт")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="собрана")),
                ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="ZIP удалён")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="почему не собрана")),
                ("request_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто собрал",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mentoring_site.storedfile",
                        verbose_name="ZIP",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folders",
                        to="programs.program",
                        verbose_name="программа",
                    ),
                ),
            ],
            options={
                "verbose_name": "папка для проверки",
                "verbose_name_plural": "папки для проверки",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FolderAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False, unique=True, verbose_name="номер акта")),
                ("date", models.DateField(verbose_name="дата")),
                ("receiver", models.CharField(max_length=200, verbose_name="кому передано")),
                ("receiver_post", models.CharField(blank=True, max_length=200, verbose_name="должность")),
                ("organisation", models.CharField(max_length=300, verbose_name="орган или организация")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="основание")),
                ("facts", models.JSONField(default=dict, editable=False, verbose_name="что напечатано")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="составлен"),
                ),
                ("request_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто составил",
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="reports.folder",
                        verbose_name="папка",
                    ),
                ),
            ],
            options={
                "verbose_name": "акт приёма-передачи документов",
                "verbose_name_plural": "акты приёма-передачи документов",
                "ordering": ["-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("program__isnull", False), ("since__isnull", True), ("until__isnull", True)),
                    models.Q(("program__isnull", True), ("since__isnull", False), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="folder_of_days_or_program",
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__isnull", True), ("since__lte", models.F("until")), _connector="OR"),
                name="folder_days_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file__isnull", True), ("finished_at__isnull", True)),
                    models.Q(("file__isnull", False), ("finished_at__isnull", False), ("gone_at__isnull", True)),
                    models.Q(("file__isnull", True), ("finished_at__isnull", False), ("gone_at__isnull", False)),
                    _connector="OR",
                ),
                name="folder_finished_whole",
            ),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
