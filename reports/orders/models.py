"""A director's order: drafted, visaed, frozen for the pen, registered, and only then it enacts (docs/decisions/0002).

The date of the order, the date of effect and the time of entry are three things.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from mentoring_site.paper_numbers import KEY_LENGTH, NUMBER_LENGTH, number_columns
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import quoted
from people.language.word_forms import in_text, text_key, words_of
from people.register.models import Person
from people.rights import ROLE_CHOICES, Right
from people.roles.models import RoleGrant
from programs.pairings.models import has_regulation
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, choices, subject_of
from reports.orders.rules import ORDER
from reports.orders.typed_numbers import MAY_BE_A_WORD, numbered


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for those who draft and register; registered ones that concern oneself for everybody else."""
        if user.can(Right.ORDERS_SEE_ALL):
            return self
        visas = Q(pk__in=user.person.visas.values("order"))
        return self.filter(Q(state__in=Order.ISSUED_STATES, pk__in=user.person.acquaintances.values("order")) | visas)

    def found_by(self, text: str) -> "OrderQuerySet":
        """Orders of a typed number, or with every word of ``text``: in any form in the heading and the points, or as a
        beginning of a name, present or former, of somebody who is acquainted with it, visas, signs or prepared it.
        """
        number = numbered(text)
        if number and not MAY_BE_A_WORD.match(text.strip()):
            return self.filter(number)
        found = Q()
        for word in words_of(text):
            people = Person.objects.found_by(word)
            read = Acquaintance.objects.filter(order=OuterRef("pk"), person__in=people)
            visas = Visa.objects.filter(order=OuterRef("pk"), person__in=people)
            hands = Q(signer__in=people.values("pk")) | Q(executor__in=people.values("pk"))
            found &= in_text("search", word) | Exists(read) | Exists(visas) | hands
        return self.filter(found | (number or Q(pk__in=[]))) if found else self.none()

    def about_pairing(self, pairing):
        """Return the orders about a pair or group, its programs and their changes, its mentors' appointment and pay.

        A registered order about pay or a notice is known by its number, a draft by the mentors whom it names. Takes a
        pair read with ``people``.
        """
        items = OrderItem.objects.filter(reduce(or_, [s.items_about(pairing) for s in SUBJECTS.values()]))
        typed = {code: kind.registered_about for code, kind in KINDS.items() if kind.registered_about}
        mentors = [p.person_id for p in pairing.people if p.part == "mentor"]
        drafts = OrderItem.objects.filter(proposal__kind__in=typed, proposal__rows__person__in=mentors)
        wanted = Q(pk__in=items.values("order")) | Q(number="", pk__in=drafts.values("order"))
        wanted = reduce(or_, [about(pairing) for about in typed.values()], wanted)
        return self.filter(wanted)

    def with_requirements(self):
        """Everything that requirements of an order and the words of its points read."""
        return self.select_related("signer").prefetch_related(*requirement_prefetches())

    def with_papers(self):
        """And everything that its appendices and the sheet of acquaintance read."""
        papers = [lookup for s in SUBJECTS.values() for lookup in s.appendix_prefetches(f"items__{s.name}__")]
        return self.with_requirements().prefetch_related(*papers)


def requirement_prefetches() -> list:
    """Return prefetches for what requirements and points read of an order: its visas, its items and their subjects."""
    visas = Visa.objects.with_holding().select_related("person__user", "given_by__person")
    items = OrderItem.objects.select_related(*[join for s in SUBJECTS.values() for join in s.select_related])
    found: list[Any] = [
        models.Prefetch("visas", visas),
        models.Prefetch("items", items.annotate(has_regulation=has_regulation())),
    ]
    for subject_type in SUBJECTS.values():
        key = f"items__{subject_type.name}"
        found += [models.Prefetch(key, subject_type.queryset())] if subject_type.queryset else []
        found += subject_type.requirement_prefetches(f"{key}__")
    return found


def order_key(heading: str, points: list[dict]) -> str:
    """Return the key of an order for ``in_text``: of its heading and its points."""
    return text_key(heading, *(text for point in points for text in [point["text"], *point.get("subpoints", ())]))


class Order(Stateful):
    """An order of the director."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        AGREED = "agreed", "завизирован"
        AT_SIGNATURE = "at_signature", "на подписи у директора"
        REGISTERED = "registered", "зарегистрирован"
        REVOKED = "revoked", "отменён"

    OPEN_STATES = (State.DRAFT, State.AGREED, State.AT_SIGNATURE)
    ISSUED_STATES = (State.REGISTERED, State.REVOKED)

    class Series(models.TextChoices):
        MAIN = "main", "основная деятельность"
        STAFF = "staff", "личный состав"

    kind = models.CharField("вид приказа", max_length=12, choices=choices)
    series = models.CharField("серия", max_length=5, choices=Series, default=Series.MAIN)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    heading = models.CharField("заголовок", max_length=300)
    preamble = models.TextField("основание", max_length=4000)
    points = models.JSONField("пункты", default=list)  # [{"text", "subpoints": [...], "edited": bool, "composed"}]
    effect_from = models.DateField("предполагаемая дата действия", null=True, blank=True)
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто подписывает"
    )
    signer_post = models.CharField("должность подписывающего", max_length=200, blank=True)
    executor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="исполнитель"
    )
    created_at = models.DateTimeField("составлен", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="кто составил",
        editable=False,
    )
    search = models.TextField(editable=False, default="", blank=True)  # written with heading and points
    facts = models.JSONField("обстоятельства бумаги", null=True, blank=True, editable=False)
    facts_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField("передан на подпись", null=True, blank=True, editable=False)
    number = models.CharField("номер", max_length=NUMBER_LENGTH, blank=True, default="")  # as it stands on the paper
    number_key = models.CharField(max_length=KEY_LENGTH, blank=True, default="", editable=False)  # sorts and compares
    number_plain = models.PositiveIntegerField(null=True, editable=False)  # 46 of «46-од»: it follows 45
    date = models.DateField("дата приказа", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год номера", null=True, blank=True, editable=False)
    effective_on = models.DateField("действует с", null=True, blank=True)
    gap_reason = models.CharField("почему пропущены номера", max_length=300, blank=True)
    registered_at = models.DateTimeField("зарегистрирован", null=True, blank=True, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто зарегистрировал",
        editable=False,
    )
    cited_acts: Any = models.ManyToManyField(
        "roadmap.LegalAct", blank=True, related_name="citing_orders", verbose_name="на какие акты ссылается"
    )  # written when the text is frozen
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан")
    pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF", editable=False
    )
    renderer = models.CharField("чем напечатан", max_length=60, blank=True, editable=False)
    pdf_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    from_paper = models.BooleanField("внесён с бумаги", default=False, editable=False)
    code = models.CharField("код проверки", max_length=12, unique=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()
    WORKFLOW = ORDER

    class Meta:
        verbose_name = "приказ"
        verbose_name_plural = "приказы"
        ordering = ["-created_at", "-pk"]
        indexes = [  # the rows carry whole papers
            models.Index(fields=["-created_at", "-id"], name="order_newest"),
            models.Index(fields=["date", "created_at"], name="order_by_date"),
            models.Index(fields=["year"], name="order_year"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "agreed", "at_signature", "registered", "revoked"]),
                name="order_state_known",
            ),
            models.UniqueConstraint(
                fields=["year", "series", "number_key"],
                condition=~Q(number=""),
                name="order_number_once",
                violation_error_message="Этот номер в этом году уже занят",
            ),
            models.CheckConstraint(
                condition=~Q(number="")
                & ~Q(number_key="")
                & Q(
                    state__in=["registered", "revoked"],
                    date__isnull=False,
                    year__isnull=False,
                    effective_on__isnull=False,
                    registered_at__isnull=False,
                )
                | Q(
                    state__in=["draft", "agreed", "at_signature"],
                    number="",
                    number_key="",
                    number_plain__isnull=True,
                    date__isnull=True,
                    year__isnull=True,
                    effective_on__isnull=True,
                    registered_at__isnull=True,
                ),
                name="order_registered_whole",
            ),
            models.CheckConstraint(condition=Q(year__isnull=True) | Q(date__year=F("year")), name="order_year_of_date"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "agreed"], frozen_at__isnull=True)
                | (
                    Q(state__in=["at_signature", "registered", "revoked"], frozen_at__isnull=False, facts__isnull=False)
                    & ~Q(facts_sha256="")
                ),
                name="order_frozen_whole",
            ),
        ]

    def __str__(self):
        return f"Приказ {self.ref}" if self.date else f"Проект приказа «{self.heading}»"

    def get_absolute_url(self):
        return reverse("reports:order", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = order_key(self.heading, self.points)
        for column, value in number_columns(self.number).items():
            setattr(self, column, value)
        super().save(*args, **kwargs)

    @property
    def order_kind(self) -> OrderKind:
        """Return what is known of orders of this kind."""
        return KINDS[self.kind]

    @property
    def ref(self) -> PaperRef:
        """The number and the date of a registered order."""
        return PaperRef(self.number, self.date)

    # what ``reports.orders.acquaintance.acts.Paper`` asks of a registered order

    @property
    def full_title(self) -> str:
        """«Приказ от 02.09.2026 № 41-од «О закреплении наставнических пар»»."""
        return f"Приказ {self.ref} {quoted(self.heading)}"

    @property
    def sheet_title(self) -> str:
        """«приказом от 02.09.2026 № 41-од «О закреплении …»»: with what people are acquainted."""
        return f"приказом {self.ref} {quoted(self.heading)}"

    sheet_basis = ""

    @property
    def signed_content(self) -> str:
        """The text of the order as a reader signs it, without its appendices."""
        lines = [self.preamble, "ПРИКАЗЫВАЮ:"]
        for number, point in enumerate(self.points, 1):
            lines += [
                f"{number}. {point['text']}",
                *[f"{number}.{n}. {s}" for n, s in enumerate(point["subpoints"], 1)],
            ]
        return "\n".join(lines)

    @property
    def sheet_lines(self) -> Any:
        """The lines of the sheet of acquaintance."""
        return self.acquaintances


def _exactly_one(names) -> Q:
    """Return the condition that exactly one of the keys is filled."""
    alone = (Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    return reduce(or_, alone)


class OrderItem(models.Model):
    """What one line of an order enacts: exactly one object. Each registered subject adds its key below."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items", verbose_name="приказ")

    class Meta:
        verbose_name = "предмет приказа"
        verbose_name_plural = "предметы приказа"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=_exactly_one(list(SUBJECTS)), name="order_item_about_one")]

    def __str__(self):
        return str(self.subject)

    @property
    def subject(self) -> Any:
        """The object that registration enacts."""
        return subject_of(self)


for _subject in SUBJECTS.values():
    OrderItem.add_to_class(
        _subject.name,
        models.ForeignKey(_subject.model, models.PROTECT, null=True, blank=True, related_name="order_items"),
    )


class VisaQuerySet(models.QuerySet):
    def with_holding(self):
        """Annotate whether the person still holds the role for which the visa was asked (``holds``)."""
        live = RoleGrant.objects.live().filter(person=models.OuterRef("person"), role=models.OuterRef("role"))
        return self.annotate(holds=models.Exists(live))


class Visa(models.Model):
    """A visa inside the school: asked of a person in a role, given by that person or recorded from paper."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="visas", verbose_name="приказ")
    person = models.ForeignKey(Person, models.PROTECT, related_name="visas", verbose_name="кто визирует")
    role = models.CharField("в какой роли", max_length=20, choices=ROLE_CHOICES, blank=True)
    post = models.CharField("должность", max_length=200)
    given_at = models.DateTimeField("завизировано", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )

    objects = VisaQuerySet.as_manager()

    class Meta:
        verbose_name = "виза"
        verbose_name_plural = "визы"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="visa_once"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False),
                name="visa_paired",
            ),
        ]

    def __str__(self):
        return f"{self.person.short_name}, {self.post}"

    # what ``reports.orders.acquaintance.reminders.Awaited`` asks

    @property
    def paper(self) -> Order:
        """The draft that waits for the visa."""
        return self.order

    @property
    def is_awaited(self) -> bool:
        """Whether the visa is still to be given."""
        return self.given_at is None and self.order.state == Order.State.DRAFT

    @property
    def reminder(self) -> tuple[str, str, dict]:
        """Words of the history, template and context of the letter."""
        return "виза", "order_visa", {"order": self.order, "concerned": True}


class Acquaintance(models.Model):
    """A person whom an order concerns and who has read it, on paper or in the application."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="acquaintances", verbose_name="приказ")
    person = models.ForeignKey(Person, models.PROTECT, related_name="acquaintances", verbose_name="кто знакомится")
    post = models.CharField("должность", max_length=200, blank=True)
    read_at = models.DateTimeField("когда ознакомлен", null=True, blank=True)
    on_paper = models.BooleanField("подпись на листе", default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )

    class Meta:
        verbose_name = "ознакомление"
        verbose_name_plural = "ознакомления"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="acquaintance_once"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, recorded_by__isnull=True)
                | Q(read_at__isnull=False, recorded_by__isnull=False),
                name="acquaintance_paired",
            ),
        ]

    def __str__(self):
        return f"{self.person.short_name} — {self.order}"

    # what ``SheetLine`` and ``Awaited`` of ``reports.orders.acquaintance`` ask

    history_words = "ознакомление с приказом"

    @property
    def paper(self) -> Order:
        """What the person has to read."""
        return self.order

    @property
    def is_awaited(self) -> bool:
        """Whether the person has not read it yet."""
        return self.read_at is None

    @property
    def reminder(self) -> tuple[str, str, dict]:
        """Words of the history, template and context of the letter."""
        return "ознакомление", "order_registered", {"order": self.order, "concerned": True}


class NumberCounter(models.Model):
    """The last number of a series in a calendar year, moved in the same transaction as the order."""

    year = models.PositiveSmallIntegerField("год")
    series = models.CharField("серия", max_length=5, choices=Order.Series)
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "счётчик номеров"
        verbose_name_plural = "счётчики номеров"
        constraints = [models.UniqueConstraint(fields=["year", "series"], name="one_counter")]

    def __str__(self):
        return f"{self.year}, {self.get_series_display()}: {self.last}"
