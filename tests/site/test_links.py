"""The link check names what is wrong and where, in whole sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinyong.site import links
from xinyong.site.documents import Built, Document

BASE = "https://example.net/base/"


def _said(tmp_path: Path, **pages: str) -> list[str]:
    for name, body in pages.items():
        path = tmp_path / (
            name.replace("__", "/") + ".html" if name == "index" else f"{name}/index.html"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html>{body}", encoding="utf-8")
    return [
        f"{p.file.removeprefix(str(tmp_path) + '/')}: {p.code} {p.message}"
        for p in links.check(tmp_path, BASE)
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            '<a href="citeis/">x</a>',
            "index.html: X801 'citeis/' leads to no page; did you mean 'cities/'?",
        ),
        (
            '<a href="cities/#bot">x</a>',
            "index.html: X802 'cities/#bot' leads to no anchor of that page; did you mean 'bottom'?",
        ),
        (
            '<a href="#%E5%A4%B1">x</a>',
            "index.html: X802 '#%E5%A4%B1' leads to no anchor of that page; correct the link",
        ),
        (
            '<img src="a.png">',
            "index.html: X803 <img> loads 'a.png', which is not there; add the file, or take this out",
        ),
        (
            '<img srcset="a.png 1x, b.png 2x">',
            "index.html: X803 <img> loads 'b.png', which is not there; add the file, or take this out",
        ),
        (
            '<link rel="stylesheet" href="/base/a.css">',
            "index.html: X803 <link> loads '/base/a.css', which is not there; add the file, or take this out",
        ),
        (
            '<p id="a"></p><p id="a"></p>',
            "index.html: X804 the id 'a' stands 2 times on the page; give each element its own",
        ),
        (
            '<a href="/base/cities">x</a>',
            "index.html: X805 '/base/cities' lacks its final slash; write '/base/cities/'",
        ),
        (
            '<a href="../x/">x</a>',
            f"index.html: X806 '../x/' lies outside the site's address {BASE}; link to a page inside it",
        ),
        (
            '<a href="/x/">x</a>',
            f"index.html: X806 '/x/' lies outside the site's address {BASE}; link to a page inside it",
        ),
        (
            '<script src="//cdn.example.com/a.js"></script>',
            "index.html: X808 <script> loads '//cdn.example.com/a.js' from another host; keep a copy in docs/assets",
        ),
        (
            '<a href=" ">x</a>',
            "index.html: X809 a <a> has an empty href; give it an address, or take it out",
        ),
    ],
)
def test_a_fault_is_named(body: str, message: str, tmp_path: Path) -> None:
    found = _said(
        tmp_path, index=body + '<a href="cities/">Places</a>', cities='<p id="bottom"></p>'
    )

    assert message in found
    assert all(line.startswith("index.html") for line in found)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="./">x</a>',
        '<a href="/base/">x</a>',
        '<a href="https://example.net/base/cities/#bottom">x</a>',
        '<a href="https://example.com/anything">x</a>',
        '<a href="mailto:a@example.com">x</a>',
        '<p id="失信"></p><a href="#%E5%A4%B1%E4%BF%A1">x</a>',
        '<img src="data:image/png;base64,AA==">',
        '<a name="old"></a><a href="#old">x</a>',
        '<a href="cities/index.html">x</a>',
    ],
)
def test_a_sound_link_is_left_in_peace(body: str, tmp_path: Path) -> None:
    assert (
        _said(tmp_path, index=body + '<a href="cities/">Places</a>', cities='<p id="bottom"></p>')
        == []
    )


GOVERNED = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self' 'sha256-{}'\">"
ALLOWED = GOVERNED.format("bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=")
"""Allows the script ``alert(1)``, by its hash as ``openssl dgst -sha256 -binary | base64`` gives
it."""
REFUSED = "index.html: X830 the page's content security policy refuses "


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<script>alert(2)</script>", "the code in a <script>; keep it in a file of docs/assets"),
        (
            "<svg><style>p { color: red }</style></svg>",
            "the rules in a <style>; move them to docs/assets/xinyong.css",
        ),
        (
            '<svg><path style="fill: red"/></svg>',
            "the attribute 'style'; give the element a class, with a rule in docs/assets/xinyong.css",
        ),
        (
            '<p onclick="a()">',
            "the attribute 'onclick'; listen for the event in a file of docs/assets",
        ),
        (
            '<a href=" JavaScript:a()">x</a>',
            "the script in the attribute 'href'; keep it in a file of docs/assets",
        ),
    ],
)
def test_what_the_policy_of_a_page_refuses_is_named(
    body: str, message: str, tmp_path: Path
) -> None:
    assert _said(tmp_path, index=ALLOWED + body) == [REFUSED + message]


def test_what_the_policy_of_a_page_allows_is_left_in_peace(tmp_path: Path) -> None:
    body = (
        '<script>alert(1)</script><script src="a.js"></script><script type="application/ld+json">{"a": 1}</script>'
        '<p class="style" title="javascript: on click">onclick="a()"</p>'
    )
    (tmp_path / "a.js").touch()

    assert _said(tmp_path, index=ALLOWED + body) == []


@pytest.mark.parametrize(
    "start", ["", f"<script src='../a.js'></script>{ALLOWED}", f"<body>{ALLOWED}"]
)
def test_a_page_whose_policy_is_missing_or_comes_too_late_is_named(
    start: str, tmp_path: Path
) -> None:
    (tmp_path / "a.js").touch()

    assert _said(tmp_path, index=ALLOWED + '<a href="late/">x</a>', late=f"{start}<p>x</p>") == [
        "late/index.html: X831 the page has no content security policy; write it as docs/overrides/main.html does"
    ]


def test_a_page_that_nothing_links_to_is_named_but_a_redirect_is_not(tmp_path: Path) -> None:
    found = _said(
        tmp_path,
        index="<p>x</p>",
        lost="<p>y</p>",
        old='<meta http-equiv="refresh" content="0; url=../">',
    )

    assert found == ["lost/index.html: X807 no page links to this one; link to it, or delete it"]


def test_a_link_is_judged_from_the_page_that_it_stands_in(tmp_path: Path) -> None:
    """The same link is right from one depth and wrong from another, whichever page is read first."""
    home = '<a href="a/">A</a><a href="a/b/">B</a><a href="c/">C</a>'
    said = _said(
        tmp_path,
        index=home,
        **{
            "a": '<a href="../c/">C</a><a href="../../c/">outside</a><a href="c/">none</a>',
            "a/b": '<a href="../c/">none</a><a href="../../c/">C</a>',
            "c": '<a href="../c/">itself</a>',
        },
    )
    assert said == [
        "a/b/index.html: X801 '../c/' leads to no page; did you mean 'a/b/'?",
        f"a/index.html: X806 '../../c/' lies outside the site's address {BASE}; link to a page inside it",
        "a/index.html: X801 'c/' leads to no page; did you mean 'a/b/'?",
    ]


def test_a_page_that_only_links_to_itself_is_an_orphan(tmp_path: Path) -> None:
    """It makes no difference that the page's own link is read before, or after, those of others."""
    other = {"b": '<a href="../b/">itself</a>', "c": '<a href="../c/">itself</a>'}
    said = _said(tmp_path, index='<a href="a/">A</a>', a='<a href="../c/">C</a>', **other)
    assert said == ["b/index.html: X807 no page links to this one; link to it, or delete it"]

    said = _said(tmp_path, d='<a href="../b/">B</a><a href="../d/">itself</a>')
    assert said == ["d/index.html: X807 no page links to this one; link to it, or delete it"]


def test_a_page_that_links_to_a_place_of_its_own_from_the_root_is_an_orphan(tmp_path: Path) -> None:
    """Also where it does so in two ways, each of which would be enough on another page."""
    ways = (
        '<p id="x"></p><a href="../b/">itself</a><a href="../b/#x">x</a><a href="../b/">again</a>'
    )
    said = _said(tmp_path, index='<a href="a/">A</a>', a="<p>x</p>", b=ways)
    assert said == ["b/index.html: X807 no page links to this one; link to it, or delete it"]


def test_a_broken_link_is_named_on_every_page_that_has_it(tmp_path: Path) -> None:
    same = '<a href="../a/#lost">x</a><a href="../a/">A</a><a href="../b/">B</a>'
    said = _said(tmp_path, index='<a href="a/">A</a>', a=same, b=same)
    assert said == [
        f"{page}/index.html: X802 '../a/#lost' leads to no anchor of that page; correct the link"
        for page in ("a", "b")
    ]


def test_a_link_with_a_question_or_in_chinese_is_followed(tmp_path: Path) -> None:
    sound = '<a href="../a/?q=1#%E5%A4%B1">x</a><a href="../%E5%A4%B1/">y</a><p id="失"></p>'
    broken = '<a href="../%E4%BF%A1/">x</a><a href="../b/?q=1#no">y</a>'
    home = '<a href="a/">A</a><a href="b/">B</a><a href="失/">C</a>'
    said = _said(tmp_path, index=home, a=sound, b=broken, 失="<p>x</p>")
    assert said == [
        "b/index.html: X801 '../%E4%BF%A1/' leads to no page; correct the link",
        "b/index.html: X802 '../b/?q=1#no' leads to no anchor of that page; correct the link",
    ]


_PLACES = ("", "a/", "b/")
_Said = tuple[set[str], set[tuple[str, str]], bool, bool]
"""The ids of a page, where it leads, as place and anchor, whether it leads on by itself, and
whether it has a policy.
"""

_SAID = st.tuples(
    st.sets(st.just("x")),
    st.sets(st.tuples(st.sampled_from(_PLACES), st.sampled_from(("", "x"))), max_size=2),
    st.booleans(),
    st.booleans(),
)


def _page(place: str, said: _Said) -> Document:
    ids, leads, redirect, has_policy = said
    above = "../" if place else "./"
    links = [("a", "href", f"{above}{to}{at and '#'}{at}") for to, at in sorted(leads)]
    refused: list[str] | None = [] if has_policy else None
    return Document(Counter(ids), links=links, redirect=redirect, refused=refused)


def _made_sound(pages: Mapping[str, _Said]) -> Mapping[str, _Said]:
    """Return pages that lead nowhere but to each other, with links to all that do not lead on."""
    there = {(place, at) for place, (ids, *_) in pages.items() for at in ("", *ids)}
    ids, leads, on, policy = pages[""]
    needed = {(place, "") for place, (_, _, leads_on, _) in pages.items() if not leads_on}
    home = ids, (leads & there) | needed, on, policy
    return {p: (ids, leads & there, on, policy) for p, (ids, leads, on, _) in pages.items()} | {
        "": home
    }


def _site(pages: Mapping[str, Document]) -> Built:
    named = {f"{place}index.html": page for place, page in pages.items()}
    return Built(frozenset(named), named)


def _told(built: Built, last: Built | None = None) -> set[str]:
    return {f"{p.file} {p}" for p in links.check(Path("site"), BASE, built=built, last=last)}


def _edited(was: _Said, said: _Said, part: int) -> _Said:
    """Return what is said of a page with one part of it said anew."""
    ids, leads, redirect, policy = (
        new if at == part else old for at, (old, new) in enumerate(zip(was, said, strict=True))
    )
    return ids, leads, redirect, policy


@settings(max_examples=500)
@given(
    st.fixed_dictionaries({"": _SAID}, optional=dict.fromkeys(_PLACES[1:], _SAID)),
    st.dictionaries(st.sampled_from(_PLACES), st.none() | _SAID, min_size=1, max_size=2),
    st.integers(0, 3),
)
def test_what_changed_since_a_sound_site_is_all_that_has_to_be_checked(
    old: dict[str, _Said], edits: dict[str, _Said | None], part: int
) -> None:
    sound = _made_sound(old)
    before = {place: _page(place, said) for place, said in sound.items()}
    made = {
        place: _page(place, _edited(sound.get(place, said), said, part))
        for place, said in edits.items()
        if said
    }
    gone = edits.keys() - made.keys() - {""}
    after = {place: page for place, page in (before | made).items() if place not in gone}

    assert _told(_site(before)) == set()
    assert _told(_site(after), _site(before)) == _told(_site(after))
