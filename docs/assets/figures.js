/* Lets a reader choose what the map and the timeline show, and keeps the choice in the page's address.
   Without this script all is shown and the boxes are the legend. */
(() => {
  "use strict"

  /* What is chosen in each group of boxes: the data attribute it is about, its name in the address, its ticked values. */
  const groups = (scope) =>
    [...scope.querySelectorAll("[data-picks]")].map((group) => {
      const boxes = [...group.querySelectorAll("input")]
      return { field: group.dataset.picks, name: boxes[0].name, boxes, chosen: () => boxes.filter((box) => box.checked).map((box) => box.value) }
    })

  const read = (all) => {
    const address = new URLSearchParams(location.search)
    for (const { name, boxes } of all) {
      if (!address.has(name)) continue
      const chosen = address.get(name).split(".")
      for (const box of boxes) box.checked = chosen.includes(box.value)
    }
  }

  const write = (all) => {
    const address = new URL(location.href)
    for (const { name, boxes, chosen } of all) {
      if (chosen().length === boxes.length) address.searchParams.delete(name)
      else address.searchParams.set(name, chosen().join("."))
    }
    history.replaceState(history.state, "", address)
  }

  const show = (scope, all) => {
    const chosen = all.map(({ field, chosen }) => [field, new Set(chosen())])
    const fits = (item) =>
      chosen.every(([field, values]) => !(field in item.dataset) || item.dataset[field].split(" ").some((value) => values.has(value)))
    const fields = all.map(({ field }) => `[data-${field}]`).join()
    for (const item of scope.querySelectorAll(fields)) item.toggleAttribute("hidden", !fits(item))
    const items = [...scope.querySelectorAll("[data-item]")]
    const shown = items.filter((item) => !item.hasAttribute("hidden")).length
    scope.querySelector(".xy-picked").textContent = xinyongWords.picked.replace("{n}", shown).replace("{m}", items.length)
  }

  for (const scope of document.querySelectorAll("[data-filters]")) {
    const all = groups(scope)
    read(all)
    show(scope, all)
    scope.addEventListener("change", () => {
      show(scope, all)
      write(all)
    })
  }
})()
