"""Persons and their places of work; ``visible_to(user)`` is the access check of every page about people."""

from datetime import date
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.emails import EmailField
from people.language.name_text import address, initials_after, initials_before, search_key, search_terms
from people.rights import Actor, Right
from people.school.models import Department, Organisation


def named(text: str, person: str = "") -> Q:
    """Return a condition: name words, present or former, begin with the words of ``text``.

    ``person`` leads from the filtered rows to the person: ``"person__"``.
    """
    found = Q()
    for term in search_terms(text):
        found &= Q(**{f"{person}search__contains": term}) | Q(**{f"{person}former_search__contains": term})
    return found


class PersonQuerySet(models.QuerySet):
    """Persons as somebody may see them."""

    def visible_to(self, user: Actor) -> Self:
        """Persons whose page the user may open: all for those who run the system, else oneself and one's pairs.

        The council sees those who stand in a bank or in a pair (п. 3.5). Higher features are only filtered by.
        """
        if user.can(Right.PEOPLE_SEE_ALL):
            return self
        mine = Q(pk=user.person_id)
        shared = Q(participations__pairing__in=user.person.participations.engaged().values("pairing"))
        if user.can(Right.BANKS_SEE):
            shared |= Q(candidates__isnull=False) | Q(participations__isnull=False)
        return self.filter(mine | shared).distinct()

    def proposable_by(self, user: Actor) -> Self:
        """Persons whom the user may put forward for a bank: oneself; for the council everybody at work
        (п. 3.4, 3.5).
        """
        if user.can(Right.PEOPLE_SEE_ALL):
            return self
        chosen = Q(pk=user.person_id)
        if user.can(Right.BANKS_PROPOSE):
            chosen |= Q(pk__in=Employment.objects.current().values("person"))
        return self.filter(chosen)

    def at_work(self, on: date | None = None) -> Self:
        """Persons who have not left: nobody else is offered for anything to come.

        Who has never had a place of work recorded is an outsider, not a leaver.
        """
        on = on or timezone.localdate()
        own = Employment.objects.filter(person=models.OuterRef("pk"))
        return self.filter(~models.Exists(own) | models.Exists(own.filter(Q(until=None) | Q(until__gte=on))))

    def found_by(self, text: str) -> Self:
        """Persons whose name words, present or former, begin with the words of ``text``, in any case, е = ё."""
        return self.filter(named(text))

    def with_posts(self) -> Self:
        """Prefetch current employments with department and organisation, for lists and cards."""
        return self.prefetch_related(
            models.Prefetch(
                "employments",
                Employment.objects.current().select_related("department", "organisation").order_by("-kind", "pk"),
                to_attr="posts",
            )
        )


YOUNG_AGE = 35  # years: a young specialist is younger
YOUNG_SERVICE = 3  # years of teaching service: 0–3 (docs/law.md#attestation-and-statistics)


class Person(models.Model):
    """A teacher, an employee or an outsider. May be a mentor in one pair and a mentee in another (п. 1.3, подп. 9)."""

    class Gender(models.TextChoices):
        MALE = "m", "мужской"
        FEMALE = "f", "женский"

    class Education(models.TextChoices):
        HIGHER = "higher", "высшее"
        VOCATIONAL = "vocational", "среднее профессиональное"
        SECONDARY = "secondary", "среднее общее"
        STUDENT = "student", "учится"

    class Category(models.TextChoices):
        FIT = "fit", "соответствие занимаемой должности"
        FIRST = "first", "первая"
        HIGHEST = "highest", "высшая"

    class ExtraCategory(models.TextChoices):
        """Categories of their own, given beside the first or the highest one (приказ Минпросвещения № 196)."""

        MENTOR = "mentor", "педагог-наставник"
        METHODIST = "methodist", "педагог-методист"
        BOTH = "both", "педагог-методист и педагог-наставник"

    last_name = models.CharField("фамилия", max_length=120)
    first_name = models.CharField("имя", max_length=120)
    middle_name = models.CharField("отчество", max_length=120, blank=True)
    gender = models.CharField("пол", max_length=1, choices=Gender)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    phone = models.CharField(
        "телефон",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+\d{10,14}$", "Телефон в виде +79051234567")],
    )
    email = EmailField("e-mail", blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    education = models.CharField("образование", max_length=12, choices=Education, blank=True)
    education_place = models.CharField("учебное заведение", max_length=300, blank=True)
    category = models.CharField("квалификационная категория", max_length=8, choices=Category, blank=True)
    category_order = models.CharField("приказ о категории", max_length=120, blank=True)
    extra_category = models.CharField(
        "категория «педагог-наставник», «педагог-методист»", max_length=9, choices=ExtraCategory, blank=True
    )
    teaching_since = models.DateField("педагогический стаж с", null=True, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    # {"преподаватель по классу баяна": {"dative": "…"}}: another post drops them
    post_forms = models.JSONField("исправленные формы должностей", default=dict, blank=True, editable=False)
    search = models.CharField(max_length=400, editable=False, db_index=True)
    former_search = models.TextField(editable=False, default="", blank=True)  # keys of ``former_names``
    copied = models.BooleanField("копия для измерений", default=False, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    created_at = models.DateTimeField("записан", default=timezone.now, editable=False)

    posts: "list[Employment]"  # of today, when read by with_posts()
    main_post: str  # when annotated with main_post()

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        ordering = ["last_name", "first_name", "middle_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(gender__in=["m", "f"]), name="person_gender_known"),
            models.CheckConstraint(condition=~Q(last_name="") & ~Q(first_name=""), name="person_named"),
            models.UniqueConstraint(
                fields=["last_name", "first_name", "middle_name", "birth_date"],
                name="person_once",
                violation_error_message="Такой человек с этой датой рождения уже записан",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = search_key(self.last_name, self.first_name, self.middle_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def name_to_correct(self) -> dict[str, str]:
        """What a correction of a form is a correction of: the parts of the name and the sex."""
        return {"last": self.last_name, "first": self.first_name, "middle": self.middle_name, "gender": self.gender}

    @property
    def full_name(self) -> str:
        """«Очирова Светлана Дмитриевна»."""
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    @property
    def short_name(self) -> str:
        """«Очирова С. Д.» for lists and the text of papers."""
        return initials_after(self.last_name, self.first_name, self.middle_name)

    @property
    def signature_name(self) -> str:
        """«С. Д. Очирова» for the place of a signature."""
        return initials_before(self.last_name, self.first_name, self.middle_name)

    @property
    def address_name(self) -> str:
        """«Светлана Дмитриевна» when the page or a letter addresses the person."""
        return address(self.first_name, self.middle_name)

    def age(self, on: date | None = None) -> int | None:
        """Return full years on a date (today by default), or None when the birth date is unknown."""
        return full_years(self.birth_date, on)

    def service(self, on: date | None = None) -> int | None:
        """Return full years of teaching service on a date, or None when unknown."""
        return full_years(self.teaching_since, on)

    def young_specialist(self, on: date | None = None) -> tuple[bool, str]:
        """Return whether the person is a young specialist and the explanation in Russian (п. 2.1, 3.5)."""
        age, service = self.age(on), self.service(on)
        if age is None or service is None:
            lacking = [w for w, v in (("дата рождения", age), ("педагогический стаж", service)) if v is None]
            return False, (
                f"нельзя определить: не указаны {' и '.join(lacking)}"
                if len(lacking) > 1
                else f"нельзя определить: не указан{'а' if age is None else ''} {lacking[0]}"
            )
        yes = age < YOUNG_AGE and service < YOUNG_SERVICE
        reasons = [
            f"возраст {age} — {'моложе' if age < YOUNG_AGE else 'не моложе'} {YOUNG_AGE} лет",
            (
                f"педагогический стаж {service} — {'меньше' if service < YOUNG_SERVICE else 'не меньше'}"
                f" {YOUNG_SERVICE} лет"
            ),
        ]
        return yes, "; ".join(reasons)


def full_years(since: date | None, on: date | None = None) -> int | None:
    """Return full years from ``since`` to ``on`` (today by default)."""
    if since is None:
        return None
    on = on or timezone.localdate()
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


class EmploymentQuerySet(models.QuerySet):
    def current(self, on: date | None = None) -> Self:
        """Employments that hold on a date (today by default)."""
        on = on or timezone.localdate()
        return self.filter(Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on))


def main_post(person: str) -> models.Subquery:
    """Return an expression: the main current post of the person of the outer row, as
    ``people.language.declension.post_of`` tells it.
    """
    place = models.Case(models.When(kind="main", then=0), models.When(kind="internal", then=1), default=2)
    own = Employment.objects.current().filter(person=models.OuterRef(person)).order_by(place, "pk")
    return models.Subquery(own.values("post")[:1])


class Employment(models.Model):
    """A post of a person in an organisation; one person may have two."""

    class Kind(models.TextChoices):
        MAIN = "main", "основное место работы"
        INTERNAL = "internal", "внутреннее совместительство"
        EXTERNAL = "external", "внешнее совместительство"

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments", verbose_name="человек")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="employments", verbose_name="организация"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="employments", verbose_name="отделение"
    )
    post = models.CharField("должность", max_length=200)
    is_teaching = models.BooleanField("педагогическая должность", default=True)
    kind = models.CharField("вид занятости", max_length=8, choices=Kind, default=Kind.MAIN)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("по", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = "место работы"
        verbose_name_plural = "места работы"
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="employment_dates_ordered",
                violation_error_message="Работа не может закончиться раньше, чем началась",
            ),
        ]

    def __str__(self) -> str:
        return self.post


CASE_NAMES = {
    "genitive": "родительный",
    "dative": "дательный",
    "accusative": "винительный",
    "instrumental": "творительный",
    "prepositional": "предложный",
}


class NameForm(models.Model):
    """A correction of one declined form of a person's name, remembered for all papers to come.

    It knows the name that it corrects (``corrects``): with another surname or another sex it is asked for again.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_forms", verbose_name="человек")
    case = models.CharField(
        "падеж",
        max_length=13,
        choices=list(CASE_NAMES.items()),
    )
    last = models.CharField("фамилия", max_length=120, blank=True)
    first = models.CharField("имя", max_length=120, blank=True)
    middle = models.CharField("отчество", max_length=120, blank=True)
    # {"last": "Мельничук", "first": "Екатерина", "middle": "Викторовна", "gender": "f"} at the time of the correction
    corrects = models.JSONField("что исправлено", default=dict, editable=False)

    class Meta:
        verbose_name = "исправленная форма имени"
        verbose_name_plural = "исправленные формы имён"
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="name_form_once")]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.last, self.first, self.middle]))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.corrects = self.person.name_to_correct
        super().save(*args, **kwargs)


class FormerName(models.Model):
    """A name that a person bore before: papers issued under it stay as they are, and a search by it finds the person.

    Written by ``acts.rename_person``, which keeps ``Person.former_search`` too.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="former_names", verbose_name="человек")
    last_name = models.CharField("фамилия", max_length=120)
    first_name = models.CharField("имя", max_length=120)
    middle_name = models.CharField("отчество", max_length=120, blank=True)
    until = models.DateField("по какой день", null=True, blank=True)
    basis = models.CharField("основание", max_length=200, blank=True)

    class Meta:
        verbose_name = "прежнее имя"
        verbose_name_plural = "прежние имена"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "last_name", "first_name", "middle_name"], name="former_name_once"
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))
