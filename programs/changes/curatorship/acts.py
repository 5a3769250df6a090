"""Handing a program over to another curator (п. 3.4); whoever hands over everything calls it program by program."""

from django.db import transaction
from django.db.models import F

from mentoring_site.interest import OTHERS, is_interested
from mentoring_site.locks import locked
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.register.models import Person
from people.rights import ACTING, CURATOR, DIRECTOR, Right
from people.roles.letters import mail_person
from people.roles.models import RoleGrant
from programs.program.models import Program
from programs.program.rules import parties
from programs.program.states import IN_FORCE, State

HANDED_OVER = (State.APPROVED, State.RUNNING)
assert set(HANDED_OVER) <= set(IN_FORCE)


def may_hand_over(program: Program, user: User) -> bool:
    """Whether the user says who leads a program: a curator or the director, none of its people."""
    if is_interested(user, parties(program)):
        return False
    return user.can(Right.PROGRAMS_CHANGE) or bool(user.roles & {DIRECTOR, ACTING})


def require_handing_over(program: Program, user: User) -> None:
    """Refuse who may not say who leads a program. Raises ``NotAllowed``."""
    if not may_hand_over(program, user):
        refusal = Right.PROGRAMS_CHANGE.refusal("директор", "передать программу другому куратору")
        raise NotAllowed(f"{refusal}, {OTHERS}")


@transaction.atomic
def hand_over(program: Program, *, to: Person, by: User) -> Program:
    """Make ``to`` the responsible curator of an approved or running program; all four sides get a letter.

    What waits for the curator waits for the new one from now on; what was signed keeps the name of that day. Raises
    ``NotAllowed``; ``Already`` when the person leads it; ``Refused`` when the program is still drafted or has ended,
    when the person is no curator today, or takes part in the program.
    """
    program = reload(locked(program))
    require_handing_over(program, by)
    former = program.curator
    if former.pk == to.pk:
        raise Already(f"{to.short_name} уже ведёт эту программу")
    if program.state not in HANDED_OVER:
        raise Refused("Передать можно утверждённую программу; до утверждения куратора меняют в самом проекте")
    _check_new_curator(program, to)
    Program.objects.filter(pk=program.pk).update(curator=to, version=F("version") + 1)
    words = f"ответственный куратор сменился: был {former.short_name}, теперь {to.short_name}"
    record(program, "hand_over", by=by, words=words, former=former.pk, curator=to.pk)
    program = reload(program)
    for person in {*(p.person for p in program.pairing.people), former, to}:
        if person.pk != by.person_id:
            mail_person(person, "curator_changed", person=person, program=program, former=former, curator=to)
    return program


def _check_new_curator(program: Program, to: Person) -> None:
    grants = RoleGrant.objects.in_force().filter(person=to, role=CURATOR)
    if not grants.select_for_update().exists():  # the role does not end meanwhile
        raise Refused(f"{to.short_name}: роли куратора сегодня нет. Роль даёт {Right.ROLES_MANAGE.who}")
    if to.pk in parties(program):
        raise Refused(f"{to.short_name}: участник программы не бывает её куратором")
