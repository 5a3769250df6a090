"""The school's particulars: entered at the first setup, changed on the page «Школа» afterwards."""

from typing import Any

from django.db import transaction

from mentoring_site.middleware import clear_zone_cache
from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.rights import Actor, Right
from people.school import regional_days
from people.school.models import Organisation, School

ORGANISATION_FIELDS = {"name", "short_name", "city"}  # columns of the organisation, the rest are of the school


@transaction.atomic
def save_school(school: School | None, *, by: Actor, version: int = 0, at_setup: bool = False, **values: Any) -> School:
    """Enter or change the school's particulars.

    Takes the school shown (None before it is entered) with the version that was shown, and columns of the school and
    of its organisation. Raises ``NotAllowed``, ``Stale``.
    """
    require(by, Right.SCHOOL_EDIT, unless=at_setup)
    own = {k: v for k, v in values.items() if k in ORGANISATION_FIELDS}
    rest = {k: v for k, v in values.items() if k not in ORGANISATION_FIELDS}
    if school is None:
        organisation = Organisation.objects.update_or_create(kind=Organisation.Kind.OWN, defaults=own)[0]
        school = School.objects.create(pk=1, organisation=organisation, **rest)
        changed = sorted(values)
    else:
        claim_version(school, version)
        changed = sorted(
            k for k, v in values.items() if getattr(school.organisation if k in ORGANISATION_FIELDS else school, k) != v
        )
        for name, value in own.items():
            setattr(school.organisation, name, value)
        for name, value in rest.items():
            setattr(school, name, value)
        school.organisation.save()
        school.save()
    if "region" in rest:
        regional_days.leave_to(school.region)
    record(school, "school-edit", by=by, words="изменены сведения о школе", fields=changed)
    transaction.on_commit(clear_zone_cache)
    return school
