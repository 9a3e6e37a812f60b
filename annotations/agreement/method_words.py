"""What the methods paragraph says, in English and in French. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; `many` is how numbers and nouns go together."""

    place: int
    comma: str
    joined: str
    last: str
    sentences: dict[str, str]
    kinds: dict[str, str]
    nouns: dict[str, tuple[str, str]]


ENGLISH = Wording(
    place=0,
    comma=".",
    joined="; ",
    last=" and ",
    sentences={
        "round": "{documents} in a {kind} round ({overlap}, codebook edition {edition})",
        "rounds": "Documents were coded in rounds: {rounds}.",
        "overlap": "{coders} per document",
        "compared": "Agreement was computed for codebook edition {edition} from each "
        "coder’s first submission ({coders}), made before anyone could see the codings of others: "
        "{compared} with at least two codings, {passages} of body text, and {titles} apart.",
        "left": "Left out were {left} outside the text proper (boilerplate, links, fragments) and "
        "{work} (skipped, expired or given back); what coders did not record as read ({unjudged}) "
        "was treated as missing, not as negative.",
        "alpha": "The unit is the passage; agreement is Krippendorff’s α (Krippendorff 2019), with "
        "{level}% percentile bootstrap intervals over {stories} ({samples} samples, seed {seed}).",
        "overall": "For all themes at once, as sets with the MASI distance (Passonneau 2006), {figure}.",
        "themes": "By theme: {figures}.",
        "stances": "On stance, where two coders gave the theme and each took one stance: {figures}.",
        "retest": "In a retest {coders} coded once more what they had coded ({documents}, median {days} "
        "later); of each beside themselves, for all themes at once, {figure}.",
        "software": "Figures were computed with Workbench {version}.",
        "figure": "{name} α = {value}{interval}",
        "plain": "α = {value}{interval}",
        "interval": " [{low}, {high}]",
        "undefined": "{name} α undefined ({reason})",
    },
    kinds={"training": "training", "pilot": "pilot", "main": "main", "retest": "retest"},
    nouns={
        "document": ("document", "documents"),
        "coder": ("coder", "coders"),
        "passage": ("passage", "passages"),
        "title": ("title", "titles"),
        "story": ("story", "stories"),
        "work": ("assignment", "assignments"),
        "judgement": ("judgement of passages", "judgements of passages"),
        "coding": ("coding", "codings"),
        "day": ("day", "days"),
    },
)
FRENCH = Wording(
    place=1,
    comma=",",
    joined=" ; ",
    last=" et ",
    sentences={
        "round": "{documents} dans un lot {kind} ({overlap}, édition {edition} de la grille)",
        "rounds": "Les documents ont été codés par lots : {rounds}.",
        "overlap": "{coders} par document",
        "compared": "L’accord a été calculé pour l’édition {edition} de la grille de codage à "
        "partir de la première remise de chaque codeur ({coders}), faite avant que quiconque ne "
        "voie les codages des autres : {compared} avec au moins deux codages, {passages} du corps "
        "du texte, et {titles} à part.",
        "left": "Ont été écartés {left} hors du texte proprement dit (mentions répétées, liens, "
        "fragments) et {work} (abandon, expiration ou restitution) ; ce que les codeurs n’ont pas "
        "signalé comme lu ({unjudged}) est traité comme manquant, non comme négatif.",
        "alpha": "L’unité est le passage ; l’accord est l’α de Krippendorff (Krippendorff 2019), "
        "avec des intervalles à {level} % par bootstrap (percentiles) sur {stories} ({samples} "
        "tirages, graine {seed}).",
        "overall": "Pour tous les thèmes à la fois, comme ensembles avec la distance MASI "
        "(Passonneau 2006), {figure}.",
        "themes": "Par thème : {figures}.",
        "stances": "Pour la position, là où deux codeurs ont donné le thème et pris chacun une "
        "seule position : {figures}.",
        "retest": "Lors d’un retest, {coders} ont codé de nouveau ce qu’ils avaient codé ({documents}, délai "
        "médian {days}) ; chacun comparé à lui-même, pour tous les thèmes à la fois, {figure}.",
        "software": "Les chiffres ont été calculés avec Workbench {version}.",
        "figure": "{name} α = {value}{interval}",
        "plain": "α = {value}{interval}",
        "interval": " [{low} ; {high}]",
        "undefined": "{name} α indéfini ({reason})",
    },
    kinds={
        "training": "d’entraînement",
        "pilot": "pilote",
        "main": "principal",
        "retest": "de retest",
    },
    nouns={
        "document": ("document", "documents"),
        "coder": ("codeur", "codeurs"),
        "passage": ("passage", "passages"),
        "title": ("titre", "titres"),
        "story": ("histoire", "histoires"),
        "work": ("travail", "travaux"),
        "judgement": ("jugement de passage", "jugements de passages"),
        "coding": ("codage", "codages"),
        "day": ("jour", "jours"),
    },
)
UNDEFINED = {
    "no-variation": ("all judgements are the same", "tous les jugements sont les mêmes"),
    "no-pairable-units": ("no passage judged by two coders", "aucun passage jugé par deux codeurs"),
    "fewer-than-two-coders": ("fewer than two coders", "moins de deux codeurs"),
    "no-units": ("nothing to judge", "rien à juger"),
}
