"""The wordings of `zone_rules` in further languages, by their reason.

German, Dutch, Spanish, Portuguese, Italian, Romanian, Polish, Turkish, Russian, Arabic, Hebrew,
Japanese and Korean. Each alternative has to match the whole paragraph, as there; each begins with
words of its own, so that trying them on a line that has none costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotations.corpus.passages.zone_patterns import Somewhere, somewhere

# What may stand behind a button's words, and behind “Read also”.
_FEW = r"[^.!?。]{0,60}"
_MORE = r"(?:\s*[:：.!…»›>→-].{0,140})?"
_AFTER_COLON = r"\s*[:：].{1,80}"

FURTHER: Mapping[str, tuple[str | Somewhere, ...]] = {
    "share line": (
        rf"(?:(?:artikel|beitrag|seite) )?(?:teilen|drucken|merken|empfehlen)\W*|(?:auf|per) {_FEW}\bteilen",
        rf"(?:deel|delen|print)(?: (?:dit|op|via|artikel){_FEW})?\W*",
        rf"(?:imprimir|compartir|comparte|partilhar|partilhe|compartilhar|compartilhe)(?: (?:en"
        rf"|no|na|em|esta?|este|por){_FEW})?\W*",
        rf"(?:condividi|stampa)(?: (?:su|questo|l[’']articolo|via|con){_FEW})?\W*",
        rf"(?:distribuie|trimite|tipărește)(?: (?:pe|prin|articolul|acest){_FEW})?\W*",
        rf"(?:udostępnij|podziel się|drukuj|wydrukuj|tweetnij)(?: (?:na|ten|artykuł|przez){_FEW})?\W*",
        r"(?:paylaş|yazdır|tweetle)\W*",
        somewhere("paylaş", rf"{_FEW}(?:’da|’de|'da|'de)? paylaş\W*"),
        rf"(?:поделиться|распечатать|скопировать ссылку)(?: {_FEW})?\W*",
        rf"(?:شارك|مشاركة|طباعة|انسخ الرابط)(?: (?:ال?مقال|الخبر|هذا|على|عبر){_FEW})?\W*",
        rf"(?:שתפו|שתף|שיתוף|הדפסה|העתק קישור)(?: (?:ב|את|ה){_FEW})?\W*",
        r"(?:シェア|ツイート|ポスト|共有|印刷)(?:する)?\W*",
        somewhere("シェア|共有|保存", r"(?:この記事を|.{1,12}で)(?:シェア|共有|保存).{0,6}"),
        somewhere(
            "공유|인쇄|트윗|링크 복사|글자크기",
            r".{0,16}(?:공유(?:하기)?|인쇄(?:하기)?|트윗|링크 복사|글자크기.{0,10})\W*",
        ),
    ),
    "comment line": (
        r"(?:vous souhaitez|envie de|souhaitez-vous|un avis ?\?) .{0,12}(?:réagir|commenter)\b.{0,60}",
        r"(?:kommentare?|reacties?|comentarios?|comentários?|commenti|comentarii|komentarze?|yorum(?:lar)?"
        r"|комментари[ийев]+|обсуждение|التعليقات|تعليقات?|תגובות|コメント|댓글)\s*[(（:：]?\s*\d*\s*[)）]?\W*",
        r"\d+\s?(?:kommentare?|reacties?|comentarios?|comentários?|commenti|(?:de )?comentarii|komentarz[ey]?"
        r"|komentarzy|yorum|комментари[ийяев]+|تعليقات?|תגובות)\W*",
        rf"(?:kommentar schreiben|kommentieren|(?:einen )?kommentar (?:verfassen|abgeben)"
        rf"|plaats een reactie){_FEW}",
        rf"(?:deja|escribe|añade|publica|deixe|escreva|comente|lascia|scrivi|lasă|adaugă) (?:un "
        rf"|o |uma? |il tuo )?"
        rf"(?:comentar\w+|commento){_FEW}",
        rf"(?:dodaj|napisz|zostaw) komentarz{_FEW}|yorum (?:yap|yaz|ekle)\W*",
        r"(?:оставить|добавить|написать) комментарий\W*|(?:أضف|اترك|اكتب) تعليق\w*\W*|(?:הוספת"
        r"|הוסף|הוסיפו|כתבו) תגובה\W*",
        r"コメントを(?:書く|投稿|する|見る|残す).{0,10}|(?:로그인|댓글).{0,16}(?:작성|쓰기|남기기|등록).{0,16}",
        r"(?:melden sie sich an|inicia sesión|accedi|zaloguj się|войдите|авторизуйтесь)(?:,| )[^.]{0,60}",
    ),
    "newsletter line": (
        somewhere(
            "?", r"[^.?]{0,60}\?\s*(?:sign up|subscribe|(?:abonnez|inscrivez)[- ]vous)\b.{0,100}"
        ),
        rf"(?:newsletter|den newsletter) (?:abonnieren|bestellen){_FEW}"
        rf"|abonnieren sie\b.{{0,100}}|(?:jetzt )?anmelden\W*",
        r"(?:schrijf (?:je|u) in|abonneer (?:je|u)|meld (?:je|u) aan)\b.{0,100}",
        r"(?:suscríb[ae]\w*|subscrev[ae]\w*|assine|inscreva-se|iscriviti|abbonati|abonează-te"
        r"|abonați-vă)\b.{0,120}",
        r"(?:zapisz się|zaprenumeruj|subskrybuj)\b.{0,100}",
        somewhere("abone ol|kaydol", r".{0,40}\b(?:abone ol\w*|kaydol\w*)\W*"),
        r"(?:подпи(?:шитесь|сывайтесь|саться|ска на (?:новости|рассылку|газету|канал)))(?:\s.{0,100})?\W*"
        r"|(?:اشترك|اشتركوا)\s.{1,80}"
        r"|(?:הרשמה|הירשמו|הצטרפו) ל(?:ניוזלטר|עדכון|עדכונים|ערוץ|רשימ).{0,60}",
        somewhere(
            "メールマガジン|メルマガ|ニュースレター",
            r".{0,16}(?:メールマガジン|メルマガ|ニュースレター).{0,20}",
        ),
        somewhere("뉴스레터|구독", r".{0,12}(?:뉴스레터|구독)(?:\s?(?:하기|신청|구독하기))?\W*"),
    ),
    "legal line": (
        somewhere(
            "vorbehalten|voorbehouden|reservados|riservati|riservata|rezervate|zastrzeżone|saklıdır"
            "|все права|перепечатка|جميع|הזכויות|無断|무단",
            r".{0,100}(?:alle rechte vorbehalten|alle rechten voorbehouden"
            r"|todos los derechos reservados"
            r"|todos os direitos reservados|tutti i diritti riservati|riproduzione riservata"
            r"|toate drepturile rezervate|wszelkie prawa zastrzeżone|tüm hakları saklıdır"
            r"|все права защищены|перепечатка.{1,40}запрещена"
            r"|جميع الحقوق محفوظة|כל הזכויות שמורות|無断.{0,8}(?:禁|お断)|무단\s?전재).{0,100}",
        ),
        r"(?:impressum|datenschutz(?:erklärung|hinweise?)?|agb|nutzungsbedingungen|privacy(?:beleid|verklaring)"
        r"|aviso legal|(?:política|políticas) de (?:privacidad|privacidade|cookies)"
        r"|términos (?:y condiciones|de uso)"
        r"|termos (?:de uso|e condições)|informativa (?:sulla )?privacy|note legali|termini e condizioni"
        r"|termeni și condiții|politica de (?:confidențialitate|cookies)|polityka prywatności|regulamin"
        r"|gizlilik politikası|kullanım koşulları|kvkk|политика конфиденциальности|пользовательское соглашение"
        r"|правила (?:использования|перепечатки)|سياسة الخصوصية|شروط الاستخدام|מדיניות (?:ה)?פרטיות|תנאי שימוש"
        r"|プライバシー(?:ポリシー)?|利用規約|特定商取引.{0,12}|개인정보\s?처리방침|이용약관|저작권\s?(?:보호|정책|안내|규약).{0,20})\W*",
    ),
    "cookie or redirect notice": (
        r"(?:wir|diese (?:web)?seite|unsere website) (?:verwenden|verwendet|nutzen|nutzt) cookies\b.{0,200}",
        r"(?:wij|deze (?:web)?site) gebruik(?:en|t) cookies\b.{0,200}",
        r"(?:utilizamos|usamos|este sitio (?:web )?(?:usa|utiliza)|este site (?:usa"
        r"|utiliza)) cookies\b.{0,200}",
        r"(?:questo sito (?:web )?(?:utilizza|usa)|utilizziamo) (?:i )?cookies?\b.{0,200}",
        r"(?:acest site (?:web )?(?:folosește|utilizează)|folosim|utilizăm) (?:module )?cookie\b.{0,200}",
        r"(?:ta strona|strona|serwis|używamy|korzystamy)(?: (?:używa|korzysta"
        r"|wykorzystuje))?(?: z)?(?: plików)? cookies?\b.{0,200}",
        r"(?:мы используем|сайт использует|этот сайт использует)\s.{0,20}(?:cookies?|куки)\b.{0,200}",
        r"(?:يستخدم هذا الموقع|نستخدم) .{0,20}(?:الارتباط|كوكيز).{0,160}|(?:אתר זה משתמש"
        r"|אנו משתמשים) ב.{0,160}",
        somewhere("使用|利用", r".{0,24}(?:クッキー|Cookie)を(?:使用|利用).{0,100}"),
        somewhere("쿠키", r".{0,24}쿠키를? (?:사용|이용).{0,100}"),
        somewhere("çerez", r".{0,30}çerez(?:ler)? kullan.{0,120}"),
        r"(?:alle akzeptieren|akzeptieren|ablehnen|aceptar(?: tod[ao]s?)?"
        r"|rechazar(?: tod[ao]s?)?|aceitar(?: tudo)?"
        r"|accetta(?: tutti)?|rifiuta|accept(?:ă|ați)|akceptuję|kabul et|принять|הסכם|موافق|同意する|동의)\W*",
    ),
    "reading suggestion": (
        rf"(?:lesen sie (?:auch|mehr|hier|dazu)|auch interessant|mehr (?:zum thema|dazu|lesen)|weitere artikel"
        rf"|(?:das )?könnte sie auch interessieren|meist(?: ?gelesen)?e?|passend dazu){_MORE}",
        rf"(?:lees (?:ook|meer|verder)|gerelateerde? (?:artikelen|berichten)|meest gelezen|meer over){_MORE}",
        rf"(?:le[ae] también|te puede interesar|(?:más|mas) (?:información|noticias|leíd[ao]s?|sobre)"
        rf"|(?:noticias|artículos) relacionad[ao]s|lo más (?:leído|visto)|ver también"
        rf"|seguir leyendo|leer más){_MORE}",
        rf"(?:leia (?:também|mais)|(?:artigos|notícias) relacionad[ao]s|(?:as )?mais (?:lidas"
        rf"|lidos)|veja também|saiba mais"
        rf"|relacionados){_MORE}",
        rf"(?:leggi (?:anche|tutto|di più)|articoli (?:correlati|simili)"
        rf"|potrebbe interessarti(?: anche)?|(?:i )?più letti"
        rf"|vedi anche|per approfondire){_MORE}",
        rf"(?:citește și|citiți și|citeşte şi|vezi și|articole (?:similare|recomandate"
        rf"|asemănătoare)|cele mai citite"
        rf"|pe aceeași temă|știri (?:similare|recomandate)|recomandări){_MORE}",
        rf"(?:czytaj (?:też|także|również|więcej|dalej)|zobacz (?:też|także|również)"
        rf"|przeczytaj (?:też|także|również)"
        rf"|polecane|najczęściej czytane|powiązane (?:artykuły|tematy)|podobne artykuły"
        rf"|więcej na ten temat){_MORE}",
        rf"(?:ilgili (?:haberler?|yazılar)|bunlar da ilginizi çekebilir|en çok okunanlar?"
        rf"|(?:ayrıca )?okuyun|devamını oku){_MORE}",
        rf"(?:читайте (?:также|ещ[её]|далее)|смотрите также|материалы по теме|по теме"
        rf"|похожие (?:новости|статьи|материалы)"
        rf"|самое читаемое|популярное|подробнее){_MORE}",
        rf"(?:اقرأ (?:أيضا|أيضاً|ايضا|المزيد)|مواضيع (?:ذات صلة|متعلقة|مشابهة)|أخبار (?:ذات صلة"
        rf"|متعلقة)|الأكثر (?:قراءة|مشاهدة)"
        rf"|ذات صلة|شاهد أيضا){_MORE}",
        rf"(?:קראו (?:גם|עוד)|כתבות (?:נוספות|קשורות)|עוד בנושא|הנקראות ביותר|אולי יעניין אותך){_MORE}",
        rf"(?:あわせて読みたい|関連(?:記事|ニュース|リンク)|おすすめ(?:の?記事)?|こちらもおすすめ|人気(?:記事|の記事)"
        rf"|続きを読む|アクセスランキング|次の記事|前の記事){_MORE}",
        rf"(?:관련\s?(?:기사|뉴스)|많이 본 (?:뉴스|기사)|추천\s?(?:기사|뉴스)|이 시각 주요뉴스|(?:이전|다음)\s?기사"
        rf"|더\s?보기){_MORE}",
    ),
    "picture credit": (
        somewhere(
            ":|：|=|/",
            r"(?:.{1,200}[.!?。؟]\s*)?(?:photograph\w*|fotos?|bild(?:er)?|grafik|beeld|fotografías?"
            r"|imagen|imagem|immagine|fotografi[ae]"
            r"|fot|zdjęcie|foto(?:ğraf)?|görsel|фото(?:графия)?|иллюстрация|снимок|تصوير|الصورة|صورة"
            r"|צילום|תמונה|写真|撮影|画像|提供"
            r"|사진|이미지)\s?[:：=/].{1,120}",
        ),
        somewhere("fot.", r".{0,200}[\s(]fot\.\s.{1,60}"),
        somewhere("연합뉴스|뉴시스", r".{0,100}[\s/=](?:연합뉴스|뉴시스)(?: 제공)?\W*"),
        somewhere("写真", r".{0,60}写真(?:提供|は).{0,30}"),
        somewhere("摄", r".{1,60}[（(].{0,12}摄[)）]"),
        somewhere(
            "/",
            r".{0,120}/\s?(?:dpa|anp|efe|ansa|lusa|pap|тасс|риа новости|belga|keystone)[)\]\s]{0,3}",
        ),
    ),
    "byline": (
        r"[（(](?:本报|本网|新华社)?(?:特约)?(?:记者|通讯员)[^）)]{1,24}[）)]\W*",
        r"(?:von|door|di|por)\s+(?-i:[A-ZÀ-ÞĂȘȚŁŚŻŹĆČŠŽĐĞİ][\w’'.-]+)(?:\s+(?:und|en|e|y|și|van"
        r"|von|der|de|da|dos|del|della)\b|,?\s+(?-i:[A-ZÀ-ÞĂȘȚŁŚŻŹĆČŠŽĐĞİ][\w’'.-]+)){1,5}\W*",
        r"de\s+(?-i:[A-ZÀ-ÞȘȚ][\w’'-]+)(?:\s(?-i:[A-ZÀ-ÞȘȚ][\w’'-]+)){1,2}",
        rf"(?:autor(?:e|in|a|es|i|zy)?|texto?|testo|redacción|redação|redazione|redactor"
        rf"|redacția|yazar|haber|muhabir|автор|текст"
        rf"|корреспондент|كتب(?:ت)?|تحرير|بقلم|מאת|כתב(?:ת)?|記者|文|執筆|編集|기자|글){_AFTER_COLON}",
        r"(?:opracowa(?:ł|ła|nie)|scris de|publicat de|geschrieben von|escrito por"
        r"|scritto da)\s+\S.{1,60}|מאת\s\S.{1,40}",
        somewhere(
            "기자|특파원|논설위원",
            r"[가-힣\s,·]{2,20}\s?(?:선임|수습|인턴|객원)?\s?(?:기자|특파원|논설위원)(?:\s?\S+@\S+)?\W*",
        ),
        somewhere("記者|特派員", r".{2,16}(?:記者|特派員)\W*"),
    ),
    "section of the paper": (
        r"(?:aktuell|nachrichten|politik|wirtschaft|gesellschaft|wissenschaft|kultur|meinung"
        r"|panorama|regional|nieuws|economie|samenleving"
        r"|noticias|política|economía|sociedad|deportes|opinión|internacional|notícias|economia"
        r"|sociedade|desporto|esportes?|mundo|brasil"
        r"|notizie|cronaca|politica|esteri|attualità|știri|economie|externe|actualitate"
        r"|wiadomości|polityka|gospodarka|świat|kraj|opinie"
        r"|haberler|siyaset|ekonomi|dünya|spor|gündem|новости|политика|экономика|общество|в мире"
        r"|происшествия|культура|спорт"
        r"|أخبار|سياسة|اقتصاد|رياضة|ثقافة|منوعات|חדשות|פוליטיקה|כלכלה|ספורט|תרבות|ニュース|国内|国際|経済|社会|スポーツ"
        r"|뉴스|정치|경제|사회|국제|문화|스포츠)",
    ),
    "site notice": (
        r"[☰≡]\s*.{0,20}",
        r"(?:zum (?:inhalt|hauptinhalt)(?: springen)?|naar de inhoud|saltar al contenido"
        r"|ir al contenido|pular para o conteúdo|saltar para o conteúdo"
        r"|vai al contenuto|sari la conținut|przejdź do treści|içeriğe geç"
        r"|перейти к (?:содержанию|содержимому)|الانتقال إلى المحتوى"
        r"|דלג לתוכן|본문 (?:바로가기|내용으로)|コンテンツへ(?:スキップ|移動)|skip to (?:main )?content"
        r"|aller au contenu(?: principal)?)\W*",
        r"(?:anzeige|werbung|advertentie|publicidad|publicidade|pubblicità|publicitate|reklama"
        r"|reklam|реклама|إعلان|פרסומת|広告|スポンサーリンク|광고"
        r"|startseite|inicio|início|strona główna|ana sayfa|acasă|главная|الرئيسية|דף הבית|ホーム"
        r"|トップ|홈|log ?in|sign in|se connecter|connexion"
        r"|einloggen|iniciar sesión|entrar|accedi|conectare|zaloguj|giriş yap|войти|تسجيل الدخول"
        r"|התחברות|ログイン|로그인)\W*",
        r"(?:lesezeit|leestijd|tiempo de lectura|tempo (?:de leitura|di lettura)|timp de citire"
        r"|czas czytania|okuma süresi|время чтения)\b.{0,30}",
        r"(?:envoyer|send|senden|enviar|invia) (?:par|by|per|por|via) (?:e-?mail|mail|courriel|correo)\W*",
        r"(?:cet article|l[’']article|la suite) (?:vous )?est (?:offerte?|réservée?)\b.{0,40}"
        r"(?:abonn|connect|gratuit|lire).{0,120}"
        r"|il vous reste \d+.{0,10} de cet article.{0,100}",
        r"you have (?:\d+|one|no) (?:free )?(?:more )?(?:articles?|stories) (?:left|remaining|this).{0,120}"
        r"|continue reading\W*|(?:subscribe|sign in|log in|register)\b.{0,40} to continue reading\b.{0,80}"
        r"|this (?:article|content|story) is (?:only )?(?:for|reserved for|available to) (?:our )?"
        r"(?:subscribers|members|registered).{0,60}",
        r"(?:weiterlesen|jetzt weiterlesen)\b.{0,80}",
        somewhere(
            "lesen",
            r".{0,60}\b(?:digital-?abo|abonnent(?:en|innen))\b.{0,60}\blesen\b.{0,30}",
        ),
        r"(?:este|esta) (?:contenido|artículo|noticia|conteúdo|artigo) (?:es|é) (?:sólo|solo|só"
        r"|exclusiv\w+) .{0,80}",
        r"(?:contenuto|articolo) (?:riservato|esclusivo).{0,60}|(?:articol|conținut) (?:rezervat"
        r"|exclusiv).{0,60}"
        r"|(?:treść|artykuł)\b.{0,30}\b(?:prenumerator\w+|subskrybent\w+)\W*|(?:материал"
        r"|статья) доступ\w+ .{0,40}подписчик\w+\W*",
        somewhere("限定", r".{0,16}(?:有料会員|会員)限定.{0,20}"),
        somewhere("유료|구독자", r".{0,20}(?:유료|구독자).{0,10}(?:전용|콘텐츠).{0,20}"),
        somewhere("订阅|付费|登录", r".{0,10}(?:订阅|付费|登录)(?:后|会员).{0,20}"),
    ),
}
