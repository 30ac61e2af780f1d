// Try the searches of tests/searches.yml on a built index, by kind of people: node table.mjs FOLDER SEARCHES.json
// FOLDER holds search/, SEARCHES.json is tests/searches.yml as JSON.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { gzipSync } from "node:zlib"

const [folder, searches, ...options] = process.argv.slice(2)
const root = new URL("../../../docs/assets/", import.meta.url)
const scratch = mkdtempSync(join(tmpdir(), "search-"))
writeFileSync(join(scratch, "package.json"), '{"type": "module"}')
for (const name of ["matching.js", "search-words.js"])
  copyFileSync(new URL(name, root), join(scratch, name))
const { Search } = await import(pathToFileURL(join(scratch, "matching.js")))
rmSync(scratch, { recursive: true })

let bytes = 0
let files = 0
const read = async (name) => {
  let data
  try {
    data = readFileSync(join(folder, "search", `${name}.json`))
  } catch {
    throw Object.assign(new Error(name), { isMissing: true })
  }
  bytes += gzipSync(data).length
  files++
  return JSON.parse(data)
}
const plain = (address) => address.toLowerCase().replace(/#.*/, "").replace(/\/$/, "")
const sets = JSON.parse(readFileSync(searches, "utf8"))
const search = await Search.load(read)
const totals = [0, 0, 0]
const spent = []
for (const [people, queries] of Object.entries(sets)) {
  const row = [0, 0, 0]
  for (const [query, wanted] of Object.entries(queries)) {
    bytes = 0
    const { hits, text } = await search.find(query)
    const heads = []
    for (const hit of hits.slice(0, 3)) heads.push(await search.head(hit.slot))
    spent.push(bytes)
    const found = heads.map((head) => plain(head.address))
    row[0]++
    if (wanted.includes(found[0])) row[1]++
    else if (options.includes("-v"))
      console.log(`${people}: ${query}${text === query ? "" : ` (${text})`} -> ${hits.slice(0, 3).map((hit, at) => `${found[at]} ${hit.score.toFixed(0)}`).join(", ")} | wanted ${wanted}`)
    if (found.some((address) => wanted.includes(address))) row[2]++
  }
  console.log(people, ...row)
  row.forEach((n, at) => {
    totals[at] += n
  })
}
console.log("all", ...totals, totals.slice(1).map((n) => `${((100 * n) / totals[0]).toFixed(1)} %`).join(" "))
