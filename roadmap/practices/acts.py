"""Acts about best practices: written, given to the council, answered, shown on the site, taken down (п. 3.3–3.5)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, perform, record
from people.accounts.models import User
from people.consents.closed import refuse_closed
from people.language.mentions import people_named_in
from people.register.models import Person
from people.rights import MENTOR, Right
from people.roles.letters import mail_person, mail_right_holders
from programs.pairings.mentions import people_in
from programs.program.models import Program
from programs.program.states import ENDED
from roadmap.events.models import Event
from roadmap.practices.drafts import drafted
from roadmap.practices.models import Practice, PracticeAuthor
from roadmap.practices.rules import IN_WORK, WRITER, parties, writes

Part, Shown = PracticeAuthor.Part, PracticeAuthor.Shown
MOST_AUTHORS = 12
LONGEST_REMARK = 4000
FIELDS = ("title", "summary", "problem", "done", "result", "figures", "advice")


def may_begin(program: Program, user: User) -> bool:
    """Whether the user may write a case about an ended program: curator, council, who was its mentor (п. 3.4, 3.5)."""
    if program.state not in ENDED:
        return False
    return user.can(Right.PRACTICES_WRITE) or _was_mentor(program, user)


def _was_mentor(program: Program, user: User) -> bool:
    return program.pairing.participations.filter(person=user.person_id, part=MENTOR).exists()


def require_writing(practice: Practice, user: User) -> None:
    """Refuse who does not write this practice. Raises ``NotAllowed``."""
    require(user, Right.PRACTICES_WRITE, unless=writes(practice, user), also=WRITER)


@transaction.atomic
def write(*, by: User, request_key: UUID | None = None, **fields: Any) -> Practice:
    """Begin a practice from scratch; who writes is its first author. Returns the one of the same ``request_key``.

    Raises ``NotAllowed``; ``Refused`` without a title.
    """
    require(by, Right.PRACTICES_WRITE)
    one_at_a_time("practices")
    if request_key and (made := Practice.objects.filter(request_key=request_key).first()):
        return made
    made = Practice.objects.create(created_by=by, request_key=request_key, **_clean(fields))
    part = Part.CURATOR if by.can(Right.PRACTICES_PUBLISH) else Part.COUNCIL
    PracticeAuthor.objects.create(practice=made, person=by.person, part=part, shown=Shown.NAME)
    _note_named(made)
    record(made, "write", by=by, words="практика записана", target=made.state)
    return made


@transaction.atomic
def from_program(program: Program, *, by: User) -> Practice:
    """Draft a practice from an ended program in one press: words, figures and authors come from what is recorded.

    Returns the practice in work of this program, if there is one already. Raises ``NotAllowed``; ``Refused`` for a
    program that has not ended.
    """
    program = locked(program)
    if program.state not in ENDED:
        raise Refused("Программа ещё не закончена: практику описывают по её итогам")
    if not may_begin(program, by):
        raise NotAllowed(f"{Right.PRACTICES_WRITE.refusal('наставник программы')}")
    if made := Practice.objects.filter(program=program).exclude(state=Practice.State.DROPPED).first():
        return made
    draft = drafted(program, by)
    made = Practice.objects.create(created_by=by, program=program, **draft.fields)
    for person, part in draft.authors:
        PracticeAuthor.objects.create(
            practice=made, person=person, part=part, shown=Shown.POST if part == Part.MENTEE else Shown.NAME
        )
    _note_named(made)
    record(made, "write", by=by, words=f"практика собрана из программы «{program.title}»"[:300], target=made.state)
    return made


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    cleaned = {name: value.strip() for name, value in fields.items() if name in FIELDS}
    if "title" in cleaned and not cleaned["title"]:
        raise Refused("Назовите практику")
    return cleaned


def _note_named(practice: Practice) -> None:
    """Note whom the words name, participants and authors: a visitor reads them only while all of these allow it."""
    authors = Person.objects.filter(practices__practice=practice).prefetch_related("former_names")
    named = {person.pk: person for person in (*people_in(practice.words), *people_named_in(practice.words, authors))}
    practice.people.set(named.values())


def in_work(practice: Practice, by: User) -> Practice:
    """Return the practice read again under a lock. Raises ``NotAllowed``; ``Refused`` when others have it."""
    fresh = locked(practice)
    require_writing(fresh, by)
    if fresh.state not in IN_WORK:
        raise Refused(
            "Практика уже у совета или в копилке. Чтобы изменить её, автор возвращает её в работу,"
            " и совет смотрит снова"
        )
    return fresh


@transaction.atomic
def change(practice: Practice, *, by: User, version: int, **fields: Any) -> Practice:
    """Change the words of a draft. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    fresh = in_work(practice, by)
    claim_version(fresh, version)
    for name, value in _clean(fields).items():
        setattr(fresh, name, value)
    fresh.save()
    _note_named(fresh)
    record(fresh, "edit", by=by, words="текст практики изменён")
    return fresh


@transaction.atomic
def name_author(practice: Practice, person: Person, *, by: User, part: str, shown: str) -> PracticeAuthor:
    """Name one more author; the person learns of it by letter. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    fresh = in_work(practice, by)
    found = list(fresh.authors.all())
    if any(author.person_id == person.pk for author in found):
        raise Already(f"{person.short_name}: уже среди авторов")
    if len(found) >= MOST_AUTHORS:
        raise Refused(f"Авторов не больше {MOST_AUTHORS}")
    refuse_closed([person])
    made = PracticeAuthor.objects.create(practice=fresh, person=person, part=part, shown=shown)
    _note_named(fresh)
    record(fresh, "author", by=by, words=f"среди авторов {person.short_name}"[:300])
    if person.pk != by.person_id:
        mail_person(person, "practice_author", person=person, practice=fresh)
    return made


@transaction.atomic
def show_author(author: PracticeAuthor, *, by: User, shown: str) -> PracticeAuthor:
    """Decide how a visitor is told of an author: the person at any time, for oneself; who writes while it is in work.

    Raises ``NotAllowed``, ``Refused``.
    """
    fresh = locked(author)
    if fresh.person_id != by.person_id:
        in_work(fresh.practice, by)
    fresh.shown = shown
    fresh.save()
    words = f"как назвать: {fresh.person.short_name}, {fresh.get_shown_display().partition(',')[0].partition(':')[0]}"
    record(fresh.practice, "author_shown", by=by, words=words[:300])
    return fresh


@transaction.atomic
def drop_author(author: PracticeAuthor, *, by: User) -> Practice:
    """Take an author off the draft. Raises ``NotAllowed``; ``Refused`` for the last one who writes."""
    practice = in_work(author.practice, by)
    fresh = locked(author)
    others = practice.authors.exclude(pk=fresh.pk).exclude(part=Part.MENTEE)
    if not others.exists():
        raise Refused("Это последний, кто пишет: сначала назовите другого")
    fresh.delete()
    record(practice, "author_drop", by=by, words=f"больше не автор: {fresh.person.short_name}"[:300])
    return practice


def _mail(practice: Practice, name: str, by: User, *, but_mentees: bool = False, asks: str = "") -> None:
    act = Act.objects.about(practice).filter(actor=by).last()
    authors = practice.authors.select_related("person__user").exclude(person=by.person_id)
    authors = authors.exclude(part=Part.MENTEE) if but_mentees else authors
    assert act is not None
    with letters_of(act):
        for author in authors:
            mail_person(author.person, name, asks=asks, person=author.person, practice=practice)


@transaction.atomic
def submit(practice: Practice, *, by: User) -> Practice:
    """Give the practice to the council, which gets a letter. Raises what ``perform`` raises."""
    columns = {"submitted_at": timezone.now(), "submitted_by": by, "remarks": ""}
    practice = perform(practice, "submit", by=by, columns=columns)
    act = Act.objects.about(practice).filter(actor=by).last()
    assert act is not None
    with letters_of(act):
        mail_right_holders(Right.PRACTICES_REVIEW, "practice_review", but=by, asks=str(practice.pk), practice=practice)
    return practice


@transaction.atomic
def answer(practice: Practice, *, by: User, accepts: bool, remarks: str = "", version: int | None = None) -> Practice:
    """The council takes the practice into the bank or returns it with remarks; the authors get a letter.

    Raises what ``perform`` raises; ``Refused`` for a return without words, or when it was changed meanwhile.
    """
    remarks = _words(remarks, "" if accepts else "Напишите, что поправить")
    fresh = _read(practice, version)
    columns = {"reviewed_at": timezone.now(), "reviewed_by": by, "remarks": remarks}
    done = perform(fresh, "accept" if accepts else "send_back", by=by, columns=columns)
    if accepts:
        _mail(done, "practice_accepted", by)
    else:
        _mail(done, "practice_returned", by, but_mentees=True, asks=str(done.pk))
    return done


def _words(text: str, missing: str) -> str:
    text = text.strip()
    if missing and not text:
        raise Refused(missing)
    if len(text) > LONGEST_REMARK:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_REMARK} знаков")
    return text


def _read(practice: Practice, version: int | None) -> Practice:
    fresh = locked(practice)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, практика изменилась. Прочитайте её ещё раз")
    return fresh


@transaction.atomic
def nominate(
    practice: Practice,
    *,
    by: User,
    into_bank: bool,
    on: dt.date | None = None,
    where: str = "",
    event: Event | None = None,
) -> Practice:
    """Record that a round table has nominated the practice, and whether it goes into the bank (прил., этап 6).

    ``event`` is the round table of the school; another one is named by its day and in words. What the council has
    accepted already stays where it is. Raises ``NotAllowed``; ``Refused`` for a day to come, without the event, for a
    dropped one, and what ``perform`` raises.
    """
    require(by, Right.MINUTES_WRITE)
    fresh = locked(practice)
    if event is not None:
        on, where = event.starts_on, f"{event.get_kind_display()} «{event.title}»"
    where = " ".join(where.split())
    if not where or on is None:
        raise Refused("Напишите, где практику выдвинули: «круглый стол «Итоги года наставничества»»")
    if on > timezone.localdate():
        raise Refused("Этот день ещё не наступил: выдвижение записывают после круглого стола")
    if fresh.state == Practice.State.DROPPED:
        raise Refused("Практика снята с работы")
    columns = {"nominated_on": on, "nominated_at": where[:200], "nominated_event": event}
    if into_bank and fresh.state not in Practice.IN_BANK:
        done = perform(fresh, "bank", by=by, columns=columns, nominated=True)
        _mail(done, "practice_accepted", by)
        return done
    if by.person_id in parties(fresh):
        raise NotAllowed("Выдвижение записывает тот, кто не среди авторов")
    Practice.objects.filter(pk=fresh.pk).update(**columns)
    record(fresh, "nominate", by=by, words=f"выдвинута: {where}"[:300])
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def publish(practice: Practice, *, by: User, files: bool = False, version: int | None = None) -> Practice:
    """Show the practice on the site, ``files`` with its materials; the authors get a letter (п. 3.3, 8.1).

    Raises what ``perform`` raises: every named author needs a live consent, the words name nobody without one.
    """
    fresh = _read(practice, version)
    columns: dict[str, Any] = {"published_at": timezone.now(), "published_by": by, "files_public": files}
    columns |= {"inside_at": None, "inside_by": None}
    columns |= {"taken_down_at": None, "taken_down_by": None, "taken_down_reason": ""}
    done = perform(fresh, "publish", by=by, columns=columns)
    _mail(done, "practice_published", by)
    return done


@transaction.atomic
def keep_inside(practice: Practice, *, by: User) -> Practice:
    """Decide that the practice stays inside the school. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    fresh = locked(practice)
    Practice.WORKFLOW["publish"].require(fresh, by)
    if fresh.state not in (Practice.State.ACCEPTED, Practice.State.TAKEN_DOWN):
        raise Refused("О показе на сайте решают, когда совет принял практику в копилку")
    if fresh.inside_at:
        raise Already("Уже решено: практика остаётся внутри школы")
    Practice.objects.filter(pk=fresh.pk).update(inside_at=timezone.now(), inside_by=by)
    record(fresh, "keep_inside", by=by, words="решено: остаётся внутри школы")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def take_down(practice: Practice, *, by: User, reason: str) -> Practice:
    """Take the practice off the site at once; the authors get a letter. Raises what ``perform`` raises."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Напишите, почему практика снимается с сайта")
    columns = {"taken_down_at": timezone.now(), "taken_down_by": by, "taken_down_reason": reason[:500]}
    done = perform(locked(practice), "take_down", by=by, columns=columns)
    _mail(done, "practice_taken_down", by)
    return done


@transaction.atomic
def rework(practice: Practice, *, by: User) -> Practice:
    """Bring an accepted practice back to its authors; the council looks again. Raises what ``perform`` raises."""
    return perform(locked(practice), "rework", by=by, columns={"inside_at": None, "inside_by": None})


@transaction.atomic
def drop(practice: Practice, *, by: User) -> Practice:
    """Stop the work on a practice. Raises what ``perform`` raises."""
    return perform(locked(practice), "drop", by=by)
