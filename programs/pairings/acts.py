"""Acts of pairs and groups: propose, answer, confirm topics, recommend, decline, withdraw, assign,
dissolve (п. 2.3, 3.2–3.5, 6).

A wish is said in confidence (п. 6.1): the log and the letters never carry what somebody answered or why.
"""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import joined, plural, rudate, rutime
from mentoring_site.workflow import Already, Complaint, NotAllowed, Refused, perform, record, reload
from people.banks.models import Candidate
from people.consents.models import Consent
from people.register.models import Employment
from people.rights import Right
from programs.pairings import endings
from programs.pairings.letters import COUNCIL_DECIDES, address_of, holders, write
from programs.pairings.models import Pairing, Participation, load_of
from programs.pairings.rules import PAIRING, appointed, mentees_of, mentor_of
from programs.pairings.terms import term_complaint

OPEN = ("proposed", "recommended")
REMINDERS = {
    "answer": "Ждём Вашего ответа: хотите ли Вы работать в этой паре или группе. Ответ доверительный.",
    "processing": "Нужно Ваше согласие на обработку персональных данных. Как его дать, подскажет куратор.",
    "duties": (
        "Нужно Ваше письменное согласие на дополнительные обязанности (п. 3.3 Положения). Как его дать, подскажет"
        " куратор."
    ),
}
FAILED = "Пара не сложилась до приказа"
ANSWERED_BY = f"Ответить может только сам участник, с его слов ответ записывает {Right.PAIRINGS_ANSWER_FOR_OTHERS.who}"


def pairing_title(pairing) -> str:
    """Return «Мельник О. Л. — Ким Д. Э.» from the prefetched ``people``; a long group is shortened."""
    mentor, mentees = mentor_of(pairing), [p.person.short_name for p in mentees_of(pairing)]
    if len(mentees) > 4:
        mentees = [*mentees[:3], f"ещё {len(mentees) - 3}"]
    return f"{mentor.person.short_name if mentor else 'без наставника'} — {joined(mentees)}"


def sees_wish(user, participation, pairing) -> bool:
    """Whether the user may see what this participant answered: the person, curator, council, director (п. 6.1).

    Somebody of the curator or the council who takes part in the pairing is the other side and sees one's own answer
    only.
    """
    if user.person_id == participation.person_id:
        return True
    return user.can(Right.PAIRINGS_SEE_ALL) and not any(p.person_id == user.person_id for p in pairing.people)


@transaction.atomic
def propose(
    *,
    by,
    kind,
    mentor,
    mentees,
    topics,
    why,
    profile_fits,
    planned_from,
    planned_to,
    school_year=None,
    request_key=None,
) -> Pairing:
    """Propose a pair or a group to its people (п. 3.4, 3.5, 6.1).

    Takes candidates of the banks. Returns the new pairing, or the one made by the same ``request_key``. Raises
    ``NotAllowed``; ``Refused`` with every reason at once: candidates, composition, place at the mentor, criterion,
    term.
    """
    if not by.can(Right.PAIRINGS_PROPOSE):
        raise NotAllowed("Предложить пару может куратор или член методического совета")
    asked = [mentor.pk, *(m.pk for m in mentees)]
    locked = {c.pk: c for c in Candidate.objects.select_for_update().filter(pk__in=asked).order_by("pk")}
    if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
        return made
    candidates = (
        Candidate.objects.filter(pk__in=locked).select_related("person").annotate(load=load_of("person")).in_bulk()
    )
    mentor, mentees = candidates[mentor.pk], [candidates[m.pk] for m in mentees]
    sentences = [
        *_composition(kind, mentor, mentees),
        *_standing(mentor, mentees),
        *_engaged(mentees),
        *_place(mentor, mentees),
        *_reasons(topics, why, profile_fits),
        *filter(None, [term_complaint(planned_from, planned_to)]),
    ]
    if sentences:
        raise Refused(sentences)
    pairing = Pairing.objects.create(
        kind=kind,
        why=why.strip(),
        profile_fits=True,
        proposed_by=by,
        planned_from=planned_from,
        planned_to=planned_to,
        school_year=school_year or year_of(planned_from),
        request_key=request_key,
    )
    pairing.topics.set(topics)
    posts = _posts([mentor, *mentees])
    Participation.objects.bulk_create(
        Participation(pairing=pairing, person=c.person, candidate=c, employment=posts.get(c.person_id), part=c.part)
        for c in [mentor, *mentees]
    )
    record(pairing, "propose", by=by, words="предложена", target="proposed")
    whole = reload(pairing)
    write("proposed", [p.person for p in whole.people], whole, pairing_title(whole))
    return pairing


def year_of(day) -> int:
    """Return the school year of a day by its first year: August already belongs to the new one."""
    return day.year if day.month >= 8 else day.year - 1


def _composition(kind, mentor, mentees):
    persons = {m.person_id for m in mentees}
    if mentor.part != "mentor" or any(m.part != "mentee" for m in mentees):
        yield "Наставника выбирают из банка наставников, наставляемых — из банка наставляемых"
    if mentor.person_id in persons:
        yield f"{mentor.person.short_name}: нельзя быть наставником самому себе"
    if kind not in Pairing.Kind.values:
        yield "Выберите: пара или группа"
    if kind == "pair" and len(mentees) != 1:
        yield "В паре один наставляемый. Для нескольких выберите группу"
    if kind == "group" and len(persons) < 2:
        yield "В группе от двух разных наставляемых (п. 2.3 Положения)"
    elif len(persons) != len(mentees):
        yield "Один наставляемый отмечен дважды"


def _standing(mentor, mentees):
    for candidate in [mentor, *mentees]:
        if candidate.state not in {"approved", "appointed"}:
            yield f"{candidate.person.short_name}: не стоит в банке. Кандидата утверждает директор"


def _engaged(mentees):
    """A mentee answers to one proposal at a time: a second mentor would not know of the first."""
    taken = (
        Pairing.objects.live()
        .with_people()
        .filter(
            participations__part="mentee",
            participations__until__isnull=True,
            participations__person__in=[m.person_id for m in mentees],
        )
        .distinct()
    )
    names = {m.person_id: m.person.short_name for m in mentees}
    for pairing in taken:
        for p in mentees_of(pairing):
            if p.person_id in names:
                yield (
                    f"{names[p.person_id]} уже в {'паре' if pairing.kind == 'pair' else 'группе'}:"
                    f" {pairing_title(pairing)} ({pairing.get_state_display()})"
                )


def _place(mentor, mentees):
    limit = mentor.capacity_persons or 0
    if mentor.load + len(mentees) > limit:
        yield (
            f"У наставника нет места: {mentor.person.short_name} может взять не больше"
            f" {plural(limit, 'наставляемого,наставляемых,наставляемых')}, уже {'ведёт' if mentor.load else 'ведёт:'}"
            f" {mentor.load}, а с этим предложением будет {mentor.load + len(mentees)}"
        )


def _reasons(topics, why, profile_fits):
    if not topics:
        yield "Отметьте хотя бы одну тему (п. 3.5 Положения)"
    if not why.strip():
        yield "Напишите, почему эти люди подходят друг другу"
    if not profile_fits:
        yield "Подтвердите, что профиль наставника отвечает запросам каждого наставляемого (п. 6.1 Положения)"


def _posts(candidates) -> dict:
    """The present employment of each person, the main one if there are several."""
    rows = Employment.objects.current().filter(person__in=[c.person_id for c in candidates])
    return {e.person_id: e for e in sorted(rows, key=lambda e: e.kind == "main")}


@transaction.atomic
def answer(participation, wish: str, *, by, reason: str = "") -> Participation:
    """Write down in confidence whether a participant wants this pair (п. 6.1, 6.2); «no» removes the proposal.

    The curator may write the answer down on somebody's behalf. Raises ``NotAllowed``; ``Refused`` for a refusal without
    a reason; ``Already`` when the same is written or the proposal is not open any more.
    """
    pairing = Pairing.objects.select_for_update().get(pk=participation.pairing_id)
    pairing = reload(pairing)
    mine = next((p for p in pairing.people if p.pk == participation.pk), None)
    if mine is None:
        raise NotAllowed(ANSWERED_BY)
    check_may_answer(by, mine, pairing)
    if pairing.state not in OPEN:
        raise Already(
            "Ответ уже не нужен: "
            + ("пара закреплена приказом" if pairing.state == "assigned" else "пара не сложилась")
        )
    if wish not in Participation.Wish.values:
        raise Refused("Выберите «да» или «нет»")
    if wish == "no" and not reason.strip():
        raise Refused("Напишите, почему нет: причину увидят только куратор, методический совет и директор")
    if mine.wish == wish:
        raise Already("Этот ответ уже записан")
    Participation.objects.filter(pk=mine.pk).update(
        wish=wish, wish_reason=reason.strip(), wish_at=timezone.now(), wish_by=by
    )
    behalf = {} if by.person_id == mine.person_id else {"behalf": True}
    said = "ответ записан со слов участника" if behalf else "ответ на предложение дан"
    record(pairing, "answer", by=by, words=said, participation=mine.pk, **behalf)
    if wish == "no":
        _refuse(pairing, mine, by=by)
    elif all(p.wish == "yes" for p in pairing.people if p.pk != mine.pk):
        write("agreed", holders(*COUNCIL_DECIDES), pairing, pairing_title(pairing))
    mine.refresh_from_db()
    return mine


def may_answer(user, participation, pairing) -> bool:
    """Whose answer it is: the participant's own; the curator writes it down, unless the curator is the other side."""
    if user.person_id == participation.person_id:
        return True
    return user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS) and not any(p.person_id == user.person_id for p in pairing.people)


def check_may_answer(user, participation: Participation, pairing: Pairing) -> None:
    """Raise ``NotAllowed`` unless the user may write this answer down."""
    if not may_answer(user, participation, pairing):
        raise NotAllowed(ANSWERED_BY)


def _refuse(pairing, mine, *, by):
    perform(pairing, "refuse", by=by, columns={"reason": FAILED})
    title = pairing_title(pairing)
    write("closed", [p.person for p in pairing.people if p.pk != mine.pk], pairing, title, what="пара не сложилась")
    write("refused", holders("curator"), pairing, title)


@transaction.atomic
def confirm_topics(pairing, *, by, topics=None) -> Pairing:
    """The council confirms on which questions the pair works, correcting the list if need be (п. 3.5).

    Raises ``NotAllowed``, ``Already`` when confirmed before or the proposal is closed, ``Refused`` without a topic.
    """
    if not by.can(Right.PAIRINGS_TOPICS):
        raise NotAllowed("Темы подтверждает председатель или секретарь методического совета")
    if topics is not None and not topics:
        raise Refused("Отметьте хотя бы одну тему")
    now = timezone.now()
    done = Pairing.objects.filter(pk=pairing.pk, state="proposed", topics_confirmed_at__isnull=True).update(
        topics_confirmed_at=now, topics_confirmed_by=by
    )
    if not done:
        raise Already("Темы уже подтверждены, или предложение больше не рассматривается")
    if topics is not None:
        pairing.topics.set(topics)
    record(
        pairing,
        "confirm_topics",
        by=by,
        words="темы подтверждены методическим советом",
        topics=list(pairing.topics.values_list("pk", flat=True)),
    )
    pairing.refresh_from_db()
    return pairing


def recommend(pairing, *, by, minutes_number: str, minutes_date) -> Pairing:
    """Write down the council's recommendation with number and date of its minutes (п. 3.5).

    Raises what ``perform`` raises; ``Refused`` without a number or for a date in the future.
    """
    if not minutes_number.strip() or not minutes_date:
        raise Refused("Укажите номер и дату протокола методического совета")
    if minutes_date > timezone.localdate():
        raise Refused(f"Протокол не может быть датирован будущим днём: {rudate(minutes_date)}")
    with transaction.atomic():
        _still_open(pairing)
        columns = {"minutes_number": minutes_number.strip(), "minutes_date": minutes_date}
        perform(pairing, "recommend", by=by, columns=columns, number=minutes_number.strip())
        whole = reload(pairing)
        write("recommended", holders("curator"), whole, pairing_title(whole))
        write("duties", [p.person for p in whole.people if not p.has_duties], whole, pairing_title(whole))
    return pairing


def _still_open(pairing):
    """Say calmly that a proposal is closed, without the name of the one through whom: the reader may be
    the other side.
    """
    state = Pairing.objects.select_for_update().values_list("state", flat=True).get(pk=pairing.pk)
    if state in {"declined", "withdrawn"}:
        raise Already("Делать уже ничего не нужно: предложение закрыто")


def decline(pairing, *, by, reason: str) -> Pairing:
    """The council or the director turns a proposal down.

    Raises what ``perform`` raises; ``Refused`` without a reason.
    """
    return _close(
        pairing,
        "decline",
        by=by,
        reason=reason,
        what="предложение отклонено",
        missing="Напишите, почему предложение отклонено",
    )


def withdraw(pairing, *, by, reason: str) -> Pairing:
    """Take a proposal back. Raises what ``perform`` raises; ``Refused`` without a reason."""
    return _close(
        pairing,
        "withdraw",
        by=by,
        reason=reason,
        what="предложение снято",
        missing="Напишите, почему предложение снято",
    )


def _close(pairing, name, *, by, reason, what, missing):
    if not reason.strip():
        raise Refused(missing)
    with transaction.atomic():
        _still_open(pairing)
        perform(pairing, name, by=by, columns={"reason": reason.strip()})
        whole = reload(pairing)
        write("closed", [p.person for p in whole.people], whole, pairing_title(whole), what=what)
    return pairing


@transaction.atomic
def remind(participation, *, by, about: str) -> Participation:
    """Write a reminder to a participant about one of ``REMINDERS``, at most once a day.

    Raises ``NotAllowed``; ``Already`` when reminded today; ``Refused`` when the person has no e-mail.
    """
    if not (by.can(Right.PAIRINGS_PROPOSE) or by.can(Right.BANKS_APPROVE)):
        raise NotAllowed("Напомнить может куратор, методический совет или директор")
    person, pairing = participation.person, reload(participation.pairing)
    if pairing.state not in OPEN:
        raise Already("Напоминать уже не о чем: предложение закрыто")
    if not address_of(person):
        raise Refused(f"{person.short_name}: не записан e-mail. Напомните лично")
    now = timezone.now()
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    due = Q(reminded_at__isnull=True) | Q(reminded_at__lt=midnight)
    if not Participation.objects.filter(due, pk=participation.pk).update(reminded_at=now):
        participation.refresh_from_db()
        raise Already(
            f"{person.short_name}: сегодня уже напоминали, в {rutime(participation.reminded_at)}. Следующий раз —"
            " завтра"
        )
    write("reminder", [person], pairing, pairing_title(pairing), about=REMINDERS[about])
    record(pairing, "remind", by=by, words="отправлено напоминание", participation=participation.pk)
    participation.refresh_from_db()
    return participation


def awaits_council(pairing) -> bool:
    """Whether everybody has said yes and the council's word is next (п. 3.5)."""
    return pairing.state == "proposed" and all(p.wish == "yes" for p in pairing.people)


@transaction.atomic
def remind_council(pairing, *, by) -> Pairing:
    """Write to the chair and the secretary of the council that a proposal waits for them, at most once a day (п. 3.5).

    Raises ``NotAllowed``; ``Already`` when reminded today or the council's word is not next; ``Refused`` when none of
    them has an e-mail.
    """
    if not (by.can(Right.PAIRINGS_PROPOSE) or by.can(Right.BANKS_APPROVE)):
        raise NotAllowed("Напомнить может куратор, методический совет или директор")
    pairing = reload(Pairing.objects.select_for_update().get(pk=pairing.pk))
    if not awaits_council(pairing):
        raise Already("Напоминать совету не о чем: сейчас ход не за ним")
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    if Act.objects.about(pairing).filter(verb="remind_council", at__gte=midnight).exists():
        raise Already("Совету сегодня уже напоминали. Следующий раз — завтра")
    if not write("agreed", holders(*COUNCIL_DECIDES), pairing, pairing_title(pairing)):
        raise Refused("Ни у председателя, ни у секретаря совета не записан e-mail. Напомните лично")
    record(pairing, "remind_council", by=by, words="отправлено напоминание методическому совету")
    return pairing


def obstacles(pairing, *, appointing=()) -> list[Complaint]:
    """Return what an order of assignment still misses; mentors whose candidate pk is in ``appointing``
    need no appointment.
    """
    mentor = mentor_of(pairing)
    excused = mentor is not None and mentor.candidate_id in set(appointing)
    return [
        c for r in PAIRING["assign"].requirements if not (excused and r is appointed) for c in r.complaints(pairing)
    ]


@transaction.atomic
def assign(pairing, *, by, number: str, date, on) -> Pairing:
    """Enact the director's order: the pair is assigned from the day ``on`` (п. 3.3, 6.2). Called by registration.

    Raises what ``perform`` raises; ``Refused`` when the order is older than a paper that it rests on.
    """
    whole = reload(pairing)
    if later := [*_later_papers(whole, date)]:
        raise Refused(later)
    perform(
        pairing, "assign", by=by, columns={"order_number": number, "order_date": date, "assigned_on": on}, number=number
    )
    pairing.participations.live().update(since=on)
    whole = reload(pairing)
    write("assigned", [p.person for p in whole.people], whole, pairing_title(whole))
    return pairing


def _later_papers(pairing, date):
    if pairing.minutes_date and pairing.minutes_date > date:
        yield (
            f"Приказ не может быть раньше протокола совета: протокол от {rudate(pairing.minutes_date)}, приказ от"
            f" {rudate(date)}"
        )
    late = (
        Consent.objects.live().filter(purpose="duties", matter=pairing.uuid, given_on__gt=date).select_related("person")
    )
    for consent in late:
        yield (
            f"Приказ не может быть раньше согласия: {consent.person.short_name}, {rudate(consent.given_on)}, приказ от"
            f" {rudate(date)}"
        )


@transaction.atomic
def dissolve(pairing, *, by, on, reason: str) -> Pairing:
    """End an assigned pair with its programme (п. 7.1); by=None for the clock. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, почему пара завершена")
    if pairing.assigned_on and on < pairing.assigned_on:
        raise Refused(f"Пара не может завершиться раньше, чем закреплена ({rudate(pairing.assigned_on)})")
    perform(pairing, "dissolve", by=by, columns={"ended_on": on, "reason": reason.strip()})
    pairing.participations.live().update(until=on, end_reason=reason.strip()[:300])
    endings.run(pairing, on)
    return pairing
