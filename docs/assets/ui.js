/* What the page scripts share: words, elements, the page's address, files of the site, places on
   the screen. */
import words from "./words.js"

/* The root of the site, with its final slash. */
export const root = new URL("..", import.meta.url)

const GAP = 6

/* A word of the interface, with the values that it has places for. */
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])

/* A number as it is written in running text. */
export const number = (value) => value.toLocaleString("en")

/* An element. An attribute that is undefined or false is left out, one that is true has no value.
 */
export const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? "" : value)
  }
  made.append(...children)
  return made
}

/* A button that does something when it is pressed. */
export const makeButton = (attributes, label, press) => {
  const button = make("button", { type: "button", ...attributes }, label)
  button.addEventListener("click", press)
  return button
}

export const chinese = (text, attributes = {}) =>
  make("span", { lang: "zh-Hans", ...attributes }, ...[text].flat())

export const pinyin = (text, attributes = {}) =>
  make("span", { lang: "zh-Latn-pinyin", ...attributes }, ...[text].flat())

/* Says something in an element that screen readers listen to (role=status). The same again is not
   said twice. */
export const announce = (status, text) => {
  if (status.textContent !== text) status.textContent = text
}

/* What is ticked of some boxes. */
export const ticked = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value)

/* What the page's address asks for. */
export const fromAddress = () => new URLSearchParams(location.search)

/* Writes values into the page's address; one that is undefined is taken out. Going back leads to
   the address before, unless it is replaced. */
export const remember = (values, { replace = false } = {}) => {
  const address = new URL(location.href)
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) address.searchParams.delete(name)
    else address.searchParams.set(name, value)
  }
  address.search = address.search.replaceAll("%2C", ",")
  if (address.href === location.href) return
  if (replace) history.replaceState(history.state, "", address)
  else history.pushState(history.state, "", address)
}

/* Whether a click asks the browser for another tab or window. */
export const opensElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey

/* A JSON file of the site, by its path from the root. Rejects where it does not come. */
export const fetchJson = async (path) => {
  const answer = await fetch(new URL(path, root))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))

/* Does something when the browser has nothing else to do. */
export const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 300))

/* A function that waits until it has not been called again for some milliseconds. `cancel` forgets
   the last call. */
export const debounce = (milliseconds, act) => {
  let timer
  const later = (...values) => {
    clearTimeout(timer)
    timer = setTimeout(() => act(...values), milliseconds)
  }
  later.cancel = () => clearTimeout(timer)
  return later
}

/* Puts a card below what it belongs to, above it where there is no room below, and always inside
   the window. */
export const placeBy = (owner, card) => {
  const at = [...owner.getClientRects()].at(-1)
  const { offsetWidth: width, offsetHeight: height } = card
  const right = document.documentElement.clientWidth - width - GAP
  const below = at.bottom + GAP
  const above = at.top - height - GAP
  const top = below + height <= innerHeight || above < 0 ? below : above
  card.style.left = `${Math.max(GAP, Math.min(at.left, right))}px`
  card.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`
}

/* Whether any of an element can be seen in the window. */
export const isInView = (element) => {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom >= 0 && top <= innerHeight
}
