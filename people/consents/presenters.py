"""What pages about consents show: rows, facts, next steps, consequences of a withdrawal."""

from io import BytesIO
from urllib.parse import urlencode

from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone

from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import near, plural, rudate
from people.consents import acts, endings, texts
from people.consents.dissemination import HIDING, conditions_told
from people.consents.matters import matters_of
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, PUBLIC_FIELDS, Consent
from people.consents.withdrawals.acts import due_after
from people.rights import Right
from people.school.models import School
from people.school.workdays import add_workdays

NEEDED = {
    PROCESSING: "Без него нельзя войти в банк наставников и наставляемых.",
    DISSEMINATION: "Решает, что о человеке видно на сайте; давать его не обязательно.",
}


def electronic() -> bool:
    """Whether consents may be given in the application (the school has introduced it by order)."""
    school = School.get()
    return bool(school and school.e_consents)


def heading(consent) -> str:
    """«Согласие на обработку персональных данных»."""
    return {
        PROCESSING: "Согласие на обработку персональных данных",
        DISSEMINATION: "Согласие на распространение персональных данных",
        DUTIES: f"Согласие на обязанности {consent.get_part_display()}",
    }[consent.purpose]


def row(consent) -> dict:
    """A row of the register."""
    missing = consent.form == acts.PAPER and consent.scan_id is None and consent.erased_on is None
    scan = (
        "нет скана"
        if missing
        else "скан есть"
        if consent.scan_id
        else "уничтожен"
        if consent.erased_on
        else "в системе"
    )
    return {
        "consent": consent,
        "url": consent.get_absolute_url(),
        "badge": acts.badge(consent),
        "title": acts.consent_title(consent),
        "matter": consent.matter_words,
        "scan": scan,
        "missing": missing,
        "conditions": "; ".join(conditions_told(consent.conditions)),
        "left": _left(consent),
    }


def _left(consent) -> str:
    """«через 50 дней» for a live consent that ends within 60 days."""
    days = (consent.until - timezone.localdate()).days if consent.until and not consent.ended_on else -1
    return near(consent.until) or f"через {plural(days, 'день,дня,дней')}" if 0 <= days <= 60 else ""


PRINT_COLUMNS = (
    ("№", 4),
    ("Человек", 16),
    ("Согласие", 24),
    ("Разрешено, условия", 24),
    ("Дано", 9),
    ("По", 9),
    ("Скан", 9),
    ("Состояние", 11),
)


def print_cells(shown: dict) -> list[str]:
    """A row of the printed register from ``row``."""
    consent = shown["consent"]
    title = f"{shown['title']}, {shown['matter']}" if shown["matter"] else shown["title"]
    allowed = "; условия: ".join(filter(None, [field_words(consent), shown["conditions"]]))
    return [
        consent.person.short_name,
        title,
        allowed,
        f"{consent.given_on:%d.%m.%Y}",
        f"{consent.until:%d.%m.%Y}" if consent.until else "",
        shown["scan"],
        shown["badge"]["word"],
    ]


def cells(consent) -> list:
    """A row of the workbook."""
    return [
        consent.person.full_name,
        acts.consent_title(consent),
        consent.matter_words,
        field_words(consent),
        "; ".join(conditions_told(consent.conditions)),
        consent.get_transfer_display(),
        consent.given_on,
        consent.until,
        consent.get_form_display(),
        row(consent)["scan"],
        consent.text_date,
        consent.text_sha256,
        consent.ended_on,
        consent.get_end_display(),
    ]


def field_words(consent) -> str:
    """«фамилия, имя, отчество; фотография»."""
    return "; ".join(PUBLIC_FIELDS[code] for code in consent.fields if code in PUBLIC_FIELDS)


def facts(consent) -> list[dict]:
    """The facts of a consent for ``components/facts.html``."""
    found = [
        ("Человек", consent.person.full_name, consent.person.get_absolute_url()),
        ("О чём", consent.matter_words, ""),
        ("Разрешено распространять", field_words(consent), ""),
        ("Условия и запреты", "; ".join(conditions_told(consent.conditions)), ""),
        ("Условия опубликованы", _published(consent), ""),
        ("Передача оператором", consent.get_transfer_display(), ""),
        ("Дано", rudate(consent.given_on), ""),
        ("Действует", f"по {rudate(consent.until)}" if consent.until else "до отзыва или достижения цели", ""),
        ("Как дано", consent.get_form_display(), ""),
        ("Адрес устройства", consent.address or "", ""),
        ("Скан", _scan_words(consent), reverse("people:consent_scan", args=[consent.pk]) if consent.scan_id else ""),
        ("Прекращено", f"{rudate(consent.ended_on)}, {consent.get_end_display()}" if consent.ended_on else "", ""),
        ("Редакция текста", rudate(consent.text_date), ""),
        ("SHA-256 текста", consent.text_sha256, ""),
    ]
    return [{"label": label, "value": value, "url": url, "note": ""} for label, value, url in found if value]


def _published(consent) -> str:
    """The duty to publish conditions within 3 working days is done by the public card itself (ст. 10.1, ч. 10)."""
    if not consent.conditions or consent.ended_on or consent.transfer in HIDING:
        return ""
    day, last = timezone.localdate(consent.recorded_at), add_workdays(timezone.localdate(consent.recorded_at), 3)
    return f"{rudate(day)}, вместе с данными на публичной странице (срок — до {rudate(last)})"


def _scan_words(consent) -> str:
    if consent.form != acts.PAPER:
        return ""
    if consent.erased_on:
        return f"уничтожен {rudate(consent.erased_on)}"
    return consent.scan.name if consent.scan_id else "пока не приложен"


def actions(user, consent) -> list[dict]:
    """What the user may do with a consent."""
    keeper, live = user.can(Right.CONSENTS_RECORD), consent.ended_on is None
    own = user.person_id == consent.person_id and consent.purpose != DUTIES
    found = []
    if keeper and row(consent)["missing"]:
        found.append(
            _act("attach", "Приложить скан", reverse("people:consent_attach", args=[consent.pk]), primary=True)
        )
    found.append(_act("words", "Текст в PDF", reverse("people:consent_words", args=[consent.pk])))
    if live:
        found.append(_act("form", "Бланк отзыва в PDF", reverse("people:consent_withdrawal_form", args=[consent.pk])))
    if live and (keeper or own):
        found.append(
            _act("withdraw", "Отозвать согласие", reverse("people:consent_withdraw", args=[consent.pk]), danger=True)
        )
    return found


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


def consequences(consent) -> list[str]:
    """What a withdrawal will do, in sentences."""
    name = consent.person.short_name
    others = "Остальные согласия останутся в силе."
    if consent.purpose == DISSEMINATION:
        until = due_after(DISSEMINATION, timezone.localdate(), False).values()
        return [
            f"{name}: с сайта сразу исчезнут {field_words(consent)}. Если отметить часть, исчезнет только она.",
            *(
                f"В остальных местах прекратить распространение нужно за 3 рабочих дня, до {rudate(day)}"
                for day in until
            ),
            others,
        ]
    if consent.purpose == DUTIES:
        return [
            f"{name} больше не исполняет обязанности {consent.get_part_display()} по этому согласию.",
            "Пару или программу это само не прекращает: куратору придётся решить, что с ними делать.",
            others,
        ]
    return [
        f"{name}: обработка персональных данных в наставничестве прекращается, подписанные документы сохраняются.",
        *endings.consequences_of(consent),
        "Данные, которые держались на согласии, уничтожают по акту за 30 дней; акт утверждает директор.",
        others,
    ]


def overview(person, user) -> dict:
    """The consents of a person by purpose, with the next step of each; what has ended below."""
    keeper, own = user.can(Right.CONSENTS_RECORD), user.person_id == person.pk
    given = list(person.consents.defer("text"))
    live = {(c.purpose, c.part, c.matter): c for c in given if c.ended_on is None}
    in_application = electronic()
    may_give = keeper or (own and in_application)
    rows = []
    for purpose, part, matter, words in [
        (PROCESSING, "", None, ""),
        (DISSEMINATION, "", None, ""),
        *_duties(person, live),
    ]:
        consent = live.get((purpose, part, matter))
        query = urlencode({k: v for k, v in (("purpose", purpose), ("part", part), ("matter", matter)) if v})
        rows.append(
            {
                "title": Consent(purpose=purpose, part=part).get_purpose_display()
                if purpose != DUTIES
                else f"обязанности {Consent.Part(part).label}",
                "note": words or NEEDED.get(purpose, ""),
                "consent": consent,
                "url": consent.get_absolute_url() if consent else "",
                "badge": acts.badge(consent) if consent else {"word": "нет", "tone": "ahead"},
                "new_url": f"{reverse('people:consent_new', args=[person.pk])}?{query}" if may_give else "",
                "blank_url": f"{reverse('people:consent_blank', args=[person.pk])}?{query}" if keeper or own else "",
            }
        )
    can_ask = keeper and not own and (PROCESSING, "", None) not in live
    return {
        "rows": rows,
        "ended": [row(c) for c in given if c.ended_on is not None],
        "electronic": in_application,
        "ask_url": reverse("people:consent_ask", args=[person.pk]) if can_ask else "",
    }


def _duties(person, live) -> list[tuple]:
    """Return purpose, part, matter and note of each consent to duties that is needed or live."""
    found = {(m.part, m.uuid): m.note for m in matters_of(person)}
    for (purpose, part, matter), consent in live.items():
        if purpose == DUTIES:
            found[part, matter] = consent.matter_words or found.get((part, matter), "")
    return [(DUTIES, part, matter, note) for (part, matter), note in found.items()]


def form_context(user, person, purpose, part, matter, words, *, form, own: bool) -> dict:
    """The page where a consent is recorded or given: its text as it will be signed stands beside the form."""
    probe = Consent(purpose=purpose, part=part)
    facts_now = texts.paper_facts(
        person,
        purpose,
        matter_words=words,
        date=timezone.localdate().isoformat() if own else None,
        mark="Подтверждается паролем в системе «Наставничество»." if own else None,
    )
    version = acts.latest_text(purpose, part)
    query = urlencode({k: v for k, v in (("purpose", purpose), ("part", part), ("matter", matter)) if v})
    back = reverse("people:person_consents", args=[person.pk])
    return {
        "form": form,
        "own": own,
        "person": person,
        "heading": heading(probe),
        "lead": words,
        "multipart": not own,
        "submit": "Даю согласие" if own else "Записать согласие",
        "cancel_url": back,
        "lines": texts.words_of(purpose, part, version, facts_now) if own else [],
        "blank_url": f"{reverse('people:consent_blank', args=[person.pk])}?{query}",
        "crumbs": [(person.short_name, person.get_absolute_url()), ("Согласия", back), ("Новое согласие", None)],
    }


def pdf(template: str, facts_of_paper: dict, name: str) -> FileResponse:
    """Answer with a rendered paper, shown in the browser."""
    content = render_pdf(template, facts_of_paper)
    return FileResponse(BytesIO(content), content_type="application/pdf", filename=f"{name}.pdf")
