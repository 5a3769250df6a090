"""Builders of requests through the acts."""

from programs.pairings.models import Pairing
from programs.program.models import Program
from programs.requests import acts, registry
from programs.requests.subjects import of_pairing, of_program
from tests.factories import make_program

TEXT = "Ученик не держит темп: просьба-канарейка"


def subject_of(kind, program):
    """Return what a request of the kind is about in a program."""
    if kind.about == "pairing":
        return of_pairing(Pairing.objects.with_people().get(pk=program.pairing_id))
    return of_program(Program.objects.for_head().get(pk=program.pk))


def ask(cast, code, *, by=None, program=None, **values):
    """File a request of a kind in a running program, by its mentee unless somebody else is named."""
    kind = registry.kind(code)
    program = program or make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    return acts.file(kind, subject_of(kind, program), by=by or cast.mentee, **({"text": TEXT} | values))
