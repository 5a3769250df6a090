"""Acts that kinds and forms bring: the head writes down which conditions have been made (п. 2.3)."""

from django.db import transaction

from mentoring_site.locks import locked
from mentoring_site.workflow import NotAllowed, Refused, record, reload
from people.accounts.models import User
from programs.program.kinds.declaration import mentor_of
from programs.program.kinds.head import CONDITIONS, HEAD
from programs.program.models import Condition, Program
from programs.program.states import State

WHO_MAKES = "Созданные условия записывает руководитель – наставник, пока программа идёт (п. 2.3)"
LABELS = {name: label for name, label, _ in CONDITIONS}


def makes_conditions(program: Program, user: User) -> bool:
    """Whether the user is the head who mentors in a running program of the form «руководитель – педагог»."""
    mentor = mentor_of(program)
    is_form = any(form.code == HEAD.code for form in program.forms.all())
    return program.state == State.RUNNING and is_form and mentor is not None and mentor.person_id == user.person_id


@transaction.atomic
def make_condition(program: Program, name: str, *, by: User, done: str) -> Condition:
    """Write down what has been made of one kind of conditions; written again, it is corrected.

    Raises ``NotAllowed``; ``Refused`` without words or for a kind that is not one of the four.
    """
    program = reload(locked(program))
    if not makes_conditions(program, by):
        raise NotAllowed(WHO_MAKES)
    if name not in LABELS:
        raise Refused("Таких условий Положение не называет (п. 2.3)")
    if not done.strip():
        raise Refused("Напишите, что сделано")
    made, _ = Condition.objects.update_or_create(program=program, name=name, defaults={"done": done.strip(), "by": by})
    record(program, "condition", by=by, words=f"{LABELS[name]}: {made.done}"[:300])
    return made
