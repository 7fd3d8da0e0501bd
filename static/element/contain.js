// Presses in the bell are the bell's alone. Pages put it into links, labels and summaries, which would act on them, too.

/** What has an action of its own for a press: the bell's links and fields, and what the page has slotted in. */
const ACTS = "a, a *, input, slot:not([name=bell])";

/** Keeps presses in a shadow root from what is around its host. Such elements heed `preventDefault` alone. */
export const contain = (root) => {
  const keep = (event) => {
    // The page's own elements lie in a slot of this root.
    const pressed = event.composedPath().find((node) => node.getRootNode?.() === root);
    pressed.matches?.(ACTS) || event.preventDefault();
  };
  root.addEventListener("click", keep);
  // The middle button, too, follows a link.
  root.addEventListener("auxclick", keep);
};
