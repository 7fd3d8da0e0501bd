// A bell written by hand for one page: a button, a badge, a list. As little as shows the same thing, and so the limit that
// a page can reach; it does not dismiss, poll, retry, speak languages or follow links.

const css = `
:host { position: relative; font: 14px/1.4 system-ui, sans-serif }
button { position: relative; width: 40px; height: 40px; border: 0; border-radius: 50%; background: none; cursor: pointer }
svg { width: 24px; height: 24px; fill: none; stroke: currentcolor; stroke-width: 2 }
b { position: absolute; top: 0; right: 0; min-width: 18px; padding: 0 4px; border-radius: 9px; background: #c22;
  color: #fff; font: 600 12px/18px system-ui, sans-serif; box-sizing: border-box }
section { position: absolute; z-index: 1; top: 44px; left: 0; width: 340px; height: 480px; overflow: auto;
  border: 1px solid #ccc; border-radius: 8px; background: #fff; color: #222 }
[hidden] { display: none }
ul { position: relative; margin: 0; padding: 0; list-style: none }
li { position: absolute; left: 0; right: 0; height: 72px; padding: 8px 12px; box-sizing: border-box; overflow: hidden;
  border-bottom: 1px solid #eee }
small { display: block; color: #666 }`;

const bell = '<path d="M6 8a6 6 0 0 1 12 0c0 7 3 9 3 9H3s3-2 3-9M10.3 21a2 2 0 0 0 3.4 0"/>';
const ROW = 72;

customElements.define(
  "by-hand-bell",
  class extends HTMLElement {
    records = [];

    connectedCallback() {
      const root = this.attachShadow({ mode: "open" });
      const page = this.getAttribute("page-size") ?? 25;
      root.innerHTML = `<style>${css}</style><button aria-label="Notifications"><svg viewBox="0 0 24 24">${bell}</svg>
        <b hidden></b></button><section hidden><ul></ul></section>`;
      [this.badge, this.panel, this.list] = ["b", "section", "ul"].map((name) => root.querySelector(name));
      root.querySelector("button").onclick = () => {
        this.panel.hidden = !this.panel.hidden;
        if (!this.panel.hidden) this.draw();
      };
      this.panel.onscroll = () => this.draw();
      this.address =
        `${this.getAttribute("api-base")}/api/spaces/coworkernotifications?CoworkerNotification_Coworker=` +
        `${this.getAttribute("coworker-id")}&CoworkerNotification_IsDismissed=false&size=${page}&orderBy=CreatedOn&dir=1`;
      this.ready = this.more();
    }

    /** Fetches the next page. */
    async more() {
      const number = this.records.length / (this.getAttribute("page-size") ?? 25) + 1;
      const headers = { Accept: "application/json", Authorization: `Bearer ${this.getAttribute("token")}` };
      const { Records, TotalItems } = await (await fetch(`${this.address}&page=${number}`, { headers })).json();
      this.records.push(...Records);
      this.badge.textContent = TotalItems > 99 ? "99+" : TotalItems;
      this.badge.hidden = !TotalItems;
      if (!this.panel.hidden) this.draw();
      return this.records.length < TotalItems;
    }

    /** Draws the rows that are in view. */
    draw() {
      const first = Math.max(0, Math.floor(this.panel.scrollTop / ROW) - 4);
      const rows = this.records
        .slice(first, first + Math.ceil(this.panel.clientHeight / ROW) + 8)
        .map((record, index) => {
          const row = document.createElement("li");
          const time = document.createElement("small");
          row.style.top = `${(first + index) * ROW}px`;
          time.textContent = new Date(record.CreatedOn).toLocaleString();
          row.append(record.Message, time);
          return row;
        });
      this.list.style.height = `${this.records.length * ROW}px`;
      this.list.replaceChildren(...rows);
    }
  },
);
