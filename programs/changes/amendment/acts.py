"""Acts of an amendment: proposed by the people of a program, agreed by every side, enacted by an order (п. 7.2)."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, Refused, Stale, claim_version, record, reload
from people.accounts.models import User
from people.banks.models import Statement
from people.register.leaving import beyond_work
from people.rights import Right
from people.roles.instead import decides_instead, require_impartial
from programs.catalogs.models import Category, MentoringForm, TemplateActivity
from programs.changes import acts as change_acts
from programs.changes.amendment.models import Amendment, AmendmentConsent, AmendmentObjection
from programs.pairings.models import Pairing, Participation
from programs.program.content import describe
from programs.program.models import Activity, Program
from programs.program.rules import parties
from programs.program.states import IN_FORCE

SIDE = "сам участник"
"""Who agrees besides those who record papers."""
LINE = ("title", "starts_on", "due_on", "responsible", "expected_result", "evidence")


def may_amend(program: Program, user: User) -> bool:
    """Whether the user proposes and words amendments: the mentor, the mentee of a pair, the curator or who decides so.

    A mentee of a group agrees or not, but does not open forms that show the difficulties of the others.
    """
    if user.can(Right.PROGRAMS_CHANGE) or decides_instead(user, Right.PROGRAMS_TERM, parties(program)):
        return True
    mine = next((p for p in program.pairing.people if p.person_id == user.person_id), None)
    return (
        mine is not None
        and mine.until is None
        and (mine.part == Participation.Part.MENTOR or program.pairing.kind == Pairing.Kind.PAIR)
    )


def require_amending(program: Program, user: User) -> None:
    """Refuse a user who proposes and words no amendments of the program. Raises ``NotAllowed``."""
    require(user, Right.PROGRAMS_CHANGE, unless=may_amend(program, user), also="наставник, наставляемый пары")


@transaction.atomic
def propose(
    program: Program,
    *,
    by: User,
    reason: str,
    new_end: dt.date | None = None,
    forms: Iterable[MentoringForm] = (),
    term_decision: str = "",
    request_key: UUID | None = None,
) -> Amendment:
    """Open an amendment of an approved or running program: a later last day, other forms; the plan is reworded after.

    Returns the amendment, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    locked(program)
    program = reload(program)
    if request_key and (made := Amendment.objects.filter(request_key=request_key, program=program).first()):
        return made
    require_amending(program, by)
    _check(program, reason, new_end)
    _refuse_second(program)
    decided = _redecided(program, "", term_decision, by)
    try:
        with transaction.atomic():
            made = Amendment.objects.create(
                program=program,
                reason=reason.strip(),
                new_end=new_end,
                created_by=by,
                request_key=request_key,
                **decided,
            )
    except IntegrityError as clash:
        raise Already("Изменение этой программы уже готовится: дополните его или отмените") from clash
    made.forms.set(forms)
    record(made, "propose", by=by, words="предложено изменение программы", target=Amendment.State.PROPOSED)
    _consent_of_author(made, by)
    people = [p.person for p in program.pairing.people]
    change_acts.mail_others(people, "change_proposed", made, by=by, asks=str(made.pk), title=program.title)
    return made


def _refuse_second(program: Program) -> None:
    """Refuse while another amendment is registered and has not taken effect."""
    if ahead := Amendment.objects.ahead().filter(program=program).first():
        raise Refused(
            f"Изменение этой программы введено приказом № {ahead.order_number} и вступит в силу"
            f" {rudate(ahead.effective_on)}: новое готовят после этого дня"
        )


def _check(program: Program, reason: str, new_end: dt.date | None) -> None:
    if program.state not in IN_FORCE:
        raise Refused("Так меняют утверждённую программу; проект просто правят")
    if not reason.strip():
        raise Refused("Напишите, почему программу нужно изменить")
    if new_end and new_end <= program.ends_on:
        raise Refused(f"Программа и так идёт до {rudate(program.ends_on)}: укажите более поздний день")
    if past := beyond_work([p.person for p in program.pairing.people], new_end, "новый срок программы"):
        raise Refused(past)


def _redecided(program: Program, old: str, new: str, by: User) -> dict:
    """Return the columns of the decision about a term of more than a year (п. 1.2, 7.2), none when it stays.

    No words take it back. Raises ``NotAllowed``.
    """
    words = (new or "").strip()
    if words == old:
        return {}
    require_impartial(by, Right.PROGRAMS_TERM, parties(program))
    return {
        "term_decision": words,
        "term_decided_at": timezone.now() if words else None,
        "term_decided_by": by if words else None,
    }


def _claim_edit(amendment: Amendment, by: User, version: int) -> Amendment:
    """Claim an edit; consents were given to another wording and are asked again.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    amendment = reload(amendment)
    require_amending(amendment.program, by)
    if amendment.state != Amendment.State.PROPOSED:
        raise Refused("Изменение уже передано на приказ или отменено: правка закрыта")
    claim_version(amendment, version)
    AmendmentConsent.objects.filter(amendment=amendment).delete()
    AmendmentObjection.objects.filter(amendment=amendment).delete()
    return amendment


def _consent_of_author(amendment: Amendment, by: User) -> None:
    """Who takes part and words an amendment agrees to one's own words: nobody asks for it apart (п. 7.2)."""
    amendment = reload(amendment)
    mine = next((p for p in amendment.program.pairing.people if p.person_id == by.person_id and p.until is None), None)
    if mine is None or not amendment.changes_something:
        return
    AmendmentConsent.objects.create(amendment=amendment, participation=mine, given_on=timezone.localdate(), by=by)
    words = f"согласие на изменение: {mine.person.short_name} (вместе с предложением)"
    record(amendment, "agree", by=by, words=words, participation=mine.pk)


@transaction.atomic
def edit(
    amendment: Amendment,
    *,
    by: User,
    version: int,
    reason: str,
    new_end: dt.date | None = None,
    forms: Iterable[MentoringForm] = (),
    term_decision: str | None = None,
) -> Amendment:
    """Change what an amendment says besides the plan; ``term_decision`` None leaves it. Consents are asked again.

    Raises ``NotAllowed``, ``Refused``, ``Stale``.
    """
    amendment = _claim_edit(amendment, by, version)
    _check(amendment.program, reason, new_end)
    decided = {} if term_decision is None else _redecided(amendment.program, amendment.term_decision, term_decision, by)
    Amendment.objects.filter(pk=amendment.pk).update(reason=reason.strip(), new_end=new_end, **decided)
    amendment.forms.set(forms)
    record(amendment, "edit", by=by, words="изменение дополнено, согласия спросят заново")
    _consent_of_author(amendment, by)
    amendment.refresh_from_db()
    return amendment


def present_plan(program: Program) -> list[dict]:
    """Return the plan of a program as lines that an amendment rewrites."""
    return [Amendment.line_of(a) for a in program.activities.all()]


@transaction.atomic
def set_line(amendment: Amendment, number: int | None, line: dict, *, by: User, version: int) -> Amendment:
    """Change the line ``number`` of the new plan, or add one when it is None. Raises as ``edit``."""
    amendment = _claim_edit(amendment, by, version)
    plan = _plan(amendment)
    _refuse_carried_out(amendment, plan, number)
    made = {"pk": plan[number]["pk"] if number is not None else None} | line
    plan = [made if n == number else old for n, old in enumerate(plan)] + ([made] if number is None else [])
    return _save_plan(amendment, plan, by, f"{'добавлено' if number is None else 'изменено'}: «{line['title']}»")


@transaction.atomic
def drop_line(amendment: Amendment, number: int, *, by: User, version: int) -> Amendment:
    """Take a line out of the new plan. Raises as ``edit``; ``Refused`` when somebody has carried it out."""
    amendment = _claim_edit(amendment, by, version)
    plan = _plan(amendment)
    _refuse_carried_out(amendment, plan, number)
    title = plan[number]["title"]
    return _save_plan(amendment, [old for n, old in enumerate(plan) if n != number], by, f"убрано: «{title}»")


@transaction.atomic
def set_plan(amendment: Amendment, plan: list[dict], *, by: User, version: int, words: str) -> Amendment:
    """Give an amendment a whole new plan. Raises as ``edit``; ``Refused`` when it touches what is carried out."""
    amendment = _claim_edit(amendment, by, version)
    known = {line["pk"]: line for line in _plan(amendment)}
    kept = {line["pk"]: line for line in plan}
    for pk in carried_out(amendment.program):
        if kept.get(pk) != known.get(pk):
            raise Refused(f"«{known[pk]['title']}» уже выполняют: менять и убирать его нельзя")
    return _save_plan(amendment, plan, by, words)


def _plan(amendment: Amendment) -> list[dict]:
    return present_plan(amendment.program) if amendment.plan is None else amendment.plan


def _refuse_carried_out(amendment: Amendment, plan: list[dict], number: int | None) -> None:
    if number is None:
        return
    if not 0 <= number < len(plan):
        raise Refused("Такой строки в плане нет: он изменился, пока Вы читали")
    if plan[number]["pk"] in carried_out(amendment.program):
        raise Refused(f"«{plan[number]['title']}» уже выполняют: менять и убирать его нельзя")


def carried_out(program: Program) -> set[int]:
    """Return the activities of an amendment's program that somebody has marked; their results rest on them."""
    return {a.pk for a in program.activities.all() if a.taken}


def _save_plan(amendment: Amendment, plan: list[dict], by: User, words: str) -> Amendment:
    plan = sorted(plan, key=lambda line: line["due_on"])
    if plan == present_plan(amendment.program):
        plan = None
    Amendment.objects.filter(pk=amendment.pk).update(plan=plan)
    record(amendment, "plan", by=by, words=f"план в новой редакции, {words}"[:300])
    _consent_of_author(amendment, by)
    amendment.refresh_from_db()
    return amendment


@transaction.atomic
def agree(
    amendment: Amendment,
    participation: Participation,
    *,
    by: User,
    given_on: dt.date | None = None,
    version: int | None = None,
) -> AmendmentConsent:
    """A side agrees to an amendment as it stands (п. 7.2); the curator records a dated paper.

    Raises ``NotAllowed``; ``Refused`` for a paper without a date, of a future day, or when nothing changes yet;
    ``Stale`` when it was reworded since ``version``; ``Already``.
    """
    locked(amendment)  # nobody rewords it, or hands it over for its order, while the consent is written
    amendment = reload(amendment)
    own = participation.person_id == by.person_id
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(amendment.program), unless=own, also=SIDE)
    _check_answer(amendment, participation, version)
    today = timezone.localdate()
    given_on = today if own else given_on
    if given_on is None or given_on > today:
        raise Refused("Укажите дату, которая стоит на бумаге: она не может быть в будущем")
    made, created = AmendmentConsent.objects.get_or_create(
        amendment=amendment,
        participation=participation,
        defaults={"given_on": given_on, "by": by, "on_paper": not own},
    )
    if not created:
        raise Already("Это согласие уже записано")
    AmendmentObjection.objects.filter(amendment=amendment, participation=participation).delete()
    words = f"согласие на изменение: {participation.person.short_name}{'' if own else ' (записано с бумаги)'}"
    record(amendment, "agree", by=by, words=words, participation=participation.pk)
    return made


def _check_answer(amendment: Amendment, participation: Participation, version: int | None) -> None:
    """Refuse the answer of a side that cannot be given now."""
    if participation.pk not in {p.pk for p in amendment.program.pairing.people}:
        raise Refused("Согласие даёт участник этой программы")
    if amendment.state != Amendment.State.PROPOSED:
        raise Already("Изменение уже передано на приказ или отменено")
    if not amendment.changes_something:
        raise Refused("Пока ничего не меняется: соглашаться не с чем")
    if version is not None and version != amendment.version:  # others may agree meanwhile, but not reword
        raise Stale("Пока Вы читали, изменение переписали. Прочитайте его ещё раз")


@transaction.atomic
def object_to(
    amendment: Amendment, participation: Participation, *, by: User, reason: str, version: int | None = None
) -> AmendmentObjection:
    """«Не согласна»: a side says why it does not agree, also after it has agreed; the curator may record it.

    Who proposed the amendment and the curator get a letter: they reword it, and everybody is asked again, or call it
    off. Raises ``NotAllowed``; ``Refused`` without a reason or when nothing changes yet; ``Stale``; ``Already``.
    """
    locked(amendment)
    amendment = reload(amendment)
    own = participation.person_id == by.person_id
    require_impartial(by, Right.PROGRAMS_ACT_FOR_OTHERS, parties(amendment.program), unless=own, also=SIDE)
    _check_answer(amendment, participation, version)
    if not reason.strip():
        raise Refused("Напишите, почему Вы не согласны" if own else "Напишите, почему участник не согласен")
    if participation.pk in amendment.objections_by_side:
        raise Already("Возражение уже записано")
    AmendmentConsent.objects.filter(amendment=amendment, participation=participation).delete()
    made = AmendmentObjection.objects.create(
        amendment=amendment, participation=participation, reason=reason.strip()[:2000], by=by
    )
    person = participation.person
    words = f"возражение против изменения: {person.short_name}{'' if own else ' (записано со слов)'}"
    record(amendment, "object", by=by, words=words, participation=participation.pk)
    author = amendment.created_by.person if amendment.created_by else None
    told = [p for p in {author, amendment.program.curator} if p is not None and p.pk != person.pk]
    about = {"title": amendment.program.title, "who": person}
    change_acts.mail_others(told, "change_objected", amendment, by=by, asks=str(made.pk), **about)
    return made


@transaction.atomic
def enact(amendment: Amendment, *, by: User, number: str, date: dt.date, on: dt.date) -> Amendment:
    """Enact the order: the term, the plan and the forms change at once, or by the clock on the day ``on`` (п. 7.2).

    Raises what ``perform`` raises; ``Refused`` for a day after the program has ended.
    """
    program = locked(amendment.program)
    if on > max(program.ends_on, timezone.localdate()):
        raise Refused(
            f"Программа «{program.title}» кончается {rudate(program.ends_on)}: изменение не может вступить в силу позже"
        )
    amendment = change_acts.mark_enacted(amendment, by=by, number=number, date=date, on=on)
    if on <= timezone.localdate():
        _take_effect(amendment, by=by)
        amendment.refresh_from_db()
    return amendment


def apply_due(today: dt.date | None = None) -> int:
    """Apply the amendments whose day has come; returns how many."""
    due = Amendment.objects.ahead().filter(effective_on__lte=today or timezone.localdate())
    applied = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            amendment = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if amendment is not None:
                locked(amendment.program)
                _take_effect(amendment, by=None)
                applied += 1
    return applied


def _take_effect(amendment: Amendment, *, by: User | None) -> None:
    """Change the program by a registered amendment; the amendment remembers what the program was."""
    program = Program.objects.get(pk=amendment.program_id)
    before, old_end = describe(reload(program)), program.ends_on
    _move_term(program, amendment)
    if amendment.forms.exists():
        program.forms.set(amendment.forms.all())
    if amendment.plan is not None:
        _rewrite(program, amendment.plan)
    after = describe(reload(program))
    Amendment.objects.filter(pk=amendment.pk).update(before=before, after=after, old_end=old_end)
    words = f"изменена приказом от {rudate(amendment.order_date)} № {amendment.order_number}"
    record(program, "amend", by=by, words=words, amendment=amendment.pk)


def _move_term(program: Program, amendment: Amendment) -> None:
    columns = {"version": F("version") + 1}
    if amendment.new_end:
        columns |= {"ends_on": amendment.new_end, "latest_end": max(program.latest_end, amendment.new_end)}
    if amendment.new_end and amendment.term_decision:
        columns |= {name: getattr(amendment, name) for name in ("term_decision", "term_decided_at", "term_decided_by")}
    Program.objects.filter(pk=program.pk).update(**columns)


def _rewrite(program: Program, plan: list[dict]) -> None:
    """Make the activities what the new wording says; what was carried out, also since the order, stays as it is."""
    known = {a.pk: a for a in program.activities.all()}
    done = set(program.activities.filter(results__isnull=False).values_list("pk", flat=True))
    for line in plan:
        activity = known.pop(line["pk"], None) or Activity(program=program)
        if activity.pk in done:
            continue
        values = line | {"starts_on": dt.date.fromisoformat(line["starts_on"]) if line["starts_on"] else None}
        values |= {"due_on": dt.date.fromisoformat(line["due_on"])}
        for name in LINE:
            setattr(activity, name, values[name])
        source = TemplateActivity.objects.filter(pk=line["source"]).first() if line.get("source") else None
        if source and source.category != Category.STRUCTURES:  # that one asks which structure
            activity.category = source.category
        activity.source = source or activity.source  # a line that came from a sample brings its materials along
        activity.save()
        activity.statements.set(line["statements"])
        program.difficulties.add(*activity.statements.filter(kind=Statement.Kind.DIFFICULTY))  # also those new to it
        if source:
            activity.materials.add(*source.materials.all())
    for pk, activity in known.items():
        if pk not in done:
            activity.delete()
