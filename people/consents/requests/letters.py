"""Letters about requests of persons: one that is closed asks nobody any more."""

from mentoring_site.mail import while_there
from people.consents.requests.models import DataRequest

NEEDED = {"data_request_opened": while_there(DataRequest, closed_at=None)}
