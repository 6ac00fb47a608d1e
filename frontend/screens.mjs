// Writes a picture of every page, light, dark and narrow, to docs/screens; the stack is up on PORT.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const target = fileURLToPath(new URL("../docs/screens/", import.meta.url));
const home = `http://localhost:${process.env.PORT ?? "5001"}`;
const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 1000 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 1000 } },
  narrow: { colorScheme: "light", viewport: { width: 390, height: 844 } },
  smallest: { colorScheme: "light", viewport: { width: 320, height: 640 } },
};
const SAMPLE = "/gallery?page=credits";
const shown = (page, slot) => page.locator(`[data-slot=${slot}]`).first().waitFor();
const PAGES = {
  "sign-in": ["/credits", (page) => page.getByRole("button", { name: /Maya/ }).waitFor()],
  credits: [SAMPLE, (page) => shown(page, "usage-chart")],
  "credits-whole": [SAMPLE, (page) => shown(page, "usage-chart"), { fullPage: true }],
  explain: [SAMPLE, (page) => page.getByRole("button", { name: /Voice call, 3 min/ }).first().click().then(() => shown(page, "why"))],
  purchase: [SAMPLE, (page) => page.locator("[data-slot=add-credits]").first().click().then(() => shown(page, "package"))],
  payment: [SAMPLE, (page) => page.locator("[data-slot=add-credits]").first().click().then(() => page.getByRole("button", { name: "Continue to payment" }).click()).then(() => page.getByLabel("Card number").waitFor())],
  gallery: ["/gallery", (page) => shown(page, "usage-chart"), { fullPage: true }],
};

mkdirSync(target, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [look, settings] of Object.entries(LOOKS)) {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...settings });
  for (const [name, [path, prepare, options]] of Object.entries(PAGES)) {
    const page = await context.newPage();
    await page.goto(home + path);
    await prepare(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${target}${name}-${look}.png`, ...options });
    await page.close();
  }
  await context.close();
}
await browser.close();
