"""Workbooks made to hold or to blow up whoever reads them, each a few kilobytes to ten megabytes."""

import io
import os
import random
import subprocess
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from mentoring_site.xlsx.reader import COMMAND

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def book(
    sheet: str,
    *,
    declared: str = "",
    strings: str = "",
    styles: str = "",
    names: int = 1,
    parts: int = 1,
    padded: bool = True,
) -> bytes:
    """The bytes of a workbook from the XML inside its sheet; ``names`` sheets over ``parts`` parts.

    ``padded`` adds text that does not pack, lest the ratio of packing alone betrays the file.
    """
    out = io.BytesIO()
    if padded:
        sheet += noise(9, len(sheet) // 60)
        styles += noise(9, len(styles) // 60)
    listed = "".join(
        f'<sheet name="Лист{n}" sheetId="{n}" r:id="rId{(n - 1) % parts + 1}"/>' for n in range(1, names + 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, parts + 1)
    )
    if strings:
        related += f'<Relationship Id="strings" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles:
        related += f'<Relationship Id="styles" Type="{RELS}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>')
        package.writestr(
            "_rels/.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml", f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>'
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        )
        for n in range(1, parts + 1):
            package.writestr(
                f"xl/worksheets/sheet{n}.xml", f'{HEAD}{declared}<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
            )
        if strings:
            package.writestr("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>')
        if styles:
            package.writestr("xl/styles.xml", f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
    return out.getvalue()


def data(rows: str) -> str:
    """Rows as the data of a sheet."""
    return f"<sheetData>{rows}</sheetData>"


def noise(seed: int, length: int) -> str:
    """Letters that do not pack well."""
    return random.Random(seed).randbytes(length // 2).hex()


def overlapping() -> bytes:
    """A small member that the directory names a hundred times under other names."""
    whole = bytearray(book(data('<row><c t="inlineStr"><is><t>ФИО</t></is></c></row>')))
    end = whole.rfind(b"PK\x05\x06")
    start = int.from_bytes(whole[end + 16 : end + 20], "little")
    at = whole.rfind(b"PK\x01\x02", start)
    entry = bytes(whole[at:end])
    again = b"".join(entry.replace(b"sheet1", b"%06d" % n) for n in range(100))
    count = int.from_bytes(whole[end + 10 : end + 12], "little") + 100
    size = int.from_bytes(whole[end + 12 : end + 16], "little") + len(again)
    tail = bytearray(whole[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = size.to_bytes(4, "little")
    return bytes(whole[:end]) + again + bytes(tail)


def two_names() -> bytes:
    """One part under two names that differ in the case of a letter."""
    out = io.BytesIO(book(data("<row><c><v>1</v></c></row>")))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/worksheets/Sheet1.xml", "<worksheet/>")
    return out.getvalue()


def many_members() -> bytes:
    """A directory of a hundred thousand members."""
    out = io.BytesIO(book(data("")))
    with zipfile.ZipFile(out, "a") as package:
        for n in range(60_000):
            package.writestr(f"{n}", b"")
    return out.getvalue()


class Bomb(NamedTuple):
    """What is made, by how many of what, and what is answered: words of the refusal, or nothing when it is read."""

    make: Callable[[int], bytes]
    full: int
    sample: int
    words: str


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
TEXT = '<c t="inlineStr"><is><t>{}</t></is></c>'

BOMBS = {
    "one sheet named again": Bomb(lambda n: book(data("<row><c><v>1</v></c></row>"), names=n), 3000, 300, "повреждён"),
    "sheets": Bomb(lambda n: book(data("<row><c><v>1</v></c></row>"), names=n, parts=n), 150, 150, "больше 100 листов"),
    "attributes": Bomb(
        lambda n: book(data("<row " + " ".join(f'a{i}="{i}"' for i in range(n)) + "><c><v>1</v></c></row>")),
        900_000,
        60_000,
        "сложно",
    ),
    "attributes with brackets": Bomb(
        lambda n: book(data("<row " + " ".join(f'a{i}=">"' for i in range(n)) + "><c><v>1</v></c></row>")),
        900_000,
        60_000,
        "сложно",
    ),
    "namespaces": Bomb(
        lambda n: book(data("<row " + " ".join(f'xmlns:a{i}="u{i}"' for i in range(n)) + "/>")),
        600_000,
        60_000,
        "сложно",
    ),
    "rows of one cell": Bomb(lambda n: book(data("<row><c><v>1</v></c></row>" * n)), 1_000_000, 30_000, "20 000 строк"),
    "different rows": Bomb(
        lambda n: book(data("".join(f"<row><c><v>{i * 7919 % 1000003}</v></c></row>" for i in range(n)))),
        900_000,
        30_000,
        "20 000 строк",
    ),
    "empty rows": Bomb(lambda n: book(data("".join(f'<row r="{i}"/>' for i in range(1, n)))), 1_000_000, 30_000, ""),
    "empty elements": Bomb(
        lambda n: book(data("".join(f"<a{i % 997}/>" for i in range(n)))), 3_500_000, 2_100_000, "сложно"
    ),
    "depth": Bomb(lambda n: book(data("".join(f"<a{i % 997}>" for i in range(n)))), 3_000_000, 50_000, "сложно"),
    "columns": Bomb(
        lambda n: book(data("<row>" + "".join(f"<c><v>{i}</v></c>" for i in range(n)) + "</row>")),
        16_384,
        16_384,
        "200 столбцов",
    ),
    "cells": Bomb(
        lambda n: book(
            data("".join(f"<row>{''.join(f'<c><v>{i + c * 7}</v></c>' for c in range(199))}</row>" for i in range(n)))
        ),
        8_000,
        2_100,
        "заполненных ячеек",
    ),
    "merges": Bomb(
        lambda n: book(
            data("<row><c><v>1</v></c></row>")
            + "<mergeCells>"
            + "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, n + 1))
            + "</mergeCells>"
        ),
        100_000,
        25_000,
        "объединённых",
    ),
    "merges over everything": Bomb(
        lambda n: book(
            data('<row r="1"><c><v>1</v></c></row><row r="20000"><c><v>1</v></c></row>')
            + "<mergeCells>"
            + "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, n + 1))
            + "</mergeCells>"
        ),
        19_000,
        5_000,
        "объединённых",
    ),
    "hidden columns": Bomb(
        lambda n: book(
            "<cols>"
            + "".join(f'<col min="1" max="16384" hidden="1" width="{i}"/>' for i in range(n))
            + "</cols>"
            + data("<row><c><v>1</v></c></row>")
        ),
        500_000,
        10_000,
        "сложно",
    ),
    "entities": Bomb(
        lambda n: book(
            data("<row>" + TEXT.format("&a8;") * n + "</row>"),
            declared=f'<!DOCTYPE a [<!ENTITY a0 "{"x" * 100}">{BILLION}]>',
        ),
        100,
        1,
        "повреждён",
    ),
    "a foreign entity": Bomb(
        lambda n: book(
            data("<row>" + TEXT.format("&x;") + "</row>"),
            declared='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        1,
        1,
        "повреждён",
    ),
    "declarations": Bomb(
        lambda n: book(data(""), declared="<!DOCTYPE a [" + "".join(f'<!ENTITY e{i} "{i}">' for i in range(n)) + "]>"),
        600_000,
        60_000,
        "повреждён",
    ),
    "a comment": Bomb(lambda n: book("<!--" + noise(1, n) + "-->" + data("")), 16_000_000, 2_000_000, "сложно"),
    "a long string": Bomb(
        lambda n: book(data('<row><c t="s"><v>0</v></c></row>'), strings=f"<si><t>{noise(2, n)}</t></si>"),
        16_000_000,
        2_000_000,
        "",
    ),
    "a long value": Bomb(lambda n: book(data(f"<row><c><v>{noise(2, n)}</v></c></row>")), 16_000_000, 2_000_000, ""),
    "one string everywhere": Bomb(
        lambda n: book(
            data(("<row>" + '<c t="s"><v>0</v></c>' * 19 + f'<c t="s"><v>{0}</v></c></row>') * n + noise(3, 20_000)),
            strings=f"<si><t>{noise(4, 1900)}</t></si>",
        ),
        1_000,
        1_000,
        "слишком много текста",
    ),
    "strings": Bomb(
        lambda n: book(
            data('<row><c t="s"><v>0</v></c></row>'), strings="".join(f"<si><t>{i}</t></si>" for i in range(n))
        ),
        1_200_000,
        450_000,
        "слишком много текста",
    ),
    "styles": Bomb(
        lambda n: book(
            data('<row><c s="5"><v>1</v></c></row>'),
            styles="<cellXfs>" + "".join(f'<xf numFmtId="{i % 300}"/>' for i in range(n)) + "</cellXfs>",
        ),
        1_000_000,
        110_000,
        "сложно",
    ),
    "a format that is slow to match": Bomb(
        lambda n: book(
            data('<row><c s="0"><v>1</v></c></row>'),
            styles=f'<numFmts><numFmt numFmtId="170" formatCode="{"[" * n}"/></numFmts>'
            '<cellXfs><xf numFmtId="170"/></cellXfs>',
        ),
        60_000,
        60_000,
        "",
    ),
    "zeros": Bomb(lambda n: book(data("0" * n), padded=False), 25_000_000, 25_000_000, "вредоносный"),
    "overlapping members": Bomb(lambda n: overlapping(), 1, 1, "архив"),
    "two names of one part": Bomb(lambda n: two_names(), 1, 1, "архив"),
    "members": Bomb(lambda n: many_members(), 1, 1, "вредоносный"),
    "nothing inside": Bomb(lambda n: b"PK\x03\x04" + b"PK\x01\x02" * n, 2_000_000, 2_000, "вредоносный"),
}


def largest() -> bytes:
    """A book as large as one may be: 380,000 cells, each with a text of its own."""
    chance, letters = random.Random(1), "абвгдежзиклмнопрст"
    strings = "".join(f"<si><t>{''.join(chance.choices(letters, k=14))}</t></si>" for _ in range(380_000))
    rows = [
        "<row>" + "".join(f'<c t="s"><v>{number}</v></c>' for number in range(first, first + 20)) + "</row>"
        for first in range(0, 380_000, 20)
    ]
    return book(data("".join(rows)), strings=strings, padded=False)


class Measured(NamedTuple):
    """How the process that reads ended: its exit code, its last line, processor seconds and peak memory in MB."""

    code: int
    last: str
    seconds: float
    megabytes: float


TELL_PEAK = "; sys.stderr.write(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"


def measured(content: bytes) -> Measured:
    """Read a file as :func:`mentoring_site.xlsx.reader.open_upload` does, and measure the process.

    The peak of an ended process, as the kernel reports it, is that of the one that started it, if that is larger; so
    the process tells its own.
    """
    with subprocess.Popen(
        [*COMMAND[:-1], COMMAND[-1] + TELL_PEAK],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
    ) as process:
        process.stdin.write(content)
        process.stdin.close()
        last = b""
        for line in process.stdout:
            last = line
        peak = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        process.returncode, last.decode().strip(), usage.ru_utime + usage.ru_stime, int(peak or b"0") / 1024
    )
