import { expect, test } from "@playwright/test";
import { accessible, addCredits, available, CARDS, credited, pay, signIn, toPayment } from "./steps";

test("declined, tried again with another card, and credited", async ({ page }) => {
  await page.goto("/credits");
  await expect(page.getByRole("button", { name: /Maya Lindqvist/ })).toBeVisible();
  await accessible(page);
  await signIn(page);
  const before = await available(page).innerText();
  await toPayment(page);
  await pay(page, CARDS.declined);
  await expect(page.getByRole("alert").first()).toContainText("Your card has too little money for this payment. Nothing was charged.");
  await accessible(page);
  await pay(page, CARDS.pays);
  await credited(page);
  await accessible(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(available(page)).not.toHaveText(before);
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
  await credited(page);
});

test("a payment that was left is offered again, and one that a bank's page took over goes on by itself", async ({ page, baseURL }) => {
  await signIn(page);
  const started = page.waitForResponse((answer) => answer.url().endsWith("/api/credits/purchase"));
  await toPayment(page);
  const { client_secret: secret } = (await (await started).json()) as { client_secret: string };
  await expect(page.getByLabel("Card number")).toBeVisible();

  await page.reload();
  await addCredits(page).click();
  await expect(page.locator("[data-slot=resume]")).toContainText("$45.00");
  await page.locator("[data-slot=resume]").getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Card number")).toBeVisible();

  const paid = await page.request.post("/_local/pay", { data: { client_secret: secret, number: CARDS.pays } });
  expect(await paid.json()).toEqual({ status: "succeeded" });
  await page.goto(`/credits?payment_intent=pi_1&payment_intent_client_secret=${secret}&redirect_status=succeeded`);
  await credited(page);
  expect(page.url()).toBe(`${baseURL}/credits`);
});

test("credits are bought with the keyboard alone, and the focus goes back to where it was", async ({ page }) => {
  await signIn(page);
  await addCredits(page).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio").first()).toBeVisible();
  const to = async (name: RegExp | string, role: "radio" | "button" | "textbox") => {
    const goal = dialog.getByRole(role, { name });
    await expect(goal).toBeEnabled();
    for (let presses = 0; presses < 25; presses += 1) {
      if (await goal.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
      expect(await dialog.evaluate((element) => element.contains(document.activeElement) || document.activeElement === document.body)).toBe(true);
    }
    throw new Error(`Tab does not reach ${String(name)}`);
  };
  await to(/Professional/, "radio");
  await page.keyboard.press("ArrowUp");
  await expect(dialog.getByRole("radio", { name: /Starter/ })).toBeChecked();
  await to("Continue to payment", "button");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "Payment" })).toBeFocused();
  await to("Card number", "textbox");
  await page.keyboard.type(CARDS.pays);
  await to("Expires", "textbox");
  await page.keyboard.type("1234");
  await to("Security code", "textbox");
  await page.keyboard.type("123");
  await to("Pay $10.00", "button");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "100.00 credits added" })).toBeFocused({ timeout: 60_000 });
  await to("Done", "button");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(addCredits(page)).toBeFocused();
});
