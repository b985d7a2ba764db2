"""管理: people and roles, settings, audit log, what the program has learnt, the state of the store."""

from tidy.language import _
from ui import frame, who
from ui.access import gate
from ui.work import admin

frame.page(_("管理"), _("人员与权限、发布规则、操作记录、记住的写法和表式、数据存储。"), "admin")
gate.require("admin")
admin.show(who.required())
