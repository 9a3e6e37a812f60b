"""Wordings that give a paragraph's zone away, in French, English and Chinese; `zone_words` has others.

A rule holds alternatives, one of which has to match the whole paragraph, whatever its case; the
first rule that matches wins. Only paragraphs of at most `LONGEST` characters are tried, and the
patterns are narrow: a sentence that merely begins with “share” is no button.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotations.corpus.passages.zone_patterns import Somewhere, Wording, somewhere, worded
from annotations.corpus.passages.zone_words import FURTHER
from annotations.text.phrases import wording

LONGEST = 300

# What may stand behind the name of who wrote.
_ROLE = r"(?:\s*[,|(（–-]\s*[^.!?]{1,60}|\s+(?:avec|with|à|in|pour|for)\s[^.!?]{1,40})?\W*"
_URL = r"(?:https?://|www\.)\S+"
_NAME = r"(?-i:[A-ZÀ-Þ][\w’'.-]+)"
_NAMES = rf"{_NAME}(?:(?:\s+(?:et|and|&|de|du|la|le|van|von|der))?[\s,]+{_NAME}){{0,5}}"
# What may stand behind a button's word: “Read also: …”.
_REST = r"(?:\s*[:：.!…»›>→-].{0,120})?"
SUMMARY = wording("summary of the article")


class Rule(NamedTuple):
    zone: str
    reason: str
    wording: Wording


def _rule(zone: str, reason: str, *alternatives: str | Somewhere) -> Rule:
    return Rule(zone, reason, worded(*alternatives, *FURTHER.get(reason, ())))


RULES: tuple[Rule, ...] = (
    _rule("link", wording("address alone"), _URL),
    _rule(
        "digest",
        SUMMARY,
        r"(?:l[’']essentiel|en (?:bref|résumé)|à retenir|ce qu[’']il faut (?:retenir|savoir)|points? clés?"
        r"|key (?:points|takeaways|facts)|at a glance|in brief|the gist|summary|highlights|tl;?dr"
        r"|das wichtigste(?: in kürze)?|auf einen blick|zusammenfassung|en resumen|lo esencial|in sintesi"
        r"|em resumo|pe scurt|w skrócie|главное|коротко|kort samengevat|요약|まとめ|要点)\W*",
        r"[【\[]?(?:摘要|导读|核心提示|内容提要|要点速读)[】\]]?\s*[:：】\]].{1,280}|(?:摘要|导读|核心提示|内容提要)\W*",
    ),
    _rule(
        "boilerplate",
        wording("source line"),
        rf"(?:[\w’']+\s+){{0,3}}(?:sources?|via|référence|reference|original)\s*[:：]\s*{_URL}",
        rf"(?:lire|read)(?:\s+[\w’']+){{1,4}}\s*[:：]\s*{_URL}",
        rf"(?:来源|出处|原文|原文链接)\s*[:：]?\s*{_URL}",
    ),
    _rule(
        "boilerplate",
        wording("source credit"),
        r"\((?:selon|d[’']après|source|via|avec|according to|from)\b.{1,60}\)",
        r"[(（]据.{1,30}[)）]",
    ),
    _rule(
        "fragment",
        wording("file name or path"),
        r"[\w.%~-]*(?:[\\/][\w.%~-]+)+[\\/]?",
        r"[\w%~-]+\.(?:html?|php|aspx?|jsp|pdf|jpe?g|png|gif|css|js)",
    ),
    _rule("fragment", wording("no letters"), r"[\W\d_]+"),
    _rule(
        "boilerplate",
        wording("menu or path"),
        r"(?:[^|>›»«•/\s][^|>›»«•/]{0,24}\s[|>›»•/]\s){2,}[^|>›»«•/]{1,40}",
        r"(?:accueil|home|首页)(?:\s?[|>›»•/]\s?[^|>›»«•/]{1,40})+",
    ),
    _rule(
        "boilerplate",
        wording("section of the paper"),
        r"(?:actualités?|à la une|monde|international|france|politique|économie|société|sports?|culture"
        r"|sciences?|santé|environnement|planète|tech(?:nologie)?|opinions?|tribune|médias|faits divers"
        r"|news|world|politics|business|economy|health|technology|environment|local|lifestyle|media"
        r"|新闻|要闻|国际|国内|财经|科技|体育|文化|社会|教育|健康|评论|时政)",
    ),
    _rule(
        "caption",
        wording("picture credit"),
        r"(?:image |photo )?(?:caption|légende)\s*[:：].{1,200}",
        somewhere(
            ":|：",
            r".{1,200}[.!?。]\s*(?:photo|image|illustration|picture|crédits?|credits?)\s*[:：].{1,80}",
        ),
        somewhere("©", r".{1,200}[\s(]©\s?(?!\d{4}).{1,60}"),
        r"(?:photo|image|illustration|picture|crédits?|credits?|visuel)s?"
        r"(?:\s+(?:photo|image|d[’']illustration|credit|crédit))?\s*[:：/©].{1,160}",
        r"(?:图片?|图源|图片来源|配图|供图)\s*[:：/©].{1,160}",
        r"(?:photo|image|illustration|photograph)\s+(?:by|par|courtesy|générée?|generated)\b.{1,160}",
        r"(?:generated|created|made|générée?|créée?|réalisée?)\s+(?:with|by|using|avec|par)\s+.{0,40}"
        r"(?:dall.?e|midjourney|stable diffusion|firefly|chatgpt|\bai\b|\bia\b).{0,40}",
        somewhere(
            "getty images|shutterstock|unsplash|istock|adobe stock",
            r".{0,120}(?:getty images|shutterstock|unsplash|istock|adobe stock)[)\]\s]{0,3}",
        ),
        somewhere("/", r".{0,120}/\s?(?:afp|reuters|ap|epa|sipa)[)\]\s]{0,3}"),
        r"©(?!\s*\d{4}).{1,120}",
        somewhere(
            "(photo|(image|(crédit|(credit", r".{0,100}\((?:photo|image|crédit|credit)\b.{1,80}\)"
        ),
    ),
    _rule(
        "boilerplate",
        wording("share line"),
        r"(?:partage[rz]?|share|tweet(?:er)?|imprimer|print|copier le lien|copy link|分享|转发)\W*",
        r"partage[rz]?\s+(?:cet?|cette|ceci|sur|l[’']article|par)\b.{0,60}",
        r"(?:share|print)\s+(?:this|on|via|article|story)\b.{0,60}",
        somewhere("partagez|share it", r".{0,60}(?:partagez[- ](?:le|la|les)|share it)\b.{0,30}"),
        r"(?:扫码|扫一扫).{1,30}|(?:点赞|收藏|举报|转载)\W*|更多.{0,16}(?:客户端|公众号).{0,16}",
        r"(?:suivez|retrouvez)[- ]nous\b.{0,80}",
        r"follow us\b.{0,80}",
        r"(?:分享|转发|关注)(?:到|至|我们).{0,30}",
    ),
    _rule(
        "boilerplate",
        wording("comment line"),
        r"(?:laisse[rz]?|écrire|ajouter|poster) un commentaire\W*",
        r"(?:leave|post|add|write) a (?:comment|reply)\W*",
        r"(?:comments?|commentaires?|replies|réagir|发表评论|评论|留言)\s*[(（:：]?\s*\d*\s*[)）]?\W*",
        r"(?:\d+|no|aucun)\s+(?:comments|commentaires?|réponses?|replies|条评论)\b.{0,30}",
        r"(?:be the first to comment|soyez le premier à (?:commenter|réagir)).{0,40}",
        r"(?:connectez-vous pour|log ?in to|sign in to)\s.{1,60}",
    ),
    _rule(
        "boilerplate",
        wording("form notice"),
        r"(?:votre adresse (?:e-?mail|de messagerie|électronique)|your e-?mail address).{0,240}",
        r"(?:les champs obligatoires|required fields|enregistrer mon nom|save my name).{0,240}",
        r"您的(?:电子)?(?:邮箱|邮件).{0,100}",
    ),
    _rule(
        "boilerplate",
        wording("newsletter line"),
        r"(?:(?:abonnez|inscrivez)[- ]vous|s[’'](?:abonner|inscrire))\b.{0,160}",
        r"(?:subscribe|sign up)(?:\s+(?:to|for|now|today)\b.{0,160})?\W*",
        r"newsletters?\W*|订阅.{0,30}",
        r"(?:recevez|get|receive) (?:notre|nos|our|the)\b.{0,60}(?:newsletter|inbox).{0,60}",
    ),
    _rule(
        "boilerplate",
        wording("legal line"),
        r"(?:copyright\s*(?:©|\(c\)|\d{4}|by\b)|©|\(c\)).{0,160}",
        somewhere(
            "droits réservés|rights reserved|reproduction interdite",
            r".{0,160}(?:tous droits réservés|all rights reserved|reproduction interdite).{0,100}",
        ),
        somewhere(
            "版权所有|未经授权|转载请注明|免责声明",
            r".{0,100}(?:版权所有|未经授权|转载请注明|免责声明).{0,160}",
        ),
        somewhere("备案", r".{0,20}备案号?\s*[:：].{0,40}"),
        r"do not sell\b.{0,60}",
        r"(?:mentions légales|politique de confidentialité|privacy policy)\b.{0,80}",
        r"(?:conditions (?:générales|d[’']utilisation)|terms of (?:use|service))\b.{0,80}",
    ),
    _rule(
        "boilerplate",
        wording("cookie or redirect notice"),
        somewhere(
            "cookie", r".{0,80}\bcookies?\b.{0,40}(?:accept|consent|utilis|use|polic).{0,140}"
        ),
        r"(?:nous utilisons|ce site utilise|we use|this site uses|本网站使用).{0,40}\bcookies?\b.{0,240}",
        r"(?:gérer|manage|paramétrer)(?: \w+){0,2} cookies\W*",
        r"(?:(?:tout )?(?:accepter|refuser)|(?:accept|reject|decline|allow)(?: all)?)\W*",
        r"continuer sans accepter\W*",
        r"(?:si vous n|if you are not|if you aren).{0,30}redir.{0,120}",
        r"(?:cliquez ici|click here)\W*",
        r"(?:veuillez|please) (?:activer|enable) (?:javascript|les cookies|cookies).{0,80}",
    ),
    _rule(
        "boilerplate",
        wording("reading suggestion"),
        rf"(?:lire|voir|regarder|écouter)(?: aussi| également| plus| la suite| ensuite)"
        rf"(?: d[’']articles?)?{_REST}",
        rf"à (?:lire|voir|découvrir) (?:aussi|également|ensuite){_REST}",
        rf"(?:read|see|watch) (?:more|also|next){_REST}",
        rf"(?:you might|you may) also like{_REST}",
        r"(?:les )?(?:plus lus?|articles les plus lus)\W*|most (?:read|popular|viewed)\W*",
        r"(?:more|plus) (?:on|from|sur) .{1,40}|recommandés? pour vous\W*|trending(?: now)?\W*",
        r"(?:热门|猜你喜欢|大家都在看|精彩)(?:推荐|文章|新闻|阅读)?\W*|阅读原文\W*",
        r"vous (?:aimerez|pourriez) (?:aussi|aimer|également).{0,40}",
        rf"(?:sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)){_REST}",
        rf"related(?: articles?| posts?| stories| topics)?{_REST}|recommended(?: for you)?{_REST}",
        rf"articles? (?:similaires?|liés?|connexes?|associés?|récents?){_REST}",
        rf"(?:相关(?:文章|阅读|推荐|新闻)|推荐阅读|延伸阅读|阅读(?:更多|全文)){_REST}",
    ),
    _rule(
        "boilerplate",
        wording("previous or next"),
        r"(?:(?:article|billet|page)\s+)?(?:précédente?|suivante?)\W*",
        r"(?:previous|next|newer|older)(?:\s+(?:article|post|story|page))?\W*",
        r"\W{0,3}(?:上一篇|下一篇|上一页|下一页).{0,80}",
    ),
    _rule(
        "boilerplate",
        wording("tags"),
        r"(?:tags?|mots[- ]clés?|étiquettes?|keywords|catégories?|categories)\s*(?:[:：].{0,240})?",
        r"(?:filed under|classé dans)\b.{0,240}",
        r"(?:相关标签|标签|关键词|分类)\s*(?:[:：].{0,240})?",
        r"#[\w-]+(?:[\s,]+#[\w-]+)*",
    ),
    _rule(
        "boilerplate",
        wording("contact line"),
        r"(?:contact(?:ez[- ]nous| us)?|e-?mail|courriel|tél(?:éphone)?\.?|phone)"
        r"\s*[:：]?\s*(?:\S+@\S+|[\d\s+().-]{6,})?",
        r"(?:qui sommes[- ]nous|nous contacter|about us|à propos(?: de nous)?|关于我们)\W*",
        r"联系(?:邮箱|我们|方式|电话)\s*[:：]?\s*(?:\S+@\S+|[\d\s+().-]{6,})?",
        r"\S+@\S+\.\w+",
    ),
    _rule(
        "boilerplate",
        wording("site notice"),
        r"(?:publicité|advertisement|sponsored|(?:contenu )?sponsorisé|广告|menu|accueil|home)\W*",
        r"(?:rechercher|search|back to top|haut de page|skip to content|aller au contenu)\W*",
        r"(?:plan du site|site ?map|返回(?:顶部|首页)|下载客户端|écouter l[’']article"
        r"|listen to this article)\W*",
        r"retour (?:en haut|à l[’']accueil)\W*|loading\W*|chargement\W*",
        r"temps de lecture\b.{0,30}|\d+ min(?:utes?)?(?: read| de lecture)?\W*",
        r"(?:article )?réservé (?:aux|à nos) abonnés\W*|(?:subscribers|members) only\W*",
        r"(?:already a subscriber|déjà abonné).{0,40}",
        r"(?:powered by|propulsé par) .{1,60}",
    ),
    _rule(
        "boilerplate",
        wording("byline"),
        rf"(?:(?:écrit|rédigé|publié)\s+)?par\s*[:：]?\s+{_NAMES}{_ROLE}",
        rf"(?:(?:written|posted)\s+)?by\s*[:：]?\s+{_NAMES}{_ROLE}",
        rf"(?:par|by)\s+(?:notre|our|la|le|the|l[’'])\s?[\w’' -]{{3,60}}(?:,\s*{_NAMES})?",
        rf"{_NAMES}\s+(?:is|est)\s[^.]{{0,60}}(?:reporter|journalist|correspondent|writer|editor"
        r"|journaliste|correspondante?|rédact\w+)\b.{0,120}",
        r"[（(]?(?:作者|记者|编辑|文[/／]|责任编辑|责编|译者)\s*[:：\s/／].{1,30}",
        r"(?:本报|本网)?(?:特约)?(?:记者|通讯员)\s+.{1,20}|来源\s*[:：].{1,30}",
    ),
)

# After one of these, a line that is no sentence is the headline of another article.
LEADS_TO_LINKS = frozenset({"previous or next", "reading suggestion"})
# After the article, what follows one of these is not part of it any more.
CLOSES = frozenset({"comment line", "form notice", "legal line"})
# Behind this stands the headline itself: “Next: …”.
HAS_ITS_HEADLINE = re.compile(r"[:：]\s*\S")
