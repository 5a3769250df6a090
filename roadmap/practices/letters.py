"""Letters of best practices: which ask for something, and whether they still do."""

from mentoring_site.mail import while_there
from roadmap.practices.models import Practice

NEEDED = {
    "practice_review": while_there(Practice, state=Practice.State.REVIEW),
    "practice_returned": while_there(Practice, state=Practice.State.RETURNED),
}
NEWS = {"practice_author", "practice_accepted", "practice_published", "practice_taken_down"}
