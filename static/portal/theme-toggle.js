// The button that sets page and bell to light or dark. Until it is pressed, both follow the system.

const darkSystem = matchMedia("(prefers-color-scheme: dark)");

export function mountThemeToggle(button, bell) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";

  const show = () => {
    button.setAttribute("aria-pressed", String(isDark()));
    bell.setAttribute("theme", root.dataset.theme ?? "auto");
  };

  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    show();
  });
  darkSystem.addEventListener("change", show);
  show();
}

function remember(theme) {
  try {
    localStorage.setItem("harbour-works.theme", theme);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
