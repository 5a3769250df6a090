"""Letters of monitoring: the working group is asked while it goes on, and told when it is completed."""

from mentoring_site.mail import while_there
from reports.monitoring.models import Monitoring

NEEDED = {"monitoring_begun": while_there(Monitoring, state="going")}
NEWS = {"monitoring_completed"}
