/* Small things of every page: what scrolls sideways can be reached by keyboard; an address opens
   what it leads into; references can be copied. */
import { makeButton, say } from "./ui.js"

const WIDE = ".xy-wide, .md-typeset__scrollwrap"

// Observed, not asked: to ask while the page loads makes the browser lay it out once more.
const reach = new ResizeObserver((sized) => {
  for (const box of new Set(sized.map(({ target }) => target.closest(WIDE)))) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }
})
const watchWide = () => {
  for (const box of document.querySelectorAll(WIDE)) {
    for (const part of [box, ...box.children]) reach.observe(part)
  }
}
watchWide()
addEventListener("load", watchWide) // by then the theme has put its boxes around plain tables

// Not every browser opens by itself what an address leads into.
const openTarget = () => {
  const id = decodeURIComponent(location.hash.slice(1))
  const target = id && document.getElementById(id)
  const closed = []
  for (let part = target; part; part = part.parentElement) {
    if (part.matches("details:not([open])")) closed.push(part)
  }
  for (const part of closed) part.open = true
  if (closed.length) target.scrollIntoView()
}
addEventListener("hashchange", openTarget)
openTarget()

const addCopyButton = (reference) => {
  const text = reference.textContent.trim()
  const button = makeButton({ class: "xy-copy" }, say("copy"), async () => {
    await navigator.clipboard.writeText(text)
    button.textContent = say("copied")
    setTimeout(() => {
      button.textContent = say("copy")
    }, 2000)
  })
  reference.after(button)
}

// A page that came without https may not copy.
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(addCopyButton)
