/** What the tests do on the page, in its users' words. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type APIRequestContext, type Page } from "@playwright/test";

export const CARDS = { pays: "4242424242424242", asks: "4000002500003155", declined: "4000000000009995" };
export const available = (page: Page) => page.locator("[data-slot=available]");
export const addCredits = (page: Page) => page.locator("[data-slot=credit-balance] [data-slot=add-credits]");

export async function signIn(page: Page, name = /Maya Lindqvist/) {
  await page.goto("/credits");
  await page.getByRole("button", { name }).click();
  await expect(available(page)).toBeVisible();
}

export async function toPayment(page: Page) {
  await addCredits(page).click();
  await page.getByRole("radio", { name: /Professional/ }).check();
  await page.getByRole("button", { name: "Continue to payment" }).click();
}

export async function pay(page: Page, number: string) {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expires").fill("1234");
  await page.getByLabel("Security code").fill("123");
  await page.getByRole("button", { name: "Pay $45.00" }).click();
}

export const credited = (page: Page) =>
  expect(page.getByRole("heading", { name: "550.00 credits added" })).toBeVisible({ timeout: 60_000 });

/** No finding of axe on what is shown now. */
export async function accessible(page: Page, except: string[] = []) {
  const { violations } = await new AxeBuilder({ page }).disableRules(except).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Nothing is wider than the window, and no amount or button is cut. */
export async function fits(page: Page) {
  const { inner, content, cut } = await page.evaluate(() => ({
    inner: window.innerWidth,
    content: document.documentElement.scrollWidth,
    cut: [...document.querySelectorAll<HTMLElement>(".pp-figure, .pp-kpi, .pp-amount, .pp-facts b, .pp-button, .pp-segments button")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline")
      .map((each) => each.innerText),
  }));
  expect(content).toBeLessThanOrEqual(inner);
  expect(cut).toEqual([]);
}

/** Nothing moves on the page. */
export async function still(page: Page) {
  expect(await page.evaluate(() => document.getAnimations().filter((each) => each.playState === "running").length)).toBe(0);
}

/** A balance that loads takes the room that it takes afterwards. */
export async function sameSize(page: Page) {
  const height = async (name: string) => (await page.locator(".app-state").filter({ has: page.locator(`:scope > code`, { hasText: new RegExp(`^${name}$`) }) }).locator("section[data-slot=credit-balance]").boundingBox())?.height;
  expect(await height("loading")).toBe(await height("ready, healthy"));
}

/** Series of the chart, and what is on hold, have outlines of their own where their colours are taken away. */
export async function toldApart(page: Page) {
  const outlines = await page.evaluate(() => {
    const outline = (element: Element | null) => {
      const { borderStyle, borderWidth, strokeDasharray, strokeWidth } = getComputedStyle(element ?? document.body);
      return [borderStyle, borderWidth, strokeDasharray, strokeWidth].join(" ");
    };
    const series = (kind: string) => [...new Set([...document.querySelectorAll<HTMLElement>(`${kind}[data-series]`)].map((each) => each.dataset.series))].map((each) => outline(document.querySelector(`${kind}[data-series="${each}"]`)));
    return { bars: series(".pp-chart rect"), swatches: series(".pp-swatch"), parts: [...document.querySelectorAll(".pp-meter:has([data-held]) > span")].slice(0, 2).map(outline) };
  });
  for (const each of Object.values(outlines)) expect(new Set(each).size).toBe(each.length); // told apart without their colours
  expect(outlines.bars).toHaveLength(4);
  expect(outlines.parts).toHaveLength(2);
}

/** Spend through the API, as a service that charges for work would. */
export async function spend(page: Page, request: APIRequestContext, data: object) {
  const session = await page.evaluate(async () => {
    const body = JSON.stringify({ user: "user-1" });
    return (await fetch("/_local/session", { method: "POST", headers: { "Content-Type": "application/json" }, body })).json() as Promise<{ token: string }>;
  });
  const headers = { Authorization: `Bearer ${session.token}`, "Idempotency-Key": `browser-${Date.now()}` };
  const spent = await request.post("/api/credits/usage", { headers, data });
  expect(spent.status()).toBe(201);
}
