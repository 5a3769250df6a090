"""Addresses of people, by thing."""
from people.urls import accounts, banks, consents, imports, register, settings

app_name = "people"
urlpatterns = [
    *register.urlpatterns,
    *imports.urlpatterns,
    *consents.urlpatterns,
    *banks.urlpatterns,
    *accounts.urlpatterns,
    *settings.urlpatterns,
]
