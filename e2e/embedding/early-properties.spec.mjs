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
