"""Acts of news: write and change (п. 8.1).

Whom a text names is found when it is written, and asked again when it is shown.
"""

from django.db import transaction

from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.accounts.models import User
from people.language.mentions import people_named_in
from people.register.models import Person
from people.rights import Right
from programs.pairings.models import Participation
from reports.site.models import News


@transaction.atomic
def save(item: News, *, by: User, version: int | None = None) -> News:
    """Write a new or changed piece of news. Raises ``NotAllowed``; ``Stale`` when it was changed since ``version``."""
    require(by, Right.SITE_EDIT)
    is_new = item.pk is None
    if not is_new:
        claim_version(item, item.version if version is None else version)
    item.save()
    item.people.set(people_in(f"{item.title}\n{item.text}"))
    record(item, "news", by=by, words="новость написана" if is_new else "новость изменена")
    return item


def people_in(text: str) -> list[Person]:
    """Return the participants of all times whom ``text`` names."""
    people = Person.objects.filter(pk__in=Participation.objects.values("person"))
    columns = ("last_name", "first_name", "middle_name", "gender", "former_search")
    return people_named_in(text, people.only(*columns).prefetch_related("former_names"))
