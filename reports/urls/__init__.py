"""Addresses of reports, by thing."""

from reports.urls import home, orders, register, site

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    *register.urlpatterns,
    *orders.urlpatterns,
    *site.urlpatterns,
]
