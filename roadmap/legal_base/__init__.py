"""The legal base of mentoring as records: papers cite it, the site shows it (п. 1.1, 8.1; docs/law.md#legal-base)."""
