/* Lets a reader choose what the map and the timeline show, and keeps the choice in the page's
   address. Without this script all is shown and the boxes are the legend. */
import { announce, fromAddress, remember, say, ticked } from "./ui.js"

/* The groups of boxes: the data attribute that each is about, its name in the address, its boxes.
 */
const groupsOf = (scope) =>
  [...scope.querySelectorAll("[data-picks]")].map((group) => {
    const boxes = [...group.querySelectorAll("input")]
    return { field: group.dataset.picks, name: boxes[0].name, boxes }
  })

const read = (groups) => {
  const address = fromAddress()
  for (const { name, boxes } of groups) {
    if (!address.has(name)) continue
    const chosen = address.get(name).split(".")
    for (const box of boxes) box.checked = chosen.includes(box.value)
  }
}

const write = (groups) => {
  const values = {}
  for (const { name, boxes } of groups) {
    const chosen = ticked(boxes)
    values[name] = chosen.length === boxes.length ? undefined : chosen.join(".")
  }
  remember(values, { replace: true })
}

const show = (scope, groups) => {
  const chosen = groups.map(({ field, boxes }) => [field, new Set(ticked(boxes))])
  const fits = (item) =>
    chosen.every(([field, values]) => {
      const own = item.dataset[field]?.split(" ")
      return !own || own.some((value) => values.has(value))
    })
  const fields = groups.map(({ field }) => `[data-${field}]:not(.xy-badge)`).join()
  for (const item of scope.querySelectorAll(fields)) item.toggleAttribute("hidden", !fits(item))
  const items = [...scope.querySelectorAll("[data-item]")]
  const shown = items.filter((item) => !item.hasAttribute("hidden")).length
  announce(scope.querySelector(".xy-picked"), say("picked", { n: shown, m: items.length }))
}

for (const scope of document.querySelectorAll("[data-filters]")) {
  const groups = groupsOf(scope)
  read(groups)
  show(scope, groups)
  scope.addEventListener("change", () => {
    show(scope, groups)
    write(groups)
  })
}
