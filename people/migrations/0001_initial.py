"""Tables of people: persons, accounts, the school, roles, consents, banks."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mentoring_site', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='имя для входа')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='может входить')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='заведён')),
                ('last_seen_at', models.DateTimeField(blank=True, null=True, verbose_name='был(а) здесь')),
                ('session_epoch', models.PositiveIntegerField(default=0, editable=False, verbose_name='поколение сессий')),
            ],
            options={
                'verbose_name': 'учётная запись',
                'verbose_name_plural': 'учётные записи',
            },
        ),
        migrations.CreateModel(
            name='FailedLogin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('moments', models.JSONField(default=list, verbose_name='неудачи последних минут')),
                ('trips', models.PositiveSmallIntegerField(default=0, verbose_name='пауз подряд')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='пауза до')),
                ('updated_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='изменено')),
            ],
            options={
                'verbose_name': 'неудачные входы',
                'verbose_name_plural': 'неудачные входы',
            },
        ),
        migrations.CreateModel(
            name='MenteeCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='название')),
                ('is_open', models.BooleanField(default=True, verbose_name='предлагается')),
            ],
            options={
                'verbose_name': 'категория наставляемых',
                'verbose_name_plural': 'категории наставляемых',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='название')),
                ('is_open', models.BooleanField(default=True, verbose_name='предлагается')),
            ],
            options={
                'verbose_name': 'тема',
                'verbose_name_plural': 'темы',
                'ordering': ['name'],
            },
        ),
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
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='выдано')),
                ('expires_at', models.DateTimeField(verbose_name='действует до')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='использовано')),
                ('on_paper', models.BooleanField(default=False, verbose_name='на бумаге')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто выдал')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='учётная запись')),
            ],
            options={
                'verbose_name': 'приглашение',
                'verbose_name_plural': 'приглашения',
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='впервые')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='последний вход')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL, verbose_name='учётная запись')),
            ],
            options={
                'verbose_name': 'знакомое устройство',
                'verbose_name_plural': 'знакомые устройства',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True, verbose_name='полное название')),
                ('short_name', models.CharField(max_length=120, verbose_name='краткое название')),
                ('kind', models.CharField(choices=[('own', 'наша школа'), ('school', 'другая школа'), ('college', 'колледж'), ('university', 'вуз'), ('culture', 'учреждение культуры'), ('other', 'другая организация')], max_length=12, verbose_name='вид')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='город')),
            ],
            options={
                'verbose_name': 'организация',
                'verbose_name_plural': 'организации',
                'ordering': ['short_name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'own')), fields=('kind',), name='one_own_school', violation_error_message='Наша школа уже записана')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='название')),
                ('forms', models.JSONField(blank=True, default=dict, editable=False, verbose_name='исправленные формы названия')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='departments', to='people.organisation', verbose_name='организация')),
            ],
            options={
                'verbose_name': 'отделение',
                'verbose_name_plural': 'отделения',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_name', models.CharField(max_length=120, verbose_name='фамилия')),
                ('first_name', models.CharField(max_length=120, verbose_name='имя')),
                ('middle_name', models.CharField(blank=True, max_length=120, verbose_name='отчество')),
                ('gender', models.CharField(choices=[('m', 'мужской'), ('f', 'женский')], max_length=1, verbose_name='пол')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='дата рождения')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^\\+\\d{10,14}$', 'Телефон в виде +79051234567')], verbose_name='телефон')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='адрес')),
                ('education', models.CharField(blank=True, choices=[('higher', 'высшее'), ('vocational', 'среднее профессиональное'), ('secondary', 'среднее общее'), ('student', 'учится')], max_length=12, verbose_name='образование')),
                ('education_place', models.CharField(blank=True, max_length=300, verbose_name='что окончил(а)')),
                ('category', models.CharField(blank=True, choices=[('fit', 'соответствие занимаемой должности'), ('first', 'первая'), ('highest', 'высшая')], max_length=8, verbose_name='квалификационная категория')),
                ('category_order', models.CharField(blank=True, max_length=120, verbose_name='приказ о категории')),
                ('teaching_since', models.DateField(blank=True, null=True, verbose_name='педагогический стаж с')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='примечание')),
                ('post_forms', models.JSONField(blank=True, default=dict, editable=False, verbose_name='исправленные формы должностей')),
                ('search', models.CharField(db_index=True, editable=False, max_length=400)),
                ('copied', models.BooleanField(default=False, editable=False, verbose_name='копия для измерений')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записан')),
            ],
            options={
                'verbose_name': 'человек',
                'verbose_name_plural': 'люди',
                'ordering': ['last_name', 'first_name', 'middle_name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('gender__in', ['m', 'f'])), name='person_gender_known'), models.CheckConstraint(condition=models.Q(models.Q(('last_name', ''), _negated=True), models.Q(('first_name', ''), _negated=True)), name='person_named'), models.UniqueConstraint(fields=('last_name', 'first_name', 'middle_name', 'birth_date'), name='person_once', violation_error_message='Такой человек с этой датой рождения уже записан')],
            },
        ),
        migrations.CreateModel(
            name='NameForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(choices=[('genitive', 'родительный'), ('dative', 'дательный'), ('accusative', 'винительный'), ('instrumental', 'творительный'), ('prepositional', 'предложный')], max_length=13, verbose_name='падеж')),
                ('last', models.CharField(blank=True, max_length=120, verbose_name='фамилия')),
                ('first', models.CharField(blank=True, max_length=120, verbose_name='имя')),
                ('middle', models.CharField(blank=True, max_length=120, verbose_name='отчество')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_forms', to='people.person', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'исправленная форма имени',
                'verbose_name_plural': 'исправленные формы имён',
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(max_length=200, verbose_name='должность')),
                ('is_teaching', models.BooleanField(default=True, verbose_name='педагогическая должность')),
                ('kind', models.CharField(choices=[('main', 'основное место работы'), ('internal', 'внутреннее совместительство'), ('external', 'внешнее совместительство')], default='main', max_length=8, verbose_name='вид занятости')),
                ('since', models.DateField(blank=True, null=True, verbose_name='с')),
                ('until', models.DateField(blank=True, null=True, verbose_name='по')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.department', verbose_name='отделение')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.organisation', verbose_name='организация')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='employments', to='people.person', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'место работы',
                'verbose_name_plural': 'места работы',
                'ordering': ['kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('processing', 'обработка персональных данных'), ('duties', 'выполнение обязанностей'), ('dissemination', 'распространение персональных данных')], max_length=13, verbose_name='назначение')),
                ('part', models.CharField(blank=True, choices=[('mentor', 'наставника'), ('mentee', 'наставляемого')], max_length=6, verbose_name='чьи обязанности')),
                ('matter', models.UUIDField(blank=True, null=True, verbose_name='о какой паре')),
                ('matter_words', models.CharField(blank=True, max_length=300, verbose_name='о какой паре, словами')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='разрешённые сведения')),
                ('conditions', models.JSONField(blank=True, default=dict, verbose_name='условия и запреты')),
                ('transfer', models.CharField(blank=True, choices=[('internal', 'только по внутренней сети'), ('network', 'по информационно-телекоммуникационным сетям'), ('none', 'без передачи')], max_length=8, verbose_name='условия передачи')),
                ('text_date', models.DateField(verbose_name='редакция текста')),
                ('text', models.TextField(verbose_name='полный текст')),
                ('text_sha256', models.CharField(max_length=64, verbose_name='SHA-256 текста')),
                ('form', models.CharField(choices=[('paper', 'на бумаге'), ('app', 'в системе')], default='paper', max_length=5, verbose_name='как дано')),
                ('given_on', models.DateField(verbose_name='дата')),
                ('until', models.DateField(blank=True, null=True, verbose_name='действует по')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='адрес устройства')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='записано')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='прекращено')),
                ('end', models.CharField(blank=True, choices=[('withdrawn', 'отозвано'), ('expired', 'истёк срок'), ('replaced', 'заменено новым')], max_length=9, verbose_name='почему прекращено')),
                ('end_recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='прекращение записано')),
                ('erased_on', models.DateField(blank=True, editable=False, null=True, verbose_name='скан и текст уничтожены')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('end_recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал прекращение')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='скан')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'согласие',
                'verbose_name_plural': 'согласия',
                'ordering': ['-given_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('part', models.CharField(choices=[('mentor', 'наставник'), ('mentee', 'наставляемый')], max_length=6, verbose_name='кто')),
                ('state', models.CharField(choices=[('applied', 'предложен'), ('approved', 'утверждён'), ('appointed', 'назначен приказом'), ('relieved', 'освобождён'), ('declined', 'отклонён'), ('withdrawn', 'снят')], db_index=True, default='applied', editable=False, max_length=20, verbose_name='состояние')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='предложен')),
                ('why', models.TextField(blank=True, max_length=2000, verbose_name='почему')),
                ('capacity_hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='часов в месяц')),
                ('capacity_persons', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='сколько наставляемых')),
                ('wishes', models.TextField(blank=True, max_length=2000, verbose_name='пожелания')),
                ('filled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='анкета заполнена')),
                ('on_paper', models.BooleanField(default=False, editable=False, verbose_name='заполнено со слов или с бумаги')),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='замечание директора')),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='решено')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='причина отказа или снятия')),
                ('order_number', models.CharField(blank=True, editable=False, max_length=30, verbose_name='приказ о назначении №')),
                ('order_date', models.DateField(blank=True, editable=False, null=True, verbose_name='приказ о назначении от')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто решил')),
                ('filled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто заполнил')),
                ('proposed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто предложил')),
                ('categories', models.ManyToManyField(blank=True, to='people.menteecategory', verbose_name='категории')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='people.person', verbose_name='человек')),
                ('topics', models.ManyToManyField(blank=True, related_name='candidates', to='people.topic', verbose_name='темы')),
            ],
            options={
                'verbose_name': 'кандидат',
                'verbose_name_plural': 'кандидаты',
                'ordering': ['person__last_name', 'person__first_name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='user', to='people.person', verbose_name='человек'),
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('director', 'директор'), ('acting', 'исполняющий обязанности директора'), ('curator', 'куратор'), ('chair', 'председатель методического совета'), ('secretary', 'секретарь методического совета'), ('council', 'член методического совета'), ('clerk', 'специалист по кадрам'), ('sysadmin', 'системный администратор')], max_length=20, verbose_name='роль')),
                ('since', models.DateField(verbose_name='с')),
                ('until', models.DateField(blank=True, null=True, verbose_name='по')),
                ('order_number', models.CharField(blank=True, max_length=30, verbose_name='номер приказа')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='дата приказа')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='записано')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'роль',
                'verbose_name_plural': 'роли',
                'ordering': ['role', 'since'],
            },
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('founder', models.CharField(blank=True, max_length=300, verbose_name='учредитель')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='адрес')),
                ('inn', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^\\d{10}$', 'ИНН организации — 10 цифр')], verbose_name='ИНН')),
                ('ogrn', models.CharField(blank=True, max_length=13, validators=[django.core.validators.RegexValidator('^\\d{13}$', 'ОГРН — 13 цифр')], verbose_name='ОГРН')),
                ('site', models.URLField(blank=True, verbose_name='адрес официального сайта')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='телефон')),
                ('main_suffix', models.CharField(blank=True, default='-од', max_length=10, verbose_name='окончание номеров приказов по основной деятельности')),
                ('staff_suffix', models.CharField(blank=True, default='-лс', max_length=10, verbose_name='окончание номеров приказов по личному составу')),
                ('time_zone', models.CharField(default='Europe/Moscow', max_length=40, verbose_name='часовой пояс')),
                ('regulation_number', models.CharField(blank=True, max_length=30, verbose_name='номер приказа об утверждении Положения')),
                ('regulation_date', models.DateField(blank=True, null=True, verbose_name='дата приказа об утверждении Положения')),
                ('curator_number', models.CharField(blank=True, max_length=30, verbose_name='номер приказа о назначении куратора')),
                ('curator_date', models.DateField(blank=True, null=True, verbose_name='дата приказа о назначении куратора')),
                ('e_consents_number', models.CharField(blank=True, max_length=30, verbose_name='номер приказа о кадровом ЭДО')),
                ('e_consents_date', models.DateField(blank=True, null=True, verbose_name='кадровый ЭДО введён')),
                ('programs_by_grif', models.BooleanField(default=False, verbose_name='программы утверждаются грифом «УТВЕРЖДАЮ», а не приказом')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='версия')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='people.organisation', verbose_name='организация')),
            ],
            options={
                'verbose_name': 'сведения о школе',
                'verbose_name_plural': 'сведения о школе',
            },
        ),
        migrations.CreateModel(
            name='StaffImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('mapping', models.JSONField(default=dict, verbose_name='столбцы')),
                ('answers', models.JSONField(default=dict, verbose_name='ответы на сомнения')),
                ('result', models.JSONField(default=dict, verbose_name='итог')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='загружен')),
                ('committed_at', models.DateTimeField(blank=True, null=True, verbose_name='внесён')),
                ('committed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто внёс')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='файл')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто загрузил')),
            ],
            options={
                'verbose_name': 'загрузка списка сотрудников',
                'verbose_name_plural': 'загрузки списков сотрудников',
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('difficulty', 'затруднение'), ('request', 'запрос'), ('strength', 'сильная сторона'), ('competence', 'компетенция'), ('interest', 'интерес')], max_length=10, verbose_name='что')),
                ('text', models.CharField(max_length=500, verbose_name='текст')),
                ('resolved_on', models.DateField(blank=True, null=True, verbose_name='снято')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='people.candidate', verbose_name='кандидат')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='people.topic', verbose_name='тема')),
            ],
            options={
                'verbose_name': 'высказывание анкеты',
                'verbose_name_plural': 'высказывания анкет',
                'ordering': ['kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField(verbose_name='поступило')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='какие сведения')),
                ('demand', models.BooleanField(default=False, verbose_name='требование прекратить обработку')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записано')),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='people.consent', verbose_name='согласие')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
            ],
            options={
                'verbose_name': 'отзыв согласия',
                'verbose_name_plural': 'отзывы согласий',
                'ordering': ['-received_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('withdrawn', 'отзыв согласия на обработку персональных данных'), ('demand', 'требование о прекращении обработки персональных данных'), ('reached', 'достижение цели обработки персональных данных'), ('term', 'истечение срока хранения согласий')], max_length=9, verbose_name='причина уничтожения')),
                ('categories', models.JSONField(default=list, verbose_name='категории данных')),
                ('way', models.CharField(default='удаление сведений из базы данных информационной системы с заменой их в журнале изменений на слово «уничтожено», удаление файлов из хранилища', max_length=300, verbose_name='способ уничтожения')),
                ('commission', models.JSONField(default=list, verbose_name='кто уничтожает')),
                ('prepared_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='подготовлен')),
                ('number', models.PositiveIntegerField(editable=False, null=True, unique=True, verbose_name='номер акта')),
                ('approved_at', models.DateTimeField(editable=False, null=True, verbose_name='утверждён')),
                ('declined_at', models.DateTimeField(editable=False, null=True, verbose_name='отклонён')),
                ('decline_words', models.CharField(blank=True, max_length=300, verbose_name='почему отклонён')),
                ('keep_until', models.DateField(editable=False, null=True, verbose_name='хранить по')),
                ('request_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('approved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто утвердил')),
                ('declined_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто отклонил')),
                ('log', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='выгрузка из журнала')),
                ('paper', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring_site.storedfile', verbose_name='акт в PDF')),
                ('prepared_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто подготовил')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='people.person', verbose_name='чьи данные')),
                ('withdrawal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='people.withdrawal', verbose_name='по какому отзыву')),
            ],
            options={
                'verbose_name': 'акт об уничтожении персональных данных',
                'verbose_name_plural': 'акты об уничтожении персональных данных',
                'ordering': ['-prepared_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WithdrawalDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('spread', 'прекратить распространение'), ('process', 'прекратить обработку'), ('destroy', 'уничтожить персональные данные')], max_length=8, verbose_name='что сделать')),
                ('due_on', models.DateField(verbose_name='срок')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='что именно сделано')),
                ('done_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='сделано')),
                ('done_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто сделал')),
                ('withdrawal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.withdrawal', verbose_name='отзыв')),
            ],
            options={
                'verbose_name': 'срок по отзыву',
                'verbose_name_plural': 'сроки по отзывам',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BankReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('mentor', 'наставник'), ('mentee', 'наставляемый')], max_length=6, verbose_name='какой банк')),
                ('reviewed_on', models.DateField(verbose_name='проверен')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='что изменилось')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='записано')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто проверил')),
            ],
            options={
                'verbose_name': 'проверка банка',
                'verbose_name_plural': 'проверки банков',
                'ordering': ['-reviewed_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('part', 'reviewed_on'), name='bank_review_once_a_day', violation_error_message='Проверка этого банка в этот день уже записана')],
            },
        ),
        migrations.CreateModel(
            name='FirstSetup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField(verbose_name='действует до')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='должность первого администратора')),
                ('open_until', models.DateTimeField(blank=True, null=True, verbose_name='шаги открыты до')),
                ('done', models.JSONField(default=list, verbose_name='пройденные шаги')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='закончено')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='first_setup', to=settings.AUTH_USER_MODEL, verbose_name='кто начал')),
            ],
            options={
                'verbose_name': 'первая настройка',
                'verbose_name_plural': 'первая настройка',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_first_setup')],
            },
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='department_once'),
        ),
        migrations.AddConstraint(
            model_name='nameform',
            constraint=models.UniqueConstraint(fields=('person', 'case'), name='name_form_once'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='employment_dates_ordered', violation_error_message='Работа не может закончиться раньше, чем началась'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['-given_on', '-id'], name='consent_newest'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['person', 'purpose', 'part', 'ended_on', 'given_on', 'until'], name='consent_of_person'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['purpose', 'until'], name='consent_live'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['until', 'form', 'scan', 'recorded_at'], name='consent_papers'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('purpose', 'duties'), _negated=True)), fields=('person', 'purpose'), name='one_live_consent', violation_error_message='Такое согласие уже действует'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('purpose', 'duties')), fields=('person', 'part', 'matter'), name='one_live_duties_consent', violation_error_message='Согласие на эти обязанности уже действует'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('matter__isnull', False), ('purpose', 'duties'), models.Q(('part', ''), _negated=True)), models.Q(models.Q(('purpose', 'duties'), _negated=True), ('matter__isnull', True), ('part', '')), _connector='OR'), name='duties_have_part_and_matter'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('end_recorded_at__isnull', True), ('ended_on__isnull', True)), models.Q(('end_recorded_at__isnull', False), ('ended_on__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='consent_end_whole'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('given_on')), _connector='OR'), name='consent_ends_later', violation_error_message='Согласие не может прекратиться раньше, чем дано'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='user_email_once', violation_error_message='Этот e-mail уже занят другой учётной записью'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='role_dates_ordered', violation_error_message='Роль не может закончиться раньше, чем началась'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'role'), name='role_open_once', violation_error_message='Эта роль у человека уже есть'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'director'), ('until__isnull', True)), fields=('role',), name='one_director', violation_error_message='Директор уже назначен: сначала закончите его полномочия'),
        ),
        migrations.AddConstraint(
            model_name='school',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_school_row'),
        ),
        migrations.AddConstraint(
            model_name='school',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('regulation_date__isnull', True), ('regulation_number', '')), models.Q(models.Q(('regulation_number', ''), _negated=True), ('regulation_date__isnull', False)), _connector='OR'), name='regulation_order_paired', violation_error_message='Укажите и номер, и дату приказа об утверждении Положения'),
        ),
        migrations.AddConstraint(
            model_name='school',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('curator_date__isnull', True), ('curator_number', '')), models.Q(models.Q(('curator_number', ''), _negated=True), ('curator_date__isnull', False)), _connector='OR'), name='curator_order_paired', violation_error_message='Укажите и номер, и дату приказа о назначении куратора'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'approved', 'appointed', 'relieved', 'declined', 'withdrawn'])), name='candidate_state_known'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['applied', 'approved', 'appointed'])), fields=('person', 'part'), name='one_live_candidate', violation_error_message='Этот человек уже стоит в банке'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='candidate_decision_paired'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('filled_at__isnull', True), ('filled_by__isnull', True)), models.Q(('filled_at__isnull', False), ('filled_by__isnull', False)), _connector='OR'), name='candidate_filled_paired'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='candidate_approved_decided'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'appointed'), _negated=True), ('order_date__isnull', False), _connector='OR'), name='candidate_appointed_by_order'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='candidate_refusal_has_reason', violation_error_message='Укажите причину'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='destruction_approval_paired'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('declined_at__isnull', True), ('declined_by__isnull', True)), models.Q(('declined_at__isnull', False), ('declined_by__isnull', False)), _connector='OR'), name='destruction_decline_paired'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='destruction_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='destruction_by_two', violation_error_message='Акт утверждает не тот, кто его подготовил'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('log__isnull', True), ('number__isnull', True), ('paper__isnull', True)), models.Q(('approved_at__isnull', False), ('log__isnull', False), ('number__isnull', False), ('paper__isnull', False)), _connector='OR'), name='destruction_has_its_proof'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.UniqueConstraint(condition=models.Q(('approved_at__isnull', True), ('declined_at__isnull', True)), fields=('person',), name='one_open_destruction', violation_error_message='Акт об этом человеке уже ждёт утверждения'),
        ),
        migrations.AddIndex(
            model_name='withdrawalduty',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['due_on'], name='withdrawal_duty_open'),
        ),
        migrations.AddConstraint(
            model_name='withdrawalduty',
            constraint=models.UniqueConstraint(fields=('withdrawal', 'kind'), name='withdrawal_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='withdrawalduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='withdrawal_duty_done_paired'),
        ),
    ]
