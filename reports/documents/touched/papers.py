"""Signed papers that a changed fact touches, found in the papers themselves: what they say and what is so today."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import rudate
from people.consents.models import Consent
from people.language.declension import post_of
from people.register.models import FormerName, Person
from people.roles.holders import signer
from programs.changes.amendment.models import Amendment
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from programs.program.states import IN_FORCE
from reports.documents.touched.rules import RULES, SPENT, Fact, Need, Paper
from reports.orders.models import Acquaintance, Order, OrderItem

STANDING = ("curator", "association")  # kinds whose orders stay in force until another one
LEFT = "left_as_is"  # verb of the log: somebody decided that an order stays as it is


@dataclass(frozen=True)
class Touched:
    """One paper and one fact: what the paper says (``old``), what is so (``new``), what follows and why.

    ``done`` says how it was settled: by which order, or who left it as it is and why. ``person`` is None where the fact
    is about nobody of the paper.
    """

    fact: Fact
    paper: Paper
    title: str
    url: str
    old: str
    new: str
    need: Need
    why: str
    person: Person | None = None
    order: Order | None = None
    former: FormerName | None = None
    done: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to act."""
        return self.need is not Need.NONE and not self.done


def _touched(fact: Fact, paper: Paper, title: str, url: str, old: str, new: str, **more: Any) -> Touched:
    rule = RULES[fact, paper]
    return Touched(fact, paper, title, url, old, new, rule.need, rule.why, **more)


def _spent(found: Touched) -> Touched:
    return replace(found, need=Need.NONE, why=SPENT)


def orders_in_force() -> QuerySet[Order]:
    """Return registered orders that still bind somebody: of living pairs and programs, of offices that go on."""
    pairs = Q(items__pairing__state=Pairing.State.ASSIGNED)
    programs = Q(items__program__state__in=IN_FORCE)
    return Order.objects.filter(pairs | programs | Q(kind__in=STANDING), state=Order.State.REGISTERED)


def touched(person: Person | None = None) -> list[Touched]:
    """Return what changed facts touch, of one person or of the whole school; a constant number of queries."""
    people = [] if person is None else [person.pk]
    found = [*_by_name(people), *_by_post(people), *_by_term(people), *_by_mentor(people)]
    return found if person else [*found, *_by_director()]


def waiting_orders(people: Collection[int] = ()) -> list[Touched]:
    """Return orders in force that name somebody by a former name and that nobody has settled (the home asks this)."""
    return [one for one in _orders_by_name(people) if one.waits]


def _by_name(people: Collection[int]) -> Iterator[Touched]:
    yield from _orders_by_name(people)
    names = FormerName.objects.select_related("person").order_by("pk")
    latest = {name.person_id: name for name in (names.filter(person__in=people) if people else names)}
    if not latest:
        return
    acts = Act.objects.filter(verb="rename", object_type=ContentType.objects.get_for_model(Person))
    renamed = {act.object_id: timezone.localdate(act.at) for act in acts.filter(object_id__in=latest)}
    pairs = Participation.objects.live().filter(person__in=latest)
    programs = Program.objects.filter(state__in=IN_FORCE, pairing__in=pairs.values("pairing"))
    for program in programs.prefetch_related("pairing__participations").distinct():
        for one in program.pairing.participations.all():
            if one.person_id in latest and _before(program.order_date, renamed.get(one.person_id)):
                yield _named(latest[one.person_id], Paper.PROGRAM, f"Программа «{program.title}»", program)
    agreements = MentorAgreement.objects.live().filter(person__in=latest, signed_on__isnull=False)
    for agreement in agreements.select_related("person"):
        if _before(agreement.signed_on, renamed.get(agreement.person_id)):
            yield _named(latest[agreement.person_id], Paper.AGREEMENT, str(agreement), agreement)
    for consent in Consent.objects.live().filter(person__in=latest).select_related("person"):
        if _before(consent.given_on, renamed.get(consent.person_id)):
            title = f"Согласие от {rudate(consent.given_on)}: {consent.get_purpose_display()}"
            yield _named(latest[consent.person_id], Paper.CONSENT, title, consent)


def _before(day: date | None, renamed: date | None) -> bool:
    return bool(day and renamed and day <= renamed)


def _named(former: FormerName, paper: Paper, title: str, about: Any) -> Touched:
    who = former.person
    return _touched(Fact.NAME, paper, title, about.get_absolute_url(), str(former), who.full_name, person=who)


def _orders_by_name(people: Collection[int]) -> list[Touched]:
    """Return registered orders that name somebody by a former name, with how each was settled."""
    rows = FormerName.objects.filter(person__in=people) if people else FormerName.objects.all()
    names: dict[int, list[FormerName]] = defaultdict(list)
    for name in rows.order_by("pk"):
        names[name.person_id].append(name)
    if not names:
        return []
    named = Acquaintance.objects.filter(person__in=names, order__state=Order.State.REGISTERED)
    binds = Exists(orders_in_force().filter(pk=OuterRef("order")))
    lines = list(named.annotate(binds=binds).select_related("order", "person").order_by("-pk"))
    settled = _settled([line.order for line in lines]) if lines else {}
    found = []
    for line in lines:
        rows_of_sheet = (line.order.facts or {}).get("acquaintance", [])
        said = next((row["name"] for row in rows_of_sheet if row["person"] == line.person_id), "")
        former = next((name for name in names[line.person_id] if str(name) == said), None)
        if former is None or said == line.person.full_name:
            continue
        one = _touched(
            Fact.NAME,
            Paper.ORDER,
            line.order.full_title,
            line.order.get_absolute_url(),
            said,
            line.person.full_name,
            person=line.person,
            order=line.order,
            former=former,
        )
        done = _how(settled.get(line.order_id, []), one)
        found.append(replace(one, done=done) if line.binds else _spent(one))
    return found


def _settled(orders: Collection[Order]) -> dict[int, list[tuple[str, int | None, str]]]:
    """Return by order what has been done about it: words, the former name it was about (None: see the text), text."""
    found: dict[int, list[tuple[str, int | None, str]]] = defaultdict(list)
    changes = OrderItem.objects.filter(proposal__kind="change", proposal__base__in=orders)
    for item in changes.select_related("order", "proposal").order_by("pk"):
        words = f"изменён приказом {item.order.ref}" if item.order.number else "приказ об изменениях готовится"
        change: Any = item.proposal  # type: ignore[attr-defined]
        found[change.base_id].append((words, None, change.draft.text))
    kind = ContentType.objects.get_for_model(Order)
    acts = Act.objects.filter(object_type=kind, object_id__in=[o.pk for o in orders], verb=LEFT)
    for act in acts.select_related("actor__person"):
        found[act.object_id].append((act.words, act.facts.get("former"), ""))
    return found


def _how(settled: list[tuple[str, int | None, str]], one: Touched) -> str:
    for words, former, text in settled:
        if (one.former and former == one.former.pk) or one.new in text:
            return words
    return ""


def _by_post(people: Collection[int]) -> Iterator[Touched]:
    lines = Acquaintance.objects.filter(order__in=orders_in_force().values("pk")).select_related("order")
    lines = (lines.filter(person__in=people) if people else lines).order_by("-pk")
    persons = Person.objects.with_posts().in_bulk({line.person_id for line in lines})
    for line in lines:
        who = persons[line.person_id]
        posts = {post_of(who, employment).lower() for employment in who.posts}
        if line.post and posts and line.post.lower() not in posts:
            title, url = line.order.full_title, line.order.get_absolute_url()
            yield _touched(Fact.POST, Paper.ORDER, title, url, line.post, post_of(who), person=who, order=line.order)
    agreements = MentorAgreement.objects.live().filter(
        signed_on__isnull=False, employment__until__lt=timezone.localdate()
    )
    agreements = agreements.filter(person__in=people) if people else agreements
    workers = Person.objects.with_posts().in_bulk(agreements.values_list("person", flat=True))
    for agreement in agreements.select_related("employment"):
        if (who := workers[agreement.person_id]).posts:
            old, url = agreement.employment.post, agreement.get_absolute_url()
            yield _touched(Fact.POST, Paper.AGREEMENT, str(agreement), url, old, post_of(who), person=who)


def _by_term(people: Collection[int]) -> Iterator[Touched]:
    """Yield agreements that end before the prolonged program, and the orders that another one has prolonged."""
    changed = Amendment.objects.filter(
        state=Amendment.State.REGISTERED, new_end__isnull=False, program__state__in=IN_FORCE
    ).select_related("program__pairing")
    if people:
        pairs = Participation.objects.live().filter(person__in=people)
        changed = changed.filter(program__pairing__in=pairs.values("pairing"))
    latest = {one.program.pairing_id: one for one in changed.order_by("pk")}
    first = Order.objects.filter(items__pairing__in=latest, state=Order.State.REGISTERED)
    for pairing, order in _of_pairings(first):
        one = latest[pairing]
        old, new = rudate(one.old_end) if one.old_end else "прежний срок", rudate(one.new_end)
        url = order.get_absolute_url()
        yield _touched(Fact.TERM, Paper.ORDER, order.full_title, url, f"по {old}", f"по {new}", order=order)
    for agreement in MentorAgreement.objects.live().filter(pairing__in=latest, ends_on__isnull=False):
        end = latest[agreement.pairing_id].program.ends_on
        if end and agreement.ends_on and agreement.ends_on < end:
            old, new, url = f"по {rudate(agreement.ends_on)}", f"по {rudate(end)}", agreement.get_absolute_url()
            yield _touched(Fact.TERM, Paper.AGREEMENT, str(agreement), url, old, new)


def _of_pairings(orders: QuerySet[Order]) -> Iterator[tuple[int, Order]]:
    for order in orders.prefetch_related("items").distinct():
        for item in order.items.all():
            if item.pairing_id:
                yield item.pairing_id, order


def _by_mentor(people: Collection[int]) -> Iterator[Touched]:
    """Yield the orders of pairs whose mentor another order has replaced."""
    done = Replacement.objects.filter(state=Replacement.State.REGISTERED, pairing__state=Pairing.State.ASSIGNED)
    if people:
        done = done.filter(pairing__in=Participation.objects.filter(person__in=people).values("pairing"))
    rows = done.select_related("former__person", "candidate__person").order_by("pk")
    latest = {one.pairing_id: one for one in rows}
    orders = Order.objects.filter(items__pairing__in=latest, state=Order.State.REGISTERED)
    for pairing, order in _of_pairings(orders):
        one = latest[pairing]
        old, new = one.former.person.full_name, one.candidate.person.full_name
        yield _touched(Fact.MENTOR, Paper.ORDER, order.full_title, order.get_absolute_url(), old, new, order=order)


def _by_director() -> Iterator[Touched]:
    """Yield papers that wait for the signature of somebody who signs no more."""
    now, _ = signer()
    if now is None:
        return
    waiting = Order.objects.filter(state=Order.State.AT_SIGNATURE, signer__isnull=False).select_related("signer")
    for order in waiting.exclude(signer=now).order_by("pk"):
        old, url = order.signer.full_name if order.signer else "", order.get_absolute_url()
        yield _touched(Fact.DIRECTOR, Paper.ORDER, f"Проект «{order.heading}»", url, old, now.full_name, order=order)
