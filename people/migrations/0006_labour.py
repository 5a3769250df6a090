"""Labour law of mentoring: calendar of working days, agreements with mentors, notices (ТК 112, 351.8).

The days off of 2026 and 2027 are data that the school edits. The days of Kalmykia follow the lunar calendar and are set
each year by the republic; days that the Government moves in 2027 are to be added when its decree is out.
"""
from datetime import date

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

NEW_YEAR = "Новогодние каникулы"
HOLIDAYS = (
    *((1, day, NEW_YEAR) for day in (1, 2, 3, 4, 5, 6, 8)),
    (1, 7, "Рождество Христово"),
    (2, 23, "День защитника Отечества"),
    (3, 8, "Международный женский день"),
    (5, 1, "Праздник Весны и Труда"),
    (5, 9, "День Победы"),
    (6, 12, "День России"),
    (11, 4, "День народного единства"),
)
MOVED = (  # 2026: decree of the Government of 24.09.2025 and ТК 112; 2027: only what ТК 112 itself moves
    (date(2026, 1, 9), "Выходной, перенесённый с 3 января"),
    (date(2026, 3, 9), "Выходной, перенесённый с 8 марта"),
    (date(2026, 5, 11), "Выходной, перенесённый с 9 мая"),
    (date(2026, 12, 31), "Выходной, перенесённый с 4 января"),
    (date(2027, 5, 3), "Выходной, перенесённый с 1 мая"),
    (date(2027, 5, 10), "Выходной, перенесённый с 9 мая"),
    (date(2027, 6, 14), "Выходной, перенесённый с 12 июня"),
)
REGIONAL = (
    (date(2026, 2, 18), "Цаган Сар"),
    (date(2026, 5, 31), "День рождения Будды Шакьямуни"),
    (date(2026, 12, 4), "Зул"),
    (date(2027, 2, 7), "Цаган Сар"),
    (date(2027, 6, 18), "День рождения Будды Шакьямуни"),
    (date(2027, 12, 23), "Зул"),
)


def plant(apps, schema_editor):
    """Add what is not there yet: a school may have written such a day itself."""
    days = [(date(year, month, day), name, "federal") for year in (2026, 2027) for month, day, name in HOLIDAYS]
    days += [(day, name, "moved") for day, name in MOVED] + [(day, name, "regional") for day, name in REGIONAL]
    for day, name, kind in days:
        apps.get_model("people", "DayOff").objects.get_or_create(date=day, defaults={"name": name, "kind": kind})


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring_site', '0002_initial'),
        ("people", "0005_post_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(error_messages={'unique': 'Этот день уже записан'}, unique=True, verbose_name='день')),
                ('name', models.CharField(max_length=120, verbose_name='название')),
                ('kind', models.CharField(choices=[('federal', 'праздник России'), ('regional', 'праздник Калмыкии'), ('moved', 'перенесённый выходной'), ('working', 'рабочая суббота или воскресенье')], max_length=8, verbose_name='что это за день')),
            ],
            options={
                'verbose_name': 'особый день календаря',
                'verbose_name_plural': 'календарь рабочих дней',
                'ordering': ['date'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['federal', 'regional', 'moved', 'working'])), name='day_off_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='MentorAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('agreement', 'дополнительное соглашение'), ('cooperation', 'соглашение о сотрудничестве'), ('founder', 'соглашение с учредителем')], editable=False, max_length=11, verbose_name='вид бумаги')),
                ('matter', models.UUIDField(verbose_name='о какой паре')),
                ('matter_words', models.CharField(blank=True, max_length=300, verbose_name='о какой паре, словами')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записано')),
                ('assigned_on', models.DateField(blank=True, null=True, verbose_name='поручение работодателя от')),
                ('content', models.TextField(blank=True, max_length=4000, verbose_name='содержание работы')),
                ('work_form', models.CharField(blank=True, max_length=300, verbose_name='форма выполнения работы')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='с')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='по')),
                ('pay_kind', models.CharField(blank=True, choices=[('percent', 'процент от должностного оклада'), ('sum', 'сумма в месяц'), ('free', 'без оплаты'), ('included', 'входит в трудовую функцию')], max_length=8, verbose_name='оплата')),
                ('pay_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='размер')),
                ('pay_act', models.CharField(blank=True, max_length=300, verbose_name='акт, которым установлена оплата')),
                ('pay_from', models.DateField(blank=True, null=True, verbose_name='выплата с')),
                ('pay_to', models.DateField(blank=True, null=True, verbose_name='выплата по')),
                ('exempt_reason', models.CharField(blank=True, max_length=500, verbose_name='почему статья 351.8 не применяется')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='номер')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='подписано')),
                ('signed_by_words', models.CharField(blank=True, max_length=300, verbose_name='кто подписал за работодателя')),
                ('order_number', models.CharField(blank=True, max_length=30, verbose_name='приказ об оплате №')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='приказ об оплате от')),
                ('pay_ends_on', models.DateField(blank=True, null=True, verbose_name='выплата прекращена, последний день')),
                ('stop_number', models.CharField(blank=True, max_length=30, verbose_name='приказ о прекращении выплаты №')),
                ('stop_date', models.DateField(blank=True, null=True, verbose_name='приказ о прекращении выплаты от')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='закончено')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='снято')),
                ('drop_reason', models.CharField(blank=True, max_length=300, verbose_name='почему снято')),
                ('papers', models.JSONField(default=dict, editable=False, verbose_name='факты подписанных бумаг')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('assignment_scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан поручения')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('dropped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто снял')),
                ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='people.employment', verbose_name='место работы, по которому это соглашение')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='people.person', verbose_name='наставник')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
            ],
            options={
                'verbose_name': 'соглашение с наставником',
                'verbose_name_plural': 'соглашения с наставниками',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter', models.UUIDField(verbose_name='о какой паре')),
                ('matter_words', models.CharField(blank=True, max_length=300, verbose_name='о какой паре, словами')),
                ('giver', models.CharField(choices=[('worker', 'отказ наставника'), ('employer', 'отмена работодателем')], max_length=8, verbose_name='кто предупредил')),
                ('form', models.CharField(choices=[('paper', 'на бумаге'), ('app', 'в системе')], default='paper', max_length=5, verbose_name='как подано')),
                ('received_on', models.DateField(verbose_name='получено')),
                ('effective_on', models.DateField(verbose_name='последний день обязанностей')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='причина')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='адрес устройства')),
                ('needs_paper', models.BooleanField(default=False, verbose_name='нужна бумага')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='бумага записана')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='записано')),
                ('withdrawal_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='предложено отозвать')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='отозвано')),
                ('took_effect_on', models.DateField(blank=True, null=True, verbose_name='вступило в силу')),
                ('order_number', models.CharField(blank=True, max_length=30, verbose_name='приказ №')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='приказ от')),
                ('papers', models.JSONField(default=dict, editable=False, verbose_name='факты бумаги')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.mentoragreement', verbose_name='соглашение')),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.candidate', verbose_name='кандидат')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.person', verbose_name='наставник')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
                ('withdrawal_asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто предложил отозвать')),
            ],
            options={
                'verbose_name': 'уведомление',
                'verbose_name_plural': 'уведомления',
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True), ('dropped_at__isnull', True)), fields=('person', 'matter'), name='one_live_agreement', violation_error_message='Соглашение с этим наставником об этой паре уже ведётся'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['agreement', 'cooperation', 'founder'])), name='agreement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('pay_kind__in', ['', 'percent', 'sum', 'free', 'included'])), name='agreement_pay_known'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True)), models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='agreement_term_ordered', violation_error_message='Срок не может закончиться раньше, чем начался'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('signed_on__isnull', True)), models.Q(models.Q(('number', ''), _negated=True), ('signed_on__isnull', False)), _connector='OR'), name='agreement_signature_paired'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_by_words', ''), ('signed_on__isnull', True)), models.Q(('assigned_on__isnull', False), ('signed_on__gte', models.F('assigned_on')), ('signed_on__isnull', False), ('pay_kind__in', ['percent', 'sum', 'free']), ('starts_on__isnull', False), models.Q(('content', ''), _negated=True), models.Q(('work_form', ''), _negated=True), models.Q(('signed_by_words', ''), _negated=True)), _connector='OR'), name='agreement_signed_whole'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_kind', 'included'), models.Q(('exempt_reason', ''), _negated=True)), models.Q(models.Q(('pay_kind', 'included'), _negated=True), ('exempt_reason', '')), _connector='OR'), name='agreement_exemption_has_reason', violation_error_message='Напишите, почему статья 351.8 не применяется'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_amount__gt', 0), ('pay_amount__isnull', False), ('pay_kind__in', ['percent', 'sum']), ('pay_from__isnull', False), ('pay_to__gte', models.F('pay_from')), ('pay_to__isnull', False), models.Q(('pay_act', ''), _negated=True)), models.Q(('pay_act', ''), ('pay_amount__isnull', True), ('pay_from__isnull', True), ('pay_kind__in', ['', 'free', 'included']), ('pay_to__isnull', True)), _connector='OR'), name='agreement_pay_whole', violation_error_message='Укажите размер оплаты, её срок с и по и акт, которым она установлена'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pay_kind', 'free'), _negated=True), ('kind', 'cooperation'), _connector='OR'), name='agreement_work_is_paid', violation_error_message='Работа наставника по статье 351.8 оплачивается'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order_date__isnull', True), ('order_number', '')), models.Q(models.Q(('order_number', ''), _negated=True), ('order_date__isnull', False)), _connector='OR'), name='agreement_order_paired'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('order_number', ''), models.Q(('pay_from__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='agreement_order_after_signature'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stop_date__isnull', True), ('stop_number', '')), models.Q(models.Q(('stop_number', ''), _negated=True), ('stop_date__isnull', False)), _connector='OR'), name='agreement_stop_paired'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('stop_number', ''), models.Q(('pay_ends_on__isnull', False), models.Q(('order_number', ''), _negated=True)), _connector='OR'), name='agreement_stop_of_pay'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(('pay_ends_on__isnull', True), models.Q(('pay_ends_on__lte', models.F('pay_to')), ('pay_to__isnull', False)), _connector='OR'), name='agreement_pay_ends_in_term'),
        ),
        migrations.AddConstraint(
            model_name='mentoragreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drop_reason', ''), ('dropped_at__isnull', True), ('dropped_by__isnull', True)), models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False), ('signed_on__isnull', True), models.Q(('drop_reason', ''), _negated=True)), _connector='OR'), name='agreement_dropped_whole'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('took_effect_on__isnull', True), ('withdrawn_on__isnull', True)), fields=('person', 'matter'), name='one_live_notice', violation_error_message='Об этом уже предупредили'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('giver__in', ['worker', 'employer'])), name='notice_giver_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('agreement__isnull', False), ('candidate__isnull', False), _connector='OR'), name='notice_about_something'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('effective_on__gt', models.F('received_on'))), name='notice_ahead', violation_error_message='Предупреждают не менее чем за три рабочих дня'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('took_effect_on__isnull', True), models.Q(('took_effect_on__gte', models.F('effective_on')), ('withdrawn_on__isnull', True)), _connector='OR'), name='notice_effect_whole'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_asked_at__isnull', True), ('withdrawal_asked_by__isnull', True)), models.Q(('withdrawal_asked_at__isnull', False), ('withdrawal_asked_by__isnull', False)), _connector='OR'), name='notice_withdrawal_paired'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order_date__isnull', True), ('order_number', '')), models.Q(models.Q(('order_number', ''), _negated=True), ('order_date__isnull', False)), _connector='OR'), name='notice_order_paired'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('order_number', ''), ('withdrawn_on__isnull', True), _connector='OR'), name='notice_order_of_live'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', False), ('form', 'app')), models.Q(('address__isnull', True), ('form', 'paper'), ('needs_paper', False)), _connector='OR'), name='notice_form_whole'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
