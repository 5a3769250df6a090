"""Letters about acts of destruction: one that is decided or taken back waits for nobody."""

from mentoring_site.mail import while_there
from people.consents.destruction.models import Destruction

NEEDED = {"destruction_to_approve": while_there(Destruction, approved_at=None, declined_at=None)}
NEWS = {"destruction_decided", "destruction_taken_back"}
