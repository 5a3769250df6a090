"""One-time slips on paper."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from mentoring_site.pdf.render import render_pdf
from people.accounts.acts import Issued
from people.school.models import School


def slips_pdf(issued: list[Issued]) -> HttpResponse:
    """Answer with a PDF of slips; the code of each stands nowhere else."""
    school = School.get()
    facts = {
        "school": {"short_name": school.organisation.short_name if school else ""},
        "site": settings.SITE_URL + reverse("people:invitation_code"),
        "slips": [
            {
                "name": one.invitation.user.person.full_name,
                "post": f"имя для входа: {one.invitation.user.username}",
                "code": one.printed_code,
                "until": timezone.localdate(one.invitation.expires_at).isoformat(),
                "url": one.url,
                "needs_part": bool(one.invitation.part_hash),
            }
            for one in issued
        ],
    }
    response = HttpResponse(render_pdf("documents/slip.html", facts), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="priglasheniya.pdf"'
    return response
