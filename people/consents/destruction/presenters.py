"""What pages about acts of destruction show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.help import about as help_about
from mentoring_site.russian import rudate, upper_first
from mentoring_site.ui.elements import Action, Badge, Fact
from people.accounts.models import User
from people.consents.destruction import acts, erasure
from people.consents.destruction.models import OF_THE_SCHOOL, Destruction
from people.consents.duties.models import Duty
from people.consents.models import PROCESSING
from people.consents.requests.models import DataRequest
from people.consents.withdrawals.models import Withdrawal
from people.language.declension import post_of
from people.language.names import agree
from people.register.models import Person
from people.rights import CLERK, CURATOR, SYSADMIN, Right
from people.roles.holders import holders
from people.roles.instead import decides as may_decide

WHAT_STAYS = (
    "Подписанные приказы, программы и архив останутся: их хранение требует закон.",
    "Вернуть уничтоженное будет нельзя.",
    "Будут сделаны акт в PDF и выгрузка из журнала; они хранятся три года.",
)
SHOWN = 50
REASON_OF: dict[str, str] = {
    DataRequest.Kind.UNLAWFUL: Destruction.Reason.UNLAWFUL,
    DataRequest.Kind.REACHED: Destruction.Reason.REACHED,
}


@dataclass(frozen=True)
class DestructionRow:
    """An act in the list."""

    title: str
    url: str
    badge: Badge
    person: str
    prepared: date
    reason: str
    keep_until: date | None
    categories: str


@dataclass(frozen=True)
class DueRow:
    """Somebody whose data wait for an act: why and, where the law sets it, until when."""

    person: str
    why: str
    until: date | None
    url: str


def is_open(destruction: Destruction) -> bool:
    """Whether the act waits for a decision."""
    return destruction.approved_at is None and destruction.declined_at is None


def badge(destruction: Destruction) -> Badge:
    """Return the state of an act."""
    if destruction.approved_at:
        return Badge("данные уничтожены", "done")
    return Badge("отклонён", "stopped") if destruction.declined_at else Badge("ждёт директора", "others")


def row(destruction: Destruction) -> DestructionRow:
    """Return a row of the list of acts."""
    return DestructionRow(
        title=acts.title(destruction),
        url=destruction.get_absolute_url(),
        badge=badge(destruction),
        person=upper_first(destruction.whose),
        prepared=timezone.localdate(destruction.prepared_at),
        reason=destruction.get_reason_display(),
        keep_until=destruction.keep_until,
        categories="; ".join(erasure.label(code) for code in destruction.categories),
    )


def due(user: User) -> list[DueRow]:
    """Return whose data wait for an act: open duties to destroy, consents and
    requests past their term; three queries and one for each term.
    """
    duties = Duty.objects.waiting().filter(kind=Duty.Kind.DESTROY)
    duties = duties.select_related("withdrawal__consent__person", "request__person").defer("withdrawal__consent__text")
    asked = [DueRow(d.whose.short_name, _why(d), d.due_on, _new(user, d)) for d in duties[:SHOWN]]
    over = [
        (
            erasure.overdue_consents(),
            "истёк срок хранения согласия после его прекращения: скан и текст больше не нужны",
        ),
        (erasure.overdue_requests(), "истёк срок хранения обращения и ответа на него"),
    ]
    return [*asked, *(row for found, why in over for row in _past_term(user, found, why)), *_records_due(user)]


def _records_due(user: User) -> list[DueRow]:
    """Return the records of the school past their term; an act that waits already is not asked for again."""
    if Destruction.objects.filter(person=None, approved_at=None, declined_at=None).exists():
        return []
    url = reverse("people:destruction_records") if user.can(Right.CONSENTS_RECORD) else ""
    return [
        DueRow(upper_first(OF_THE_SCHOOL), f"{erasure.label(code)}: {len(words)}", None, url)
        for code, words in erasure.records_found().items()
    ]


def _past_term(user: User, found: QuerySet, why: str) -> list[DueRow]:
    people = Person.objects.filter(pk__in=found.values("person"))[:SHOWN]
    may = user.can(Right.CONSENTS_RECORD)
    return [
        DueRow(p.short_name, why, None, reverse("people:destruction_new", args=[p.pk]) if may else "") for p in people
    ]


def _why(duty: Duty) -> str:
    if duty.withdrawal:
        return f"отзыв согласия на обработку от {rudate(duty.of.received_on)}"
    return f"{duty.what_about}, {rudate(duty.of.received_on)}"


def _new(user: User, duty: Duty) -> str:
    if not user.can(Right.CONSENTS_RECORD):
        return ""
    url = reverse("people:destruction_new", args=[duty.whose.pk])
    return f"{url}?withdrawal={duty.withdrawal_id}" if duty.withdrawal_id else f"{url}?request={duty.request_id}"


def request_of(person: Person, given: str | None) -> DataRequest | None:
    """Return the person's request named in the address, or None."""
    if not given or not given.isdecimal() or len(given) > 17:
        return None
    return DataRequest.objects.open().filter(person=person, pk=given).first()


def withdrawal_of(person: Person, given: str | None) -> Withdrawal | None:
    """Return the withdrawal named in the address, else the person's latest about processing, or None."""
    mine = Withdrawal.objects.filter(consent__person=person, consent__purpose=PROCESSING)
    named = mine.filter(pk=given).first() if given and given.isdecimal() and len(given) < 18 else None
    return named or mine.first()


def initial(withdrawal: Withdrawal | None, request: DataRequest | None = None) -> dict:
    """Return what the form proposes: the reason; curator, clerk and administrator as who destroys."""
    people = holders(CURATOR, CLERK, SYSADMIN).values()
    lines = dict.fromkeys(f"{person.full_name}, {post_of(person) or 'сотрудник'}" for person in people)
    reason: str = ""
    if request is not None:
        reason = REASON_OF.get(request.kind, "")
    elif withdrawal is not None:
        reason = Destruction.Reason.DEMAND if withdrawal.demand else Destruction.Reason.WITHDRAWN
    return {"commission": "\n".join(lines), "reason": reason}


def contents(destruction: Destruction) -> list[str]:
    """What is destroyed, by category, with what there is now; after the approval the categories only."""
    there = {}
    if is_open(destruction):
        there = erasure.found(destruction.person) if destruction.person else erasure.records_found()
    return [_in_words(code, there.get(code)) for code in destruction.categories]


def _in_words(code: str, words: list[str] | None) -> str:
    """The fields that are filled; of answers, letters and scans the kind and how many."""
    if not words:
        return erasure.label(code)
    return ", ".join(words) if code in erasure.FIELDS else f"{erasure.label(code)} ({', '.join(words)})"


def consequences(destruction: Destruction) -> list[str]:
    """The question before the approval."""
    return [*(f"Будет уничтожено: {line}." for line in contents(destruction)), *WHAT_STAYS]


def _by(user: User | None, verb: str) -> str:
    """«Подготовила» of a woman; without anybody the fact is not shown."""
    return agree(user.person.gender, verb) if user else verb


def facts(destruction: Destruction) -> list[Fact]:
    """Return what is known of an act and where its papers are."""
    d = destruction
    found = [
        Fact("Чьи данные", d.person.full_name, url=d.person.get_absolute_url())
        if d.person
        else Fact("О чём", upper_first(d.whose)),
        Fact("Причина", acts.reason_words(d)),
        Fact("Кто уничтожает", "; ".join(f"{member['name']}, {member['post']}" for member in d.commission)),
        Fact("Способ", d.way),
        Fact(_by(d.prepared_by, "Подготовил"), _who(d.prepared_by, d.prepared_at)),
        Fact(_by(d.approved_by, "Утвердил"), _who(d.approved_by, d.approved_at)),
        Fact(_by(d.declined_by, "Отклонил"), _who(d.declined_by, d.declined_at)),
        Fact("Почему отклонён", d.decline_words),
        Fact("Акт", d.paper.name if d.paper else "", url=reverse("people:destruction_paper", args=[d.pk])),
        Fact("Подлинность акта", d.paper.sha256 if d.paper else "", folded=True),
        Fact("Выгрузка из журнала", d.log.name if d.log else "", url=reverse("people:destruction_log", args=[d.pk])),
        Fact("Подлинность выгрузки", d.log.sha256 if d.log else "", folded=True),
        Fact("Хранить", f"по {rudate(d.keep_until)}" if d.keep_until else ""),
    ]
    return [fact for fact in found if fact.value]


def _who(user: User | None, moment: datetime | None) -> str:
    return f"{user.person.short_name}, {timezone.localtime(moment):%d.%m.%Y в %H:%M}" if user and moment else ""


def actions(user: User, destruction: Destruction) -> list[Action]:
    """Return what can be done with an open act; who may not approve it sees why and whose turn it is."""
    if not is_open(destruction):
        return []

    def address(name: str) -> str:
        return reverse(f"people:destruction_{name}", args=[destruction.pk])

    decides, prepared = (
        may_decide(user, Right.CONSENTS_DESTROY, (destruction.person_id,)),
        user.pk == destruction.prepared_by_id,
    )
    reason = (acts.BY_ANOTHER if prepared else "") if decides else Right.CONSENTS_DESTROY.refusal()
    found = [
        Action(
            "approve",
            "Утвердить акт и уничтожить данные",
            address("approve"),
            primary=True,
            danger=True,
            enabled=not reason,
            help=help_about(__name__),
            reasons=tuple(filter(None, [reason])),
        )
    ]
    if decides or prepared:
        found.append(Action("decline", "Отклонить акт", address("decline")))
    return found
