"""Addresses of changes of pairs and programs at work, and of petitions."""

from django.urls import path

from programs.changes import views
from programs.changes.amendment import urls as amendment_urls
from programs.changes.curatorship import urls as curatorship_urls
from programs.changes.dissolution import urls as dissolution_urls
from programs.changes.pause import urls as pause_urls
from programs.changes.petitions import urls as petition_urls
from programs.changes.replacement import urls as replacement_urls
from programs.changes.template_updates import urls as template_urls

urlpatterns = [
    path("programs/<int:pk>/changes/", views.overview, name="program_changes"),
    *amendment_urls.urlpatterns,
    *replacement_urls.urlpatterns,
    *pause_urls.urlpatterns,
    *dissolution_urls.urlpatterns,
    *petition_urls.urlpatterns,
    *template_urls.urlpatterns,
    *curatorship_urls.urlpatterns,
    path("changes/<slug:name>/<int:pk>/", views.change, name="change"),
    *[
        path(f"changes/<slug:name>/<int:pk>/{verb}/", views.decide, {"verb": verb}, name=f"change_{verb}")
        for verb in views.QUESTIONS
    ],
]
