"""Acts about training: written down, changed, confirmed, sent back, taken from an event, asked for (п. 3.3–5.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, Refused, claim_version, perform, record, reload
from people.accounts.models import User
from people.language.name_text import search_key
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from roadmap.training.models import Training, TrainingInvitation, TrainingSettings
from roadmap.training.rules import ONESELF, is_own

LONGEST_REMARK = 500
FIELDS = (
    "kind",
    "topic",
    "organisation",
    "host",
    "trainer",
    "started_on",
    "ended_on",
    "hours",
    "form",
    "document",
    "document_number",
    "document_date",
    "about_mentoring",
    "outcome",
)
"""What a form, a workbook and an event say of a record."""


def require_entering(person: Person, user: User) -> None:
    """Refuse whoever may not write down what a person has learnt. Raises ``NotAllowed``."""
    require(user, Right.TRAINING_EDIT, unless=user.person_id == person.pk, also=ONESELF, act="записать обучение")


def require_changing(training: Training, user: User) -> None:
    """Refuse whoever may not change a record: it is the person's own until it is confirmed. Raises ``NotAllowed``."""
    if training.state == Training.State.CONFIRMED:
        require(user, Right.TRAINING_EDIT, act="изменить подтверждённую запись")
    else:
        require_entering(training.person, user)


def may_change(training: Training, user: User) -> bool:
    """Whether the user may change the record now."""
    own = is_own(training, user) and training.state != Training.State.CONFIRMED
    return own or user.can(Right.TRAINING_EDIT)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a record without outer spaces. Raises ``Refused`` with everything that cannot be so."""
    found: dict[str, Any] = {name: values.get(name) for name in FIELDS if name in values}
    for name, value in found.items():
        if isinstance(value, str):
            found[name] = value.strip() if name == "outcome" else " ".join(value.split())
    wrong = []
    first, last, today = found.get("started_on"), found.get("ended_on"), timezone.localdate()
    if not found.get("topic"):
        wrong.append("Напишите тему обучения")
    if not first or not last:
        wrong.append("Укажите первый и последний день обучения")
    elif last < first:
        wrong.append("Последний день раньше первого: поменяйте их местами")
    elif last > today:
        wrong.append(f"Обучение закончится {ruday(last)}: запишите его, когда оно пройдёт")
    if not found.get("document") and (found.get("document_number") or found.get("document_date")):
        wrong.append("Выберите, какой это документ")
    if found.get("document_date") and found["document_date"] > today:
        wrong.append("Дата документа ещё не наступила")
    if wrong:
        raise Refused(wrong)
    if found.get("organisation"):
        found["host"] = ""
    return found


def same(person: Person, *, topic: str, ended_on: date) -> Training | None:
    """Return the record of the same thing that the person has already: one topic, one last day."""
    rows = Training.objects.filter(person=person, ended_on=ended_on)
    return next((row for row in rows if search_key(row.topic) == search_key(topic)), None)


@transaction.atomic
def enter(
    person: Person,
    *,
    by: User,
    files: Iterable[StoredFile] = (),
    request_key: UUID | None = None,
    **values: Any,
) -> Training:
    """Write down what a person has learnt; what a keeper writes of somebody else is confirmed at once (п. 5.1).

    Returns the record, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` for what cannot
    be so; ``Already`` when it is written down.
    """
    require_entering(person, by)
    one_at_a_time(f"training:{person.pk}")
    if request_key and (made := Training.objects.filter(request_key=request_key, person=person).first()):
        return made
    columns = _checked(values)
    if met := same(person, topic=columns["topic"], ended_on=columns["ended_on"]):
        raise Already(f"{person.short_name}: это обучение уже записано, {met.get_state_display()}")
    kept = by.can(Right.TRAINING_EDIT) and by.person_id != person.pk
    columns |= _answered(by) if kept else {}
    made = Training.objects.create(person=person, created_by=by, request_key=request_key, **columns)
    evidence_acts.attach(made, files, by=by)
    record(made, "enter", by=by, words="записано обучение", target=made.state)
    _answer_invitation(made)
    return made


def _answered(by: User) -> dict[str, Any]:
    return {"state": Training.State.CONFIRMED, "answered_by": by, "answered_at": timezone.now()}


def _answer_invitation(made: Training) -> None:
    """A record about mentoring answers the open invitation of the person."""
    if made.about_mentoring:
        TrainingInvitation.objects.open().filter(person=made.person_id).update(answer=made)


@transaction.atomic
def edit(training: Training, *, by: User, version: int, **values: Any) -> Training:
    """Change a record; one that was sent back is sent again by that (п. 5.1).

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for what cannot be so.
    """
    fresh = locked(training)
    require_changing(fresh, by)
    claim_version(fresh, version)
    for name, value in _checked(values).items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "edit", by=by, words="изменена запись об обучении")
    _answer_invitation(fresh)
    if fresh.state == Training.State.RETURNED:
        fresh = perform(fresh, "submit", by=by)
    return fresh


@transaction.atomic
def confirm(training: Training, *, by: User, version: int | None = None) -> Training:
    """Confirm a record by its document. Raises what ``perform`` raises, ``Refused`` when it has changed."""
    fresh = _unchanged(training, version)
    return perform(fresh, "confirm", by=by, columns=_marks(by, ""))


@transaction.atomic
def send_back(training: Training, *, by: User, remark: str, version: int | None = None) -> Training:
    """Send a record back with what has to be made clear; the person gets a letter.

    Raises what ``perform`` raises; ``Refused`` without words or when it has changed.
    """
    remark = " ".join(remark.split())
    if not remark:
        raise Refused("Напишите, что уточнить")
    if len(remark) > LONGEST_REMARK:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_REMARK} знаков")
    fresh = perform(_unchanged(training, version), "send_back", by=by, columns=_marks(by, remark))
    fresh = reload(fresh)
    act = Act.objects.about(fresh).filter(actor=by).last()
    assert act is not None
    with letters_of(act):
        mail_person(fresh.person, "training_returned", asks=str(fresh.pk), person=fresh.person, training=fresh)
    return fresh


def _unchanged(training: Training, version: int | None) -> Training:
    fresh = locked(training)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, запись изменилась. Прочитайте её ещё раз")
    return fresh


def _marks(by: User, remark: str) -> dict[str, Any]:
    return {"remark": remark, "answered_by": by, "answered_at": timezone.now()}


@transaction.atomic
def remove(training: Training, *, by: User) -> Person:
    """Take a record away with its evidence: one's own until it is confirmed, any by a keeper.

    Raises ``NotAllowed``, ``Already``; ``Refused`` for one that an event has made.
    """
    fresh = locked(training, gone="Этой записи уже нет")
    require_changing(fresh, by)
    if fresh.source:
        raise Refused("Запись сделана по списку присутствовавших: исправьте отметку о присутствии на мероприятии")
    _delete(fresh, by, "убрана запись об обучении")
    return fresh.person


@transaction.atomic
def take_back(training: Training, *, by: User, undone: int) -> None:
    """Take back that a record was written down: it goes with its evidence. Raises ``NotAllowed``."""
    fresh = locked(training)
    if fresh.created_by_id != by.pk:
        require_changing(fresh, by)
    _delete(fresh, by, "запись об обучении отменена", undone=undone)


def _delete(training: Training, by: User, words: str, **facts: Any) -> None:
    record(training.person, "training_removed", by=by, words=words[:300], **facts)
    evidence_acts.destroy(training.evidence.all())
    training.delete()


@transaction.atomic
def from_event(
    key: str,
    people: Iterable[Person],
    topic: str,
    host: str,
    held_on: date,
    hours: int | None,
    kind: str,
    by: User,
    *,
    about_mentoring: bool = False,
    trainer: str = "",
    form: str = "",
) -> list[Training]:
    """Write down that people attended an event of the school: once for each person and source ``key`` («event:12»).

    Called by the act that closes the list of who was there: it has checked who may. What a person has written of the
    same thing becomes the record of the event. Returns the records of these people, old and new.
    """
    made = []
    for person in sorted(people, key=lambda one: one.pk):
        one_at_a_time(f"training:{person.pk}")
        known = Training.objects.filter(source=key, person=person).first()
        if known is None and (known := same(person, topic=topic, ended_on=held_on)) and not known.source:
            Training.objects.filter(pk=known.pk, source="").update(source=key)
            record(known, "met", by=by, words="запись подтверждается списком присутствовавших")
        if known is None:
            known = Training.objects.create(
                person=person,
                kind=kind,
                topic=topic,
                host=host,
                trainer=trainer,
                started_on=held_on,
                ended_on=held_on,
                hours=hours or None,
                form=form,
                about_mentoring=about_mentoring,
                source=key,
                created_by=by,
                **_answered(by),
            )
            record(known, "attend", by=by, words="записано по списку присутствовавших", target=known.state)
            _answer_invitation(known)
        made.append(known)
    return made


@transaction.atomic
def not_attended(key: str, people: Iterable[Person], *, by: User) -> int:
    """Take away the records of an event of people who were not there after all; returns how many.

    Called by the act that corrects the list of who was there: it has checked who may.
    """
    found = Training.objects.select_for_update().filter(source=key, person__in=list(people)).select_related("person")
    rows = list(found)
    for row in rows:
        _delete(row, by, "убрана запись о присутствии на мероприятии")
    return len(rows)


@transaction.atomic
def invite(
    person: Person, *, by: User, text: str, url: str = "", due_on: date | None = None, key: UUID | None = None
) -> TrainingInvitation:
    """Ask a person to learn about mentoring: it stands among the tasks, and a letter goes (п. 3.4).

    Raises ``NotAllowed``; ``Already`` while an invitation is open; ``Refused`` without words or for a day past.
    """
    require(by, Right.TRAINING_EDIT, act="приглашать на обучение")
    text = " ".join(text.split())
    if not text:
        raise Refused("Напишите, куда и на что Вы приглашаете")
    if due_on and due_on < timezone.localdate():
        raise Refused("Этот день уже прошёл: выберите день, до которого можно пройти обучение")
    one_at_a_time(f"training:{person.pk}")
    if open_now := TrainingInvitation.objects.open().filter(person=person).first():
        raise Already(f"{person.short_name}: приглашение уже есть, {ruday(open_now.invited_at)}")
    made = TrainingInvitation.objects.create(person=person, text=text, url=url, due_on=due_on, invited_by=by)
    act = record(made, "invite", by=by, words="приглашение на обучение")
    with letters_of(act):
        mail_person(person, "training_invited", asks=str(made.pk), person=person, invitation=made)
    return made


@transaction.atomic
def withdraw(invitation: TrainingInvitation, *, by: User, undone: int | None = None) -> TrainingInvitation:
    """Take an invitation back. Raises ``NotAllowed``; ``Already`` when it is answered or taken back."""
    require(by, Right.TRAINING_EDIT, act="снять приглашение на обучение")
    fresh = locked(invitation)
    if fresh.answer_id or fresh.withdrawn_at:
        raise Already("На приглашение уже ответили, или оно снято")
    TrainingInvitation.objects.filter(pk=fresh.pk).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    facts = {"undone": undone} if undone else {}
    record(fresh, "withdraw", by=by, words="приглашение на обучение снято", **facts)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def save_settings(*, by: User, version: int, mentor_years: int, mentor_since: date | None) -> TrainingSettings:
    """Say from when training about mentoring counts. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.TRAINING_EDIT, act="менять, с какого дня считать обучение")
    one_at_a_time("training settings")
    if mentor_since and mentor_since > timezone.localdate():
        raise Refused("Этот день ещё не наступил")
    kept = TrainingSettings.objects.get_or_create(pk=1)[0]
    claim_version(kept, version)
    kept.mentor_years, kept.mentor_since = mentor_years, mentor_since
    kept.save()
    record(kept, "edit", by=by, words="изменено, с какого дня считать обучение наставников")
    return kept
