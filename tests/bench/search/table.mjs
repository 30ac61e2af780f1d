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

const sizes = new Map()
let loaded = new Set()
const read = async (name) => {
  const data = readFileSync(join(folder, "search", `${name}.json`))
  if (!sizes.has(name)) sizes.set(name, gzipSync(data).length)
  loaded.add(name)
  return JSON.parse(data)
}
const weight = () => [...loaded].reduce((sum, name) => sum + sizes.get(name), 0)

// What a reader who has nothing yet loads until the best matches are shown, in bytes and milliseconds.
const first = async (query) => {
  loaded = new Set()
  const begun = performance.now()
  const engine = await Search.load(read)
  const { hits } = await engine.find(query, { texts: "never" })
  await Promise.all(hits.slice(0, 3).map((hit) => engine.head(hit.slot)))
  const spent = performance.now() - begun
  const bytes = weight()
  await engine.find(query)
  return { query, bytes, whole: weight(), spent }
}
const plain = (address) => address.toLowerCase().replace(/#.*/, "").replace(/\/$/, "")
const sets = JSON.parse(readFileSync(searches, "utf8"))
const search = await Search.load(read)
const totals = [0, 0, 0]
for (const [people, queries] of Object.entries(sets)) {
  const row = [0, 0, 0]
  for (const [query, wanted] of Object.entries(queries)) {
    const { hits, text } = await search.find(query)
    const heads = []
    for (const hit of hits.slice(0, 3)) heads.push(await search.head(hit.slot))
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
const show = (key, found, unit) => {
  const sorted = [...found].sort((one, other) => one[key] - other[key])
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  const most = at(1)
  console.log(`${key}: half ${unit(at(0.5)[key])}, 95 of 100 ${unit(at(0.95)[key])}, most ${unit(most[key])} (${most.query})`)
}
const kilobytes = (n) => `${(n / 1000).toFixed(1)} kB`
const costs = []
for (const queries of Object.values(sets))
  for (const query of Object.keys(queries)) costs.push(await first(query))
show("bytes", costs, kilobytes)
show("whole", costs, kilobytes)
show("spent", costs, (n) => `${n.toFixed(1)} ms`)
console.log("all", ...totals, totals.slice(1).map((n) => `${((100 * n) / totals[0]).toFixed(1)} %`).join(" "))
