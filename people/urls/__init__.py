"""Addresses of people, by thing."""

from people.urls import accounts, banks, consents, imports, labour, register, settings

app_name = "people"
urlpatterns = [
    *register.urlpatterns,
    *imports.urlpatterns,
    *consents.urlpatterns,
    *labour.urlpatterns,
    *banks.urlpatterns,
    *accounts.urlpatterns,
    *settings.urlpatterns,
]
