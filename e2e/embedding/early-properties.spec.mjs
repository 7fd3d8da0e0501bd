import { tag, test, expect } from "../support/test.mjs";

test("properties that were set before the module arrived are taken over", async ({ bell, embed, page }) => {
  await embed(
    `${tag({ "api-base": "/" })}
     <script>
       const early = document.querySelector("coworker-notifications");
       early.coworkerId = 1004;
       early.token = "member-1004";
       early.maxBadge = 9;
       early.labels = { blog: "Tidings" };
     </script>`,
    { module: null },
  );
  await expect(bell.element).not.toHaveAttribute("coworker-id");

  await page.addScriptTag({ type: "module", url: "/coworker-notifications.js" });
  await expect(bell.badge).toHaveText("9+");
  await bell.open();
  await expect(bell.element.locator('[data-type="blog"] [part~="label"]')).toHaveText("Tidings");
});

test("what a library has put on the element before stops nothing", async ({ bell, embed, page }) => {
  await embed(
    `${tag({ "api-base": "/", "coworker-id": 1004, token: "member-1004" })}
     <script>
       // Prototype.js writes what it gives an element into the element itself.
       const early = document.querySelector("coworker-notifications");
       for (const name of ["isContentEditable", "unreadCount", "clone"])
         Object.defineProperty(early, name, { value() {}, configurable: true, enumerable: true, writable: true });
     </script>`,
    { module: null },
  );
  await page.addScriptTag({ type: "module", url: "/coworker-notifications.js" });
  await expect(bell.badge).toHaveText("15");
});
