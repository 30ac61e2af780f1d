/* Opens a cite in place: its full reference beside it. Without this script a cite leads to the list of sources. */
(() => {
  "use strict"
  const article = document.querySelector("article")
  if (!article?.querySelector("ol.xy-sources") || !HTMLElement.prototype.showPopover) return

  const card = document.createElement("span")
  card.className = "xy-card"
  card.popover = "auto"
  card.setAttribute("role", "group")
  card.setAttribute("aria-label", xinyongWords.source)
  let opened = null

  const place = (link) => {
    const at = link.getBoundingClientRect()
    const width = Math.min(384, document.documentElement.clientWidth - 24)
    card.style.width = `${width}px`
    card.style.left = `${Math.max(12, Math.min(at.left, document.documentElement.clientWidth - width - 12))}px`
    const below = window.innerHeight - at.bottom
    const up = below < card.offsetHeight + 12 && at.top > below
    card.style.top = up ? `${Math.max(8, at.top - card.offsetHeight - 6)}px` : `${at.bottom + 6}px`
  }

  const open = (link, source) => {
    const copy = source.cloneNode(true)
    const list = document.createElement("a")
    list.href = link.hash
    list.textContent = xinyongWords["in-list"]
    card.replaceChildren(...copy.childNodes, " · ", list)
    // After the link, so that the next Tab leads into the card.
    link.after(card)
    card.showPopover()
    place(link)
    opened = link
    link.setAttribute("aria-expanded", "true")
  }

  const links = article.querySelectorAll('.xy-ref a[href^="#s-"], .xy-cite a[href^="#s-"]')
  for (const link of links) link.setAttribute("aria-expanded", "false")
  // A press on the link of the open card closes the card before the click comes.
  let closing = null
  article.addEventListener("pointerdown", (event) => {
    closing = card.matches(":popover-open") && event.target.closest("a") === opened ? opened : null
  }, true)
  article.addEventListener("click", (event) => {
    const link = event.target.closest('.xy-ref a[href^="#s-"], .xy-cite a[href^="#s-"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || card.contains(link)) return
    const source = document.getElementById(link.hash.slice(1))
    if (!source) return
    event.preventDefault()
    const again = closing === link || (link === opened && card.matches(":popover-open"))
    closing = null
    if (card.matches(":popover-open")) card.hidePopover()
    if (!again) open(link, source)
  })
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed") opened?.setAttribute("aria-expanded", "false")
  })
  card.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) card.hidePopover()
  })
  window.addEventListener("scroll", () => opened && card.matches(":popover-open") && place(opened), { passive: true })
})()
