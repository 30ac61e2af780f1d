/* The compare view: two to four records of one kind, chosen in the form or by the address
   (?programs=sesame-credit,tencent-credit), fetched one small file each and put side by side.
   Without this script the page shows the comparisons that were prepared. */
(() => {
  "use strict"
  const root = document.querySelector("[data-comparing]")
  if (!root) return
  const MOST = 4
  const words = xinyongWords
  const said = (word, values) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name])
  const fields = JSON.parse(root.querySelector('script[type="application/json"]').textContent)
  const form = root.querySelector("form")
  const select = form.elements.record
  const status = root.querySelector("[role=status]")
  const place = root.querySelector("[data-comparison]")
  const options = new Map([...select.options].map((option) => [option.value, option]))
  const kindOf = (id) => options.get(id)?.closest("optgroup").dataset.kind
  const nameOf = (id) => options.get(id)?.textContent ?? id
  const fetched = new Map()
  let chosen = []

  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    made.append(...children)
    return made
  }

  /* The part of a page's HTML that a cell holds; it comes from the site's own files. */
  const filled = (cell, html) => {
    cell.innerHTML = html
    return cell
  }

  const load = (id) => {
    if (!fetched.has(id)) {
      const address = new URL(`${kindOf(id)}/${id}.json`, new URL(".", location.href))
      const loading = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      loading.catch(() => fetched.delete(id))
      fetched.set(id, loading)
    }
    return fetched.get(id)
  }

  const asked = () => {
    const query = new URLSearchParams(location.search)
    for (const kind of Object.keys(fields)) {
      const ids = [...new Set((query.get(kind) ?? "").split(","))].filter(Boolean)
      if (ids.length) return ids.filter((id) => kindOf(id) === kind).slice(0, MOST)
    }
    return []
  }

  const unknown = () => {
    const query = new URLSearchParams(location.search)
    return Object.keys(fields).flatMap((kind) =>
      (query.get(kind) ?? "").split(",").filter((id) => id && kindOf(id) !== kind),
    )
  }

  const go = (ids) => {
    const address = ids.length ? `?${kindOf(ids[0])}=${ids.join(",")}` : location.pathname
    history.pushState(null, "", address)
    show(ids)
  }

  const button = (mark, word, id, act) => {
    const label = said(word, { name: nameOf(id) })
    const made = make("button", { type: "button", title: label, "aria-label": label }, mark)
    made.addEventListener("click", act)
    return made
  }

  const head = (data, id, index) => {
    const cell = filled(make("th", { scope: "col" }), data.head)
    const buttons = make("span", { class: "xy-moves" })
    if (index > 0) {
      const moved = [...chosen]
      moved.splice(index - 1, 2, chosen[index], chosen[index - 1])
      buttons.append(button("←", "comparing-left", id, () => go(moved)))
    }
    buttons.append(button("×", "comparing-remove", id, () => go(chosen.filter((other) => other !== id))))
    cell.append(" ", buttons)
    return cell
  }

  const row = (name, title, columns) => {
    if (!columns.some((data) => data.cells[name])) return []
    const digests = new Set(columns.map((data) => data.digests[name]).filter(Boolean))
    const heading = make("th", { scope: "row" }, title)
    if (digests.size > 1) heading.append(" ", make("span", { class: "xy-differs" }, words.differs))
    const cells = columns.map((data) =>
      data.cells[name] ? filled(make("td"), data.cells[name]) : make("td", {}, make("span", { class: "xy-sub" }, words.unrecorded)),
    )
    return [make("tr", {}, heading, ...cells)]
  }

  const table = (columns, ids) => {
    const heads = columns.map((data, index) => head(data, ids[index], index))
    const rows = fields[kindOf(ids[0])].flatMap(([name, title]) => row(name, title, columns))
    const label = `${words.table}: ${ids.map(nameOf).join(", ")}`
    const made = make(
      "table",
      { class: "xy-compare" },
      make("thead", {}, make("tr", {}, make("td"), ...heads)),
      make("tbody", {}, ...rows),
    )
    return make("div", { class: "xy-wide xy-comparison", role: "region", tabindex: "0", "aria-label": label }, made)
  }

  const show = async (ids) => {
    chosen = ids
    for (const [id, option] of options) {
      option.disabled = Boolean(id) && ids.length > 0 && (kindOf(id) !== kindOf(ids[0]) || ids.includes(id))
    }
    select.value = ""
    form.querySelector("button").disabled = ids.length >= MOST
    const results = await Promise.allSettled(ids.map(load))
    if (chosen !== ids) return
    place.classList.remove("xy-awaited")
    const failed = ids.filter((_, index) => results[index].status === "rejected")
    if (failed.length) {
      status.textContent = said("comparing-failed", { names: failed.map(nameOf).join(", ") })
      place.replaceChildren()
      return
    }
    place.replaceChildren(...(ids.length ? [table(results.map((result) => result.value), ids)] : []))
    const missing = unknown()
    const first = missing.length ? `${said("comparing-unknown", { names: missing.join(", ") })} ` : ""
    if (ids.length < 2) status.textContent = first + said(ids.length ? "comparing-one" : "comparing-few", { name: nameOf(ids[0]) })
    else status.textContent = first + said("comparing-shown", { names: ids.map(nameOf).join(", ") })
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (select.value && chosen.length < MOST) go([...chosen, select.value])
  })
  addEventListener("popstate", () => show(asked()))
  show(asked())
})()
