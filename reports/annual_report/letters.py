"""Letters about reports that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from reports.annual_report.models import AnnualReport

NEEDED = {
    "annual_submitted": while_there(AnnualReport, state=AnnualReport.State.SUBMITTED),
    "annual_returned": while_there(AnnualReport, state=AnnualReport.State.DRAFT),
}
