/* Opens the database in a thread of its own and runs queries; the page stays usable and can stop
   it. */
import start from "./vendor/sqlite-wasm/sqlite3.js"

let database

/* A server may send a .gz file as it is, or unpacked already: the first bytes tell. */
const unpacked = async (response) => {
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const open = async (address) => {
  const [response, sqlite] = await Promise.all([fetch(address), start()])
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  const bytes = await unpacked(response)
  database = new sqlite.oo1.DB()
  const pointer = sqlite.wasm.allocFromTypedArray(bytes)
  const flags = sqlite.capi.SQLITE_DESERIALIZE_FREEONCLOSE | sqlite.capi.SQLITE_DESERIALIZE_READONLY
  database.checkRc(
    sqlite.capi.sqlite3_deserialize(
      database.pointer,
      "main",
      pointer,
      bytes.length,
      bytes.length,
      flags,
    ),
  )
  database.exec("PRAGMA query_only = ON")
}

const run = (sql) => {
  const columns = []
  const rows = database.exec({
    sql,
    rowMode: "array",
    columnNames: columns,
    returnValue: "resultRows",
  })
  return { columns, rows }
}

self.onmessage = async ({ data }) => {
  try {
    if (data.open) await open(data.open)
    postMessage({ id: data.id, ...(data.sql === undefined ? {} : run(data.sql)) })
  } catch (error) {
    postMessage({ id: data.id, error: error.message })
  }
}
