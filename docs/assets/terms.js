/* Explains terms where they are mentioned: on hover, on focus, and on the first tap. Without this script they are links. */
(() => {
  "use strict"
  const root = new URL("..", document.currentScript.src)
  const words = xinyongWords
  const SELECTOR = "a.xy-term"
  const GAP = 6
  const REST = 180

  let cards
  const load = () =>
    (cards ??= fetch(new URL("assets/terms.json", root)).then(
      (answer) => (answer.ok ? answer.json() : {}),
      () => {
        cards = undefined
        return {}
      },
    ))

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    made.append(...children)
    return made
  }
  const chinese = (text) => make("span", { lang: "zh-Hans" }, text)

  /* One card for all terms. What explains is the tooltip; the link below it is for those who tapped. */
  let card
  const build = () => {
    const tip = make("div", { id: "xy-term-tip", role: "tooltip", class: "xy-tip__said" })
    const more = make("a", { class: "xy-tip__more" }, words["term-more"])
    const made = make("div", { class: "xy-tip", hidden: "" }, tip, more)
    made.addEventListener("pointerenter", () => clearTimeout(timer))
    made.addEventListener("pointerleave", later)
    ;(document.querySelector("main") ?? document.body).append(made)
    return { made, tip, more }
  }

  let shown
  let timer
  let turn = 0
  const show = async (term, tapped = false) => {
    clearTimeout(timer)
    if (shown === term) return
    hide()
    const mine = ++turn
    const id = term.pathname.split("/").at(-2)
    const found = (await load())[id]
    if (mine !== turn || !found) return
    card ??= build()
    const [zh, pinyin, en, definition, confusions] = found
    const head = make("p", { class: "xy-tip__head" })
    if (zh) head.append(make("b", { lang: "zh-Hans" }, zh), " ")
    if (pinyin) head.append(make("span", { lang: "zh-Latn-pinyin", class: "xy-tip__pinyin" }, pinyin))
    const parts = [head, make("p", { class: "xy-tip__en" }, en), make("p", {}, definition)]
    if (confusions.length) {
      const not = make("p", { class: "xy-tip__not" }, make("b", {}, words["term-confusions"]), " ")
      confusions.forEach(([name, other], at) => not.append(at ? "; " : "", name, ...(other ? [" ", chinese(other)] : [])))
      parts.push(not)
    }
    card.tip.replaceChildren(...parts)
    card.more.href = term.href
    card.more.hidden = !tapped
    card.made.hidden = false
    place(term)
    term.setAttribute("aria-describedby", "xy-term-tip")
    shown = term
  }

  /** Put the card below the term, above it where there is no room, and always inside the window. */
  const place = (term) => {
    const at = [...term.getClientRects()].at(-1)
    const { offsetWidth: width, offsetHeight: height } = card.made
    const page = document.documentElement
    const left = Math.max(GAP, Math.min(at.left, page.clientWidth - width - GAP))
    const below = at.bottom + GAP
    const above = at.top - height - GAP
    const top = below + height <= innerHeight || above < 0 ? below : above
    card.made.style.left = `${left}px`
    card.made.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`
  }

  const hide = () => {
    turn++
    if (!shown) return
    shown.removeAttribute("aria-describedby")
    shown = undefined
    card.made.hidden = true
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(hide, REST)
  }

  const termOf = (event) => event.target.closest?.(SELECTOR)
  let touched = false
  document.addEventListener("pointerover", (event) => {
    const term = termOf(event)
    if (!term || event.pointerType === "touch") return
    clearTimeout(timer)
    timer = setTimeout(() => show(term), REST)
  })
  document.addEventListener("pointerout", (event) => termOf(event) && event.pointerType !== "touch" && later())
  document.addEventListener("focusin", (event) => {
    const term = termOf(event)
    if (term && !touched) show(term)
  })
  document.addEventListener("focusout", (event) => termOf(event) && !card?.made.contains(event.relatedTarget) && later())
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch"
    if (!termOf(event) && !card?.made.contains(event.target)) hide()
  })
  document.addEventListener("click", (event) => {
    const term = termOf(event)
    // A first tap explains; a second one, or the link on the card, goes there.
    if (!term || !touched || term === shown || event.ctrlKey || event.metaKey) return
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
    const at = shown.getBoundingClientRect()
    if (at.bottom < 0 || at.top > innerHeight) hide()
    else place(shown)
  }
  addEventListener("scroll", follow, { passive: true })
  addEventListener("resize", follow)
})()
