"""Addresses of people."""

from people.absences import urls as absence_urls
from people.access import urls as access_urls
from people.accounts import urls as account_urls
from people.banks import urls as bank_urls
from people.consents import urls as consent_urls
from people.consents.destruction import urls as destruction_urls
from people.consents.duties import urls as duty_urls
from people.consents.operator import urls as operator_urls
from people.consents.requests import urls as data_request_urls
from people.consents.withdrawals import urls as withdrawal_urls
from people.handover import urls as handover_urls
from people.letters import urls as letter_urls
from people.photos import urls as photo_urls
from people.profile import urls as profile_urls
from people.register import urls as register_urls
from people.retention import urls as retention_urls
from people.roles import urls as role_urls
from people.school import urls as school_urls
from people.setup import urls as setup_urls
from people.staff_list import urls as staff_list_urls
from people.viewings import urls as viewing_urls

app_name = "people"
urlpatterns = [
    *profile_urls.urlpatterns,
    *register_urls.urlpatterns,
    *staff_list_urls.urlpatterns,
    *consent_urls.urlpatterns,
    *withdrawal_urls.urlpatterns,
    *duty_urls.urlpatterns,
    *data_request_urls.urlpatterns,
    *operator_urls.urlpatterns,
    *retention_urls.urlpatterns,
    *destruction_urls.urlpatterns,
    *photo_urls.urlpatterns,
    *absence_urls.urlpatterns,
    *handover_urls.urlpatterns,
    *viewing_urls.urlpatterns,
    *bank_urls.urlpatterns,
    *account_urls.urlpatterns,
    *letter_urls.urlpatterns,
    *access_urls.urlpatterns,
    *school_urls.urlpatterns,
    *role_urls.urlpatterns,
    *setup_urls.urlpatterns,
]
