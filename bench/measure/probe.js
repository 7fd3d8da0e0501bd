// Runs in the page before its scripts: notes when the bell, the count and the rows are seen, and what the page did.
// Called with the functions that find them.

function probe({ bell, count, rows, whole, countText, rowText }) {
  const notes = (window.benchNotes = { seen: {}, longTasks: [], clicked: undefined, memories: [] });

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) notes.longTasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  // Closed shadow roots are opened, so that what is in them can be seen and counted.
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: "open" });
  };

  if (window.WebAssembly) {
    const keep = ({ instance }) => {
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) notes.memories.push(value);
      }
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const instantiate = WebAssembly[name];
      WebAssembly[name] = async (...values) => {
        const result = await instantiate.apply(WebAssembly, values);
        keep(result.instance ? result : { instance: result });
        return result;
      };
    }
  }

  const isVisible = (element) => {
    if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { width, height, top, left } = element.getBoundingClientRect();
    return width > 0 && height > 0 && top < innerHeight && left < innerWidth;
  };

  /** Calls back when the frame that is about to be drawn has been. */
  const afterFrame = (call) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => call(performance.now());
    port2.postMessage(undefined);
  };

  const hasNewest = (found) => [...found].some((row) => row.textContent.includes(rowText) && isVisible(row));
  const tests = {
    bell: () => isVisible(bell()),
    count: () => isVisible(count()) && count().textContent.trim() === countText,
    rows: () => notes.clicked !== undefined && hasNewest(rows()),
    whole: () => notes.clicked !== undefined && hasNewest(whole()),
  };
  const frame = () => {
    for (const [name, test] of Object.entries(tests)) {
      if (!test()) continue;
      delete tests[name];
      afterFrame((now) => {
        notes.seen[name] = now;
        window.benchTell(name);
      });
    }
    if (Object.keys(tests).length > 0) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  addEventListener("click", (event) => (notes.clicked ??= event.timeStamp), { capture: true });

  /** Elements and text, shadow roots included. */
  window.benchNodes = () => {
    let nodes = 0;
    const visit = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
      for (let node = walker.currentNode; node; node = walker.nextNode()) {
        nodes += 1;
        if (node.shadowRoot) visit(node.shadowRoot);
      }
    };
    visit(document);
    return nodes;
  };
}
