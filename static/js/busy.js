/* While a fragment is on its way: say so, and keep the pressed button from being pressed again. */
document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.target.removeAttribute("aria-busy");
});
