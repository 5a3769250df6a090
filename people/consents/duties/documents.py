"""Facts of the notice that a term is extended (152-ФЗ, ст. 20, ч. 1; ст. 21, ч. 5.1)."""

from people.consents import texts
from people.consents.duties.models import Duty
from people.language.declension import name_in
from people.register.models import Person
from people.roles.holders import signer
from people.roles.letterhead import signer_of


def letter_facts(person: Person) -> dict:
    """Return what every letter of the operator to a person has: both sides and the signer."""
    return {
        "school": texts.operator_facts(),
        "person": texts.person_facts(person) | {"dative": name_in(person, "dative")},
        "signer": signer_of(*head) if (head := signer())[0] else None,
    }


def extension_facts(duty: Duty) -> dict:
    """Return the facts of ``documents/data_extension.html``."""
    person, was = duty.person, duty.first_due_on
    assert person is not None and was is not None, "the term of a person that is extended"
    return letter_facts(person) | {
        "received": duty.of.received_on.isoformat(),
        "about": duty.what_about,
        "number": duty.request.number if duty.request else "",
        "what": duty.get_kind_display(),
        "was": was.isoformat(),
        "until": duty.due_on.isoformat(),
        "more": duty.law.more,
        "reason": duty.extension,
        "source": duty.law.source,
    }
