"""The demo school looks back: last year's monitoring is completed, this year's goes on; a note is kept (п. 3.4)."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site.russian import rudate
from mentoring_site.ui.list_filters import year_now
from reports.indicators.periods import Period
from reports.monitoring import acts, gathering
from reports.monitoring.models import Monitoring
from reports.statistics import acts as statistics

SPARE = {
    "strengths": "Наставники сами предлагают темы и проводят открытые уроки.",
    "weaknesses": "Встречи записывают с опозданием, часть — только к концу месяца.",
    "opportunities": "Договор с колледжем искусств позволяет вести ансамбли вместе.",
    "threats": "Опытные наставники ведут по нескольку человек, заменить их некому.",
}
CONCLUSIONS = (
    "Система наставничества работает: программы идут по плану, встречи проходят регулярно.\nОткрытых уроков мало."
)
PROPOSALS = (
    "Куратору: включить открытый урок в каждую программу, до 1 октября.\n"
    "Методическому совету: подготовить ещё двух наставников, до конца полугодия."
)
ASSESSMENT = "Результаты соответствуют целям. Совет обращает внимание на число открытых уроков."


def life_of_monitoring(demo):
    """Return the steps of monitoring and of the note of statistics."""
    return (last_year(demo, 95), this_year(demo, 28), note(demo, 60))


def _begun(demo, school_year: int) -> Monitoring:
    today, curator = timezone.localdate(), demo.user("curator")
    return acts.begin(
        by=curator,
        school_year=school_year,
        part="year",
        head=curator.person,
        members=[demo.user(name).person for name in ("chair", "mentor")],
        order_words=f"приказ от {rudate(today)} №\u00a0{today.month + 40}-од",
        order_scan=demo.scan,
    )


def _weighed(monitoring: Monitoring, demo) -> Monitoring:
    """SWOT by the draft, with the curator's own line where the data have nothing to say."""
    found = {name: text or SPARE[name] for name, text in gathering.answer(monitoring).items()}
    return acts.weigh(monitoring, by=demo.user("curator"), version=monitoring.version, **found)


def _fresh(monitoring: Monitoring) -> Monitoring:
    return Monitoring.objects.with_requirements().get(pk=monitoring.pk)


def last_year(demo, days_ago: int):
    """Begun, written, assessed by the chair and completed: all in the year that has ended."""
    yield days_ago + 20
    curator = demo.user("curator")
    made = _begun(demo, year_now() - 1)
    yield days_ago + 8
    made = _weighed(_fresh(made), demo)
    made = acts.conclude(made, by=curator, version=made.version, conclusions=CONCLUSIONS, proposals=PROPOSALS)
    day = timezone.localdate() - timedelta(days=1)
    made = acts.minute(
        made,
        by=curator,
        version=made.version,
        minutes_number="1",
        minutes_on=day,
        minutes_text="Передать выводы методическому совету.",
        minutes_scan=demo.scan,
    )
    yield days_ago + 3
    acts.assess(made, by=demo.user("chair"), version=made.version, verdict="partly", assessment=ASSESSMENT)
    yield days_ago
    acts.complete(_fresh(made), by=curator)


def this_year(demo, days_ago: int):
    """This year's is begun; SWOT is drafted, the rest is awaited."""
    yield days_ago
    made = _begun(demo, year_now())
    yield 4
    _weighed(_fresh(made), demo)


def note(demo, days_ago: int):
    """The numbers of a day are kept."""
    yield days_ago
    today = timezone.localdate()
    statistics.keep(Period(today, today), by=demo.user("curator"))
