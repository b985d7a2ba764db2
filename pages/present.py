"""会议演示: stories chosen, arranged and shown full screen; the wall display; a story as files."""

from tidy.language import _
from ui import frame
from ui.stage import desk

choice = frame.page(
    _("会议演示"), _("选一个专题或自己排页，全屏放映；放映时数字冻结，按任何一个数可看出处。"), "present"
)
desk.page(choice)
