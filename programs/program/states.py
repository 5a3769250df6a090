"""States of a program and the groups of them that rules and lists ask about."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a program stands in its legal life."""

    DRAFT = "draft", "черновик"
    SUBMITTED = "submitted", "на согласовании"
    AGREED = "agreed", "согласована советом"
    APPROVED = "approved", "утверждена"
    RUNNING = "running", "реализуется"
    COMPLETED = "completed", "завершена"
    TERMINATED = "terminated", "прекращена"
    DROPPED = "dropped", "снята до утверждения"


NOT_AGREED = (State.DRAFT, State.SUBMITTED)
BEFORE_APPROVAL = (*NOT_AGREED, State.AGREED)
LIVE = (*BEFORE_APPROVAL, State.APPROVED, State.RUNNING)
ENDED = (State.COMPLETED, State.TERMINATED)
