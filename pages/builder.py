"""自助制表: rows, columns, indicators; the definition stands in the address."""

from tidy.language import _
from ui import builder, frame

choice = frame.page(_("自助制表"), _("选行、列和指标，做一张可印、可下载、可用链接重现的表。"), "builder")
builder.show_builder(choice)
