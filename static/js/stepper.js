/* Plus and minus count in place instead of loading a page; without this file they are submit buttons. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] button");
  if (!button) return;
  event.preventDefault();
  const input = button.parentElement.querySelector("input");
  const before = input.value;
  button.value > 0 ? input.stepUp() : input.stepDown();
  if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
});
