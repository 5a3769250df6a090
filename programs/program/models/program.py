"""The personalized program, who may see it, and what its pages read (п. 1.2)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from people.banks.models import Statement
from people.language.word_forms import in_text, text_key, words_of
from people.register.leaving import last_day_of
from people.register.models import Person
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.pairings.models import (
    Pairing,
    Participation,
    has_regulation,
    present,
    required_people,
    with_consents,
)
from programs.pairings.terms import LIMITS
from programs.program.kinds.registry import BY_NEED
from programs.program.models.plan import Activity, ActivityResult
from programs.program.models.remarks import Remark
from programs.program.order_facts import suspensions_on
from programs.program.rules import PROGRAM
from programs.program.states import BEFORE_APPROVAL, ENDED, EXPIRED, LIVE, State
from programs.program.visibility import in_visible_program

CONTENT = (
    "forms",
    "kinds",
    "difficulties",
    "strengths",
    "requests",
    "activities__statements",
    "left_out",
    "confirmations",
)
"""What a draft consists of and who confirmed it."""


def past_end(today: date | None = None) -> Q:
    """Return the condition of a program whose planned end has passed; ``Program.is_expired`` says the same of a row."""
    return Q(ends_on__lt=today or timezone.localdate())


class ProgramQuerySet(models.QuerySet):
    """Personalized programs."""

    def visible_to(self, user) -> Self:
        """All for director, curator and council; one's own, also after its end, for participants."""
        return self.filter(in_visible_program(user))

    def live(self) -> Self:
        """Programs that are being drafted, agreed or carried out."""
        return self.filter(state__in=LIVE)

    def running(self) -> Self:
        """Programs that are carried out, also those whose planned end has passed."""
        return self.filter(state=State.RUNNING)

    def going_on(self) -> Self:
        """Programs that are carried out and have not come to their planned end (п. 1.2)."""
        return self.running().exclude(past_end())

    def expired(self) -> Self:
        """Programs past their planned end that no order has ended yet: «срок истёк, подводятся итоги»."""
        return self.running().filter(past_end())

    def by_need(self) -> Self:
        """Programs whose meetings only follow the need, by all their kinds: a long silence is no sign (п. 2.3)."""
        chosen = Program.kinds.through.objects.filter(program=OuterRef("pk"))
        return self.filter(Exists(chosen), ~Exists(chosen.exclude(mentoringkind__code__in=BY_NEED)))

    def found_by(self, text: str) -> Self:
        """Programs that have every word of ``text``: in any form in title or goal, or as a beginning in them or in a
        name, present or former, of their people: «импровизации лидж».
        """
        found = self
        for word in words_of(text):
            people = Person.objects.found_by(word).filter(participations__pairing=OuterRef("pairing"))
            found = found.filter(in_text("search", word) | Exists(people))
        return found

    def of_department(self, department) -> Self:
        """Programs one of whose people works in the department."""
        inside = Participation.objects.filter(pairing=OuterRef("pairing"), employment__department=department)
        return self.filter(Exists(inside))

    def ended_in(self, year: int) -> Self:
        """Programs completed or terminated in the school year that begins in August of ``year``."""
        return self.filter(state__in=ENDED, ended_on__gte=date(year, 8, 1), ended_on__lt=date(year + 1, 8, 1))

    def of_year(self, year: int) -> Self:
        """Programs of a school year: of its pairs, ended in it, or not ended at all."""
        return self.filter(
            Q(pairing__school_year=year) | Q(state__in=LIVE) | Q(ended_on__gte=date(year, 8, 1), state__in=ENDED)
        )

    def with_progress(self, today: date) -> Self:
        """Annotate how far a program is, each fact by a query of its own row.

        ``planned`` activities, those ``done`` by somebody, ``to_check`` results, ``next_due``, ``met_on`` last.
        """
        plan = Activity.objects.filter(program=OuterRef("pk")).order_by()
        results = ActivityResult.objects.filter(activity=OuterRef("pk")).exclude(state=ActivityResult.State.RETURNED)
        waiting = ActivityResult.objects.filter(activity__program=OuterRef("pk"), state=ActivityResult.State.DONE)
        done = plan.filter(Exists(results))
        met = Program.objects.filter(pk=OuterRef("pk")).order_by()
        return self.annotate(
            planned=_number(plan, "program"),
            done=_number(done, "program"),
            to_check=_number(waiting.order_by(), "activity__program"),
            next_due=models.Subquery(plan.filter(~Exists(results)).order_by("due_on").values("due_on")[:1]),
            met_on=models.Subquery(
                met.values("pk")
                .annotate(
                    last=models.Max("meetings__held_on", filter=Q(meetings__held_on__lte=today, meetings__state="held"))
                )
                .values("last")
            ),
        )

    def with_open_remarks(self) -> Self:
        """Annotate whether a remark waits to be taken into account (``returned``)."""
        return self.annotate(returned=Exists(Remark.objects.filter(program=OuterRef("pk"), resolved_at__isnull=True)))

    def with_pause(self, today: date) -> Self:
        """Annotate whether an order has suspended the program on the day (``paused``), and until when."""
        lasting = suspensions_on(today).filter(program=OuterRef("pk")).order_by("since")
        return self.annotate(
            paused=Exists(lasting),
            paused_until=models.Subquery(lasting.values("until")[:1]),
            paused_resumes=models.Subquery(lasting.values("resumed_on")[:1]),
        )

    def with_overdue(self, today: date) -> Self:
        """Annotate ``is_overdue``; while a program is suspended nothing in it is overdue.

        An activity not done in time, the last day past, or the first day past unapproved.
        """
        suspended = suspensions_on(today).filter(program=OuterRef("pk"))
        done = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk")).exclude(
            state=ActivityResult.State.RETURNED
        )
        lagging = Participation.objects.live().filter(
            ~Exists(done), part="mentee", pairing=OuterRef("program__pairing")
        )
        late = Activity.objects.filter(Exists(lagging), program=OuterRef("pk"), due_on__lt=today)
        overdue = Q(state=State.RUNNING) & ~Exists(suspended) & (past_end(today) | Exists(late))
        unapproved = Q(state__in=BEFORE_APPROVAL, starts_on__lt=today)
        return self.annotate(
            is_overdue=models.Case(
                models.When(overdue | unapproved, then=True), default=False, output_field=models.BooleanField()
            )
        )

    def with_people(self) -> Self:
        """Prefetch the pairing with its live people: all that lists and titles read."""
        return self._with_people_of(present().select_related("person", "employment__department"))

    def _with_people_of(self, participations: models.QuerySet) -> Self:
        people = Prefetch("pairing__participations", participations, to_attr="people")
        return self.select_related("curator", "pairing").prefetch_related(people)

    def for_head(self) -> Self:
        """Read what stands above each page of a program: its people, its stages, whether it is suspended."""
        people = present().select_related("person", "candidate", "employment__department")
        people = people.annotate(last_day=last_day_of("person"))
        remarks = Prefetch("remarks", Remark.objects.select_related("by__person"))
        return self.with_pause(timezone.localdate())._with_people_of(people).prefetch_related(remarks)

    def for_page(self) -> Self:
        """Read everything that the page of a program and its requirements read, a query for each list."""
        people = with_consents(present()).select_related(
            "person", "candidate", "employment__department", "employment__organisation"
        )
        remarks = Prefetch("remarks", Remark.objects.select_related("by__person"))
        found = self.with_pause(timezone.localdate()).annotate(has_regulation=has_regulation())
        found = found._with_people_of(people).select_related("curator", "pairing", "trial")
        return found.prefetch_related(
            remarks,
            *CONTENT,
            "activities__results",
            "activities__materials",
            "conditions",
            "difficulty_rows__statement",
        )

    def with_requirements(self) -> Self:
        """Read everything that requirements of a program read."""
        return (
            self.select_related("curator", "pairing", "trial")
            .annotate(has_regulation=has_regulation())
            .prefetch_related(required_people("pairing__"), "remarks", *CONTENT)
        )


def _number(rows: models.QuerySet, by: str) -> Coalesce:
    """Count rows of a program in a subquery, where a join would count those of all programs."""
    return Coalesce(models.Subquery(rows.values(by).annotate(n=models.Count("pk")).values("n")), 0)


class Program(Stateful):
    """A program of 3 months to 1 year for one pair or group; it survives the replacement of a mentor."""

    State = State

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
    # {"short": {"goals": "…", "first_on": "2026-12-04"}}: what each chosen kind and form asks (programs/program/kinds)
    details = models.JSONField("как идёт работа", default=dict, blank=True)
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
    template = models.ForeignKey(
        ProgramTemplate, models.PROTECT, null=True, blank=True, related_name="programs", verbose_name="образец"
    )
    template_seen_at = models.DateTimeField(null=True, blank=True, editable=False)  # its changes till then are known
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
    goes_on_in = models.PositiveSmallIntegerField("продолжается в учебном году", null=True, blank=True, editable=False)
    results_published_at = models.DateTimeField("результаты опубликованы", null=True, blank=True, editable=False)
    results_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    from_paper = models.BooleanField("внесена с бумаги", default=False, editable=False)
    search = models.TextField(editable=False, default="", blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ProgramQuerySet.as_manager()
    WORKFLOW = PROGRAM

    # annotated by the queryset: with_pause, with_overdue, with_open_remarks, with_requirements
    paused: bool
    paused_until: date | None
    paused_resumes: date | None
    is_overdue: bool
    returned: bool
    has_regulation: bool

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
                violation_error_message=f"Срок программы — {LIMITS}",
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

    def __str__(self) -> str:
        return self.title

    @property
    def is_expired(self) -> bool:
        """Whether it still runs by its papers and its planned end has passed; ``past_end`` asks the same of rows."""
        return self.state == State.RUNNING and self.ends_on is not None and self.ends_on < timezone.localdate()

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django takes this one
        """Return the state in words: a program past its end does not run any more, its results are summed up."""
        return EXPIRED if self.is_expired else str(State(self.state).label)

    @property
    def approval(self) -> str:
        """«приказ от 02.09.2026 № 41-од» or «гриф «УТВЕРЖДАЮ» от 02.09.2026»; empty before the approval (п. 3.3)."""
        if not self.order_date:
            return ""
        day = f"{self.order_date:%d.%m.%Y}"
        return f"гриф «УТВЕРЖДАЮ» от\u00a0{day}" if self.by_grif else f"приказ от\u00a0{day} №\u00a0{self.order_number}"

    def save(self, *args, **kwargs) -> None:
        self.search = text_key(self.title, self.goal)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("programs:program", args=[self.pk])
