"""Reports for tests."""

from mentoring_site.ui.list_filters import year_now
from reports.annual_report import acts
from reports.annual_report.models import AnnualReport


def fresh(report) -> AnnualReport:
    return AnnualReport.objects.with_requirements().get(pk=report.pk)


def begun(curator, year=None) -> AnnualReport:
    """Return the draft of a report of this school year."""
    return acts.begin(year_now() if year is None else year, by=curator)


def written(report, curator, *, conclusions="Наставничество в школе работает.", proposals="Обучить наставников."):
    """Write the two sections that no data can write."""
    for key, text in (("conclusions", conclusions), ("proposals", proposals)):
        report = fresh(report)
        acts.write(report.sections.get(key=key), by=curator, version=report.version, text=text)
    return fresh(report)


def submitted(curator, year=None, **texts) -> AnnualReport:
    """Return a report that waits for the director."""
    return acts.submit(written(begun(curator, year), curator, **texts), by=curator)


def signed(curator, director, year=None, **texts) -> AnnualReport:
    """Return a signed report."""
    return acts.sign(fresh(submitted(curator, year, **texts)), by=director)
