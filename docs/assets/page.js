/* Small things of every page: what scrolls sideways can be reached by keyboard; references can be copied. */
(() => {
  "use strict"
  const reach = () => {
    for (const box of document.querySelectorAll(".xy-wide")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
      else box.removeAttribute("tabindex")
    }
  }
  reach()
  window.addEventListener("resize", reach, { passive: true })

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
