// How long it takes to read an answer of the API: by the widget's decoder in wasm, the handing over of the text included,
// and by JSON.parse, which gives objects and checks nothing.

const RECORDS = [25, 1_000];
/** Each time that is taken is that of so many milliseconds of work, so that the clock's grain does not matter. */
const WORK = 50;

export async function decode(browser, server) {
  const page = await browser.newPage();
  await page.goto(`${server.url}/blank.html`);
  await server.crowd("many");
  const list = `/api/nexudus/api/spaces/coworkernotifications?CoworkerNotification_Coworker=1001&page=1&size=`;
  const texts = await Promise.all(RECORDS.map(async (count) => (await fetch(server.url + list + count)).text()));
  await server.crowd("few");
  const times = await page.evaluate(measure, [texts, WORK]);
  await page.close();
  return { decoded: RECORDS.map((records, index) => ({ records, bytes: texts[index].length, ...times[index] })) };
}

/** Runs in the page. */
async function measure([texts, work]) {
  const { default: init, decode } = await import("/decoder/decoder.js");
  await init({ module_or_path: "/decoder/decoder_bg.wasm" });
  const time = (run) => {
    for (let times = 0; times < 200; times += 1) run();
    const begin = performance.now();
    let times = 0;
    while (performance.now() - begin < work) {
      run();
      times += 1;
    }
    return ((performance.now() - begin) / times) * 1_000;
  };
  return texts.map((text) => {
    const first = performance.now();
    const count = decode(text);
    const once = (performance.now() - first) * 1_000;
    if (count !== JSON.parse(text).Records.length) throw new Error(`${count} records were read`);
    return { once, wasm: time(() => decode(text)), json: time(() => JSON.parse(text)) };
  });
}
