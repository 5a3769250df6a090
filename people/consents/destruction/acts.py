"""Acts of destruction: prepare, approve by another user, decline; the approval destroys and proves it."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from mentoring_site.backups.companions import export_quietly
from mentoring_site.files import store_bytes
from mentoring_site.locks import one_at_a_time
from mentoring_site.models import Act, StoredFile
from mentoring_site.pdf.render import render_pdf
from mentoring_site.rights import require
from mentoring_site.russian import NBSP, lower_first, rudate
from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.workflow import record as log
from mentoring_site.xlsx.reader import CONTENT_TYPE
from mentoring_site.xlsx.writer import write_xlsx
from people.accounts.models import User
from people.consents import texts as consent_texts
from people.consents.destruction import erasure, gone, retention
from people.consents.destruction.models import Destruction
from people.consents.duties import acts as duty_acts
from people.consents.models import PROCESSING, Consent
from people.consents.requests.models import DataRequest
from people.consents.withdrawals.models import Withdrawal
from people.register.models import Person
from people.retention.rules import kept
from people.rights import Right
from people.roles.holders import signer
from people.roles.instead import require_impartial
from people.roles.letters import mail_person, mail_right_holders

SYSTEM = "Информационная система «Наставничество»"
COLUMNS = (
    "Дата и время",
    "Чьи данные",
    "Категория уничтоженных данных",
    "Записей",
    "Информационная система",
    "Причина",
    "Кто утвердил",
    "№ записи журнала",
)
BY_ANOTHER = "Акт утверждает не тот, кто его подготовил"
REASONS_WITH_WITHDRAWAL = (Destruction.Reason.WITHDRAWN, Destruction.Reason.DEMAND)


@transaction.atomic
def prepare(
    person: Person,
    *,
    by: User,
    categories: Iterable[str],
    reason: str,
    commission: list[dict[str, str]],
    withdrawal: Withdrawal | None = None,
    request: DataRequest | None = None,
    carriers: Sequence[dict] = (),
    processor: str = "",
    request_key: UUID | None = None,
) -> Destruction:
    """Prepare an act; nothing is destroyed yet. ``commission`` is ``[{"name", "post"}]`` of those who destroy.

    ``carriers`` are papers that go too, ``[{"name", "sheets"}]``; ``processor`` who processed by a commission of the
    school, with the address.

    Raises ``NotAllowed``; ``Refused`` while a consent to processing is in force, or when there is nothing to destroy.
    """
    require(by, Right.CONSENTS_RECORD, act="готовить акт об уничтожении")
    if request_key and (made := Destruction.objects.filter(request_key=request_key).first()):
        return made
    person = Person.objects.select_for_update().get(pk=person.pk)
    codes = [code for code in retention.categories() if code in categories]
    _check(person, codes, reason, withdrawal, request)
    _check_commission(commission)
    try:
        with transaction.atomic():
            made = Destruction.objects.create(
                person=person,
                withdrawal=withdrawal,
                request=request,
                reason=reason,
                categories=codes,
                carriers=list(carriers),
                processor=processor.strip(),
                commission=list(commission),
                prepared_by=by,
                request_key=request_key,
            )
    except IntegrityError:
        raise Already(f"{person.short_name}: акт об уничтожении уже подготовлен и ждёт утверждения") from None
    log(made, "prepare", by=by, words="подготовлен акт об уничтожении персональных данных", person=person.pk)
    mail_right_holders(Right.CONSENTS_DESTROY, "destruction_to_approve", but=by, asks=str(made.pk), act=made)
    return made


@transaction.atomic
def prepare_records(
    *,
    by: User,
    categories: Iterable[str],
    commission: list[dict[str, str]],
    carriers: Sequence[dict] = (),
    request_key: UUID | None = None,
) -> Destruction:
    """Prepare an act about records of the school whose term of keeping is over; nothing is destroyed yet.

    Raises ``NotAllowed``; ``Refused`` when nothing is past its term; ``Already`` while such an act waits.
    """
    require(by, Right.CONSENTS_RECORD, act="готовить акт об уничтожении")
    one_at_a_time("destruction of records")
    if request_key and (made := Destruction.objects.filter(request_key=request_key).first()):
        return made
    if Destruction.objects.filter(person=None, approved_at=None, declined_at=None).exists():
        raise Already("Акт об уничтожении документов школы уже подготовлен и ждёт утверждения")
    codes = [code for code in retention.records() if code in categories]
    if not codes:
        raise Refused("Отметьте, какие документы уничтожить")
    there = erasure.records_found()
    if empty := [erasure.label(code) for code in codes if code not in there]:
        raise Refused(f"Уничтожать нечего: {'; '.join(empty)}")
    _check_commission(commission)
    made = Destruction.objects.create(
        reason=Destruction.Reason.TERM,
        categories=codes,
        carriers=list(carriers),
        commission=list(commission),
        prepared_by=by,
        request_key=request_key,
    )
    log(made, "prepare", by=by, words="подготовлен акт об уничтожении документов, срок хранения которых истёк")
    mail_right_holders(Right.CONSENTS_DESTROY, "destruction_to_approve", but=by, asks=str(made.pk), act=made)
    return made


def _check(
    person: Person, codes: list[str], reason: str, withdrawal: Withdrawal | None, request: DataRequest | None
) -> None:
    if not codes:
        raise Refused("Отметьте, какие данные уничтожить")
    if reason not in Destruction.Reason.values:
        raise Refused("Укажите причину уничтожения")
    there = erasure.found(person)
    if empty := [erasure.label(code) for code in codes if code not in there]:
        raise Refused(f"Уничтожать нечего: {'; '.join(empty)}")
    if not erasure.PAST_TERM.issuperset(codes) and reason == Destruction.Reason.TERM:
        raise Refused(
            "Истечение срока хранения — причина только для прекращённых согласий и обращений, на которые ответили"
        )
    if reason in REASONS_WITH_WITHDRAWAL and (withdrawal is None or withdrawal.consent.person_id != person.pk):
        raise Refused("Отзыв или требование этого человека не записаны: сначала запишите отзыв согласия")
    if reason == Destruction.Reason.UNLAWFUL and (request is None or request.kind != DataRequest.Kind.UNLAWFUL):
        raise Refused("Неправомерная обработка не записана: сначала запишите её в «Обращениях и инцидентах»")
    if request is not None and (request.person_id != person.pk or request.closed_at):
        raise Refused("Это обращение закрыто или не об этом человеке")
    if _held_by_consent(codes, reason, person):
        raise Refused(f"{person.short_name}: согласие на обработку действует. Сначала запишите его отзыв")


def _held_by_consent(codes: list[str], reason: str, person: Person) -> bool:
    """Whether a consent in force keeps the data; what is processed unlawfully goes whatever the person has signed."""
    if erasure.PAST_TERM.issuperset(codes) or reason == Destruction.Reason.UNLAWFUL:
        return False
    return Consent.objects.live().filter(person=person, purpose=PROCESSING).exists()


def _check_commission(commission: list[dict[str, str]]) -> None:
    """Refuse fewer than two and names that are not in full (приказ РКН № 179, п. 3)."""
    if len(commission) < 2:
        raise Refused("Назовите не меньше двух человек, которые уничтожают данные")
    if short := [member["name"] for member in commission if not is_full(member["name"])]:
        raise Refused(f"В акте имена пишут полностью: {'; '.join(short)[:200]}")


def is_full(name: str) -> bool:
    """Whether a name is written in full: at least a surname and a first name, no initials."""
    words = name.split()
    return len(words) > 1 and all(len(word) > 1 and "." not in word for word in words)


def check_may_approve(destruction: Destruction, by: User) -> None:
    """Refuse anybody but the second of the two: who has the right and has not prepared the act."""
    require_impartial(by, Right.CONSENTS_DESTROY, (destruction.person_id,))
    if by.pk == destruction.prepared_by_id:
        raise NotAllowed(BY_ANOTHER)


def check_may_decline(destruction: Destruction, by: User) -> None:
    """Refuse who may neither decline the act nor take it back."""
    is_own = by.pk == destruction.prepared_by_id
    about = (destruction.person_id,)
    require_impartial(by, Right.CONSENTS_DESTROY, about, unless=is_own, also="тот, кто подготовил акт")


@transaction.atomic
def approve(destruction: Destruction, *, by: User) -> Destruction:
    """Destroy, and make the proof in the same transaction: no destruction without its act and its log.

    Raises ``NotAllowed`` for anybody but the director, and for who prepared the act; ``Already`` when it is decided;
    ``Refused`` when a new consent to processing has come meanwhile.
    """
    check_may_approve(destruction, by)
    acts = Destruction.objects.select_for_update(of=("self",)).select_related(
        "person", "prepared_by__person", "withdrawal", "request"
    )
    fresh = acts.get(pk=destruction.pk)
    if fresh.approved_at or fresh.declined_at:
        raise Already("Этот акт уже рассмотрен")
    person = _claimed(fresh)
    if person and _held_by_consent(fresh.categories, fresh.reason, person):
        raise Refused(f"{person.short_name}: за это время дано новое согласие на обработку. Отклоните акт")
    _destroy(fresh, person, by)
    transaction.on_commit(export_quietly)
    transaction.on_commit(retention.forget_copies, robust=True)
    destruction.refresh_from_db()
    _mail_decision(destruction, by)
    return destruction


def _claimed(act: Destruction) -> Person | None:
    """Return whose data it is about, locked; nobody when it is about records of the school."""
    if act.person_id is None:
        return None
    return Person.objects.select_for_update().get(pk=act.person_id)


def _mail_decision(destruction: Destruction, by: User) -> None:
    """Write the decision to the one who prepared the act; when one took one's own act back, to who was asked."""
    if by.pk == destruction.prepared_by_id:
        mail_right_holders(Right.CONSENTS_DESTROY, "destruction_taken_back", but=by, act=destruction)
    elif destruction.prepared_by.is_active:
        mail_person(destruction.prepared_by.person, "destruction_decided", act=destruction)


def repeat(act: Destruction, *, by: User, number: int, at: datetime) -> None:
    """Destroy again after the restore of a backup what the act of that number and moment had destroyed already."""
    _destroy(act, _claimed(act), by, number=number, at=at)


def _destroy(
    act: Destruction, person: Person | None, by: User, *, number: int | None = None, at: datetime | None = None
) -> None:
    """Erase category by category, log each, name what is gone, draw the act, export the log, close the duty.

    ``number`` and ``at`` are those of an act that is done again.
    """
    again = " снова после восстановления из копии" if at else ""
    before, private, key = gone.files_now(), gone.private_files(), person.pk if person else None
    named = []
    for code in act.categories:
        named += [gone.record(words) for words in erasure.records_found().get(code, ())] if person is None else []
        count = erasure.erase(person, code) if person else erasure.erase_records(code)
        words = f"уничтожено{again}: {erasure.label(code)}"[:300]
        log(act, "erase", by=by, words=words, category=code, count=count, person=key)
    act.gone = [*named, *gone.removed(before, private)]
    act.number = number or (Destruction.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    act.approved_at, act.approved_by = at or timezone.now(), by
    columns = {
        "number": act.number,
        "gone": act.gone,
        "approved_at": act.approved_at,
        "approved_by": by,
        "paper": _paper(act, by, again=timezone.now() if at else None),
        "log": _log_table(act, by),
        "keep_until": kept(erasure.ACTS, timezone.localdate(act.approved_at)).until,
    }
    if not Destruction.objects.filter(pk=act.pk, approved_at__isnull=True, declined_at__isnull=True).update(**columns):
        raise Already("Этот акт уже рассмотрен")
    if person and not erasure.PAST_TERM.issuperset(act.categories):
        duty_acts.destroyed(act.request or act.withdrawal, by=by, number=act.number)
    words = f"утверждён акт об уничтожении № {act.number}, данные уничтожены{again}"
    log(act, "approve", by=by, words=words, person=key)


@transaction.atomic
def decline(destruction: Destruction, *, by: User, words: str) -> Destruction:
    """Decline an act that is not approved; the one who prepared it may also take it back.

    Raises ``NotAllowed``, ``Already``.
    """
    check_may_decline(destruction, by)
    if not words.strip():
        raise Refused("Напишите, почему акт отклонён")
    if not Destruction.objects.filter(pk=destruction.pk, approved_at__isnull=True, declined_at__isnull=True).update(
        declined_at=timezone.now(), declined_by=by, decline_words=words.strip()[:300]
    ):
        raise Already("Этот акт уже рассмотрен")
    log(
        destruction,
        "decline",
        by=by,
        words="акт об уничтожении отклонён, данные остались",
        person=destruction.person_id,
    )
    destruction.refresh_from_db()
    _mail_decision(destruction, by)
    return destruction


def _paper(destruction: Destruction, by: User, *, again: datetime | None) -> StoredFile:
    """Draw the act and store it; ``again`` is when it was done a second time."""
    what = "персональных данных" if destruction.person else "документов"
    name = f"Акт об уничтожении {what} № {destruction.number}.pdf"
    content = render_pdf("documents/destruction.html", paper_facts(destruction, by, again=again))
    return store_bytes(content, name=name, content_type="application/pdf", by=by)


def paper_facts(destruction: Destruction, by: User, *, again: datetime | None = None) -> dict:
    """Return the facts of the act, all parts that приказ РКН № 179, п. 3 and 4, asks for."""
    day, school = timezone.localdate(destruction.approved_at), consent_texts.operator_facts()
    head, post = signer(day)
    keep_until = kept(erasure.ACTS, day).until
    return {
        "school": school,
        "number": destruction.number,
        "date": day.isoformat(),
        "city": school["city"],
        "person": destruction.person.full_name if destruction.person else "",
        "categories": [erasure.label(code) for code in destruction.categories],
        "stays": [lower_first(ground) for ground in erasure.stays_by_law(destruction.person)]
        if destruction.person
        else [],
        "copies": [lower_first(copy) for copy in erasure.copies(day)],
        "gone": destruction.gone,
        "reason": reason_words(destruction),
        "way": destruction.way,
        "system": SYSTEM.removeprefix("Информационная система "),
        "carriers": destruction.carriers,
        "processor": destruction.processor,
        "commission": destruction.commission,
        "prepared": destruction.prepared_by.person.full_name,
        "approver": {"post": post or "Директор", "name_before": (head or by.person).signature_name},
        "approved": f"{by.person.full_name}, {timezone.localtime(destruction.approved_at):%d.%m.%Y в %H:%M}",
        "keep_until": keep_until.isoformat() if keep_until else None,
        "again": f"{timezone.localtime(again):%d.%m.%Y в %H:%M}" if again else "",
    }


def reason_words(destruction: Destruction) -> str:
    """«отзыв согласия на обработку персональных данных, поступил 2 ноября 2026 г.»."""
    words, given, found = destruction.get_reason_display(), destruction.withdrawal, destruction.request
    if found:
        how = "выявлено" if found.channel == DataRequest.Channel.FOUND else "обращение от"
        return f"{words} ({how} {rudate(found.received_on)})"
    if not given:
        return words
    came = "поступил" if destruction.reason == Destruction.Reason.WITHDRAWN else "поступило"
    return f"{words} ({came} {rudate(given.received_on)})"


def log_rows(destruction: Destruction, by: User) -> list[list]:
    """Return the rows of the export from the log of acts, what приказ РКН № 179, п. 5, asks for in each."""
    acts = Act.objects.about(destruction).filter(verb="erase")
    return [
        [
            act.at,
            destruction.person.full_name if destruction.person else destruction.whose,
            erasure.label(act.facts["category"]),
            act.facts["count"],
            SYSTEM,
            reason_words(destruction),
            by.person.full_name,
            act.pk,
        ]
        for act in acts
    ]


def _log_table(destruction: Destruction, by: User) -> StoredFile:
    file = io.BytesIO()
    write_xlsx(file, "Выгрузка из журнала", COLUMNS, log_rows(destruction, by))
    content = file.getvalue()
    name = f"Выгрузка из журнала к акту № {destruction.number}.xlsx"
    return store_bytes(content, name=name, content_type=CONTENT_TYPE, by=by)


def title(destruction: Destruction) -> str:
    """«Акт № 3 от 26.11.2026» or «Проект акта»."""
    if destruction.number:
        return f"Акт №{NBSP}{destruction.number} от {timezone.localdate(destruction.approved_at):%d.%m.%Y}"
    return "Отклонённый проект акта" if destruction.declined_at else "Проект акта"
