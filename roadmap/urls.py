"""Addresses of the features of the roadmap."""

from roadmap.bodies import urls as body_urls
from roadmap.council import urls as council_urls
from roadmap.duties import urls as duty_urls
from roadmap.events import urls as event_urls
from roadmap.legal_base import urls as legal_base_urls
from roadmap.library import urls as library_urls
from roadmap.partners import urls as partner_urls
from roadmap.plan import urls as plan_urls
from roadmap.practices import urls as practice_urls
from roadmap.regulation import urls as regulation_urls
from roadmap.training import urls as training_urls

app_name = "roadmap"
urlpatterns = [
    *plan_urls.urlpatterns,
    *duty_urls.urlpatterns,
    *legal_base_urls.urlpatterns,
    *regulation_urls.urlpatterns,
    *body_urls.urlpatterns,
    *council_urls.urlpatterns,
    *training_urls.urlpatterns,
    *partner_urls.urlpatterns,
    *library_urls.urlpatterns,
    *practice_urls.urlpatterns,
    *event_urls.urlpatterns,
]
