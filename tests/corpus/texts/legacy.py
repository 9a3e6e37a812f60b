"""Own sentences as older programs stored them: language, encodings, and short and longer texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.corpus.passages.sentences import sentences


class Sample(NamedTuple):
    """`size` is `short` (one sentence), `line` (about 200 characters) or `long` (about 2,000)."""

    language: str
    encoding: str
    size: str
    text: str

    @property
    def data(self) -> bytes:
        return self.text.encode(self.encoding)


_MORE = {
    "pl": (
        "Zażółć gęślą jaźń.",
        "Naukowcy mówią, że presja jest zbyt duża i że płace są niższe.",
        "W Łodzi spadł śnieg, a pociągi się spóźniły.",
        "Dziś rząd ogłosił nową ustawę o ochronie środowiska.",
        "Czy można żyć bez książek?",
        "Mężczyzna powiedział, że wróci później.",
        "Koszt życia w dużych miastach ciągle rośnie.",
        "Będziemy świętować aż do północy.",
    ),
    "ro": (
        "Această casă este a părinţilor mei.",
        "Cercetătorii lucrează şase zile pe săptămână.",
        "Mâine dimineaţă plecăm la munte.",
        "Preţul pâinii a crescut din nou în această toamnă.",
        "Când se întorc copiii de la şcoală?",
        "În oraş nu mai este linişte nici noaptea.",
        "Ştirile de astăzi sunt mai bune decât cele de ieri.",
        "Guvernul anunţă măsuri noi pentru şomeri.",
    ),
    "ru": (
        "Исследователи работают слишком много.",
        "Давление растёт каждый день, а зарплата нет.",
        "Вчера в Москве выпал первый снег.",
        "Цена на хлеб снова выросла, сообщает газета.",
        "Когда же наступит весна?",
        "Он сказал, что вернётся позже и всё объяснит.",
        "Поезда опаздывают из-за сильного ветра.",
        "Новая модель вышла раньше, чем ожидалось.",
    ),
    "el": (
        "Οι ερευνητές εργάζονται πάρα πολύ.",
        "Η πίεση μεγαλώνει κάθε μέρα.",
        "Χθες χιόνισε για πρώτη φορά στην Αθήνα.",
        "Η τιμή του ψωμιού αυξήθηκε πάλι.",
        "Πότε θα έρθει η άνοιξη;",
        "Είπε ότι θα γυρίσει αργότερα και θα τα εξηγήσει όλα.",
        "Τα τρένα καθυστερούν λόγω των ισχυρών ανέμων.",
        "Το νέο μοντέλο βγήκε νωρίτερα από το αναμενόμενο.",
    ),
    "tr": (
        "Araştırmacılar çok fazla çalışıyor.",
        "Baskı her gün biraz daha artıyor.",
        "Dün İstanbul'da ilk kar yağdı.",
        "Ekmeğin fiyatı yine yükseldi, diye yazıyor gazete.",
        "Bahar ne zaman gelecek?",
        "Daha sonra döneceğini ve her şeyi açıklayacağını söyledi.",
        "Trenler şiddetli rüzgâr yüzünden gecikiyor.",
        "Yeni model beklenenden önce çıktı, öğrenciler şaşırdı.",
    ),
    "he": (
        "החוקרים עובדים יותר מדי.",
        "הלחץ גדל מיום ליום.",
        "אתמול ירד שלג ראשון בירושלים.",
        "מחיר הלחם עלה שוב, כך כותב העיתון.",
        "מתי יבוא האביב?",
        "הוא אמר שיחזור מאוחר יותר ויסביר הכול.",
        "הרכבות מאחרות בגלל הרוחות החזקות.",
        "הדגם החדש יצא מוקדם מהצפוי.",
    ),
    "ar": (
        "يعمل الباحثون أكثر من اللازم.",
        "يزداد الضغط كل يوم.",
        "سقط أمس أول ثلج في المدينة.",
        "ارتفع سعر الخبز مرة أخرى، كما تقول الصحيفة.",
        "متى يأتي الربيع؟",
        "قال إنه سيعود لاحقا ويشرح كل شيء.",
        "تتأخر القطارات بسبب الرياح القوية.",
        "صدر النموذج الجديد قبل الموعد المتوقع.",
    ),
    "zh": (
        "研究者面临巨大压力。",
        "人工智能行业竞争激烈，工作强度大。",
        "昨天北京下了第一场雪。",
        "面包的价格又上涨了，报纸写道。",
        "春天什么时候来？",
        "他说他晚一点回来，会解释一切。",
        "由于大风，火车晚点了。",
        "新的模型比预期的更早发布。",
    ),
    "zh-Hant": (
        "研究者面臨巨大壓力。",
        "人工智慧產業競爭激烈，工作強度大。",
        "昨天臺北下了一場大雨。",
        "麵包的價格又上漲了，報紙寫道。",
        "春天什麼時候來？",
        "他說他晚一點回來，會解釋一切。",
        "由於強風，火車誤點了。",
        "新的模型比預期的更早發布。",
    ),
    "ja": (
        "研究者は長時間働いている。",
        "競争が激しく、圧力は日々増している。",
        "昨日、東京で初雪が降った。",
        "パンの値段がまた上がった、と新聞は書いている。",
        "春はいつ来るのだろうか。",
        "彼は後で戻ってすべてを説明すると言った。",
        "強い風のため電車が遅れています。",
        "新しいモデルは予想より早く出た。",
    ),
    "ko": (
        "연구자들은 너무 오래 일한다.",
        "경쟁이 치열하고 압박은 날마다 커진다.",
        "어제 서울에 첫눈이 내렸다.",
        "빵 값이 또 올랐다고 신문이 전했다.",
        "봄은 언제 올까?",
        "그는 나중에 돌아와 모두 설명하겠다고 말했다.",
        "강한 바람 때문에 기차가 늦어지고 있다.",
        "새 모델은 예상보다 일찍 나왔다.",
    ),
    "fr": (
        "Où ça ? À Paris, très tôt.",
        "Les chercheurs travaillent jusqu’à l’épuisement.",
        "Hier, la première neige est tombée à Besançon.",
        "Le prix du pain a encore augmenté, écrit le journal.",
        "Quand viendra l'été ?",
        "Il a dit qu’il reviendrait plus tard et qu’il expliquerait tout.",
        "Les trains sont retardés à cause du vent.",
        "Le nouveau modèle est sorti plus tôt que prévu.",
    ),
    "de": (
        "Die Forscher arbeiten viel zu lange.",
        "Der Druck wächst täglich, der Lohn nicht.",
        "Gestern fiel in München der erste Schnee.",
        "Der Brotpreis ist schon wieder gestiegen, heißt es.",
        "Wann kommt endlich der Frühling nach Österreich?",
        "Er sagte, er käme später zurück und würde alles erklären.",
        "Die Züge verspäten sich wegen starker Böen.",
        "Das neue Modell erschien früher als erwartet.",
    ),
    "es": (
        "¿Cuándo llegará la primavera?",
        "Los investigadores trabajan más de la cuenta.",
        "Ayer cayó la primera nieve en España.",
        "El precio del pan subió otra vez, según el periódico.",
        "La presión crece cada día; el salario, no.",
        "Dijo que volvería más tarde y lo explicaría todo.",
        "Los trenes llegan con retraso por el viento del año.",
        "El nuevo modelo salió antes de lo previsto, ¡qué sorpresa!",
    ),
    "en": (
        "It’s the naïve fiancé’s café.",
        "They don’t work “only” six days — they can’t stop.",
        "The price of bread is £3 – again.",
        "“When will spring come?” she asked.",
        "He said he’d be back later and explain it all.",
        "The trains are late – it’s the wind.",
        "The new model’s release came earlier than expected.",
        "We’re told the résumé was lost…",
    ),
}
ENCODINGS = {
    "fr": ("cp1252", "latin-1", "iso8859_15", "mac_roman", "cp850"),
    "en": ("cp1252",),
    "de": ("cp1252", "latin-1", "cp850"),
    "es": ("cp1252", "latin-1", "mac_roman"),
    "pl": ("cp1250", "iso8859_2"),
    "ro": ("cp1250", "iso8859_2"),
    "ru": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "el": ("cp1253", "iso8859_7"),
    "tr": ("cp1254", "iso8859_9"),
    "he": ("cp1255", "iso8859_8"),
    "ar": ("cp1256", "iso8859_6"),
    "zh": ("gb18030", "gb2312"),
    "zh-Hant": ("big5",),
    "ja": ("shift_jis", "euc_jp"),
    "ko": ("euc_kr", "cp949"),
}


def samples() -> Iterator[Sample]:
    """Those that the encoding can hold and that are not all ASCII."""
    for language, encodings in ENCODINGS.items():
        said = [*_MORE[language], *(sentences(language)[:4] if language in ("de", "es") else ())]
        whole = " ".join(said)
        texts = [("short", each) for each in said]
        texts += [("line", " ".join(said[at : at + 4])) for at in range(0, 8, 2)]
        texts += [("long", "\n".join([whole] * 6)), ("long", "\n".join(reversed(said * 5)))]
        for encoding in encodings:
            for size, text in texts:
                if not text.isascii() and _holds(encoding, text):
                    yield Sample(language, encoding, size, text)


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
