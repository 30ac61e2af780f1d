/* The search: a button in the header opens a dialog, its index is fetched when the page has come to rest. Keys: / s f. */
(() => {
  "use strict"
  const opener = document.querySelector(".xy-search-open")
  if (!opener) return
  const own = document.currentScript.src
  const root = new URL("..", own)
  const words = xinyongWords
  const BEST = 1
  const SHOWN = 4
  const FEW = 8
  const PAUSE = 200

  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value)
    made.append(...children)
    return made
  }
  const fetched = async (name) => {
    const answer = await fetch(new URL(`search/${name}.json`, root))
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
    return answer.json()
  }

  /* The index: names first, those of sources after them, texts for what is shown. */
  let loading
  let index
  const load = () =>
    (loading ??= (async () => {
      const [{ Index }, first] = await Promise.all([import(new URL("matching.js", own)), fetched("records")])
      index = new Index(first)
      const sources = fetched("sources").then((rows) => {
        index.add(rows)
        update()
      })
      return { sources: sources.catch(() => {}) }
    })().catch((error) => {
      loading = undefined
      throw error
    }))
  const texts = new Map()
  const loadTexts = (files) =>
    Promise.all(
      files.map((file) => {
        if (!texts.has(file))
          texts.set(
            file,
            fetched(`texts/${file}`).then(
              (found) => index.keep(file, found),
              () => texts.delete(file),
            ),
          )
        return texts.get(file)
      }),
    )

  /* The dialog, made when it is first opened. */
  let parts
  const build = () => {
    const field = make("input", {
      type: "text", class: "xy-search__field", role: "combobox", "aria-label": words["search-field"], "aria-expanded": "false",
      "aria-controls": "xy-search-list", "aria-autocomplete": "list", placeholder: words["search-placeholder"],
      autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go",
    })
    const close = make("button", { type: "button", class: "xy-search__close", "aria-label": words["search-close"] }, "×")
    const list = make("div", { id: "xy-search-list", class: "xy-search__list", role: "listbox", "aria-label": words["search-results"] })
    const note = make("div", { class: "xy-search__note" })
    const status = make("div", { class: "xy-search__status", role: "status" })
    const keys = make("p", { class: "xy-search__keys" }, words["search-keys"])
    const bar = make("div", { class: "xy-search__bar" }, field, close)
    const results = make("div", { class: "xy-search__results", role: "region", "aria-label": words["search-results"], tabindex: "0" }, note, list)
    const dialog = make("dialog", { class: "xy-search md-typeset", "aria-label": words.search }, bar, status, results, keys)
    document.body.append(dialog)
    field.addEventListener("input", () => {
      all.clear()
      update()
    })
    field.addEventListener("keydown", onKey)
    close.addEventListener("click", () => dialog.close())
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())
    dialog.addEventListener("close", () => share(""))
    list.addEventListener("click", (event) => {
      const more = event.target.closest("[data-all]")
      if (more) showAll(more)
      else if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close()
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

  /** Put the query into the address, so that the search can be passed on. */
  const share = (query) => {
    const address = new URL(location)
    if (query) address.searchParams.set("q", query)
    else address.searchParams.delete("q")
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  /* Showing what was found. */
  const all = new Set()
  let turn = 0
  const update = async () => {
    if (!parts?.dialog.open) return
    const mine = ++turn
    const asked = parts.field.value.trim()
    share(asked)
    if (!index) {
      parts.status.textContent = asked ? words["search-loading"] : words["search-hint"]
      try {
        await load()
      } catch {
        parts.status.textContent = words["search-failed"]
        return
      }
      if (mine !== turn) return
    }
    const found = index.find(asked)
    show(asked, found)
    const { sources } = await load()
    if (found.length < FEW && asked.length > 1) {
      // So few names: the texts are looked through as well, once the reader has come to rest.
      await Promise.all([sources, new Promise((done) => setTimeout(done, PAUSE))])
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
  const show = (asked, found, said = "") => {
    last = [asked, found, said]
    const was = active()?.dataset.key
    parts.status.classList.remove("xy-search__status--none")
    parts.note.replaceChildren(...(said ? [make("p", {}, said)] : []))
    parts.status.textContent = found.length ? (found.length === 1 ? words["search-count-one"] : say("search-count", { n: found.length.toLocaleString("en") })) : asked ? "" : words["search-hint"]
    const groups = grouped(found)
    parts.list.replaceChildren(...groups.map((group) => groupOf(group, asked)))
    parts.field.setAttribute("aria-expanded", String(found.length > 0))
    const options = [...parts.list.querySelectorAll("[role=option]")]
    options.forEach((option, at) => (option.id = `xy-search-${at}`))
    choose(options.find((option) => option.dataset.key === was) ?? null, false)
    if (turn !== show.turn) parts.results.scrollTop = 0
    show.turn = turn
    fill(asked)
  }

  /** The best match, then what is left of each kind, the kind of the best first. */
  const grouped = (found) => {
    if (!found.length) return []
    const groups = [{ key: "best", head: words["search-best"], found: found.slice(0, BEST) }]
    const kinds = new Map()
    for (const each of found.slice(BEST)) {
      const { kind } = each.record
      if (!kinds.has(kind)) kinds.set(kind, [])
      kinds.get(kind).push(each)
    }
    for (const [kind, members] of kinds) groups.push({ key: kind, head: index.heads.get(kind), found: members, counted: true })
    return groups
  }

  const groupOf = ({ key, head, found, counted }, asked) => {
    const title = make("div", { id: `xy-search-${key}`, class: "xy-search__head", role: "presentation" }, head)
    if (counted) title.append(" ", make("span", { class: "xy-search__count" }, found.length.toLocaleString("en")))
    const shown = all.has(key) ? found : found.slice(0, found.length === SHOWN + 1 ? SHOWN + 1 : SHOWN)
    const group = make("div", { class: "xy-search__group", role: "group", "aria-labelledby": title.id }, title)
    for (const each of shown) group.append(optionOf(each.record, asked))
    if (shown.length < found.length)
      group.append(make("div", { role: "option", class: "xy-search__all", "data-all": key, "data-key": `all ${key}`, "aria-selected": "false" }, say("search-all", { n: found.length.toLocaleString("en") })))
    return group
  }

  const optionOf = (record, asked) => {
    const option = make("a", { role: "option", class: "xy-search__option", tabindex: "-1", href: new URL(record.address, root).href, "data-key": record.address, "data-at": record.at, "aria-selected": "false" })
    const name = make("span", { class: "xy-search__name" }, ...marked(record.name, asked))
    if (record.layer) name.append(" ", layerMark(record.layer))
    option.append(name)
    if (record.zh) option.append(" ", make("span", { class: "xy-search__zh", lang: "zh-Hans" }, ...marked(record.zh, asked)))
    if (record.pinyin && record.kind !== "citations") option.append(" ", make("span", { class: "xy-search__pinyin", lang: "zh-Latn-pinyin" }, ...marked(record.pinyin, asked)))
    const other = otherName(record, asked)
    if (other) option.append(make("span", { class: "xy-search__other" }, ...marked(other, asked)))
    option.append(make("span", { class: "xy-search__text" }))
    return option
  }

  const layerMark = (layer) => {
    const label = index.layerNames.get(layer)
    const shown = make("span", { "aria-hidden": "true" }, label[0])
    return make("span", { class: `xy-mark xy-mark--${layer}` }, shown, make("span", { class: "xy-search__said" }, say("layer-mark", { layer: label })))
  }

  /** A name that is not shown as such but has what was asked for: another rendering, an author, a number. */
  const otherName = (record, asked) => {
    const short = record.kind === "citations" ? record.more[0] : ""
    const shown = [record.name, record.zh, record.pinyin].filter(Boolean)
    const others = [...record.also, ...record.more]
    const hit = shown.some((text) => index.has(text, asked))
      ? undefined
      : (others.find((text) => index.has(text, asked)) ??
        (shown.some((text) => index.places(text, asked).length) ? undefined : others.find((text) => index.places(text, asked).length)))
    return hit && short && hit !== short ? `${short} · ${hit}` : (hit ?? short)
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

  /** Give the results shown the texts of their records as these come. */
  const fill = async (asked) => {
    const mine = turn
    const options = [...parts.list.querySelectorAll("a[role=option]")]
    const records = options.map((option) => index.records[option.dataset.at])
    const put = () =>
      options.forEach((option, at) => {
        const held = index.texts[records[at].at]
        if (held) option.querySelector(".xy-search__text").replaceChildren(...marked(around(held.text, asked), asked))
      })
    put()
    const missing = index.missing(records)
    if (!missing.length) return
    await loadTexts(missing)
    if (mine === turn) put()
  }

  /** The part of a text that a result shows: its beginning, or what stands around the first match. */
  const around = (text, asked) => {
    const LENGTH = 220
    const first = index.places(text, asked)[0]?.[0] ?? 0
    const start = first < LENGTH * 0.7 ? 0 : text.lastIndexOf(" ", first - 60) + 1
    const cut = text.slice(start, start + LENGTH)
    const whole = start + LENGTH >= text.length ? cut : `${cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : LENGTH)} …`
    return start ? `… ${whole}` : whole
  }

  const showNone = (asked) => {
    parts.list.replaceChildren()
    parts.field.setAttribute("aria-expanded", "false")
    choose(null, false)
    const said = say("search-none", { query: asked })
    const near = index.nearest(asked).map(({ record }) => make("li", {}, make("a", { href: new URL(record.address, root).href }, record.name), ...(record.zh ? [" ", make("span", { lang: "zh-Hans" }, record.zh)] : [])))
    const ways = make("p", {}, make("a", { href: new URL("terms/", root).href }, words["search-glossary"]))
    if (opener.dataset.propose) {
      const address = new URL(opener.dataset.propose)
      address.searchParams.set("title", asked)
      ways.append(" · ", make("a", { href: address.href, rel: "external" }, words["search-propose"]))
    }
    parts.note.replaceChildren(...(near.length ? [make("p", {}, words["search-nearest"]), make("ul", {}, ...near)] : []), make("p", {}, words["search-ways"]), ways)
    parts.status.textContent = said
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

  /* Choosing by keyboard: the field keeps the focus, the option chosen is named by aria-activedescendant. */
  const active = () => parts.list.querySelector('[aria-selected="true"]')
  const choose = (option, scroll = true) => {
    active()?.setAttribute("aria-selected", "false")
    if (!option) return parts.field.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    parts.field.setAttribute("aria-activedescendant", option.id)
    if (scroll) option.scrollIntoView({ block: "nearest" })
  }
  const onKey = (event) => {
    if (event.isComposing) return
    const options = [...parts.list.querySelectorAll("[role=option]")]
    const at = options.indexOf(active())
    const goes = {
      ArrowDown: () => (at + 1) % options.length,
      ArrowUp: () => (at < 0 ? options.length : at + options.length + 1) % (options.length + 1) - 1,
      Home: () => (at < 0 ? undefined : 0),
      End: () => (at < 0 ? undefined : options.length - 1),
    }
    if (event.key === "Enter") {
      event.preventDefault()
      const option = active() ?? options[0]
      if (option) option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }))
    } else if (options.length && goes[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const to = goes[event.key]()
      if (to === undefined) return
      event.preventDefault()
      choose(options[to] ?? null)
    }
  }

  opener.addEventListener("click", () => open())
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || parts?.dialog.open) return
    if (event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return
    if (["/", "s", "f"].includes(event.key)) {
      event.preventDefault()
      open()
    }
  })

  const asked = new URL(location).searchParams.get("q")
  if (asked) open(asked)
  const rest = () =>
    navigator.connection?.saveData ||
    load()
      .then(({ sources }) => sources)
      .then(() => whenIdle(() => index.find("xinyong"))) // so that the first key finds the engine warm
      .catch(() => {})
  const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 300))
  addEventListener("load", () => whenIdle(rest))
  opener.addEventListener("pointerenter", () => load().catch(() => {}), { once: true })
  opener.addEventListener("focus", () => load().catch(() => {}), { once: true })
})()
