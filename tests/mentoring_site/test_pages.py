"""Pages of a PDF that somebody uploads are drawn in a process that can be ended."""

import pytest

from mentoring_site.pdf import pages
from mentoring_site.pdf.pages import Drawing, Undrawable, count_pages

pytestmark = [pytest.mark.point("8.5")]


def pdf(*objects):
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows
    return out + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def stream(head, content):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def nested(levels, times=12):
    """Return a PDF of a few hundred bytes whose one page draws ``times ** levels`` forms."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    use = b"/Resources << /XObject << /F %d 0 R >> >>"
    forms = [stream(form, b"0 0 100 100 re f " * 4)]
    forms += [stream(form + use % (n + 4), b"/F Do " * times) for n in range(levels)]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + use % (levels + 4) + b" /Contents %d 0 R >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>",
        page % (levels + 5),
        *forms,
        stream(b"", b"/F Do"),
    )


def test_pages_are_drawn_in_their_size():
    with Drawing(nested(1)) as drawing:
        assert drawing.page(0, 72).size == (595, 842)
        assert (drawing.page(1, 144, grey=False).mode, drawing.page(1, 144).mode) == ("RGB", "L")
        assert max(drawing.page(0, 3000).size) <= 3600


def test_a_page_that_is_not_there_spoils_no_other():
    with Drawing(nested(1)) as drawing:
        with pytest.raises(Undrawable):
            drawing.page(7, 72)
        assert drawing.page(0, 72).size == (595, 842)


def test_a_page_that_would_be_drawn_for_hours_ends_its_process(monkeypatch):
    """Two kilobytes held the only thread of a library that cannot be interrupted."""
    monkeypatch.setattr(pages, "PAGE_SECONDS", 1)
    bomb = nested(9)
    assert len(bomb) < 3000 and count_pages(bomb, "скан.pdf") == 2
    with Drawing(bomb) as drawing:
        for index in (0, 1, 0):
            with pytest.raises(Undrawable):
                drawing.page(index, 72)
    assert drawing.process.returncode is not None
