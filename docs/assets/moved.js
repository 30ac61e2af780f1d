/* Leads from a former address to the present one, with the part behind '#'. Without this script the
   page does the same, but without that part. 'stop' keeps the page from doing it too. */
const { to } = document.currentScript.dataset
if (location.hash && !to.includes("#")) {
  window.stop()
  location.replace(to + location.hash)
}
