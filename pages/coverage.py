"""组织覆盖: one indicator of the group by city, year and type."""

from tidy.language import _
from ui import frame
from ui.topic import Topic, show_topic

TOPIC = Topic(
    "coverage",
    groups=("coverage_rate", "organisation"),
    first=("organising_rate", "membership_rate", "union_organisations"),
)

choice = frame.page(_("组织覆盖"), _("建会率、入会率与工会组织：按城市、年份和试点类型。"), TOPIC.name)
show_topic(TOPIC, choice)
