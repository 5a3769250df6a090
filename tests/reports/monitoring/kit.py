"""Monitorings for tests."""

from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.ui.list_filters import year_now
from reports.monitoring import acts
from reports.monitoring.models import Monitoring

PDF = b"%PDF-1.4\n%%EOF\n"
SWOT = {
    "strengths": "Наставник есть у каждого молодого педагога",
    "weaknesses": "Мало открытых уроков",
    "opportunities": "Просят помощи с ансамблем",
    "threats": "Наставники перегружены",
}


def a_monitoring(cast, **values) -> Monitoring:
    """Return a monitoring of this school year by a paper order; the chair leads the group, the mentor is in it."""
    scan = store_bytes(PDF, name="приказ.pdf", content_type="application/pdf")
    given = {
        "school_year": year_now(),
        "part": "year",
        "head": cast.chair.person,
        "members": [cast.mentor.person],
        "order_words": "приказ от 02.09.2026 № 41-од",
        "order_scan": scan,
    }
    return fresh(acts.begin(by=cast.curator, **(given | values)))


def fresh(monitoring) -> Monitoring:
    return Monitoring.objects.with_requirements().get(pk=monitoring.pk)


def written(monitoring, cast, **swot) -> Monitoring:
    """Return a monitoring with everything that its completion asks for."""
    by = cast.curator
    made = acts.weigh(monitoring, by=by, version=monitoring.version, **(SWOT | swot))
    texts = {"conclusions": "Система работает", "proposals": "Добавить открытые уроки"}
    made = acts.conclude(made, by=by, version=made.version, **texts)
    day = timezone.localdate()
    made = acts.minute(made, by=by, version=made.version, minutes_number="1", minutes_on=day, minutes_text="Принять")
    assessed = {"verdict": "partly", "assessment": "Уроков должно быть больше"}
    return fresh(acts.assess(made, by=cast.chair, version=made.version, **assessed))


def completed(cast, **values) -> Monitoring:
    """Return a monitoring that is completed."""
    return fresh(acts.complete(written(a_monitoring(cast, **values), cast), by=cast.curator))
