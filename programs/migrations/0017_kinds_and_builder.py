"""What each kind and form of mentoring asks; samples by department and need; trial runs, conditions, reasons (п. 1.2, 2.3, 3.5)."""
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

CODES = {  # by the names of the planted forms of п. 2.3; a form that the school has renamed behaves as its own
    "педагог – педагог": "teachers",
    "руководитель Учреждения – педагог": "head",
    "работодатель – студент": "employer",
    "педагог вуза/колледжа – молодой педагог Учреждения": "college",
}
NEEDS = {
    "Молодой преподаватель фортепиано": "Методика обучения и преподавания",
    "Концертмейстер начинает работу": "Работа концертмейстера",
    "Открытый урок без страха": "Методика обучения и преподавания",
    "Преподаватель хореографии: урок и постановка": "Организация урочной деятельности",
    "Цифровые средства на уроке сольфеджио": "Цифровые инструменты преподавателя",
    "Подготовка к конкурсу профессионального мастерства": "Подготовка к конкурсам и концертам",
}


def plant(apps, schema_editor):
    for name, code in CODES.items():
        apps.get_model("programs", "MentoringForm").objects.filter(name=name).update(code=code)
    for name, need in NEEDS.items():
        topic = apps.get_model("people", "Topic").objects.filter(name=need).first()
        if topic:
            apps.get_model("programs", "ProgramTemplate").objects.filter(name=name).update(need=topic)


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring_site', '0009_what_letters_ask'),
        ('people', '0019_new_post'),
        ('programs', '0016_choosing_of_pairs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('organisation', 'Организационно-педагогические условия'), ('staff', 'Кадровые условия'), ('method', 'Методические условия'), ('mind', 'Психолого-педагогические условия')], max_length=12, verbose_name='условия')),
                ('done', models.CharField(max_length=500, verbose_name='что сделано')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда записано')),
            ],
            options={
                'verbose_name': 'созданные условия',
                'verbose_name_plural': 'созданные условия',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LeftOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='почему')),
            ],
            options={
                'verbose_name': 'затруднение без мероприятия',
                'verbose_name_plural': 'затруднения без мероприятий',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(max_length=1000, verbose_name='что проверяем')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда решено')),
                ('verdict', models.CharField(blank=True, choices=[('recommended', 'рекомендовать'), ('rework', 'доработать'), ('rejected', 'не применять')], max_length=12, verbose_name='решение совета')),
                ('conclusion', models.TextField(blank=True, max_length=4000, verbose_name='заключение совета')),
                ('minutes_number', models.CharField(blank=True, max_length=30, verbose_name='протокол совета №')),
                ('minutes_date', models.DateField(blank=True, null=True, verbose_name='протокол совета от')),
                ('concluded_at', models.DateTimeField(blank=True, null=True, verbose_name='когда записано')),
            ],
            options={
                'verbose_name': 'апробация программы',
                'verbose_name_plural': 'апробации программ',
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='activity',
            options={'ordering': ['due_on', 'position', 'pk'], 'verbose_name': 'мероприятие', 'verbose_name_plural': 'мероприятия'},
        ),
        migrations.AlterModelOptions(
            name='templateactivity',
            options={'ordering': ['week', 'position', 'pk'], 'verbose_name': 'мероприятие образца', 'verbose_name_plural': 'мероприятия образца'},
        ),
        migrations.AddField(
            model_name='activity',
            name='materials',
            field=models.ManyToManyField(blank=True, related_name='+', to='mentoring_site.storedfile', verbose_name='материалы'),
        ),
        migrations.AddField(
            model_name='activity',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='место среди мероприятий дня'),
        ),
        migrations.AddField(
            model_name='activity',
            name='source',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.templateactivity'),
        ),
        migrations.AddField(
            model_name='mentoringform',
            name='code',
            field=models.SlugField(blank=True, default='', editable=False, max_length=20, verbose_name='код'),
        ),
        migrations.AddField(
            model_name='program',
            name='details',
            field=models.JSONField(blank=True, default=dict, verbose_name='как идёт работа'),
        ),
        migrations.AddField(
            model_name='program',
            name='template',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='programs.programtemplate', verbose_name='образец'),
        ),
        migrations.AddField(
            model_name='program',
            name='template_seen_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='programtemplate',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='отделение'),
        ),
        migrations.AddField(
            model_name='programtemplate',
            name='need',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.topic', verbose_name='потребность'),
        ),
        migrations.AddField(
            model_name='templateactivity',
            name='changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='когда изменено'),
        ),
        migrations.AddField(
            model_name='templateactivity',
            name='materials',
            field=models.ManyToManyField(blank=True, related_name='+', to='mentoring_site.storedfile', verbose_name='материалы'),
        ),
        migrations.AddField(
            model_name='templateactivity',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='место среди мероприятий недели'),
        ),
        migrations.AddConstraint(
            model_name='mentoringform',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='form_code_once'),
        ),
        migrations.AddField(
            model_name='condition',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал'),
        ),
        migrations.AddField(
            model_name='condition',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='programs.program', verbose_name='программа'),
        ),
        migrations.AddField(
            model_name='leftout',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='left_out', to='programs.program', verbose_name='программа'),
        ),
        migrations.AddField(
            model_name='leftout',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.statement', verbose_name='затруднение'),
        ),
        migrations.AddField(
            model_name='trial',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто решил'),
        ),
        migrations.AddField(
            model_name='trial',
            name='concluded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал'),
        ),
        migrations.AddField(
            model_name='trial',
            name='program',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trial', to='programs.program', verbose_name='программа'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.UniqueConstraint(fields=('program', 'name'), name='condition_once'),
        ),
        migrations.AddConstraint(
            model_name='leftout',
            constraint=models.UniqueConstraint(fields=('program', 'statement'), name='left_out_once'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_at__isnull', True), ('concluded_by__isnull', True), ('conclusion', ''), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), models.Q(('conclusion', ''), _negated=True), ('concluded_at__isnull', False), ('concluded_by__isnull', False), ('minutes_date__isnull', False)), _connector='OR'), name='trial_conclusion_whole'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
