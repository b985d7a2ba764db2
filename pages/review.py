"""审核发布: drafts become releases; approval by a second person, publication, undo, history."""

from tidy.language import _
from ui import frame, who
from ui.access import gate
from ui.work import review

frame.page(_("审核发布"), _("把草稿汇成一批，与已发布的数逐个比较，写明理由，审核后发布；发布可以撤销。"), "review")
gate.require("analyst")
review.show(who.required())
