/* Opens what is folded where a reader is led into it: by an address with a fragment, by a link, or
   to be printed. Most browsers do the first of themselves, and all can be opened by hand. */

const openAround = (target) => {
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true
  }
}

const followFragment = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target?.closest("article details:not([open])")) return
  openAround(target)
  target.scrollIntoView()
}

let closed = []
const openAll = () => {
  closed = [...document.querySelectorAll("article details:not([open], .xy-citebox)")]
  for (const box of closed) box.open = true
}
const closeAgain = () => {
  for (const box of closed) box.open = false
}

addEventListener("hashchange", followFragment)
addEventListener("beforeprint", openAll)
addEventListener("afterprint", closeAgain)
followFragment()
