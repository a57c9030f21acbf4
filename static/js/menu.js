/* The open menu closes on Escape and on a click beside it. */
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.mn[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.mn[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
