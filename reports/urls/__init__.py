"""Addresses of reports, by thing."""
from reports.urls import home
from reports.urls import orders
from reports.urls import papers

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    *orders.urlpatterns,
    *papers.urlpatterns,
]
