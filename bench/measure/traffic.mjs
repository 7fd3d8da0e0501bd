// What went over the wire: each request with its size, and how much had arrived when.

/** Notes the traffic of a page from now on. */
export function watch(client) {
  const requests = new Map();
  const parts = [];
  let start;
  client.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
    if (!request.url.startsWith("http")) return;
    start ??= { timestamp, wallTime };
    requests.set(requestId, { url: request.url, method: request.method, sent: timestamp, bytes: 0 });
  });
  client.on("Network.webSocketWillSendHandshakeRequest", ({ requestId, timestamp }) => {
    requests.set(requestId, { url: "ws:", method: "GET", sent: timestamp, bytes: 0 });
  });
  client.on("Network.responseReceived", ({ requestId, response, timestamp }) => {
    note(requestId, timestamp, response.encodedDataLength);
  });
  client.on("Network.dataReceived", ({ requestId, timestamp, encodedDataLength }) => {
    note(requestId, timestamp, encodedDataLength);
  });
  client.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (!request) return;
    request.finished = timestamp;
    // What the parts before did not tell.
    note(requestId, timestamp, encodedDataLength - request.bytes);
  });

  function note(requestId, timestamp, bytes) {
    const request = requests.get(requestId);
    if (!request || bytes <= 0) return;
    request.bytes += bytes;
    parts.push({ request, timestamp, bytes });
  }

  return {
    /** What had arrived when the page's clock said `time` (of performance.now(), whose zero is `origin`). */
    until(time, origin) {
      const limit = start.timestamp + (origin + time) / 1000 - start.wallTime;
      const bytes = (wanted) =>
        parts
          .filter(({ request, timestamp }) => timestamp <= limit && wanted(request))
          .reduce((sum, part) => sum + part.bytes, 0);
      return {
        requests: [...requests.values()].filter(({ sent }) => sent <= limit).length,
        files: bytes((request) => !isAnswer(request)),
        answers: bytes(isAnswer),
      };
    },
    all: () => [...requests.values()],
  };
}

const isAnswer = ({ url }) => /^\/(api|v1)\//.test(new URL(url).pathname);
