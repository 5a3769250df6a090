"""An order as an editable DOCX, from the same facts as its PDF: for working on the text before it is
signed (п. 3.1–3.3).
"""

from collections.abc import Iterator

from mentoring_site.docx import Paper
from mentoring_site.hashing import sha256_of_json
from mentoring_site.pdf.render import too_long
from mentoring_site.pdf.resources import PdfError
from mentoring_site.pdf.typography import bind_heading, in_digits
from mentoring_site.russian import NBSP, quoted, rushort
from reports.orders.models import Order
from reports.orders.printing import facts
from reports.orders.printing.pdf import file_name, title_of

PEN = "_" * 12
INDENT = 12.5


def docx_of(order: Order) -> bytes:
    """Return an order that is not registered yet as DOCX: a draft as it stands, or the frozen order marked as a copy.

    Raises ``PdfError`` when a text is too long or the frozen facts are not those that were frozen.
    """
    if order.facts and sha256_of_json(order.facts) != order.facts_sha256:
        raise PdfError("Сведения приказа в базе отличаются от тех, что были переданы на подпись")
    known = order.facts or facts.of(Order.objects.with_papers().get(pk=order.pk))
    return draw(known, title=title_of(order), mark=mark_of(order))


def docx_name(order: Order) -> str:
    """Return «проект_О закреплении наставнических пар.docx»."""
    return file_name(order).removesuffix(".pdf") + ".docx"


def mark_of(order: Order) -> str:
    """Return what stands above the paper: this file is never the one that is signed."""
    if order.frozen_at:
        return f"Копия для сведения: приказ на подписи с {rushort(order.frozen_at)}. Подписывают напечатанный PDF"
    return "ПРОЕКТ"


def draw(known: dict, *, title: str, mark: str = "") -> bytes:
    """Draw the facts of an order (documented in ``documents/order.html``).

    Raises ``PdfError`` when a text is too long.
    """
    if complaints := too_long(known):
        raise PdfError(" ".join(complaints))
    paper = Paper(title, author=known["school"]["short_name"])
    _head(paper, known, mark)
    _points(paper, known)
    _closing(paper, known)
    appendices = known["appendices"]
    for position, appendix in enumerate(appendices, 1):
        _appendix(paper, known, appendix, position if len(appendices) > 1 else None)
    if known["acquaintance"]:
        _acquaintance(paper, known)
    return paper.data()


def _head(paper, known, mark) -> None:
    school = known["school"]
    if mark:
        paper.text(mark, align="right", small=True, after=2)
    if school["founder"]:
        paper.text(school["founder"], align="center", after=1.5, line=1)
    paper.text(school["full_name"], align="center", bold=True, line=1)
    if school["short_name"]:
        paper.text(f"({school['short_name']})", align="center", line=1)
    paper.text((known.get("kind") or "Приказ").upper(), align="center", before=4, size=15, spaced=1, level=1)
    date = in_digits(known["date"]) if known["date"] else PEN
    paper.ends(date, f"№ {known['number'] or PEN}", before=3)
    paper.text(known["place"], align="center", before=1.5)
    paper.text(
        bind_heading(known["heading"]), align="left", before=5, right=paper.width - 84, level=2, together=True, line=1
    )


def _points(paper, known) -> None:
    if known["preamble"]:
        paper.text(known["preamble"], indent=INDENT, before=4)
    paper.text("ПРИКАЗЫВАЮ:", before=2, after=2, together=True, spaced=1)
    lines = list(_lines(known["points"]))
    for number, (text, after, leads) in enumerate(lines, 1):  # two lines and more go with the signature to its page
        paper.text(text, indent=INDENT, after=after, together=leads or number > len(lines) - 2)


def _lines(points) -> Iterator[tuple[str, float, bool]]:
    """Yield ``(text, distance below, whether it leads to its subpoints)`` of every point and subpoint."""
    for number, point in enumerate(points, 1):
        yield f"{number}. {point['text']}", 1, bool(point["subpoints"])
        for n, line in enumerate(point["subpoints"], 1):
            yield f"{number}.{n}. {line}", 0.6, False


def _closing(paper, known) -> None:
    """The signature, visas and who prepared the order, as one block that no page tears apart."""
    signer, executor = known["signer"], known["executor"]
    post, line, name, day = (66, 32, 42, 30)
    rows = [[(signer["post"], 2, {"before": 12}), (signer["name_before"], 2, {"before": 12, "align": "right"})]]
    if known["visas"]:
        rows.append([("Согласовано:", 4, {"before": 5})])
    rows += [_visa(visa) for visa in known["visas"]]
    if executor:
        rows.append([("\n".join(filter(None, [executor["name"], executor["phone"]])), 4, {"before": 4, "size": 9})])
    paper.grid([post, line, name, day], rows)


def _visa(visa: dict) -> list[tuple]:
    post = (visa["post"], 1, {"before": 2})
    if visa.get("mark"):
        return [post, (f"{visa['name_before']}. {visa['mark']}", 3, {"before": 2, "size": 9})]
    day = in_digits(visa["date"]) if visa["date"] else PEN
    return [
        post,
        (PEN, 1, {"before": 2, "align": "center"}),
        (visa["name_before"], 1, {"before": 2}),
        (day, 1, {"before": 2}),
    ]


def _from(known) -> str:
    date = in_digits(known["date"]) if known["date"] else PEN
    return f"от {date} № {known['number'] or PEN}"


def _appendix(paper, known, appendix, position) -> None:
    paper.sheet(wide=bool(appendix.get("wide")))
    school = known["school"]["short_name"]
    for mark in appendix.get("grifs", ()):
        paper.text("\n".join(filter(None, mark.values())), after=3, line=1)
    made = [appendix["approved"], f"приказом {school}"] if appendix["approved"] else [f"к приказу {school}"]
    made = [appendix["to"]] if appendix.get("to") else [*made, _from(known)]
    width = 92 if appendix.get("wide") else 80
    numbered = f" №{NBSP}{position}" if position else ""
    label = appendix.get("label") or f"Приложение{numbered}"
    paper.block([label, *made], width=width)
    paper.text(bind_heading(appendix["title"]), align="center", before=8, after=5, level=2, line=1)
    if appendix["note"]:
        paper.text(appendix["note"], align="center", after=5)
    for paragraph in appendix["text"]:
        if paragraph.startswith("# "):
            paper.text(paragraph[2:], align="center", bold=True, before=3, after=1.5, together=True, line=1)
        else:
            paper.text(paragraph, indent=INDENT, after=1.2)
    for section in appendix.get("sections", []):
        _section(paper, section)
    if appendix["columns"]:
        if appendix["text"]:
            paper.text("", size=4, line=1)
        paper.table(appendix["columns"], appendix["rows"])


def _section(paper, section: dict) -> None:
    """Write one section of a program, as ``documents/parts/sections.html`` prints it."""
    paper.text(section["title"], align="left", before=5, after=2, level=3, together=True, line=1)
    for block in section["blocks"]:
        if "table" in block:
            paper.table(block["table"]["columns"], block["table"]["rows"])
        elif "pairs" in block:
            paper.pairs(block["pairs"])
        elif "list" in block:
            for item in block["list"]:
                paper.text(f"–\xa0{item}", align="left", left=6, indent=-4, after=0.8)
        elif "subtitle" in block:
            paper.text(block["subtitle"], align="left", before=3, after=1.5, together=True)
        else:
            paper.text(block.get("text") or block.get("note", ""), align="left", small="note" in block)


def _acquaintance(paper, known) -> None:
    paper.sheet(numbered=False)
    title = f"Лист ознакомления\nс приказом {known['school']['short_name']}\n{_from(known)}"
    paper.text(title, align="center", before=8, after=2, level=2, line=1)
    paper.text(bind_heading(quoted(known["heading"])), align="center", after=5)
    labels = (("№", 6), ("Ф. И. О.", 30), ("Должность", 34), ("Подпись", 16), ("Дата", 14))
    columns = [{"label": label, "width": width} for label, width in labels]
    rows = [[str(n), row["name"], row["post"], "", ""] for n, row in enumerate(known["acquaintance"], 1)]
    paper.table(columns, rows, height=8)
