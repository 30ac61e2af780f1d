"""The controlled vocabularies: tables of values, each with its label and a line that defines it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from xinyong.problems import a, nearest
from xinyong.source.yaml_errors import plain


@dataclass(frozen=True)
class Value:
    """One value of a vocabulary: its label in English and the line that defines it."""

    label: str
    meaning: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A table of allowed values; used as ``Annotated[str, VOCABULARY]`` it checks that a value is one of them."""

    name: str
    values: Mapping[str, Value]

    def __getitem__(self, value: str) -> Value:
        return self.values[value]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        meanings = [value.meaning for value in self.values.values()]
        return {"type": "string", "enum": [*self.values], "markdownEnumDescriptions": meanings}

    def _key(self, text: str) -> str:
        """Return the value whose label a text is, else the text in the form that values have."""
        bare = plain(text).lower()
        return next(
            (key for key, value in self.values.items() if value.label.lower() == bare),
            bare.replace(" ", "-"),
        )

    def _check(self, value: Any) -> str:
        if isinstance(value, str) and value in self.values:
            return value
        shown = f"'{value}'" if isinstance(value, str) else "this"
        allowed = f"write one of: {', '.join(self.values)}"
        hint = (
            nearest(self._key(value), self.values, allowed)
            if isinstance(value, str)
            else f"; {allowed}"
        )
        raise PydanticCustomError(
            "X304",
            "{message}",
            {"message": f"{shown} is not {a(self.name)}{hint}"},
        )


def _table(name: str, **values: tuple[str, str]) -> Vocabulary:
    return Vocabulary(
        name, {key.strip("_").replace("_", "-"): Value(*pair) for key, pair in values.items()}
    )


LAYER = _table(
    "layer",
    state=(
        "State",
        "Run or decreed by the central state: law, blacklists, sharing platforms, national plans.",
    ),
    municipal=(
        "Municipal",
        "Run by a city, county, district or province under its own rules, often a points scheme.",
    ),
    commercial=(
        "Commercial",
        "Run by a company for its own customers under a contract, such as a score in an app.",
    ),
    financial=("Financial", "Credit reporting on borrowers, run or licensed by the central bank."),
)

FORM = _table(
    "form of program",
    framework=(
        "Framework",
        "A policy that names aims and tasks for many bodies; not one database or score.",
    ),
    platform=(
        "Platform",
        "A shared database or website through which bodies pass on or publish credit information.",
    ),
    register=(
        "Register",
        "A catalogue or list that says what information or which measures are allowed.",
    ),
    mechanism=(
        "Mechanism",
        "A procedure, such as joint punishment, credit repair or credit commitment.",
    ),
    score=("Score", "A number for a person or firm, computed by a formula of its owner."),
    points=(
        "Points scheme",
        "Points added and taken away by a published table of conduct, often with grades.",
    ),
    rating=("Rating", "Grades for firms or bodies given by an authority."),
    bureau=(
        "Credit bureau",
        "A credit reporting service that collects files on borrowers and sells or gives reports.",
    ),
    code=("Identifier", "A number that identifies a person or body; says nothing about conduct."),
)

STATUS = _table(
    "status",
    planned=("Planned", "Announced or drafted; not yet in use."),
    trial=("Trial", "In use for some people, places or a limited time."),
    running=("Running", "In use."),
    suspended=("Suspended", "Stopped for the time being."),
    changed=("Changed", "Continued under another name, owner or set of rules."),
    ended=("Ended", "No longer in use."),
    unknown=("Unknown", "No source was found that says whether it is still in use."),
)

PARTICIPATION = _table(
    "participation",
    opt_in=("Opt-in", "Nobody takes part who has not agreed to it."),
    opt_out=("Opt-out", "People take part unless they object."),
    automatic=("Automatic", "Everyone of a group has a file or a score without being asked."),
    compulsory=("Compulsory", "Taking part is a duty."),
    mixed=("Mixed", "Parts are automatic and parts need consent."),
)

POLARITY = _table(
    "polarity",
    blacklist=("Blacklist", "A list of those who broke a duty; being on it has disadvantages."),
    redlist=("Redlist", "A list of those who did well; being on it has advantages."),
)

SUBJECT = _table(
    "subject",
    persons=("Persons", "Natural persons, also those who answer for a firm."),
    firms=("Firms and other bodies", "Companies, traders, institutions and associations."),
)

LIST_KIND = _table(
    "kind of list",
    court=("Court list", "Made by courts on those who do not perform a judgment."),
    serious=(
        "List of serious untrustworthiness",
        "A regulator's list under law or a national measures list.",
    ),
    travel=("Travel ban list", "Bars named persons from a means of transport for a time."),
    sector=("Sector list", "Kept by a ministry or bureau for firms or persons of its sector."),
    watch=(
        "Watch list",
        "Marks firms or persons for closer checks without being a list of serious cases.",
    ),
    display=(
        "Public display",
        "Names or pictures shown in public; no list with legal effect behind it was found.",
    ),
    company=("Company list", "Kept by one or more companies for their own services."),
    redlist=("Redlist", "Names those who did well."),
)

CITY_LEVEL = _table(
    "level of a place",
    municipality=("Municipality", "A city directly under the central government (直辖市)."),
    sub_provincial=(
        "Sub-provincial city",
        "A city with planning powers near a province's (副省级市).",
    ),
    prefecture=("Prefecture-level city", "A city between province and county (地级市)."),
    autonomous_prefecture=("Autonomous prefecture", "A prefecture of a minority people (自治州)."),
    league=("League", "A prefecture of Inner Mongolia (盟)."),
    sub_provincial_district=(
        "Sub-provincial district",
        "A new area or district with a rank above other districts.",
    ),
    district=("District", "A district of a city (市辖区)."),
    county_city=("County-level city", "A city with the rank of a county (县级市)."),
    county=("County", "A county (县), autonomous county or banner."),
    zone=(
        "Development zone",
        "A zone with its own administration that is no unit of the state's division.",
    ),
    province=("Province", "A province or autonomous region as a whole."),
    town=("Township", "A town, township or subdistrict."),
)

DESIGNATION = _table(
    "designation",
    creation_2015=(
        "Creation city, 2015",
        "First group allowed to prepare as a demonstration city (创建城市).",
    ),
    creation_2016=(
        "Creation city, 2016",
        "Second group allowed to prepare as a demonstration city (创建城市).",
    ),
    demonstration_2018=(
        "Demonstration city, first batch",
        "Twelve places; notice dated 2017, made public 2018-01-09.",
    ),
    demonstration_2019=("Demonstration city, second batch", "Sixteen places, August 2019."),
    demonstration_2021=(
        "Demonstration city, third batch",
        "34 places, made public in October and November 2021.",
    ),
    demonstration_2023=("Demonstration city, fourth batch", "68 places, 2023."),
    incentive_pilot_2018=(
        "Incentive pilot",
        "Pilot places for credit benefits to natural persons (守信激励试点).",
    ),
    other=("Other", "Another list of pilots or models, named in the note."),
)

ASSESSMENT = _table(
    "assessment",
    supported=("Supported", "The evidence bears the claim out as it is worded."),
    partly=("Partly right", "Part of the claim holds; another part does not."),
    unsupported=("Unsupported", "No evidence for it was found; nor is it shown to be false."),
    refuted=("Refuted", "The evidence shows that it is false."),
    outdated=("Outdated", "It held at a time; it no longer does."),
    contested=("Contested", "Well-informed sources disagree, with reasons on both sides."),
)

STANCE = _table(
    "stance",
    for_=("For", "Speaks for the claim."),
    against=("Against", "Speaks against the claim."),
    context=("Context", "Explains where the claim comes from or what it leaves out."),
)

CITATION_TYPE = _table(
    "type of citation",
    law=("Law", "A law, regulation, rule or judicial interpretation that binds."),
    policy=("Policy document", "A plan, opinion, notice or draft of a state or party body."),
    translation=("Translation", "A translation of a law or policy document."),
    article=("Journal article", "An article in a scholarly journal."),
    chapter=("Book chapter", "A chapter of a book."),
    book=("Book", "A book."),
    thesis=("Thesis", "A thesis."),
    paper=("Working paper", "A working paper, preprint or conference paper."),
    report=("Report", "A report of a think tank, company or public body."),
    news=("News", "A report or comment in a newspaper, agency, magazine or broadcast."),
    web=("Web page", "A web page of another type: a blog post, a site's page, a listing."),
    filing=("Filing", "A contract, prospectus or form filed with an authority."),
    dataset=("Data set", "A data set."),
    film=("Film or broadcast", "A film, series episode or broadcast."),
)

RELIABILITY = _table(
    "reliability",
    primary_law=(
        "Primary law",
        "The text of a law, regulation or policy document, or a full translation of it.",
    ),
    official=("Official", "A statement, page or figure of a public body about its own work."),
    academic=(
        "Academic",
        "Scholarly work: reviewed articles, academic books, theses, working papers.",
    ),
    think_tank=("Think tank", "Research reports and specialist analysis outside the universities."),
    news=("News", "Journalism, state media included."),
    company=("Company", "A company's statement about itself."),
    copy=(
        "Private copy",
        "A privately made copy of public data, such as a package of division codes: "
        "right as far as the copy is.",
    ),
    blog=(
        "Weak",
        "Blogs, advice pages, copies and compilations; used only where nothing better was found.",
    ),
)

READ = _table(
    "extent of reading",
    full=("Read in full", "The whole work was read."),
    excerpt=("Read in part", "The part that a cite rests on was read, not the whole."),
    none=("Not read", "Known only through another work that was read."),
)

LEGAL_STATUS = _table(
    "legal status",
    draft=("Draft", "Published or circulated for comment; not adopted."),
    in_force=("In force", "Adopted and in force."),
    amended=("Amended", "In force in an amended version."),
    superseded=("Superseded", "Replaced by a later document."),
    repealed=("Repealed", "Ended without a successor."),
    expired=("Expired", "Its planning period or term has passed."),
    unknown=("Unknown", "No source was found that says whether it is still in force."),
)

LEGAL_RANK = _table(
    "rank of a document",
    law=("Law", "Passed by the National People's Congress or its Standing Committee."),
    administrative_regulation=(
        "Administrative regulation",
        "Issued by the State Council (行政法规).",
    ),
    judicial_interpretation=("Judicial interpretation", "Issued by the Supreme People's Court."),
    departmental_rule=(
        "Departmental rule",
        "Issued by a ministry or commission as an order (部门规章).",
    ),
    local_regulation=(
        "Local regulation",
        "Passed by a provincial or municipal people's congress (地方性法规).",
    ),
    local_rule=(
        "Local rule",
        "Issued by a local government (地方政府规章 or a normative document).",
    ),
    normative_document=(
        "Normative document",
        "An opinion, plan, notice or list without the form of law.",
    ),
    memorandum=(
        "Memorandum",
        "An agreement between bodies, such as a memorandum on joint punishment.",
    ),
)

DOMAIN = _table(
    "domain",
    law=("Law", "Terms of statutes and courts."),
    policy=("Policy", "Terms of plans, opinions and official speech."),
    administration=("Administration", "Terms of offices, identifiers and supervision."),
    finance=("Finance", "Terms of lending and credit reporting."),
    commerce=("Commerce", "Terms of companies, scores and products."),
    technology=("Technology", "Terms of data and devices."),
    morality=("Morality", "Terms of trust, honesty and reputation older than the system."),
    media=("Media", "Terms of the press and of everyday speech."),
)

ORGANIZATION_TYPE = _table(
    "type of organization",
    state=("State body", "A ministry, commission, bureau or office of the central state."),
    party=("Party body", "A body of the Communist Party of China."),
    court=("Court", "A court."),
    local=("Local body", "A local government or one of its offices."),
    joint=("Joint body", "A meeting or group of several bodies."),
    company=("Company", "A company."),
    bureau=("Credit bureau", "A company or institution for credit reporting."),
    association=("Association", "An association of an industry or profession."),
    research=("Research body", "A university, institute or think tank."),
    media=("Media", "A newspaper, agency, publisher or research blog."),
)

SERIES = _table(
    "series",
    cumulative=("Cumulative", "Everything counted since a start; it only grows."),
    current=("Current", "What there is on one day."),
    period=("Per period", "What came in one year, month or other stretch of time."),
)

CONSEQUENCE_TYPE = _table(
    "type of consequence",
    travel=("Travel", "Flights, trains, borders."),
    spending=("Spending", "Luxury spending, holidays, private schools, building."),
    finance=("Finance", "Loans, bonds, insurance, listing."),
    office=("Office and work", "Posts, professions, civil service, party membership."),
    market=("Market access", "Licences, bids, procurement, land, subsidies."),
    checks=("Checks", "More or fewer inspections, customs and tax treatment."),
    publicity=("Publicity", "Publication of the name; display."),
    benefits=("Public benefits", "Loss or gain of welfare, discounts, honours."),
    service=("Company services", "A company's deposit, service or score."),
    education=("Education", "Schooling of oneself or one's children."),
    criminal=("Sanction", "Fine, detention or prison."),
    honour=("Honour", "Titles, public praise, priority."),
)

PROVINCE = _table(
    "province",
    anhui=("Anhui", "安徽省"),
    beijing=("Beijing", "北京市"),
    chongqing=("Chongqing", "重庆市"),
    fujian=("Fujian", "福建省"),
    gansu=("Gansu", "甘肃省"),
    guangdong=("Guangdong", "广东省"),
    guangxi=("Guangxi", "广西壮族自治区"),
    guizhou=("Guizhou", "贵州省"),
    hainan=("Hainan", "海南省"),
    hebei=("Hebei", "河北省"),
    heilongjiang=("Heilongjiang", "黑龙江省"),
    henan=("Henan", "河南省"),
    hong_kong=("Hong Kong", "香港特别行政区"),
    hubei=("Hubei", "湖北省"),
    hunan=("Hunan", "湖南省"),
    inner_mongolia=("Inner Mongolia", "内蒙古自治区"),
    jiangsu=("Jiangsu", "江苏省"),
    jiangxi=("Jiangxi", "江西省"),
    jilin=("Jilin", "吉林省"),
    liaoning=("Liaoning", "辽宁省"),
    macau=("Macau", "澳门特别行政区"),
    ningxia=("Ningxia", "宁夏回族自治区"),
    qinghai=("Qinghai", "青海省"),
    shaanxi=("Shaanxi", "陕西省"),
    shandong=("Shandong", "山东省"),
    shanghai=("Shanghai", "上海市"),
    shanxi=("Shanxi", "山西省"),
    sichuan=("Sichuan", "四川省"),
    tianjin=("Tianjin", "天津市"),
    tibet=("Tibet", "西藏自治区"),
    xinjiang=("Xinjiang", "新疆维吾尔自治区"),
    yunnan=("Yunnan", "云南省"),
    zhejiang=("Zhejiang", "浙江省"),
)
