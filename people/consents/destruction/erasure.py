"""What of a person can be destroyed, what stays and why, and the destruction itself (152-ФЗ, ст. 21; приказ РКН № 179).

Words of the register and of questionnaires are emptied, their traces in the history of fields are masked, letters and
files go. A name stays where it stands in a signed paper: that is kept by other law.
"""

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, ProtectedError, Q, Subquery, When
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.russian import plural
from people.accounts.models import User
from people.banks.models import Candidate, Statement
from people.consents.models import Consent
from people.register.models import Person
from people.staff_list.models import StaffImport
from programs.mentor_agreements.models import MentorAgreement, Notice

CONTACTS, BIRTH, EDUCATION, QUESTIONNAIRES, LETTERS, SCANS = (
    "contacts",
    "birth",
    "education",
    "answers",
    "letters",
    "scans",
)
CATEGORIES = {
    CONTACTS: "номер телефона, адрес электронной почты, почтовый адрес",
    BIRTH: "дата рождения",
    EDUCATION: "сведения об образовании, квалификационной категории и педагогическом стаже, примечание",
    QUESTIONNAIRES: "анкеты: затруднения, запросы, сильные стороны, компетенции, интересы, пожелания",
    LETTERS: "письма, отправленные системой",
    SCANS: "сканы и тексты прекращённых согласий, срок хранения которых истёк",
}
FIELDS = {
    CONTACTS: ("phone", "email", "address"),
    BIRTH: ("birth_date",),
    EDUCATION: ("education", "education_place", "category", "category_order", "teaching_since", "note"),
}
WORDS = {"email": "адрес электронной почты", "teaching_since": "педагогический стаж"}
ANSWERS = ("why", "capacity_hours", "capacity_persons", "wishes", "comment")
GONE = "уничтожено"
KEEP_YEARS = 3
"""How long consents after their end, and acts of destruction, are kept."""


def years_before(day, years: int = KEEP_YEARS):
    """Return the same day some years earlier."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def overdue_consents(today=None):
    """Return the ended consents whose keeping term is over and whose scan and text are still here."""
    today = today or timezone.localdate()
    return Consent.objects.filter(ended_on__lte=years_before(today), erased_on__isnull=True)


def found(person) -> dict[str, list[str]]:
    """Return category -> what there is to destroy, in words; a category with nothing is absent."""
    holds = {}
    for code, names in FIELDS.items():
        holds[code] = [WORDS.get(n) or str(Person._meta.get_field(n).verbose_name) for n in names if getattr(person, n)]
    if User.objects.filter(person=person).exclude(email="").exists():
        holds[CONTACTS].append("почта учётной записи")
    answers = Candidate.objects.filter(person=person).filter(
        ~Q(why="")
        | ~Q(wishes="")
        | ~Q(comment="")
        | Q(capacity_hours__isnull=False)
        | Q(capacity_persons__isnull=False)
    )
    free = len(_free_statements(person))
    holds[QUESTIONNAIRES] = [
        *([plural(number, "анкета,анкеты,анкет")] if (number := answers.count()) else []),
        *([plural(free, "ответ,ответа,ответов") + " о затруднениях, запросах и компетенциях"] if free else []),
    ]
    letters = OutboxMail.objects.filter(person_id=person.pk).count()
    holds[LETTERS] = [plural(letters, "письмо,письма,писем")] if letters else []
    old = overdue_consents().filter(person=person).count()
    holds[SCANS] = [plural(old, "согласие,согласия,согласий")] if old else []
    return {code: words for code, words in holds.items() if words}


def stays(person) -> list[str]:
    """Say what is not destroyed and on what ground; two queries."""
    kept = Consent.objects.filter(person=OuterRef("pk"), erased_on=None).exclude(pk__in=overdue_consents().values("pk"))
    counted = kept.order_by().values("person").annotate(n=Count("pk")).values("n")
    there = Person.objects.annotate(
        kept=Subquery(counted),
        has_agreements=Exists(MentorAgreement.objects.filter(person=OuterRef("pk"))),
        has_notices=Exists(Notice.objects.filter(person=OuterRef("pk"))),
        are_lists=Exists(StaffImport.objects.all()),
    ).get(pk=person.pk)
    told = [
        (
            "Фамилия, имя, отчество и должность в подписанных приказах, протоколах и программах: их хранение требует"
            " закон об архивном деле, согласие для этого не нужно (152-ФЗ, ст. 6, ч. 1, п. 2; ст. 1, ч. 2)"
        ),
        (
            "Имя, пол и место работы в списке людей: без них не прочесть подписанные документы; трудовые отношения "
            "обрабатываются по Трудовому кодексу"
        ),
        "Журнал действий: в нём записано, кто что сделал и когда, сведений из анкет и контактов там нет",
    ]
    if there.kept:
        told.append(
            f"Согласия с их текстами и сканами ({there.kept}): хранятся {KEEP_YEARS} года после прекращения, "
            "это доказательство законной обработки"
        )
    if used := sum(_statements(person).values()):
        told.append(f"Ответы анкеты, вошедшие в программу ({used}): часть утверждённого документа")
    if there.has_agreements or there.has_notices:
        told.append(
            "Адрес и телефон в соглашениях и уведомлениях о наставничестве: кадровые документы (ТК 351.8), их хранит"
            " архив"
        )
    told.append("Имя и ответы в согласованных редакциях программ: часть утверждённого документа")
    if there.are_lists:
        told.append(
            "Загруженные списки сотрудников: в них данные и других людей; удалите строку человека из исходного файла"
        )
    told.append(
        "Резервные копии базы: данные исчезнут из них по мере замены копий; восстановив копию, повторите уничтожение"
    )
    return told


def erase(person, code: str) -> int:
    """Destroy one category of a person's data; return how many records it was. Called in the transaction of the act."""
    return {QUESTIONNAIRES: _answers, LETTERS: _letters, SCANS: _scans}.get(code, lambda p: _fields(p, code))(person)


def _fields(person, code: str) -> int:
    names = FIELDS[code]
    empty = {name: None if Person._meta.get_field(name).null else "" for name in names}
    number = sum(bool(value) for value in Person.objects.filter(pk=person.pk).values_list(*names).get())
    Person.objects.filter(pk=person.pk).update(**empty, version=F("version") + 1)
    if code == CONTACTS:
        number += User.objects.filter(person=person).exclude(email="").update(email="")
    mask_history(Person, [person.pk], names)
    return number


def _answers(person) -> int:
    candidates = list(Candidate.objects.filter(person=person).values_list("pk", flat=True))
    empty = {"why": "", "wishes": "", "comment": "", "capacity_hours": None, "capacity_persons": None}
    Candidate.objects.filter(pk__in=candidates).update(**empty, version=F("version") + 1)
    mask_history(Candidate, candidates, ANSWERS)
    free = _free_statements(person)
    Statement.objects.filter(pk__in=free).update(text=GONE, topic=None)
    mask_history(Statement, free, ("text", "topic"), names_itself=True)
    return len(candidates) + len(free)


def _statements(person) -> dict[int, bool]:
    """Return the answers that are not destroyed yet -> whether a programme refers to them, by whatever relation."""
    used = Q(pk__in=[])
    for relation in Statement._meta.get_fields(include_hidden=True):
        if relation.one_to_many:
            rows = relation.related_model._base_manager.filter(**{relation.field.attname: OuterRef("pk")})
            used |= Q(Exists(rows))
    mine = Statement.objects.filter(candidate__person=person).exclude(text=GONE).order_by("pk")
    is_used = Case(When(used, then=True), default=False, output_field=BooleanField())
    return dict(mine.annotate(is_used=is_used).values_list("pk", "is_used"))


def _free_statements(person) -> list[int]:
    """Return the answers that no programme refers to."""
    return [pk for pk, is_used in _statements(person).items() if not is_used]


def _letters(person) -> int:
    return OutboxMail.objects.filter(person_id=person.pk).delete()[0]


def _scans(person) -> int:
    old = list(overdue_consents().filter(person=person).select_related("scan"))
    files = {consent.scan for consent in old if consent.scan_id}
    Consent.objects.filter(pk__in=[c.pk for c in old]).update(
        text=GONE, scan=None, address=None, matter_words="", erased_on=timezone.localdate()
    )
    for stored in files:
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:  # one scan may serve several papers
            continue
        store, name = stored.file.storage, stored.file.name
        transaction.on_commit(lambda store=store, name=name: store.delete(name))
    return len(old)


def mask_history(model, keys, names, *, names_itself: bool = False) -> None:
    """Put «уничтожено» in place of old and new values in the history of fields; ``names_itself``: the
    title tells them too.
    """
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    for entry in entries:
        changes = entry.changes or {}
        masked = {name: [GONE, GONE] if name in names else change for name, change in changes.items()}
        entry.changes, entry.changes_text, entry.serialized_data = masked, "", None
        if names_itself:
            entry.object_repr = GONE
        entry.save(update_fields=["changes", "changes_text", "serialized_data", "object_repr"])
