"""What pages about notices show: facts, what comes next and whose move it is, acts, consequences (ТК 351.8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import near, rudate, rutime, upper_first
from mentoring_site.scans import replaced, scan_words
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Action, Badge, Check, Fact
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.school import workdays
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import Notice
from programs.mentor_agreements.notices import acts

BY_ITSELF = "Само, в этот день"
HEADINGS = {"worker": "Отказ наставника", "employer": "Отмена поручения"}


@dataclass(frozen=True)
class NoticeRow:
    """A line of a list of notices."""

    notice: Notice
    badge: Badge
    move: str
    order: str
    changed_on: date | None


COLUMNS = (
    "Наставник",
    "Что это",
    "О какой паре",
    "Состояние",
    "Чей ход",
    "Получено",
    "Последний день обязанностей",
    "Как подано",
    "Приказ №",
    "Приказ от",
    "Изменено",
)


def row(notice: Notice) -> NoticeRow:
    """Return a line of the list; reads ``with_changed()``."""
    return NoticeRow(notice, badge(notice), move_words(notice), order_words(notice), _changed(notice))


def cells(notice: Notice, user: User) -> tuple:
    """Return a row of the workbook."""
    return (
        notice.person.full_name,
        notice.get_giver_display(),
        notice.matter_words,
        badge(notice).word,
        move_words(notice),
        notice.received_on,
        notice.effective_on,
        notice.get_form_display(),
        notice.order_number,
        notice.order_date,
        _changed(notice),
    )


def _changed(notice: Notice) -> date | None:
    return timezone.localdate(notice.changed_at) if notice.changed_at else None


def move_words(notice: Notice) -> str:
    """Return whose move it is and what for, in a few words."""
    if notice.withdrawn_on:
        return ""
    if notice.withdrawal_asked_at and not notice.took_effect_on:
        other = "школа" if notice.giver == Notice.Giver.WORKER else "наставник"
        return f"{other}: согласиться на отзыв"
    if notice.needs_paper and not notice.paper_on:
        return "наставник: подписать бумагу"
    return "" if notice.order_number else "школа: приказ"


def badge(notice: Notice) -> Badge:
    """Return the state of a notice."""
    if notice.withdrawn_on:
        return Badge("отозвано", "stopped")
    if notice.took_effect_on:
        return Badge("вступило в силу", "done") if notice.order_number else Badge("ждёт приказа", "you")
    return Badge(f"вступит в силу {rudate(notice.effective_on)}", "others")


def order_words(notice: Notice) -> str:
    """Return «№ 7-лс от 25 ноября 2026 г.»."""
    return f"№\N{NO-BREAK SPACE}{notice.order_number} от {rudate(notice.order_date)}" if notice.order_number else ""


def facts(notice: Notice) -> list[Fact]:
    """Return the particulars of a notice for ``components/facts.html``."""
    given = f"{notice.get_form_display()}, {rudate(notice.given_at)} в {rutime(notice.given_at)}"
    distance = "" if notice.took_effect_on else near(notice.effective_on)
    scan_url = reverse("programs:notice_scan", args=[notice.pk])
    found = [
        Fact("Наставник", notice.person.full_name, url=notice.person.get_absolute_url()),
        Fact("Что это", upper_first(notice.get_giver_display())),
        Fact(
            "О какой паре",
            notice.matter_words,
            url=notice.agreement.get_absolute_url() if notice.agreement else "",
        ),
        Fact("Получено", rudate(notice.received_on)),
        Fact("Последний день обязанностей", rudate(notice.effective_on), distance),
        Fact("Причина", notice.reason or "не названа"),
        Fact("Как подано", given, f"адрес устройства {notice.address}" if notice.address else ""),
        Fact("Скан", notice.scan.name if notice.scan else "", url=scan_url),
        *replaced(notice, "scan", scan_url),
        Fact("Приказ", order_words(notice)),
    ]
    return [fact for fact in found if fact.value]


def steps(notice: Notice, may_record: bool) -> list[Check]:
    """Return what happens to a notice by itself and what somebody has to do."""
    if notice.withdrawn_on:
        return [Check(True, f"Отозвано по обоюдному согласию {rudate(notice.withdrawn_on)}")]
    found = [Check(True, f"Получено {rudate(notice.received_on)}; отклонить его нельзя")]
    if notice.needs_paper:
        url = reverse("programs:notice_paper", args=[notice.pk])
        found.append(_recorded_step(bool(notice.paper_on), "Подписанная бумага", url, "Записать бумагу", may_record))
    effect = f"Обязанности прекращаются {rudate(notice.effective_on)}"
    found.append(Check(True, effect) if notice.took_effect_on else Check(False, effect, BY_ITSELF, waiting=True))
    order = f"Приказ о снятии обязанностей и прекращении выплаты {order_words(notice)}".strip()
    url = reverse("programs:notice_order", args=[notice.pk])
    return [*found, _recorded_step(bool(notice.order_number), order, url, "Записать приказ", may_record)]


def _recorded_step(met: bool, text: str, url: str, link: str, may_record: bool) -> Check:
    if met:
        return Check(True, text)
    return Check(False, text, f"Ход: {Right.AGREEMENTS_RECORD.who}", url if may_record else "", link)


def actions(notice: Notice, user: User) -> list[Action]:
    """Return what the user may do with a notice; to refuse it nobody may."""
    may_record = agreement_acts.may_record(user, notice.person_id)
    pdf = Action("pdf", "Уведомление в PDF", reverse("programs:notice_pdf", args=[notice.pk]))
    recorded = list(_recorded(notice)) if may_record and not notice.withdrawn_on else []
    found = sorted([pdf, *recorded], key=lambda action: not action.primary)
    if is_open(notice):
        url, side = reverse("programs:notice_withdraw", args=[notice.pk]), acts.side_of(user, notice)
        if side and (side == notice.giver) != bool(notice.withdrawal_asked_at):
            found.append(Action("withdraw", withdrawal_label(notice, False), url))
        if may_record:
            found.append(Action("withdraw_paper", "Записать отзыв с подписями обеих сторон", f"{url}?paper=1"))
    return found


def _recorded(notice: Notice) -> Iterator[Action]:
    url = reverse("programs:notice_paper", args=[notice.pk])
    if notice.needs_paper and not notice.paper_on:
        yield Action("paper", "Записать подписанную бумагу", url, primary=True)
    elif notice.form == acts.PAPER or notice.paper_on:
        yield Action("scan", scan_words(notice.scan), url)
    if not notice.order_number:
        yield Action("order", "Записать приказ", reverse("programs:notice_order", args=[notice.pk]))


def is_open(notice: Notice) -> bool:
    """Whether the notice can still be taken back: before its last day, without an order."""
    return (
        not (notice.withdrawn_on or notice.took_effect_on or notice.order_number)
        and notice.effective_on > timezone.localdate()
    )


def withdrawal_label(notice: Notice, paper: bool) -> str:
    """Return the words of the button that takes a notice back, for the side whose move it is."""
    if paper:
        return "Записать отзыв"
    return "Согласиться отозвать" if notice.withdrawal_asked_at else "Предложить отозвать"


def withdrawal_words(notice: Notice, paper: bool) -> list[str]:
    """Return what a withdrawal will do, in sentences."""
    if paper:
        return [
            "Уведомление будет отозвано: на бумаге должны стоять подписи и наставника, и работодателя.",
            "Обязанности и выплата продолжатся.",
        ]
    if notice.withdrawal_asked_at:
        return [
            "Другая сторона уже предложила отозвать уведомление. С Вашим согласием оно отзывается.",
            "Обязанности и выплата продолжатся.",
        ]
    return [
        "Уведомление отзывают только по обоюдному согласию: согласиться должна и другая сторона.",
        f"Если она не согласится до {rudate(notice.effective_on)}, обязанности прекратятся.",
    ]


def consequences(person: Person, giver: str, own: bool, *, electronic: bool) -> list[str]:
    """Return what a notice will do, in sentences."""
    earliest = workdays.no_earlier(timezone.localdate())
    found = [f"Последний день обязанностей — {earliest}, если уведомление получено сегодня."]
    found.append(
        "Отклонить уведомление никто не может; отозвать его можно только по обоюдному согласию и до этого дня."
    )
    found.append(
        "Выплата за наставничество закончится с этим днём, приказ её прекратит."
        if not own
        else "Выплата за наставничество закончится с этим днём."
    )
    if own and not electronic:
        found.append(
            "В школе кадровые документы ведут на бумаге: подпишите и отдайте куратору или специалисту по кадрам ещё и"
            " бланк."
        )
    if giver == "employer":
        found.append(by_letter(f"{person.short_name}: письмо об этом уйдёт сразу."))
        found.append("Само уведомление вручают под подпись.")
    return found
