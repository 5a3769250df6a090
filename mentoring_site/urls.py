"""All addresses: the only module that imports every app."""

from django.urls import include, path

from mentoring_site.health import health, health_details
from mentoring_site.undo_views import take_back

urlpatterns = [
    path("health/", health, name="health"),
    path("health/details/", health_details, name="health_details"),
    path("undo/<int:pk>/", take_back, name="undo"),
    path("", include("mentoring_site.evidence.urls")),
    path("", include("mentoring_site.exports.urls")),
    path("", include("mentoring_site.lists.urls")),
    path("accounts/", include("people.accounts.login_urls")),
    path("", include("people.urls")),
    path("", include("programs.urls")),
    path("", include("roadmap.urls")),
    path("", include("reports.urls")),
    path("", include("reports.site.public_urls")),
]

handler400 = "mentoring_site.errors.bad_request"
handler403 = "mentoring_site.errors.permission_denied"
handler500 = "mentoring_site.errors.server_error"
handler404 = "reports.site.public_views.not_found"
