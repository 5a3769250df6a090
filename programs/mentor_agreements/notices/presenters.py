"""What pages about notices show: facts, what comes next and whose move it is, acts, consequences (ТК 351.8)."""

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import near, rudate, rutime
from people.rights import Right
from people.school import workdays
from programs.mentor_agreements.notices import acts

HEADINGS = {"worker": "Отказ наставника", "employer": "Отмена поручения"}


def order_words(notice) -> str:
    """«№ 7-лс от 25 ноября 2026 г.»."""
    return f"№\N{NO-BREAK SPACE}{notice.order_number} от {rudate(notice.order_date)}" if notice.order_number else ""


def facts(notice) -> list[dict]:
    """The facts of a notice for ``components/facts.html``."""
    given = f"{notice.get_form_display()}, {rudate(notice.given_at)} в {rutime(notice.given_at)}"
    found = [
        ("Наставник", notice.person.full_name, notice.person.get_absolute_url(), ""),
        ("Что это", notice.get_giver_display().capitalize(), "", ""),
        ("О какой паре", notice.matter_words, notice.agreement.get_absolute_url() if notice.agreement else "", ""),
        ("Получено", rudate(notice.received_on), "", ""),
        (
            "Последний день обязанностей",
            rudate(notice.effective_on),
            "",
            near(notice.effective_on) if not notice.took_effect_on else "",
        ),
        ("Причина", notice.reason or "не названа", "", ""),
        ("Как подано", given, "", f"адрес устройства {notice.address}" if notice.address else ""),
        ("Скан", notice.scan.name if notice.scan else "", reverse("programs:notice_scan", args=[notice.pk]), ""),
        ("Приказ", order_words(notice), "", ""),
    ]
    return [{"label": label, "value": value, "url": url, "note": note} for label, value, url, note in found if value]


def steps(notice, keeper: bool) -> list[dict]:
    """What happens to a notice by itself and what somebody has to do, for ``components/readiness.html``."""
    if notice.withdrawn_on:
        return [_step(True, f"Отозвано по обоюдному согласию {rudate(notice.withdrawn_on)}")]
    found = [_step(True, f"Получено {rudate(notice.received_on)}; отклонить его нельзя")]
    if notice.needs_paper:
        found.append(
            _step(
                bool(notice.paper_on),
                "Подписанная бумага",
                "Ход: куратор или специалист по кадрам",
                reverse("programs:notice_paper", args=[notice.pk]) if keeper else "",
                "Записать бумагу",
            )
        )
    effect = f"Обязанности прекращаются {rudate(notice.effective_on)}"
    found.append(
        _step(bool(notice.took_effect_on), effect, "" if notice.took_effect_on else "Само, в этот день", waiting=True)
    )
    found.append(
        _step(
            bool(notice.order_number),
            f"Приказ о снятии обязанностей и прекращении выплаты {order_words(notice)}".strip(),
            "" if notice.order_number else "Ход: куратор или специалист по кадрам",
            reverse("programs:notice_order", args=[notice.pk]) if keeper else "",
            "Записать приказ",
        )
    )
    return found


def _step(met: bool, text: str, who: str = "", url: str = "", link: str = "", *, waiting: bool = False) -> dict:
    return {
        "met": met,
        "text": text,
        "who": "" if met else who,
        "url": "" if met else url,
        "link": link,
        "waiting": waiting and not met,
    }


def actions(notice, user) -> list[dict]:
    """What the user may do with a notice; to refuse it nobody may."""
    keeper = user.can(Right.AGREEMENTS_RECORD) and user.person_id != notice.person_id
    found = [_act("pdf", "Уведомление в PDF", reverse("programs:notice_pdf", args=[notice.pk]))]
    if keeper and not notice.withdrawn_on:
        if notice.needs_paper and not notice.paper_on:
            found.insert(
                0,
                _act(
                    "paper",
                    "Записать подписанную бумагу",
                    reverse("programs:notice_paper", args=[notice.pk]),
                    primary=True,
                ),
            )
        elif not notice.scan_id and (notice.form == acts.PAPER or notice.paper_on):
            found.append(_act("scan", "Приложить скан", reverse("programs:notice_paper", args=[notice.pk])))
        if not notice.order_number:
            found.append(_act("order", "Записать приказ", reverse("programs:notice_order", args=[notice.pk])))
    if is_open(notice):
        url = reverse("programs:notice_withdraw", args=[notice.pk])
        side = acts.side_of(user, notice)
        if side and (side == notice.giver) != bool(notice.withdrawal_asked_at):
            found.append(_act("withdraw", withdrawal_label(notice, user, False), url))
        if keeper:
            found.append(_act("withdraw_paper", "Записать отзыв с подписями обеих сторон", f"{url}?paper=1"))
    return found


def is_open(notice) -> bool:
    """Whether the notice can still be taken back: before its last day, without an order."""
    return (
        not (notice.withdrawn_on or notice.took_effect_on or notice.order_number)
        and notice.effective_on > timezone.localdate()
    )


def withdrawal_label(notice, user, paper: bool) -> str:
    """The words of the button that takes a notice back, for the side whose move it is."""
    if paper:
        return "Записать отзыв"
    return "Согласиться отозвать" if notice.withdrawal_asked_at else "Предложить отозвать"


def withdrawal_words(notice, paper: bool) -> list[str]:
    """What a withdrawal will do, in sentences."""
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
        "Уведомление отзывают только по обоюдному согласию: другая сторона получит письмо и должна согласиться.",
        f"Если она не согласится до {rudate(notice.effective_on)}, обязанности прекратятся.",
    ]


def consequences(person, giver: str, own: bool, *, electronic: bool) -> list[str]:
    """What a notice will do, in sentences."""
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
        found.append(f"{person.short_name}: письмо об этом уйдёт сразу; само уведомление вручают под подпись.")
    return found


def _act(verb, label, url, *, primary=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "danger": False,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }
