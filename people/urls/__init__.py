"""Addresses of people, by thing."""
from people.urls import register
from people.urls import imports
from people.urls import consents
from people.urls import banks
from people.urls import accounts
from people.urls import settings

app_name = "people"
urlpatterns = [
    *register.urlpatterns,
    *imports.urlpatterns,
    *consents.urlpatterns,
    *banks.urlpatterns,
    *accounts.urlpatterns,
    *settings.urlpatterns,
]
