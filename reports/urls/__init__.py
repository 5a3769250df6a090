"""Addresses of reports, by thing."""

from reports.urls import home, orders, packages, register, site

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    *register.urlpatterns,
    *orders.urlpatterns,
    *packages.urlpatterns,
    *site.urlpatterns,
]
