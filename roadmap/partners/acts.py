"""Acts about partners: written down, shown on the site, contacts, joint events (п. 3.3, 3.4)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.accounts.models import User
from people.rights import Right
from people.school.models import Organisation
from roadmap.partners.models import Contact, JointEvent, Partner

NAMES = ("name", "short_name", "kind", "city")
"""Columns of the organisation; the others are of the partner."""


def cleaned(value: Any) -> Any:
    """Return a text without outer and double spaces, line ends kept; another value as it is."""
    return "\n".join(" ".join(line.split()) for line in value.strip().splitlines()) if isinstance(value, str) else value


@transaction.atomic
def add(
    *, by: User, organisation: Organisation | None = None, request_key: UUID | None = None, **values: Any
) -> Partner:
    """Write a partner down: an organisation of the register, or a new one by its names (п. 3.3).

    Returns the partner, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    require(by, Right.PARTNERS_EDIT)
    one_at_a_time("register")
    if request_key and (made := Partner.objects.filter(request_key=request_key).first()):
        return made
    values = {name: cleaned(value) for name, value in values.items()}
    names = {name: values.pop(name) for name in NAMES if name in values}
    if organisation is None:
        organisation = _organisation(Organisation(), names, by)
    elif organisation.kind == Organisation.Kind.OWN:
        raise Refused("Наша школа сама себе не партнёр")
    if met := Partner.objects.filter(organisation=organisation).first():
        raise Already(f"{met}: уже среди партнёров")
    made = Partner.objects.create(organisation=organisation, request_key=request_key, **values)
    record(made, "enter", by=by, words="записан партнёр")
    return made


def _organisation(organisation: Organisation, names: dict[str, Any], by: User) -> Organisation:
    """Write the names of an organisation. Raises ``Refused`` for a second one of the name."""
    name, short = names.get("name") or "", names.get("short_name") or ""
    if not name:
        raise Refused("Выберите организацию из списка или напишите полное название новой")
    if names.get("kind") in ("", None, Organisation.Kind.OWN):
        raise Refused("Выберите вид организации")
    if Organisation.objects.filter(name=name).exclude(pk=organisation.pk).exists():
        raise Refused(f"«{name}» уже есть в списке организаций: выберите её там")
    for field, value in (names | {"short_name": short or name[:120]}).items():
        setattr(organisation, field, value)
    fresh = organisation.pk is None
    organisation.save()
    words = "записана организация" if fresh else "изменена организация"
    record(organisation, "enter" if fresh else "edit", by=by, words=words)
    return organisation


@transaction.atomic
def change(partner: Partner, *, by: User, version: int, **values: Any) -> Partner:
    """Change what is known of a partner. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.PARTNERS_EDIT)
    one_at_a_time("register")
    fresh = locked(partner)
    claim_version(fresh, version)
    values = {name: cleaned(value) for name, value in values.items()}
    names = {name: values.pop(name) for name in NAMES if name in values}
    organisation = fresh.organisation
    if any(getattr(organisation, name) != value for name, value in names.items()):
        fresh.organisation = _organisation(organisation, names, by)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "edit", by=by, words="изменены сведения о партнёре")
    return fresh


@transaction.atomic
def show(partner: Partner, *, by: User) -> Partner:
    """Show the partner's name and kinds of agreements on the public section. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.SITE_EDIT, act="показывать партнёров на сайте")
    fresh = locked(partner)
    if fresh.shown_at:
        raise Already("Партнёр уже показан на сайте")
    Partner.objects.filter(pk=fresh.pk).update(shown_at=timezone.now(), shown_by=by)
    record(fresh, "show", by=by, words="показан на сайте")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def hide(partner: Partner, *, by: User) -> Partner:
    """Take the partner off the public section. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.SITE_EDIT, act="убирать партнёров с сайта")
    fresh = locked(partner)
    if not fresh.shown_at:
        raise Already("Партнёра на сайте уже нет")
    Partner.objects.filter(pk=fresh.pk).update(shown_at=None, shown_by=None)
    record(fresh, "hide", by=by, words="убран с сайта")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def save_contact(
    contact: Contact | None, *, by: User, version: int = 0, request_key: UUID | None = None, **values: Any
) -> Contact:
    """Write down somebody outside the school, or change it: only what the talk needs (152-ФЗ, ст. 5).

    Raises ``NotAllowed``, ``Stale``; ``Refused`` without a name, or a contact of a partner without the partner.
    """
    require(by, Right.PARTNERS_EDIT)
    if contact is None and request_key and (made := Contact.objects.filter(request_key=request_key).first()):
        return made
    values = {name: cleaned(value) for name, value in values.items()}
    if not values.get("name"):
        raise Refused("Напишите, с кем связываться")
    if values.get("part") == Contact.Part.PARTNER and not values.get("partner"):
        raise Refused("Выберите партнёра, чьё это контактное лицо")
    if contact is None:
        made = Contact.objects.create(created_by=by, request_key=request_key, **values)
        record(made, "enter", by=by, words="записан контакт")
        return made
    fresh = locked(contact)
    claim_version(fresh, version)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "edit", by=by, words="изменён контакт")
    return fresh


@transaction.atomic
def forget_contact(contact: Contact, *, by: User) -> None:
    """Destroy what is known of a contact; talks stay without the name (152-ФЗ, ст. 21). Raises ``NotAllowed``."""
    require(by, Right.PARTNERS_EDIT, act="убирать контакты")
    fresh = locked(contact, gone="Этого контакта уже нет")
    record(fresh, "forget", by=by, words="контакт уничтожен")
    fresh.delete()


@transaction.atomic
def add_event(
    partner: Partner, *, by: User, title: str, held_on: date, url: str = "", request_key: UUID | None = None
) -> JointEvent:
    """Write down something done together. Raises ``NotAllowed``; ``Refused`` without words."""
    require(by, Right.PARTNERS_EDIT)
    if request_key and (made := JointEvent.objects.filter(request_key=request_key).first()):
        return made
    title = cleaned(title)
    if not title:
        raise Refused("Напишите, что делали или сделаете вместе")
    locked(partner)
    made = JointEvent.objects.create(
        partner=partner, title=title, held_on=held_on, url=url, created_by=by, request_key=request_key
    )
    record(partner, "event", by=by, words="записано совместное событие", event=made.pk)
    return made


@transaction.atomic
def remove_event(event: JointEvent, *, by: User) -> Partner:
    """Take a joint event out. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.PARTNERS_EDIT)
    fresh = locked(event, gone="Этого события уже нет")
    record(fresh.partner, "event_removed", by=by, words="убрано совместное событие")
    fresh.delete()
    return event.partner
