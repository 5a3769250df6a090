"""What waits for somebody in drafting and approval of programs (п. 3.4, 3.5, 5.1)."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.workflow import complaints
from people.rights import Right
from people.school.models import School
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing, present
from programs.program.models import Program, past_end
from programs.program.rules import confirmed, may_agree, may_endorse
from programs.program.states import ENDED, State

AT_MOST = 40


def items(user) -> list[InboxItem]:
    """Return what waits for the user in programs: at most three queries, and five per own draft."""
    drafts = _own_drafts(user) if user.roles & {"mentor", "mentee"} else ()
    decisions = (thing for program in _undecided(user) for thing in _decision(program, user))
    return [*drafts, *_without_program(user), *decisions, *_to_conclude(user)]


def _to_conclude(user):
    """Trial runs that have come to their end without a conclusion of the council (п. 3.5); one query."""
    if not user.can(Right.PROGRAMS_AGREE):
        return
    mine = user.person.participations.filter(pairing=OuterRef("pairing"))
    over = Q(state__in=ENDED) | Q(state=State.RUNNING) & past_end()
    found = Program.objects.filter(over, ~Exists(mine), trial__verdict="", trial__isnull=False)
    for program in found.order_by("ends_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Заключение об апробации «{program.title}»",
            "Программа закончилась: совет решает, рекомендовать ли её образец",
            reverse("programs:program_trial", args=[program.pk]),
            "Записать заключение",
            since=program.ended_on or program.ends_on,
            weight=35,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:trial",
        )


def _undecided(user):
    """Submitted programs, and agreed ones where the school approves them by the title page (п. 3.3); one query."""
    deciding = user.can(Right.PROGRAMS_ENDORSE) or user.can(Right.PROGRAMS_AGREE) or user.can(Right.PETITIONS_DECIDE)
    wanted = Q(state=State.SUBMITTED) if deciding else Q()
    if user.can(Right.ORDERS_REGISTER) and user.can(Right.PROGRAMS_SEE_ALL):
        wanted |= Q(Exists(School.objects.filter(programs_by_grif=True)), state=State.AGREED)
    if not wanted:
        return []
    mine = user.person.participations.live().filter(pairing=OuterRef("pairing"))
    found = Program.objects.filter(wanted, ~Exists(mine)).select_related("curator", "pairing")
    if not user.can(Right.PROGRAMS_ENDORSE):  # who decides instead asks whom the program is about
        found = found.prefetch_related(Prefetch("pairing__participations", present(), to_attr="people"))
    return found.order_by("submitted_at")[:AT_MOST]


def _endorses(program, user) -> bool:
    """Own programs are left out by ``_undecided``."""
    return user.can(Right.PROGRAMS_ENDORSE) or may_endorse(program, user)


def _agrees(program, user) -> bool:
    if user.can(Right.PROGRAMS_AGREE):
        return program.endorsed_by_id != user.pk
    return not user.can(Right.PROGRAMS_ENDORSE) and may_agree(program, user)


def _own_drafts(user):
    mine = user.person.participations.live().values("pairing")
    for program in Program.objects.filter(pairing__in=mine, state=State.DRAFT).with_requirements()[:AT_MOST]:
        me = next((p for p in program.pairing.people if p.person_id == user.person_id), None)
        if me is not None:
            yield from (_mentor if me.part == "mentor" else _mentee)(program, me)


def _mentor(program, me):
    left = complaints(program, "submit")
    returned = [r for r in program.remarks.all() if r.resolved_at is None]
    url, edit = program.get_absolute_url(), reverse("programs:program_edit", args=[program.pk])
    if returned:
        yield InboxItem(
            f"Доработать программу «{program.title}»",
            f"Замечание: {returned[0].text[:120]}",
            url,
            "Прочитать замечания",
            since=returned[0].at,
            weight=85,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:returned",
        )
    elif not left:
        yield InboxItem(
            f"Передать программу «{program.title}» куратору",
            "Всё заполнено и подтверждено",
            url,
            "Открыть",
            since=program.created_at,
            weight=75,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:submit",
        )
    elif not all(c.remind for c in left):
        yield InboxItem(
            f"Закончить проект программы «{program.title}»",
            str(left[0]),
            edit,
            "Править проект",
            since=program.created_at,
            weight=70,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:draft",
        )


def _mentee(program, me):
    """A mentee is asked when everything but the confirmations is there."""
    asked = {c.remind for c in confirmed.complaints(program)}
    if me.person_id in asked and all(c.remind for c in complaints(program, "submit")):
        yield InboxItem(
            f"Подтвердить проект программы «{program.title}»",
            "Без Вашего подтверждения её нельзя передать куратору (п. 5.1)",
            reverse("programs:program_confirm", args=[program.pk]),
            "Прочитать и подтвердить",
            since=program.created_at,
            weight=80,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:confirm",
        )


def _without_program(user):
    """Assigned pairs without a program: one's own for a mentor, all for the curator."""
    curator = user.can(Right.PROGRAMS_ENDORSE)
    have = Program.objects.filter(pairing=OuterRef("pk"))
    bare = Pairing.objects.filter(~Exists(have), state=Pairing.State.ASSIGNED)
    if not curator:
        led = user.person.participations.live().filter(part="mentor").values("pairing")
        bare = bare.filter(pk__in=led)
    people = Prefetch("participations", present().select_related("person"), to_attr="people")
    for pairing in bare.order_by("assigned_on", "pk").prefetch_related(people)[:AT_MOST]:
        own = any(p.person_id == user.person_id and p.part == "mentor" for p in pairing.people)
        why = (
            "Её составляют наставник и наставляемый вместе (п. 5.1)" if own else "Пара закреплена, а программы ещё нет"
        )
        yield InboxItem(
            f"Составить программу: {pairing_title(pairing)}",
            why,
            reverse("programs:program_new", args=[pairing.pk]),
            "Составить программу",
            since=pairing.assigned_on,
            weight=70 if own else 45,
            group=Group.PROGRAMS,
            key=f"pairing:{pairing.pk}:program",
        )


def _decision(program, user):
    url = program.get_absolute_url()
    if program.state == State.AGREED:
        yield InboxItem(
            f"Утвердить программу «{program.title}»",
            "Директор подписывает титульный лист, утверждение записывают здесь",
            url,
            "Открыть программу",
            since=program.agreed_at,
            weight=66,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:approve",
        )
    elif program.endorsed_at is None and _endorses(program, user):
        yield InboxItem(
            f"Решить о проекте «{program.title}»",
            "Поддержать и передать совету или вернуть с замечаниями",
            url,
            "Открыть проект",
            since=program.submitted_at,
            weight=60,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:endorse",
        )
    elif program.endorsed_at and _agrees(program, user):
        yield InboxItem(
            f"Согласовать программу «{program.title}»",
            "Куратор поддержал проект; нужны номер и дата протокола совета (п. 3.5)",
            url,
            "Открыть программу",
            since=program.endorsed_at,
            weight=60,
            group=Group.PROGRAMS,
            key=f"program:{program.pk}:agree",
        )
