"""All addresses: the only module that imports every app."""
from django.urls import include, path

urlpatterns = [
    path("", include("people.urls")),
    path("", include("programs.urls")),
    path("", include("roadmap.urls")),
    path("", include("reports.urls")),
    path("", include("reports.public.urls")),
]
