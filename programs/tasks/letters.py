"""Letters of tasks that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from programs.tasks.models import MentorTask

NEEDED = {
    "task_given": while_there(MentorTask, state=MentorTask.State.GIVEN),
    "task_done": while_there(MentorTask, state=MentorTask.State.DONE),
    "task_returned": while_there(MentorTask, state=MentorTask.State.RETURNED),
}
NEWS = {"task_accepted", "task_dropped"}
