/* [data-autosubmit] sends its form on change; [data-once] is sent once; an error summary takes the focus. */
document.addEventListener("change", (event) => {
  const sender = event.target.closest("[data-autosubmit]");
  if (sender) (event.target.form || sender.closest("form")).requestSubmit();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent);
});
document.querySelector("[data-focus]")?.focus();
