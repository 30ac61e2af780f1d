/* Makes indexes sortable and filterable, and keeps what is shown in the page's address. Without
   this script they are plain tables and lists in their natural order, and their forms are hidden.
   What they show while nothing is chosen, counts and hints included, stands in the page already, so
   that nothing moves when this script starts.

   Of a long index most rows of the first page stand in lists, by name alone. They are found like all
   others, by what they show; only rows of tables can be sorted.

   A row says its values in data-f, one for each facet of the form in their order ("state score a,b
   2018"), and other words it is found by in data-t. In the address stand
   ?find=…&<facet>=a,b&from=2015&to=2018&sort=-launched. */
import {
  announce,
  fromAddress,
  make,
  makeButton,
  number,
  remember,
  root as home,
  say,
  ticked,
  whenIdle,
} from "./ui.js"

const MOST_COMPARED = 4
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" })
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
const unspaced = (text) => text.replace(/[\s'’-]+/g, "")

/* Where the style makes cards of rows. */
const phone = matchMedia("(max-width: 44.9375em)")
const ROLES = {
  TABLE: "table",
  THEAD: "rowgroup",
  TBODY: "rowgroup",
  TR: "row",
  TH: "columnheader",
  TD: "cell",
}
const UNNAMED = ":is(table, thead, tbody, tr, th, td):not([role])"

/* Rows that stand together, in a table or a list, perhaps folded. A list keeps its order. */
class Part {
  constructor(element) {
    this.element = element
    this.table = element.querySelector("table")
    this.headings = [...(this.table?.tHead.rows[0].cells ?? [])]
    this.rows = [...(this.table?.tBodies[0].rows ?? element.querySelectorAll("li[data-f]"))]
    this.folds = element.matches("details")
    this.prepared = false
    this.opened = false
  }

  get open() {
    return !this.folds || this.element.open
  }

  get shown() {
    return this.rows.some((row) => !row.hidden)
  }

  put(rows) {
    this.table?.tBodies[0].replaceChildren(...rows)
  }
}

/* An index: its rows with their values, its form, its parts. In their natural order the rows stand
   in their parts; in any other they all stand in the first. */
class Index {
  constructor(root) {
    this.root = root
    this.form = root.querySelector(".xy-filter")
    this.status = this.form.querySelector("[role=status]")
    this.summary = this.form.querySelector("summary")
    this.unfiltered = this.summary?.textContent
    this.find = this.form.elements.find
    this.facets = [...this.form.querySelectorAll("[data-facet]")].map((group) => ({
      name: group.dataset.facet,
      boxes: [...group.querySelectorAll("input")],
    }))
    const { from, to } = this.form.elements
    this.years = this.form.querySelector("[data-range]") ? [from, to] : []
    this.parts = [...root.querySelectorAll("[data-part]")].map((part) => new Part(part))
    this.rows = this.parts.flatMap((part) => part.rows).map((row) => ({ row }))
    this.groups = [...root.querySelectorAll("[data-group]")]
    this.headings = this.parts[0]?.headings ?? []
    const natural = this.headings.find((heading) => heading.hasAttribute("aria-sort"))
    this.natural = natural?.dataset.key ?? ""
    this.order = this.natural
    this.sorted = new Map()
    for (const part of this.parts) {
      if (part.open) this.prepare(part)
      else part.element.addEventListener("toggle", () => this.prepare(part), { once: true })
    }
    phone.addEventListener("change", () => this.writeRoles())
    this.restore()
    this.listen()
  }

  /* Makes headings buttons, once the part is open: a hundred parts that stay folded cost nothing. */
  prepare(part) {
    if (part.prepared) return
    part.prepared = true
    part.headings.forEach((heading, column) => {
      const { key } = heading.dataset
      const button = makeButton({ class: "xy-sort" }, heading.textContent, () => {
        this.show({ sort: this.order === key ? `-${key}` : key })
        this.headings[column].firstElementChild.focus()
      })
      heading.replaceChildren(button)
    })
    this.writeRoles()
  }

  /* Rows that are cards would no longer be rows to a screen reader, so the roles of what is open
     are written down, some at a time. */
  writeRoles() {
    if (!phone.matches || this.writing) return
    const some = () => {
      const open = this.parts.filter((part) => part.table && part.open)
      const parts = open.flatMap((part) => [...part.element.querySelectorAll(UNNAMED)])
      for (const part of parts.slice(0, 1000)) part.setAttribute("role", ROLES[part.tagName])
      this.writing = parts.length > 1000
      if (this.writing) whenIdle(some)
    }
    this.writing = true
    whenIdle(some)
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault())
    this.form.addEventListener("change", (event) => {
      if (event.target !== this.find) this.show({})
    })
    // What is typed in one go is one step back, not one for each letter.
    this.find.addEventListener("input", () => {
      this.show({ replace: this.typing })
      this.typing = true
    })
    this.find.addEventListener("change", () => {
      this.typing = false
    })
    this.form.addEventListener("reset", () => setTimeout(() => this.show({ sort: this.natural })))
    addEventListener("popstate", () => this.restore())
  }

  /* Reads the address into form and order. */
  restore() {
    const query = fromAddress()
    this.find.value = query.get("find") ?? ""
    for (const { name, boxes } of this.facets) {
      const chosen = new Set((query.get(name) ?? "").split(","))
      for (const box of boxes) box.checked = chosen.has(box.value)
    }
    for (const field of this.years) field.value = query.get(field.name) ?? ""
    this.sort(query.get("sort") ?? this.natural)
    this.filter()
  }

  /* Shows what form and order say, and writes it into the address. */
  show({ sort, replace = false }) {
    if (sort !== undefined) this.sort(sort)
    this.filter()
    const values = { find: this.find.value.trim() || undefined }
    for (const { name, boxes } of this.facets) values[name] = ticked(boxes).join(",") || undefined
    for (const field of this.years) values[field.name] = field.value || undefined
    values.sort = this.order === this.natural ? undefined : this.order
    remember(values, { replace })
  }

  /* Puts the rows into an order: the key of a column, with a minus sign before it where it
     descends. */
  sort(order) {
    const key = order.replace(/^-/, "")
    const column = this.headings.findIndex((heading) => heading.dataset.key === key)
    if (order === this.order || (column < 0 && order !== this.natural)) return
    this.order = order
    this.flat = order !== this.natural
    for (const { headings } of this.parts) {
      for (const heading of headings) heading.removeAttribute("aria-sort")
      headings[column]?.setAttribute("aria-sort", order === key ? "ascending" : "descending")
    }
    if (this.flat) {
      const rows = this.ascending(column)
      this.parts[0].put(order === key ? rows : [...rows].reverse())
    } else {
      for (const part of this.parts) part.put(part.rows)
    }
    this.fold()
  }

  /* The rows in the order of a column, computed once. Only values that differ are compared as words
     of a language, which is slow; rows of one value keep their natural order. */
  ascending(column) {
    if (!this.sorted.has(column)) {
      const rows = this.parts.flatMap((part) => (part.table ? part.rows : []))
      const keys = rows.map((row) => this.key(row.cells[column]))
      const ranks = new Map(
        [...new Set(keys)].sort(collator.compare).map((key, rank) => [key, rank]),
      )
      const ranked = rows.map((row, index) => [ranks.get(keys[index]), row])
      const natural = this.headings[column].dataset.key === this.natural
      if (!natural) ranked.sort((one, other) => one[0] - other[0])
      this.sorted.set(
        column,
        ranked.map((pair) => pair[1]),
      )
    }
    return this.sorted.get(column)
  }

  /* What a cell is sorted by: its key, the short form of a reference, or all that it shows. */
  key(cell) {
    return cell.dataset.s ?? (cell.querySelector(".xy-more") ?? cell).textContent.trim()
  }

  /* Opens what is folded as long as rows are looked for or stand in an order of their own, and
     hides what is empty. */
  fold() {
    const [first] = this.parts
    for (const part of this.parts) {
      const flat = this.flat && part.table
      const open = Boolean(this.narrowed || flat)
      if (part.folds && open && !part.opened) part.wasOpen = part.element.open
      if (part.folds && open) {
        part.element.open = true
        this.prepare(part)
      }
      if (part.folds && !open && part.opened) part.element.open = part.wasOpen
      part.element.hidden = flat ? part !== first : !part.shown
      part.opened = open
    }
    this.writeRoles()
    this.root.classList.toggle("xy-flat", Boolean(this.flat))
    for (const group of this.groups) {
      const parts = [...group.querySelectorAll("[data-part]")]
      if (parts.length) group.hidden = parts.every((part) => part.hidden)
    }
  }

  /* Hides the rows that do not match, and counts beside each value what choosing it would show. */
  filter() {
    const wanted = this.facets.map(({ boxes }) => new Set(ticked(boxes)))
    const looked = fold(this.find.value).split(/\s+/).filter(Boolean)
    const [from, to] = this.years.map((field) => field.value)
    const chosen = wanted.reduce((sum, values) => sum + values.size, from || to ? 1 : 0)
    const narrowed = chosen > 0 || looked.length > 0
    if (!narrowed && !this.narrowed) return
    this.narrowed = narrowed
    const counts = this.facets.map(() => new Map())
    let shown = 0
    for (const item of this.rows) {
      const misses = []
      const values = this.values(item)
      const text = looked.length ? this.text(item) : ""
      if (!looked.every((word) => text.includes(word))) misses.push(-1)
      if (this.years.length && !this.within(values.at(-1)[0], from, to)) misses.push(-1)
      wanted.forEach((some, at) => {
        if (some.size && !values[at].some((value) => some.has(value))) misses.push(at)
      })
      const hidden = misses.length > 0
      if (item.row.hidden !== hidden) item.row.hidden = hidden
      if (!misses.length) shown += 1
      this.facets.forEach((_, at) => {
        if (misses.some((missed) => missed !== at)) return
        for (const value of values[at]) counts[at].set(value, (counts[at].get(value) ?? 0) + 1)
      })
    }
    this.facets.forEach(({ boxes }, at) => {
      for (const box of boxes) this.count(box, counts[at].get(box.value) ?? 0)
    })
    if (this.summary) {
      const label = chosen ? say("filters-chosen", { n: chosen }) : this.unfiltered
      this.summary.textContent = label
    }
    this.fold()
    const numbers = { n: number(shown), m: number(this.rows.length) }
    announce(this.status, say(shown ? "picked" : "none-shown", numbers))
  }

  count(box, rows) {
    const label = box.closest("label")
    label.querySelector(".xy-count").textContent = rows
    label.classList.toggle("xy-empty", !rows && !box.checked)
  }

  /* The values of a row, one list for each facet. */
  values(item) {
    item.values ??= item.row.dataset.f?.split(" ").map((choice) => choice.split(",")) ?? []
    return item.values
  }

  within(year, from, to) {
    return (!from && !to) || Boolean(year && (!from || year >= from) && (!to || year <= to))
  }

  /* What a row is found by: what it shows and its other names, without accents; pinyin as one word
     too. */
  text(item) {
    if (item.text === undefined) {
      const spelled = [...item.row.querySelectorAll('[lang="zh-Latn-pinyin"]')].map((node) =>
        unspaced(node.textContent),
      )
      item.text = fold([item.row.textContent, item.row.dataset.t ?? "", ...spelled].join(" "))
    }
    return item.text
  }
}

/* Lets two to four rows be chosen for the compare view. */
class Chooser {
  constructor(root) {
    this.kind = root.dataset.compare
    this.boxes = [...root.querySelectorAll(".xy-choose input")]
    for (const box of this.boxes) box.addEventListener("change", () => this.show())
    this.base = new URL("compare/", home)
    this.go = make("a", { class: "md-button md-button--primary" }, say("compare"))
    const clear = makeButton({}, say("compare-clear"), () => this.clear())
    this.status = make("span", { role: "status" })
    this.bar = make("div", { class: "xy-chosen", hidden: true }, this.status, this.go, clear)
    root.append(this.bar)
    this.show()
  }

  clear() {
    for (const box of this.boxes) box.checked = false
    this.show()
    this.boxes[0].focus()
  }

  /* What is said of the number of rows chosen. */
  message(count) {
    if (count === 0) return ""
    if (count === 1) return say("compare-more")
    return say(count < MOST_COMPARED ? "compare-chosen" : "compare-full", { n: count })
  }

  show() {
    const chosen = ticked(this.boxes)
    for (const box of this.boxes) box.disabled = !box.checked && chosen.length >= MOST_COMPARED
    this.bar.hidden = chosen.length === 0
    announce(this.status, this.message(chosen.length))
    this.go.hidden = chosen.length < 2
    this.go.href = `${this.base.href}?${this.kind}=${chosen.join(",")}`
  }
}

for (const root of document.querySelectorAll("[data-index]")) {
  new Index(root)
  if (root.dataset.compare) new Chooser(root)
}
document.documentElement.classList.remove("xy-asked")
