"""Addresses of reports, by thing."""

from reports.urls import home, orders, site

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    *orders.urlpatterns,
    *site.urlpatterns,
]
