"""数据质量: who has not reported, identities, contradictions, the ledger, releases, known errors."""

from tidy.language import _
from ui import build, cached, frame, quality, show, watch

choice = frame.page(_("数据质量"), _("谁没报、哪些数对不上、哪些数字不是统计数、每批发布改了什么。"), "quality")
quality.headline(choice)
views = {
    "missing": (_("催报"), lambda: quality.missing(choice)),
    "calendar": (_("报送日历"), lambda: watch.calendar(choice)),
    "completeness": (_("完整性"), lambda: show.exhibit(cached.exhibit(build.completeness, choice), "quality_complete")),
    "anomalies": (_("可疑的数"), lambda: watch.anomalies(choice)),
    "identities": (_("勾稽关系"), lambda: quality.identities(choice)),
    "contradictions": (_("矛盾"), lambda: quality.contradictions(choice)),
    "rates": (_("印数与重算"), lambda: show.exhibit(cached.exhibit(build.pairs, choice), "quality_rates")),
    "ledger": (_("数字台账"), quality.ledger),
    "errors": (_("原文差错"), quality.known_errors),
    "releases": (_("发布历史"), quality.releases),
}
show.switch("page_quality_view", "view", views)
