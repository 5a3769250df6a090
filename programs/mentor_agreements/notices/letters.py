"""Letters about notices (ТК 351.8): what a notice asks for is asked no more once it is ordered or withdrawn."""

from mentoring_site.mail import while_there
from programs.mentor_agreements.models import Notice

NEEDED = {
    "notice_in_effect": while_there(Notice, order_number=""),
    "notice_withdrawal": while_there(Notice, withdrawn_on=None, took_effect_on=None, order_number=""),
}
NEWS = {"notice_given", "notice_to_mentor", *NEEDED}  # the latter where nothing is left to do when they are written
