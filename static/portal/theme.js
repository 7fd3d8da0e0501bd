// Runs before the first paint, so that a remembered theme never flashes in from the other one.
try {
  const theme = localStorage.getItem("harbour-works.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's preference holds.
}
