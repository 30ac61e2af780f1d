/* The query page: loads the database when asked to, runs SQL over it, shows the rows as a table. */
(() => {
  "use strict"
  const console_ = document.querySelector(".xy-console")
  if (!console_) return
  const words = xinyongWords
  const LIMIT = 20
  const SHOWN = 1000

  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }

  const field = make("textarea", { id: "query-sql", rows: 8, spellcheck: false, autocapitalize: "off" })
  const label = make("label", { htmlFor: field.id, textContent: words["query-label"] })
  const load = make("button", {
    type: "button",
    className: "md-button md-button--primary",
    textContent: say("query-load", { n: console_.dataset.size }),
  })
  const run = make("button", { type: "button", className: "md-button", textContent: words["query-run"], disabled: true })
  const save = make("button", { type: "button", className: "md-button", textContent: words["query-csv"], hidden: true })
  const status = make("p", { className: "xy-status" })
  status.setAttribute("role", "status")
  const result = make("div", { className: "xy-wide", tabIndex: 0, hidden: true })
  result.setAttribute("role", "region")
  result.setAttribute("aria-label", words["query-result"])
  console_.append(label, field, make("p", { className: "xy-buttons" }, load, run, save), status, result)

  const asked = () => new URLSearchParams(location.search).get("sql")
  const first = document.querySelector(".xy-examples a")
  field.value = asked() ?? new URL(first.href).searchParams.get("sql")

  let worker
  let sent = 0
  let latest = { columns: [], rows: [] }

  /* One question to the worker, answered once; a late answer to an older one is dropped. */
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const id = ++sent
      const answer = ({ data }) => {
        if (data.id !== id) return
        worker.removeEventListener("message", answer)
        data.error === undefined ? resolve(data) : reject(new Error(data.error))
      }
      worker.addEventListener("message", answer)
      worker.addEventListener("error", () => reject(new Error(words["query-engine"])), { once: true })
      worker.postMessage({ id, ...message })
    })

  const open = async () => {
    worker = new Worker(new URL(console_.dataset.engine, location.href), { type: "module" })
    await ask({ open: new URL(console_.dataset.database, location.href).href })
  }

  const plainly = (message) => {
    const short = message.replace(/^SQLITE_\w+: (sqlite3 result code \d+: )?/, "")
    if (/no such (table|column)/.test(short)) return say("query-missing", { message: short })
    if (/readonly|read-only|attempt to write/.test(short)) return words["query-readonly"]
    return say("query-syntax", { message: short })
  }

  const show = ({ columns, rows }) => {
    latest = { columns, rows }
    const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col", textContent: name })))
    const cell = (value) =>
      make("td", { textContent: value ?? "", className: typeof value === "number" ? "xy-number" : "" })
    const lines = rows.slice(0, SHOWN).map((row) => make("tr", {}, ...row.map(cell)))
    result.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)))
    result.hidden = save.hidden = rows.length === 0
    const counts = { n: rows.length.toLocaleString("en"), m: SHOWN.toLocaleString("en") }
    status.textContent = say(rows.length === 0 ? "query-none" : rows.length > SHOWN ? "query-cut" : "query-rows", counts)
  }

  const failed = (text) => {
    status.textContent = text
    result.hidden = save.hidden = true
  }

  const execute = async () => {
    status.textContent = words["query-running"]
    run.disabled = true
    const stop = setTimeout(async () => {
      worker.terminate()
      failed(say("query-stopped", { n: LIMIT }))
      await open()
      run.disabled = false
    }, LIMIT * 1000)
    try {
      show(await ask({ sql: field.value }))
    } catch (error) {
      failed(plainly(error.message))
    }
    clearTimeout(stop)
    run.disabled = false
  }

  const submit = () => {
    const address = new URL(location.href)
    address.searchParams.set("sql", field.value)
    if (address.href !== location.href) history.pushState(null, "", address)
    if (load.hidden) return execute()
    load.focus()
  }

  load.addEventListener("click", async () => {
    load.disabled = true
    status.textContent = words["query-loading"]
    try {
      await open()
    } catch (error) {
      load.disabled = false
      failed(say("query-fetch", { message: error.message }))
      return
    }
    load.hidden = true
    await execute()
    run.focus()
  })
  run.addEventListener("click", submit)
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && load.hidden) submit()
  })
  addEventListener("popstate", () => {
    field.value = asked() ?? field.value
    if (load.hidden) execute()
  })
  document.querySelector(".xy-examples").addEventListener("click", (event) => {
    const link = event.target.closest("a")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    field.value = new URL(link.href).searchParams.get("sql")
    field.scrollIntoView({ block: "center" })
    submit()
  })

  save.addEventListener("click", () => {
    const quoted = (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    const lines = [latest.columns, ...latest.rows].map((row) => row.map((value) => quoted(String(value ?? ""))).join(","))
    const address = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }))
    make("a", { href: address, download: "xinyong-query.csv" }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  })
})()
