"""The vocabulary of proofs: each word makes a declared query that says what stands for a clause in a school year.

A proof never says «да» about what it has not found: nothing of nothing is «нет случаев», not done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from mentoring_site.russian import plural, rudate
from people.banks.models import BankReview, Candidate
from people.consents.models import Consent
from people.rights import ROLES, Right
from people.roles.models import RoleGrant
from people.school.models import School
from programs.requests.models import Request
from reports.compliance.campaigns import CAMPAIGNS
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.indicators.measuring import measure
from reports.indicators.passports import PASSPORTS, words
from reports.indicators.periods import Period
from reports.indicators.queries import parts_on
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from roadmap.events.models import Event
from roadmap.legal_base.models import LegalAct
from roadmap.plan.models import Roadmap, Task


@dataclass(frozen=True)
class Year:
    """A school year as it stands on a day: ``last`` is that day, or the end of a year that is over."""

    number: int
    last: date

    @classmethod
    def on(cls, number: int, today: date) -> "Year":
        """Return a school year up to a day."""
        return cls(number, min(today, date(number + 1, 8, 1) - timedelta(days=1)))

    @property
    def first(self) -> date:
        """The first of August."""
        return date(self.number, 8, 1)

    @property
    def days(self) -> tuple[date, date]:
        """The days of it that have been."""
        return (self.first, max(self.first, self.last))

    @property
    def period(self) -> Period:
        """The same days for indicators."""
        return Period(*self.days)


@dataclass(frozen=True)
class Found:
    """What a proof has found: how many of how many, in words, where one looks, by when it must be there."""

    done: int
    wanted: int
    words: str
    url: str = ""
    right: str = ""
    due: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everything is there; nothing of nothing is not."""
        return self.wanted > 0 and self.done >= self.wanted


Look = Callable[[Year], Found]


@dataclass(frozen=True)
class Proof:
    """One declared query: ``kind`` is its word, ``look`` asks. ``by`` is the day of the year when it must be there."""

    kind: str
    label: str
    look: Look
    right: str = ""
    by: tuple[int, int] | None = None

    def until(self, month: int, day: int) -> "Proof":
        """The same with a day of the school year by which it must be there."""
        return replace(self, by=(month, day))

    def found(self, year: Year) -> Found:
        """Ask, and say by when it must be there: its own day or that of the proof."""
        found = self.look(year)
        due = found.due
        if due is None and self.by:
            month, day = self.by
            due = date(year.number + (month < 8), month, day)
        return replace(found, due=due, right=found.right or self.right)


def _url(name: str, query: str = "", *args: Any) -> str:
    return f"{reverse(name, args=args)}{'?' if query else ''}{query}"


def rows(
    label: str, forms: str, asked: Callable[[Year], QuerySet], url: str, query: str = "", right: str = ""
) -> Proof:
    """At least one record in the year. ``forms`` are the words of the count: «встреча,встречи,встреч»."""

    def look(year: Year) -> Found:
        number = asked(year).count()
        return Found(min(number, 1), 1, plural(number, forms) if number else "пока нет", _url(url, query))

    return Proof("rows", label, look, right)


def dated(
    label: str, forms: str, model: type[Model], field: str, url: str, query: str = "", right: str = "", **narrowed: Any
) -> Proof:
    """At least one record of a model whose day is in the year."""
    manager: Any = model._default_manager
    return rows(
        label, forms, lambda year: manager.filter(**{f"{field}__range": year.days}, **narrowed), url, query, right
    )


def every(
    label: str,
    good: Callable[[Year], QuerySet],
    of: Callable[[Year], QuerySet],
    url: str,
    query: str = "",
    right: str = "",
) -> Proof:
    """All of something: «5 из 7»; where there is nothing to be had, nothing is proved."""

    def look(year: Year) -> Found:
        done, wanted = good(year).count(), of(year).count()
        return Found(done, wanted, f"{done} из {wanted}" if wanted else "нет случаев", _url(url, query))

    return Proof("every", label, look, right)


def order(kind: str, *, once: bool = False) -> Proof:
    """A registered order of a kind: in this year, or ever by the day when it holds ``once`` given."""

    def look(year: Year) -> Found:
        registered = Order.objects.filter(kind=kind, state=Order.State.REGISTERED, date__lte=year.last)
        number = registered.count() if once else registered.filter(date__gte=year.first).count()
        said = plural(number, "приказ,приказа,приказов") if number else "приказа пока нет"
        return Found(min(number, 1), 1, said, _url("reports:orders", f"kind={kind}"))

    return Proof("order", f"приказ {KINDS[kind].label[:1].lower()}{KINDS[kind].label[1:]}", look, Right.ORDERS_SEE_ALL)


def role(code: str) -> Proof:
    """Somebody holds a role on the day."""

    def look(year: Year) -> Found:
        number = RoleGrant.objects.in_force(year.last).filter(role=code).count()
        return Found(min(number, 1), 1, "назначен" if number else "никто не назначен", _url("people:roles"))

    return Proof("role", f"роль: {ROLES[code][0]}", look, Right.ROLES_SEE)


def bank_reviewed(part: str) -> Proof:
    """A bank was reviewed within twelve months before the day, and nothing of it waits (п. 3.4)."""

    def look(year: Year) -> Found:
        done = BankReview.objects.filter(part=part, waits=False, reviewed_on__lte=year.last)
        last = done.order_by("-reviewed_on").values_list("reviewed_on", flat=True).first()
        fresh = last is not None and last > year.last - timedelta(days=366)
        said = f"последняя проверка — {rudate(last)}" if last else "проверки пока нет"
        due = last + timedelta(days=366) if last else None
        return Found(int(fresh), 1, said, _url(f"people:bank_{part}s"), due=due)

    whose = "наставников" if part == "mentor" else "наставляемых"
    return Proof("bank", f"проверка банка {whose} за 12 месяцев", look, Right.BANKS_SEE, (9, 30))


def bank(part: str) -> Proof:
    """Somebody stands in a bank on the day the count is made."""
    whose = "наставников" if part == "mentor" else "наставляемых"
    return rows(
        f"банк {whose}",
        "человек,человека,человек",
        lambda year: Candidate.objects.standing().filter(part=part),
        f"people:bank_{part}s",
        right=Right.BANKS_SEE,
    )


def event(*kinds: str, outside: bool | None = None, label: str = "") -> Proof:
    """An event of one of the kinds was held in the year."""

    def look(year: Year) -> Found:
        held = Event.objects.filter(kind__in=kinds, state=Event.State.HELD, starts_on__range=year.days)
        if outside is not None:
            held = held.filter(outside=outside)
        number = held.count()
        said = plural(number, "событие,события,событий") if number else "события пока нет"
        query = f"kind={kinds[0]}&state=held" if len(kinds) == 1 else "state=held"
        return Found(min(number, 1), 1, said, _url("roadmap:events", query))

    return Proof("event", label or "событие: " + ", ".join(Event.Kind(kind).label for kind in kinds), look)


def line(stage: int, number: int) -> Proof:
    """A line of the approved roadmap of the year, by its place; late after its own day."""

    def look(year: Year) -> Found:
        plan = Roadmap.objects.filter(school_year=year.number, state__in=["approved", "superseded"]).order_by("-pk")
        task = (
            Task.objects.filter(stage__roadmap__in=plan.values("pk")[:1], stage__number=stage, number=number)
            .select_related("stage")
            .first()
        )
        if task is None:
            return Found(0, 1, "такой строки в карте года нет", _url("roadmap:roadmaps"))
        done = task.done_on is not None and task.done_on <= year.last
        said = f"сделано {rudate(task.done_on)}" if done else "ещё не сделано"
        return Found(int(done), 1, said, task.get_absolute_url(), due=task.due_on)

    return Proof("line", f"строка дорожной карты, этап {stage}", look)


def page(label: str, url: str, forms: str, shown: Callable[[Year], QuerySet]) -> Proof:
    """A page of the site with something on it."""

    def look(year: Year) -> Found:
        number = shown(year).count()
        said = f"на странице {plural(number, forms)}" if number else "страница пока пуста"
        return Found(min(number, 1), 1, said, _url(url))

    return Proof("page", f"страница сайта: {label}", look)


def consents(purpose: str, part: str = "") -> Proof:
    """Everybody who stands in a pair or group on the day has a live consent of the purpose."""

    def look(year: Year) -> Found:
        parts = parts_on(year.last, year.last)
        parts = parts.filter(part=part) if part else parts
        pairs = set(parts.order_by().values_list("person", "pairing__uuid", "part"))
        live = Consent.objects.live(year.last).filter(purpose=purpose)
        if purpose == Consent.Purpose.DUTIES:
            given = set(live.values_list("person", "matter", "part"))
            done = len(pairs & given)
            wanted = len(pairs)
        else:
            people = {person for person, _, _ in pairs}
            done, wanted = len(people & set(live.values_list("person", flat=True))), len(people)
        said = f"{done} из {wanted}" if wanted else "нет участников"
        return Found(done, wanted, said, _url("people:consents", f"purpose={purpose}"))

    whose = {"mentor": "наставников", "mentee": "наставляемых"}.get(part, "участников")
    return Proof("consents", f"согласия {whose}: {Consent.Purpose(purpose).label}", look, Right.CONSENTS_SEE_ALL)


def document(label: str, current: Callable[[Year], QuerySet], url: str, right: str = "") -> Proof:
    """A document in force on the day."""

    def look(year: Year) -> Found:
        number = current(year).count()
        return Found(min(number, 1), 1, "действует" if number else "действующего пока нет", _url(url))

    return Proof("document", label, look, right)


def acquainted(label: str, acts: Q) -> Proof:
    """Everybody whom the acts concern has read them."""

    def look(year: Year) -> Found:
        sheets = ActReader.objects.filter(act__in=LocalAct.objects.in_force().filter(acts).order_by().values("pk"))
        wanted = sheets.count()
        done = sheets.filter(read_at__date__lte=year.last).count()
        said = f"ознакомлены {done} из {wanted}" if wanted else "листов ознакомления пока нет"
        return Found(done, wanted, said, _url("reports:acquaintance"))

    return Proof("acquaintance", label, look, Right.ORDERS_SEE_ALL)


def registered(name: str, label: str, absent: str) -> Proof:
    """What a feature above says of itself under a name (``campaigns.py``); where nobody says anything, nothing is."""

    def look(year: Year) -> Found:
        asked = CAMPAIGNS.get(name)
        done, wanted, url = asked(*year.days) if asked else (0, 0, "")
        return Found(done, max(wanted, 1), f"{done} из {wanted}" if wanted else absent, url)

    return Proof("campaign", label, look)


def campaign(name: str, label: str) -> Proof:
    """A survey campaign of the name was held in the year: how many of those asked have answered."""
    return registered(name, f"анкетирование: {label}", "анкетирование пока не проводилось")


def requests(kind: str, label: str) -> Proof:
    """A request of the kind was filed in the year."""
    return rows(
        label,
        "обращение,обращения,обращений",
        lambda year: Request.objects.filter(kind=kind, filed_on__range=year.days),
        "programs:requests",
        f"kind={kind}",
        Right.REQUESTS_DECIDE,
    )


def legal(code: str) -> Proof:
    """An act of the legal base is in force, and nothing about it is doubtful."""

    def look(year: Year) -> Found:
        act = LegalAct.objects.of_school(School.get()).filter(code=code).first()
        if act is None:
            return Found(0, 1, "в правовой базе школы этого акта нет", _url("roadmap:legal_acts"))
        url = act.get_absolute_url()
        if act.has_open_doubt:
            return Found(1, 2, "есть нерешённое сомнение", url)
        if not act.in_force_on(year.last):
            return Found(1, 2, "акт утратил силу", url)
        return Found(1, 1, act.short_name, url)

    return Proof("legal", "правовая база", look)


def indicator(code: str) -> Proof:
    """An indicator has something to count for the days of the year: a share its whole, a number its rows."""

    def look(year: Year) -> Found:
        passport = PASSPORTS[code]
        found = measure([passport], year.period)[code]
        some = bool(found.whole or found.rows)
        said = words(found.value, passport) if some else "считать пока нечего"
        return Found(int(some), 1, said, f"{_url('reports:indicator', '', code)}?{year.period.query}")

    return Proof("indicator", f"показатель «{PASSPORTS[code].name}»", look, Right.PROGRAMS_SEE_ALL)


def principle(words: str) -> Proof:
    """The product itself keeps the clause; tests/clauses.tsv names the test that proves it."""
    return Proof("principle", words, lambda year: Found(1, 1, words))
