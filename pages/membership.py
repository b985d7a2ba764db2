"""会员: one indicator of the group by city, year and type."""

from tidy.language import _
from ui import frame
from ui.topic import Topic, show_topic

TOPIC = Topic("membership", groups=("membership",), first=("union_members", "new_members"))

choice = frame.page(_("会员"), _("工会会员与新发展会员：按城市、年份和试点类型。"), TOPIC.name)
show_topic(TOPIC, choice)
