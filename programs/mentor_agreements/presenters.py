"""What pages about agreements and notices show: rows, facts, steps with whose move it is, acts."""

from django.urls import reverse

from mentoring_site.russian import period, rudate
from people.rights import Right
from programs.mentor_agreements import acts, documents
from programs.mentor_agreements.forms import STAGES
from programs.pairings.models import Pairing

TONES = {
    "assign": "you",
    "consent": "others",
    "terms": "you",
    "sign": "you",
    "order": "you",
    "working": "done",
    "ended": "stopped",
    "dropped": "stopped",
}
KEEPERS = "куратор или специалист по кадрам"
COLUMNS = [
    "Наставник",
    "Должность",
    "Вид занятости",
    "О какой паре",
    "Бумага",
    "№",
    "Подписано",
    "Работа с",
    "Работа по",
    "Оплата",
    "Размер",
    "Акт об оплате",
    "Выплата с",
    "Выплата по",
    "Приказ об оплате №",
    "от",
    "Приказ о прекращении №",
    "от",
    "Состояние",
]


def badge(agreement) -> dict:
    """Return the state of an agreement for ``components/badge.html``; reads ``with_stage()``."""
    if agreement.noticed and agreement.stage == "working":
        return {"word": "прекращается", "tone": "late"}
    return {"word": STAGES[agreement.stage], "tone": TONES[agreement.stage]}


def row(agreement) -> dict:
    """A row of the list."""
    pay = f"по {rudate(agreement.paid_through)}" if agreement.paid_through else agreement.get_pay_kind_display()
    return {
        "agreement": agreement,
        "url": agreement.get_absolute_url(),
        "badge": badge(agreement),
        "paper": paper_words(agreement),
        "term": period(agreement.starts_on, agreement.ends_on) if agreement.starts_on else "",
        "pay": f"с {rudate(agreement.pay_from)} {pay}" if agreement.pay_from else pay,
    }


def paper_words(agreement) -> str:
    """«дополнительное соглашение № 4 от 2 сентября 2026 г.»."""
    if agreement.is_exempt:
        return "соглашение не нужно"
    signed = f" №\N{NO-BREAK SPACE}{agreement.number} от {rudate(agreement.signed_on)}" if agreement.signed_on else ""
    return f"{agreement.get_kind_display()}{signed}"


def cells(agreement) -> list:
    """A row of the workbook for the bookkeeper: pay from and to as it is now."""
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
        agreement.pay_act,
        agreement.pay_from,
        agreement.paid_through,
        agreement.order_number,
        agreement.order_date,
        agreement.stop_number,
        agreement.stop_date,
        STAGES[agreement.stage],
    ]


def facts(agreement, user) -> list[dict]:
    """The facts of an agreement for ``components/facts.html``."""
    work = agreement.employment
    visible = Pairing.objects.visible_to(user).filter(pk=agreement.pairing_id).exists()
    order = (
        f"№\N{NO-BREAK SPACE}{agreement.order_number} от {rudate(agreement.order_date)}"
        if agreement.order_number
        else ""
    )
    stop = (
        f"№\N{NO-BREAK SPACE}{agreement.stop_number} от {rudate(agreement.stop_date)}" if agreement.stop_number else ""
    )
    found = [
        ("Наставник", agreement.person.full_name, agreement.person.get_absolute_url(), ""),
        ("Место работы", f"{work.post}, {work.organisation.short_name}", "", work.get_kind_display()),
        (
            "О какой паре",
            agreement.matter_words or "пара или группа",
            agreement.pairing.get_absolute_url() if visible else "",
            "",
        ),
        ("Бумага", paper_words(agreement).capitalize(), "", ""),
        ("Кто подписал за работодателя", agreement.signed_by_words, "", ""),
        ("Срок", period(agreement.starts_on, agreement.ends_on) if agreement.starts_on else "", "", ""),
        ("Форма", agreement.work_form, "", ""),
        ("Оплата", documents.pay_words(agreement).capitalize(), "", agreement.pay_act),
        ("Основание", agreement.exempt_reason, "", ""),
        ("Приказ об оплате", order, "", "по личному составу" if agreement.kind == acts.AGREEMENT else ""),
        ("Приказ о прекращении", stop, "", ""),
        ("Закончено", rudate(agreement.closed_on) if agreement.closed_on else "", "", ""),
        ("Почему снято", agreement.drop_reason, "", ""),
        *(
            (label, getattr(agreement, name).name, reverse("programs:agreement_scan", args=[agreement.pk, name]), "")
            for name, label in (("assignment_scan", "Скан поручения"), ("scan", "Скан соглашения"))
            if getattr(agreement, f"{name}_id")
        ),
    ]
    return [{"label": label, "value": value, "url": url, "note": note} for label, value, url, note in found if value]


def steps(agreement, keeper: bool) -> list[dict]:
    """The sequence of ТК 351.8 for ``components/readiness.html``: what is done, whose move it is, what comes later."""
    consent = f"Согласие наставника от {rudate(agreement.consent_on)}" if agreement.consent_on else ""
    taken = agreement.signed_on is not None and not consent
    found = [
        _step(
            bool(agreement.assigned_on),
            f"Поручение работодателя{_from(agreement.assigned_on)}",
            KEEPERS,
            _to(agreement, "assign") if keeper else "",
            "Записать",
        ),
        _step(
            bool(consent) or taken,
            consent or "Письменное согласие наставника",
            f"ход наставника: {agreement.person.short_name}",
            reverse("people:person_consents", args=[agreement.person_id]),
            "Открыть согласия",
        ),
    ]
    if agreement.is_exempt:
        found.append(
            _step(True, f"Соглашение не нужно: входит в трудовую функцию. {agreement.exempt_reason}", "", "", "")
        )
    else:
        found += _of_paper(agreement, keeper)
    moved = False
    for check in found:  # one move at a time: what comes after it waits
        check["waiting"] = moved and not check["met"]
        moved = moved or not check["met"]
    return found


def _of_paper(agreement, keeper: bool) -> list[dict]:
    name = agreement.get_kind_display().capitalize()
    whose = "учредитель; записывает " + KEEPERS if agreement.kind == acts.FOUNDER else KEEPERS
    found = [
        _step(
            bool(agreement.pay_kind),
            "Условия: содержание, срок, форма, оплата",
            KEEPERS,
            _to(agreement, "terms") if keeper else "",
            "Записать",
        ),
        _step(
            bool(agreement.signed_on),
            f"{name}: подписи обеих сторон{_from(agreement.signed_on)}",
            whose,
            _to(agreement, "sign") if keeper else "",
            "Записать",
        ),
    ]
    if agreement.kind != acts.COOPERATION:
        order = (
            "Распоряжение учредителя об оплате"
            if agreement.kind == acts.FOUNDER
            else "Приказ об оплате по личному составу"
        )
        found.append(
            _step(
                bool(agreement.order_number),
                f"{order}{_from(agreement.order_date)}",
                whose,
                _to(agreement, "order") if keeper else "",
                "Записать",
            )
        )
    return found


def _step(met: bool, text: str, who: str, url: str, link: str) -> dict:
    return {
        "met": met,
        "text": text,
        "who": "" if met else f"Ход: {who}" if not who.startswith("ход") else who.capitalize(),
        "url": "" if met else url,
        "link": link,
    }


def _from(day) -> str:
    return f" от {rudate(day)}" if day else ""


def _to(agreement, name: str) -> str:
    return reverse(f"programs:agreement_{name}", args=[agreement.pk])


def actions(agreement, user) -> list[dict]:
    """What the user may do with an agreement: papers to print first, then what is to be recorded."""
    keeper = user.can(Right.AGREEMENTS_RECORD) and user.person_id != agreement.person_id
    live = agreement.stage not in ("ended", "dropped")
    found = [
        _act(code, label, reverse("programs:agreement_paper", args=[agreement.pk, code]))
        for code, label in papers(agreement)
    ]
    if keeper and live:
        found += _keeper_acts(agreement)
    elif keeper and agreement.order_number and not agreement.stop_number:
        found.append(_act("stop", "Записать приказ о прекращении выплаты", _to(agreement, "stop"), primary=True))
    if live and agreement.assigned_on and not agreement.noticed:
        giver = "worker" if user.person_id == agreement.person_id else "employer"
        label = "Отказаться от обязанностей" if giver == "worker" else "Отменить поручение досрочно"
        if keeper:
            found.append(_act("worker", "Записать отказ наставника", notice_url(agreement, "worker"), danger=True))
        if keeper or giver == "worker":
            found.append(_act(giver, label, notice_url(agreement, giver), danger=True))
    return sorted(found, key=lambda act: not act["primary"])


def _keeper_acts(agreement) -> list[dict]:
    found = []
    if agreement.stage in ("assign", "terms", "sign", "order"):
        labels = {
            "assign": "Записать поручение",
            "terms": "Записать условия",
            "sign": "Записать подписи",
            "order": "Записать приказ об оплате",
        }
        found.append(_act("next", labels[agreement.stage], _to(agreement, agreement.stage), primary=True))
    if agreement.stage == "consent":
        found.append(
            _act(
                "consent",
                "Записать согласие",
                reverse("people:person_consents", args=[agreement.person_id]),
                primary=True,
            )
        )
    if not agreement.signed_on:
        if agreement.assigned_on and not agreement.is_exempt and agreement.stage != "terms":
            found.append(_act("terms", "Изменить условия", _to(agreement, "terms")))
        if agreement.kind != acts.COOPERATION:
            label = "Соглашение всё-таки нужно" if agreement.is_exempt else "Оплачено в трудовой функции"
            found.append(_act("exempt", label, _to(agreement, "exempt")))
    if agreement.order_number and not agreement.stop_number:
        found.append(_act("stop", "Записать приказ о прекращении выплаты", _to(agreement, "stop")))
    for name, there, label in (
        ("assignment_scan", agreement.assigned_on, "Приложить скан поручения"),
        ("scan", agreement.signed_on, "Приложить скан соглашения"),
    ):
        if there and not getattr(agreement, f"{name}_id"):
            found.append(_act(name, label, reverse("programs:agreement_attach", args=[agreement.pk, name])))
    if agreement.signed_on or agreement.is_exempt:
        found.append(_act("close", "Закончить соглашение", _to(agreement, "close")))
    if not agreement.signed_on:
        found.append(_act("drop", "Снять оформление", _to(agreement, "drop"), danger=True))
    return found


def papers(agreement) -> list[tuple[str, str]]:
    """Papers that can be printed for this agreement: (code, label).

    The founder assigns the director, not the school.
    """
    found = []
    if agreement.kind != acts.FOUNDER:
        outside = agreement.kind == acts.COOPERATION
        found.append(("assignment", "Предложение в PDF" if outside else "Поручение в PDF"))
    if not agreement.is_exempt:
        found.append((agreement.kind, f"{documents.TITLES[agreement.kind]} в PDF"))
    return found


def notice_url(agreement, giver: str) -> str:
    """Where a notice about an agreement is given."""
    return f"{reverse('programs:notice_new', args=[agreement.person_id, giver])}?matter={agreement.pairing.uuid}"


def _act(verb, label, url, *, primary=False, danger=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "danger": danger,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }
