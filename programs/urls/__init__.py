"""Addresses of programs, by thing."""

from programs.urls import changes, completion, lists, pairings, paper, programmes, running

app_name = "programs"
urlpatterns = [
    *pairings.urlpatterns,
    *programmes.urlpatterns,
    *running.urlpatterns,
    *completion.urlpatterns,
    *changes.urlpatterns,
    *paper.urlpatterns,
    *lists.urlpatterns,
]
