"""Names that a translation changes, each with the key under which its forms meet.

A short list of what the press of any country names every day; names not in it are compared by
their letters. Forms of names are as `text.folding.searchable` gives them, months as they are written but small;
the head word stands for names of several words ("united states" is "states").
"""

from __future__ import annotations

_FORMS = """
ai: ai ia ki 人工智能 人工智慧
us: us usa states etats-unis etats vereinigte eeuu 美国 美國 アメリカ
uk: uk kingdom royaume-uni konigreich 英国 英國 イギリス
eu: eu ue 欧盟 歐盟
un: un onu uno 联合国 聯合國 国連
nato: nato otan 北约 北約
china: china chine cina 中国 中國
germany: germany allemagne deutschland alemania germania 德国 德國 ドイツ
france: france frankreich francia 法国 法國 フランス
japan: japan japon giappone 日本
india: india inde indien 印度 インド
russia: russia russie russland rusia 俄罗斯 俄羅斯 ロシア
ukraine: ukraine ucrania ucraina 乌克兰 烏克蘭 ウクライナ
spain: spain espagne spanien espana spagna 西班牙
italy: italy italie italien italia 意大利 義大利
switzerland: switzerland suisse schweiz suiza svizzera 瑞士
belgium: belgium belgique belgien belgica 比利时
netherlands: netherlands pays-bas niederlande 荷兰
norway: norway norvege norwegen noruega 挪威
sweden: sweden suede schweden suecia 瑞典
finland: finland finlande finnland finlandia 芬兰
denmark: denmark danemark danimarca dinamarca 丹麦
iceland: iceland islande island islandia 冰岛
poland: poland pologne polen polonia 波兰
greece: greece grece griechenland grecia 希腊
turkey: turkey turkiye turquie turkei turquia 土耳其
brazil: brazil bresil brasilien brasil 巴西
canada: canada kanada 加拿大
australia: australia australie australien 澳大利亚
korea: korea coree sudkorea corea 韩国 韓国
israel: israel 以色列
iran: iran 伊朗
egypt: egypt egypte agypten egipto 埃及
europe: europe europa 欧洲 歐洲
africa: africa afrique afrika 非洲
asia: asia asie asien 亚洲 亞洲
london: london londres londra 伦敦 倫敦 ロンドン
paris: paris parigi 巴黎 パリ
brussels: brussels bruxelles brussel bruselas 布鲁塞尔
geneva: geneva geneve genf ginebra ginevra 日内瓦
berlin: berlin 柏林
vienna: vienna vienne wien viena 维也纳
moscow: moscow moscou moskau moscu mosca 莫斯科
beijing: beijing pekin peking 北京
shanghai: shanghai 上海
tokyo: tokyo tokio 东京 東京
washington: washington 华盛顿 華盛頓
california: california californie kalifornien 加州 加利福尼亚
google: google 谷歌
microsoft: microsoft 微软 微軟
apple: apple 苹果
amazon: amazon 亚马逊
nvidia: nvidia 英伟达
tesla: tesla 特斯拉
huawei: huawei 华为
alibaba: alibaba 阿里巴巴
tencent: tencent 腾讯
stanford: stanford 斯坦福
harvard: harvard 哈佛
cambridge: cambridge 剑桥
oxford: oxford 牛津
"""

_MONTHS = """
january janvier januar enero gennaio
february février fevrier februar febrero febbraio
march mars märz marzo
april avril abril aprile
may mai mayo maggio
june juin juni junio giugno
july juillet juli julio luglio
august août aout agosto
september septembre septiembre settembre
october octobre oktober octubre ottobre
november novembre noviembre
december décembre decembre dezember diciembre dicembre
"""

BY_FORM: dict[str, str] = {
    form: f"@{key}"
    for key, forms in (line.split(":") for line in _FORMS.strip().splitlines())
    for form in forms.split()
}
MONTHS: dict[str, str] = {
    form: f"@month{number}"
    for number, line in enumerate(_MONTHS.strip().splitlines(), start=1)
    for form in line.split()
}

# Forms of address and days, which other languages write small; and words that a slip of
# punctuation makes capital in the middle of a sentence.
_NO_NAMES = """
i mr mrs ms dr ph phd mme mm monsieur madame herr frau ceo pdg monday tuesday wednesday thursday
friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
the an and but for if in it its he she they we you this that these those there when where what why
how who at on of to by as with from not no yes so is was are le la les un une des du de il elle ils
elles on nous vous ce cet cette ces et ou mais si en au aux dans pour par sur avec que qui el los
las una der die das ein eine und er sie es wir ich den dem
"""
NO_NAMES = frozenset(_NO_NAMES.split())
