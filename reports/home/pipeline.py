"""Where everything stands now: banks, pairs and programs by stage, and why what stands still does (п. 3.4)."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from people.accounts.models import User
from people.banks.models import Candidate
from people.rights import Right
from programs.journal.silence import silent_programs
from programs.pairings.acts import year_of
from programs.pairings.inbox import PATIENCE
from programs.pairings.models import Pairing, Participation, with_consents
from programs.pairings.pool import free_mentees
from programs.program.list_page import ENDED, OVER
from programs.program.models import Program, past_end
from reports.indicators.periods import Period
from reports.indicators.queries import ended


@dataclass(frozen=True)
class Stage:
    """One row of ``components/pipeline.html``: how much stands in a stage, the reason of what is stuck, the list.

    ``max`` is the largest number of all rows, for the length of the bar.
    """

    label: str
    value: int
    url: str
    note: str = ""
    max: int = 1


def pipeline(user: User) -> list[Stage]:
    """Return all stages in their order, for a user with ``Right.REPORTS_PIPELINE``; nine small queries."""
    stages = [*_bank_stages(user), *_pairing_stages(), *_program_stages()]
    most = max(1, *(stage.value for stage in stages))
    return [replace(stage, max=most) for stage in stages]


def _bank_stages(user: User) -> list[Stage]:
    applied = Candidate.objects.filter(state=Candidate.State.APPLIED)
    number = applied.aggregate(all=Count("pk"), filled=Count("filled_at"))
    unfilled = number["all"] - number["filled"]
    proposes = user.can(Right.PAIRINGS_PROPOSE)
    choice = reverse("programs:pairing_new") if proposes else f"{reverse('people:bank_mentees')}?pair=no"
    return [
        Stage("Ждут решения в банках", number["all"], reverse("people:banks"), _note(unfilled, "без анкеты")),
        Stage("Без пары", free_mentees().count(), choice),
    ]


def _pairing_stages() -> list[Stage]:
    State = Pairing.State
    numbers = _by_state(Pairing.objects.all())
    live = Participation.objects.live().filter(pairing=OuterRef("pk"))
    overdue = Pairing.objects.filter(state=State.PROPOSED, proposed_at__lt=timezone.now() - PATIENCE)
    silent = overdue.filter(Exists(live.filter(wish="")))
    recommended = with_consents(Participation.objects.live().filter(pairing__state=State.RECOMMENDED))
    consents = recommended.order_by().values_list("pairing", "has_duties")
    without_consent = len({pairing for pairing, given in consents if not given})
    programs = Program.objects.live().filter(pairing=OuterRef("pk"))
    counted = _counts(silent=silent, bare=Pairing.objects.filter(~Exists(programs), state=State.ASSIGNED))
    bare = counted["bare"]
    url = f"{reverse('programs:pairings')}?state="
    return [
        Stage(
            "Пары складываются",
            numbers[State.PROPOSED],
            f"{url}{State.PROPOSED}",
            _note(counted["silent"], "без ответа больше трёх дней"),
        ),
        Stage(
            "Пары ждут приказа",
            numbers[State.RECOMMENDED],
            f"{url}{State.RECOMMENDED}",
            _note(without_consent, "без согласия на обязанности"),
        ),
        Stage("Пары без программы", bare, f"{url}{State.ASSIGNED}", "программу ещё не начали" if bare else ""),
    ]


def _program_stages() -> list[Stage]:
    State = Program.State
    by_state = Program.objects.live().order_by().values_list("state")
    rows = by_state.annotate(number=Count("pk"), endorsed=Count("endorsed_at"), over=Count("pk", filter=past_end()))
    numbers = Counter({state: number for state, number, _, _ in rows})
    endorsed = {state: number for state, _, number, _ in rows}.get(State.SUBMITTED, 0)
    expired = {state: number for state, _, _, number in rows}.get(State.RUNNING, 0)
    drafts = Program.objects.filter(state=State.DRAFT, remarks__resolved_at__isnull=True, remarks__isnull=False)
    counted = _counts(
        returned=Program.objects.filter(pk__in=drafts.order_by().values("pk")),
        ended=ended(Period.of_year(year_of(timezone.localdate()))),
        silent=silent_programs(),
    )
    numbers[State.RUNNING] -= expired
    notes = {
        State.DRAFT: _note(counted["returned"], "с неучтёнными замечаниями"),
        State.SUBMITTED: _who_decides(numbers[State.SUBMITTED] - endorsed, endorsed),
        State.RUNNING: _note(counted["silent"], "без встреч больше трёх недель"),
    }
    labels = {
        State.DRAFT: "Пишут программу",
        State.SUBMITTED: "На согласовании",
        State.AGREED: "Ждут приказа об утверждении",
        State.APPROVED: "Утверждены, ещё не начались",
        State.RUNNING: "Реализуются",
    }
    url = f"{reverse('programs:programs')}?state="
    return [
        *(Stage(label, numbers[state], f"{url}{state}", notes.get(state, "")) for state, label in labels.items()),
        Stage("Срок истёк, подводятся итоги", expired, f"{url}{OVER}", "ждут приказа о завершении" if expired else ""),
        Stage("Закончены в этом году", counted["ended"], f"{url}{ENDED}"),
    ]


def _who_decides(curator: int, council: int) -> str:
    """Return whose word submitted programs wait for: «решает куратор — 1, совет — 2»."""
    sides = (("куратор", curator), ("совет", council))
    waiting = ", ".join(f"{who} — {number}" for who, number in sides if number)
    return f"решает {waiting}" if waiting else ""


def _counts(**rows: QuerySet) -> Counter[str]:
    """Return how many rows there are of each sort; one query for all sorts."""
    first, *others = [
        found.order_by().annotate(sort=Value(sort, CharField())).values_list("sort", flat=True)
        for sort, found in rows.items()
    ]
    return Counter(first.union(*others, all=True))


def _by_state(rows: QuerySet) -> Counter[str]:
    """Return how many rows there are in each state."""
    return Counter(dict(rows.order_by().values_list("state").annotate(number=Count("pk"))))


def _note(number: int, words: str) -> str:
    return f"{number} {words}" if number else ""
