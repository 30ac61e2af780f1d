/* The search: a button in the header opens a dialog, its index is fetched when the page has come to
   rest. Keys: / s f. */
import {
  announce,
  chinese,
  fetchJson,
  fromAddress,
  make,
  makeButton,
  number,
  opensElsewhere,
  pause,
  pinyin,
  remember,
  root,
  say,
  whenIdle,
} from "./ui.js"

const opener = document.querySelector(".xy-search-open")
const BEST = 3
const SHOWN = 4
const PAUSE = 150
const LENGTH = 220

/* Who has less of a query than this is not shown as found. */
const LEAST = 0.22

/* The engine, loaded once; it asks for further files as a search needs them. */
let loading
let engine
const loadEngine = async () => {
  const { Search, finder } = await import("./matching.js")
  engine = await Search.load((name) => fetchJson(`search/${name}.json`))
  engine.finder = (asked) => finder(engine.cut, asked)
}
const load = () => {
  loading ??= loadEngine().catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

/* The dialog, made when it is first opened. */
let parts
const build = () => {
  const field = make("input", {
    type: "text",
    class: "xy-search__field",
    role: "combobox",
    "aria-label": say("search-field"),
    "aria-expanded": "false",
    "aria-controls": "xy-search-list",
    "aria-autocomplete": "list",
    placeholder: say("search-placeholder"),
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  })
  const closing = { class: "xy-search__close", "aria-label": say("search-close") }
  const close = makeButton(closing, "×", () => dialog.close())
  const list = make("div", {
    id: "xy-search-list",
    class: "xy-search__list",
    role: "listbox",
    "aria-label": say("search-results"),
  })
  const note = make("div", { class: "xy-search__note" })
  const status = make("div", { class: "xy-search__status", role: "status" })
  const keys = make("p", { class: "xy-search__keys" }, say("search-keys"))
  const bar = make("div", { class: "xy-search__bar" }, field, close)
  const results = make(
    "div",
    {
      class: "xy-search__results",
      role: "region",
      "aria-label": say("search-results"),
      tabindex: "0",
    },
    note,
    list,
  )
  const dialog = make(
    "dialog",
    { class: "xy-search md-typeset", "aria-label": say("search") },
    bar,
    status,
    results,
    keys,
  )
  document.body.append(dialog)
  field.addEventListener("input", () => {
    all.clear()
    update()
  })
  field.addEventListener("keydown", onKey)
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())
  dialog.addEventListener("close", () => share(""))
  list.addEventListener("click", (event) => {
    const more = event.target.closest("[data-all]")
    if (more) showAll(more)
    else if (event.target.closest("a") && !opensElsewhere(event)) dialog.close()
  })
  list.addEventListener("mousemove", (event) => {
    const option = event.target.closest("[role=option]")
    if (option && option !== active()) choose(option, false)
  })
  return { dialog, field, list, note, status, results }
}

const open = (query) => {
  parts ??= build()
  if (!parts.dialog.open) parts.dialog.showModal()
  if (query !== undefined) parts.field.value = query
  parts.field.focus()
  parts.field.select()
  update()
}

/* Put the query into the address, so that the search can be passed on. */
const share = (query) => remember({ q: query || undefined }, { replace: true })

/* Showing what was found. */
const all = new Set()
let turn = 0
const update = async () => {
  if (!parts?.dialog.open) return
  const mine = ++turn
  const asked = parts.field.value.trim()
  share(asked)
  try {
    if (!engine) {
      announce(parts.status, say(asked ? "search-loading" : "search-hint"))
      await load()
    }
    await answer(asked, () => mine === turn)
  } catch {
    if (mine === turn) announce(parts.status, say("search-failed"))
  }
}

/* Shows what names have at once, and what texts have when the reader has come to rest. `isWanted`
   says whether nothing else has been asked since. */
const answer = async (asked, isWanted) => {
  const named = await engine.find(asked, { texts: "never" })
  if (!isWanted()) return
  const isWhole = !asked || named.hits[0]?.hasAll
  if (isWhole) await show(named, isWanted)
  if (!asked) return
  await pause(PAUSE)
  if (!isWanted()) return
  const found = await engine.find(asked)
  if (!isWanted()) return
  if (isWhole && isSame(named, found)) return
  if (found.hits.length && found.share >= LEAST) await show(found, isWanted, noteOf(asked, found))
  else await showNone(asked, found.hits, isWanted)
}

const isSame = (one, other) =>
  one.text === other.text &&
  one.hits.length === other.hits.length &&
  one.hits.every(({ slot }, at) => slot === other.hits[at].slot)

const noteOf = (asked, { text, corrected, hits }) => {
  if (corrected) return say("search-corrected", { query: asked, other: text })
  return hits[0].hasAll ? "" : say("search-partly", { query: asked })
}

let last = []
let showing = 0
const show = async (found, isAsked, note = "") => {
  const mine = ++showing
  const isWanted = () => mine === showing && isAsked()
  const { text: asked, hits } = found
  const groups = grouped(hits)
  const first = groups.slice(0, 1)
  const rest = groups.slice(1)
  const heads = new Map()
  const loaded = async (group) => {
    const wanted = shownOf(group).map(async (hit) => heads.set(hit, await engine.head(hit.slot)))
    await Promise.all(wanted)
  }
  const others = Promise.all(rest.map(loaded))
  await Promise.all(first.map(loaded))
  if (!isWanted()) return
  last = [found, isAsked, note]
  const was = active()?.dataset.key
  parts.status.classList.remove("xy-search__status--none")
  parts.note.replaceChildren(...(note ? [make("p", {}, note)] : []))
  parts.list.replaceChildren(...first.map((group) => groupOf(group, heads, asked)))
  await others
  if (!isWanted()) return
  parts.list.append(...rest.map((group) => groupOf(group, heads, asked)))
  announce(parts.status, counted(hits.length, asked))
  parts.field.setAttribute("aria-expanded", String(hits.length > 0))
  const options = [...parts.list.querySelectorAll("[role=option]")]
  options.forEach((option, at) => {
    option.id = `xy-search-${at}`
  })
  choose(options.find((option) => option.dataset.key === was) ?? null, false)
  if (turn !== show.turn) parts.results.scrollTop = 0
  show.turn = turn
  await fill(heads, asked, isWanted)
}

const counted = (found, asked) => {
  if (found === 1) return say("search-count-one")
  if (found) return say("search-count", { n: number(found) })
  return asked ? "" : say("search-hint")
}

/* The best matches of any kind, then what is left of each kind, the kind of the best first. */
const grouped = (found) => {
  if (!found.length) return []
  const groups = [{ key: "best", head: say("search-best"), found: found.slice(0, BEST) }]
  const kinds = new Map()
  for (const each of found.slice(BEST)) {
    const { kind } = each
    if (!kinds.has(kind)) kinds.set(kind, [])
    kinds.get(kind).push(each)
  }
  for (const [kind, members] of kinds) {
    groups.push({ key: kind, head: engine.heads.get(kind), found: members, hasCount: true })
  }
  return groups
}

/* What is shown of a group: all of it when it was asked for or is hardly more. */
const shownOf = ({ key, found }) =>
  all.has(key) || found.length === SHOWN + 1 ? found : found.slice(0, SHOWN)

const groupOf = (groupShown, heads, asked) => {
  const { key, head, found, hasCount } = groupShown
  const id = `xy-search-${key}`
  const title = make("div", { id, class: "xy-search__head", role: "presentation" }, head)
  if (hasCount) {
    title.append(" ", make("span", { class: "xy-search__count" }, number(found.length)))
  }
  const shown = shownOf(groupShown)
  const group = make(
    "div",
    { class: "xy-search__group", role: "group", "aria-labelledby": title.id },
    title,
  )
  const find = engine.finder(asked)
  for (const each of shown) group.append(optionOf(heads.get(each), find))
  if (shown.length < found.length) {
    const attributes = { class: "xy-search__all", "data-all": key, "data-key": `all ${key}` }
    const label = say("search-all", { n: number(found.length) })
    group.append(make("div", { role: "option", "aria-selected": "false", ...attributes }, label))
  }
  return group
}

const optionOf = (record, find) => {
  const option = make("a", {
    role: "option",
    class: "xy-search__option",
    tabindex: "-1",
    href: new URL(record.address, root).href,
    "data-key": record.address,
    "data-slot": record.slot,
    "aria-selected": "false",
  })
  const name = make("span", { class: "xy-search__name" }, ...marked(record.name, find))
  const [layer, label] = record.layer
  if (layer) name.append(" ", layerMark(layer, label))
  option.append(name)
  if (record.mark) {
    option.append(" ", make("span", { class: "xy-search__verdict" }, record.mark))
  }
  if (record.zh) {
    option.append(" ", chinese(marked(record.zh, find), { class: "xy-search__zh" }))
  }
  if (record.pinyin && record.kind !== "citations") {
    option.append(" ", pinyin(marked(record.pinyin, find), { class: "xy-search__pinyin" }))
  }
  option.append(make("span", { class: "xy-search__text" }))
  return option
}

const layerMark = (layer, label) => {
  const letter = make("span", { "aria-hidden": "true" }, label[0])
  const spoken = make("span", { class: "xy-search__spoken" }, say("layer-mark", { layer: label }))
  return make("span", { class: "xy-mark", "data-layer": layer }, letter, spoken)
}

/* A name that is not shown as such but has what was asked for: another rendering, an author, a
   number. Of a source its short reference stands first. */
const otherName = (record, { also, more }, find) => {
  const short = record.kind === "citations" ? more[0] : ""
  const shown = [record.name, record.zh, record.pinyin].filter(Boolean)
  const most = Math.max(...shown.map((text) => marks(text, find)))
  const hit = [...also, ...more]
    .map((text) => ({ text, has: marks(text, find) }))
    .sort((one, other) => other.has - one.has)
    .find(({ has }) => has > most)?.text
  return hit && short && hit !== short ? `${short} · ${hit}` : (hit ?? short)
}

/* How many letters of a text are what was asked for, less what stands beside them. */
const marks = (text, find) => {
  const has = find(text).reduce((sum, [from, to]) => sum + to - from, 0)
  return has && has - (text.length - has) / 1000
}

const marked = (text, find) => {
  const pieces = []
  let end = 0
  for (const [from, to] of find(text)) {
    pieces.push(text.slice(end, from), make("mark", {}, text.slice(from, to)))
    end = to
  }
  return [...pieces, text.slice(end)]
}

/* Gives the results shown their other names and their summaries as these come, and a result that
   was found by what its page says the sentence and the place on the page. */
const fill = async (heads, asked, isWanted) => {
  const find = engine.finder(asked)
  const options = new Map()
  for (const option of parts.list.querySelectorAll("a[role=option]"))
    options.set(Number(option.dataset.slot), option)
  const each = [...heads].map(async ([hit, record]) => {
    const option = options.get(hit.slot)
    const detail = await engine.detail(hit.slot)
    const passage = hit.isText ? await engine.passage(hit.slot, asked) : undefined
    if (option && isWanted()) complete(option, record, detail, passage, find)
  })
  await Promise.all(each)
}

const complete = (option, record, detail, passage, find) => {
  const said = option.querySelector(".xy-search__text")
  const text = passage?.text || detail.text
  said.replaceChildren(...marked(around(text, find), find))
  if (passage?.anchor && !option.hash) option.hash = passage.anchor
  const other = otherName(record, detail, find)
  if (!other) return
  option.querySelector(".xy-search__other")?.remove()
  said.before(make("span", { class: "xy-search__other" }, ...marked(other, find)))
}

/* The part of a text that a result shows: its beginning, or what stands around the first match. */
const around = (text, find) => {
  const first = find(text)[0]?.[0] ?? 0
  const start = first < LENGTH * 0.7 ? 0 : text.lastIndexOf(" ", first - 60) + 1
  const cut = text.slice(start, start + LENGTH)
  const space = cut.lastIndexOf(" ")
  const isWhole = start + LENGTH >= text.length
  const end = isWhole ? cut : `${cut.slice(0, space > 0 ? space : LENGTH)} …`
  return start ? `… ${end}` : end
}

/* Says that nothing was found, and offers what comes near: records that have part of it, words that
   look like it, and the index of the likeliest kind. */
const showNone = async (asked, hits, isWanted) => {
  const { words, kind } = await engine.nearest(asked, hits)
  const heads = await Promise.all(hits.slice(0, 3).map((hit) => engine.head(hit.slot)))
  if (!isWanted()) return
  parts.list.replaceChildren()
  parts.field.setAttribute("aria-expanded", "false")
  choose(null, false)
  const records = heads.map((head) => {
    const link = make("a", { href: new URL(head.address, root).href }, head.name)
    return make("li", {}, link, ...(head.zh ? [" ", chinese(head.zh)] : []))
  })
  const near = words.map((word) => {
    const again = { type: "button", class: "xy-search__near" }
    return make(
      "li",
      {},
      makeButton(again, word, () => ask(word)),
    )
  })
  const index = { href: new URL(`${kind}/`, root).href }
  const label = say("search-index", { kind: engine.heads.get(kind) })
  const ways = make("p", {}, make("a", index, label))
  if (opener.dataset.propose) {
    const address = new URL(opener.dataset.propose)
    address.searchParams.set("title", asked)
    const attributes = { href: address.href, rel: "external" }
    ways.append(" · ", make("a", attributes, say("search-propose")))
  }
  const offered = [...near, ...records]
  const names = offered.length
    ? [make("p", {}, say("search-nearest")), make("ul", {}, ...offered)]
    : []
  parts.note.replaceChildren(...names, make("p", {}, say("search-ways")), ways)
  announce(parts.status, say("search-none", { query: asked }))
  parts.status.classList.add("xy-search__status--none")
}

const ask = (query) => {
  parts.field.value = query
  parts.field.focus()
  all.clear()
  update()
}

const showAll = async (more) => {
  const { all: key } = more.dataset
  const from = [...more.parentElement.querySelectorAll("[role=option]")].indexOf(more)
  all.add(key)
  await show(...last)
  const group = parts.list.querySelector(`[aria-labelledby="xy-search-${key}"]`)
  const next = group?.querySelectorAll("[role=option]")[from]
  if (next) choose(next)
  parts.field.focus()
}

/* Choosing by keyboard: the field keeps the focus, the option chosen is named by
   aria-activedescendant. */
const active = () => parts.list.querySelector('[aria-selected="true"]')
const choose = (option, scroll = true) => {
  active()?.setAttribute("aria-selected", "false")
  if (!option) return parts.field.removeAttribute("aria-activedescendant")
  option.setAttribute("aria-selected", "true")
  parts.field.setAttribute("aria-activedescendant", option.id)
  if (scroll) option.scrollIntoView({ block: "nearest" })
}

/* The place that a key leads to from place `at` of `count`; -1 is the field above them, undefined
   leads nowhere. */
const goes = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at < 0 ? count - 1 : at - 1),
  Home: (at) => (at < 0 ? undefined : 0),
  End: (at, count) => (at < 0 ? undefined : count - 1),
}
const onKey = (event) => {
  if (event.isComposing) return
  const options = [...parts.list.querySelectorAll("[role=option]")]
  if (event.key === "Enter") {
    event.preventDefault()
    follow(active() ?? options[0], event)
    return
  }
  if (!options.length || !goes[event.key] || event.altKey || opensElsewhere(event)) return
  const to = goes[event.key](options.indexOf(active()), options.length)
  if (to === undefined) return
  event.preventDefault()
  choose(options[to] ?? null)
}

/* Clicks on an option, with the keys that are held down while Enter is pressed. */
const follow = (option, { ctrlKey, metaKey, shiftKey }) => {
  const keys = { ctrlKey, metaKey, shiftKey }
  option?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...keys }))
}

const start = () => {
  opener.addEventListener("click", () => open())
  document.addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey || event.altKey
    if (isCommand || event.defaultPrevented || parts?.dialog.open) return
    if (event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return
    if (["/", "s", "f"].includes(event.key)) {
      event.preventDefault()
      open()
    }
  })

  const query = fromAddress().get("q")
  if (query) open(query)
  const begin = () => load().catch(() => {})
  addEventListener("load", () => whenIdle(prepare))
  opener.addEventListener("pointerenter", begin, { once: true })
  opener.addEventListener("focus", begin, { once: true })
}

/* Loads the engine, so that the first key finds it there. */
const prepare = async () => {
  if (navigator.connection?.saveData) return
  await load().catch(() => {}) // The reader is told when the search is used.
}

if (opener) start()
