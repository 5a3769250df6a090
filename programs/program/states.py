"""States of a program and the groups of them that rules and lists ask about."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a program stands between its draft and its end."""

    DRAFT = "draft", "черновик"
    SUBMITTED = "submitted", "на согласовании"
    AGREED = "agreed", "согласована советом"
    APPROVED = "approved", "утверждена"
    RUNNING = "running", "реализуется"
    COMPLETED = "completed", "завершена"
    TERMINATED = "terminated", "прекращена"
    DROPPED = "dropped", "снята до утверждения"


EXPIRED = "срок истёк, подводятся итоги"
"""What a running program is called after its planned end: nothing new begins in it, its completion is awaited."""

NOT_AGREED = (State.DRAFT, State.SUBMITTED)
BEFORE_APPROVAL = (*NOT_AGREED, State.AGREED)
IN_FORCE = (State.APPROVED, State.RUNNING)  # only an order changes or ends them
LIVE = (*BEFORE_APPROVAL, *IN_FORCE)
ENDED = (State.COMPLETED, State.TERMINATED)
