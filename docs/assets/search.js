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
const BEST = 1
const SHOWN = 4
const FEW = 8
const PAUSE = 200
const LENGTH = 220

const fetched = (name) => fetchJson(`search/${name}.json`)

/* The index: names first, those of sources after them, texts for what is shown. */
let loading
let index
const loadNames = async () => {
  const [{ Index }, first] = await Promise.all([import("./matching.js"), fetched("records")])
  index = new Index(first)
  const sources = fetched("sources").then((rows) => {
    index.add(rows)
    update()
  })
  return { sources: sources.catch(() => {}) }
}
const load = () => {
  loading ??= loadNames().catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}
const texts = new Map()
const loadText = (file) => {
  if (!texts.has(file)) {
    const text = fetched(`texts/${file}`)
    const kept = text.then(
      (found) => index.keep(file, found),
      () => texts.delete(file),
    )
    texts.set(file, kept)
  }
  return texts.get(file)
}
const loadTexts = (files) => Promise.all(files.map(loadText))

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
  if (!index) {
    announce(parts.status, say(asked ? "search-loading" : "search-hint"))
    try {
      await load()
    } catch {
      announce(parts.status, say("search-failed"))
      return
    }
    if (mine !== turn) return
  }
  const found = index.find(asked)
  show(asked, found)
  const { sources } = await load()
  if (found.length < FEW && asked.length > 1) {
    // So few names: the texts are looked through as well, once the reader has come to rest.
    await Promise.all([sources, pause(PAUSE)])
    if (mine !== turn) return
    await loadTexts(index.files)
    if (mine === turn) settle(asked)
  }
}

const settle = (asked) => {
  const found = index.find(asked, true)
  if (found.length) return show(asked, found)
  const other = index.corrected(asked)
  if (other) return show(other, index.find(other), say("search-corrected", { query: asked, other }))
  const partly = index.partly(asked)
  if (partly.length) return show(asked, partly, say("search-partly", { query: asked }))
  return showNone(asked)
}

let last = []
const show = (asked, found, note = "") => {
  last = [asked, found, note]
  const was = active()?.dataset.key
  parts.status.classList.remove("xy-search__status--none")
  parts.note.replaceChildren(...(note ? [make("p", {}, note)] : []))
  announce(parts.status, counted(found.length, asked))
  const groups = grouped(found)
  parts.list.replaceChildren(...groups.map((group) => groupOf(group, asked)))
  parts.field.setAttribute("aria-expanded", String(found.length > 0))
  const options = [...parts.list.querySelectorAll("[role=option]")]
  options.forEach((option, at) => {
    option.id = `xy-search-${at}`
  })
  choose(options.find((option) => option.dataset.key === was) ?? null, false)
  if (turn !== show.turn) parts.results.scrollTop = 0
  show.turn = turn
  fill(asked)
}

const counted = (found, asked) => {
  if (found === 1) return say("search-count-one")
  if (found) return say("search-count", { n: number(found) })
  return asked ? "" : say("search-hint")
}

/* The best match, then what is left of each kind, the kind of the best first. */
const grouped = (found) => {
  if (!found.length) return []
  const groups = [{ key: "best", head: say("search-best"), found: found.slice(0, BEST) }]
  const kinds = new Map()
  for (const each of found.slice(BEST)) {
    const { kind } = each.record
    if (!kinds.has(kind)) kinds.set(kind, [])
    kinds.get(kind).push(each)
  }
  for (const [kind, members] of kinds) {
    groups.push({ key: kind, head: index.heads.get(kind), found: members, hasCount: true })
  }
  return groups
}

const groupOf = ({ key, head, found, hasCount }, asked) => {
  const id = `xy-search-${key}`
  const title = make("div", { id, class: "xy-search__head", role: "presentation" }, head)
  if (hasCount) {
    title.append(" ", make("span", { class: "xy-search__count" }, number(found.length)))
  }
  const isShort = all.has(key) || found.length === SHOWN + 1
  const shown = isShort ? found : found.slice(0, SHOWN)
  const group = make(
    "div",
    { class: "xy-search__group", role: "group", "aria-labelledby": title.id },
    title,
  )
  for (const each of shown) group.append(optionOf(each.record, asked))
  if (shown.length < found.length) {
    const attributes = { class: "xy-search__all", "data-all": key, "data-key": `all ${key}` }
    const label = say("search-all", { n: number(found.length) })
    group.append(make("div", { role: "option", "aria-selected": "false", ...attributes }, label))
  }
  return group
}

const optionOf = (record, asked) => {
  const option = make("a", {
    role: "option",
    class: "xy-search__option",
    tabindex: "-1",
    href: new URL(record.address, root).href,
    "data-key": record.address,
    "data-at": record.at,
    "aria-selected": "false",
  })
  const name = make("span", { class: "xy-search__name" }, ...marked(record.name, asked))
  if (record.layer) name.append(" ", layerMark(record.layer))
  option.append(name)
  if (record.zh) {
    option.append(" ", chinese(marked(record.zh, asked), { class: "xy-search__zh" }))
  }
  if (record.pinyin && record.kind !== "citations") {
    option.append(" ", pinyin(marked(record.pinyin, asked), { class: "xy-search__pinyin" }))
  }
  const other = otherName(record, asked)
  if (other) option.append(make("span", { class: "xy-search__other" }, ...marked(other, asked)))
  option.append(make("span", { class: "xy-search__text" }))
  return option
}

const layerMark = (layer) => {
  const label = index.layerNames.get(layer)
  const letter = make("span", { "aria-hidden": "true" }, label[0])
  const spoken = make("span", { class: "xy-search__spoken" }, say("layer-mark", { layer: label }))
  return make("span", { class: "xy-mark", "data-layer": layer }, letter, spoken)
}

/* A name that is not shown as such but has what was asked for: another rendering, an author, a
   number. */
const otherName = (record, asked) => {
  const short = record.kind === "citations" ? record.more[0] : ""
  const shown = [record.name, record.zh, record.pinyin].filter(Boolean)
  const others = [...record.also, ...record.more]
  const hit = firstHit(shown, others, asked)
  return hit && short && hit !== short ? `${short} · ${hit}` : (hit ?? short)
}

/* The first of the other names that has what was asked for, as a whole or in parts, unless what is
   shown has it so. */
const firstHit = (shown, others, asked) => {
  const isWhole = (text) => index.has(text, asked)
  if (shown.some(isWhole)) return undefined
  const whole = others.find(isWhole)
  if (whole !== undefined) return whole
  const hasParts = (text) => index.places(text, asked).length > 0
  return shown.some(hasParts) ? undefined : others.find(hasParts)
}

const marked = (text, asked) => {
  const pieces = []
  let end = 0
  for (const [from, to] of index.places(text, asked)) {
    pieces.push(text.slice(end, from), make("mark", {}, text.slice(from, to)))
    end = to
  }
  return [...pieces, text.slice(end)]
}

/* Give the results shown the texts of their records as these come. */
const fill = async (asked) => {
  const mine = turn
  const options = [...parts.list.querySelectorAll("a[role=option]")]
  const records = options.map((option) => index.records[option.dataset.at])
  const put = () => {
    options.forEach((option, at) => {
      const held = index.texts[records[at].at]
      if (!held) return
      const excerpt = marked(around(held.text, asked), asked)
      option.querySelector(".xy-search__text").replaceChildren(...excerpt)
    })
  }
  put()
  const missing = index.missing(records)
  if (!missing.length) return
  await loadTexts(missing)
  if (mine === turn) put()
}

/* The part of a text that a result shows: its beginning, or what stands around the first match. */
const around = (text, asked) => {
  const first = index.places(text, asked)[0]?.[0] ?? 0
  const start = first < LENGTH * 0.7 ? 0 : text.lastIndexOf(" ", first - 60) + 1
  const cut = text.slice(start, start + LENGTH)
  const space = cut.lastIndexOf(" ")
  const isWhole = start + LENGTH >= text.length
  const end = isWhole ? cut : `${cut.slice(0, space > 0 ? space : LENGTH)} …`
  return start ? `… ${end}` : end
}

const showNone = (asked) => {
  parts.list.replaceChildren()
  parts.field.setAttribute("aria-expanded", "false")
  choose(null, false)
  const near = index.nearest(asked).map(({ record }) => {
    const link = make("a", { href: new URL(record.address, root).href }, record.name)
    return make("li", {}, link, ...(record.zh ? [" ", chinese(record.zh)] : []))
  })
  const glossary = { href: new URL("terms/", root).href }
  const ways = make("p", {}, make("a", glossary, say("search-glossary")))
  if (opener.dataset.propose) {
    const address = new URL(opener.dataset.propose)
    address.searchParams.set("title", asked)
    const attributes = { href: address.href, rel: "external" }
    ways.append(" · ", make("a", attributes, say("search-propose")))
  }
  const names = near.length ? [make("p", {}, say("search-nearest")), make("ul", {}, ...near)] : []
  parts.note.replaceChildren(...names, make("p", {}, say("search-ways")), ways)
  announce(parts.status, say("search-none", { query: asked }))
  parts.status.classList.add("xy-search__status--none")
}

const showAll = (more) => {
  const { all: key } = more.dataset
  const from = [...more.parentElement.querySelectorAll("[role=option]")].indexOf(more)
  all.add(key)
  show(...last)
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

/* Loads the index and searches once, so that the first key finds the engine warm. */
const prepare = async () => {
  if (navigator.connection?.saveData) return
  try {
    const { sources } = await load()
    await sources
    whenIdle(() => index.find("xinyong"))
  } catch {
    // The reader is told when the search is used.
  }
}

if (opener) start()
