"""帮扶支出: one indicator of the group by city, year and type."""

from tidy.language import _
from ui import frame
from ui.topic import Topic, show_topic

TOPIC = Topic("assistance", groups=("assistance",), first=("consolation_money", "hardship_visits", "student_aid_money"))

choice = frame.page(_("帮扶支出"), _("慰问、助学、助医、送温暖与送清凉的人数和金额。"), TOPIC.name)
show_topic(TOPIC, choice)
