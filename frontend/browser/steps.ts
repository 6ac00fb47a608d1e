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

/** Nothing is wider than the window. */
export async function fits(page: Page) {
  const { inner, content } = await page.evaluate(() => ({ inner: window.innerWidth, content: document.documentElement.scrollWidth }));
  expect(content).toBeLessThanOrEqual(inner);
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
