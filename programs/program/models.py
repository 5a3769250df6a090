"""Who may see which pairs and programmes, and what their pages prefetch."""

import re
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from people.banks.models import Statement
from people.language.name_text import search_key
from people.register.models import Person
from people.rights import Right
from programs.catalogs.models import MentoringForm, MentoringKind, Responsible
from programs.pairings.confidentiality import readable
from programs.pairings.models import Pairing, Participation, has_regulation, present, required_people
from programs.program.rules import PROGRAM


class ProgramQuerySet(models.QuerySet):
    """Personalised programmes."""

    def visible_to(self, user):
        """All for director, curator and council; one's own, also after its end, for participants."""
        if user.can(Right.PROGRAMS_SEE_ALL):
            return self
        return self.filter(Q(pairing__in=user.person.participations.values("pairing")))

    def live(self):
        """Programmes that are being drafted, agreed or carried out."""
        return self.filter(state__in=["draft", "submitted", "agreed", "approved", "running"])

    def found_by(self, text: str):
        """Programmes in whose title or people's names words begin with every word of ``text``: «имп лидж»."""
        from people.language.name_text import search_terms
        from people.register.models import Person

        found = self
        for term in search_terms(text):
            people = Person.objects.found_by(term).filter(participations__pairing=models.OuterRef("pairing"))
            found = found.filter(Q(search__contains=term) | models.Exists(people))
        return found

    def of_department(self, department):
        """Programmes one of whose people works in the department."""
        from programs.pairings.models import Participation

        inside = Participation.objects.filter(pairing=models.OuterRef("pairing"), employment__department=department)
        return self.filter(models.Exists(inside))

    def with_open_remarks(self):
        """Annotate whether a remark waits to be taken into account (``returned``)."""

        open_remarks = Remark.objects.filter(program=models.OuterRef("pk"), resolved_at__isnull=True)
        return self.annotate(returned=models.Exists(open_remarks))

    def with_pause(self, today):
        """Annotate whether an order has suspended the programme on the day (``paused``), and until when."""
        from programs.changes.pause.models import Pause

        lasting = Pause.objects.going_on(today).filter(program=models.OuterRef("pk")).order_by("since")
        return self.annotate(
            paused=models.Exists(lasting),
            paused_until=models.Subquery(lasting.values("until")[:1]),
            paused_resumes=models.Subquery(lasting.values("resumed_on")[:1]),
        )

    def ended_in(self, year: int):
        """Programmes completed or terminated in the school year that begins in August of ``year``."""
        return self.filter(
            state__in=["completed", "terminated"], ended_on__gte=date(year, 8, 1), ended_on__lt=date(year + 1, 8, 1)
        )

    def with_overdue(self, today):
        """Annotate ``is_overdue``; while a programme is suspended nothing in it is overdue.

        An activity not done in time, the last day past, or the first day past unapproved.
        """
        from programs.changes.pause.models import Pause
        from programs.pairings.models import Participation

        paused = Pause.objects.going_on(today).filter(program=models.OuterRef("pk"))
        done = ActivityResult.objects.filter(
            activity=models.OuterRef(models.OuterRef("pk")), participation=models.OuterRef("pk")
        ).exclude(state="returned")
        lagging = Participation.objects.live().filter(
            ~models.Exists(done), part="mentee", pairing=models.OuterRef("program__pairing")
        )
        late = Activity.objects.filter(models.Exists(lagging), program=models.OuterRef("pk"), due_on__lt=today)
        overdue = Q(state="running") & ~models.Exists(paused) & (Q(ends_on__lt=today) | models.Exists(late))
        unapproved = Q(state__in=["draft", "submitted", "agreed"], starts_on__lt=today)
        return self.annotate(
            is_overdue=models.Case(
                models.When(overdue | unapproved, then=True), default=False, output_field=models.BooleanField()
            )
        )

    def with_people(self):
        """Prefetch the pairing with its live people: all that lists and titles read."""
        people = present().select_related("person", "employment__department")
        return self.select_related("curator", "pairing").prefetch_related(
            models.Prefetch("pairing__participations", people, to_attr="people")
        )

    def with_requirements(self):
        """Everything that requirements of a programme read."""
        return (
            self.select_related("curator", "pairing")
            .annotate(has_regulation=has_regulation())
            .prefetch_related(
                required_people("pairing__"),
                "forms",
                "kinds",
                "difficulties",
                "strengths",
                "requests",
                "activities__statements",
                "remarks",
                "confirmations",
                "completions__participation__person",
            )
        )


class Program(Stateful):
    """A programme of 3 months to 1 year for one pair or group; it survives the replacement of a mentor."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SUBMITTED = "submitted", "на согласовании"
        AGREED = "agreed", "согласована советом"
        APPROVED = "approved", "утверждена"
        RUNNING = "running", "реализуется"
        COMPLETED = "completed", "завершена"
        TERMINATED = "terminated", "прекращена"
        DROPPED = "dropped", "снята до утверждения"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="programs", verbose_name="пара или группа")
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    title = models.CharField("название", max_length=200)
    curator = models.ForeignKey(
        Person, models.PROTECT, related_name="curated_programs", verbose_name="ответственный куратор"
    )
    goal = models.TextField("цель", max_length=4000, blank=True)
    forms = models.ManyToManyField(
        MentoringForm, blank=True, related_name="programs", verbose_name="формы наставничества"
    )
    kinds = models.ManyToManyField(
        MentoringKind, blank=True, related_name="programs", verbose_name="виды наставничества"
    )
    justification = models.TextField("почему эти формы и виды", max_length=4000, blank=True)
    directions = models.TextField("направления", max_length=4000, blank=True)
    difficulties = models.ManyToManyField(Statement, blank=True, related_name="+", verbose_name="затруднения")
    strengths = models.ManyToManyField(Statement, blank=True, related_name="+", verbose_name="сильные стороны")
    requests = models.ManyToManyField(Statement, blank=True, related_name="+", verbose_name="запросы")
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    earliest_end = models.DateField(null=True, blank=True, editable=False)  # start + 3 months, or as decided
    latest_end = models.DateField(null=True, blank=True, editable=False)  # start + 1 year, or as decided
    term_decision = models.TextField("решение об особом сроке", max_length=1000, blank=True)
    term_decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    term_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("заведена", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто завёл", editable=False
    )
    submitted_at = models.DateTimeField("передана куратору", null=True, blank=True, editable=False)
    endorsed_at = models.DateTimeField("куратор поддержал", null=True, blank=True, editable=False)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    minutes_number = models.CharField("протокол совета №", max_length=30, blank=True, editable=False)
    minutes_date = models.DateField("протокол совета от", null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField("согласована", null=True, blank=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    order_number = models.CharField("приказ об утверждении №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ об утверждении от", null=True, blank=True, editable=False)
    by_grif = models.BooleanField("утверждена грифом", default=False, editable=False)  # then order_date is its day
    grif_scan = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан титульного листа",
        editable=False,
    )
    approved_text = models.JSONField("утверждённая редакция", null=True, blank=True, editable=False)
    started_on = models.DateField("начата", null=True, blank=True, editable=False)
    ended_on = models.DateField("закончена", null=True, blank=True, editable=False)
    results_published_at = models.DateTimeField("результаты опубликованы", null=True, blank=True, editable=False)
    results_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    from_paper = models.BooleanField("внесена с бумаги", default=False, editable=False)
    search = models.CharField(max_length=400, editable=False, default="")
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ProgramQuerySet.as_manager()
    WORKFLOW = PROGRAM

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-starts_on"], name="program_by_start"),
            models.Index(fields=["state", "ended_on"], name="program_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "agreed",
                        "approved",
                        "running",
                        "completed",
                        "terminated",
                        "dropped",
                    ]
                ),
                name="program_state_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(
                    earliest_end__isnull=False,
                    latest_end__isnull=False,
                    ends_on__gte=F("earliest_end"),
                    ends_on__lte=F("latest_end"),
                ),
                name="program_term",
                violation_error_message="Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения)",
            ),
            models.CheckConstraint(
                condition=Q(term_decided_at__isnull=True, term_decided_by__isnull=True, term_decision="")
                | (Q(term_decided_at__isnull=False, term_decided_by__isnull=False) & ~Q(term_decision="")),
                name="program_term_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_at__isnull=True, endorsed_by__isnull=True)
                | Q(endorsed_at__isnull=False, endorsed_by__isnull=False),
                name="program_endorsed_paired",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="program_agreed_paired",
            ),
            models.CheckConstraint(
                condition=Q(minutes_number="", minutes_date__isnull=True)
                | (~Q(minutes_number="") & Q(minutes_date__isnull=False)),
                name="program_minutes_paired",
            ),
            models.CheckConstraint(
                condition=Q(results_published_at__isnull=True, results_published_by__isnull=True)
                | Q(results_published_at__isnull=False, results_published_by__isnull=False),
                name="program_published_paired",
            ),
            models.CheckConstraint(
                condition=Q(results_published_at__isnull=True) | Q(state__in=["completed", "terminated"]),
                name="program_published_after_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "running", "completed", "terminated"])
                | (
                    Q(order_date__isnull=False, starts_on__isnull=False, ends_on__isnull=False)
                    & (Q(by_grif=True, order_number="") | (Q(by_grif=False) & ~Q(order_number="")))
                ),
                name="program_approved_by_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "completed", "terminated"], started_on__isnull=False)
                | Q(state__in=["draft", "submitted", "agreed", "approved", "dropped"], started_on__isnull=True),
                name="program_start_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["completed", "terminated"], ended_on__isnull=False) | Q(ended_on__isnull=True),
                name="program_end_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "dropped"])
                | Q(agreed_at__isnull=False)
                | Q(from_paper=True),
                name="program_agreed_whole",
            ),
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(state__in=["draft", "submitted", "agreed", "approved", "running"]),
                name="one_live_program",
                violation_error_message="У этой пары уже есть программа",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def approval(self) -> str:
        """«приказ от 02.09.2026 № 41-од» or «гриф «УТВЕРЖДАЮ» от 02.09.2026»; empty before the approval (п. 3.3)."""
        if not self.order_date:
            return ""
        day = f"{self.order_date:%d.%m.%Y}"
        return f"гриф «УТВЕРЖДАЮ» от\u00a0{day}" if self.by_grif else f"приказ от\u00a0{day} №\u00a0{self.order_number}"

    def save(self, *args, **kwargs):
        self.search = search_key(re.sub(r"\W+", " ", self.title))[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("programs:program", args=[self.pk])


class DraftConfirmation(models.Model):
    """A mentee took part in drafting and confirms the draft (п. 5.1); an edit after it asks again."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="confirmations", verbose_name="программа")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+", verbose_name="наставляемый")
    content_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")

    class Meta:
        verbose_name = "подтверждение проекта"
        verbose_name_plural = "подтверждения проекта"
        constraints = [
            models.UniqueConstraint(fields=["program", "participation", "content_sha256"], name="draft_confirmed_once")
        ]

    def __str__(self):
        return f"{self.participation} — {self.at:%d.%m.%Y}"


class Activity(models.Model):
    """A line of the plan: what, when, who, expected result, evidence (п. 1.2)."""

    Responsible = Responsible

    program = models.ForeignKey(Program, models.CASCADE, related_name="activities", verbose_name="программа")
    title = models.CharField("мероприятие", max_length=300)
    starts_on = models.DateField("с", null=True, blank=True)
    due_on = models.DateField("до")
    responsible = models.CharField("кто", max_length=8, choices=Responsible, default=Responsible.BOTH)
    expected_result = models.CharField("ожидаемый результат", max_length=300)
    evidence = models.CharField("чем подтверждается", max_length=300, blank=True)
    statements = models.ManyToManyField(
        Statement, blank=True, related_name="+", verbose_name="какое затруднение снимает или что поддерживает"
    )

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="activity_dates_ordered",
                violation_error_message="Мероприятие не может закончиться раньше, чем началось",
            )
        ]

    def __str__(self):
        return self.title


class ActivityResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Results in visible programmes: in a group a mentee sees only one's own (п. 1.3, подп. 4)."""
        own = Q(participation__person=user.person_id)
        readable_now = readable(user, own=own, program="activity__program", day="done_at__date")
        return self.filter(readable_now, activity__program__in=Program.objects.visible_to(user))


class ActivityResult(models.Model):
    """How one mentee did one activity: result and files, checked or returned by the mentor (п. 4.1).

    No row = planned.
    """

    class State(models.TextChoices):
        DONE = "done", "на проверке"
        RETURNED = "returned", "возвращено"
        CHECKED = "checked", "проверено"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="results", verbose_name="мероприятие")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="results", verbose_name="наставляемый"
    )
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DONE)
    result = models.TextField("что сделано", max_length=4000)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="файлы")
    done_at = models.DateTimeField("сделано", default=timezone.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто отметил")
    comment = models.TextField("слово наставника", max_length=4000, blank=True)
    checked_at = models.DateTimeField("проверено", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто проверил"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityResultQuerySet.as_manager()

    class Meta:
        verbose_name = "результат мероприятия"
        verbose_name_plural = "результаты мероприятий"
        constraints = [
            models.UniqueConstraint(fields=["activity", "participation"], name="activity_result_once"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "returned", "checked"]), name="activity_result_state_known"
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="activity_checked_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(checked_at__isnull=False), name="activity_state_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""),
                name="activity_return_has_comment",
                violation_error_message="Напишите, что исправить",
            ),
        ]

    def __str__(self):
        return f"{self.activity}: {self.get_state_display()}"


class Remark(models.Model):
    """A remark of the council or curator, bound to a field of the programme or to an activity."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="remarks", verbose_name="программа")
    field = models.CharField("к чему", max_length=40, blank=True)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="remarks", verbose_name="мероприятие"
    )
    about = models.CharField("к чему, словами", max_length=300)
    text = models.TextField("замечание", max_length=2000)
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто написал")
    resolved_at = models.DateTimeField("учтено", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто учёл"
    )

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_paired",
            )
        ]

    def __str__(self):
        return self.text
