/* Small things of every page: what scrolls sideways can be reached by keyboard. */
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
})()
