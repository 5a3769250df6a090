"""Letters about access: a request that is answered or has lapsed asks nobody any more."""

from mentoring_site.mail import while_there
from people.access.models import AccessRequest

NEEDED = {"access_asked": while_there(AccessRequest, state=AccessRequest.State.ASKED)}
NEWS = {"access_not_mine", "access_refused", "access_told"}  # the owner of an account is told in any case
