"""Acts to be read and whom they concern: by role, by post, by name, or all who work here (ТК 22, 68; п. 4.2, 5.2)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.language.declension import post_of
from people.register.models import Employment, Person, PersonQuerySet
from people.rights import CHAIR, CLERK, COUNCIL, CURATOR, DIRECTOR, MENTEE, MENTOR, SECRETARY, Right
from people.roles import letters as role_letters
from people.roles.models import RoleGrant
from programs.pairings.models import Participation
from reports.documents.local_acts.models import ActReader, LocalAct
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.models import Regulation

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


def concerned(audience: list[str], posts: Iterable[str] = ()) -> PersonQuerySet:
    """Return the persons whom an audience means today: by role, and by the posts that they hold in the school."""
    own = Employment.objects.current().filter(organisation__kind="own")
    found = Q(pk__in=own.filter(post__in=posts).values("person")) if posts else Q()
    for code in audience:
        if code == STAFF:
            found |= Q(pk__in=own.values("person"))
        elif code in (MENTOR, MENTEE):
            found |= Q(pk__in=Participation.objects.engaged().filter(part=code).values("person"))
        else:
            found |= Q(pk__in=RoleGrant.objects.live().filter(role__in=_ROLES.get(code, (code,))).values("person"))
    return Person.objects.filter(found) if found else Person.objects.none()


def known_posts() -> list[str]:
    """Return the posts that somebody holds in the school today, in order of the alphabet."""
    own = Employment.objects.current().filter(organisation__kind="own").exclude(post="")
    return sorted(set(own.order_by().values_list("post", flat=True)), key=str.casefold)


def in_words(act: LocalAct) -> str:
    """Return whom the act concerns: «наставники и куратор»; by name when nothing was chosen."""
    posts = [f"«{post}»" for post in act.posts]
    return joined([AUDIENCE[code] for code in act.audience if code in AUDIENCE] + posts) or "поимённо"


@transaction.atomic
def add_act(
    *,
    by: User,
    kind: str,
    about: str,
    number: str,
    date: dt.date,
    file: StoredFile | None,
    audience: list[str],
    posts: Iterable[str] = (),
    persons: Iterable[Person] = (),
    approvals: Iterable[Mapping[str, Any]] = (),
    is_public: bool = False,
) -> LocalAct:
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
        posts=list(posts),
        approvals=list(approvals),
        is_public=is_public,
        created_by=by,
    )
    return _laid_out(act, by, persons, "записан локальный акт")


@transaction.atomic
def read_laws(
    laws: Iterable[LegalAct],
    *,
    by: User,
    audience: Iterable[str] = (),
    posts: Iterable[str] = (),
    persons: Iterable[Person] = (),
) -> list[LocalAct]:
    """Ask people to study acts of the legal base in their editions of today (п. 4.2, 5.2).

    An act that people study already gets a wider audience. Raises ``NotAllowed``; ``Refused`` for an act out of force,
    and when it concerns nobody.
    """
    require(by, Right.ORDERS_REGISTER)
    one_at_a_time("legal-readings")
    wanted, of_posts, people, made = list(audience), list(posts), list(persons), []
    for law in laws:
        if not law.in_force_on(timezone.localdate()):
            raise Refused(f"{law.short_name} не действует: знакомить с ним не нужно")
        act = LocalAct.objects.filter(legal_act=law, edition=law.edition).first()
        if act is None:
            made.append(_laid_out(_of_law(law, by, wanted, of_posts), by, people, "предложен для изучения"))
            continue
        act.audience = [*act.audience, *(code for code in wanted if code not in act.audience)]
        act.posts = [*act.posts, *(post for post in of_posts if post not in act.posts)]
        act.save()
        extend(act, by=by, persons=people)
        made.append(act)
    return made


def _of_law(law: LegalAct, by: User, audience: list[str], posts: list[str]) -> LocalAct:
    return LocalAct.objects.create(
        kind=LocalAct.Kind.LAW,
        about=law.name,
        number=law.number,
        date=law.date or timezone.localdate(),
        legal_act=law,
        edition=law.edition,
        audience=audience,
        posts=posts,
        created_by=by,
    )


@transaction.atomic
def read_again(act: LocalAct, *, by: User) -> LocalAct:
    """Ask the same people to study the new edition of an act; who has not read the old one reads the new one only.

    Returns the reading of the new edition. Raises ``NotAllowed``; ``Already`` when there is no newer one.
    """
    require(by, Right.ORDERS_REGISTER)
    one_at_a_time("legal-readings")
    fresh = LocalAct.objects.outdated().select_related("legal_act").filter(pk=act.pk).first()
    if fresh is None or fresh.legal_act is None:
        raise Already("Новой редакции этого акта нет: все читают ту, что действует")
    people = list(Person.objects.at_work().filter(pk__in=fresh.readers.values("person")))
    dropped = fresh.readers.filter(read_at__isnull=True).delete()[0]
    record(fresh, "local-act-edition", by=by, words="вышла новая редакция: читают её", dropped=dropped)
    made = _of_law(fresh.legal_act, by, fresh.audience, fresh.posts)
    return _laid_out(made, by, people, "новая редакция предложена для изучения")


def former_readers(version: Regulation) -> PersonQuerySet:
    """Return who was asked to read the versions before and works here: they read this one again (п. 9.2)."""
    lines = ActReader.objects.filter(act__regulation__isnull=False).exclude(act__regulation=version)
    return Person.objects.at_work().filter(pk__in=lines.values("person"))


@transaction.atomic
def read_regulation(
    version: Regulation,
    *,
    by: User,
    audience: Iterable[str] = (),
    posts: Iterable[str] = (),
    persons: Iterable[Person] = (),
) -> LocalAct:
    """Ask people to read the Положение in force; who has not read a former version reads this one only (п. 9.2).

    Raises ``NotAllowed``; ``Already`` when they are asked; ``Refused`` for a version not in force or for nobody.
    """
    require(by, Right.ORDERS_REGISTER)
    one_at_a_time("legal-readings")
    if version.state != Regulation.State.APPROVED or version.order_date is None:
        raise Refused("Знакомят с Положением, которое действует")
    if LocalAct.objects.filter(regulation=version).exists():
        raise Already("Эту редакцию уже читают: новых людей добавляют на её странице")
    people = list(persons)
    ActReader.objects.filter(act__regulation__isnull=False, read_at__isnull=True).delete()
    made = LocalAct.objects.create(
        kind=LocalAct.Kind.REGULATION,
        about=version.title.removeprefix("Положение").strip(),
        number=version.order_number,
        date=version.order_date,
        regulation=version,
        audience=list(audience),
        posts=list(posts),
        approvals=version.approvals,
        created_by=by,
    )
    return _laid_out(made, by, people, "предложено для изучения")


def _laid_out(act: LocalAct, by: User, persons: Iterable[Person], words: str) -> LocalAct:
    """Put everybody concerned on the sheet of a new act. Raises ``Refused`` when that is nobody."""
    record(act, "local-act", by=by, words=words)
    if not extend(act, by=by, persons=persons):
        raise Refused("Акт никого не касается: выберите, кому знакомиться, по роли, должности или поимённо")
    return act


@transaction.atomic
def extend(act: LocalAct, *, by: User, persons: Iterable[Person] = ()) -> int:
    """Put on the sheet those who came under the act's audience since, and the named persons; returns how many."""
    require(by, Right.ORDERS_REGISTER)
    return _extended(act, by, persons)


def _extended(act: LocalAct, by: User | None, persons: Iterable[Person] = ()) -> int:
    people = {p.pk: p for p in [*missing(act), *persons]}
    known = set(act.readers.values_list("person", flat=True))
    fresh = (
        Person.objects.filter(pk__in=people.keys() - known).select_related("user").with_posts().order_by("search", "pk")
    )
    rows = [ActReader(act=act, person=p, post=post_of(p)) for p in fresh]
    ActReader.objects.bulk_create(rows)
    for person in fresh:
        if by is None or person.pk != by.person_id:
            role_letters.mail_person(person, "act_to_read", asks=str(act.pk), local_act=act)
    if rows and known:
        record(act, "readers", by=by, words="в лист ознакомления добавлены люди", people=[p.pk for p in fresh])
    return len(rows)


def missing(act: LocalAct) -> PersonQuerySet:
    """Return whom the act concerns by role or post and who is not on its sheet yet."""
    return concerned(act.audience, act.posts).exclude(pk__in=act.readers.values("person"))


def extend_due() -> int:
    """Put people who got a role or a post since on the sheets that concern them; returns how many. Called by the clock.

    So a new mentor gets what mentors read without anybody's asking (п. 4.2).
    """
    return sum(_extend_one(pk) for pk in LocalAct.objects.current().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _extend_one(pk: int) -> int:
    act = LocalAct.objects.select_related("legal_act").get(pk=pk)
    if not (act.audience or act.posts) or not missing(act).exists():
        return 0
    locked(act)
    return _extended(act, None)


@transaction.atomic
def publish(act: LocalAct, *, by: User, shown: bool) -> LocalAct:
    """Show a local act in the public section, or take it away. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.SITE_EDIT)
    fresh = locked(act)
    if fresh.file is None:
        raise Refused("На сайте показывается файл акта: Положение и правовые акты стоят там сами")
    if fresh.is_public == shown:
        raise Already("Акт уже показан на сайте" if shown else "Акт на сайте и так не показан")
    fresh.is_public = shown
    fresh.save()
    words = "показан на сайте" if shown else "убран с сайта"
    record(fresh, "local-act-publish" if shown else "local-act-hide", by=by, words=words)
    return fresh
