"""Characters that only look right are named with the right one; honest text is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.source.characters import plain_characters, strange_characters


def _said(text: str) -> list[str]:
    return [f"{found.code} {found.message}" for found in strange_characters(text)]


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("信⽤", "X605 '⽤' (U+2F64) only looks like '用'; write '用'"),
        ("汽⻋", "X605 '⻋' (U+2ECB) only looks like '车'; write '车'"),
        ("⺠法", "X605 '⺠' (U+2EA0) only looks like '民'; write '民'"),
        ("⺀", "X605 '⺀' (U+2E80) is part of a character; write the whole character"),
        ("\uf9b4", "X605 '\uf9b4' (U+F9B4) only looks like '領'; write '領'"),
        ("\U0002f81a", "X605 '\U0002f81a' (U+2F81A) only looks like '冬'; write '冬'"),
        (
            "２０１４年",
            "X605 '２０１４' (U+FF12 U+FF10 U+FF11 U+FF14) only looks like '2014'; write '2014'",
        ),
        ("Ｐ2P", "X605 'Ｐ' (U+FF30) only looks like 'P'; write 'P'"),
        ("ｶﾀ", "X605 'ｶﾀ' (U+FF76 U+FF80) only looks like 'カタ'; write 'カタ'"),
        ("ﬁnance", "X605 'ﬁ' (U+FB01) only looks like 'fi'; write 'fi'"),
        ("𝐀", "X605 '𝐀' (U+1D400) only looks like 'A'; write 'A'"),
        ("︵试行", "X605 '︵' (U+FE35) only looks like '（'; write '（'"),
        ("300\u212a", "X605 '\u212a' (U+212A) only looks like 'K'; write 'K'"),
        ("shi\u0304", "X605 'i\u0304' (U+0069 U+0304) only looks like 'ī'; write 'ī'"),
        ("\u0410PI", "X605 '\u0410PI' (U+0410 U+0050 U+0049) only looks like 'API'; write 'API'"),
        (
            "信\ufffd",
            "X606 U+FFFD stands where a character was lost; write the one that the source has",
        ),
        (
            "\ue863",
            "X606 U+E863 means something in one font only; write the character that is meant",
        ),
        ("itâ€™s", "X607 'â€™' is '’' read in a wrong encoding; write '’'"),
        ("cafÃ©", "X607 'Ã©' is 'é' read in a wrong encoding; write 'é'"),
        ("ä¿¡ç”¨", "X607 'ä¿¡ç”¨' is '信用' read in a wrong encoding; write '信用'"),
        (
            "淇＄敤浣撶郴",
            "X607 '淇＄敤浣撶郴' is '信用体系' read in a wrong encoding; write '信用体系'",
        ),
        (
            "锟斤拷",
            "X607 '锟斤拷' stands where characters were lost; write those that the source has",
        ),
    ],
)
def test_each_is_named_with_what_is_meant(text: str, output: str) -> None:
    assert _said(text) == [output]


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2014〕21号《社会信用体系建设规划纲要（2014—2020年）》，关于印发……的通知：“信用”、‘失信’；①②",
        "Zhīma Xìnyòng; lǜshī; ế; L’été à Orléans – “CAFÉ”, “café…”, São Paulo, NÃO",
        "ÎLE, Århus, Łódź, Đà Nẵng, »Ä«, ½ km², 25 °C, № 5, Ⅳ, ㎡, €, £, ￥, ×, ±, µm, Σ",
        "Газета «Правда», СССР; Ελλάδα; かな、カナ; 한국; 𠮷野家; 㐂",
        "失失失失 联通 怡婷 滢潆骅泸 屯屯屯 艾芜 囍",
        "plain ASCII, with 'quotes' & signs",
    ],
)
def test_honest_text_has_none(text: str) -> None:
    assert _said(text) == []
    assert plain_characters(text) == text


def test_what_is_plain_is_found_as_what_is_meant() -> None:
    assert (
        plain_characters("社会信⽤体系 ⻋ ﬁn Аlipay zhe\u0304ng")
        == "社会信用体系 车 fin Alipay zhēng"
    )


@given(st.text(max_size=40))
def test_what_was_corrected_has_nothing_that_only_looks_right(text: str) -> None:
    corrected = plain_characters(text)

    assert plain_characters(corrected) == corrected
    assert not [
        found for found in strange_characters(corrected) if "only looks like" in found.message
    ]
