import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { accessible, addCredits, available, fits, sameSize, signIn, spend, still, toldApart } from "./steps";

test("what the API spends shows by itself, and the drawer explains it", async ({ page, request }) => {
  await signIn(page);
  const before = await available(page).innerText();
  await spend(page, request, { operation: "vapi_call", quantities: { call: 1, minute: 3.2 } });
  await expect(available(page)).not.toHaveText(before, { timeout: 30_000 });
  await expect(page.locator("[data-slot=announcement]").first()).toHaveText(/credits available/);
  const row = page.getByRole("button", { name: "Voice call, 3 min 12 s" }).first();
  await row.click();
  const drawer = page.locator("[data-slot=explain]");
  await expect(drawer.getByRole("row", { name: "Talk time 3.2 min 0.50 1.60" })).toBeVisible();
  await expect(drawer.getByText("Why this amount")).toBeVisible();
  await accessible(page);
  await expect(drawer.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(drawer.getByText("Balance after")).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(row).toBeFocused();

  const usage = page.locator("[data-slot=usage]");
  await usage.getByRole("button", { name: "Today" }).click();
  await expect(page).toHaveURL(/usage=today/);
  await expect(usage.locator("[data-slot=usage-figures]")).toContainText("so far");
  await usage.getByRole("button", { name: "Largest charges" }).click();
  const charge = usage.locator("[data-slot=charge]").getByRole("button", { name: "Voice call, 3 min 12 s" }).first();
  await charge.click();
  await expect(drawer.getByText("Why this amount")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(charge).toBeFocused();
  await expect(page.locator("[data-slot=thresholds]")).toHaveText(/^You hear from us (below|when)/);
  await accessible(page);
});

test("what is filtered and exported equals the table", async ({ page, request }) => {
  await signIn(page);
  await spend(page, request, { operation: "message", quantity: 3 });
  await page.getByRole("combobox", { name: /^Operation/ }).selectOption("message");
  await expect(page).toHaveURL(/operation=message/);
  const rows = page.locator("[data-slot=transaction]");
  await expect(rows.first()).toContainText("3 messages");
  await expect(rows.filter({ hasNotText: "message" })).toHaveCount(0);
  const started = page.waitForEvent("download");
  await page.locator("[data-slot=transactions]").getByRole("button", { name: "Export CSV" }).click();
  const [, ...lines] = readFileSync(await (await started).path(), "utf8").trim().split("\r\n");
  const exported = lines.map((line) => /^"[^"]*",(?<what>[^,]*),[^,]*,(?<credits>[^,]*),(?<balance>[^,]*),/.exec(line)?.groups);
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => {
      const amounts = [...row.querySelectorAll("td[data-number]")].map((cell) => (cell.firstChild as Text | HTMLElement).textContent ?? "");
      const [credits = "", balance = ""] = amounts.map((text) => text.replaceAll("\u2212", "-").replaceAll(",", ""));
      return { what: row.querySelector("[data-entry] span")?.textContent ?? "", credits, balance };
    }),
  );
  expect(exported.map((each) => ({ ...each }))).toEqual(shown);
  await page.reload();
  await expect(page.getByRole("combobox", { name: /^Operation/ })).toHaveValue("message");
});

test("the page fits a small window, a large zoom, the other direction, and its own colours", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/credits");
  await expect(page.getByRole("button", { name: /Maya Lindqvist/ })).toBeVisible();
  await fits(page);
  await signIn(page);
  await expect(page.locator("[data-slot=transaction]").first()).toBeVisible();
  await fits(page);
  await addCredits(page).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("button", { name: "Continue to payment" })).toBeInViewport({ ratio: 1 });
  const [around, corner] = [await sheet.boundingBox(), await sheet.getByRole("button", { name: "Close" }).boundingBox()];
  expect(corner!.y).toBeGreaterThan(around!.y);
  await fits(page);
  await page.keyboard.press("Escape");

  await page.setViewportSize({ width: 640, height: 400 }); // 1280 by 800 at 200 %
  await fits(page);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await page.locator("[data-entry]").first().click();
  const drawer = page.locator("[data-slot=explain]");
  await expect(drawer.getByText("Balance after")).toBeVisible();
  expect((await drawer.boundingBox())?.x).toBe(0);
  await fits(page);
  await page.keyboard.press("Escape");

  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce", colorScheme: "dark" });
  await still(page);
  await addCredits(page).click();
  const chosen = page.locator("[data-slot=package]:has(:checked)");
  expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
  await still(page);
  await page.keyboard.press("Escape");
  await page.locator("[data-entry]").first().click();
  await expect(drawer).toBeVisible();
  await still(page);
  await page.keyboard.press("Escape");

  await page.emulateMedia({ media: "print", forcedColors: "none", colorScheme: "dark" }); // a statement on paper
  await expect(page.locator("[data-slot=transaction]").first()).toBeVisible();
  await expect(addCredits(page)).toBeHidden();
  expect(await available(page).evaluate((element) => getComputedStyle(element).color)).toBe("rgb(20, 22, 26)");
});

for (const theme of ["light", "dark"]) {
  test(`every state of every component is without findings of axe, ${theme}`, async ({ page }) => {
    await page.goto(`/gallery?theme=${theme}`);
    await expect(page.locator("[data-slot=purchase]")).toHaveCount(15);
    await expect(page.locator("[data-slot=usage-chart]").first()).toBeVisible();
    await accessible(page, ["landmark-unique"]); // one component many times, by the same name
    await sameSize(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await fits(page);
    await page.emulateMedia({ forcedColors: "active" });
    await toldApart(page);
  });
}

test("the page in German and in the pseudo-locale says nothing in English", async ({ page }) => {
  const written = new Set<string>(); // what an admin wrote: the page shows it as it is, with a capital where it begins a line
  page.on("response", async (response) => {
    if (!response.url().includes("/api/credits/")) return;
    const body = await response.text().catch(() => "");
    for (const [, text] of body.matchAll(/"(?:name|reason)": ?"([^"]+)"/g)) written.add(text!).add(text!.charAt(0).toUpperCase() + text!.slice(1));
  });
  await signIn(page);
  await page.goto("/credits?locale=de");
  await expect(page.getByRole("heading", { name: "Buchungen" })).toBeVisible();
  await page.goto("/credits?locale=en-XA");
  await expect(page.locator("[data-slot=transaction]").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const english = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent?.trim() ?? "";
        if (/^[A-Za-z][a-z]+( [a-z]+)*$/.test(text)) found.push(text);
      }
      return found;
    });
  await expect.poll(async () => (await english()).filter((each) => !written.has(each))).toEqual([]);
});
