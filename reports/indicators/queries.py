"""The rows behind indicators: conditions of sets, never a query for a row. Each row stands in its set once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from mentoring_site.russian import add_months
from people.register.models import YOUNG_AGE, YOUNG_SERVICE, Employment, Person
from people.school.models import Organisation
from programs.catalogs.models import MentoringForm
from programs.completion.models import Completion, Outcome
from programs.journal.models import Meeting
from programs.learning.models import Moment, Skill, SkillRating, is_open
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.program.states import ENDED
from programs.requests import registry
from programs.requests.kinds.contest.models import GOES_ON, Contest
from programs.requests.models import Request
from reports.indicators.passports import Part
from reports.indicators.periods import SUMMER, Period
from roadmap.practices.models import Practice
from roadmap.training.models import Training, TrainingSettings

YEAR = timedelta(days=365)
MENTOR, MENTEE = Participation.Part.MENTOR, Participation.Part.MENTEE
RAISES = (("", "first"), ("", "highest"), ("fit", "first"), ("fit", "highest"), ("first", "highest"))
"""From which category to which is a rise: no category or a fit post, the first, the highest."""


def _own(day: date, **narrowed: Any) -> QuerySet:
    return Employment.objects.current(day).filter(organisation__kind=Organisation.Kind.OWN, **narrowed)


def teachers(period: Period) -> QuerySet:
    """Who holds a teaching post of the school on the last day."""
    return Person.objects.filter(Exists(_own(period.last, is_teaching=True).filter(person=OuterRef("pk"))))


def parts_on(first: date, last: date) -> QuerySet:
    """Participations by order on any of the days."""
    pairs = Q(pairing__assigned_on__lte=last) & (Q(pairing__ended_on=None) | Q(pairing__ended_on__gte=first))
    own = (Q(since=None) | Q(since__lte=last)) & (Q(until=None) | Q(until__gte=first))
    return Participation.objects.filter(pairs, own)


def taking_part(period: Period, *parts: str) -> QuerySet:
    """Who stands in a pair or group by order on the last day."""
    found = parts_on(period.last, period.last).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(found.filter(part__in=parts) if parts else found))


def teachers_taking_part(period: Period) -> QuerySet:
    """Teachers who stand in a pair or group on the last day."""
    return teachers(period).filter(pk__in=taking_part(period).values("pk"))


def teachers_leading(period: Period) -> QuerySet:
    """Teachers who lead somebody on the last day."""
    return teachers(period).filter(pk__in=taking_part(period, MENTOR).values("pk"))


def mentees(period: Period) -> QuerySet:
    """Mentees of the last day."""
    return taking_part(period, MENTEE)


def young(period: Period) -> QuerySet:
    """Young specialists among the teachers of the last day (п. 2.1, 3.5): by age and by service."""
    born, began = add_months(period.last, -12 * YOUNG_AGE), add_months(period.last, -12 * YOUNG_SERVICE)
    return teachers(period).filter(birth_date__gt=born, teaching_since__gt=began)


def young_led(period: Period) -> QuerySet:
    """Young specialists who are mentees on the last day."""
    return young(period).filter(pk__in=mentees(period).values("pk"))


def at_work(period: Period) -> QuerySet:
    """Programs that were carried out on any of the days."""
    return Program.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=period.first), started_on__isnull=False, started_on__lte=period.last
    )


def running_on(period: Period) -> QuerySet:
    """Programs that are carried out on the last day."""
    return at_work(Period(period.last, period.last)).exclude(ended_on=period.last)


def in_forms(period: Period) -> QuerySet:
    """Who took part in a program with a form on any of the days (п. 3.4)."""
    chosen = Program.forms.through.objects.filter(program=OuterRef("pk"))
    return Person.objects.filter(Exists(_in_programs(period, at_work(period).filter(Exists(chosen)))))


def _in_programs(period: Period, programs: QuerySet) -> QuerySet:
    return parts_on(period.first, period.last).filter(
        person=OuterRef("pk"), pairing__in=programs.order_by().values("pairing")
    )


def by_form(period: Period) -> list[Part]:
    """People by form; somebody in two forms stands in both."""
    return [
        Part(f"form-{form.pk}", form.name, Q(Exists(_in_programs(period, at_work(period).filter(forms=form.pk)))))
        for form in MentoringForm.objects.order_by("pk")
    ]


def _learnt(period: Period) -> QuerySet:
    return Training.objects.confirmed().ended_within(period.first, period.last).filter(person=OuterRef("pk"))


def teachers_learning(period: Period) -> QuerySet:
    """Teachers of the last day with a confirmed record of training that ended within the days."""
    return teachers(period).filter(Exists(_learnt(period)))


def by_training(period: Period) -> list[Part]:
    """Teachers by kind of training."""
    return [Part(code, label, Q(Exists(_learnt(period).filter(kind=code)))) for code, label in Training.Kind.choices]


def mentors(period: Period) -> QuerySet:
    """Mentors of the last day."""
    return taking_part(period, MENTOR)


def mentors_trained(period: Period) -> QuerySet:
    """Mentors of the last day who have learnt about mentoring since the day that the school has set."""
    since = TrainingSettings.get().counts_since(period.last)
    about = Training.objects.confirmed().ended_within(since, period.last).filter(about_mentoring=True)
    return mentors(period).filter(Exists(about.filter(person=OuterRef("pk"))))


def mentors_loaded(period: Period) -> QuerySet:
    """Mentors of the last day with how many people each leads (``load``)."""
    day = period.last
    led = parts_on(day, day).filter(part=MENTOR, person=OuterRef(OuterRef("pk"))).values("pairing")
    people = parts_on(day, day).filter(part=MENTEE, pairing__in=led).order_by().values("part")
    number = people.annotate(n=Count("person", distinct=True)).values("n")
    return mentors(period).annotate(load=Coalesce(Subquery(number, output_field=IntegerField()), 0))


def ended(period: Period) -> QuerySet:
    """Programs that ended within the days."""
    return Program.objects.filter(state__in=ENDED, ended_on__range=(period.first, period.last))


def completions(period: Period) -> QuerySet:
    """Ends of programs for mentees, by order, within the days."""
    return Completion.objects.filter(state=Completion.State.REGISTERED, ended_on__range=(period.first, period.last))


def by_reason(period: Period) -> list[Part]:
    """Ends by reason (п. 7.1)."""
    return [Part(code, label, Q(reason=code)) for code, label in Completion.Reason.choices]


def completions_by_plan(period: Period) -> QuerySet:
    """Ends because the plan was done in full."""
    return completions(period).filter(reason=Completion.Reason.PLAN_DONE)


def outcomes(period: Period) -> QuerySet:
    """What became of the difficulties of those whose programs ended within the days."""
    return Outcome.objects.filter(completion__in=completions(period).order_by().values("pk"))


def outcomes_resolved(period: Period) -> QuerySet:
    """Difficulties that are gone."""
    return outcomes(period).filter(level=Outcome.Level.RESOLVED)


def by_level(period: Period) -> list[Part]:
    """Difficulties by what became of them."""
    return [Part(code, label, Q(level=code)) for code, label in Outcome.Level.choices]


def skills_twice(period: Period) -> QuerySet:
    """Skills that the mentee has rated before and after, the latter within the days; how far it rose (``rise``).

    What nobody may read yet is not counted.
    """
    own = SkillRating.objects.filter(skill=OuterRef("pk"), part=MENTEE)
    end = own.filter(is_open(), moment=Moment.END, rated_at__date__range=(period.first, period.last))
    start = own.filter(moment=Moment.START)
    value = {"output_field": IntegerField()}
    rated = Skill.objects.annotate(before=Subquery(start.values("value")[:1], **value))
    rated = rated.annotate(after=Subquery(end.values("value")[:1], **value))
    return rated.filter(before__isnull=False, after__isnull=False).annotate(
        rise=ExpressionWrapper(F("after") - F("before"), output_field=IntegerField())
    )


def skills_risen(period: Period) -> QuerySet:
    """Skills that the mentee rates higher after than before."""
    return skills_twice(period).filter(after__gt=F("before"))


def ended_year_ago(period: Period) -> QuerySet:
    """Ends of programs of which a year has passed within the days."""
    return completions(Period(period.first - YEAR, period.last - YEAR))


def stayed(period: Period) -> QuerySet:
    """Those whose mentee works in the school a year after the end."""
    after = Cast(ExpressionWrapper(OuterRef("ended_on") + YEAR, output_field=DateField()), DateField())
    work = Employment.objects.filter(
        Q(since=None) | Q(since__lte=after),
        Q(until=None) | Q(until__gte=after),
        organisation__kind=Organisation.Kind.OWN,
        person=OuterRef("participation__person"),
    )
    return ended_year_ago(period).filter(Exists(work))


def contests(period: Period) -> QuerySet:
    """Contests and events of mentees that are over, within the days, and took place."""
    held = Contest.objects.filter(request__state__in=GOES_ON, ends_on__range=(period.first, period.last))
    return held.exclude(result__in=["", Contest.Result.CANCELLED])


def contests_won(period: Period) -> QuerySet:
    """Those with a diploma or a title."""
    return contests(period).won()  # type: ignore[attr-defined]


def by_contest_level(period: Period) -> list[Part]:
    """Contests by level."""
    return [Part(code, label, Q(level=code)) for code, label in Contest.Level.choices]


def practices(period: Period) -> QuerySet:
    """Practices that the council has taken into the bank within the days."""
    return Practice.objects.in_bank().filter(reviewed_at__date__range=(period.first, period.last))


def ever_taking_part(period: Period) -> QuerySet:
    """Who has stood in a pair or group by order up to the last day."""
    return Person.objects.filter(Exists(parts_on(date.min, period.last).filter(person=OuterRef("pk"))))


def categories_raised(period: Period) -> QuerySet:
    """Participants, former ones too, whose category was raised in the school's records within the days."""
    changed = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Person),
        object_id=OuterRef("pk"),
        action=LogEntry.Action.UPDATE,
        timestamp__date__range=(period.first, period.last),
    )
    rise = Q(pk__in=[])
    for old, new in RAISES:
        rise |= Q(changes__category__0=old, changes__category__1=new)
    return ever_taking_part(period).filter(Exists(changed.filter(rise)))


def meetings(period: Period) -> QuerySet:
    """Meetings held within the days that both sides have confirmed."""
    held = Meeting.objects.filter(held_on__range=(period.first, period.last))
    return held.with_confirmed().filter(confirmed=True)


def by_format(period: Period) -> list[Part]:
    """Meetings by how they were held."""
    return [Part(code, label, Q(format=code)) for code, label in Meeting.Format.choices]


def meetings_outside_summer(period: Period) -> QuerySet:
    """Those of them outside the months of leave."""
    return meetings(period).exclude(held_on__month__in=SUMMER)


def program_months(period: Period) -> float:
    """Return how many months programs were at work outside the summer, all together; one query."""
    terms = at_work(period).order_by().values_list("started_on", "ended_on")
    days = sum(_school_days(max(since, period.first), min(until or period.last, period.last)) for since, until in terms)
    return days * 12 / 365


def _school_days(first: date, last: date) -> int:
    """Return how many days from the first to the last are outside the summer, both included."""
    total = max((last - first).days + 1, 0)
    for year in range(first.year, last.year + 1):
        begins, ends = date(year, SUMMER[0], 1), date(year, SUMMER[-1] + 1, 1) - timedelta(days=1)
        total -= max((min(last, ends) - max(first, begins)).days + 1, 0)
    return max(total, 0)


def decided(period: Period) -> QuerySet:
    """Requests decided within the days, filed outside the summer; how long each waited (``waited``)."""
    found = Request.objects.filter(decided_at__date__range=(period.first, period.last))
    found = found.exclude(filed_on__month__in=SUMMER).annotate(decided_on=TruncDate("decided_at"))
    waited = ExpressionWrapper(F("decided_on") - F("filed_on"), output_field=DurationField())
    return found.annotate(waited=waited)


def with_term(period: Period) -> QuerySet:
    """Those of them that had a day to be answered by."""
    return decided(period).filter(due_on__isnull=False)


def decided_in_time(period: Period) -> QuerySet:
    """Those decided on that day at the latest."""
    return with_term(period).filter(decided_on__lte=F("due_on"))


def by_kind(period: Period) -> list[Part]:
    """Requests by kind."""
    return [Part(code, label, Q(kind=code)) for code, label in _choices()]


def _choices() -> Iterable[tuple[str, str]]:
    return registry.choices()
