"""Acts of news: write and change (п. 8.1).

Whom a text names is found when it is written, and asked again when it is shown.
"""

from django.db import transaction

from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.accounts.models import User
from people.rights import Right
from programs.pairings.mentions import people_in
from reports.site.models import News


@transaction.atomic
def save(item: News, *, by: User, version: int | None = None) -> News:
    """Write a new or changed piece of news; the council writes drafts, others publish them (п. 3.5).

    Raises ``NotAllowed``; ``Stale`` when it was changed since ``version``.
    """
    is_new = item.pk is None
    stands = not is_new and News.objects.filter(pk=item.pk, is_public=True).exists()
    require(by, Right.SITE_EDIT if item.is_public or stands else Right.SITE_DRAFT)
    if not is_new:
        claim_version(item, item.version if version is None else version)
    item.save()
    item.people.set(people_in(f"{item.title}\n{item.text}"))
    record(item, "news", by=by, words="новость написана" if is_new else "новость изменена")
    return item
