"""Letters of tasks of support and of marks: which ask for something, and whether they still do."""

from mentoring_site.mail import while_there
from programs.support.models import SupportTask

NEEDED = {
    "support_given": while_there(SupportTask, state=SupportTask.State.GIVEN),
    "support_done": while_there(SupportTask, state=SupportTask.State.DONE),
    "support_returned": while_there(SupportTask, state=SupportTask.State.RETURNED),
}
NEWS = {"support_accepted", "support_dropped", "council_mark"}
