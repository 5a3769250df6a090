"""What of a person can be destroyed, what stays and why (152-ФЗ, ст. 21; приказ РКН № 179).

Words of the register are emptied, their traces in the history of fields are masked, letters and files go; other
features add their own data (``retention``). A name stays where it stands in a signed paper: that is kept by other law.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from mentoring_site.backups.copies import gone_by
from mentoring_site.models import OutboxMail
from mentoring_site.russian import plural, rudate
from mentoring_site.scans import forget_replaced
from people.accounts.models import User
from people.consents.destruction import retention
from people.consents.destruction.retention import ErasableData, ErasableRecords
from people.consents.models import Consent
from people.consents.requests.models import DataRequest, Incident
from people.register.models import Person
from people.retention.rules import kept, over_before
from people.staff_list import taking_back
from people.staff_list.models import StaffImport

CONTACTS, BIRTH, EDUCATION, LETTERS, SCANS = "contacts", "birth", "education", "letters", "scans"
REQUESTS = "requests"
PAST_TERM = frozenset({SCANS, REQUESTS})
"""Categories of papers whose own term of keeping is over: no consent keeps them."""
FIELDS = {
    CONTACTS: ("phone", "email", "address"),
    BIRTH: ("birth_date",),
    EDUCATION: (
        "education",
        "education_place",
        "category",
        "category_order",
        "extra_category",
        "teaching_since",
        "note",
    ),
}
LABELS = {"email": "адрес электронной почты", "teaching_since": "педагогический стаж"}
"""Names of fields in an act where the field's own name says too little."""
ERASED = "уничтожено"
CONSENTS, ACTS, ANSWERS = "consent", "destruction", "request"
"""Kinds of documents in the table of terms (people/retention): consents after their end, acts of destruction,
answered requests.
"""


def label(code: str) -> str:
    """Name a category of data: «дата рождения»."""
    return (retention.categories().get(code) or retention.records()[code]).label


def records_found() -> dict[str, list[str]]:
    """Return kind of records of the school -> each record past its term, named; a kind with nothing is absent."""
    holds = {code: data.found() for code, data in retention.records().items()}
    return {code: words for code, words in holds.items() if words}


def erase_records(code: str) -> int:
    """Destroy the records of one kind that are past their term. Called in the transaction of the act."""
    return retention.records()[code].erase()


def found(person: Person) -> dict[str, list[str]]:
    """Return category -> what there is to destroy, in words; a category with nothing is absent."""
    holds = {code: data.found(person) for code, data in retention.categories().items()}
    return {code: words for code, words in holds.items() if words}


def stays(person: Person) -> list[str]:
    """Say what is not destroyed and on what ground."""
    return [*stays_by_law(person), *copies(timezone.localdate())]


def stays_by_law(person: Person) -> list[str]:
    """Say what is processed on by another ground than the consent, with the ground."""
    return [*_always_kept(person), *retention.reasons_to_keep(person)]


def erase(person: Person, code: str) -> int:
    """Destroy one category of a person's data; return how many records it was. Called in the transaction of the act."""
    return retention.categories()[code].erase(person)


def overdue_consents(today: date | None = None) -> models.QuerySet[Consent]:
    """Return the ended consents whose term is over and whose scan and text are still here (people/retention).

    None where the commission decides (ЭПК): nothing is proposed then.
    """
    before = over_before(CONSENTS, today or timezone.localdate())
    there = Consent.objects.filter(erased_on__isnull=True)
    return there.filter(ended_on__lt=before) if before else there.none()


def overdue_requests(today: date | None = None) -> models.QuerySet[DataRequest]:
    """Return the answered requests of persons whose term is over (people/retention); none while the school has set
    no term for them, and none where the commission decides.
    """
    before = over_before(ANSWERS, today or timezone.localdate())
    there = DataRequest.objects.filter(person__isnull=False, closed_at__isnull=False, erased_on__isnull=True)
    return there.filter(answered_on__lt=before) if before else there.none()


def overdue_leaks(today: date | None = None) -> models.QuerySet[DataRequest]:
    """Return the closed records of leaks whose term is over, as ``overdue_requests`` (they are about no one person)."""
    before = over_before(ANSWERS, today or timezone.localdate())
    there = DataRequest.objects.filter(kind=DataRequest.Kind.LEAK, closed_at__isnull=False, erased_on__isnull=True)
    return there.filter(answered_on__lt=before) if before else there.none()


def _always_kept(person: Person) -> list[str]:
    """The register, signed papers, the log, and consents within their term."""
    told = [
        (
            "Фамилия, имя, отчество и должность в подписанных приказах, протоколах и программах: их хранение требует"
            " закон об архивном деле, согласие для этого не нужно (152-ФЗ, ст. 6, ч. 1, п. 2; ст. 1, ч. 2)"
        ),
        (
            "Имя, прежние имена, пол и место работы в списке людей: без них не прочесть подписанные документы; "
            "сведения о работе нужны по Трудовому кодексу (152-ФЗ, ст. 6, ч. 1, п. 2)"
        ),
        (
            "Журнал действий: в нём записано, кто что сделал и когда, сведений из анкет и контактов там нет; вести его"
            " обязывает закон (152-ФЗ, ст. 19, ч. 2, п. 8)"
        ),
    ]
    within_term = Consent.objects.filter(person=person, erased_on=None).exclude(pk__in=overdue_consents().values("pk"))
    if number := within_term.count():
        told.append(
            f"Согласия с их текстами и сканами, всего {number}: срок хранения после прекращения — {kept(CONSENTS)},"
            " это доказательство законной обработки (152-ФЗ, ст. 9, ч. 3)"
        )
    return told


def copies(destroyed_on: date) -> list[str]:
    """Say by which day the data are gone from the backups, and what keeps staff lists (152-ФЗ, ст. 21, ч. 6).

    The backups are pruned by ``BACKUP_KEEP``; nobody reads them, and a restore destroys again by the register beside
    them (``destruction.register``).
    """
    last = gone_by(destroyed_on, settings.BACKUP_KEEP)
    told = [
        (
            f"Резервные копии системы, сделанные до {rudate(destroyed_on)}: последняя уничтожается заменой новой не"
            f" позднее {rudate(last)} До этого дня данные в них заблокированы: копии не читаются, а при восстановлении"
            " из копии уничтожение исполняется снова (152-ФЗ, ст. 21, ч. 6)"
        )
    ]
    if StaffImport.objects.exists():
        told.append(
            "Загруженные файлы со списком сотрудников: учёт кадров по трудовому законодательству (152-ФЗ, ст. 6, ч. 1,"
            " п. 2)"
        )
    return told


# Categories of the register, of letters and of consents


def _fields_found(code: str, person: Person) -> list[str]:
    names = FIELDS[code]
    found = [LABELS.get(n) or str(Person._meta.get_field(n).verbose_name) for n in names if getattr(person, n)]
    if code == CONTACTS and User.objects.filter(person=person).exclude(email="").exists():
        found.append("почта учётной записи")
    return found


def _erase_fields(code: str, person: Person) -> int:
    names = FIELDS[code]
    empty = {name: None if Person._meta.get_field(name).null else "" for name in names}
    number = sum(bool(value) for value in Person.objects.filter(pk=person.pk).values_list(*names).get())
    Person.objects.filter(pk=person.pk).update(**empty, version=F("version") + 1)
    if code == CONTACTS:
        number += User.objects.filter(person=person).exclude(email="").update(email="")
    mask_history(Person, [person.pk], names)
    taking_back.forget(person)
    return number


def _letters_found(person: Person) -> list[str]:
    number = OutboxMail.objects.filter(person_id=person.pk).count()
    return [plural(number, "письмо,письма,писем")] if number else []


def _erase_letters(person: Person) -> int:
    return OutboxMail.objects.filter(person_id=person.pk).delete()[0]


def _scans_found(person: Person) -> list[str]:
    number = overdue_consents().filter(person=person).count()
    return [plural(number, "согласие,согласия,согласий")] if number else []


def _erase_scans(person: Person) -> int:
    old = list(overdue_consents().filter(person=person).select_related("scan"))
    files = {consent.scan for consent in old if consent.scan} | forget_replaced(old)
    Consent.objects.filter(pk__in=[c.pk for c in old]).update(
        text=ERASED, scan=None, address=None, matter_words="", erased_on=timezone.localdate()
    )
    for stored in files:
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:  # one scan may serve several papers
            continue
        transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))
    return len(old)


def _requests_found(person: Person) -> list[str]:
    number = overdue_requests().filter(person=person).count()
    return [plural(number, "обращение,обращения,обращений")] if number else []


def _erase_requests(person: Person) -> int:
    """What was asked and answered goes; that it was, and when, stays in the register."""
    keys = list(overdue_requests().filter(person=person).values_list("pk", flat=True))
    DataRequest.objects.filter(pk__in=keys).update(words=ERASED, answer=ERASED, erased_on=timezone.localdate())
    mask_history(DataRequest, keys, ("words", "answer"))
    return len(keys)


INCIDENT = ("categories", "people", "cause", "harm", "measures", "contact", "findings", "culprits")
"""What the record of a leak tells; when it was noticed and what was answered when stays."""


def _leaks_found() -> list[str]:
    return [f"запись об утечке, выявленной {rudate(leak.received_on)}" for leak in overdue_leaks()]


def _erase_leaks() -> int:
    keys = list(overdue_leaks().values_list("pk", flat=True))
    incidents = Incident.objects.filter(request__in=keys)
    ids = list(incidents.values_list("pk", flat=True))
    incidents.update(**dict.fromkeys(INCIDENT, ERASED))
    DataRequest.objects.filter(pk__in=keys).update(words=ERASED, answer=ERASED, erased_on=timezone.localdate())
    mask_history(DataRequest, keys, ("words", "answer"))
    mask_history(Incident, ids, INCIDENT)
    return len(keys)


def _of_fields(code: str, label: str) -> ErasableData:
    return ErasableData(code, label, partial(_fields_found, code), partial(_erase_fields, code))


OF_THE_REGISTER = (
    _of_fields(CONTACTS, "номер телефона, адрес электронной почты, почтовый адрес"),
    _of_fields(BIRTH, "дата рождения"),
    _of_fields(EDUCATION, "сведения об образовании, квалификационной категории и педагогическом стаже, примечание"),
)
OF_PAPERS = (
    ErasableData(LETTERS, "письма, отправленные системой", _letters_found, _erase_letters),
    ErasableData(
        SCANS, "сканы и тексты прекращённых согласий, срок хранения которых истёк", _scans_found, _erase_scans
    ),
    ErasableData(
        REQUESTS,
        "суть обращений о персональных данных и ответов на них, срок хранения которых истёк",
        _requests_found,
        _erase_requests,
    ),
)


OF_THE_SCHOOL = (
    ErasableRecords(
        "leaks", "записи об утечках персональных данных, срок хранения которых истёк", _leaks_found, _erase_leaks
    ),
)


def mask_history(
    model: type[models.Model], keys: Iterable[int], names: Iterable[str], *, names_itself: bool = False
) -> None:
    """Put «уничтожено» in place of old and new values in the history of the fields ``names`` of the rows ``keys``.

    ``names_itself``: the title of the row names them too.
    """
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    for entry in entries:
        changes = entry.changes or {}
        masked = {name: [ERASED, ERASED] if name in names else change for name, change in changes.items()}
        entry.changes, entry.changes_text, entry.serialized_data = masked, "", None
        if names_itself:
            entry.object_repr = ERASED
        entry.save(update_fields=["changes", "changes_text", "serialized_data", "object_repr"])
