"""History in words: acts from the log, and for director and curator the changed fields with private
ones masked (п. 3.4).

Field changes are kept by auditlog, which sees ``save()``; acts by queryset write their own rows of the log. Contacts
and birth dates are masked before they are written down.
"""

from auditlog.registry import auditlog

from people.banks.models import Candidate, MenteeCategory, Statement, Topic
from people.register.models import Employment, NameForm, Person
from people.roles.models import DepartmentHead, RoleGrant
from people.school.models import Department, Organisation, School

PRIVATE = ["birth_date", "phone", "email", "address", "note"]
SERVICE = ["search", "former_search", "post_forms", "version", "copied", "request_key"]


def register() -> None:
    """Register models with auditlog; called once when the app is ready."""
    auditlog.register(
        Person,
        exclude_fields=list(SERVICE),
        mask_fields=list(PRIVATE),
        mask_callable="mentoring_site.history.mask_value",
    )
    for model in (
        Employment,
        NameForm,
        RoleGrant,
        DepartmentHead,
        Organisation,
        Department,
        School,
        Topic,
        MenteeCategory,
    ):
        auditlog.register(model, exclude_fields=["version", "forms", "corrects"])
    auditlog.register(Candidate, include_fields=["why", "capacity_hours", "capacity_persons", "wishes"])
    auditlog.register(Statement)
