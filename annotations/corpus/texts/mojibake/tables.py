"""What the repair of mojibake knows of encodings and of languages: tables only."""

from __future__ import annotations

import re

# Names as people know them, which Python's codecs know too. Of two that explain a text equally,
# the first is named.
ENCODINGS = (
    "Windows-1252",
    "ISO-8859-1",
    "ISO-8859-15",
    "Windows-1250",
    "ISO-8859-16",
    "Windows-1251",
    "Windows-1254",
    "ISO-8859-2",
    "Mac-Roman",
    "IBM437",
    "IBM850",
    "KOI8-R",
)
TWICE = (
    *((each, each) for each in ENCODINGS),
    ("Windows-1252", "ISO-8859-1"),
    ("ISO-8859-1", "Windows-1252"),
)
"""Chains of two, in the order of their repair: the misreading that came last is first."""

# Characters that stand in texts often enough to be meant by a sequence that lost a byte.
LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽž"
    "ȘșȚț"
)
SIGNS = "‘’‚“”„•–—…‰′″‹›€™→\u00a0\u202f¡¢£¥§¨©ª«®¯°±²³´µ¶·¸¹º»¼½¾¿×÷"
INVENTORY = LETTERS + SIGNS

# What may follow a letter in good text, so that it proves nothing there.
NATURAL = frozenset("«»“”‘’‚„…–—‹›\u00a0†‡•·°ºª²³¹®™©/")
OPENING = "«“„‹"
CLOSING = "»”“›"
ASCII_QUOTES = {'"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "<": ">"}

# Who speaks of encodings may show broken ones on purpose.
SPEAKS_OF_ENCODINGS = re.compile(
    r"mojibake|utf-?\s?8|latin-?1\b|iso[ -]?8859|windows-?125\d|cp125\d|unicode|charset|"
    r"character (?:set|encoding)|encod(?:ing|age|ed|é|Ã©)|codificaci|codificaç|kodierung|zeichensatz|"
    r"zeichenkod|кодировк|编码|編碼|乱码|亂碼|文字化け|エンコード|인코딩|krzaczk|kodowani",
    re.IGNORECASE,
)

# What stands before an apostrophe, by itself a word.
ELIDED = frozenset(
    (
        *("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"),
        *("presqu", "quelqu", "aujourd", "entr", "dell", "all", "nell", "sull", "dall", "quell"),
        *("un", "dev"),
    )
)
VOWELS = frozenset("aeiouyhàâäéèêëîïôöùûüœæáíóúAEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆÁÍÓÚ")
CONTRACTED = re.compile(r"(?:s|t|re|ve|ll|d|m)(?![^\W\d_])", re.IGNORECASE)
"""What stands after an apostrophe in English, up to the end of its word."""

# English with nothing but apostrophes broken: contractions that no other language spells so.
# One of these stands in whatever ENGLISH finds.
IN_ENGLISH = ("nât", "âre", "âve", "âll", "iâm", "âs")
ENGLISH = re.compile(
    r"\b(?:[a-z]*(?:do|does|did|is|are|was|were|ca|wo|would|could|should|has|have|had)nât"
    r"|(?:we|they|you)âre|(?:I|we|they|you)âve|(?:I|we|they|you|he|she|it)âll|Iâm"
    r"|(?:it|that|he|she|there|what|who|let)âs)\b",
    re.IGNORECASE,
)

OPENING_OF = {"de": "„", "pl": "„", "cs": "„", "sk": "„", "ro": "„", "hu": "„", "hr": "„"}
CLOSING_OF = {"de": "“", "cs": "“", "sk": "“"}
LONG_DASH = frozenset({"en", "es", "pt", "ru", "uk"})

# Words by which a letter that lost its second byte is known again: beginnings, names with their
# capital; with a full stop the whole word.
STEMS: dict[str, tuple[str, ...]] = {
    language: tuple(words.split())
    for language, words in {
        "fr": "ça. çà. être. êtes. êtr île. îles. îlot âge âgé âme. âmes. âne. ânes. âpre ôte. ôter "
        "à. là. déjà. voilà. delà. holà. au-delà. françai franço leçon reçu garçon façon façade "
        "perçu aperçu conçu déçu soupçon rançon commerçan même. mêmes. tête fête forêt intérêt "
        "arrêt enquête bête prêt conquête extrême évêque pêch crêpe très. après. près. dès. accès. "
        "succès. progrès. procès. décès. excès. congrès. père. mère. frère. première derrière. "
        "dernière manière lumière carrière matière rivière frontière problème système modèle "
        "siècle scène pièce espèce thèse collège règle règne grève élève manifeste. où. hôtel côte "
        "côté contrôle rôle. hôpital drôle nôtre vôtre tôt. bientôt. plutôt. aussitôt. dû. coût "
        "août. goût sûr sûreté maître naître connaître boîte chaîne château pâte bâtiment tâche "
        "grâce. noël. naïf naïve maïs. Haïti œuvre œuf œil. cœur sœur vœu nœud bœuf mœurs "
        "manœuvre œcumén œsoph œdipe fœtus chœur rancœur",
        "de": "über übr übel üblich übung übt üb ähn änder ärzt ärztin älter äußer ärger Ägypt "
        "ängst ämter ästhet äpfel ätherisch öffent öster öko öl. öle. ölpreis öffn örtlich ödem "
        "straße groß größ außer außen weiß heiß fuß füße spaß maß maßnahm muß daß. schließ "
        "genieß grüß gieß fließ stoß stöß süß ließ ließen hieß fließen bloß gemäß regelmäßig "
        "für. fürst fünf müsse müss können könn möglich größer männer mädchen wähl während "
        "prüf führ grün schön hören höh natürlich zurück stück brücke länder städte später",
        "es": "África Áfric área áreas. árbol Álvaro ángel ámbito árabe águila Ávila él. ésta éste "
        "éstas. éstos. ésa ése éxito época ética élite étnic índice Íñigo íntim Óscar órgano ópera "
        "óptim última último últim única único únic útil Úrsula Úbeda ñoñ españ señor niñ año años. "
        "mañana pequeñ compañ campañ está están. así. aquí. allí. día días. país países. política "
        "político según. también. después. además. sólo. más. qué. cómo. dónde. cuándo. quién",
        "pt": "é. água área África Álvaro índice último últim único útil óleo órgão ônibus "
        "ângulo Ásia ética época êxito não. são. então. está. também. você. até. três. mês. país",
        "it": "è. città. università. perché. più. già. però. così. verità. libertà. società. sarà. "
        "là. metà. età. virtù. lunedì. martedì. può. né. poiché. finché. qualità. realtà. attività",
        "en": "café cafés. élite émigré",
    }.items()
}
# What a first letter is where no word is known.
ALONE = {"it": "È", "pt": "É"}
"""What a capital is that begins a sentence as a word of one letter."""
INITIAL = {"fr": "É", "pt": "É", "it": "È"}
# A final à, where the space that its second byte was has become one with the next.
FINAL_GRAVE = re.compile(r"(?:it|ert|lt)$")
