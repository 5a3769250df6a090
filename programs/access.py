"""Who may see which pairs and programmes, and what their pages prefetch."""

from datetime import date
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

LIVE_PAIRINGS = ("proposed", "recommended", "assigned")


class PairingQuerySet(models.QuerySet):
    """Pairs and groups."""

    def visible_to(self, user):
        """All for director, curator and council; one's own, also after its end, for participants."""
        if user.can("pairings.see_all"):
            return self
        return self.filter(pk__in=user.person.participations.values("pairing"))

    def papers_visible_to(self, user):
        """All for those who prepare papers; the clerk keeps them without reading what pairs write to each other."""
        return self if user.can("papers.see_all") else self.none()

    def live(self):
        """Pairs on their way or at work."""
        return self.filter(state__in=LIVE_PAIRINGS)

    def found_by(self, text: str):
        """Pairings whose people have name words that begin with the words of ``text``: «мель ким» finds the pair."""
        from people.models import Person
        from people.names import search_terms

        found = self
        for term in search_terms(text):
            people = Person.objects.found_by(term).filter(participations__pairing=models.OuterRef("pk"))
            found = found.filter(models.Exists(people))
        return found

    def of_department(self, department):
        """Pairings one of whose people works in the department."""
        from programs.models import Participation

        inside = Participation.objects.filter(pairing=models.OuterRef("pk"), employment__department=department)
        return self.filter(models.Exists(inside))

    def with_people(self):
        """Prefetch participations with persons (``people``) and topics: all that lists and titles read."""
        participations = present().select_related("person", "employment__department")
        return self.prefetch_related(models.Prefetch("participations", participations, to_attr="people"), "topics")

    def with_requirements(self, *, topics: bool = True):
        """Everything that requirements of a pairing read: people, candidates, load, live consents, the Положение.

        ``topics`` are read by pages only.
        """
        return self.annotate(has_regulation=has_regulation()).prefetch_related(
            required_people(), *(("topics",) if topics else ())
        )


def present():
    """Participations that go on, or that lasted until the end of their pairing: an ended pair keeps its people."""
    from programs.models import Participation

    return Participation.objects.filter(Q(until__isnull=True) | Q(until=models.F("pairing__ended_on")))


def required_people(before: str = ""):
    """Prefetch ``people`` of pairings with all that requirements read of them; ``before`` leads to the pairing."""
    return models.Prefetch(f"{before}participations", _required_on(timezone.localdate()).all(), to_attr="people")


@lru_cache(maxsize=2)
def _required_on(today: date):
    """Build the query of ``required_people`` once a day: it takes as long to build as to ask, and every act asks it."""
    people = with_consents(present(), today).select_related("person", "candidate", "employment__department")
    return people.annotate(load=load_of("person"))


def has_regulation():
    """Return an expression: whether the signed order on the Положение is recorded (п. 3.1)."""
    from people.models import School

    return models.Exists(School.objects.filter(regulation_date__isnull=False))


def with_consents(participations, today: date | None = None):
    """Annotate participations with whether the consents to the duties and to the processing are live (today)."""
    from people.models import Consent

    consents = Consent.objects.live(today)
    return participations.annotate(
        has_duties=models.Exists(
            consents.filter(
                person=models.OuterRef("person"),
                part=models.OuterRef("part"),
                matter=models.OuterRef("pairing__uuid"),
            )
        ),
        has_processing=models.Exists(consents.filter(person=models.OuterRef("person"), purpose="processing")),
    )


def load_of(person: str):
    """Return an expression: how many mentees the person of the outer row leads, with proposed ones (п. 6.1)."""
    from programs.models import Participation

    led = (
        Participation.objects.live()
        .filter(part="mentor", person=models.OuterRef(models.OuterRef(person)))
        .values("pairing")
    )
    mentees = Participation.objects.live().filter(part="mentee", pairing__state__in=LIVE_PAIRINGS, pairing__in=led)
    count = mentees.order_by().values("part").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(count, output_field=models.IntegerField()), 0)


class ProgramQuerySet(models.QuerySet):
    """Personalised programmes."""

    def visible_to(self, user):
        """All for director, curator and council; one's own, also after its end, for participants."""
        if user.can("programs.see_all"):
            return self
        return self.filter(Q(pairing__in=user.person.participations.values("pairing")))

    def live(self):
        """Programmes that are being drafted, agreed or carried out."""
        return self.filter(state__in=["draft", "submitted", "agreed", "approved", "running"])

    def found_by(self, text: str):
        """Programmes in whose title or people's names words begin with every word of ``text``: «имп лидж»."""
        from people.models import Person
        from people.names import search_terms

        found = self
        for term in search_terms(text):
            people = Person.objects.found_by(term).filter(participations__pairing=models.OuterRef("pairing"))
            found = found.filter(Q(search__contains=term) | models.Exists(people))
        return found

    def of_department(self, department):
        """Programmes one of whose people works in the department."""
        from programs.models import Participation

        inside = Participation.objects.filter(pairing=models.OuterRef("pairing"), employment__department=department)
        return self.filter(models.Exists(inside))

    def with_open_remarks(self):
        """Annotate whether a remark waits to be taken into account (``returned``)."""
        from programs.models import Remark

        open_remarks = Remark.objects.filter(program=models.OuterRef("pk"), resolved_at__isnull=True)
        return self.annotate(returned=models.Exists(open_remarks))

    def with_pause(self, today):
        """Annotate whether an order has suspended the programme on the day (``paused``), and until when."""
        from programs.models import Pause

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
        """Annotate ``is_overdue``; while a programme is suspended nothing in it is overdue. An activity not done in time, the last day past, or the first day past unapproved."""
        from programs.models import Activity, ActivityResult, Participation, Pause

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
