"""Letters about consents that ask for something: whether they still do when they leave."""

from people.consents.models import Consent


def _is_lacking(purpose: str, person: int | None) -> bool:
    return not Consent.objects.live().filter(person=person, purpose=purpose).exists()


def _is_of_before(consent: str, person: int | None) -> bool:
    return Consent.objects.filter(pk=consent, ended_on=None).exists()


NEEDED = {"consent_request": _is_lacking, "consent_new_edition": _is_of_before}
