// After a notification was created: how long until the bell has it? Says so, and says it too when it does not come.

const PATIENCE_MS = 20000;

export function watchArrival(bell, id, place) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  // The count of seconds is for the eye; a screen reader hears the beginning and the end.
  const ticking = document.createElement("span");
  ticking.setAttribute("aria-hidden", "true");
  place.replaceChildren("Waiting for the bell’s next look", ticking);

  const finish = (text) => {
    stop();
    place.replaceChildren(text);
  };
  const seen = () => finish(`The bell had it after ${seconds().toFixed(1)} seconds.`);

  const onArrive = ({ detail }) => {
    if (detail?.notifications?.some((notification) => notification.Id === id)) seen();
  };
  const look = () => {
    if (bell.notifications?.some?.((notification) => notification.Id === id)) seen();
    else if (performance.now() - start > PATIENCE_MS)
      finish("The bell has not picked it up in 20 seconds. The log may say why.");
    else ticking.textContent = `, ${Math.floor(seconds())} s`;
  };

  bell.addEventListener("cn-arrive", onArrive);
  const timer = setInterval(look, 250);
  const stop = () => {
    clearInterval(timer);
    bell.removeEventListener("cn-arrive", onArrive);
  };
  return stop;
}
