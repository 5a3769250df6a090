"""Who: accounts, persons, their employment and names, the school, roles, consents, banks."""

from people.models.accounts import FailedLogin, FirstSetup, Invitation, KnownDevice, User
from people.models.bank import BankReview, Candidate, MenteeCategory, Statement, Topic
from people.models.consent import Consent
from people.models.destruction import Destruction
from people.models.labour import DayOff, MentorAgreement, Notice
from people.models.person import Employment, NameForm, Person
from people.models.roles import RoleGrant
from people.models.school import Department, Organisation, School
from people.models.staff_import import StaffImport
from people.models.withdrawal import Withdrawal, WithdrawalDuty

__all__ = [
    "BankReview",
    "Candidate",
    "Consent",
    "DayOff",
    "Department",
    "Destruction",
    "Employment",
    "FailedLogin",
    "FirstSetup",
    "Invitation",
    "KnownDevice",
    "MenteeCategory",
    "MentorAgreement",
    "NameForm",
    "Notice",
    "Organisation",
    "Person",
    "RoleGrant",
    "School",
    "StaffImport",
    "Statement",
    "Topic",
    "User",
    "Withdrawal",
    "WithdrawalDuty",
]
