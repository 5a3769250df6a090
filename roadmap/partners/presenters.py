"""What pages of partners show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.emails import mailto
from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import near, period, plural, rudate, ruday, upper_first
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tab
from mentoring_site.workflow import action
from people.accounts.models import User
from people.retention.rules import kept
from people.rights import Right
from roadmap.partners.models import (
    FIRST_REMINDER,
    KEPT_AS,
    Contact,
    Network,
    Partner,
    PartnerAgreement,
    Talk,
)

LIST = "Партнёры"
SIGNED, DRAFT, ENDED = PartnerAgreement.State.SIGNED, PartnerAgreement.State.DRAFT, PartnerAgreement.State.ENDED
PAGES = (
    ("Партнёры", "roadmap:partners"),
    ("Договоры", "roadmap:partner_agreements"),
    ("Сети и сообщества", "roadmap:networks"),
    ("Контакты", "roadmap:contacts"),
    ("Разговоры", "roadmap:talks"),
)


def tabs(current: str) -> list[Tab]:
    """Return the lists of the feature; ``current`` is the name of the address of the open one."""
    return [Tab(label, reverse(name), current=name == current) for label, name in PAGES]


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of partners."""
    return [Crumb(LIST, reverse("roadmap:partners")), *more]


def is_ending(agreement: PartnerAgreement, today: date | None = None) -> bool:
    """Whether a signed agreement ends within two months."""
    today = today or timezone.localdate()
    return (
        agreement.state == SIGNED
        and agreement.ends_on is not None
        and agreement.ends_on <= today + timedelta(days=FIRST_REMINDER)
    )


def badge(agreement: PartnerAgreement) -> Badge:
    """Return how an agreement stands."""
    if is_ending(agreement):
        word = "скоро продлится" if agreement.prolongs else "скоро закончится"
        return Badge(word, "you")
    if agreement.state == SIGNED and agreement.starts_on and agreement.starts_on > timezone.localdate():
        return Badge("подписан, ещё не начался", "ahead")
    tones = {DRAFT: ("проект", "draft"), SIGNED: ("действует", "done"), ENDED: ("закончен", "stopped")}
    word, tone = tones[PartnerAgreement.State(agreement.state)]
    return Badge(word, tone)  # type: ignore[arg-type]


def term(agreement: PartnerAgreement) -> str:
    """Return from when till when, and whether it prolongs itself."""
    if agreement.starts_on is None:
        return "срок не указан"
    if agreement.ends_on is None:
        return f"с {rudate(agreement.starts_on)}, бессрочно"
    words = period(agreement.starts_on, agreement.ends_on)
    return f"{words}, продлевается сам" if agreement.prolongs else words


@dataclass(frozen=True)
class PartnerRow:
    """A partner in the list."""

    name: str
    url: str
    kind: str
    city: str
    marks: str
    agreements: list[PartnerAgreement]
    badges: list[Badge]
    shown: bool


def partner_row(partner: Any, user: User) -> PartnerRow:
    """Return a partner read with its organisation and its live agreements."""
    marks = [
        *(["стажировочная площадка"] if partner.is_training_site else []),
        *(["базовая школа"] if partner.is_base_school else []),
    ]
    live = partner.live_agreements
    return PartnerRow(
        str(partner),
        partner.get_absolute_url(),
        partner.organisation.get_kind_display(),
        partner.organisation.city,
        ", ".join(marks),
        live,
        [badge(one) for one in live],
        partner.shown_at is not None,
    )


def partner_cells(partner: Any, user: User) -> tuple:
    """Return the cells of a workbook."""
    row = partner_row(partner, user)
    agreements = "; ".join(f"{one}, {term(one)}" for one in row.agreements)
    organisation = partner.organisation
    return (organisation.name, row.name, row.kind, row.city, row.marks, agreements, partner.site, partner.phone,
            partner.email, row.shown)  # fmt: skip


def partner_facts(partner: Partner) -> list[Fact]:
    """Return what the page of a partner shows."""
    organisation = partner.organisation
    row = [
        Fact("Полное название", organisation.name),
        Fact("Вид", upper_first(organisation.get_kind_display())),
        Fact("Город", organisation.city),
        Fact("Чем полезен школе", partner.about),
        Fact("Стажировочная площадка", "есть" if partner.is_training_site else ""),
        Fact("Базовая школа", "да" if partner.is_base_school else ""),
        Fact("Сайт", partner.site, url=partner.site),
        Fact("Телефон", partner.phone),
        Fact("E-mail", partner.email, url=mailto(partner.email)),
        Fact("Адрес", partner.address),
        Fact("ИНН", partner.inn),
        Fact("ОГРН", partner.ogrn),
        Fact("На сайте школы", f"показан с {ruday(partner.shown_at)}" if partner.shown_at else "не показан"),
    ]
    return [fact for fact in row if fact.value]


def partner_actions(partner: Partner, user: User) -> list[Action]:
    """Return the buttons of a partner."""
    url, found = partner.get_absolute_url(), []
    if user.can(Right.PARTNERS_EDIT):
        found += [
            Action("agreement", "Подготовить договор", f"{url}agreements/new/", primary=True),
            Action("talk", "Записать разговор", f"{reverse('roadmap:talk_new')}?partner={partner.pk}"),
            Action("contact", "Добавить контакт", f"{reverse('roadmap:contact_new')}?partner={partner.pk}"),
            Action("event", "Записать совместное событие", f"{url}events/new/"),
            Action("edit", "Изменить сведения", f"{url}edit/"),
        ]
    if user.can(Right.SITE_EDIT):
        label = "Убрать с сайта" if partner.shown_at else "Показать на сайте"
        found.append(Action("show", label, f"{url}site/"))
    return found


@dataclass(frozen=True)
class AgreementRow:
    """An agreement in the list."""

    title: str
    url: str
    partner: str
    subject: str
    term: str
    badge: Badge


def agreement_row(agreement: PartnerAgreement, user: User) -> AgreementRow:
    """Return an agreement read with its partner."""
    return AgreementRow(
        upper_first(str(agreement)),
        agreement.get_absolute_url(),
        str(agreement.partner),
        agreement.subject,
        term(agreement),
        badge(agreement),
    )


def agreement_cells(agreement: PartnerAgreement, user: User) -> tuple:
    """Return the cells of a workbook."""
    return (
        agreement.partner.organisation.name,
        agreement.get_kind_display(),
        agreement.number,
        agreement.signed_on,
        agreement.starts_on,
        agreement.ends_on,
        agreement.prolongs,
        badge(agreement).word,
        agreement.subject,
    )


def agreement_facts(agreement: PartnerAgreement) -> list[Fact]:
    """Return what the page of an agreement shows."""
    signed = rudate(agreement.signed_on) if agreement.signed_on else ""
    months = plural(agreement.prolong_months, "месяц,месяца,месяцев")
    who = ", ".join(filter(None, [agreement.their_signer, agreement.their_basis]))
    ended = ", ".join(filter(None, [ruday(agreement.ended_on), agreement.end_reason])) if agreement.ended_on else ""
    return Fact.known(
        [
            ("Предмет", agreement.subject),
            ("Что делает школа", agreement.ours),
            ("Что делает партнёр", agreement.theirs),
            ("За партнёра подписывает", who),
            ("Номер", agreement.number),
            ("Подписан", signed),
            ("Срок", term(agreement)),
            ("Продлевается сам", f"на {months}" if agreement.prolongs else ""),
            ("Закончен", ended),
            ("Хранить", str(kept(KEPT_AS, agreement.ended_on or agreement.ends_on)) if agreement.signed_on else ""),
            ("Подготовил", f"{agreement.created_by.person.short_name}, {ruday(agreement.created_at)}"),
        ]
    )


def agreement_actions(agreement: PartnerAgreement, user: User) -> list[Action]:
    """Return the buttons of an agreement: the next step first."""
    url = agreement.get_absolute_url()
    edits = user.can(Right.PARTNERS_EDIT)
    found = [
        action(agreement, "sign", user, f"{url}sign/", primary=True),
        Action("pdf", "Напечатать договор", f"{url}paper/"),
    ]
    if edits and agreement.state == DRAFT:
        found += [Action("edit", "Изменить проект", f"{url}edit/"), Action("drop", "Убрать проект", f"{url}drop/")]
    if edits and agreement.state != DRAFT and not hasattr(agreement, "next"):
        found.append(Action("renew", "Подготовить новый договор", f"{url}renew/", primary=is_ending(agreement)))
    found.append(action(agreement, "end", user, f"{url}end/"))
    return [one for one in found if one]


def evidence(agreement: PartnerAgreement, user: User) -> Shown:
    """Return the scans of an agreement read ``with_evidence``."""
    return shown(agreement, changes=user.can(Right.PARTNERS_EDIT), expected=agreement.state == SIGNED)


@dataclass(frozen=True)
class ContactRow:
    """A contact in the list."""

    name: str
    url: str
    post: str
    part: str
    partner: str
    reach: str


def contact_row(contact: Contact, user: User) -> ContactRow:
    """Return a contact read with its partner."""
    reach = ", ".join(filter(None, [contact.phone, contact.email]))
    partner = str(contact.partner) if contact.partner else ""
    return ContactRow(
        contact.name, contact.get_absolute_url(), contact.post, contact.get_part_display(), partner, reach
    )


@dataclass(frozen=True)
class TalkRow:
    """A talk in the log."""

    key: int
    when: str
    whom: str
    url: str
    how: str
    about: str
    agreed: str
    step: str
    badge: Badge | None
    done_url: str


def talk_row(talk: Talk, user: User) -> TalkRow:
    """Return a talk read with whom it was and who makes the next step."""
    about = talk.partner or talk.network or talk.contact
    names = [str(one) for one in (talk.contact, talk.partner, talk.network) if one]
    mine = talk.responsible_id == user.person_id or user.can(Right.PARTNERS_EDIT)
    step = ""
    if talk.next_step and talk.responsible:
        step = f"{talk.next_step}: {talk.responsible.short_name}, до {ruday(talk.next_on)}"
    waits = bool(talk.next_step) and talk.done_at is None
    return TalkRow(
        talk.pk,
        ruday(talk.held_on),
        ", ".join(names) or "контакт уничтожен",
        about.get_absolute_url() if about else "",
        talk.get_how_display(),
        talk.about,
        talk.agreed,
        step,
        _step_badge(talk),
        reverse("roadmap:talk_done", args=[talk.pk]) if waits and mine else "",
    )


def _step_badge(talk: Talk) -> Badge | None:
    if not talk.next_step:
        return None
    if talk.done_at:
        return Badge("сделано", "done")
    assert talk.next_on is not None
    late = talk.next_on < timezone.localdate()
    return Badge(near(talk.next_on) if late else "ждёт", "late" if late else "others")


def talk_cells(talk: Talk, user: User) -> tuple:
    """Return the cells of a workbook."""
    row = talk_row(talk, user)
    done = timezone.localdate(talk.done_at) if talk.done_at else None
    return (talk.held_on, row.whom, row.how, talk.about, talk.agreed, talk.next_step, talk.next_on,
            talk.responsible.short_name if talk.responsible else "", done)  # fmt: skip


@dataclass(frozen=True)
class NetworkRow:
    """A network in the list."""

    name: str
    url: str
    kind: str
    level: str
    members: str


def network_row(network: Any, user: User) -> NetworkRow:
    """Return a network read with its live members."""
    names = ", ".join(member.person.short_name for member in network.live_members)
    return NetworkRow(
        network.name,
        network.get_absolute_url(),
        network.get_kind_display(),
        network.get_level_display(),
        names or "из школы пока никто",
    )


def network_facts(network: Network) -> list[Fact]:
    """Return what the page of a network shows."""
    found = [
        Fact("Вид", upper_first(network.get_kind_display())),
        Fact("Уровень", network.get_level_display()),
        Fact("Ссылка", network.url, url=network.url),
        Fact("О чём и как школа участвует", network.about),
        Fact("Партнёры в ней", ", ".join(str(partner) for partner in network.partners.all())),
    ]
    return [fact for fact in found if fact.value]
