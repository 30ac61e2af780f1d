"""References: read back by the parsers of others with the same fields, whatever stands in them."""

from __future__ import annotations

import json
import re
import shutil
import string
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from exports.conftest import Exported
from support import PROJECT, Lay, run
from xinyong.corpus import Corpus, load
from xinyong.edition import Edition
from xinyong.pages.indexes import citations, paging
from xinyong.pages.kinds import RENDER
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.records import Citation
from xinyong.records.citations import Author
from xinyong.references import bibtex, citation, csl, ris
from xinyong.references import tags as heads
from xinyong.references.work import Work, page, whole, work, works
from xinyong.source import edtf

ODD = "aé中（ \\{}%&#$_^~@\"'<>,;=|-\n"
TITLES = st.text(st.sampled_from(ODD + string.ascii_letters), min_size=1).filter(str.strip)
CSL_TYPES = {
    "article", "article-journal", "article-newspaper", "book", "chapter", "dataset", "document", "motion_picture",
    "report", "thesis", "webpage",
}  # fmt: skip
CSL_TEXTS = {
    "id", "type", "title", "original-title", "title-short", "container-title", "collection-title", "publisher",
    "publisher-place", "genre", "volume", "issue", "page", "number", "language", "DOI", "ISBN", "URL", "note",
}  # fmt: skip
COMMANDS = {
    r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", "-{}": "-",
}  # fmt: skip


def _read(message: str) -> str:
    """Read escaped LaTeX as LaTeX does."""
    return re.sub("|".join(map(re.escape, COMMANDS)), lambda found: COMMANDS[found[0]], message)


def _made(title: str, **more: object) -> Work:
    fields: dict[str, object] = {
        "type": "news",
        "language": "en",
        "title": title,
        "authors": [],
        **more,
    }
    record = Citation.model_construct(None, **fields)
    return Work("a-2019", record, tuple(record.authors))


def test_every_source_is_read_back_from_bibtex_with_the_same_fields(exported: Exported) -> None:
    library = bibtexparser.parse_string((exported.data / "xinyong.bib").read_text(encoding="utf-8"))

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [
        entry.id for entry in exported.corpus.of_kind("citations")
    ]
    for source in works(exported.corpus):
        found = {field.key: field.value for field in library.entries_dict[source.key].fields}
        assert found == {key: value for key, value in bibtex.fields(source) if value}
        assert _read(found["title"]) == source.title


def test_every_source_is_read_back_from_ris_with_the_same_fields(exported: Exported) -> None:
    read = rispy.loads((exported.data / "xinyong.ris").read_text(encoding="utf-8"))

    assert [item["id"] for item in read] == [
        entry.id for entry in exported.corpus.of_kind("citations")
    ]
    for item, source in zip(read, works(exported.corpus), strict=True):
        assert item["title"] == source.title
        assert item.get("translated_title", "") == source.translated_title
        # A comma is for family and given names only: readers would cut the name of a body there.
        assert item.get("authors", []) == [
            " ".join((ris.name(one) if one.family else ris.name(one).replace(",", ";")).split())
            for one in source.authors
        ]
        assert item["language"] == source.record.language
        assert item.get("urls", []) == (
            [ris.address(source.record.url)] if source.record.url else []
        )


def test_every_source_is_an_item_of_csl_json(exported: Exported) -> None:
    items = json.loads((exported.data / "xinyong.csl.json").read_text(encoding="utf-8"))

    assert [item["id"] for item in items] == [
        entry.id for entry in exported.corpus.of_kind("citations")
    ]
    for item in items:
        _is_csl(item)


def _is_csl(item: dict[str, object]) -> None:
    """Hold an item against what the schema of CSL-JSON 1.0.2 says of the fields that we use."""
    assert item["type"] in CSL_TYPES
    assert set(item) <= CSL_TEXTS | {
        "author",
        "editor",
        "translator",
        "issued",
        "accessed",
        "custom",
    }
    assert all(isinstance(item[key], str) for key in CSL_TEXTS & set(item))
    for role in {"author", "editor", "translator"} & set(item):
        for name in item[role]:  # type: ignore[attr-defined]
            assert set(name) in ({"literal"}, {"family"}, {"family", "given"})
    for role in {"issued", "accessed"} & set(item):
        date = item[role]
        assert isinstance(date, dict)
        assert set(date) <= {"date-parts", "circa", "literal"}
        for parts in date.get("date-parts", []):
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)


def test_the_three_titles_of_a_chinese_work_are_kept_apart(small: Corpus) -> None:
    law = work(small, "spc-2013")

    assert (law.title, law.translated_title) == (
        "关于公布失信被执行人名单信息的若干规定",
        "Provisions on the list of judgment defaulters",
    )
    fields = dict(bibtex.fields(law))
    assert (fields["title"], fields["titleaddon"], fields["usera"]) == (
        law.title,
        law.translated_title,
        law.pinyin,
    )
    tags = list(ris.tags(law))
    assert ("TI", law.title) in tags
    assert ("TT", law.translated_title) in tags
    item = csl.item(law)
    assert (item["title"], item["custom"]["title-english"]) == (law.title, law.translated_title)


def test_a_law_keeps_its_number_and_the_body_that_issued_it(small: Corpus) -> None:
    law = work(small, "spc-2013")

    assert dict(bibtex.fields(law))["author"] == "{Supreme People's Court}"
    assert dict(bibtex.fields(law))["number"] == "法释〔2013〕17号"
    assert ("AU", "Supreme People's Court") in list(ris.tags(law))
    assert ("SN", "法释〔2013〕17号") in list(ris.tags(law))
    item = csl.item(law)
    assert (item["type"], item["author"], item["number"]) == (
        "report",
        [{"literal": "Supreme People's Court"}],
        "法释〔2013〕17号",
    )


def test_a_translation_names_what_it_translates(lay: Lay) -> None:
    text = (
        "type: translation\ntitle: Rules\nlanguage: en\nread: full\nreliability: primary-law\ntranslates: spc-2013\n"
        "translators: [{family: Daum, given: Jeremy}]\n"
    )
    corpus, _ = load(lay({"corpus/citations/rules-en.yml": text}))
    made = work(corpus, "rules-en")

    assert dict(bibtex.fields(made))["origtitle"] == "关于公布失信被执行人名单信息的若干规定"
    assert csl.item(made)["original-title"] == "关于公布失信被执行人名单信息的若干规定"
    assert ("A4", "Daum, Jeremy") in list(ris.tags(made))


@given(TITLES, TITLES, TITLES)
def test_no_text_breaks_a_bibtex_entry(title: str, body: str, url: str) -> None:
    made = _made(
        title,
        authors=[Author.model_construct(family=None, given=None, name=body)],
        url="https://x.org/" + url,
    )

    library = bibtexparser.parse_string(bibtex.entry(made))

    assert library.failed_blocks == []
    found = {field.key: field.value for field in library.entries[0].fields}
    assert _read(found["title"]) == " ".join(title.split())
    assert _read(found["author"]) == "{" + " ".join(body.split()) + "}"
    assert not set(found["url"]) & set("{}\\")


@given(TITLES, TITLES)
def test_no_text_breaks_a_ris_reference(title: str, container: str) -> None:
    read = rispy.loads(ris.reference(_made(title, container=container)))

    assert len(read) == 1
    assert read[0]["title"] == " ".join(title.split())
    assert read[0]["secondary_title"] == " ".join(container.split())


@given(TITLES, TITLES)
def test_no_text_breaks_out_of_the_tags_of_a_page(title: str, container: str) -> None:
    made = _made(title, container=container)
    tree = html.fromstring(
        f"<html><head>{heads.highwire(made)}</head><body>{heads.span(made)}</body></html>"
    )

    assert tree.xpath("//meta[@name='citation_title']/@content") == [" ".join(title.split())]
    keys = parse_qs(tree.xpath("//span[@class='Z3988']/@title")[0])
    assert keys["rft.atitle"] == [" ".join(title.split())]
    assert len(tree.xpath("//body/*")) == 1


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2018", {"date-parts": [[2018]]}),
        ("2018-05-22", {"date-parts": [[2018, 5, 22]]}),
        ("2015~", {"date-parts": [[2015]], "circa": True}),
        ("2014/2020", {"date-parts": [[2014], [2020]]}),
        ("2015-XX", {"date-parts": [[2015]]}),
        ("2015/..", {"literal": "since 2015"}),
        ("201X", {"literal": "2010s"}),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(date: str, message: object, lay: Lay) -> None:
    text = f"type: news\ntitle: A\nlanguage: en\nread: full\nreliability: news\ndate: {date}\n"
    corpus, _ = load(lay({"corpus/citations/a-2019.yml": text}))

    assert csl.item(work(corpus, "a-2019"))["issued"] == message


def test_a_page_is_cited_by_its_title_site_version_and_address(small: Corpus) -> None:
    edition = Edition("https://example.org/", version="1.2.0", released="2026-11-24")
    entry = small["rongcheng"]
    cited = citation.citing(small, entry, Library(small).references.plain("koetse-2018"), edition)

    assert cited.text == (
        "Xinyong contributors. 2026. “Rongcheng.” Xinyong, version 1.2.0. 24 November 2026. "
        "https://example.org/cities/rongcheng/."
    )
    assert bibtexparser.parse_string(cited.bibtex).entries[0].key == "xinyong-rongcheng"
    _is_csl(csl.item(citation.own(small, entry, edition)))
    assert cited.files == {
        "bibtex": "cite/rongcheng.bib",
        "ris": "cite/rongcheng.ris",
        "csl": "cite/rongcheng.csl.json",
    }


def test_the_file_of_a_page_holds_the_page_and_all_that_it_cites(exported: Exported) -> None:
    for entry in exported.corpus.of_kind("programs"):
        cited = sorted({use.target for use in exported.corpus.cites if use.source == entry.id})
        keys = [f"xinyong-{entry.id}", *cited]
        text = {
            form: (exported.site / path).read_text(encoding="utf-8")
            for form, path in citation.files(entry.id).items()
        }
        assert [found.key for found in bibtexparser.parse_string(text["bibtex"]).entries] == keys
        assert [item["id"] for item in rispy.loads(text["ris"])] == keys
        assert [item["id"] for item in json.loads(text["csl"])] == keys


def test_the_file_of_a_source_holds_the_source_alone(exported: Exported) -> None:
    for entry in exported.corpus.of_kind("citations"):
        items = json.loads(
            (exported.site / f"cite/{entry.id}.csl.json").read_text(encoding="utf-8")
        )
        assert [item["id"] for item in items] == [entry.id]


def test_every_record_has_its_files(exported: Exported) -> None:
    for entry in exported.corpus:
        assert all((exported.site / path).is_file() for path in citation.files(entry.id).values())


def test_the_formatted_bibliography_has_every_source_with_its_whole_address(
    exported: Exported,
) -> None:
    lines = (exported.data / "bibliography.txt").read_text(encoding="utf-8").splitlines()

    assert len(lines) == len(exported.corpus.of_kind("citations"))
    assert not [line for line in lines if "<" in line or "&amp;" in line]
    text = "\n".join(lines)
    for source in works(exported.corpus):
        if source.record.url and not source.record.doi:
            assert source.record.url in text


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "script"


@pytest.mark.parametrize(
    ("id_", "class_"),
    [
        ("sesame-credit", "Service"),
        ("judgment-defaulters", "ItemList"),
        ("rongcheng", "City"),
        ("koetse-2018", "WebPage"),
        ("spc-2013", "Legislation"),
        ("shixin", "DefinedTerm"),
        ("ant-group", "Corporation"),
        ("sesame-launch", "Event"),
        ("one-score", "ClaimReview"),
    ],
)
def test_the_head_of_a_page_says_what_it_is_about(id_: str, class_: str, library: Library) -> None:
    entry = library.corpus[id_]
    head = _Head()
    head.feed(RENDER[entry.kind](library, entry).head)

    assert len(head.scripts) == 1
    node = json.loads(head.scripts[0])
    assert (node["@context"], node["@type"]) == ("https://schema.org", "WebPage")
    assert node["mainEntity"]["@type"] == class_
    assert node["url"] == f"http://127.0.0.1:8000/{entry.url}"


def test_no_text_ends_the_script_in_the_head(lay: Lay) -> None:
    text = (
        "name: {en: '</script><script>alert(1)</script>', zh: 信}\ndomain: law\n"
        "summary: 'A <!-- <script> b [@koetse-2018].'\n"
    )
    corpus, _ = load(lay({"corpus/terms/odd.yml": text}))
    library = Library(corpus)
    head = RENDER["terms"](library, corpus["odd"]).head

    assert head.count("<script") == head.count("</script>") == 1
    assert "<!--" not in head


def test_only_the_page_of_a_source_is_itself_a_source(library: Library) -> None:
    source = RENDER["citations"](library, library.corpus["koetse-2018"])
    city = RENDER["cities"](library, library.corpus["rongcheng"])

    assert "citation_title" in source.head
    assert source.body.count("Z3988") == 1
    assert "citation_title" not in city.head
    assert city.body.count("Z3988") == 1 + len({*re.findall(r'id="s-([a-z0-9-]+)"', city.body)})


def test_reference_managers_find_every_source_that_stands_open_on_the_list(
    built_index: str, small: Corpus
) -> None:
    """The small corpus folds none; of a thousand, spans would be a third of the page."""
    assert built_index.count('<span class="Z3988" hidden title=') == len(small.of_kind("citations"))


def test_sources_that_are_folded_away_are_left_to_their_own_pages(
    monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    monkeypatch.setattr(citations, "OPEN", 1)
    shown = paging.shown(citations.index(View(library, root="../")))
    parts = html.fromstring(shown).xpath("//*[@data-part]")

    for part in parts:
        opened = part.tag != "details"
        assert len(part.xpath(".//span[@class='Z3988']")) == (
            len(part.xpath(".//tbody/tr")) * opened
        )
    assert {part.tag for part in parts} == {"details", "div"}


def test_a_source_on_a_list_says_what_a_reference_manager_reads_and_says_it_once(
    small: Corpus,
) -> None:
    for entry in small.of_kind("citations"):
        keys = parse_qsl(heads.open_url(work(small, entry.id)))
        names, values = zip(*keys, strict=True)

        assert keys[0] == ("ctx_ver", "Z39.88-2004")
        assert {"rft_val_fmt", "rft.language", "rft.date"} < {*names}
        assert {"rft.atitle", "rft.btitle", "rft.title"} & {*names}
        assert len({*values}) == len(values)


@pytest.fixture
def built_index(library: Library) -> str:
    from xinyong.pages.fragments import fragment

    return fragment(library, "index-citations", "../") or ""


def test_the_whole_is_cited_as_a_data_set() -> None:
    made = whole(
        Edition(
            "https://example.org/", version="1.2.0", released="2026-11-24", doi="10.5281/zenodo.1"
        )
    )

    assert bibtex.entry(made).startswith("@misc{xinyong,")
    assert dict(bibtex.fields(made))["doi"] == "10.5281/zenodo.1"


def test_a_page_without_a_day_of_review_has_that_of_the_edition(small: Corpus) -> None:
    entry = small["shixin"]
    assert entry.record.reviewed is None

    assert dict(bibtex.fields(page(entry, Edition(released="2026-11-24"))))["date"] == "2026-11-24"


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biber_reads_the_sources(exported: Exported, tmp_path: Path) -> None:
    chosen = [*works(exported.corpus)][::8]
    (tmp_path / "x.bib").write_text(bibtex.bibtex(chosen), encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "x.bib"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    warnings = [line for line in ran.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    # What a source does not say, such as its date, cannot be given.
    assert [line for line in warnings if "Missing mandatory field" not in line] == []


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_formats_the_same_reference(exported: Exported, tmp_path: Path) -> None:
    """Pandoc's own style is the author-date style too: it has the same name, year and title."""
    chosen = {
        source.key: source
        for source in works(exported.corpus)
        if source.record.authors and source.date
    }
    (tmp_path / "x.json").write_text(csl.csl_json(chosen.values()), encoding="utf-8")
    command = [
        "pandoc",
        "--citeproc",
        "--from",
        "markdown",
        "--to",
        "html",
        "--wrap",
        "none",
        "--bibliography",
        "x.json",
    ]
    text = "---\nnocite: '@*'\n---\n"
    ran = subprocess.run(
        command, cwd=tmp_path, input=text, capture_output=True, text=True, check=True
    )
    theirs = {
        div.get("id").removeprefix("ref-"): div.text_content()
        for div in html.fromstring(ran.stdout).xpath(
            "//div[@role='listitem' or contains(@class, 'csl-entry')]"
        )
    }

    assert set(theirs) == set(chosen)
    for key, source in chosen.items():
        ours = _words(exported.library.references.plain(key))
        name = source.authors[0].family or source.authors[0].name or ""
        assert set(_words(name)) <= set(ours), key
        # A dash stands for the name of the reference before.
        assert theirs[key].strip().startswith("———") or set(_words(name)) <= set(
            _words(theirs[key])
        ), key
        assert source.date
        assert source.date.year in theirs[key]
        assert any(word.startswith(source.date.year) for word in ours)
        assert set(_words(source.title)) <= set(_words(theirs[key])), key
        assert set(_words(source.title)) <= set(ours), key


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_the_command_prints_references_and_refuses_an_unsound_corpus(lay: Lay) -> None:
    lay({})
    assert run("export", "bibtex").output.startswith("@online{daum-2017,")
    assert run("export", "ris").output.startswith("TY  - ELEC\nID  - daum-2017\n")
    assert json.loads(run("export", "csl").output)[0]["id"] == "daum-2017"

    lay({"corpus/terms/bad.yml": "domain: x\n"})
    assert run("export", "bibtex").status == 1


def test_the_citation_file_is_right_by_its_schema() -> None:
    command = [Path(shutil.which("check-jsonschema") or PROJECT / ".venv/bin/check-jsonschema")]
    ran = subprocess.run(
        [*command, "--builtin-schema", "vendor.citation-file-format", PROJECT / "CITATION.cff"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout


def _span_keys(made: Work) -> list[tuple[str, str]]:
    title = html.fromstring(f"<div>{heads.own_span(made)}</div>").xpath("//span/@title")[0]
    return parse_qsl(title)


def test_the_span_of_a_source_tells_zotero_its_type_and_its_bodies_whole(small: Corpus) -> None:
    keys = _span_keys(work(small, "spc-2013"))

    assert keys[1] == ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc")
    assert ("rft.aucorp", "Supreme People's Court") in keys
    # Zotero reads the title of an article as that of its journal once it knows the type.
    assert keys[-1] == ("rft.type", "report")


def test_a_doi_is_an_address_and_bodies_come_in_the_order_in_which_zotero_turns_them_round() -> (
    None
):
    names = ("First Body, of Two", "Second Body")
    bodies = [Author.model_construct(family=None, given=None, name=name) for name in names]
    made = _made("A", authors=bodies, doi="10.5555/k", url="https://example.org/a")

    keys = _span_keys(made)

    assert [value for key, value in keys if key == "rft.aucorp"] == [*reversed(names)]
    assert ("rft.identifier", "https://doi.org/10.5555/k") in keys
    assert "info:doi" not in heads.open_url(made)
    assert [line for line in ris.reference(made).splitlines() if line.startswith("AU")] == [
        "AU  - First Body; of Two",
        "AU  - Second Body",
    ]


def test_a_page_that_is_no_source_offers_itself_first(library: Library) -> None:
    city = RENDER["cities"](library, library.corpus["rongcheng"])
    first, *others = html.fromstring(city.body).xpath("//span[@class='Z3988']/@title")

    assert ("rft.type", "webpage") in parse_qsl(first)
    assert dict(parse_qsl(first))["rft.identifier"].endswith("cities/rongcheng/")
    assert len(others) == len({*re.findall(r'id="s-([a-z0-9-]+)"', city.body)})


def test_ris_makes_no_notes_of_its_own_and_says_the_english_title_where_zotero_reads_it(
    small: Corpus,
) -> None:
    tags = [*ris.tags(work(small, "spc-2013"))]

    assert "N1" not in {tag for tag, _ in tags}
    assert ("M2", "Title in English: Provisions on the list of judgment defaulters.") in tags
    # It would take another for the number of a journal's issue, or for the day on which a page was read.
    assert [value for tag, value in tags if tag == "M1"] == ["法释〔2013〕17号"]


def test_ris_writes_an_address_so_that_no_reader_takes_a_part_of_it_for_a_sign() -> None:
    assert ris.address("https://a.org/?a=1;b=2&section=3&copy=4&x=5") == (
        "https://a.org/?a=1%3Bb=2&%73ection=3&%63opy=4&x=5"
    )


def test_ris_gives_no_day_of_reading_where_only_the_month_is_known() -> None:
    month = [*ris.tags(_made("A", accessed=edtf.parse("2026-11")))]
    day = [*ris.tags(_made("A", accessed=edtf.parse("2026-11-05")))]

    # Zotero would take the first day of the month.
    assert ("Y2", "") in month
    assert ("M2", "Accessed: November 2026.") in month
    assert ("Y2", "2026/11/05") in day


@pytest.mark.parametrize(
    ("type_", "tag"), [("paper", "MANSCPT"), ("filing", "RPRT"), ("film", "MPCT")]
)
def test_no_type_of_ris_is_one_that_zotero_takes_for_an_article(type_: str, tag: str) -> None:
    assert ris.reference(_made("A", type=type_)).startswith(f"TY  - {tag}\n")


def test_bibtex_serves_those_without_biblatex_too() -> None:
    fields = dict(bibtex.fields(_made("A", container="Journal", date=edtf.parse("2018-05"))))

    assert (fields["journal"], fields["year"], fields["date"]) == ("Journal", "2018", "2018-05")
    assert fields["language"] == "english"
    assert bibtex.entry(_made("A", type="dataset")).startswith("@misc{")
    # Its styles know no other names of a report and a thesis.
    assert bibtex.entry(_made("A", type="law")).startswith("@techreport{")
    thesis = _made("A", type="thesis", publisher="University")
    assert bibtex.entry(thesis).startswith("@phdthesis{")
    assert dict(bibtex.fields(thesis))["school"] == "University"


def test_bibtex_sorts_a_work_without_an_author_by_its_title(small: Corpus) -> None:
    author = Author.model_construct(family="Li", given="Wei", name=None, zh=None)
    chinese = {"language": "zh", "title_original": "信用", "title_pinyin": "xìnyòng"}

    assert dict(bibtex.fields(_made("A")))["key"] == "A"
    assert dict(bibtex.fields(_made("Credit", **chinese)))["key"] == "xìnyòng"
    assert "key" not in dict(bibtex.fields(_made("A", authors=[author])))


def test_bibtex_says_in_a_note_what_zotero_reads_in_no_field(small: Corpus) -> None:
    law = work(small, "spc-2013")
    person = Author.model_construct(family="Daum", given="Jeremy", name=None, zh=None)
    more = {"translators": [person], "container": "China Law Translate", "isbn": "9787503693571"}
    translation = _made("Rules", type="translation", **more)

    assert dict(bibtex.fields(law))["annote"].startswith(
        f"Title in English: {law.translated_title}."
    )
    assert dict(bibtex.fields(translation))["annote"] == (
        "Translated by: Jeremy Daum. Published in: China Law Translate. ISBN: 9787503693571."
    )
    assert not dict(bibtex.fields(translation))["isbn"]


def test_two_hyphens_in_a_title_stay_two_hyphens() -> None:
    made = _made("Points--explained", pages="3-9")

    assert dict(bibtex.fields(made))["title"] == "Points-{}-explained"
    assert dict(bibtex.fields(_made("A", pages="3–9")))["pages"] == "3--9"


def test_what_a_report_stands_in_is_its_series() -> None:
    law = csl.item(_made("A", type="law", container="Gazette"))
    news = csl.item(_made("A", container="Daily"))

    # Zotero reads no container of a report.
    assert (law["collection-title"], news["container-title"]) == ("Gazette", "Daily")
    assert "container-title" not in law
