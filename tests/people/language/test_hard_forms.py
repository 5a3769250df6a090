"""Hard names and posts against a table written by hand before the code: each form with its rule of usage."""

import csv

import pytest

from people.language.names import CASES, decline, decline_parts
from people.language.posts import decline_post
from tests import ROOT

pytestmark = pytest.mark.point("9.12")

TABLE = ROOT / "tests/samples/hard_forms.tsv"


def _rows():
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


ROWS = _rows()


def _form(row):
    part, name, sex, case = row["part"], row["name"], row["sex"], row["case"]
    if part == "post":
        return decline_post(name, case, sex)
    if part == "name":
        last, rest = name.split(" ", 1)
        words = rest.split(" ")
        with_patronymic = len(words) > 1 and words[1].endswith(("ич", "ыч", "на", "оглы", "кызы", "Гасан", "Али"))
        first, middle = (words[0], " ".join(words[1:])) if with_patronymic else (rest, "")
        return decline(last, first, middle, sex, case)
    return getattr(decline_parts(**{"last": "", "first": "", "middle": "", part: name}, gender=sex, case=case), part)


def test_the_table_is_whole():
    keys = [tuple(row[column] for column in ("part", "name", "sex", "case")) for row in ROWS]
    assert len(keys) == len(set(keys)) >= 300
    assert all(row["rule"] and row["form"] and row["case"] in CASES[1:] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}-{row['sex']}-{row['case']}")
def test_form(row):
    assert _form(row) == row["form"], row["rule"]
