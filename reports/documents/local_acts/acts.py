"""Local acts of the school and whom they concern: by role, by name, or everybody who works here (ТК 22, 68; п. 3.3)."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.language.declension import post_of
from people.register.models import Employment, Person, PersonQuerySet
from people.rights import CHAIR, CLERK, COUNCIL, CURATOR, DIRECTOR, MENTEE, MENTOR, SECRETARY, Right
from people.roles import letters as role_letters
from people.roles.models import RoleGrant
from programs.pairings.models import Participation
from reports.documents.local_acts.models import ActReader, LocalAct

STAFF = "staff"
AUDIENCE = {
    STAFF: "все работники школы",
    MENTOR: "наставники",
    MENTEE: "наставляемые",
    CURATOR: "куратор",
    COUNCIL: "методический совет",
    CLERK: "специалист по кадрам",
    DIRECTOR: "директор",
}
_ROLES = {COUNCIL: (CHAIR, SECRETARY, COUNCIL)}


def concerned(audience: list[str]) -> PersonQuerySet:
    """Return the persons whom an audience means today."""
    found = Q()
    for code in audience:
        if code == STAFF:
            found |= Q(pk__in=Employment.objects.current().filter(organisation__kind="own").values("person"))
        elif code in (MENTOR, MENTEE):
            found |= Q(pk__in=Participation.objects.engaged().filter(part=code).values("person"))
        else:
            found |= Q(pk__in=RoleGrant.objects.live().filter(role__in=_ROLES.get(code, (code,))).values("person"))
    return Person.objects.filter(found) if found else Person.objects.none()


def in_words(act: LocalAct) -> str:
    """Return whom the act concerns: «наставники и куратор»; by name when no role was chosen."""
    return joined([AUDIENCE[code] for code in act.audience if code in AUDIENCE]) or "поимённо"


@transaction.atomic
def add_act(*, by: User, kind: str, about: str, number: str, date, file, audience: list[str], persons=()) -> LocalAct:
    """Record a local act with its file and put everybody concerned on its sheet; they get a letter.

    Raises ``NotAllowed``; ``Refused`` for a future date and when the act concerns nobody.
    """
    require(by, Right.ORDERS_REGISTER)
    if date > timezone.localdate():
        raise Refused("Дата приказа об утверждении ещё не наступила")
    act = LocalAct.objects.create(
        kind=kind,
        about=about.strip(),
        number=number.strip(),
        date=date,
        file=file,
        audience=list(audience),
        created_by=by,
    )
    record(act, "local-act", by=by, words="записан локальный акт")
    if not extend(act, by=by, persons=persons):
        raise Refused("Акт никого не касается: выберите, кому знакомиться, по роли или поимённо")
    return act


@transaction.atomic
def extend(act: LocalAct, *, by: User, persons=()) -> int:
    """Put on the sheet those who came under the act's audience since, and the named persons; returns how many."""
    require(by, Right.ORDERS_REGISTER)
    people = {p.pk: p for p in [*missing(act), *persons]}
    known = set(act.readers.values_list("person", flat=True))
    fresh = (
        Person.objects.filter(pk__in=people.keys() - known).select_related("user").with_posts().order_by("search", "pk")
    )
    rows = [ActReader(act=act, person=p, post=post_of(p)) for p in fresh]
    ActReader.objects.bulk_create(rows)
    for person in fresh:
        if person.pk != by.person_id:
            role_letters.mail_person(person, "act_to_read", asks=str(act.pk), local_act=act)
    if rows and known:
        record(act, "readers", by=by, words="в лист ознакомления добавлены люди", people=[p.pk for p in fresh])
    return len(rows)


def missing(act: LocalAct) -> PersonQuerySet:
    """Return whom the act concerns by role and who is not on its sheet yet."""
    return concerned(act.audience).exclude(pk__in=act.readers.values("person"))
