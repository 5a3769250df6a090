"""Events of the school, events elsewhere that its people go to, and who takes part (п. 3.3, 3.4; этапы 4 и 6)."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.language.word_forms import in_text, text_key, words_of
from people.promises import Promise
from people.register.models import Person
from people.rights import Right
from roadmap.events.rules import EVENT
from roadmap.plan.models import Task


class EventQuerySet(models.QuerySet):
    """Events."""

    def visible_to(self, user: Any) -> Self:
        """All for curator, council and director; for others what they lead or are invited to, and what is open to all.

        A draft is known to those who keep events and to whoever answers for it.
        """
        if user.can(Right.EVENTS_SEE):
            return self
        mine = Participant.objects.filter(event=OuterRef("pk"), person=user.person_id)
        told = Q(announced_at__isnull=False) | ~Q(state=Event.State.DRAFT)
        open_to_all = Q(audience=Event.Audience.ALL, outside=False)
        return self.filter(Q(host=user.person_id) | told & (Exists(mine) | open_to_all))

    def of(self, person_id: int) -> Self:
        """Events that a person leads, is invited to or has attended."""
        mine = Participant.objects.filter(event=OuterRef("pk"), person=person_id)
        return self.filter(Q(host=person_id) | Exists(mine.exclude(answer=Participant.Answer.NO)))

    def with_requirements(self) -> Self:
        """Everything that requirements of an event read."""
        return self.select_related("host").annotate(
            somebody=Exists(Participant.objects.filter(event=OuterRef("pk"), is_present=True))
        )

    def with_counts(self) -> Self:
        """Annotate how many are ``asked``, ``going`` and were there (``came``)."""
        rows = Participant.objects.filter(event=OuterRef("pk")).order_by().values("event")

        def number(**conditions: Any) -> models.Subquery:
            return models.Subquery(rows.filter(**conditions).annotate(number=Count("pk")).values("number"))

        return self.annotate(asked=number(), going=number(answer=Participant.Answer.YES), came=number(is_present=True))

    def found_by(self, text: str) -> Self:
        """Events that have every word of ``text`` in any form in the title, the place or the aim."""
        found = self
        for word in words_of(text):
            found = found.filter(in_text("search", word))
        return found

    def upcoming(self) -> Self:
        """Announced events that are not over."""
        return self.filter(state=Event.State.ANNOUNCED, ends_on__gte=timezone.localdate())

    def overdue(self) -> Self:
        """Announced events whose last day has passed and of which nobody has said that they were held."""
        return self.filter(state=Event.State.ANNOUNCED, ends_on__lt=timezone.localdate())

    def public(self) -> Self:
        """What a visitor of the site reads: title, days, place and kind, never people (п. 8.1)."""
        return self.filter(is_public=True, outside=False, state__in=(Event.State.ANNOUNCED, Event.State.HELD))


class Event(Stateful):
    """One event: planned, announced to those it is for, held or cancelled.

    ``outside`` are events of others that people of the school take part in (п. 3.3): who, when, where, at which level.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        ANNOUNCED = "announced", "объявлено"
        HELD = "held", "проведено"
        CANCELLED = "cancelled", "отменено"

    class Kind(models.TextChoices):
        SESSION = "session", "установочная сессия"
        CONSULTATION = "consultation", "консультация"
        SEMINAR = "seminar", "семинар"
        TRAINING = "training", "тренинг"
        LESSON = "lesson", "открытый урок"
        CONFERENCE = "conference", "конференция"
        ROUND_TABLE = "round_table", "круглый стол"
        SPEED = "speed", "встреча скоростного наставничества"
        COORDINATION = "coordination", "координационное совещание с партнёрами"
        FORUM = "forum", "форум"
        WEBINAR = "webinar", "вебинар"

    class Audience(models.TextChoices):
        MENTORS = "mentors", "наставники"
        MENTEES = "mentees", "наставляемые"
        BOTH = "both", "наставники и наставляемые"
        ALL = "all", "все, кто захочет прийти"
        PICKED = "picked", "только те, кого выберу"

    class Level(models.TextChoices):
        SCHOOL = "school", "школьный"
        CITY = "city", "городской, районный"
        REGION = "region", "региональный"
        COUNTRY = "country", "всероссийский"
        WORLD = "world", "международный"

    OUTSIDE_KINDS = (Kind.CONFERENCE, Kind.FORUM, Kind.WEBINAR, Kind.SEMINAR)
    OWN_KINDS = (
        Kind.SESSION,
        Kind.CONSULTATION,
        Kind.SEMINAR,
        Kind.TRAINING,
        Kind.LESSON,
        Kind.CONFERENCE,
        Kind.ROUND_TABLE,
        Kind.SPEED,
        Kind.COORDINATION,
    )
    OPEN_STATES = (State.DRAFT, State.ANNOUNCED)

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    outside = models.BooleanField("проводит не школа", default=False, editable=False)
    kind = models.CharField("вид", max_length=16, choices=Kind)
    title = models.CharField("название", max_length=200)
    level = models.CharField("уровень", max_length=8, choices=Level, default=Level.SCHOOL)
    school_year = models.PositiveSmallIntegerField("учебный год", editable=False)
    starts_on = models.DateField("день")
    ends_on = models.DateField("последний день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    ends_at = models.TimeField("окончание", null=True, blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    link = models.URLField("ссылка для подключения", max_length=500, blank=True)
    organizer = models.CharField("кто проводит", max_length=300, blank=True)
    host = models.ForeignKey(
        Person, models.PROTECT, related_name="hosted_events", verbose_name="ответственный", null=True, blank=True
    )
    audience = models.CharField("для кого", max_length=8, choices=Audience, default=Audience.PICKED)
    aim = models.TextField("для чего", max_length=2000, blank=True)
    programme = models.TextField("программа", max_length=6000, blank=True)
    partners_words = models.CharField("партнёры", max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "число мест", null=True, blank=True, validators=[MinValueValidator(1, "Хотя бы одно место")]
    )
    hours = models.DecimalField("часов", max_digits=5, decimal_places=1, null=True, blank=True)
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="мероприятие дорожной карты"
    )
    is_public = models.BooleanField("в афише на сайте", default=False)
    series = models.UUIDField("ряд", null=True, blank=True, db_index=True, editable=False)
    door = models.PositiveSmallIntegerField("номер кода у входа", default=1, editable=False)
    discussed = models.TextField("обсудили", max_length=8000, blank=True)
    decisions = models.TextField("решили", max_length=8000, blank=True)
    results = models.TextField("итоги", max_length=4000, blank=True)
    cancel_reason = models.CharField("почему отменено", max_length=500, blank=True)
    announced_at = models.DateTimeField("объявлено", null=True, blank=True, editable=False)
    held_at = models.DateTimeField("записано проведённым", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    search = models.TextField(editable=False, default="", blank=True)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    somebody: bool  # with_requirements()
    asked: int | None  # with_counts()
    going: int | None
    came: int | None

    objects = EventQuerySet.as_manager()
    WORKFLOW = EVENT

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "события"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "announced", "held", "cancelled"]), name="event_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="event_days_ordered",
                violation_error_message="Последний день не может быть раньше первого",
            ),
            models.CheckConstraint(
                condition=Q(outside=True, kind__in=["conference", "forum", "webinar", "seminar"])
                | (Q(outside=False) & ~Q(kind__in=["forum", "webinar"])),
                name="event_kind_fits",
                violation_error_message="Такого вида событий здесь нет",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="event_cancelled_with_reason",
                violation_error_message="Напишите, почему событие отменено",
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) | (~Q(state="held") & Q(held_at__isnull=True)),
                name="event_held_paired",
            ),
            models.CheckConstraint(
                condition=Q(outside=False) | Q(is_public=False), name="event_outside_not_on_the_site"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title, self.place, self.aim, self.partners_words, self.organizer)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:event", args=[self.pk])

    @property
    def is_speed(self) -> bool:
        """Whether it is a meeting of speed mentoring (п. 2.3)."""
        return self.kind == self.Kind.SPEED

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.starts_on <= timezone.localdate()

    @property
    def is_today(self) -> bool:
        """Whether today is one of its days."""
        return self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def minutes_long(self) -> int:
        """How long it lasts on a day, an hour when nobody has said."""
        if not (self.starts_at and self.ends_at):
            return 60
        length = timedelta(hours=self.ends_at.hour, minutes=self.ends_at.minute) - timedelta(
            hours=self.starts_at.hour, minutes=self.starts_at.minute
        )
        return max(int(length.total_seconds()) // 60, 1)


class ParticipantQuerySet(models.QuerySet):
    """Participants of events."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see all events and for whoever answers for the event, one's own for others."""
        if user.can(Right.EVENTS_SEE):
            return self
        return self.filter(Q(person=user.person_id) | Q(event__host=user.person_id))

    def outcomes_visible_to(self, user: Any) -> Self:
        """What a speed meeting gave a mentee: the mentee, the mentors of the meeting, and who keeps events."""
        if Promise.SPEED_OUTCOME.opens_to(user):
            return self
        leads = Participant.objects.filter(event=OuterRef("event"), person=user.person_id, part=Participant.Part.MENTOR)
        return self.filter(Q(person=user.person_id) | Q(event__host=user.person_id) | Exists(leads))

    def present(self) -> Self:
        """Those who were there."""
        return self.filter(is_present=True)

    def unanswered_by(self, person_id: int, today: date | None = None) -> Self:
        """Invitations of a person to events to come that wait for an answer."""
        return self.filter(
            person=person_id,
            answer=Participant.Answer.NONE,
            is_present=None,
            event__outside=False,
            event__state=Event.State.ANNOUNCED,
            event__ends_on__gte=today or timezone.localdate(),
        ).exclude(event__host=person_id)


class Participant(models.Model):
    """One person at one event: invited, the answer, whether the person was there, hours, what it gave."""

    class Part(models.TextChoices):
        LISTENER = "listener", "участник"
        SPEAKER = "speaker", "докладчик, ведущий"
        MENTOR = "mentor", "наставник встречи"

    class Answer(models.TextChoices):
        NONE = "none", "нет ответа"
        YES = "yes", "будет"
        WAITING = "waiting", "в листе ожидания"
        NO = "no", "не сможет"

    class Way(models.TextChoices):
        TICK = "tick", "отметка ответственного"
        QR = "qr", "по коду у входа"
        SHEET = "sheet", "по листу с подписями"

    class Next(models.TextChoices):
        NOTHING = "nothing", "справится без помощи"
        REQUEST = "request", "нужна помощь, запрос куратору"
        PAIR = "pair", "хочет заниматься в паре с наставником"

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants", verbose_name="событие")
    person = models.ForeignKey(Person, models.PROTECT, related_name="events", verbose_name="человек")
    part = models.CharField("в каком качестве", max_length=8, choices=Part, default=Part.LISTENER)
    answer = models.CharField("ответ", max_length=8, choices=Answer, default=Answer.NONE)
    invited_at = models.DateTimeField("приглашён", null=True, blank=True, editable=False)
    answered_at = models.DateTimeField("ответил", null=True, blank=True, editable=False)
    is_present = models.BooleanField("был на событии", null=True, blank=True)
    way = models.CharField("как отмечен", max_length=5, choices=Way, blank=True)
    marked_at = models.DateTimeField("отмечен", null=True, blank=True, editable=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    hours = models.DecimalField("часов", max_digits=5, decimal_places=1, null=True, blank=True)
    document = models.CharField("документ об участии", max_length=200, blank=True)
    brought_home = models.TextField("что привёз в школу", max_length=2000, blank=True)
    outcome = models.TextField("что дала встреча", max_length=2000, blank=True)
    next_step = models.CharField("следующий шаг", max_length=8, choices=Next, blank=True)
    next_words = models.CharField("цель, срок", max_length=500, blank=True)
    next_done_at = models.DateTimeField("следующий шаг сделан", null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "участник события"
        verbose_name_plural = "участники событий"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="participant_once",
                violation_error_message="Этот человек уже в списке",
            ),
            models.CheckConstraint(
                condition=Q(is_present__isnull=True, marked_at__isnull=True, marked_by__isnull=True)
                | Q(is_present__isnull=False, marked_at__isnull=False, marked_by__isnull=False),
                name="participant_marked_paired",
            ),
            models.CheckConstraint(
                condition=Q(next_done_at__isnull=True) | Q(next_step__in=["request", "pair"]),
                name="participant_next_step_done",
            ),
        ]

    def __str__(self) -> str:
        return self.person.short_name


def events_for(task: Task) -> EventQuerySet:
    """Return the events that were held for a task of the roadmap: they prove it."""
    return Event.objects.filter(task=task, state=Event.State.HELD).order_by("starts_on", "pk")
