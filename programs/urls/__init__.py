"""Addresses of programs, by thing."""
from programs.urls import completion, lists, pairings, paper, programmes, running

app_name = "programs"
urlpatterns = [
    *pairings.urlpatterns,
    *programmes.urlpatterns,
    *running.urlpatterns,
    *completion.urlpatterns,
    *paper.urlpatterns,
    *lists.urlpatterns,
]
