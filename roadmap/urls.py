"""Addresses of the roadmap, the regulation and the council."""

from roadmap.council import urls as council_urls
from roadmap.legal_base import urls as legal_base_urls
from roadmap.plan import urls as plan_urls
from roadmap.regulation import urls as regulation_urls

app_name = "roadmap"
urlpatterns = [
    *plan_urls.urlpatterns,
    *legal_base_urls.urlpatterns,
    *regulation_urls.urlpatterns,
    *council_urls.urlpatterns,
]
