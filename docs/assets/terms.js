/* Explains terms where they are mentioned: on hover, on focus, and on the first tap. Without this
   script they are links. */
import {
  chinese,
  debounce,
  fetchJson,
  isInView,
  make,
  opensElsewhere,
  pinyin,
  placeBy,
  say,
} from "./ui.js"

const SELECTOR = "a.xy-term"
const REST = 180

let cards
const load = () => {
  cards ??= fetchJson("assets/terms.json").catch(() => {
    cards = undefined
    return {}
  })
  return cards
}

/* One card for all terms. What explains is the tooltip; the link below it is for those who tapped.
 */
let card
const build = () => {
  const tip = make("div", { id: "xy-term-tip", role: "tooltip" })
  const more = make("a", { class: "xy-tip__more" }, say("term-more"))
  const whole = make("div", { class: "xy-tip", hidden: true }, tip, more)
  whole.addEventListener("pointerenter", stay)
  whole.addEventListener("pointerleave", hideSoon)
  const main = document.querySelector("main") ?? document.body
  main.append(whole)
  return { whole, tip, more }
}

const explanation = ([zh, spelled, en, definition, confusions]) => {
  const head = make("p", { class: "xy-tip__head" })
  if (zh) head.append(make("b", { lang: "zh-Hans" }, zh), " ")
  if (spelled) head.append(pinyin(spelled, { class: "xy-tip__pinyin" }))
  const parts = [head, make("p", { class: "xy-tip__en" }, en), make("p", {}, definition)]
  if (confusions.length) parts.push(differences(confusions))
  return parts
}

const differences = (confusions) => {
  const part = make("p", { class: "xy-tip__not" }, make("b", {}, say("term-confusions")), " ")
  confusions.forEach(([name, other], at) => {
    part.append(at ? "; " : "", name)
    if (other) part.append(" ", chinese(other))
  })
  return part
}

let shown
let turn = 0
const show = async (term, tapped = false) => {
  stay()
  if (shown === term) return
  hide()
  const mine = ++turn
  const id = term.pathname.split("/").at(-2)
  const found = (await load())[id]
  if (mine !== turn || !found) return
  card ??= build()
  card.tip.replaceChildren(...explanation(found))
  card.more.href = term.href
  card.more.hidden = !tapped
  card.whole.hidden = false
  placeBy(term, card.whole)
  term.setAttribute("aria-describedby", "xy-term-tip")
  shown = term
}

const hide = () => {
  turn++
  if (!shown) return
  shown.removeAttribute("aria-describedby")
  shown = undefined
  card.whole.hidden = true
}

/* The pointer shows and hides the card when it has rested for a while; what comes first takes the
   other back. */
const afterRest = debounce(REST, (act) => act())
const hideSoon = () => afterRest(hide)
const stay = () => afterRest.cancel()

const termOf = (event) => event.target.closest?.(SELECTOR)
let touched = false
document.addEventListener("pointerover", (event) => {
  const term = termOf(event)
  if (term && event.pointerType !== "touch") afterRest(() => show(term))
})
document.addEventListener("pointerout", (event) => {
  if (termOf(event) && event.pointerType !== "touch") hideSoon()
})
document.addEventListener("focusin", (event) => {
  const term = termOf(event)
  if (term && !touched) show(term)
})
document.addEventListener("focusout", (event) => {
  if (termOf(event) && !card?.whole.contains(event.relatedTarget)) hideSoon()
})
document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch"
  if (!termOf(event) && !card?.whole.contains(event.target)) hide()
})
document.addEventListener("click", (event) => {
  const term = termOf(event)
  // A first tap explains; a second one, or the link on the card, goes there.
  if (!term || !touched || term === shown || opensElsewhere(event)) return
  event.preventDefault()
  show(term, true)
})
document.addEventListener("keydown", (event) => {
  touched = false
  if (event.key === "Escape") hide()
})

/* The card stays with its term while the page moves, and goes when the term goes. */
const follow = () => {
  if (!shown) return
  if (isInView(shown)) placeBy(shown, card.whole)
  else hide()
}
addEventListener("scroll", follow, { passive: true })
addEventListener("resize", follow)
