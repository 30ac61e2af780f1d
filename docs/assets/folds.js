/* Opens what is folded where a reader is led into it: by an address with a fragment, a link, or the printer.
   Most browsers do the first of themselves; without this script all can be opened by hand. */
(() => {
  "use strict"
  const folds = () => document.querySelectorAll("article details")

  const reveal = (target) => {
    let opened = false
    for (let box = target?.closest("details"); box; box = box.parentElement.closest("details")) {
      if (!box.open) {
        box.open = true
        opened = true
      }
    }
    return opened
  }

  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target && target.closest("article") && reveal(target)) target.scrollIntoView()
  }

  addEventListener("hashchange", follow)
  follow()

  let closed = []
  addEventListener("beforeprint", () => {
    closed = [...folds()].filter((box) => !box.open && !box.classList.contains("xy-citebox"))
    for (const box of closed) box.open = true
  })
  addEventListener("afterprint", () => {
    for (const box of closed) box.open = false
    closed = []
  })
})()
