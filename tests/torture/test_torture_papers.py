"""Canaries in every text of every kind of order: the paper shows them as text and fetches nothing."""

import http.server
import io
import itertools
import os
import threading
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from mentoring_site.pdf import render, resources
from reports.orders.models import Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.docx import draw
from tests.reports.orders.kit import PARTICULARS, SUBJECTS, make_order

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "15"), pytest.mark.django_db]
KEPT = {"form", "kind", "type", "code", "verify_url", "template", "date", "number", "mark", "width", "align", "today"}
KINDS = [*SUBJECTS, *PARTICULARS]
if os.environ.get("TORTURE") != "full":  # the forms that differ most
    KINDS = ["appointment", "programs", "roadmap", "amendment", "regulation", "event"]


@pytest.fixture
def canary():
    """A local web server that counts who comes; its address is the canary."""
    visits = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", visits
    server.shutdown()
    thread.join()
    server.server_close()


def poisoned(value, make, key=""):
    """Return facts in which every text that people wrote carries a canary."""
    if isinstance(value, dict):
        return {k: poisoned(v, make, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, make, key) for v in value]
    written = isinstance(value, str) and key not in KEPT and any("а" <= sign.lower() <= "я" for sign in value)
    return make(value) if written else value


@pytest.mark.parametrize("kind", KINDS)
def test_canaries_stay_in_the_cage(kind, cast, canary, told):
    address, visits = canary
    order = make_order(cast, kind, "draft")
    known = printing_facts.of(Order.objects.with_papers().get(pk=order.pk))
    songs = f'<img src="{address}/a">|<link rel=stylesheet href="{address}/b">|<style>@import "{address}/c";</style>'
    song = itertools.cycle(songs.split("|"))
    paper = render.render_pdf("documents/order.html", poisoned(known, lambda text: f"{text[:20]} {next(song)}"))
    told(texts=str(poisoned(known, lambda text: "КАНАРЕЙКА")).count("КАНАРЕЙКА"), visits=len(visits), wrong=len(visits))
    assert paper.startswith(b"%PDF") and visits == []


@pytest.mark.point("3.13")
@pytest.mark.parametrize("kind", SUBJECTS)
def test_canaries_stay_in_the_cage_of_the_draft_too(kind, cast, canary):
    """A DOCX is opened elsewhere: it must carry no link to the outside and no field but the page number."""
    address, visits = canary
    known = printing_facts.of(Order.objects.with_requirements().get(pk=make_order(cast, kind, "draft").pk))
    song = f'{{ INCLUDEPICTURE "{address}/a" }}"/><w:fldSimple w:instr="INCLUDETEXT {address}/b"/><!-- {address} -->'
    draft = draw(poisoned(known, lambda text: f"{text[:20]} {song}"), title=song, mark=song)
    with zipfile.ZipFile(io.BytesIO(draft)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = [etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))]
    assert not [node for tree in trees for node in tree.iter() if node.get("TargetMode") == "External"]
    fields = [node.get(qn("w:instr")) for tree in trees for node in tree.iter(qn("w:fldSimple"), qn("w:instrText"))]
    assert fields and set(fields) == {"PAGE"}
    assert not [name for name in parts if "media" in name or "embeddings" in name] and visits == []


def test_an_unescaped_text_is_caught(canary, monkeypatch):
    """The switch: a text that reaches the paper as HTML is stopped by the fetcher before the network."""
    address, visits = canary
    monkeypatch.setattr(render, "render_to_string", lambda *args: f'<h1>Приказ</h1><img alt="" src="{address}/a.png">')
    with pytest.raises(resources.PdfError):
        render.render_pdf("documents/order.html", {})
    assert visits == []
