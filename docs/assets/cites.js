/* Opens a cite in place: its full reference beside it. Without this script a cite leads to the list
   of sources. */
import { isInView, make, opensElsewhere, placeBy, say } from "./ui.js"

const CITES = '.xy-ref a[href^="#s-"], .xy-cite a[href^="#s-"]'
const WIDTH = 384
const MARGIN = 24

const start = (article) => {
  const card = make("span", {
    class: "xy-card",
    popover: "auto",
    role: "group",
    "aria-label": say("source"),
  })
  let opened = null
  const isOpen = () => card.matches(":popover-open")

  const open = (link, source) => {
    const copy = source.cloneNode(true)
    const list = make("a", { href: link.hash }, say("in-list"))
    card.replaceChildren(...copy.childNodes, " · ", list)
    // After the link, so that the next Tab leads into the card.
    link.after(card)
    card.showPopover()
    card.style.width = `${Math.min(WIDTH, document.documentElement.clientWidth - MARGIN)}px`
    placeBy(link, card)
    opened = link
    link.setAttribute("aria-expanded", "true")
  }

  for (const link of article.querySelectorAll(CITES)) link.setAttribute("aria-expanded", "false")
  // A press on the link of the open card closes the card before the click comes.
  let closing = null
  const noteClosing = (event) => {
    closing = isOpen() && event.target.closest("a") === opened ? opened : null
  }
  article.addEventListener("pointerdown", noteClosing, true)
  article.addEventListener("click", (event) => {
    const link = event.target.closest(CITES)
    if (!link || opensElsewhere(event) || card.contains(link)) return
    const source = document.getElementById(link.hash.slice(1))
    if (!source) return
    event.preventDefault()
    const again = closing === link || (link === opened && isOpen())
    closing = null
    if (isOpen()) card.hidePopover()
    if (!again) open(link, source)
  })
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed") opened?.setAttribute("aria-expanded", "false")
  })
  card.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) card.hidePopover()
  })
  const follow = () => {
    if (!opened || !isOpen()) return
    if (isInView(opened)) placeBy(opened, card)
    else card.hidePopover()
  }
  addEventListener("scroll", follow, { passive: true })
}

const article = document.querySelector("article")
if (article?.querySelector("ol.xy-sources") && HTMLElement.prototype.showPopover) start(article)
