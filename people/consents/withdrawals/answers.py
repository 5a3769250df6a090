"""The answer to a person who has withdrawn the consent to processing (152-ФЗ, ст. 9 ч. 2, ст. 20, 21).

It says what stopped at once, what stops until when, and what goes on and on what ground: what another ground holds is
known from the registry of destruction (``erasure.stays_by_law``).
"""

from datetime import date

from mentoring_site.russian import lower_first, rudate, upper_first
from people.consents import texts
from people.consents.destruction import erasure
from people.consents.duties.models import Duty
from people.consents.matters import matter_in_words, matters_of
from people.consents.withdrawals.acts import last_day
from people.consents.withdrawals.models import Withdrawal
from people.language.declension import name_in
from people.register.models import Person
from people.roles.holders import signer
from people.roles.letterhead import signer_of

STOPPED = (
    "учёт в банке наставников и банке наставляемых",
    "размещение имени, должности и других сведений на сайте школы, также если согласие на распространение не отозвано",
    "новые записи в анкетах, программах, журналах встреч и результатах",
)
CONTRACT = (
    "Сведения, которые нужны для трудового договора, учёта кадров и оплаты: Трудовой кодекс (ст. 86); 152-ФЗ, ст. 6,"
    " ч. 1, п. 2 и 5"
)
NAME = ("Фамилия, имя, отчество, должность, место работы", "обрабатываются дальше", CONTRACT.partition(": ")[2])
SIGNED = (
    "Имя и должность в подписанных приказах, протоколах, программах",
    "хранятся в срок архивного хранения",
    "закон об архивном деле; 152-ФЗ, ст. 1, ч. 2, ст. 6, ч. 1, п. 2",
)
ONLY_BY_CONSENT = "держались только на согласии"


def facts(withdrawal: Withdrawal) -> dict:
    """Return the facts of ``documents/withdrawal_answer.html``."""
    consent = withdrawal.consent
    destroys = any(duty.kind == Duty.Kind.DESTROY for duty in withdrawal.duties.all())
    return facts_of(consent.person, given=consent.given_on, received=withdrawal.received_on, destroys=destroys)


def facts_of(person: Person, *, given: date, received: date, destroys: bool) -> dict:
    """Return the facts for a person, a consent of the day ``given`` and its withdrawal of the day ``received``."""
    last = last_day(received)
    ends = [
        f"обязанности {'наставника' if matter.part == 'mentor' else 'наставляемого'}"
        f" {matter_in_words(person, matter.part, matter.uuid) or f'({matter.note})'}: их прекращает приказ директора,"
        f" до {rudate(last)}"
        for matter in matters_of(person)
    ]
    if destroys:
        ends.append(f"сведения, которые держались только на согласии, уничтожаются по акту до {rudate(last)}")
    return {
        "school": texts.operator_facts(),
        "person": texts.person_facts(person) | {"dative": name_in(person, "dative")},
        "signer": signer_of(*head) if (head := signer())[0] else None,
        "received": received.isoformat(),
        "given": given.isoformat(),
        "stopped": list(STOPPED),
        "ends": ends,
        "fields": fields_of(person, last, destroys=destroys),
        "stays": [lower_first(ground) for ground in (CONTRACT, *erasure.stays_by_law(person))],
        "date": None,
    }


def fields_of(person: Person, last: date, *, destroys: bool) -> list[list[str]]:
    """Return rows «сведения — что с ними — основание» of everything that is held about a person.

    Without a duty to destroy the data are only no longer processed.
    """
    what = f"обработка прекращена, уничтожаются по акту до {rudate(last)}" if destroys else "обработка прекращена"
    gone = [
        [upper_first(", ".join(words) if code in erasure.FIELDS else erasure.label(code)), what, ONLY_BY_CONSENT]
        for code, words in erasure.found(person).items()
        if code not in erasure.PAST_TERM
    ]
    return [list(NAME), *gone, list(SIGNED)]
