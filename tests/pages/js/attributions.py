"""Sentences written for these tests: who speaks in them, as a reader would say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attribution:
    """`coded` is the stretch that someone tags, by default the whole sentence."""

    language: str
    sentence: str
    speaker: str
    before: str = ""
    coded: str = ""


def _of(language: str, *rows: tuple[str, ...]) -> list[Attribution]:
    return [Attribution(language, *row) for row in rows]


ENGLISH = _of(
    "en",
    (
        "“Nobody asked us to stay this late,” said Dara Quill, who runs the night desk.",
        "Dara Quill",
    ),
    (
        "Marta van den Berg told Tidewater Press that the pace was “simply absurd”.",
        "Marta van den Berg",
    ),
    ("According to Dr. Amos Tull, half of the team had left by March.", "Amos Tull"),
    (
        "“We pay what the market asks,” the chief executive, Lena Okafor, said on Monday.",
        "Lena Okafor",
    ),
    (
        "Quill said the offer was an insult.",
        "Dara Quill",
        "The leader of the opposition, Dara Quill, spoke next.",
    ),
    (
        "“It is the price of being first,” he said.",
        "Ruben Ashe",
        "Ruben Ashe has run the lab since it opened.",
    ),
    (
        "She added that the models would stay closed.",
        "Ilse Marrow",
        "Ilse Marrow, its head of safety, refused to name the evaluators.",
    ),
    ("In Port Sorrel, the mayor, Henrik Vance, argued that pay was fair.", "Henrik Vance"),
    (
        "“Two summers of trenches are nothing,” smiles Odile Brandt, a baker on Tanner Street.",
        "Odile Brandt",
    ),
    ("The union leader Pat O’Hara warned that more people would burn out.", "Pat O’Hara"),
    ("Kestrel Labs says that overtime is voluntary.", "Kestrel Labs"),
    (
        "“I have not seen my daughter since Tuesday,” an engineer, Youssef bin Rashid, wrote.",
        "Youssef bin Rashid",
    ),
    (
        "Professor Jean-Luc Moreau of the University of Eastmoor believes the gap will grow.",
        "Jean-Luc Moreau",
    ),
    ("The plan, Nadia Kovač insists, was never about money.", "Nadia Kovač"),
    ("“Anna is exhausted and Peter has quit,” said Mira Solano.", "Mira Solano"),
    ("Mr. Abara conceded that the results had been withheld.", "Abara"),
    (
        "Sources close to Kestrel Labs say the results were poor, but Tom Reyes denies it.",
        "Tom Reyes",
        "",
        "but Tom Reyes denies it",
    ),
    (
        "Asked about the salaries, Vance replied that “nobody here is hungry”.",
        "Henrik Vance",
        "The mayor, Henrik Vance, took questions for an hour.",
    ),
    (
        "“They cannot match it,” says Elif Demir. “Nor should they,” says Karl Weiss.",
        "Karl Weiss",
        "",
        "Nor should they",
    ),
    ("The OECD warned in April that universities were being emptied.", "OECD"),
)
FRENCH = _of(
    "fr",
    ("« Personne ne nous oblige à rester », dit Claire Vasseur, ingénieure.", "Claire Vasseur"),
    ("Selon Étienne de La Barre, le rythme est devenu intenable.", "Étienne de La Barre"),
    ("Mme Ferrand estime que les salaires sont justifiés.", "Ferrand"),
    (
        "« C’est le prix à payer », explique-t-elle.",
        "Léa Morvan",
        "Léa Morvan dirige l’équipe depuis deux ans.",
    ),
    ("Pour M. Diallo, l’université n’a plus les moyens de retenir ses chercheurs.", "Diallo"),
    ("« On ne compte plus les départs », regrette Sofia Ben Amar à Grenoble.", "Sofia Ben Amar"),
    (
        "Le directeur du laboratoire, Paul Lindqvist, a déclaré que rien ne serait publié.",
        "Paul Lindqvist",
    ),
    ("L’Inria assure que ses équipes restent attractives.", "Inria"),
    ("D’après le syndicaliste Yann Le Goff, les nuits s’enchaînent.", "Yann Le Goff"),
    (
        "« J’ai dormi au bureau », a-t-il confié.",
        "Hugo Tessier",
        "Hugo Tessier a quitté la société en mars.",
    ),
    ("Mardi, à Lyon, la chercheuse Inès Caradec a dénoncé un système opaque.", "Inès Caradec"),
    (
        "Morvan ajoute que « personne n’a été forcé ».",
        "Léa Morvan",
        "Léa Morvan dirige l’équipe depuis deux ans.",
    ),
    ("« Marc est parti, Julie aussi », raconte Bastien Roux.", "Bastien Roux"),
    (
        "La sociologue Anne-Marie d’Hérouville juge ces horaires inacceptables.",
        "Anne-Marie d’Hérouville",
    ),
)
CHINESE = _of(
    "zh",
    ("“没有人强迫我们加班。”工程师李明说。", "李明"),
    ("王晓燕表示，薪酬水平是合理的。", "王晓燕"),
    ("首席执行官马库斯·温特指出，模型不会公开。", "马库斯·温特"),
    ("他说，大家都已经习惯了。", "陈立群", "陈立群是实验室的负责人。"),
    ("据张教授介绍，一半的学生去了企业。", "张"),
    ("欧阳建国对记者表示，这样的节奏难以持续。", "欧阳建国"),
    ("蓝湾实验室称，加班完全自愿。", "蓝湾实验室"),
    ("研究员刘洋告诉本报，她已经三周没有回家。", "刘洋"),
    ("“我们付不起这样的工资。”东海大学教授周敏坦言。", "周敏"),
    ("Kestrel首席科学家Nora Feld认为，竞争是必要的。", "Nora Feld"),
)
HARDER = [
    *_of(
        "en",
        (
            "“We never promised silence,” Okafor, who founded Kestrel Labs in 2019, told reporters.",
            "Lena Okafor",
            "Lena Okafor arrived late.",
        ),
        (
            "The company’s pay is obscene, says Ingrid de Vries in her new book, Night Shift.",
            "Ingrid de Vries",
        ),
        (
            "A spokesperson for Kestrel Labs, Bo Lindgren, would not comment but later wrote that pay is fair.",
            "Bo Lindgren",
        ),
        (
            "They called the policy a gag order.",
            "Mira Solano",
            "Mira Solano and her colleagues left in June.",
        ),
        ("Unlike Peter Rask, Judith Amsel thinks the hours are a choice.", "Judith Amsel"),
        (
            "“You cannot publish what you are not allowed to see,” explains Prof. Wanjiru Kamau of Eastmoor.",
            "Wanjiru Kamau",
        ),
        ("It was, in the words of Sir Alan Teague, “a quiet catastrophe”.", "Alan Teague"),
        ("On Friday, J. R. Haldane posted that the lab had deleted his work.", "J. R. Haldane"),
        (
            "Kestrel has hired forty people from Eastmoor, which Provost Helen Strand calls unfair.",
            "Helen Strand",
        ),
        (
            "“I would do it again.” Quill laughs.",
            "Dara Quill",
            "The leader of the opposition, Dara Quill, spoke next.",
            "I would do it again.",
        ),
    ),
    *_of(
        "fr",
        ("« Je ne voyais plus mes enfants », se souvient Karim, développeur.", "Karim"),
        ("Aux yeux de Jeanne Aubry, la compétition reste saine.", "Jeanne Aubry"),
        (
            "« Les machines coûtent trop cher pour nous », déplore le président de l’université, Michel Savary.",
            "Michel Savary",
        ),
        ("La CGT dénonce des journées de quatorze heures.", "CGT"),
        (
            "Elle juge la décision « honteuse ».",
            "Nora Haddad",
            "Interrogée, Nora Haddad a refusé de commenter le départ de Marc Leroy.",
        ),
        (
            "Interrogé par Le Courrier du Port, Loïc Bernier a répondu que « tout était légal ».",
            "Loïc Bernier",
        ),
        ("« Ici, on ne parle pas », glisse une ancienne salariée, Manon Petit.", "Manon Petit"),
    ),
    *_of(
        "zh",
        ("“这不是钱的问题，”赵磊笑着说，“是尊严的问题。”", "赵磊"),
        ("在接受采访时，东海大学副校长孙丽华也承认，实验室留不住人。", "孙丽华"),
        ("她补充道：“我们没有选择。”", "何静", "何静在这家公司工作了六年。"),
        ("公司发言人在声明中称，数据不便公开。", "公司发言人"),
        ("前员工艾米·索恩向本报透露，团队每天工作十四个小时。", "艾米·索恩"),
    ),
]
"""Written after the rules had been, to see how they do on what they were not made for."""
ATTRIBUTIONS = [*ENGLISH, *FRENCH, *CHINESE]
