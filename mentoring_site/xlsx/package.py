"""The package of a workbook, measured by its directory before anything in it is unpacked."""

import posixpath
import zipfile
from collections.abc import Collection

MAX_MEMBERS = 200
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 100
SIGNATURE_OF_ENTRY = b"PK\x01\x02"
LOCAL_HEADER = 30  # bytes before the name of a member
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

ADVICE = "Откройте его в Excel, сохраните заново («Сохранить как…» → «Книга Excel (.xlsx)») и загрузите ещё раз."
ONLY_THE_LIST = "Оставьте в файле только список."
BOMB = "Файл распаковывается в слишком большой объём и похож на вредоносный. " + ADVICE
BROKEN_PACKAGE = "Файл повреждён: архив внутри него не раскрывается. " + ADVICE
BROKEN_TABLE = "Файл повреждён: таблица в нём не читается. " + ADVICE
TOO_INTRICATE = "Файл устроен слишком сложно для списка. Скопируйте таблицу в новую книгу «только значения»."


class Refusal(Exception):
    """The workbook cannot, or must not, be read; the message is a Russian sentence for the person who brought it."""


def checked(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members of a package by name in small letters; refuses bombs by what the directory says.

    ``zipfile`` never unpacks more of a member than the directory says.
    """
    members = package.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refusal(BOMB)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if member.flag_bits & 0x1:
            raise Refusal("Файл защищён паролем. Снимите пароль и загрузите его ещё раз.")
        if member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise Refusal(BOMB)
        if member.is_dir():
            continue
        name = posixpath.normpath("/" + member.filename.replace("\\", "/")).lstrip("/").lower()
        if name in found or member.compress_type not in METHODS:
            raise Refusal(BROKEN_PACKAGE)
        found[name] = member
    _refuse_overlaps(package, members)
    _check_kind(found.keys())
    return found


def _refuse_overlaps(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Two members over the same bytes are how a small archive becomes a large one."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    ends = [member.header_offset for member in ordered[1:]] + [package.start_dir]
    for member, end in zip(ordered, ends, strict=True):
        if member.header_offset + LOCAL_HEADER + member.compress_size > end:
            raise Refusal(BROKEN_PACKAGE)


def _check_kind(names: Collection[str]) -> None:
    """Distinguish a workbook from other packages by its parts."""
    if "xl/workbook.bin" in names:
        raise Refusal("Файл сохранён в формате .xlsb. Сохраните его как «Книга Excel (.xlsx)».")
    if "xl/vbaproject.bin" in names:
        raise Refusal("В книге есть макросы. Сохраните её как «Книга Excel (.xlsx)» без макросов.")
    if "mimetype" in names and "content.xml" in names:
        raise Refusal("Файл сохранён в формате OpenDocument. Сохраните его как «Книга Excel (.xlsx)».")
    if "[content_types].xml" not in names:
        raise Refusal("Это не книга Excel. Нужен файл .xlsx.")
