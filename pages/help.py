"""帮助: the guides of docs/, with their pictures, in the reader's language."""

from tidy.language import _
from ui import frame, guides

frame.page(_("帮助"), _("看数、填报、汇报、维护，各有一份带图的指南。"), "help")
guides.show()
