"""医疗互助: one indicator of the group by city, year and type."""

from tidy.language import _
from ui import frame
from ui.topic import Topic, show_topic

TOPIC = Topic(
    "insurance", groups=("insurance",), first=("insurance_enrolment", "insurance_benefit", "insurance_task_rate")
)

choice = frame.page(_("医疗互助"), _("职工医疗互助保障的参保、报销与补助。"), TOPIC.name)
show_topic(TOPIC, choice)
