"""数据填报: files and reports in, problems located, figures mended, until they can be published."""

from tidy.language import _
from ui import frame, who
from ui.access import gate
from ui.work import upload

choice = frame.page(
    _("数据填报"),
    _("上传表格和报告，看清哪一格有什么问题，改好，准备发布。草稿随时保存，换一台电脑也能接着做。"),
    "upload",
)
gate.require("analyst")
upload.show(choice, who.required())
