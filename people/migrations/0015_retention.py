"""Terms of keeping by kind of document, planted from приказ Росархива № 236; words of the notice to Роскомнадзор."""

from django.db import migrations, models

YEARS, FOREVER, OPEN = "years", "forever", "open"
LIST = "Перечень № 236, "
MEANT = "сопоставлено по смыслу: проверьте"
TERMS = (  # code, documents, kind, years, ЭПК, article, note
    ("order_main", "Приказы по основной деятельности", FOREVER, None, False, LIST + "ст. 19, п. «а»", ""),
    ("order_household", "Приказы по хозяйственным вопросам", YEARS, 5, False, LIST + "ст. 19, п. «б»", ""),
    ("order_staff", "Приказы по личному составу: оплата, аттестация, поощрение", YEARS, 50, True, LIST + "ст. 434, п. «а»",
     "75 лет, если закончены делопроизводством до 2003 года"),
    ("order_leave", "Приказы о ежегодных отпусках и дежурствах", YEARS, 5, False, LIST + "ст. 434", ""),
    ("order_discipline", "Приказы о дисциплинарных взысканиях", YEARS, 3, False, LIST + "ст. 434", ""),
    ("agreement", "Дополнительные соглашения к трудовым договорам", YEARS, 50, True, LIST + "ст. 435",
     "75 лет, если закончены делопроизводством до 2003 года"),
    ("local_act", "Положение и другие локальные акты", FOREVER, None, False, LIST + "ст. 8", "по месту утверждения"),
    ("minutes", "Протоколы коллегиальных органов управления", FOREVER, None, False, LIST + "ст. 18",
     "методический совет как рабочий орган — может быть меньше: решает школа"),
    ("plan_year", "Годовой план школы", FOREVER, None, False, LIST + "ст. 197", "по месту утверждения"),
    ("plan", "Планы по направлениям: дорожная карта", YEARS, 5, True, LIST + "ст. 200", ""),
    ("program", "Персонализированные программы", YEARS, 5, True, LIST + "ст. 200", MEANT),
    ("consent", "Согласия: после прекращения или отзыва", YEARS, 3, False, LIST + "ст. 441", "номер статьи проверьте"),
    ("destruction", "Акты об уничтожении персональных данных и выгрузки из журнала", YEARS, 3, False,
     "приказ Роскомнадзора № 179", "от дня уничтожения"),
    ("personal_file", "Личные дела работников", YEARS, 50, True, LIST + "ст. 445",
     "75 лет, если закончены делопроизводством до 2003 года"),
    ("timesheet", "Табели учёта рабочего времени", YEARS, 5, False, LIST + "ст. 402", ""),
    ("report", "Отчёты о наставничестве", OPEN, None, False, "", ""),
    ("questionnaire", "Анкеты", OPEN, None, False, "", ""),
    ("journal", "Журналы встреч", OPEN, None, False, "", ""),
    ("order_register", "Журналы регистрации приказов", OPEN, None, False, "", ""),
    ("request", "Обращения о персональных данных и ответы, сведения об инцидентах", OPEN, None, False, "", ""),
)


def plant(apps, schema_editor):
    """Add what is not there yet."""
    model = apps.get_model("people", "RetentionTerm")
    for position, (code, documents, kind, years, commission, article, note) in enumerate(TERMS):
        model.objects.get_or_create(
            code=code,
            defaults={
                "documents": documents,
                "kind": kind,
                "years": years,
                "by_commission": commission,
                "from_day": code == "destruction",
                "article": article,
                "note": note,
                "position": position,
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_known_gender'),
    ]

    operations = [
        migrations.AddField(
            model_name='school',
            name='archive_source',
            field=models.CharField(blank=True, choices=[('yes', 'да'), ('no', 'нет')], max_length=3, verbose_name='источник комплектования архива'),
        ),
        migrations.AddField(
            model_name='school',
            name='mentor_pay_name',
            field=models.CharField(default='стимулирующая выплата за наставничество', max_length=120, verbose_name='как называется выплата за наставничество'),
        ),
        migrations.CreateModel(
            name='OperatorNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.TextField(default='организация и проведение наставничества педагогических работников; кадровый учёт в части наставничества', max_length=2000, verbose_name='цель обработки')),
                ('people', models.TextField(default='работники школы; кандидаты в наставники и наставляемые; наставники, которые работают в других организациях', max_length=2000, verbose_name='категории людей')),
                ('actions', models.TextField(default='сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, передача, блокирование, удаление, уничтожение; с отдельного согласия — распространение', max_length=2000, verbose_name='действия с данными')),
                ('measures', models.TextField(default='назначено лицо, ответственное за организацию обработки; доступ по ролям и личным учётным записям, второй фактор у руководителей и администраторов; журнал действий и просмотров; резервные копии; обработка в базе на территории Российской Федерации', max_length=2000, verbose_name='меры защиты (ст. 18.1 и 19)')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='где находится база данных')),
                ('responsible', models.CharField(blank=True, max_length=300, verbose_name='ответственный за обработку')),
                ('contacts', models.CharField(blank=True, max_length=300, verbose_name='его телефон, почтовый адрес, e-mail')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='дата начала обработки')),
                ('ends', models.CharField(default='прекращение деятельности школы', max_length=300, verbose_name='срок или условие прекращения')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
            ],
            options={
                'verbose_name': 'сведения для уведомления Роскомнадзора',
                'verbose_name_plural': 'сведения для уведомления Роскомнадзора',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_operator_notice')],
            },
        ),
        migrations.CreateModel(
            name='RetentionTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=20, unique=True, verbose_name='код')),
                ('documents', models.CharField(max_length=200, verbose_name='документы')),
                ('kind', models.CharField(choices=[('years', 'лет'), ('forever', 'постоянно'), ('open', 'школа не решила')], max_length=7, verbose_name='срок')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='сколько лет')),
                ('by_commission', models.BooleanField(default=False, verbose_name='ЭПК: по истечении решает экспертная комиссия')),
                ('from_day', models.BooleanField(default=False, verbose_name='считать от самого дня, а не от 1 января следующего года')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='статья или акт')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='примечание')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='порядок')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
            ],
            options={
                'verbose_name': 'срок хранения',
                'verbose_name_plural': 'сроки хранения',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'years'), ('years__gt', 0), ('years__isnull', False)), models.Q(('years__isnull', True), models.Q(('kind', 'years'), _negated=True)), _connector='OR'), name='retention_years_whole', violation_error_message='Укажите, сколько лет хранить'), models.CheckConstraint(condition=models.Q(('kind', 'years'), models.Q(('by_commission', False), ('from_day', False)), _connector='OR'), name='retention_commission_of_years', violation_error_message='ЭПК и начало срока — только у сроков в годах')],
            },
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
