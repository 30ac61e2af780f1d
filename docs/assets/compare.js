/* The compare view: two to four records of one kind, chosen in the form or by the address
   (?programs=sesame-credit,tencent-credit), fetched one small file each and put side by side.
   Without this script the page shows the comparisons that were prepared. */
import { announce, fetchJson, fromAddress, make, makeButton, remember, say } from "./ui.js"

const MOST = 4

const start = (view) => {
  const fields = JSON.parse(view.querySelector('script[type="application/json"]').textContent)
  const form = view.querySelector("form")
  const select = form.elements.record
  const status = view.querySelector("[role=status]")
  const place = view.querySelector("[data-comparison]")
  const options = new Map([...select.options].map((option) => [option.value, option]))
  const kindOf = (id) => options.get(id)?.closest("optgroup").dataset.kind
  const nameOf = (id) => options.get(id)?.textContent ?? id
  const namesOf = (ids) => ids.map(nameOf).join(", ")
  const fetched = new Map()
  let chosen = []

  /* The part of a page's HTML that a cell holds; it comes from the site's own files. */
  const filled = (cell, html) => {
    cell.innerHTML = html
    return cell
  }

  const load = (id) => {
    if (!fetched.has(id)) {
      const loading = fetchJson(`compare/${kindOf(id)}/${id}.json`)
      loading.catch(() => fetched.delete(id))
      fetched.set(id, loading)
    }
    return fetched.get(id)
  }

  /* The ids of one kind that the address asks for. */
  const askedOf = (kind) => [...new Set((fromAddress().get(kind) ?? "").split(","))].filter(Boolean)

  const chosenInAddress = () => {
    const kind = Object.keys(fields).find((kind) => askedOf(kind).length > 0)
    return kind
      ? askedOf(kind)
          .filter((id) => kindOf(id) === kind)
          .slice(0, MOST)
      : []
  }

  const unknown = () =>
    Object.keys(fields).flatMap((kind) => askedOf(kind).filter((id) => kindOf(id) !== kind))

  const go = (ids) => {
    const values = Object.fromEntries(Object.keys(fields).map((kind) => [kind, undefined]))
    if (ids.length) values[kindOf(ids[0])] = ids.join(",")
    remember(values)
    show(ids)
  }

  const button = (mark, label, press) =>
    makeButton({ title: label, "aria-label": label }, mark, press)

  const head = (data, id, index) => {
    const cell = filled(make("th", { scope: "col" }), data.head)
    const buttons = make("span", { class: "xy-moves" })
    const name = nameOf(id)
    if (index > 0) {
      const moved = [...chosen]
      moved.splice(index - 1, 2, chosen[index], chosen[index - 1])
      buttons.append(button("←", say("comparing-left", { name }), () => go(moved)))
    }
    const rest = chosen.filter((other) => other !== id)
    buttons.append(button("×", say("comparing-remove", { name }), () => go(rest)))
    cell.append(" ", buttons)
    return cell
  }

  const row = (name, title, columns) => {
    if (!columns.some((data) => data.cells[name])) return []
    const digests = new Set(columns.map((data) => data.digests[name]).filter(Boolean))
    const heading = make("th", { scope: "row" }, title)
    if (digests.size > 1) heading.append(" ", make("span", { class: "xy-differs" }, say("differs")))
    const cell = (html) =>
      html
        ? filled(make("td"), html)
        : make("td", {}, make("span", { class: "xy-sub" }, say("unrecorded")))
    return [make("tr", {}, heading, ...columns.map((data) => cell(data.cells[name])))]
  }

  const table = (columns, ids) => {
    const heads = columns.map((data, index) => head(data, ids[index], index))
    const rows = fields[kindOf(ids[0])].flatMap(([name, title]) => row(name, title, columns))
    const label = `${say("table")}: ${namesOf(ids)}`
    const whole = make(
      "table",
      { class: "xy-compare" },
      make("thead", {}, make("tr", {}, make("td"), ...heads)),
      make("tbody", {}, ...rows),
    )
    const region = { role: "region", tabindex: "0", "aria-label": label }
    return make("div", { class: "xy-wide xy-comparison", ...region }, whole)
  }

  const show = async (ids) => {
    chosen = ids
    const fits = (id) => !ids.length || (kindOf(id) === kindOf(ids[0]) && !ids.includes(id))
    for (const [id, option] of options) option.disabled = id !== "" && !fits(id)
    select.value = ""
    form.querySelector("button").disabled = ids.length >= MOST
    const results = await Promise.allSettled(ids.map(load))
    if (chosen !== ids) return
    place.classList.remove("xy-awaited")
    const failed = ids.filter((_, index) => results[index].status === "rejected")
    if (failed.length) {
      announce(status, say("comparing-failed", { names: namesOf(failed) }))
      place.replaceChildren()
      return
    }
    place.replaceChildren(
      ...(ids.length
        ? [
            table(
              results.map((result) => result.value),
              ids,
            ),
          ]
        : []),
    )
    const missing = unknown()
    const first = missing.length ? [say("comparing-unknown", { names: missing.join(", ") })] : []
    announce(status, [...first, message(ids)].join(" "))
  }

  const message = (ids) => {
    if (ids.length === 0) return say("comparing-few")
    if (ids.length === 1) return say("comparing-one", { name: nameOf(ids[0]) })
    return say("comparing-shown", { names: namesOf(ids) })
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (select.value && chosen.length < MOST) go([...chosen, select.value])
  })
  addEventListener("popstate", () => show(chosenInAddress()))
  show(chosenInAddress())
}

const view = document.querySelector("[data-comparing]")
if (view) start(view)
