"""Partners, their contacts, agreements, networks and who is in them, talks, joint events (п. 3.3, 3.4)."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.emails import EmailField
from mentoring_site.models import Evidence, Stateful
from people.language.name_text import search_key
from people.promises import Promise
from people.register.models import Person
from people.rights import Actor
from people.school.models import Organisation
from roadmap.partners.rules import AGREEMENT

CONTACT_PARTS = ["partner", "official", "informal"]
KEPT_AS = "partner_agreement"
"""Kind of document in the table of terms of keeping (people/retention)."""
FIRST_REMINDER, SECOND_REMINDER = 60, 30
"""Days before the end of an agreement on which somebody is told of it."""


class SeenWithPartners(models.QuerySet):
    """Rows that whoever reads about partners sees."""

    def visible_to(self, user: Actor) -> Self:
        """All for the roles that the promise names, none for others."""
        return self if Promise.PARTNER.opens_to(user) else self.none()


class Partner(models.Model):
    """An organisation that works with the school: what is known of it besides its names."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="partner", verbose_name="организация"
    )
    about = models.TextField("чем полезен школе", max_length=2000, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    inn = models.CharField(
        "ИНН", max_length=10, blank=True, validators=[RegexValidator(r"^\d{10}$", "ИНН организации — 10 цифр")]
    )
    ogrn = models.CharField(
        "ОГРН", max_length=13, blank=True, validators=[RegexValidator(r"^\d{13}$", "ОГРН — 13 цифр")]
    )
    site = models.URLField("сайт", max_length=300, blank=True)
    phone = models.CharField("телефон организации", max_length=60, blank=True)
    email = EmailField("e-mail организации", blank=True)
    is_training_site = models.BooleanField("стажировочная площадка", default=False)
    is_base_school = models.BooleanField("базовая школа", default=False)
    shown_at = models.DateTimeField("показан на сайте", null=True, blank=True, editable=False)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто показал",
        editable=False,
    )
    search = models.CharField(max_length=600, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SeenWithPartners.as_manager()

    class Meta:
        verbose_name = "партнёр"
        verbose_name_plural = "партнёры"
        ordering = ["organisation__short_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True, shown_by__isnull=True)
                | Q(shown_at__isnull=False, shown_by__isnull=False),
                name="partner_shown_paired",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        organisation = self.organisation
        self.search = search_key(organisation.name, organisation.short_name, organisation.city)[:600]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:partner", args=[self.pk])


class Contact(models.Model):
    """Somebody outside the school with whom one talks; as little of the person as the talk needs (152-ФЗ, ст. 5)."""

    class Part(models.TextChoices):
        PARTNER = "partner", "контактное лицо партнёра"
        OFFICIAL = "official", "ответственный представитель региональной системы"
        INFORMAL = "informal", "неформальный представитель региональной системы"

    class Ground(models.TextChoices):
        AGREEMENT = "agreement", "назван в договоре"
        OWN = "own", "сообщил сам"
        SITE = "site", "опубликован на сайте организации"

    part = models.CharField("кто это", max_length=8, choices=Part, default=Part.PARTNER)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name="партнёр"
    )
    name = models.CharField("имя", max_length=150)
    post = models.CharField("должность", max_length=150, blank=True)
    phone = models.CharField("рабочий телефон", max_length=60, blank=True)
    email = EmailField("рабочий e-mail", blank=True)
    ground = models.CharField("откуда сведения", max_length=9, choices=Ground)
    created_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SeenWithPartners.as_manager()

    class Meta:
        verbose_name = "контакт"
        verbose_name_plural = "контакты"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_named"),
            models.CheckConstraint(condition=Q(part__in=CONTACT_PARTS), name="contact_part_known"),
            models.CheckConstraint(
                condition=~Q(part="partner") | Q(partner__isnull=False),
                name="contact_of_partner",
                violation_error_message="Выберите партнёра, чьё это контактное лицо",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:contact", args=[self.pk])


class PartnerAgreementQuerySet(SeenWithPartners):
    """Agreements with partners."""

    def in_force(self, on: date | None = None) -> Self:
        """Signed agreements that hold on a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), state="signed", starts_on__lte=on)

    def ending(self, today: date, days: int = FIRST_REMINDER) -> Self:
        """Signed agreements that end within so many days and have no successor yet."""
        last = today + timedelta(days=days)
        return self.filter(state="signed", ends_on__lte=last, next__isnull=True)

    def with_requirements(self) -> Self:
        """Everything that the rules and the page of an agreement read."""
        return self.select_related("partner__organisation", "previous", "created_by__person")


class PartnerAgreement(Stateful):
    """An agreement with a partner, from its draft to its end."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        SIGNED = "signed", "подписан"
        ENDED = "ended", "закончен"

    class Kind(models.TextChoices):
        COOPERATION = "cooperation", "договор о сотрудничестве"
        SOCIAL = "social", "договор о социальном партнёрстве"
        NETWORK = "network", "договор о сетевой форме реализации программ"
        OTHER = "other", "соглашение"

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements", verbose_name="партнёр")
    state = models.CharField("состояние", max_length=6, choices=State, default=State.DRAFT, editable=False)
    kind = models.CharField("вид", max_length=11, choices=Kind)
    subject = models.TextField("предмет", max_length=2000)
    ours = models.TextField("что делает школа", max_length=3000, blank=True)
    theirs = models.TextField("что делает партнёр", max_length=3000, blank=True)
    their_signer = models.CharField("кто подписывает за партнёра", max_length=200, blank=True)
    their_basis = models.CharField("на основании чего", max_length=200, blank=True)
    number = models.CharField("номер", max_length=40, blank=True)
    signed_on = models.DateField("подписан", null=True, blank=True)
    starts_on = models.DateField("действует с", null=True, blank=True)
    ends_on = models.DateField("действует по", null=True, blank=True)
    prolongs = models.BooleanField("продлевается сам", default=False)
    prolong_months = models.PositiveSmallIntegerField(
        "на сколько месяцев",
        default=12,
        validators=[MinValueValidator(1, "Хотя бы на месяц"), MaxValueValidator(60, "Не больше пяти лет")],
    )
    ended_on = models.DateField("закончен", null=True, blank=True)
    end_reason = models.CharField("почему закончен", max_length=300, blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="вместо договора"
    )
    reminded = models.PositiveSmallIntegerField("напомнено за столько дней", null=True, blank=True, editable=False)
    erased_on = models.DateField("содержание уничтожено", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("записан", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = PartnerAgreementQuerySet.as_manager()
    WORKFLOW = AGREEMENT

    class Meta:
        verbose_name = "договор с партнёром"
        verbose_name_plural = "договоры с партнёрами"
        ordering = ["-signed_on", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"], name="partner_agreement_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "signed", "ended"]), name="partner_agreement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["cooperation", "social", "network", "other"]),
                name="partner_agreement_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_on__isnull=False, starts_on__isnull=False),
                name="partner_agreement_signed_whole",
                violation_error_message="Укажите, когда договор подписан и с какого дня действует",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partner_agreement_dates_ordered",
                violation_error_message="Последний день раньше первого",
            ),
            models.CheckConstraint(
                condition=Q(prolongs=False) | Q(ends_on__isnull=False) | Q(state="draft"),
                name="partner_agreement_prolongs_a_term",
                violation_error_message="Бессрочный договор продлевать не нужно",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_on__isnull=False), name="partner_agreement_ended_whole"
            ),
        ]

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        return f"{self.get_kind_display()}{number}"

    def get_absolute_url(self) -> str:
        return reverse("roadmap:partner_agreement", args=[self.pk])

    @property
    def title(self) -> str:
        """«Договор о сотрудничестве № 7, Колледж искусств»."""
        words = f"{self}, {self.partner}"
        return words[:1].upper() + words[1:]


class NetworkQuerySet(models.QuerySet):
    """Networks and network communities."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who read about partners, one's own for others."""
        if Promise.PARTNER.opens_to(user):
            return self
        return self.filter(pk__in=NetworkMember.objects.live().filter(person=user.person_id).values("network"))


class Network(models.Model):
    """A network of organisations or a network community of teachers in which the school takes part (п. 3.4)."""

    class Kind(models.TextChoices):
        COMMUNITY = "community", "сетевое педагогическое сообщество"
        NETWORK = "network", "сеть организаций"

    class Level(models.TextChoices):
        CITY = "city", "муниципальный"
        REGION = "region", "региональный"
        COUNTRY = "country", "всероссийский"

    kind = models.CharField("вид", max_length=9, choices=Kind, default=Kind.COMMUNITY)
    name = models.CharField("название", max_length=200, unique=True)
    level = models.CharField("уровень", max_length=7, choices=Level)
    url = models.URLField("ссылка", max_length=500, blank=True)
    about = models.TextField("о чём и как школа участвует", max_length=2000, blank=True)
    partners = models.ManyToManyField(Partner, blank=True, related_name="networks", verbose_name="партнёры в ней")
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = "сеть или сообщество"
        verbose_name_plural = "сети и сообщества"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["community", "network"]), name="network_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="network_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:network", args=[self.pk])


class NetworkMemberQuerySet(models.QuerySet):
    """People of the school in networks."""

    def live(self, on: date | None = None) -> Self:
        """Those of a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def visible_to(self, user: Actor) -> Self:
        """Those of the networks that the user sees."""
        return self.filter(network__in=Network.objects.visible_to(user))


class NetworkMember(models.Model):
    """A person of the school in a network, from a day to a day."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="members", verbose_name="сеть")
    person = models.ForeignKey(Person, models.PROTECT, related_name="networks", verbose_name="человек")
    part = models.CharField("как участвует", max_length=150, blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)

    objects = NetworkMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "участник сети"
        verbose_name_plural = "участники сетей"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="network_member_dates_ordered"
            ),
            models.UniqueConstraint(
                fields=["network", "person"],
                condition=Q(until__isnull=True),
                name="network_member_open_once",
                violation_error_message="Этот человек уже участвует",
            ),
        ]

    def __str__(self) -> str:
        return self.person.short_name


class TalkQuerySet(models.QuerySet):
    """Talks with people outside."""

    def visible_to(self, user: Actor) -> Self:
        """All for the roles that the promise names; for others those whose next step is theirs."""
        return self if Promise.PARTNER.opens_to(user) else self.filter(responsible=user.person_id)


class Talk(models.Model):
    """One talk with somebody outside: when, with whom, what about, what was agreed, what comes next (п. 3.4)."""

    class How(models.TextChoices):
        MEETING = "meeting", "встреча"
        CALL = "call", "телефон"
        VIDEO = "video", "видеосвязь"
        LETTER = "letter", "письмо"

    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="партнёр"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="talks", verbose_name="с кем"
    )
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="сеть или сообщество"
    )
    held_on = models.DateField("когда")
    how = models.CharField("как", max_length=7, choices=How, default=How.CALL)
    about = models.CharField("о чём", max_length=500)
    agreed = models.TextField("о чём договорились", max_length=2000, blank=True)
    next_step = models.CharField("что дальше", max_length=300, blank=True)
    next_on = models.DateField("до какого дня", null=True, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="talk_steps", verbose_name="кто делает"
    )
    done_at = models.DateTimeField("сделано", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто отметил",
        editable=False,
    )
    created_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = "разговор с партнёром"
        verbose_name_plural = "разговоры с партнёрами"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(about=""), name="talk_about_something"),
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True, responsible__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False, responsible__isnull=False)),
                name="talk_next_step_whole",
                violation_error_message="У следующего шага есть день и тот, кто его делает",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(next_step="")),
                name="talk_done_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.about[:80]


class JointEvent(models.Model):
    """Something that the school and a partner did or will do together: what, when, where to read of it (п. 3.3)."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="events", verbose_name="партнёр")
    title = models.CharField("что", max_length=300)
    held_on = models.DateField("когда")
    url = models.URLField("ссылка", max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    request_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SeenWithPartners.as_manager()

    class Meta:
        verbose_name = "совместное событие"
        verbose_name_plural = "совместные события"
        ordering = ["-held_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="joint_event_named")]

    def __str__(self) -> str:
        return self.title
