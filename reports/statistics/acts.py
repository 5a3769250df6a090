"""The one act: a note of statistics is kept with its day (п. 3.4)."""

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.rights import Right
from reports.indicators.periods import Period
from reports.statistics import documents
from reports.statistics.models import StatisticsNote


@transaction.atomic
def keep(period: Period, *, by: User) -> StatisticsNote:
    """Keep the numbers of some days as they are now.

    Raises ``NotAllowed``; ``Already`` when the same numbers of the same days are the last that were kept.
    """
    require(by, Right.STATISTICS_KEEP)
    one_at_a_time("statistics notes")
    facts = documents.facts(period)
    last = StatisticsNote.objects.filter(first=period.first, last=period.last).order_by("-pk").first()
    if last is not None and last.facts["tables"] == facts["tables"]:
        raise Already("Справка с этими числами за эти дни уже сохранена")
    now = timezone.now()
    facts["kept"] = documents.kept_words(now, by)
    made = StatisticsNote.objects.create(first=period.first, last=period.last, facts=facts, kept_at=now, kept_by=by)
    record(made, "keep", by=by, words="справка для статистики сохранена")
    return made
