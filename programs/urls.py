"""Addresses of programs."""

from programs.attention import urls as attention_urls
from programs.catalogs import urls as catalog_urls
from programs.changes import urls as change_urls
from programs.completion import urls as completion_urls
from programs.difficulties import urls as difficulty_urls
from programs.journal import urls as journal_urls
from programs.learning import urls as learning_urls
from programs.mentor_agreements import urls as agreement_urls
from programs.mentor_agreements.notices import urls as notice_urls
from programs.observations import urls as observation_urls
from programs.pairings import urls as pairing_urls
from programs.paper_entry import urls as paper_entry_urls
from programs.program import urls as program_urls
from programs.relationship import urls as relationship_urls
from programs.requests import urls as request_urls
from programs.support import urls as support_urls
from programs.tasks import urls as task_urls

app_name = "programs"
urlpatterns = [
    *attention_urls.urlpatterns,
    *pairing_urls.urlpatterns,
    *agreement_urls.urlpatterns,
    *notice_urls.urlpatterns,
    *program_urls.urlpatterns,
    *journal_urls.urlpatterns,
    *task_urls.urlpatterns,
    *difficulty_urls.urlpatterns,
    *support_urls.urlpatterns,
    *observation_urls.urlpatterns,
    *learning_urls.urlpatterns,
    *completion_urls.urlpatterns,
    *change_urls.urlpatterns,
    *request_urls.urlpatterns,
    *relationship_urls.urlpatterns,
    *paper_entry_urls.urlpatterns,
    *catalog_urls.urlpatterns,
]
