"""The formulas behind the figures, in MathML, each with its source. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """`key` names it; `mathml` is what stands inside of a `math` element."""

    key: str
    mathml: str
    source: str


def _i(name: str) -> str:
    return f"<mi>{name}</mi>"


def _n(number: str) -> str:
    return f"<mn>{number}</mn>"


def _o(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _over(above: str, below: str) -> str:
    return f"<mfrac>{_row(above)}{_row(below)}</mfrac>"


def _sub(base: str, *below: str) -> str:
    return f"<msub>{base}{_row(*below)}</msub>"


def _sum(*under: str) -> str:
    return f"<munder>{_o('∑')}{_row(*under)}</munder>"


def _squared(base: str, *below: str) -> str:
    return f"<msubsup>{base}{_row(*below)}{_n('2')}</msubsup>"


O_CK, N_C, N_K = (_sub(_i(a), *map(_i, b)) for a, b in (("o", "ck"), ("n", "c"), ("n", "k")))
DELTA = _squared(_i("δ"), _i("c"), _i("k"))
D_O, D_E = _sub(_i("D"), _i("o")), _sub(_i("D"), _i("e"))
CK = (_i("c"), _o("≠"), _i("k"))
N_LESS_ONE = _row(_i("n"), _o("("), _i("n"), _o("−"), _n("1"), _o(")"))
M_LESS_ONE = _row(_sub(_i("m"), _i("u")), _o("−"), _n("1"))
COMMON = _row(_i("A"), _o("∩"), _i("B"))
UNION = _row(_i("A"), _o("∪"), _i("B"))


def _length(of: str) -> str:
    return _row(_o("|"), of, _o("|"))


KRIPPENDORFF = "Krippendorff (2019), Content Analysis, 4th ed., chapter 12"
UNITIZING = "Krippendorff, Mathet, Bouvry & Widlöcher (2016), equations 32, 33 and 35"
FORMULAS = (
    Formula(
        "coincidences",
        _row(
            O_CK,
            _o("="),
            _sum(_i("u")),
            _over(_row(_sub(_i("pairs"), _i("c"), _i("k")), _o("("), _i("u"), _o(")")), M_LESS_ONE),
        ),
        "Krippendorff (2011), Computing Krippendorff’s alpha-reliability, step C",
    ),
    Formula("alpha", _row(_i("α"), _o("="), _n("1"), _o("−"), _over(D_O, D_E)), KRIPPENDORFF),
    Formula(
        "disagreement",
        _row(
            D_O,
            _o("="),
            _over(_n("1"), _i("n")),
            _sum(*CK),
            O_CK,
            DELTA,
            _o(","),
            D_E,
            _o("="),
            _over(_n("1"), N_LESS_ONE),
            _sum(*CK),
            N_C,
            N_K,
            DELTA,
        ),
        KRIPPENDORFF,
    ),
    Formula(
        "ordinal",
        _row(
            DELTA,
            _o("="),
            "<msup>",
            _row(
                _o("("),
                f"<munderover>{_o('∑')}{_row(_i('g'), _o('='), _i('c'))}{_i('k')}</munderover>",
                _sub(_i("n"), _i("g")),
                _o("−"),
                _over(_row(N_C, _o("+"), N_K), _n("2")),
                _o(")"),
            ),
            _n("2"),
            "</msup>",
        ),
        KRIPPENDORFF,
    ),
    Formula(
        "masi",
        _row(
            _i("δ"),
            _o("="),
            _n("1"),
            _o("−"),
            _over(_length(COMMON), _length(UNION)),
            _o("·"),
            _i("M"),
            _o(","),
            _i("M"),
            _o("∈"),
            _o("{"),
            _n("1"),
            _o(","),
            _n("⅔"),
            _o(","),
            _n("⅓"),
            _o(","),
            _n("0"),
            _o("}"),
        ),
        "Passonneau (2006), Measuring agreement on set-valued items",
    ),
    Formula(
        "percent",
        _row(_over(_row(_sum(_i("c")), _sub(_i("o"), _i("c"), _i("c"))), _i("n"))),
        KRIPPENDORFF,
    ),
    Formula(
        "positive",
        _over(_sub(_i("o"), _i("c"), _i("c")), N_C),
        "Cicchetti & Feinstein (1990); Uebersax (1982)",
    ),
    Formula("prevalence", _over(N_C, _i("n")), KRIPPENDORFF),
    Formula(
        "share",
        _over(
            _sub(_i("D"), _i("o"), _o(","), _i("t")),
            _row(_sum(_i("s")), _sub(_i("D"), _i("o"), _o(","), _i("s"))),
        ),
        KRIPPENDORFF,
    ),
    Formula(
        "confusion",
        _row(
            _o("("),
            _i("A"),
            _o("∖"),
            _i("B"),
            _o(")"),
            _o("×"),
            _o("("),
            _i("B"),
            _o("∖"),
            _i("A"),
            _o(")"),
        ),
        "Heydarian, Doyle & Samavi (2022), MLCM: Multi-Label Confusion Matrix, IEEE Access 10",
    ),
    Formula(
        "unitizing",
        _row(
            _sub(_o("|"), _i("u")),
            _i("α"),
            _o("="),
            _n("1"),
            _o("−"),
            _over(D_O, D_E),
            _o(","),
            _sub(_i("ℓ"), _i("c"), _i("k")),
            _o("="),
            _sum(_i("i"), _o("≠"), _i("j")),
            _over(
                _length(
                    _row(_sub(_i("S"), _i("i"), _i("c")), _o("∩"), _sub(_i("S"), _i("j"), _i("k")))
                ),
                _row(_i("m"), _o("−"), _n("1")),
            ),
        ),
        UNITIZING,
    ),
    Formula(
        "f1",
        _row(
            _sub(_i("F"), _n("1")),
            _o("="),
            _over(
                _row(_n("2"), _o("·"), _length(COMMON)),
                _row(_length(_i("A")), _o("+"), _length(_i("B"))),
            ),
        ),
        "van Rijsbergen (1979), Information Retrieval, chapter 7",
    ),
    Formula(
        "interval",
        _row(_o("["), _sub(_i("q"), _n("0.025")), _o(","), _sub(_i("q"), _n("0.975")), _o("]")),
        "Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13",
    ),
)
