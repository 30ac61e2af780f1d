/* Small things of every page: what scrolls sideways can be reached by keyboard; an address opens
   what it leads into; references can be copied. */
(() => {
  "use strict"
  // Observed, not asked: to ask while the page loads makes the browser lay it out once more.
  const reach = new ResizeObserver((sized) => {
    for (const box of new Set(sized.map(({ target }) => target.closest(".xy-wide")))) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
      else box.removeAttribute("tabindex")
    }
  })
  for (const part of document.querySelectorAll(".xy-wide, .xy-wide > *")) reach.observe(part)

  // Not every browser opens by itself what an address leads into.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const closed = []
    for (let part = target && target.closest("details"); part; part = part.parentElement.closest("details")) {
      if (!part.open) closed.push(part)
    }
    for (const part of closed) part.open = true
    if (closed.length) target.scrollIntoView()
  }
  addEventListener("hashchange", open)
  open()

  if (!navigator.clipboard) return // a page that came without https may not copy
  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "xy-copy"
    button.textContent = xinyongWords.copy
    const said = text.textContent.trim()
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(said)
      button.textContent = xinyongWords.copied
      setTimeout(() => { button.textContent = xinyongWords.copy }, 2000)
    })
    text.after(button)
  }
})()
