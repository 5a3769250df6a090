"""What pages of the site and of the cabinet share: the school's particulars, the view for the visually impaired."""

from django.http import HttpRequest

from people.school.models import School

VIEW_COOKIE = "view"
VIEW_MODES = ("contrast", "large", "contrast large")
"""Values of the cookie of the view; they are classes of the page's ``<html>`` too."""


def school_of(request: HttpRequest) -> School | None:
    """Return the school's particulars, read once per request; None before the first setup."""
    if not hasattr(request, "school"):
        request.school = School.get()  # type: ignore[attr-defined]
    return request.school  # type: ignore[attr-defined]


def school_short_of(request: HttpRequest) -> str:
    """Return the short name of the school: all that pages of the cabinet show of it, so nothing more is read."""
    if hasattr(request, "school"):
        return request.school.short_name if request.school else ""
    return School.objects.values_list("organisation__short_name", flat=True).first() or ""


def view_mode_of(request: HttpRequest) -> str:
    """Return the view that the reader has chosen on this device, or an empty string for the usual one."""
    mode = request.COOKIES.get(VIEW_COOKIE, "")
    return mode if mode in VIEW_MODES else ""
