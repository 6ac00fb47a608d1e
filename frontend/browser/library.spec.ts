/** The packed library in other people's pages, served beside the stack as a proxy would. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { CARDS } from "./steps";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

async function serve(page: Page, folder: string) {
  await page.route(`**/${folder}/**`, (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    return route.fulfill({ body: readFileSync(`.pack/${file}`), contentType: TYPES[extname(file)] ?? "application/octet-stream" });
  });
}

test.beforeAll(() => {
  test.setTimeout(240_000);
  execFileSync("node", ["pack/build.mjs"], { stdio: "inherit" });
});

for (const version of ["19", "18"]) {
  test(`ten lines of a fresh app show a balance and sell a package, with React ${version}`, async ({ page }) => {
    expect(readFileSync("pack/app/main.tsx", "utf8").split("\n").filter(Boolean).length).toBeLessThanOrEqual(10);
    await serve(page, `react-${version}`);
    await page.goto(`/react-${version}/index.html`);
    await expect(page.locator("[data-slot=available]")).toBeVisible();
    await page.getByRole("button", { name: "Add credits" }).click();
    await page.getByRole("radio", { name: /Starter/ }).check();
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await page.getByLabel("Card number").fill(CARDS.pays);
    await page.getByLabel("Expires").fill("1234");
    await page.getByLabel("Security code").fill("123");
    await page.getByRole("button", { name: "Pay $10.00" }).click();
    await expect(page.getByRole("heading", { name: "100.00 credits added" })).toBeVisible({ timeout: 60_000 });
  });
}

test("a plain page follows a balance with the client alone, and loads no React", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", async (answer) => {
    if (answer.url().endsWith(".js")) scripts.push(await answer.text());
  });
  await serve(page, "plain");
  await page.goto("/plain/plain.html");
  await expect(page.locator("#balance")).toHaveText(/^\d+\.\d\d$/);
  expect(scripts.filter((each) => /from\s*["']react/.test(each) || each.includes("react.element"))).toEqual([]);
});
