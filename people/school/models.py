"""The school and other organisations, their departments."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from mentoring_site.emails import EmailField

KALMYKIA = "Республика Калмыкия"


class Organisation(models.Model):
    """The school itself or a partner: college, university, another school, culture (п. 1.2)."""

    class Kind(models.TextChoices):
        OWN = "own", "наша школа"
        SCHOOL = "school", "другая школа"
        COLLEGE = "college", "колледж"
        UNIVERSITY = "university", "вуз"
        CULTURE = "culture", "учреждение культуры"
        METHODICAL = "methodical", "методический центр"
        COORDINATOR = "coordinator", "региональный координатор наставничества"
        OTHER = "other", "другая организация"

    name = models.CharField("полное название", max_length=300, unique=True)
    short_name = models.CharField("краткое название", max_length=120)
    kind = models.CharField("вид", max_length=12, choices=Kind)
    city = models.CharField("город", max_length=80, blank=True)

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="own"),
                name="one_own_school",
                violation_error_message="Наша школа уже записана",
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class Department(models.Model):
    """A department of an organisation: «Фортепианное отделение»."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="departments", verbose_name="организация"
    )
    name = models.CharField("название", max_length=120)
    # {"Фортепианное отделение": {"dative": "…"}}: another name drops them
    forms = models.JSONField("исправленные формы названия", default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = "отделение"
        verbose_name_plural = "отделения"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name


HELP_DAYS = (
    MinValueValidator(1, "Хотя бы один рабочий день"),
    MaxValueValidator(30, "Не больше 30 рабочих дней: помощь нужна раньше"),
)


class School(models.Model):
    """Particulars of the school that uses the application: one row, nothing about it is hard-coded."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, verbose_name="организация")
    founder = models.CharField("учредитель", max_length=300, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    region = models.CharField("регион", max_length=60, blank=True, default=KALMYKIA)  # one of school/regions.py
    inn = models.CharField(
        "ИНН", max_length=10, blank=True, validators=[RegexValidator(r"^\d{10}$", "ИНН организации — 10 цифр")]
    )
    ogrn = models.CharField(
        "ОГРН", max_length=13, blank=True, validators=[RegexValidator(r"^\d{13}$", "ОГРН — 13 цифр")]
    )
    site = models.URLField("адрес официального сайта", blank=True)
    email = EmailField("e-mail", blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    main_suffix = models.CharField(
        "окончание номеров приказов по основной деятельности", max_length=10, blank=True, default="-од"
    )
    staff_suffix = models.CharField(
        "окончание номеров приказов по личному составу", max_length=10, blank=True, default="-лс"
    )
    time_zone = models.CharField("часовой пояс", max_length=40, default="Europe/Moscow")
    regulation_number = models.CharField("номер приказа об утверждении Положения", max_length=30, blank=True)
    regulation_date = models.DateField("дата приказа об утверждении Положения", null=True, blank=True)
    curator_number = models.CharField("номер приказа о назначении куратора", max_length=30, blank=True)
    curator_date = models.DateField("дата приказа о назначении куратора", null=True, blank=True)
    e_consents_number = models.CharField("номер приказа о кадровом ЭДО", max_length=30, blank=True)
    e_consents_date = models.DateField("кадровый ЭДО введён", null=True, blank=True)
    archive_source = models.CharField(
        "источник комплектования архива", max_length=3, blank=True, choices=[("yes", "да"), ("no", "нет")]
    )
    mentor_pay_name = models.CharField(
        "как называется выплата за наставничество",
        max_length=120,
        default="стимулирующая выплата за наставничество",
    )
    help_urgent_days = models.PositiveSmallIntegerField(
        "срок ответа на срочную просьбу о помощи, рабочих дней", default=1, validators=HELP_DAYS
    )
    help_days = models.PositiveSmallIntegerField(
        "срок ответа на обычную просьбу о помощи, рабочих дней", default=5, validators=HELP_DAYS
    )
    programs_by_grif = models.BooleanField("программы утверждаются грифом «УТВЕРЖДАЮ», а не приказом", default=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        verbose_name = "сведения о школе"
        verbose_name_plural = "сведения о школе"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_school_row"),
            models.CheckConstraint(
                condition=models.Q(help_urgent_days__gte=1, help_days__gte=models.F("help_urgent_days")),
                name="help_terms_ordered",
                violation_error_message="Срочная просьба не может ждать дольше обычной",
            ),
            models.CheckConstraint(
                condition=models.Q(regulation_number="", regulation_date__isnull=True)
                | (~models.Q(regulation_number="") & models.Q(regulation_date__isnull=False)),
                name="regulation_order_paired",
                violation_error_message="Укажите и номер, и дату приказа об утверждении Положения",
            ),
            models.CheckConstraint(
                condition=models.Q(curator_number="", curator_date__isnull=True)
                | (~models.Q(curator_number="") & models.Q(curator_date__isnull=False)),
                name="curator_order_paired",
                violation_error_message="Укажите и номер, и дату приказа о назначении куратора",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.short_name

    @classmethod
    def get(cls) -> "School | None":
        """Return the school's particulars, or None before the first setup."""
        return cls.objects.select_related("organisation").first()

    @property
    def name(self) -> str:
        """The full name of the organisation."""
        return self.organisation.name

    @property
    def short_name(self) -> str:
        """The short name of the organisation."""
        return self.organisation.short_name

    @property
    def city(self) -> str:
        """The city of the organisation."""
        return self.organisation.city

    @property
    def has_regulation(self) -> bool:
        """Whether the signed order on the Положение is recorded: without it no program starts (п. 3.1)."""
        return self.regulation_date is not None

    @property
    def e_consents(self) -> bool:
        """Whether the school has introduced electronic personnel papers (ТК 22.1); off by default."""
        return self.e_consents_date is not None


class DayOff(models.Model):
    """A day on which the school works otherwise than its weekday says (ТК 112); Saturday and Sunday stand nowhere."""

    class Kind(models.TextChoices):
        FEDERAL = "federal", "праздник России"
        REGIONAL = "regional", "праздник региона"
        MOVED = "moved", "перенесённый выходной"
        WORKING = "working", "рабочая суббота или воскресенье"

    date = models.DateField("день", unique=True, error_messages={"unique": "Этот день уже записан"})
    name = models.CharField("название", max_length=120)
    kind = models.CharField("что это за день", max_length=8, choices=Kind)

    class Meta:
        verbose_name = "особый день календаря"
        verbose_name_plural = "календарь рабочих дней"
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["federal", "regional", "moved", "working"]), name="day_off_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.name}"


class RegionalDay(models.Model):
    """A holiday of one region by its law: on one day of every year, or on a day that is set anew each year."""

    region = models.CharField("регион", max_length=60)
    name = models.CharField("название", max_length=120)
    month = models.PositiveSmallIntegerField("месяц", null=True, blank=True)
    day = models.PositiveSmallIntegerField("число", null=True, blank=True)

    class Meta:
        verbose_name = "праздник региона"
        verbose_name_plural = "праздники регионов"
        ordering = ["month", "day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], name="regional_day_once", violation_error_message="Этот праздник уже есть"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True, day__isnull=True)
                | Q(month__range=(1, 12), day__range=(1, 31), month__isnull=False, day__isnull=False),
                name="regional_day_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name
