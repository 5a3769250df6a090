"""Letters of the banks that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from people.banks.models import BankReview, Candidate

NEEDED = {
    "candidate_fill": while_there(Candidate, filled_at=None, state__in=Candidate.LIVE_STATES),
    "candidate_ready": while_there(Candidate, state=Candidate.State.APPLIED),
    "bank_review_recorded": while_there(BankReview, waits=True),
}
NEWS = {"candidate_comment", "candidate_corrected", "candidate_decided", "bank_review_returned"}
