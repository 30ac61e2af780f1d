/* Makes index tables sortable. Without this script they are plain tables in their natural order. */
(() => {
  "use strict"
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" })

  const key = (row, column) => {
    const cell = row.cells[column]
    return cell.dataset.sort ?? cell.textContent.trim()
  }

  const sort = (table, column, header) => {
    const descending = header.getAttribute("aria-sort") === "ascending"
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort")
    header.setAttribute("aria-sort", descending ? "descending" : "ascending")
    const body = table.tBodies[0]
    const rows = [...body.rows].map((row) => [key(row, column), row])
    const sign = descending ? -1 : 1
    rows.sort((a, b) => sign * collator.compare(a[0], b[0]))
    body.replaceChildren(...rows.map((pair) => pair[1]))
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    table.caption?.append(` ${xinyongWords["sort-hint"]}`)
    ;[...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = document.createElement("button")
      button.type = "button"
      button.append(...header.childNodes)
      button.addEventListener("click", () => sort(table, column, header))
      header.append(button)
    })
  }
})()
