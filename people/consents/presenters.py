"""What pages about consents show: rows, facts, next steps, consequences of a withdrawal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone

from mentoring_site.pdf.joining import joined_pdf
from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import near, plural, rudate
from mentoring_site.scans import replaced, scan_words
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact
from people.accounts.models import User
from people.consents import acts, endings, texts
from people.consents.dissemination import HIDING, conditions_in_words
from people.consents.forms import ConsentForm
from people.consents.matters import matter_in_words, matters_of
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, PUBLIC_FIELDS, Consent
from people.consents.withdrawals.acts import due_after
from people.register.models import Person
from people.retention.rules import kept
from people.rights import Right
from people.school.models import School
from people.school.workdays import add_workdays

SOON = timedelta(days=30)
"""How long before its end a consent is shown as ending."""
NEEDED = {
    PROCESSING: "Без него нельзя войти в банк наставников и наставляемых.",
    DISSEMINATION: "Решает, что о человеке видно на сайте; давать его не обязательно.",
}


def electronic() -> bool:
    """Whether consents may be given in the application (the school has introduced it by order)."""
    school = School.get()
    return bool(school and school.e_consents)


def heading(consent: Consent) -> str:
    """«Согласие на обработку персональных данных»."""
    return {
        PROCESSING: "Согласие на обработку персональных данных",
        DISSEMINATION: "Согласие на распространение персональных данных",
        DUTIES: f"Согласие на обязанности {consent.get_part_display()}",
    }[consent.purpose]


def badge(consent: Consent) -> Badge:
    """Return the state of a consent: in force, about to end, ended and why."""
    if consent.end:
        return Badge(consent.get_end_display(), "stopped")
    today = timezone.localdate()
    if consent.until and consent.until < today:
        return Badge("истёк срок", "late")
    if consent.until and consent.until - today <= SOON:
        return Badge("скоро истекает", "you")
    return Badge("действует", "done")


def lacks_scan(consent: Consent) -> bool:
    """Whether a consent on paper still waits for its scan."""
    return consent.form == Consent.Form.PAPER and consent.scan_id is None and consent.erased_on is None


@dataclass(frozen=True)
class ConsentRow:
    """A consent in a list; ``left`` says how long it is still in force when that is not long."""

    consent: Consent
    badge: Badge
    scan: str
    conditions: str
    left: str


def row(consent: Consent, user: User | None = None) -> ConsentRow:
    """Return a row of the register and of what a person has given before."""
    conditions = "; ".join(conditions_in_words(consent.conditions))
    return ConsentRow(consent, badge(consent), _scan_state(consent), conditions, _left(consent))


def _scan_state(consent: Consent) -> str:
    if lacks_scan(consent):
        return "нет скана"
    if consent.scan_id:
        return "скан есть"
    return "уничтожен" if consent.erased_on else "в системе"


def _left(consent: Consent) -> str:
    """«через 50 дней» for a live consent that ends within 60 days."""
    days = (consent.until - timezone.localdate()).days if consent.until and not consent.ended_on else -1
    return near(consent.until) or f"через {plural(days, 'день,дня,дней')}" if 0 <= days <= 60 else ""


PRINT_COLUMNS = (
    ("№", 4),
    ("Человек", 16),
    ("Согласие", 24),
    ("Что разрешено и на каких условиях", 24),
    ("Дано", 9),
    ("Действует по", 9),
    ("Скан", 9),
    ("Состояние", 11),
)


def print_cells(shown: ConsentRow) -> list[str]:
    """Return a row of the printed register, without its number."""
    consent = shown.consent
    return [
        consent.person.short_name,
        f"{consent.title}, {consent.matter_words}" if consent.matter_words else consent.title,
        "; условия: ".join(filter(None, [field_words(consent), shown.conditions])),
        f"{consent.given_on:%d.%m.%Y}",
        f"{consent.until:%d.%m.%Y}" if consent.until else "",
        shown.scan,
        shown.badge.word,
    ]


def field_words(consent: Consent) -> str:
    """«фамилия, имя, отчество; фотография»."""
    return "; ".join(PUBLIC_FIELDS[code] for code in consent.fields if code in PUBLIC_FIELDS)


def facts(consent: Consent) -> list[Fact]:
    """Return what is known of a consent besides its text."""
    c = consent
    scan_url = reverse("people:consent_scan", args=[c.pk]) if c.scan_id else ""
    found = [
        Fact("Человек", c.person.full_name, url=c.person.get_absolute_url()),
        Fact("О чём", c.matter_words),
        Fact("Разрешено распространять", field_words(c)),
        Fact("Условия и запреты", "; ".join(conditions_in_words(c.conditions))),
        Fact("Условия опубликованы", _published(c)),
        Fact("Передача оператором", c.get_transfer_display()),
        Fact("Дано", rudate(c.given_on)),
        Fact("Действует", f"по {rudate(c.until)}" if c.until else "до отзыва или достижения цели"),
        Fact("Как дано", c.get_form_display()),
        Fact("Адрес устройства", c.address or ""),
        Fact("Скан", _scan_words(c), url=scan_url),
        *(replaced(c, "scan", scan_url) if c.scan_id else []),
        Fact("Прекращено", f"{rudate(c.ended_on)}, {c.get_end_display()}" if c.ended_on else ""),
        Fact("Хранить", str(kept("consent", c.ended_on)) if c.ended_on else ""),
        Fact("Редакция текста", rudate(c.text_date)),
        Fact("Подлинность текста", c.text_sha256, folded=True),
    ]
    return [fact for fact in found if fact.value]


def _published(consent: Consent) -> str:
    """The duty to publish conditions within 3 working days is done by the public card itself (ст. 10.1, ч. 10)."""
    if not consent.conditions or consent.ended_on or consent.transfer in HIDING:
        return ""
    day, last = timezone.localdate(consent.recorded_at), add_workdays(timezone.localdate(consent.recorded_at), 3)
    return f"{rudate(day)}, вместе с данными на публичной странице (срок — до {rudate(last)})"


def _scan_words(consent: Consent) -> str:
    if consent.form != Consent.Form.PAPER:
        return ""
    if consent.erased_on:
        return f"уничтожен {rudate(consent.erased_on)}"
    return consent.scan.name if consent.scan else "пока не приложен"


def actions(user: User, consent: Consent) -> list[Action]:
    """Return what the user may do with a consent."""
    records, is_live = user.can(Right.CONSENTS_RECORD), consent.ended_on is None
    own = user.person_id == consent.person_id and consent.purpose != DUTIES

    def address(name: str) -> str:
        return reverse(f"people:consent_{name}", args=[consent.pk])

    found = []
    if records and lacks_scan(consent):
        found.append(Action("attach", "Приложить скан", address("attach"), primary=True))
    elif records and consent.scan_id:
        found.append(Action("attach", scan_words(consent.scan), address("attach")))
    found.append(Action("words", "Текст в PDF", address("words")))
    if is_live:
        found.append(Action("form", "Бланк отзыва в PDF", address("withdrawal_form")))
    if is_live and (records or own):
        found.append(Action("withdraw", "Отозвать согласие", address("withdraw"), danger=True))
    return found


def consequences(consent: Consent) -> list[str]:
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
    approver = Right.CONSENTS_DESTROY.who
    return [
        f"{name}: обработка персональных данных в наставничестве прекращается, подписанные документы сохраняются.",
        *endings.consequences_of(consent),
        "С сайта школы имя и должность исчезнут сразу: без согласия на обработку распространять их нельзя.",
        "Новые записи о человеке в парах, программах и анкетах закрываются сразу.",
        f"Данные, которые держались на согласии, уничтожают по акту за 30 дней; акт утверждает {approver}.",
        "Человеку отвечают, что прекращено, что продолжается и на каком основании: ответ составится сам.",
    ]


@dataclass(frozen=True)
class PurposeRow:
    """A purpose for which a person consents or may consent, with the live consent and the next steps."""

    title: str
    note: str
    consent: Consent | None
    badge: Badge
    new_url: str
    blank_url: str
    term: str  # of the glossary
    withdraw_url: str = ""
    demand_url: str = ""


def overview(person: Person, user: User) -> dict:
    """Return the context of a person's consents: by purpose with the next step of each, and what has ended."""
    records, own = user.can(Right.CONSENTS_RECORD), user.person_id == person.pk
    given = list(person.consents.defer("text"))
    live = {(c.purpose, c.part, c.matter): c for c in given if c.ended_on is None}
    in_application = electronic()
    needed = [(PROCESSING, "", None, ""), (DISSEMINATION, "", None, ""), *_duties(person, live)]
    rows = []
    for purpose, part, matter, note in needed:
        consent, query = live.get((purpose, part, matter)), _query(purpose, part, matter)
        new_url = f"{reverse('people:consent_new', args=[person.pk])}?{query}"
        blank_url = f"{reverse('people:consent_blank', args=[person.pk])}?{query}"
        rows.append(
            PurposeRow(
                title=Consent(purpose=purpose, part=part).title,
                note=note or NEEDED.get(purpose, ""),
                consent=consent,
                badge=badge(consent) if consent else Badge("нет", "ahead"),
                new_url=new_url if records or (own and in_application) else "",
                blank_url=blank_url if records or own else "",
                term=f"consent-{purpose}",
                withdraw_url=_withdraw_url(consent, user),
                demand_url=_demand_url(consent) if own and not records else "",
            )
        )
    can_ask = records and not own and (PROCESSING, "", None) not in live
    return {
        "rows": rows,
        "ended": [row(c) for c in given if c.ended_on is not None],
        "electronic": in_application,
        "ask_url": reverse("people:consent_ask", args=[person.pk]) if can_ask else "",
    }


def _withdraw_url(consent: Consent | None, user: User) -> str:
    """Return where the user withdraws a live consent: one's own but to duties, or by the right to record."""
    own = consent is not None and consent.person_id == user.person_id and consent.purpose != DUTIES
    may = consent is not None and (own or user.can(Right.CONSENTS_RECORD))
    return reverse("people:consent_withdraw", args=[consent.pk]) if may and consent else ""


def _demand_url(consent: Consent | None) -> str:
    """Return the printed demand by which a consent to duties is withdrawn: an order ends them, not a tap."""
    duties = consent is not None and consent.purpose == DUTIES
    return reverse("people:consent_withdrawal_form", args=[consent.pk]) if duties and consent else ""


def _query(purpose: str, part: str, matter: UUID | None) -> str:
    """Return the query of an address about one purpose."""
    return urlencode({k: v for k, v in (("purpose", purpose), ("part", part), ("matter", matter)) if v})


def _duties(person: Person, live: dict[tuple, Consent]) -> list[tuple]:
    """Return purpose, part, matter and note of each consent to duties that is needed or live."""
    found = {(m.part, m.uuid): m.note for m in matters_of(person)}
    for (purpose, part, matter), consent in live.items():
        if purpose == DUTIES:
            found[part, matter] = consent.matter_words or found.get((part, matter), "")
    return [(DUTIES, part, matter, note) for (part, matter), note in found.items()]


def form_context(
    person: Person, purpose: str, part: str, matter: UUID | None, words: str, *, form: ConsentForm, own: bool
) -> dict:
    """The page where a consent is recorded or given: its text as it will be signed stands next to the form."""
    probe = Consent(purpose=purpose, part=part)
    facts_now = texts.paper_facts(
        person,
        purpose,
        matter_words=words,
        date=timezone.localdate().isoformat() if own else None,
        mark="Подтверждается паролем в системе «Наставничество»." if own else None,
    )
    version = acts.latest_text(purpose, part)
    query = _query(purpose, part, matter)
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
        "crumbs": [
            Crumb(person.short_name, person.get_absolute_url()),
            Crumb("Согласия", back),
            Crumb("Новое согласие"),
        ],
    }


def blanks(people: Iterable[Person], purpose: str) -> FileResponse:
    """Answer with the blanks of several people in one file, each filled in with what is known."""
    template = texts.template_name(purpose, "", texts.text_date(purpose, "", timezone.localdate()))
    return blanks_file((template, texts.paper_facts(person, purpose)) for person in people)


def duty_blanks(rows: Iterable[tuple[Person, str, UUID]]) -> FileResponse:
    """Answer with the blanks of consents to duties, of ``(person, part, matter)``, in one file."""
    today = timezone.localdate()
    return blanks_file(
        (
            texts.template_name(DUTIES, part, texts.text_date(DUTIES, part, today)),
            texts.paper_facts(person, DUTIES, matter_words=matter_in_words(person, part, matter)),
        )
        for person, part, matter in rows
    )


def blanks_file(papers: Iterable[tuple[str, dict]]) -> FileResponse:
    """Answer with papers of ``(template, facts)`` in one file."""
    content = BytesIO(joined_pdf(render_pdf(template, facts) for template, facts in papers))
    return FileResponse(content, content_type="application/pdf", filename="Согласия, бланки.pdf")


def pdf(template: str, facts_of_paper: dict, name: str) -> FileResponse:
    """Answer with a rendered paper, shown in the browser."""
    content = render_pdf(template, facts_of_paper)
    return FileResponse(BytesIO(content), content_type="application/pdf", filename=f"{name}.pdf")
