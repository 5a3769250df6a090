"""The letter about a duty that is late: whether it still is when the letter leaves."""

from mentoring_site.mail import while_there
from roadmap.duties.models import Occurrence

NEEDED = {"duty_late": while_there(Occurrence, done_on=None)}
