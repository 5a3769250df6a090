"""What papers share: the school, who signs, names of files, and the answer with a PDF (п. 1.2, 3.5, 5.2, 7.1)."""

import io
import re

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone

from mentoring_site.files import safe_name
from mentoring_site.pdf.render import render_pdf
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import settlement
from people.language.declension import name_in, post_in, post_of
from people.roles import holders
from people.school.models import School

FORBIDDEN = re.compile(r"""[\\/:*?"<>|«»„“]+""")  # in names of files
CATEGORIES = {
    "fit": "соответствие занимаемой должности",
    "first": "первая квалификационная категория",
    "highest": "высшая квалификационная категория",
}


def school_facts() -> dict[str, str]:
    """Return the school as papers print it; before the first setup all values are empty: lines for a pen."""
    school = School.get()
    if school is None:
        return dict.fromkeys(("founder", "full_name", "short_name", "city"), "")
    return {
        "founder": school.founder,
        "full_name": school.organisation.name,
        "short_name": school.organisation.short_name,
        "city": school.organisation.city,
    }


def place() -> str:
    """Return «г. Элиста», or an empty string while the city is not recorded."""
    city = School.get().organisation.city
    return settlement(city) if city else ""


def approves_by_grif() -> bool:
    """Whether the school approves programs by the grif «УТВЕРЖДАЮ» and not by an order."""
    return bool(getattr(School.get(), "programs_by_grif", False))


def director_facts() -> dict:
    """Return who signs today: post and name for a signature, and in the dative for the address of a memo."""
    person, post = holders.signer()
    if person is None:
        return {"post": "Директор", "name_before": "", "post_dative": "Директору", "name_dative": ""}
    dative = post_in(person, post, "dative")
    return {
        "post": post,
        "name_before": person.signature_name,
        "post_dative": dative[:1].upper() + dative[1:],
        "name_dative": name_in(person, "dative", short=True),
    }


def signer_of(person, post="") -> dict:
    """Return the post with a capital and the name for the place of a signature."""
    post = post or post_of(person)
    return {"post": post[:1].upper() + post[1:], "name_before": person.signature_name}


def file_name(*words: str) -> str:
    """Return «2026-09-21 программа Импровизация.pdf»: a name by which the file is found again."""
    text = FORBIDDEN.sub("", " ".join(word for word in words if word)).replace("\u00a0", " ")
    return safe_name(f"{text[:110].strip(' .')}.pdf")


def today() -> str:
    """Return today's date as it begins the name of a file."""
    return timezone.localdate().isoformat()


def pdf_response(request, template: str, facts: dict, *, name: str, back):
    """Return the paper as a PDF response; a text too long to print redirects to ``back`` with a message."""
    try:
        content = render_pdf(template, facts)
    except PdfError as error:
        messages.error(request, str(error))
        return redirect(back)
    response = FileResponse(io.BytesIO(content), content_type="application/pdf", filename=name)
    response["Cache-Control"] = "no-store"
    return response
