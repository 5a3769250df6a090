"""Tests of the whole product; the folders mirror the features of the apps."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples"
SAMPLE = SAMPLES / "staff_2026.xlsx"
