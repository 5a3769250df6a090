"""Records about single people of the demo school: a new surname, a photograph, who looked at data; a replaced scan."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from mentoring_site.files import store_bytes
from mentoring_site.models import Viewing
from mentoring_site.pdf.render import render_pdf
from mentoring_site.views_log import WINDOW
from people.absences import acts as absence_acts
from people.absences.models import Absence
from people.photos import acts as photo_acts
from people.register import acts as register_acts
from people.register.models import Person
from reports.demo.asked_of_council import support
from reports.demo.choosing import wishes
from reports.orders.models import Acquaintance, Order
from reports.orders.registration.signed_scan import SignedScan, attach_scan

SIDE = 400
PAPER, COAT, SKIN, HAIR = "#e9e1d3", "#7d2230", "#e3bfa2", "#3d322c"
LOOKS = (  # days ago, who, at what of the mentor's data
    (45, "clerk", Viewing.Kind.CONSENTS),
    (32, "director", Viewing.Kind.QUESTIONNAIRE),
    (9, "curator", Viewing.Kind.CONTACTS),
    (3, "clerk", Viewing.Kind.FILE),
)


def add_personal_records(demo):
    """Schedule the steps of all these records."""
    records = (renamed(demo, 40), replaced_scan(demo, 30), away(demo, 2), wishes(demo, 1), support(demo, 0))
    for steps in (*records, *(looked(demo, *look) for look in LOOKS)):
        demo.calendar.add(steps)


def renamed(demo, days_ago: int):
    """A mentee has married: the former surname still finds her, and the order about her pair waits for a decision."""
    yield days_ago
    named = Acquaintance.objects.filter(order__state=Order.State.REGISTERED, order__kind="assignment")
    led = Person.objects.filter(gender="f", user=None, acquaintances__in=named, participations__part="mentee")
    person = led.filter(participations__pairing__state="assigned").order_by("last_name", "first_name")[0]
    last = timezone.localdate() - timedelta(days=1)
    register_acts.rename_person(
        person,
        by=demo.user("clerk"),
        version=person.version,
        last_name="Бембеева",
        first_name=person.first_name,
        middle_name=person.middle_name,
        until=last,
        basis=f"свидетельство о заключении брака от {last:%d.%m.%Y}",
    )


def replaced_scan(demo, days_ago: int):
    """The first scan of an order lacked a sheet; it stands below the whole one with the reason."""
    yield days_ago
    order = Order.objects.filter(state=Order.State.REGISTERED, scan__isnull=False).order_by("-date", "-pk")[0]
    sheet = render_pdf("documents/demo_scan.html", {}, title="Учебный скан, все листы")
    stored = store_bytes(sheet, name="Скан с подписью, все листы (учебный).pdf", content_type="application/pdf")
    scan = SignedScan(stored, pages=1, recognised=False)
    attach_scan(order, scan, by=demo.user("clerk"), reason="В первом скане не хватало второго листа")


def away(demo, days_ago: int):
    """The second mentor is on leave this week, and has noted it: nobody asks for a meeting."""
    yield days_ago
    today = timezone.localdate()
    first, last = today - timedelta(days=2), today + timedelta(days=5)
    user = demo.user("mentor2")
    absence_acts.note(user.person, kind=Absence.Kind.LEAVE, starts_on=first, ends_on=last, by=user)


def looked(demo, days_ago: int, login: str, kind: str):
    """Somebody opened a page with the mentor's data."""
    yield days_ago
    viewer, now = demo.user(login), timezone.now()
    Viewing.objects.create(
        person_id=demo.user("mentor").person_id,
        viewer=viewer,
        roles=",".join(sorted(viewer.roles)),
        kind=kind,
        at=now,
        window=int(now.timestamp()) // WINDOW,
    )


def put_photograph(demo, person: Person):
    """Put a drawn portrait of a person whose consent lets it stand on the site."""
    photo_acts.put(person, SimpleUploadedFile("portrait.png", portrait(), "image/png"), by=demo.user("clerk"))


def portrait() -> bytes:
    """Return a drawn portrait as PNG: nobody's face."""
    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 275, 340, 560), fill=COAT)
    draw.rectangle((170, 230, 230, 300), fill=SKIN)
    draw.ellipse((120, 70, 280, 265), fill=HAIR)
    draw.ellipse((135, 95, 265, 265), fill=SKIN)
    draw.pieslice((122, 70, 278, 220), 180, 360, fill=HAIR)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
