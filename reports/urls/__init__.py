"""Addresses of reports, by thing."""

from reports.urls import home, orders, papers

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    *orders.urlpatterns,
    *papers.urlpatterns,
]
