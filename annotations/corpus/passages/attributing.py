"""Whether what follows a quotation only says whose it is. Pure.

In scripts with small letters a small letter says so; here is what says so without.
"""

from __future__ import annotations

import re

_CHINESE = re.compile(
    r"[^。！？“”「」『』…，,]{0,16}?"
    r"(?:说|问|答|喊|叫|道|表示|指出|解释|补充|写道|认为|强调|呼吁|抱怨|感叹|安慰.{1,4}|告诉.{1,6})"
    r"[道着了]?(?:[。！？，,：:…]|$)"
)
# “Nobody answered” says whose it is not.
_NOBODY = re.compile(r"[^，。！？]{0,8}[没不无未]")
_JAPANESE = re.compile(r"(?:と|って)(?=[^。]{1,40})")
_ARABIC = re.compile(
    r"(?:و|ف)?(?:قال|قالت|يقول|تقول|سأل|سألت|أجاب|أجابت|أضاف|أضافت|تساءل|تساءلت|صرخ|صرخت|رد|ردت"
    r"|أكد|أكدت|أوضح|أوضحت|كتب|كتبت|صرح|صرحت)\s"
)
_HEBREW = re.compile(
    r"(?:אמר|אמרה|אומר|אומרת|שאל|שאלה|שואל|שואלת|השיב|השיבה|ענה|ענתה|צעק|צעקה|הוסיף|הוסיפה|כתב|כתבה"
    r"|הסביר|הסבירה)\s"
)
_ENGLISH = re.compile(
    r"(?:(?:[A-Z]\.|[A-Z][\w’'-]*\.?)\s+){1,4}"
    r"(?:said|says|asked|asks|replied|answered|shouted|cried|added|wrote|told)\b"
)
_KOREAN = re.compile(
    r"(?:[가-힣]+\s){0,6}[가-힣]*(?:말했|밝혔|전했|물었|답했|강조했|덧붙였|외쳤|털어놨|하소연했|라고|라며|고)"
)
_EASTERN = re.compile(r"[“「『][^“”「」『』]*[。！？…?!.]+[”」』]\s*$")
_CLOSED = re.compile(r"[.!?؟…][»”\"]\s*$")
_CLOSED_ASKING = re.compile(r"[!?][”\"]\s*$")
_TO_QUOTE = re.compile(r"\s*[—–-]\s*(?=[^\W\d_A-ZÀ-ÞА-ЯЁ])")


def is_attribution(left: str, right: str) -> bool:
    """Whether `right`, the beginning of what follows, says who spoke the quotation `left`.

    >>> is_attribution("“你好。”", "他说。"), is_attribution("“为什么？”", "没有人回答。")
    (True, False)
    """
    if _CLOSED.search(left) and _KOREAN.match(right):
        return True
    if _EASTERN.match(left):
        is_said = _CHINESE.match(right) and not _NOBODY.match(right)
        return bool(is_said or _JAPANESE.match(right))
    if not _CLOSED.search(left):
        return False
    if _TO_QUOTE.match(right) or _ARABIC.match(right) or _HEBREW.match(right):
        return True

    return bool(_CLOSED_ASKING.search(left) and _ENGLISH.match(right))
