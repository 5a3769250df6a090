"""Addresses of programs."""

from programs.catalogs import urls as catalog_urls
from programs.changes import urls as change_urls
from programs.completion import urls as completion_urls
from programs.journal import urls as journal_urls
from programs.mentor_agreements import urls as agreement_urls
from programs.mentor_agreements.notices import urls as notice_urls
from programs.pairings import urls as pairing_urls
from programs.paper_entry import urls as paper_entry_urls
from programs.program import urls as program_urls

app_name = "programs"
urlpatterns = [
    *pairing_urls.urlpatterns,
    *agreement_urls.urlpatterns,
    *notice_urls.urlpatterns,
    *program_urls.urlpatterns,
    *journal_urls.urlpatterns,
    *completion_urls.urlpatterns,
    *change_urls.urlpatterns,
    *paper_entry_urls.urlpatterns,
    *catalog_urls.urlpatterns,
]
