// Narrow screens show the portal or the desk; wide ones both, and the switch is not there.

const buttons = () => document.querySelectorAll("[data-show]");

export function showView(name) {
  document.body.dataset.view = name;
  for (const button of buttons()) button.setAttribute("aria-pressed", String(button.dataset.show === name));
}

export function mountViewSwitch() {
  for (const button of buttons()) {
    button.addEventListener("click", () => {
      showView(button.dataset.show);
      scrollTo({ top: 0, behavior: "instant" });
    });
  }
  // A skip link must not lead to a place that is not shown.
  for (const link of document.querySelectorAll("[data-skip]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showView(link.dataset.skip);
      document.querySelector(link.hash).focus();
    });
  }
}
