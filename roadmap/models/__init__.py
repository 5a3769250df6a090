"""When: the regulation, the year plan with its 7 stages, minutes of collegial bodies (п. 3.3–3.5, 9.1, 9.2, приложение)."""

from roadmap.models.minutes import AgendaItem, Minutes
from roadmap.models.plan import Regulation, Roadmap, Stage, Task, required_tasks

__all__ = ["AgendaItem", "Minutes", "Regulation", "Roadmap", "Stage", "Task", "required_tasks"]
