"""The journal entry with its agenda and step, categories of activities; files of meetings and results become evidence.

The library of steps is planted beside what the school has written itself.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STEPS = (  # instrument or department, post, steps
    (
        "",
        "",
        (
            "На каждом уроке дать ученику сыграть или показать задание в первые две минуты",
            "Начать три урока с вопроса «Что у тебя сегодня получится лучше, чем вчера?»",
            "Закончить каждый урок недели одним предложением: что сегодня стало лучше",
            "Записать на видео десять минут одного урока и посмотреть их до встречи",
            "На двух уроках говорить не дольше ученика: засечь время по записи",
            "Дать одно домашнее задание с указанием, сколько минут и как его делать",
            "Похвалить на каждом уроке за конкретное действие, а не «молодец»",
            "Посетить один урок коллеги и записать три приёма",
            "Составить план одного урока по минутам и отметить, где он разошёлся с уроком",
            "Позвонить или написать родителям двух учеников о том, что получилось",
        ),
    ),
    (
        "",
        "преподаватель",
        (
            "Заполнить индивидуальный план одного ученика и показать его до встречи",
            "Подобрать двум ученикам по две пьесы на выбор и дать выбрать самим",
            "Провести с одним учеником репетицию выхода на сцену: поклон, настройка, пауза",
        ),
    ),
    (
        "",
        "концертмейстер",
        (
            "Читать с листа по странице в день и отметить, где остановились",
            "Сыграть партию солиста голосом или рукой вместе со своей перед репетицией",
            "На репетиции договориться с солистом о двух вдохах и отметить их в нотах",
            "Транспонировать одну песню на тон вниз без нот",
            "Проверить баланс по записи из середины зала",
        ),
    ),
    (
        "фортепиано",
        "",
        (
            "Дать ученику озвучить педаль голосом до того, как он её возьмёт",
            "На одной пьесе поработать только с левой рукой весь урок",
            "Прочитать с учеником с листа четыре строки в начале каждого урока",
            "Отметить в нотах двух учеников аппликатуру трудного места и проверить её на следующем уроке",
        ),
    ),
    (
        "скрипка",
        "",
        (
            "Проверять постановку правой руки на пустых струнах первые три минуты урока",
            "Сыграть с учеником в унисон одну гамму и остановиться на каждой неточной ноте",
            "Настраивать инструмент вместе с учеником: последнее слово за ним",
        ),
    ),
    (
        "домра",
        "",
        (
            "Три минуты тремоло под метроном в начале каждого урока",
            "Проверить у двух учеников посадку и положение медиатора по фотографии",
            "Разобрать одну пьесу без инструмента: ритм хлопками, штрихи словами",
        ),
    ),
    (
        "домбра",
        "",
        (
            "Показать один наигрыш с рук, без нот, и попросить повторить",
            "Послушать с учеником запись мастера и назвать три отличия от своего исполнения",
        ),
    ),
    (
        "баян",
        "",
        (
            "Отметить смену меха в одной пьесе и сыграть её только по этим местам",
            "Сыграть левую руку отдельно в темпе без остановок",
        ),
    ),
    (
        "гитара",
        "",
        (
            "Сыграть одну пьесу беззвучно, только левой рукой",
            "Проверить у двух учеников подготовку пальцев правой руки на арпеджио",
        ),
    ),
    (
        "духовые",
        "",
        (
            "Начинать урок с двух минут длинных звуков перед зеркалом",
            "Отметить вдохи в одной пьесе и сыграть её только по этим вдохам",
        ),
    ),
    (
        "хор",
        "",
        (
            "Провести распевание за пять минут и уложиться по часам",
            "Показать вступление рукой без слов десять раз за репетицию",
            "Записать репетицию и сосчитать, сколько минут хор пел",
            "Разделить трудное место на два голоса и соединить за одну репетицию",
        ),
    ),
    (
        "вокал",
        "",
        (
            "Попросить ученика прочитать текст песни вслух как рассказ до пения",
            "Распеть ученика по одной схеме всю неделю и записать верхнюю удобную ноту",
        ),
    ),
    (
        "теория",
        "",
        (
            "Начать три урока сольфеджио с минутного устного диктанта",
            "Дать задание, в котором ученик сам находит ошибку в записи",
            "Спеть с классом один пример с движением, а не сидя",
        ),
    ),
    (
        "хореография",
        "",
        (
            "Показать комбинацию один раз в темпе и один раз медленно, считать вслух после показа",
            "Сделать каждому ученику одно замечание о корпусе и проверить его в конце урока",
            "Провести разогрев под руководством ученика",
        ),
    ),
    (
        "изобразительное",
        "",
        (
            "Показать приём на чистом листе, а не на работе ученика",
            "Попросить каждого назвать в своей работе одно удачное место",
            "Начать урок с трёхминутного наброска",
        ),
    ),
    (
        "театр",
        "",
        (
            "Начать занятие с пятиминутного тренинга дыхания",
            "Попросить ученика пересказать задачу персонажа одним предложением",
        ),
    ),
)


SHEETS = (
    (
        "Взаимопосещение урока",
        "Индивидуальный или групповой урок коллеги",
        (
            "Ученик играет, поёт или рисует в первые минуты урока",
            "У урока одна ясная задача, и ученик её знает",
            "Преподаватель показывает, а не только объясняет",
            "Замечание короткое и сразу проверено на деле",
            "Ученик слышит или видит сам, что получилось и что нет",
            "Темп урока живой, переходы без пауз",
            "Похвала — за конкретное действие",
            "Домашнее задание ясно: что, сколько, как",
        ),
    ),
    (
        "Концертмейстерская практика",
        "Урок или репетиция с концертмейстером",
        (
            "Вступление даёт темп и характер",
            "Концертмейстер дышит вместе с солистом",
            "Баланс: солист слышен во всех регистрах",
            "При ошибке солиста музыка не останавливается",
            "Концертмейстер видит ноты солиста и руку дирижёра",
            "Замечания солисту согласованы с преподавателем",
            "Ноты подготовлены: переворот страниц, купюры, пометки",
        ),
    ),
    (
        "Академический концерт",
        "Выступление учеников класса на академическом концерте или прослушивании",
        (
            "Программа по силам ученика и разнохарактерна",
            "Текст сыгран уверенно, остановок нет",
            "Звук и штрихи соответствуют стилю",
            "Темп и ритм устойчивы",
            "Выход, поклон и уход отрепетированы",
            "Ученик слушает себя и справляется с волнением",
            "Видна работа преподавателя за полугодие",
        ),
    ),
)


def plant(apps, schema_editor):
    """Add the steps and the sheets of observation that are not there yet."""
    sample = apps.get_model("programs", "StepSample")
    template, criterion = apps.get_model("programs", "SheetTemplate"), apps.get_model("programs", "SheetCriterion")
    for subject, post, texts in STEPS:
        for text in texts:
            sample.objects.get_or_create(text=text, defaults={"subject": subject, "post": post})
    for name, for_whom, texts in SHEETS:
        made, new = template.objects.get_or_create(name=name, defaults={"for_whom": for_whom})
        if new:
            criterion.objects.bulk_create(
                criterion(template=made, position=n, text=text) for n, text in enumerate(texts, 1)
            )


def move_files(apps, schema_editor):
    """Make every file of a meeting or a result a piece of evidence of its own, those that were taken away too."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    evidence = apps.get_model("mentoring_site", "Evidence").objects
    revision = apps.get_model("mentoring_site", "EvidenceRevision").objects

    def make(kind, pk, file, **removed):
        made = evidence.create(
            object_type=kind, object_id=pk, created_at=file.uploaded_at, created_by=file.uploaded_by, **removed
        )
        revision.create(
            evidence=made,
            number=1,
            file=file,
            name=file.name,
            sha256=file.sha256,
            at=file.uploaded_at,
            by=file.uploaded_by,
        )

    for name, column in (("Meeting", "meeting"), ("ActivityResult", "result")):
        model = apps.get_model("programs", name)
        kind, _ = kinds.get_or_create(app_label="programs", model=name.lower())
        through = model.files.through.objects.select_related("storedfile").order_by("pk")
        for row in through:
            make(kind, getattr(row, f"{name.lower()}_id"), row.storedfile)
        away = apps.get_model("programs", "RemovedFile").objects.filter(**{f"{column}__isnull": False})
        for row in away.select_related("file").order_by("pk"):
            removed = {"removed_at": row.removed_at, "removed_by_id": row.removed_by_id}
            make(kind, getattr(row, f"{column}_id"), row.file, **removed)


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('mentoring_site', '0011_evidence'),
        ('people', '0019_new_post'),
        ('programs', '0018_request_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StepAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('done', 'сделано'), ('partly', 'частично'), ('not', 'нет')], max_length=6, verbose_name='что вышло')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
            ],
            options={
                'verbose_name': 'итог шага',
                'verbose_name_plural': 'итоги шагов',
            },
        ),
        migrations.CreateModel(
            name='StepSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, unique=True, verbose_name='шаг')),
                ('subject', models.CharField(blank=True, max_length=100, verbose_name='инструмент или отделение')),
                ('post', models.CharField(blank=True, max_length=100, verbose_name='должность')),
                ('is_open', models.BooleanField(default=True, verbose_name='предлагается')),
            ],
            options={
                'verbose_name': 'образец шага',
                'verbose_name_plural': 'образцы шагов',
                'ordering': ['subject', 'post', 'text'],
            },
        ),
        migrations.RunPython(move_files, migrations.RunPython.noop, elidable=False),
        migrations.DeleteModel(name='RemovedFile'),
        migrations.RemoveField(
            model_name='activityresult',
            name='files',
        ),
        migrations.RemoveField(
            model_name='meeting',
            name='files',
        ),
        migrations.AddField(
            model_name='activity',
            name='category',
            field=models.CharField(blank=True, choices=[('structures', 'взаимодействие со структурами школы'), ('social', 'общественная жизнь коллектива'), ('outlook', 'общекультурный и профессиональный кругозор'), ('research', 'научный поиск и творчество'), ('innovation', 'инновационная деятельность'), ('events', 'конкурсы, конференции, форумы')], max_length=10, verbose_name='категория'),
        ),
        migrations.AddField(
            model_name='activity',
            name='partner',
            field=models.CharField(blank=True, max_length=200, verbose_name='с каким отделением или советом'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='agenda',
            field=models.TextField(blank=True, max_length=2000, verbose_name='повестка'),
        ),
        migrations.AddField(
            model_name='templateactivity',
            name='category',
            field=models.CharField(blank=True, choices=[('structures', 'взаимодействие со структурами школы'), ('social', 'общественная жизнь коллектива'), ('outlook', 'общекультурный и профессиональный кругозор'), ('research', 'научный поиск и творчество'), ('innovation', 'инновационная деятельность'), ('events', 'конкурсы, конференции, форумы')], max_length=10, verbose_name='категория'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='next_step',
            field=models.CharField(blank=True, max_length=500, verbose_name='шаг до следующей встречи'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category', 'structures'), _negated=True), models.Q(('partner', ''), _negated=True), _connector='OR'), name='activity_names_its_structure', violation_error_message='Назовите отделение или совет'),
        ),
        migrations.AddField(
            model_name='stepanswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто'),
        ),
        migrations.AddField(
            model_name='stepanswer',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_answers', to='programs.meeting', verbose_name='встреча'),
        ),
        migrations.AddField(
            model_name='stepanswer',
            name='participation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.participation', verbose_name='наставляемый'),
        ),
        migrations.AddField(
            model_name='stepanswer',
            name='said_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers_said', to='programs.meeting', verbose_name='на встрече'),
        ),
        migrations.AddConstraint(
            model_name='stepanswer',
            constraint=models.UniqueConstraint(fields=('meeting', 'participation'), name='step_answered_once'),
        ),
        migrations.CreateModel(
            name='SheetTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True, verbose_name='название')),
                ('for_whom', models.CharField(max_length=300, verbose_name='что наблюдают')),
                ('is_open', models.BooleanField(default=True, verbose_name='предлагается')),
            ],
            options={
                'verbose_name': 'лист наблюдения',
                'verbose_name_plural': 'листы наблюдения',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SheetCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='№')),
                ('text', models.CharField(max_length=200, verbose_name='на что смотреть')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='programs.sheettemplate', verbose_name='лист')),
            ],
            options={
                'verbose_name': 'критерий',
                'verbose_name_plural': 'критерии',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lesson', models.CharField(max_length=200, verbose_name='что за урок')),
                ('criteria', models.JSONField(default=list, verbose_name='критерии')),
                ('strengths', models.TextField(blank=True, max_length=2000, verbose_name='что взять себе')),
                ('advice', models.TextField(blank=True, max_length=2000, verbose_name='что попробовать')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='начат')),
                ('filled_at', models.DateTimeField(blank=True, null=True, verbose_name='заполнен')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто наблюдал')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='programs.meeting', verbose_name='запись журнала')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.participation', verbose_name='кто вёл урок')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.sheettemplate', verbose_name='лист')),
            ],
            options={
                'verbose_name': 'лист наблюдения урока',
                'verbose_name_plural': 'листы наблюдения уроков',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='MentorTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('given', 'дано'), ('done', 'на проверке'), ('returned', 'возвращено'), ('accepted', 'принято'), ('dropped', 'снято')], default='given', editable=False, max_length=10, verbose_name='состояние')),
                ('text', models.TextField(max_length=2000, verbose_name='что сделать')),
                ('due_on', models.DateField(verbose_name='до')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='дано')),
                ('result', models.TextField(blank=True, max_length=4000, verbose_name='что сделано')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='сделано')),
                ('comment', models.TextField(blank=True, max_length=4000, verbose_name='слово наставника')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='проверено')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто проверил')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто дал')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто отметил')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='programs.participation', verbose_name='наставляемый')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='programs.program', verbose_name='программа')),
            ],
            options={
                'verbose_name': 'задание наставника',
                'verbose_name_plural': 'задания наставника',
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['state', 'due_on'], name='mentor_task_by_term')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['given', 'done', 'returned', 'accepted', 'dropped'])), name='mentor_task_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='mentor_task_done_paired'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='mentor_task_answered_paired'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'returned', 'accepted']), _negated=True), models.Q(('done_at__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='mentor_task_done_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='mentor_task_returned_with_comment', violation_error_message='Напишите, что исправить'), models.UniqueConstraint(fields=('request_key', 'participation'), name='mentor_task_once')],
            },
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
