"""The school settles a term of keeping (приказ Росархива № 236)."""

from typing import Any

from django.db import transaction

from mentoring_site.rights import require
from mentoring_site.workflow import Refused, claim_version, record
from people.retention.models import RetentionTerm
from people.retention.rules import archive_source, words
from people.rights import Actor, Right

CHANGED = ("documents", "kind", "years", "by_commission", "from_day", "article", "note")


@transaction.atomic
def change(term: RetentionTerm, *, by: Actor, version: int, **values: Any) -> RetentionTerm:
    """Change a row of the table. Raises ``NotAllowed``; ``Stale``; ``Refused`` for years without a number."""
    require(by, Right.RETENTION_EDIT)
    values = {name: values[name] for name in CHANGED}
    if values["kind"] != RetentionTerm.Kind.YEARS:
        values |= {"years": None, "by_commission": False, "from_day": False}
    elif not values["years"]:
        raise Refused("Укажите, сколько лет хранить")
    claim_version(term, version)
    RetentionTerm.objects.filter(pk=term.pk).update(**values)
    term.refresh_from_db()
    said = f"срок хранения: {term.documents} — {words(term, archive_source())}"[:300]
    record(term, "change", by=by, words=said)
    return term
