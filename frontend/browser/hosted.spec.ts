/** The production build as CloudFront would serve it: with the template's policy, its own sign-in, and Stripe's form. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { expect, test, type Page, type Route } from "@playwright/test";
import { addCredits, available } from "./steps";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };

/** The policy that template.yaml sends, with *reach* for the parameter, and without what asks for HTTPS. */
function policy(reach = ""): string {
  const found = /ContentSecurityPolicy: !Sub >-\n((?: {14}.*\n)+)/.exec(readFileSync("../template.yaml", "utf8"))?.[1];
  if (!found) throw new Error("template.yaml has no policy");
  return found.replaceAll(/\s+/g, " ").replace("${PageMayReach}", reach).replace("; upgrade-insecure-requests", "").trim();
}

/** A module as a host writes it. */
const HOST = `
  export async function getToken() {
    const body = JSON.stringify({ user: "user-1" });
    const answer = await fetch("/_local/session", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    return (await answer.json()).token;
  }
  export const person = () => ({ name: "Maya Lindqvist", company: "Northwind Talent" });
`;

/** As much of Stripe.js as the page calls: it loads frames, asks its API, and styles by attributes, as Stripe's own does. */
const STRIPE = `
  const frame = (src) => Object.assign(document.createElement("iframe"), { src });
  window.Stripe = () => ({
    _registerWrapper() {}, registerAppInfo() {}, createToken() {}, createPaymentMethod() {}, confirmCardPayment() {}, confirmPayment() {},
    elements: () => ({
      update() {}, getElement: () => null,
      create: () => {
        const listeners = {};
        return {
          on: (name, listener) => { listeners[name] = listener; },
          off() {}, update() {}, unmount() {}, destroy() {},
          mount: async (place) => {
            place.setAttribute("style", "opacity: 0.99");
            place.append(frame("https://js.stripe.com/v3/inner.html"), frame("https://hooks.stripe.com/3d"), frame("https://checkout.link.com/wallet"));
            place.dataset.answered = await (await fetch("https://api.stripe.com/v1/elements")).text();
            listeners.ready?.();
          },
        };
      },
    }),
  });
`;

async function serve(page: Page, host: () => string | null) {
  const file = (route: Route) => {
    const { pathname } = new URL(route.request().url());
    const name = extname(pathname) ? pathname : "/index.html";
    const contentType = TYPES[extname(name)] ?? "application/octet-stream";
    const headers = { "Content-Security-Policy": policy() };
    if (name === "/host.js") return route.fulfill(host() === null ? { status: 403, headers } : { body: host() ?? "", contentType, headers });
    return route.fulfill({ body: readFileSync(`dist-check${name}`), contentType, headers });
  };
  await page.route(/localhost:\d+\/(credits|assets\/|host\.js)/, file);
  await page.route("https://js.stripe.com/**", (route) =>
    route.request().resourceType() === "script"
      ? route.fulfill({ body: STRIPE, contentType: "text/javascript" })
      : route.fulfill({ body: "<p>Stripe's form</p>", contentType: "text/html" }),
  );
  await page.route("https://hooks.stripe.com/**", (route) => route.fulfill({ body: "<p>A bank</p>", contentType: "text/html" }));
  await page.route("https://checkout.link.com/**", (route) => route.fulfill({ body: "<p>Link</p>", contentType: "text/html" }));
  await page.route("https://api.stripe.com/**", (route) => route.fulfill({ body: "yes", headers: { "Access-Control-Allow-Origin": "*" } }));
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener("securitypolicyviolation", (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
}

const refused = (page: Page) => page.evaluate(() => (window as unknown as { refused: string[] }).refused);

test.beforeAll(() => {
  execFileSync("npx", ["vite", "build", "--logLevel", "warn", "--outDir", "dist-check"], { env: { ...process.env, VITE_LOCAL: "" }, stdio: "inherit" });
});

test("the page that is deployed works under its policy, sells with Stripe's form, and runs nothing else", async ({ page }) => {
  let host: string | null = null;
  await serve(page, () => host);
  await page.goto("/credits");
  await expect(page.getByRole("alert")).toContainText("This page does not know who you are");
  host = HOST;
  await page.reload();
  await expect(available(page)).toBeVisible();
  await expect(page.locator("[data-slot=usage-chart], [data-slot=usage] [data-slot=notice]")).toBeVisible();
  await expect(page.getByText("Maya Lindqvist")).toBeVisible();
  await page.locator("[data-slot=transaction]").first().click();
  await expect(page.locator("[data-slot=explain]").getByText("Balance after")).toBeVisible();
  await page.keyboard.press("Escape");
  await addCredits(page).click();
  await page.getByRole("radio", { name: /Starter/ }).check();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await expect(page.locator("[data-answered=yes]")).toBeVisible();
  await expect(page.frameLocator("iframe[src^='https://js.stripe.com']").getByText("Stripe's form")).toBeVisible();
  await expect(page.frameLocator("iframe[src^='https://hooks.stripe.com']").getByText("A bank")).toBeVisible();
  await expect(page.frameLocator("iframe[src^='https://checkout.link.com']").getByText("Link")).toBeVisible();
  expect(await refused(page)).toEqual([]);

  await page.evaluate(async () => {
    await fetch("https://elsewhere.test/").catch(() => undefined);
    document.body.append(Object.assign(document.createElement("script"), { text: "document.title = 'taken over'" }));
    document.body.append(Object.assign(document.createElement("script"), { src: "https://elsewhere.test/x.js" }));
    document.head.append(Object.assign(document.createElement("style"), { textContent: "body { display: none }" }));
  });
  await expect(page).not.toHaveTitle("taken over");
  await expect.poll(async () => (await refused(page)).map((each) => each.split(" ")[0])).toEqual(["connect-src", "script-src-elem", "script-src-elem", "style-src-elem"]);
});
