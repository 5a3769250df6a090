"""The letter about a doubtful legal act: whether the doubt still waits when it leaves."""

from mentoring_site.mail import while_there
from roadmap.legal_base.models import LegalAct

NEEDED = {"legal_doubt": while_there(LegalAct, settled_at=None)}
