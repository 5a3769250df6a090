"""Letters of meetings: an invitation asks to come while the meeting stands, a cancellation is news."""

from mentoring_site.mail import while_there
from roadmap.council.models import Minutes

NEEDED = {"council_invited": while_there(Minutes, state=Minutes.State.PLANNED)}
NEWS = {"council_cancelled"}
