/* The live preview: loads the page again when something new can be shown, and shows what is wrong
   until it is fixed. */
{
  const shown = document.currentScript.dataset.version
  const id = "xinyong-preview-problems"
  let source = null

  const banner = (state) => {
    document.getElementById(id)?.remove()
    if (!state.problems) return
    const box = document.createElement("section")
    box.id = id
    box.setAttribute("role", "alert")
    const hide = document.createElement("button")
    hide.type = "button"
    hide.textContent = state.hide
    hide.addEventListener("click", () => box.remove())
    const title = document.createElement("p")
    title.textContent = state.title
    const text = document.createElement("pre")
    text.tabIndex = 0
    text.textContent = state.problems
    box.append(hide, title, text)
    document.body.append(box)
  }

  const listen = () => {
    if (source) return
    source = new EventSource("/-/preview/events")
    source.onmessage = (event) => {
      const state = JSON.parse(event.data)
      if (state.version !== shown) location.reload()
      else banner(state)
    }
  }

  const stop = () => {
    source?.close()
    source = null
  }

  // A tab that nobody sees holds no connection: a browser opens only six to one host.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") listen()
    else stop()
  })
  addEventListener("pagehide", stop)
  if (document.visibilityState === "visible") listen()
}
