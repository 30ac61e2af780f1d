/* The query page: loads the database when asked to, runs SQL over it, shows the rows as a table. */
import {
  announce,
  fromAddress,
  make,
  makeButton,
  number,
  opensElsewhere,
  remember,
  say,
} from "./ui.js"

const LIMIT = 20
const SHOWN = 1000

const box = document.querySelector(".xy-console")
const examples = document.querySelector(".xy-examples")

const field = make("textarea", {
  id: "query-sql",
  rows: 8,
  spellcheck: "false",
  autocapitalize: "off",
})
const label = make("label", { for: field.id }, say("query-label"))
const makeControl = (name, attributes, press) =>
  makeButton({ class: "md-button", ...attributes }, name, press)
const size = { n: box.dataset.size }
const load = makeControl(say("query-load", size), { class: "md-button md-button--primary" }, () =>
  begin(),
)
const run = makeControl(say("query-run"), { disabled: true }, () => submit())
const save = makeControl(say("query-csv"), { hidden: true }, () => saveCsv())
const status = make("p", { class: "xy-status", role: "status" })
const region = { role: "region", tabindex: "0", "aria-label": say("query-result") }
const result = make("div", { class: "xy-wide", hidden: true, ...region })
const buttons = make("p", { class: "xy-buttons" }, load, run, save)
box.append(label, field, buttons, status, result)

const sqlOf = (link) => new URL(link.href).searchParams.get("sql")
const sqlInAddress = () => fromAddress().get("sql")
field.value = sqlInAddress() ?? sqlOf(examples.querySelector("a"))

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
      if (data.error === undefined) resolve(data)
      else reject(new Error(data.error))
    }
    worker.addEventListener("message", answer)
    const fail = () => reject(new Error(say("query-engine")))
    worker.addEventListener("error", fail, { once: true })
    worker.postMessage({ id, ...message })
  })

const open = async () => {
  worker = new Worker(new URL(box.dataset.engine, location.href), { type: "module" })
  await ask({ open: new URL(box.dataset.database, location.href).href })
}

const plainly = (message) => {
  const short = message.replace(/^SQLITE_\w+: (sqlite3 result code \d+: )?/, "")
  if (/no such (table|column)/.test(short)) return say("query-missing", { message: short })
  if (/readonly|read-only|attempt to write/.test(short)) return say("query-readonly")
  return say("query-syntax", { message: short })
}

const show = ({ columns, rows }) => {
  latest = { columns, rows }
  const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)))
  const cell = (value) =>
    make("td", { class: typeof value === "number" && "xy-number" }, String(value ?? ""))
  const lines = rows.slice(0, SHOWN).map((row) => make("tr", {}, ...row.map(cell)))
  result.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)))
  hideResult(rows.length === 0)
  announce(status, message(rows.length))
}

const message = (rows) => {
  if (rows === 0) return say("query-none")
  const counts = { n: number(rows), m: number(SHOWN) }
  return say(rows > SHOWN ? "query-cut" : "query-rows", counts)
}

const hideResult = (hidden) => {
  result.hidden = hidden
  save.hidden = hidden
}

const failed = (text) => {
  announce(status, text)
  hideResult(true)
}

const execute = async () => {
  announce(status, say("query-running"))
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
  remember({ sql: field.value })
  if (load.hidden) execute()
  else load.focus()
}

const begin = async () => {
  load.disabled = true
  announce(status, say("query-loading"))
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
}

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && load.hidden) submit()
})
addEventListener("popstate", () => {
  field.value = sqlInAddress() ?? field.value
  if (load.hidden) execute()
})
examples.addEventListener("click", (event) => {
  const link = event.target.closest("a")
  if (!link || opensElsewhere(event)) return
  event.preventDefault()
  field.value = sqlOf(link)
  field.scrollIntoView({ block: "center" })
  submit()
})

const quoted = (value) => {
  const text = String(value ?? "")
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const saveCsv = () => {
  const rows = [latest.columns, ...latest.rows]
  const text = rows.map((row) => `${row.map(quoted).join(",")}\n`).join("")
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }))
  make("a", { href: address, download: "xinyong-query.csv" }).click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
