// Says on the button how many rows are ticked; without this the button's own words hold.
document.querySelectorAll("form[data-choose]").forEach((form) => {
  const texts = [...form.querySelectorAll("[data-chosen]")].map((node) => [node, node.textContent]);
  const count = () => {
    const ticked = form.querySelectorAll("input[type=checkbox]:checked").length;
    texts.forEach(([node, plain]) => { node.textContent = ticked ? node.dataset.text.replace("#", ticked) : plain; });
  };
  form.addEventListener("change", count);
  count();
});
