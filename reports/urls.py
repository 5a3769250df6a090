"""Addresses of orders, documents, home and the site's pages in the cabinet."""

from reports.annual_report import urls as annual_urls
from reports.archive import urls as archive_urls
from reports.calendar import urls as calendar_urls
from reports.compliance import urls as compliance_urls
from reports.documents.acquaintance import urls as acquaintance_urls
from reports.documents.act_drafts import urls as act_draft_urls
from reports.documents.local_acts import urls as local_act_urls
from reports.documents.packages import urls as package_urls
from reports.documents.touched import urls as touched_urls
from reports.figures import urls as figure_urls
from reports.help import urls as help_urls
from reports.home import urls as home_urls
from reports.indicators import urls as indicator_urls
from reports.inspection import urls as inspection_urls
from reports.monitoring import urls as monitoring_urls
from reports.opinions import urls as opinion_urls
from reports.orders import urls as order_urls
from reports.orders.acquaintance import urls as order_acquaintance_urls
from reports.orders.registration import urls as registration_urls
from reports.orders.scans import urls as scan_urls
from reports.orders.signatures import urls as signature_urls
from reports.orders.text_check import urls as text_check_urls
from reports.past import urls as past_urls
from reports.portfolio import urls as portfolio_urls
from reports.school_years import urls as school_year_urls
from reports.site import urls as site_urls
from reports.statistics import urls as statistics_urls
from reports.surveys import urls as survey_urls

app_name = "reports"
urlpatterns = [
    *home_urls.urlpatterns,
    *figure_urls.urlpatterns,
    *indicator_urls.urlpatterns,
    *monitoring_urls.urlpatterns,
    *statistics_urls.urlpatterns,
    *compliance_urls.urlpatterns,
    *annual_urls.urlpatterns,
    *portfolio_urls.urlpatterns,
    *calendar_urls.urlpatterns,
    *archive_urls.urlpatterns,
    *inspection_urls.urlpatterns,
    *school_year_urls.urlpatterns,
    *help_urls.urlpatterns,
    *registration_urls.urlpatterns,
    *signature_urls.urlpatterns,
    *text_check_urls.urlpatterns,
    *scan_urls.urlpatterns,
    *order_acquaintance_urls.urlpatterns,
    *acquaintance_urls.urlpatterns,
    *local_act_urls.urlpatterns,
    *act_draft_urls.urlpatterns,
    *touched_urls.urlpatterns,
    *opinion_urls.urlpatterns,
    *order_urls.urlpatterns,
    *package_urls.urlpatterns,
    *past_urls.urlpatterns,
    *survey_urls.urlpatterns,
    *site_urls.urlpatterns,
]
