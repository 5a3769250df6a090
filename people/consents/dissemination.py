"""What people allow to publish and on which conditions, as the site must obey it (152-ФЗ, ст. 10.1; п. 8.1)."""

from collections.abc import Iterable
from typing import Self

from mentoring_site.russian import NBSP
from people.consents import closed
from people.consents.models import DISSEMINATION, INITIALS, PUBLIC_FIELDS, RULES, Consent
from people.language.mentions import allows_full_name
from people.register.models import Person

HIDING = (Consent.Transfer.INTERNAL, Consent.Transfer.NONE)
"""Conditions of transfer under which nothing may stand on a site (приказ РКН № 18, п. 8)."""


class Allowed(frozenset):
    """The codes of fields that a person allows to publish, with the conditions of each."""

    conditions: dict

    def __new__(cls, fields: Iterable[str] = (), conditions: dict | None = None) -> Self:
        made = super().__new__(cls, fields)
        made.conditions = {code: found for code, found in (conditions or {}).items() if code in made}
        return made

    @property
    def initials(self) -> bool:
        """Whether the person may be named by initials only."""
        return INITIALS in self.conditions.get("name", {}).get("rules", ())


def allowed_fields(person_ids: Iterable[int] | None = None) -> dict[int, Allowed]:
    """Return what each person (everybody for None) allows to publish today, by live consents; one query (п. 8.1).

    A person without such a consent is absent from the result, and so is one who forbids to pass the data on by a
    network that everybody can read, or whose consent to processing has ended: dissemination is processing (ст. 3).
    """
    consents = Consent.objects.live().filter(purpose=DISSEMINATION).exclude(transfer__in=HIDING)
    consents = consents.exclude(person__in=closed.ended().values("person"))
    if person_ids is not None:
        consents = consents.filter(person__in=list(person_ids))
    rows = consents.values_list("person", "fields", "conditions")
    return {person: Allowed(PUBLIC_FIELDS.keys() & set(fields), conditions) for person, fields, conditions in rows}


def unwilling(person_ids: Iterable[int]) -> set[int]:
    """Return who of these people does not let the surname stand on the site next to a program; at most one query."""
    keys = set(person_ids)
    allowed = allowed_fields(keys) if keys else {}
    return {pk for pk in keys if not allows_full_name(allowed.get(pk, frozenset()))}


def initials_of(person: Person) -> str:
    """«Л. М. О.»: letters only, in the order surname, name, patronymic."""
    letters = [part[:1].upper() + "." for part in (person.last_name, person.first_name, person.middle_name) if part]
    return NBSP.join(letters)


def public_name(person: Person, allowed: Iterable[str]) -> str:
    """Return the name as a visitor may see it: in full, or the initials when that is the condition."""
    return initials_of(person) if getattr(allowed, "initials", False) else person.full_name


def condition_words(condition: dict) -> str:
    """«только инициалы; не передавать третьим лицам; не печатать в сборниках»."""
    return "; ".join([*(RULES[rule] for rule in condition["rules"]), *filter(None, [condition["words"].strip()])])


def conditions_in_words(conditions: dict) -> list[str]:
    """«фотография — не передавать третьим лицам» for each field, in the order of the paper."""
    return [
        f"{PUBLIC_FIELDS[code]} — {condition_words(conditions[code])}" for code in PUBLIC_FIELDS if code in conditions
    ]


def published_conditions(allowed: Iterable[str]) -> str:
    """The line on a public card that publishes conditions and prohibitions (ст. 10.1, ч. 10), or an empty string."""
    return "; ".join(conditions_in_words(getattr(allowed, "conditions", {})))
