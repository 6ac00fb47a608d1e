import { cleanup, configure, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createMockPrepaid, createPrepaid, de, en, PrepaidProvider, type Alert, type MockData } from "../src";
import { SAMPLE } from "../src/client/samples";
import Alerts from "../src/components/dashboard/Alerts";
import { deliveriesOf, sentenceOf, thresholdsText } from "../src/components/dashboard/alertText";
import { createFormat } from "../src/format";
import { createTranslate } from "../src/messages/translate";

configure({ asyncUtilTimeout: 15_000 });

const API = "http://api.test/api/credits";
const [first, ...rest] = SAMPLE.alerts as [Alert, ...Alert[]];
let seen: Alert | null = null;
const server = setupServer(
  http.get(`${API}/settings`, () => HttpResponse.json({ ...SAMPLE.settings, thresholds: ["5.00"], runway_thresholds: [3] })),
  http.get(`${API}/alerts`, ({ request }) => {
    const cursor = new URL(request.url).searchParams.get("cursor");
    return HttpResponse.json(cursor ? { items: rest.slice(1), next_cursor: null } : { items: [seen ?? first, ...rest.slice(0, 1)], next_cursor: "more" });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  seen = null;
  server.resetHandlers();
});
afterAll(() => server.close());

const client = createPrepaid({ baseUrl: "http://api.test", getToken: () => "token" });
const shown = () => render(<PrepaidProvider client={client} timeZone="UTC"><Alerts /></PrepaidProvider>);
const words = (locale: string, messages: typeof en | typeof de) => ({ t: createTranslate(messages, locale), format: createFormat(locale, "UTC"), messages });

test("alerts are listed with what became of them, the thresholds said in words, and more of them on demand", async () => {
  const { container } = shown();
  expect(await screen.findByText("Balance fell below 60.00")).toBeTruthy();
  expect(container.querySelector(".pp-meta")?.textContent).toBe("24 Nov, 07:50 · balance 58.08");
  expect(screen.getByText("E-mail could not be delivered").dataset.failed).toBe("true");
  expect(await screen.findByText(/^You hear from us below 5.00, and 3 days before credits run out\./)).toBeTruthy();
  expect(screen.getByText("2 or more new")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Load more" }));
  expect(await screen.findByText("16.35 credits expire soon")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("an alert that is acknowledged is not unread any more, and keeps the focus", async () => {
  server.use(
    http.post(`${API}/alerts/${first.alert_id}/acknowledge`, () => {
      seen = { ...first, acknowledged_at: "2026-11-24T09:00:00Z", acknowledged_by: "user:user-1" };
      return HttpResponse.json(seen);
    }),
  );
  const { container } = shown();
  await userEvent.click(await screen.findByRole("button", { name: "Mark as seen: Balance fell below 60.00" }));
  await screen.findByText(/seen 24 Nov, 09:00/);
  const row = container.querySelector(`[data-alert=${first.alert_id}]`) as HTMLElement;
  expect(row.dataset.state).toBe("seen");
  expect(document.activeElement).toBe(row);
  expect(screen.getByText("Marked as seen")).toBeTruthy();
});

test("an acknowledgement that is refused says so at its alert, which stays unread", async () => {
  server.use(http.post(`${API}/alerts/:id/acknowledge`, () => HttpResponse.json({ code: "conflict" }, { status: 409 })));
  const { container } = shown();
  await userEvent.click(await screen.findByRole("button", { name: "Mark as seen: Balance fell below 60.00" }));
  const row = within(container.querySelector(`[data-alert=${first.alert_id}]`) as HTMLElement);
  expect((await row.findByRole("alert")).textContent).toBe("This could not be saved. Try again.");
  expect(row.getByText("New")).toBeTruthy();
});

test.each<[string, MockData, string]>([
  ["empty", { alerts: [] }, "No alerts yet"],
  ["loading", { pending: ["alerts"] }, ""],
  ["offline", { problems: { alerts: { code: "offline", status: 0, title: "", detail: "" } } }, "You are offline"],
  ["denied", { problems: { alerts: { code: "forbidden", status: 403, title: "", detail: "" } } }, "You cannot see this"],
  ["failed", { problems: { alerts: { code: "internal", status: 422, title: "", detail: "", request_id: "req-1" } } }, "Alerts could not be loaded"],
])("the section is there while it is %s", async (state, data, text) => {
  const { container } = render(<PrepaidProvider client={createMockPrepaid(data)}><Alerts /></PrepaidProvider>);
  if (text) await screen.findByText(text);
  const section = container.querySelector("[data-slot=alerts]") as HTMLElement;
  expect(section.dataset.state).toBe(state === "empty" ? "ready" : state);
  expect(section.querySelectorAll("[aria-busy=true] [data-slot=skeleton]").length > 0).toBe(state === "loading");
});

test("a server without alerts has no such section", async () => {
  server.use(http.get(`${API}/alerts`, () => HttpResponse.json({ message: "Not Found" }, { status: 404 })));
  const { container } = shown();
  await waitFor(() => expect(container.innerHTML).toBe(""));
});

test("every kind is a sentence of its own in each language, and a kind of a later release is one too", () => {
  const kinds = ["balance_low", "balance_empty", "balance_recovered", "balance_still_low", "limit_near", "limit_reached", "runway_low", "runway_recovered", "usage_spike", "expiry_near"] as const;
  for (const [locale, messages] of [["en-GB", en], ["de", de]] as const) {
    const said = kinds.map((kind) => sentenceOf({ ...first, kind, runway: { thresholds: [14, 7], days_left: 5, per_day: "1.00", spent: "7.00" } }, words(locale, messages)));
    expect(new Set(said).size).toBe(kinds.length);
    expect(said.filter((each) => /[{}]/.test(each))).toEqual([]);
  }
  expect(sentenceOf({ ...first, kind: "later" as Alert["kind"] }, words("en-GB", en))).toBe("Something needs your attention");
  expect(deliveriesOf({ ...first, quiet: true }, words("en-GB", en))[0]?.text).toContain("Not sent");
});

test("thresholds are said whole: several, days alone, or none", () => {
  const say = (thresholds: string[], runway_thresholds: number[]) => thresholdsText({ thresholds, runway_thresholds }, words("en-GB", en)).replace(" Always when they are used up or about to expire.", "");
  expect(say(["60.00", "20.00", "0.00"], [14, 3])).toBe("You hear from us below 60.00, 20.00 and 0.00, and 14 and 3 days before credits run out.");
  expect(say([], [1])).toBe("You hear from us 1 day before credits run out.");
  expect(say([], [])).toBe("You hear from us when credits are used up or about to expire.");
});
