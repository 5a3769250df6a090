"""Collects the models of the features, for Django only: code imports a model from its own folder."""

import reports.annual_report.models
import reports.calendar.models
import reports.compliance.models
import reports.documents.act_drafts.models
import reports.documents.local_acts.models
import reports.documents.packages.models
import reports.help.models
import reports.home.models
import reports.indicators.models
import reports.inspection.models
import reports.monitoring.models
import reports.opinions.models
import reports.orders.models
import reports.orders.proposal_models
import reports.orders.registration.models
import reports.orders.scans.models
import reports.orders.signatures.models
import reports.orders.text_check.models
import reports.past.models
import reports.site.models
import reports.statistics.models
import reports.surveys.models  # noqa: F401
