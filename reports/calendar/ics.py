"""A calendar as iCalendar text (RFC 5545): lines of 75 octets, escaped texts, the school's time zone, stable UIDs."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reports.calendar.entries import Entry

LINE = 75  # octets, without the end of the line


def calendar(entries: Iterable[Entry], *, name: str, site: str, host: str, zone: ZoneInfo, now: datetime) -> str:
    """Return the text of a calendar; ``site`` stands before the addresses of entries, ``host`` after their keys."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mentoring//calendar//RU",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        *_zone(zone, now),
        *(line for entry in entries for line in _event(entry, site, host, zone, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escape(text: str) -> str:
    """Return a text as a value: backslash, semicolon, comma and the end of a line have their own signs."""
    text = "".join(sign for sign in text.replace("\r\n", "\n") if sign >= " " or sign == "\n")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """Break a line into pieces of at most 75 octets, never inside a letter; further pieces begin with a blank."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece])


def _zone(zone: ZoneInfo, now: datetime) -> list[str]:
    """Return the time zone; no zone of Russia knows summer time."""
    offset = now.astimezone(zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    words = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone.key}",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{words}",
        f"TZOFFSETTO:{words}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _event(entry: Entry, site: str, host: str, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.key}@{host}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.version}"
    yield from _times(entry, zone)
    yield f"SUMMARY:{escape(entry.title)}"
    if entry.note:
        yield f"DESCRIPTION:{escape(entry.note)}"
    yield f"CATEGORIES:{escape(entry.kind)}"
    yield f"URL:{site}{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    if entry.at is None:
        yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _times(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    if entry.at is None:
        following: date = entry.on + timedelta(days=1)
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{following:%Y%m%d}"
        return
    begins = datetime.combine(entry.on, entry.at)
    yield f"DTSTART;TZID={zone.key}:{begins:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={zone.key}:{begins + timedelta(minutes=entry.minutes):%Y%m%dT%H%M%S}"
