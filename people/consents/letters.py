"""Letters about consents that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from people.consents.models import Consent


def _is_lacking(purpose: str, person: int | None) -> bool:
    return not Consent.objects.live().filter(person=person, purpose=purpose).exists()


NEEDED = {"consent_request": _is_lacking, "consent_new_edition": while_there(Consent, ended_on=None)}
NEWS = {"consent_given", "consent_narrowed", "consent_withdrawn", "data_request_answered"}
