"""Addresses of programs, by thing."""
from programs.urls import pairings
from programs.urls import programs
from programs.urls import running
from programs.urls import completion
from programs.urls import paper
from programs.urls import lists

app_name = "programs"
urlpatterns = [
    *pairings.urlpatterns,
    *programs.urlpatterns,
    *running.urlpatterns,
    *completion.urlpatterns,
    *paper.urlpatterns,
    *lists.urlpatterns,
]
