"""What pages about one candidate show: facts, statements by type, what is missing, what can be done."""

from dataclasses import dataclass, replace

from django.urls import reverse

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import plural, rudate
from mentoring_site.ui.elements import Action, Check, Crumb, Fact
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.banks import acts
from people.banks.forms import QUESTIONS
from people.banks.models import Candidate, Statement
from people.language.names import agree
from people.rights import Right

PART_OF_BANK = {"mentees": Candidate.Part.MENTEE, "mentors": Candidate.Part.MENTOR}
"""Name of a bank in an address -> whose it is."""
BANK_OF_PART: dict[str, str] = {part: bank for bank, part in PART_OF_BANK.items()}
TITLES: dict[str, str] = {Candidate.Part.MENTEE: "Банк наставляемых", Candidate.Part.MENTOR: "Банк наставников"}


def crumbs(candidate: Candidate, last: str = "") -> list[Crumb]:
    """Return the way to a candidate, or to the page named ``last`` about one."""
    here = Crumb(candidate.person.short_name, candidate.get_absolute_url() if last else None)
    start = Crumb(TITLES[candidate.part], reverse("people:banks"))
    return [start, here, *([Crumb(last)] if last else [])]


def checks(user: User, candidate: Candidate) -> list[Check]:
    """Return what the director's decision needs; nobody is led to a page that is not theirs."""
    return [_for_user(check, user, candidate) for check in readiness(candidate, "approve")]


def _for_user(check: Check, user: User, candidate: Candidate) -> Check:
    own = user.person_id == candidate.person_id
    if check.remind and not own and user.can(Right.BANKS_PROPOSE):
        return replace(check, post_url=reverse("people:candidate_remind", args=[candidate.pk]), link="Напомнить")
    is_questionnaire = check.url == reverse("people:candidate_fill", args=[candidate.pk])
    may = own or user.can(Right.BANKS_FILL_FOR_OTHERS) if is_questionnaire else user.can(Right.CONSENTS_RECORD)
    return check if may else replace(check, url="")


def actions(user: User, candidate: Candidate) -> list[Action]:
    """Return what the user may do with a candidate; an act that is not possible now stays with its reasons."""

    def address(name: str) -> str:
        return reverse(f"people:candidate_{name}", args=[candidate.pk])

    own, is_live = user.person_id == candidate.person_id, candidate.state in Candidate.LIVE_STATES
    found: list[Action | None] = []
    if is_live and (own or user.can(Right.BANKS_FILL_FOR_OTHERS)):
        label = "Исправить анкету" if candidate.filled_at else "Заполнить анкету"
        label = label if own else f"{label} со слов"
        found.append(Action("fill", label, address("fill"), primary=candidate.filled_at is None))
    if is_live and candidate.filled_at and not own and user.can(Right.BANKS_CORRECT):
        found.append(Action("correct", "Исправить сведения", address("correct")))
    found.append(action(candidate, "approve", user, address("approve"), primary=True))
    found.append(action(candidate, "decline", user, address("decline")))
    if is_live and user.can(Right.BANKS_COMMENT):
        found.append(Action("comment", "Оставить замечание", address("comment")))
    found.append(action(candidate, "withdraw", user, address("withdraw")))
    return [one for one in found if one]


def facts(candidate: Candidate, *, reads: bool) -> list[Fact]:
    """Return what is known of a candidate besides the statements; whoever may not read the questionnaire gets dates."""
    c = candidate
    proposer = c.proposed_by.person
    decided = f"{rudate(c.decided_at)}, {c.decided_by.person.short_name}" if c.decided_by else ""
    hours = f"{plural(c.capacity_hours, 'час,часа,часов')} в месяц" if c.capacity_hours else ""
    persons = plural(c.capacity_persons, "человека,человека,человек") if c.capacity_persons else ""
    order = PaperRef(c.order_number, c.order_date).number_first if c.order_date else ""
    proposed = agree(proposer.gender, "Предложил", "Предложила"), f"{proposer.short_name}, {rudate(c.proposed_at)}"
    others = [
        ("Категории", ", ".join(category.name for category in c.categories.all())),
        ("Темы", ", ".join(topic.name for topic in c.topics.all())),
        ("Может уделить", hours),
        ("Может взять", persons),
        ("Пожелания", c.wishes),
        ("Решение директора", decided),
        ("Замечание директора", c.comment),
        ("Причина", c.reason),
        ("Приказ о назначении", order),
    ]
    if not reads:
        dates = [("Решение директора", decided), ("Приказ о назначении", order)]
        return [*Fact.known([proposed]), _filled(c), *Fact.known(dates)]
    return [*Fact.known([proposed, ("Почему", c.why)]), _filled(c), *Fact.known(others)]


def _filled(candidate: Candidate) -> Fact:
    by = candidate.filled_by
    value = f"{rudate(candidate.filled_at)}, {by.person.short_name}" if by else "пока нет"
    return Fact("Анкета заполнена", value, note="со слов или с бумаги" if candidate.on_paper else "")


@dataclass(frozen=True)
class StatementGroup:
    """The statements of one type: what is said now, and what was taken back."""

    title: str
    now: list[Statement]
    past: list[Statement]


def statement_groups(candidate: Candidate) -> list[StatementGroup]:
    """Return the statements of a questionnaire by type."""
    statements = list(candidate.statements.all())
    return [
        StatementGroup(
            QUESTIONS[code][0],
            [s for s in statements if s.kind == code and s.resolved_on is None],
            [s for s in statements if s.kind == code and s.resolved_on is not None],
        )
        for code in acts.STATEMENT_TYPES[candidate.part]
    ]
