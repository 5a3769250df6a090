"""Letters of the banks that ask for something: whether they still do when they leave."""

from people.banks.models import Candidate


def _is_to_fill(candidate: str, person: int | None) -> bool:
    return Candidate.objects.filter(pk=candidate, filled_at=None, state__in=Candidate.LIVE_STATES).exists()


NEEDED = {"candidate_fill": _is_to_fill}
