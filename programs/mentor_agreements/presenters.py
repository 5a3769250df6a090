"""What pages about agreements show: rows, facts, steps with whose move it is, actions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import period, rudate, rushort, upper_first
from mentoring_site.scans import replaced, scan_words
from mentoring_site.ui.elements import Action, Badge, Check, Fact, Tone
from people.accounts.models import User
from people.retention.rules import kept
from people.rights import Right
from programs.mentor_agreements import acts, documents
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing

RECORDERS = Right.AGREEMENTS_RECORD.who
SCANS = {"assignment_scan": "Скан поручения", "scan": "Скан соглашения"}
"""Columns with scans of an agreement and their labels."""
Stage = MentorAgreement.Stage
TONES: dict[str, Tone] = {
    Stage.ASSIGN: "you",
    Stage.CONSENT: "others",
    Stage.TERMS: "you",
    Stage.SIGN: "you",
    Stage.ORDER: "you",
    Stage.WORKING: "done",
    Stage.ENDED: "stopped",
    Stage.DROPPED: "stopped",
}
COLUMNS = [
    "Наставник",
    "Должность",
    "Вид занятости",
    "О какой паре",
    "Бумага",
    "Номер бумаги",
    "Подписана",
    "Первый день работы",
    "Последний день работы",
    "Оплата",
    "Размер",
    "Акт об оплате",
    "Первый день выплаты",
    "Последний день выплаты",
    "Приказ об оплате №",
    "Приказ об оплате от",
    "Приказ о прекращении оплаты №",
    "Приказ о прекращении оплаты от",
    "Состояние",
    "Чей ход",
    "Ближайший срок",
    "Какой это срок",
    "Изменено",
]
MOVES: dict[str, str] = {
    Stage.ASSIGN: "школа: поручение",
    Stage.CONSENT: "наставник: согласие",
    Stage.TERMS: "школа: условия",
    Stage.SIGN: "обе стороны: подписи",
    Stage.ORDER: "школа: приказ об оплате",
}
OF_FOUNDER: dict[str, str] = {
    Stage.ASSIGN: "учредитель: поручение",
    Stage.SIGN: "учредитель: подписи",
    Stage.ORDER: "учредитель: оплата",
}
SHORT_KINDS: dict[str, str] = {
    MentorAgreement.Kind.AGREEMENT: "",
    MentorAgreement.Kind.COOPERATION: "с внешним",
    MentorAgreement.Kind.FOUNDER: "с учредителем",
}


@dataclass(frozen=True)
class AgreementRow:
    """A line of a list of agreements."""

    agreement: MentorAgreement
    url: str
    badge: Badge
    paper: str
    term: str
    pay: str


@dataclass(frozen=True)
class ListRow:
    """A line of the list of all: whose move it is, which day comes next, when something was last done."""

    agreement: MentorAgreement
    url: str
    badge: Badge
    who: str
    move: str
    next_on: date | None
    next_what: str
    next_late: bool
    paper: str
    signed: str
    changed_on: date | None


def badge(agreement: MentorAgreement) -> Badge:
    """Return the state of an agreement read ``with_stage()``."""
    if agreement.noticed and agreement.stage == Stage.WORKING:
        return Badge("прекращается", "late")
    return Badge(Stage(agreement.stage).label, TONES[agreement.stage])


def row(agreement: MentorAgreement) -> AgreementRow:
    """Return a line of a list; reads ``with_stage()``."""
    pay = f"по {rudate(agreement.paid_through)}" if agreement.paid_through else agreement.get_pay_kind_display()
    return AgreementRow(
        agreement,
        agreement.get_absolute_url(),
        badge(agreement),
        paper_words(agreement),
        period(agreement.starts_on, agreement.ends_on) if agreement.starts_on else "",
        f"с {rudate(agreement.pay_from)} {pay}" if agreement.pay_from else pay,
    )


def list_row(agreement: MentorAgreement) -> ListRow:
    """Return a line of the list of all; reads ``with_stage()`` and ``with_next()``."""
    who, _, what = move_words(agreement).partition(": ")
    number = f"№\N{NO-BREAK SPACE}{agreement.number}" if agreement.number else ""
    signed = f"от {rushort(agreement.signed_on)}" if agreement.signed_on else ""
    awaited = agreement.stage not in (Stage.WORKING, Stage.ENDED, Stage.DROPPED)
    return ListRow(
        agreement,
        agreement.get_absolute_url(),
        badge(agreement),
        who,
        what,
        agreement.next_on,
        next_words(agreement),
        bool(awaited and agreement.next_on and agreement.next_on < timezone.localdate()),
        "не нужно" if agreement.is_exempt else " ".join(filter(None, (SHORT_KINDS[agreement.kind], number))),
        signed,
        timezone.localdate(agreement.changed_at) if agreement.changed_at else None,
    )


def move_words(agreement: MentorAgreement) -> str:
    """Return whose move it is and what for, in a few words; reads ``with_stage()``."""
    if agreement.notice_waits and agreement.stage != Stage.DROPPED:
        return "школа: приказ по уведомлению"
    if agreement.stage == Stage.ENDED and _pay_runs_on(agreement):
        return "школа: прекратить выплату"
    founder = OF_FOUNDER if agreement.kind == MentorAgreement.Kind.FOUNDER else {}
    return founder.get(agreement.stage) or MOVES.get(agreement.stage, "")


def _pay_runs_on(agreement: MentorAgreement) -> bool:
    """Whether the agreement has ended before its last paid day and no order stops the pay (``with_pay_to_stop()``)."""
    stoppable = agreement.kind == MentorAgreement.Kind.AGREEMENT and agreement.order_number
    return bool(stoppable and agreement.closed_on and agreement.pay_ends_on and not agreement.stop_number)


def next_words(agreement: MentorAgreement) -> str:
    """Return which day comes next: «выплата с»; reads ``with_stage()`` and ``with_next()``."""
    if not agreement.next_on:
        return ""
    if agreement.noticed:
        return "прекращается"
    if agreement.stage == Stage.ORDER:
        return "выплата с"
    if agreement.stage == Stage.WORKING:
        return "выплата по" if agreement.paid_through else "работа по"
    return "работа с"


def paper_words(agreement: MentorAgreement) -> str:
    """Return «дополнительное соглашение № 4 от 2 сентября 2026 г.»."""
    if agreement.is_exempt:
        return "соглашение не нужно"
    signed = f" №\N{NO-BREAK SPACE}{agreement.number} от {rudate(agreement.signed_on)}" if agreement.signed_on else ""
    return f"{agreement.get_kind_display()}{signed}"


def cells(agreement: MentorAgreement, user: User) -> list:
    """Return a row of the workbook for the bookkeeper: pay from and to as it is now."""
    work = agreement.employment
    return [
        agreement.person.full_name,
        work.post,
        work.get_kind_display(),
        agreement.matter_words,
        agreement.get_kind_display(),
        agreement.number,
        agreement.signed_on,
        agreement.starts_on,
        agreement.ends_on,
        agreement.get_pay_kind_display(),
        agreement.pay_amount,
        documents.act_words(agreement),
        agreement.pay_from,
        agreement.paid_through,
        agreement.order_number,
        agreement.order_date,
        agreement.stop_number,
        agreement.stop_date,
        Stage(agreement.stage).label,
        move_words(agreement),
        agreement.next_on,
        next_words(agreement),
        timezone.localdate(agreement.changed_at) if agreement.changed_at else None,
    ]


def facts(agreement: MentorAgreement, user: User) -> list[Fact]:
    """Return the particulars of an agreement for ``components/facts.html``."""
    work, school_order = agreement.employment, agreement.kind == MentorAgreement.Kind.AGREEMENT
    pairing = Pairing.objects.visible_to(user).filter(pk=agreement.pairing_id).first()
    found = [
        Fact("Наставник", agreement.person.full_name, url=agreement.person.get_absolute_url()),
        Fact("Место работы", f"{work.post}, {work.organisation.short_name}", work.get_kind_display()),
        Fact(
            "О какой паре",
            agreement.matter_words or "пара или группа",
            url=pairing.get_absolute_url() if pairing else "",
        ),
        Fact("Бумага", upper_first(paper_words(agreement))),
        Fact("Кто подписал за работодателя", agreement.signed_by_words),
        Fact("Срок", period(agreement.starts_on, agreement.ends_on) if agreement.starts_on else ""),
        Fact("Форма", agreement.work_form),
        Fact("Оплата", upper_first(documents.pay_words(agreement)), documents.act_words(agreement)),
        Fact("Согласие наставника", agreement.get_consent_basis_display()),
        Fact("Отчёт", agreement.report),
        Fact("Основание", agreement.exempt_reason),
        Fact(
            "Приказ об оплате",
            _order_words(agreement.order_number, agreement.order_date),
            "по личному составу" if school_order else "",
        ),
        Fact("Приказ о прекращении", _order_words(agreement.stop_number, agreement.stop_date)),
        Fact("Закончено", rudate(agreement.closed_on) if agreement.closed_on else ""),
        Fact(
            "Хранить", str(kept("agreement", agreement.closed_on or agreement.ends_on)) if agreement.signed_on else ""
        ),
        Fact("Почему снято", agreement.drop_reason),
        *_scans(agreement),
    ]
    return [fact for fact in found if fact.value]


def _order_words(number: str, day: date | None) -> str:
    return f"№\N{NO-BREAK SPACE}{number} от {rudate(day)}" if number else ""


def _scans(agreement: MentorAgreement) -> Iterator[Fact]:
    for name, label in SCANS.items():
        if stored := getattr(agreement, name):
            url = _to(agreement, "scan", name)
            yield Fact(label, stored.name, url=url)
            yield from replaced(agreement, name, url)


def steps(agreement: MentorAgreement, may_record: bool) -> list[Check]:
    """Return the sequence of ТК 351.8: what is done, whose move it is, what comes later."""
    found = [
        _recorded_step(agreement, "assign", agreement.assigned_on, "Поручение работодателя", may_record),
        _consent_step(agreement),
    ]
    if agreement.is_exempt:
        found.append(Check(True, f"Соглашение не нужно: входит в трудовую функцию. {agreement.exempt_reason}"))
    else:
        found += _paper_steps(agreement, may_record)
    first = next((check for check in found if not check.met), None)
    return [check if check.met or check is first else replace(check, waiting=True) for check in found]


def _recorded_step(
    agreement: MentorAgreement, name: str, day: date | None, text: str, may_record: bool, who: str = RECORDERS
) -> Check:
    """Return a step that is done on the day when it was recorded; ``name`` is its page."""
    if day:
        return Check(True, f"{text} от {rudate(day)}")
    return Check(False, text, f"Ход: {who}", _to(agreement, name) if may_record else "", "Записать")


def _consent_step(agreement: MentorAgreement) -> Check:
    if agreement.consent_on:
        return Check(True, f"Согласие наставника от {rudate(agreement.consent_on)}")
    text = "Письменное согласие наставника"
    if agreement.signed_on:  # withdrawn since: it was there when the paper was signed
        return Check(True, text)
    url = reverse("people:person_consents", args=[agreement.person_id])
    return Check(False, text, f"Ход наставника: {agreement.person.short_name}", url, "Открыть согласия")


def _paper_steps(agreement: MentorAgreement, may_record: bool) -> Iterator[Check]:
    founder = agreement.kind == MentorAgreement.Kind.FOUNDER
    who = f"учредитель; записывает {RECORDERS}" if founder else RECORDERS
    text, url = "Условия: содержание, срок, форма, оплата", _to(agreement, "terms") if may_record else ""
    yield (Check(True, text) if agreement.pay_kind else Check(False, text, f"Ход: {RECORDERS}", url, "Записать"))
    name = f"{upper_first(agreement.get_kind_display())}: подписи обеих сторон"
    yield _recorded_step(agreement, "sign", agreement.signed_on, name, may_record, who)
    if agreement.kind != MentorAgreement.Kind.COOPERATION:
        order = "Распоряжение учредителя об оплате" if founder else "Приказ об оплате по личному составу"
        yield _recorded_step(agreement, "order", agreement.order_date, order, may_record, who)


def _to(agreement: MentorAgreement, name: str, *more: str) -> str:
    return reverse(f"programs:agreement_{name}", args=[agreement.pk, *more])


def actions(agreement: MentorAgreement, user: User) -> list[Action]:
    """Return what the user may do with an agreement, the main act first; papers to print before what is recorded."""
    may_record = acts.may_record(user, agreement.person_id)
    live = agreement.stage not in (Stage.ENDED, Stage.DROPPED)
    found = [Action(code, label, _to(agreement, "paper", code)) for code, label in papers(agreement)]
    if may_record and live:
        found += [*_next_action(agreement), *_before_signature(agreement), *_of_signed(agreement)]
    elif may_record and agreement.order_number and not agreement.stop_number:
        found.append(Action("stop", "Записать приказ о прекращении выплаты", _to(agreement, "stop"), primary=True))
    if live and agreement.assigned_on and not agreement.noticed:
        found += _notice_actions(agreement, own=user.person_id == agreement.person_id, may_record=may_record)
    return sorted(found, key=lambda action: not action.primary)


def _next_action(agreement: MentorAgreement) -> Iterator[Action]:
    labels: dict[str, str] = {
        Stage.ASSIGN: "Записать поручение",
        Stage.TERMS: "Записать условия",
        Stage.SIGN: "Записать подписи",
        Stage.ORDER: "Записать приказ об оплате",
    }
    if label := labels.get(agreement.stage):
        yield Action("next", label, _to(agreement, agreement.stage), primary=True)
    if agreement.stage == Stage.CONSENT:
        url = reverse("people:person_consents", args=[agreement.person_id])
        yield Action("consent", "Записать согласие", url, primary=True)


def _before_signature(agreement: MentorAgreement) -> Iterator[Action]:
    if agreement.signed_on:
        return
    if agreement.assigned_on and not agreement.is_exempt and agreement.stage != Stage.TERMS:
        yield Action("terms", "Изменить условия", _to(agreement, "terms"))
    if agreement.kind != MentorAgreement.Kind.COOPERATION:
        label = "Соглашение всё-таки нужно" if agreement.is_exempt else "Оплачено в трудовой функции"
        yield Action("exempt", label, _to(agreement, "exempt"))


def _of_signed(agreement: MentorAgreement) -> Iterator[Action]:
    if agreement.order_number and not agreement.stop_number:
        yield Action("stop", "Записать приказ о прекращении выплаты", _to(agreement, "stop"))
    for name, there, what in (
        ("assignment_scan", agreement.assigned_on, "поручения"),
        ("scan", agreement.signed_on, "соглашения"),
    ):
        if there:
            yield Action(name, f"{scan_words(getattr(agreement, name))} {what}", _to(agreement, "attach", name))
    if agreement.signed_on or agreement.is_exempt:
        yield Action("close", "Закончить соглашение", _to(agreement, "close"))
    if not agreement.signed_on:
        yield Action("drop", "Снять оформление", _to(agreement, "drop"), danger=True)


def _notice_actions(agreement: MentorAgreement, *, own: bool, may_record: bool) -> Iterator[Action]:
    if may_record:
        yield Action("worker", "Записать отказ наставника", notice_url(agreement, "worker"), danger=True)
        yield Action("employer", "Отменить поручение досрочно", notice_url(agreement, "employer"), danger=True)
    elif own:
        yield Action("worker", "Отказаться от обязанностей", notice_url(agreement, "worker"), danger=True)


def papers(agreement: MentorAgreement) -> list[tuple[str, str]]:
    """Return the papers that can be printed for this agreement: (code, label).

    The founder assigns the director, not the school.
    """
    found = []
    if agreement.kind != MentorAgreement.Kind.FOUNDER:
        outside = agreement.kind == MentorAgreement.Kind.COOPERATION
        found.append(("assignment", "Предложение в PDF" if outside else "Поручение в PDF"))
    if not agreement.is_exempt:
        found.append((agreement.kind, f"{documents.TITLES[agreement.kind]} в PDF"))
    return found


def notice_url(agreement: MentorAgreement, giver: str) -> str:
    """Return where a notice about an agreement is given."""
    return f"{reverse('programs:notice_new', args=[agreement.person_id, giver])}?matter={agreement.pairing.uuid}"
