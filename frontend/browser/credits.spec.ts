import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

const CARDS = { pays: "4242424242424242", asks: "4000002500003155", declined: "4000000000009995" };

async function signIn(page: Page) {
  await page.goto("/credits");
  await page.getByRole("button", { name: /Maya Lindqvist/ }).click();
  await expect(page.locator("[data-slot=available]")).toBeVisible();
}

async function toPayment(page: Page) {
  await page.locator("[data-slot=credit-balance] [data-slot=add-credits]").click();
  await page.getByRole("radio", { name: /Professional/ }).check();
  await page.getByRole("button", { name: "Continue to payment" }).click();
}

async function pay(page: Page, number: string) {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expires").fill("1234");
  await page.getByLabel("Security code").fill("123");
  await page.getByRole("button", { name: "Pay $45.00" }).click();
}

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("declined, tried again with another card, and credited", async ({ page }) => {
  await signIn(page);
  await accessible(page);
  await toPayment(page);
  await pay(page, CARDS.declined);
  await expect(page.getByRole("alert").first()).toContainText("Your card has too little money for this payment. Nothing was charged.");
  await accessible(page);
  await pay(page, CARDS.pays);
  await expect(page.getByRole("heading", { name: "550.00 credits added" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator("[data-slot=receipt]").first()).toContainText("$45.00");
});

test("3-D Secure opens beside the dialog, and nothing is inert meanwhile", async ({ page }) => {
  await signIn(page);
  await toPayment(page);
  await pay(page, CARDS.asks);
  await expect(page.getByText("Waiting for your bank")).toBeVisible();
  await expect(page.locator("[inert], body > [aria-hidden=true]:has(iframe), body > iframe[aria-hidden]")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.frameLocator("body > iframe").getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading", { name: "550.00 credits added" })).toBeVisible({ timeout: 60_000 });
});

test("a payment that was left is offered again", async ({ page }) => {
  await signIn(page);
  await toPayment(page);
  await expect(page.getByLabel("Card number")).toBeVisible();
  await page.reload();
  await page.locator("[data-slot=credit-balance] [data-slot=add-credits]").click();
  await expect(page.locator("[data-slot=resume]")).toContainText("$45.00");
  await page.locator("[data-slot=resume]").getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Card number")).toBeVisible();
});

test("what the API spends shows by itself, and the drawer explains it", async ({ page, request }) => {
  await signIn(page);
  const session = await page.evaluate(async () => {
    const headers = { "Content-Type": "application/json" };
    return (await fetch("/_local/session", { method: "POST", headers, body: JSON.stringify({ user: "user-1" }) })).json() as Promise<{ token: string }>;
  });
  const before = await page.locator("[data-slot=available]").innerText();
  const spent = await request.post("/api/credits/usage", {
    headers: { Authorization: `Bearer ${session.token}`, "Idempotency-Key": `browser-${Date.now()}` },
    data: { operation: "vapi_call", quantities: { call: 1, minute: 3.2 } },
  });
  expect(spent.status()).toBe(201);
  await expect(page.locator("[data-slot=available]")).not.toHaveText(before, { timeout: 30_000 });
  await page.getByRole("button", { name: "Voice call, 3 min 12 s" }).first().click();
  const drawer = page.locator("[data-slot=explain]");
  await expect(drawer.getByRole("row", { name: "Talk time 3.2 min 0.50 1.60" })).toBeVisible();
  await expect(drawer.getByText("Why this amount")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
});
