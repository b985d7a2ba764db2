"""How fast reports are read: megabytes of Chinese text a second, linear in length, memory flat.

``run()`` gives rows of (name, value, unit, against, ratio).  The text is made up here, sentence by
sentence: as a work report (two in three sentences are prose) and as a paragraph of statistics (every
sentence holds figures). Each text is read in a process of its own. The yardstick is one pass of
``tidy.numerals.scan`` over the same text.
"""

from __future__ import annotations

import random
import time
from multiprocessing import get_context
from pathlib import Path

from benchmarks.rows import Row, row
from loaders.room import peak

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PROSE = (
    "工会干部要把服务职工放在心上，多到车间班组听取意见，把矛盾化解在基层，把温暖送到职工身边。",
    "要坚持党建带工建，健全协调劳动关系的机制，推动产业工人队伍建设改革向基层延伸、向企业延伸。",
    "各级工会围绕中心、服务大局，发挥桥梁纽带作用，团结动员广大职工立足岗位建功立业，展现工人阶级的时代风采。",
    "广大劳动模范和先进工作者是工人阶级的优秀代表，要大力弘扬劳模精神、劳动精神、工匠精神，营造崇尚劳动的社会风尚。",
)
SENTENCES = (
    "{y}年，全市各级工会慰问困难职工{a}人次，发放慰问金{b}万余元，比上年增长{p}%。",
    "目前，基层工会达到{a}个，覆盖法人单位{b}家，会员{c}.{p}万人，建会率保持在{p}%以上。",
    "职工医疗互助保障参保职工{c}万人，报销补助{a}人次，支付补助金{b}.{p}万元。",
    "开展劳动和技能竞赛，举办技能比武{p}场，参赛职工{a}人次，{b}名职工晋升技术等级。",
    "新建职工书屋{p}家、户外劳动者驿站{c}个，总面积{a}平方米，投入资金{b}万元。",
    "第{p}届职工运动会在市体育馆举行，1+{c}+N服务模式受到职工欢迎，12351热线全天开通。",
)


def text_of(size: int, prose: float = 0.0, seed: int = 7) -> str:
    """Return made-up text of about ``size`` bytes in UTF-8; ``prose`` is the share of sentences without figures."""
    chance = random.Random(seed)
    parts, length = [], 0
    while length < size:
        sentence = chance.choice(PROSE if chance.random() < prose else SENTENCES).format(
            y=chance.randint(2012, 2022), a=chance.randint(100, 99_999), b=chance.randint(10, 9_999),
            c=chance.randint(1, 99), p=chance.randint(1, 99),
        )  # fmt: skip
        sentence += "\n" if chance.random() < 0.2 else ""
        parts.append(sentence)
        length += len(sentence.encode())
    return "".join(parts)


def measure(size: int, prose: float) -> tuple[float, float, float, int]:
    """Return seconds for the figures, seconds for a bare scan, extra megabytes, figures found."""
    from loaders.figures.find import find
    from tidy.numerals import scan

    text = text_of(size, prose)
    list(find(text[:2_000]))
    before = _fresh_peak()
    start = time.process_time()
    count = sum(1 for _one in find(text))
    seconds = time.process_time() - start
    grown = (peak() - before) / 1024
    start = time.process_time()
    sum(1 for _one in scan(text))
    return seconds, time.process_time() - start, grown, count


def _fresh_peak() -> int:
    """Forget the peak that making the text up left behind; return the kilobytes in use."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def run(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Measure each size in a fresh process; ``ratio`` compares with the bare scan of the numerals."""
    rows: list[Row] = []
    kinds = [(kind, size, prose) for kind, prose in (("work report", 0.67), ("statistics", 0.0)) for size in sizes]
    for kind, size, prose in kinds:
        with get_context("spawn").Pool(1) as pool:
            seconds, scan, grown, _count = pool.apply(measure, (size, prose))
        name = f"figures, {kind} of {size // 1000} KB"
        rows += [row(name, size / 1e6 / seconds, "MB/s", "numerals.scan", seconds / scan),
                 row(f"{name}, memory", grown, "MB", "size of the text", grown / (size / 1e6))]  # fmt: skip
    return rows


if __name__ == "__main__":
    for line in run():
        print(line)
