"""Lines that say who printed a text and when: “The Courier, 14 May 2024, 9:30”. Pure."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|januar|jänner|februar|märz|juni|juli|oktober|dezember|januari|februari|maart|mei|augustus"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|ב?(?:ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר)"
    r"|(?:janv?|févr?|feb|mar|avr|apr|juil|jul|jun|aug|sept?|oct|nov|déc|dec)\b\.?)"
)
DATE = (
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}月\d{1,2}日"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th|[.ºª])?\s+(?:de\s+)?{_MONTH}\.?(?:,?\s+(?:de\s+)?\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_CLOCK = r"\d{1,2}(?:\s?h\s?\d{2}|:\d{2}(?::\d{2})?)(?:\s?[ap]\.?m\b\.?|\s?h\b)?(?:\s(?-i:[A-Z]{2,4})\b)?"
_AGO = (
    r"il y a \d+ (?:secondes?|minutes?|min|heures?|h|jours?|semaines?|mois|ans?)\b"
    r"|\b\d+ (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?) ago\b"
    r"|\b(?:hier|aujourd[’']hui|yesterday|today)\b|\d+\s?(?:分钟|小时|天|周|个月|分|時間|日|분|시간|일)\s?[前전]"
    r"|\b(?:vor|hace|há|acum|fa)\s+\d+\s+\w+|\b\d+\s+\w+\s+(?:geleden|fa|temu|önce|назад)\b"
)
_DAY = (
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b)\b\.?"
    r"|星期[一二三四五六日天]"
)
_WHEN = re.compile(rf"(?<![\w/])(?:{DATE}|{_CLOCK}|{_AGO})(?!\w)", re.IGNORECASE)
_SAID = re.compile(
    rf"{_DAY}|\b(?:publiée?s?|postée?|published|posted|updated|last|created|modifiée?|mise? à jour"
    r"|written|by|par|avec|on|at|the|le|à|et|and|in|dans|de|du|des|d[’']|la|les|l[’']|of|with"
    r"|stand|aktualisiert|veröffentlicht|uhr|um|uur|om|bijgewerkt|actualizado|publicado|atualizado|hrs?|a las|às|el"
    r"|aggiornato|pubblicato|alle|ore|il|publicat|actualizat|ora|opublikowano|aktualizacja|godz|yayınlanma|güncelleme"
    r"|опубликовано|обновлено|время|в|입력|수정|등록|기사입력)\b"
    r"|\b\d+ (?:comments?|commentaires?)\b|\b\d+ min(?:utes?)?(?: read| de lecture)?\b"
    r"|(?:来源|作者|时间|发布|更新|编辑|记者|日期)(?:时间|日期|于)?\s*[:：]?",
    re.IGNORECASE,
)
_OPENS_AS_NOTICE = re.compile(r"(?:publi|post|updat|mise? à jour|modifi)", re.IGNORECASE)
# “The attack of 13 November” has its date inside.
_OF = re.compile(
    r"(?:\b(?:du|des|of|since|depuis|before|avant|after|après|until|en|au|dès)|[自从到])\s*$"
)
_SENTENCE_END = re.compile(r"[^.\s]{4,}[.!?。！？…]\W*$|[!?？！]\W*$")
_WORD = re.compile(r"[^\W\d_][\w’'.&-]*|\d+")
_HAN = re.compile("[\u3400-\u9fff]")
# Nothing without one of these is tried: most lines of a page are of no time.
_TIMELY = re.compile(r"\d|(?i:\b(?:hier|aujourd|yesterday|today)\b)")
_LONGEST = 160
_MOST_WORDS = 6
_MOST_HAN = 12


def is_date_line(text: str) -> bool:
    """Whether a line is a date or time, with no more beside it than names of who printed it.

    >>> is_date_line("The Courier, 14 May 2024"), is_date_line("海州日报 2023年11月2日 08:15")
    (True, True)
    >>> is_date_line("The attack of 13 November"), is_date_line("In May 2024 they all left.")
    (False, False)
    """
    if len(text) > _LONGEST or not _TIMELY.search(text) or _SENTENCE_END.search(text[-24:]):
        return False
    whens = list(_WHEN.finditer(text))
    if not whens or any(_OF.search(text, 0, when.start()) for when in whens):
        return False
    rest = _SAID.sub(" ", _WHEN.sub(" ", text))
    words = _WORD.findall(rest)
    if len(words) > _MOST_WORDS or len(_HAN.findall(rest)) > _MOST_HAN:
        return False
    return bool(_OPENS_AS_NOTICE.match(text)) or not any(word[0].islower() for word in words)
