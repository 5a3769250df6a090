"""Who has been given a new post at the school lately, at any age: by the dates and the log of the register (п. 3.5)."""

from datetime import date

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.register.filters import years_ago
from people.register.models import Employment

LATELY_YEARS = 1


def given_new_post(today: date | None = None) -> Q:
    """Persons who hold a post of the school that began after another one, or was rewritten, within the last year."""
    today = today or timezone.localdate()
    lately = years_ago(LATELY_YEARS, today)
    own = Employment.objects.current(today).filter(organisation__kind="own", person=OuterRef("pk"))
    before = Employment.objects.filter(organisation__kind="own", person=OuterRef("person"))
    before = before.filter(Q(since__isnull=True) | Q(since__lt=OuterRef("since"))).exclude(post=OuterRef("post"))
    rewritten = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Employment),
        object_id=OuterRef("pk"),
        action=LogEntry.Action.UPDATE,
        timestamp__date__gt=lately,
        changes__has_key="post",
    )
    return Q(Exists(own.filter(Exists(before), since__gt=lately))) | Q(Exists(own.filter(Exists(rewritten))))
