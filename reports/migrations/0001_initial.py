"""Tables of orders and their register, local acts, packages, news."""

import django.db.models.deletion
import django.utils.timezone
import reports.orders.order_kinds.registry
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mentoring_site', '0001_initial'),
        ('people', '0001_initial'),
        ('programs', '0001_initial'),
        ('roadmap', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('regulation', 'Положение'), ('rules', 'Правила'), ('procedure', 'Порядок'), ('instruction', 'Инструкция'), ('other', 'Локальный акт')], max_length=12, verbose_name='вид акта')),
                ('about', models.CharField(max_length=300, verbose_name='о чём')),
                ('number', models.CharField(max_length=30, verbose_name='номер приказа об утверждении')),
                ('date', models.DateField(verbose_name='дата приказа об утверждении')),
                ('audience', models.JSONField(default=list, verbose_name='кого касается')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записан')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='файл')),
            ],
            options={
                'verbose_name': 'локальный акт',
                'verbose_name_plural': 'локальные акты',
                'ordering': ['-date', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='local_act_numbered'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ActReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='ознакомлен(а)')),
                ('on_paper', models.BooleanField(default=False, verbose_name='подпись на листе')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='кто знакомится')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='reports.localact', verbose_name='локальный акт')),
            ],
            options={
                'verbose_name': 'ознакомление с локальным актом',
                'verbose_name_plural': 'ознакомления с локальными актами',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('act', 'person'), name='act_reader_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('read_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='act_reader_paired'),
                ],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='заголовок')),
                ('text', models.TextField(max_length=20000, verbose_name='текст')),
                ('published_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='дата')),
                ('is_public', models.BooleanField(default=False, verbose_name='на сайте')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто написал')),
                ('people', models.ManyToManyField(blank=True, editable=False, related_name='+', to='people.person', verbose_name='участники, которых называет')),
            ],
            options={
                'verbose_name': 'новость',
                'verbose_name_plural': 'новости',
                'ordering': ['-published_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NumberCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='год')),
                ('series', models.CharField(choices=[('main', 'основная деятельность'), ('staff', 'личный состав')], max_length=5, verbose_name='серия')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='последний номер')),
            ],
            options={
                'verbose_name': 'счётчик номеров',
                'verbose_name_plural': 'счётчики номеров',
                'constraints': [models.UniqueConstraint(fields=('year', 'series'), name='one_counter')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('kind', models.CharField(choices=reports.orders.order_kinds.registry.choices, max_length=12, verbose_name='вид приказа')),
                ('series', models.CharField(choices=[('main', 'основная деятельность'), ('staff', 'личный состав')], default='main', max_length=5, verbose_name='серия')),
                ('state', models.CharField(choices=[('draft', 'проект'), ('agreed', 'завизирован'), ('at_signature', 'на подписи у директора'), ('registered', 'зарегистрирован'), ('revoked', 'отменён')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='состояние')),
                ('heading', models.CharField(max_length=300, verbose_name='заголовок')),
                ('preamble', models.TextField(max_length=4000, verbose_name='основание')),
                ('points', models.JSONField(default=list, verbose_name='пункты')),
                ('effect_from', models.DateField(blank=True, null=True, verbose_name='предполагаемая дата действия')),
                ('signer_post', models.CharField(blank=True, max_length=200, verbose_name='должность подписывающего')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='составлен')),
                ('facts', models.JSONField(blank=True, editable=False, null=True, verbose_name='обстоятельства бумаги')),
                ('facts_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='передан на подпись')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='номер')),
                ('suffix', models.CharField(blank=True, max_length=10, verbose_name='окончание номера')),
                ('date', models.DateField(blank=True, null=True, verbose_name='дата приказа')),
                ('year', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='год номера')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='действует с')),
                ('gap_reason', models.CharField(blank=True, max_length=300, verbose_name='почему пропущены номера')),
                ('registered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='зарегистрирован')),
                ('renderer', models.CharField(blank=True, editable=False, max_length=60, verbose_name='чем напечатан')),
                ('pdf_attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('from_paper', models.BooleanField(default=False, editable=False, verbose_name='внесён с бумаги')),
                ('code', models.CharField(editable=False, max_length=12, unique=True, verbose_name='код проверки')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто составил')),
                ('executor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='исполнитель')),
                ('pdf', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='PDF')),
                ('registered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто зарегистрировал')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
                ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='кто подписывает')),
            ],
            options={
                'verbose_name': 'приказ',
                'verbose_name_plural': 'приказы',
                'ordering': ['-created_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'agreed', 'at_signature', 'registered', 'revoked'])), name='order_state_known'),
                    models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('year', 'series', 'number'), name='order_number_once', violation_error_message='Этот номер в этом году уже занят'),
                    models.CheckConstraint(condition=models.Q(models.Q(('date__isnull', False), ('effective_on__isnull', False), ('number__isnull', False), ('registered_at__isnull', False), ('state__in', ['registered', 'revoked']), ('year__isnull', False)), models.Q(('date__isnull', True), ('effective_on__isnull', True), ('number__isnull', True), ('registered_at__isnull', True), ('state__in', ['draft', 'agreed', 'at_signature']), ('year__isnull', True)), _connector='OR'), name='order_registered_whole'),
                    models.CheckConstraint(condition=models.Q(('year__isnull', True), ('date__year', models.F('year')), _connector='OR'), name='order_year_of_date'),
                    models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('state__in', ['draft', 'agreed'])), models.Q(('facts__isnull', False), ('frozen_at__isnull', False), ('state__in', ['at_signature', 'registered', 'revoked']), models.Q(('facts_sha256', ''), _negated=True)), _connector='OR'), name='order_frozen_whole'),
                ],
                'indexes': [
                    models.Index(fields=['-created_at', '-id'], name='order_newest'),
                    models.Index(fields=['date', 'created_at'], name='order_by_date'),
                    models.Index(fields=['year'], name='order_year'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DetachedSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frozen_at', models.DateTimeField(editable=False, verbose_name='передан на подпись')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='PDF приготовлен')),
                ('attached_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='подпись приложена')),
                ('attached_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто приложил')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='файл подписи')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='подписываемый PDF')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='reports.order', verbose_name='приказ')),
            ],
            options={
                'verbose_name': 'отсоединённая подпись',
                'verbose_name_plural': 'отсоединённые подписи',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('order', 'paper'), name='detached_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('attached_at__isnull', True), ('attached_by__isnull', True), ('file__isnull', True)), models.Q(('attached_at__isnull', False), ('attached_by__isnull', False), ('file__isnull', False)), _connector='OR'), name='detached_paired'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Acquaintance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='ознакомлен(а)')),
                ('on_paper', models.BooleanField(default=False, verbose_name='подпись на листе')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acquaintances', to='people.person', verbose_name='кто знакомится')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acquaintances', to='reports.order', verbose_name='приказ')),
            ],
            options={
                'verbose_name': 'ознакомление',
                'verbose_name_plural': 'ознакомления',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('order', 'person'), name='acquaintance_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('read_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='acquaintance_paired'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pairings', models.JSONField(default=list, verbose_name='пары')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='заказан')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='бумаг')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='готово')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='собран')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='почему не собран')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто заказал')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='ZIP')),
            ],
            options={
                'verbose_name': 'пакет документов',
                'verbose_name_plural': 'пакеты документов',
                'ordering': ['-created_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('finished_at__isnull', True)), models.Q(('file__isnull', False), ('finished_at__isnull', False)), _connector='OR'), name='package_finished_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('state', models.CharField(choices=[('ready', 'в проекте приказа'), ('enacted', 'введено приказом')], db_index=True, default='ready', editable=False, max_length=20, verbose_name='состояние')),
                ('kind', models.CharField(choices=reports.orders.order_kinds.registry.choices, max_length=12, verbose_name='вид приказа')),
                ('facts', models.JSONField(default=dict, verbose_name='обстоятельства')),
                ('minutes_number', models.CharField(blank=True, max_length=30, verbose_name='протокол №')),
                ('minutes_date', models.DateField(blank=True, null=True, verbose_name='протокол от')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='составлено')),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='reports.order', verbose_name='изменяемый приказ')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто составил')),
            ],
            options={
                'verbose_name': 'содержание приказа',
                'verbose_name_plural': 'содержания приказов',
                'ordering': ['-created_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'enacted'])), name='proposal_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('minutes_date__isnull', True), ('minutes_number', '')), models.Q(models.Q(('minutes_number', ''), _negated=True), ('minutes_date__isnull', False)), _connector='OR'), name='proposal_minutes_paired', violation_error_message='Укажите и номер, и дату протокола'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OrderItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amendment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.amendment')),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='people.candidate')),
                ('completion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.completion')),
                ('dissolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.dissolution')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='reports.order', verbose_name='приказ')),
                ('pairing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.pairing')),
                ('pause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.pause')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.program')),
                ('replacement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.replacement')),
                ('resumption', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='programs.resumption')),
                ('roadmap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='roadmap.roadmap')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='reports.proposal')),
            ],
            options={
                'verbose_name': 'предмет приказа',
                'verbose_name_plural': 'предметы приказа',
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('amendment__isnull', True), ('candidate__isnull', False), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', False), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', False), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', False), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', False)), models.Q(('amendment__isnull', False), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', False), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', False), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', False), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', False), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', True), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), models.Q(('amendment__isnull', True), ('candidate__isnull', True), ('completion__isnull', True), ('dissolution__isnull', True), ('pairing__isnull', True), ('pause__isnull', True), ('program__isnull', True), ('proposal__isnull', False), ('replacement__isnull', True), ('resumption__isnull', True), ('roadmap__isnull', True)), _connector='OR'), name='order_item_about_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProposalPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('main', 'о ком приказ'), ('member', 'в составе'), ('head', 'руководит или отвечает'), ('substitute', 'замещает'), ('former', 'освобождается')], max_length=10, verbose_name='кто')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='человек')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='reports.proposal', verbose_name='содержание приказа')),
            ],
            options={
                'verbose_name': 'человек в приказе',
                'verbose_name_plural': 'люди в приказах',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('proposal', 'person', 'part'), name='proposal_person_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ScanStack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='загружена')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='разобрано страниц')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='страниц')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='разобрана')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='почему не разобрана')),
                ('uploaded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто загрузил')),
            ],
            options={
                'verbose_name': 'стопка сканов',
                'verbose_name_plural': 'стопки сканов',
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScanSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='файл')),
                ('stack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='reports.scanstack', verbose_name='стопка')),
            ],
            options={
                'verbose_name': 'файл стопки',
                'verbose_name_plural': 'файлы стопки',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ScanPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveIntegerField(verbose_name='страница файла')),
                ('position', models.PositiveIntegerField(verbose_name='место в стопке')),
                ('turned', models.PositiveSmallIntegerField(default=0, verbose_name='повернуть на')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='прочитанный код')),
                ('begins', models.BooleanField(default=False, verbose_name='начинает бумагу')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='scan_pages', to='reports.order', verbose_name='приказ')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='reports.scansource', verbose_name='файл')),
                ('stack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='reports.scanstack', verbose_name='стопка')),
            ],
            options={
                'verbose_name': 'страница стопки',
                'verbose_name_plural': 'страницы стопки',
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('stack', 'position'), name='scan_position_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cancelled', 'аннулированный номер'), ('others', 'занято другими приказами школы')], max_length=10, verbose_name='что с номером')),
                ('year', models.PositiveSmallIntegerField(verbose_name='год')),
                ('series', models.CharField(choices=[('main', 'основная деятельность'), ('staff', 'личный состав')], max_length=5, verbose_name='серия')),
                ('first', models.PositiveIntegerField(verbose_name='номер')),
                ('last', models.PositiveIntegerField(verbose_name='по номер')),
                ('suffix', models.CharField(blank=True, max_length=10, verbose_name='окончание номера')),
                ('reason', models.CharField(max_length=300, verbose_name='причина')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записано')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
            ],
            options={
                'verbose_name': 'номер без приказа',
                'verbose_name_plural': 'номера без приказов',
                'ordering': ['year', 'series', 'first'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['cancelled', 'others'])), name='set_aside_known'),
                    models.CheckConstraint(condition=models.Q(('first__gte', 1), ('last__gte', models.F('first'))), name='set_aside_ordered'),
                    models.CheckConstraint(condition=models.Q(('kind', 'others'), ('last', models.F('first')), _connector='OR'), name='cancelled_one_by_one'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='set_aside_explained'),
                    models.UniqueConstraint(fields=('year', 'series', 'kind', 'first'), name='set_aside_once', violation_error_message='Об этом номере уже записано'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Visa',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, choices=[('director', 'директор'), ('acting', 'исполняющий обязанности директора'), ('curator', 'куратор'), ('chair', 'председатель методического совета'), ('secretary', 'секретарь методического совета'), ('council', 'член методического совета'), ('clerk', 'специалист по кадрам'), ('sysadmin', 'системный администратор')], max_length=20, verbose_name='в какой роли')),
                ('post', models.CharField(max_length=200, verbose_name='должность')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='завизировано')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visas', to='reports.order', verbose_name='приказ')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visas', to='people.person', verbose_name='кто визирует')),
            ],
            options={
                'verbose_name': 'виза',
                'verbose_name_plural': 'визы',
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('order', 'person'), name='visa_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('given_by__isnull', True)), models.Q(('given_at__isnull', False), ('given_by__isnull', False)), _connector='OR'), name='visa_paired'),
                ],
            },
        ),
    ]
