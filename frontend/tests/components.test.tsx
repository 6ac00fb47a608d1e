import { QueryClient } from "@tanstack/react-query";
import { act, cleanup, configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createMockPrepaid, createPrepaid, CreditBalance, CreditDashboard, CreditUsageAnalytics, PrepaidProvider } from "../src";
import { SAMPLE } from "../src/client/samples";
import { Banner } from "../src/components/dashboard/Banner";
import { Transactions } from "../src/components/dashboard/Transactions";
import { stripeLocale } from "../src/components/purchase/locale";
import { folded, seriesOf } from "../src/components/usage/series";
import { withDerived } from "../src/theme";

// A loaded machine takes seconds for what a browser does at once.
configure({ asyncUtilTimeout: 15_000 });

const API = "http://api.test/api/credits";
const tokens: string[] = [];
const server = setupServer(
  http.get(`${API}/balance`, ({ request }) => {
    tokens.push(request.headers.get("authorization") ?? "");
    return tokens.at(-1) === "Bearer old" ? HttpResponse.json({ message: "Unauthorized" }, { status: 401 }) : HttpResponse.json(SAMPLE.balance);
  }),
  http.get(`${API}/packages`, () => HttpResponse.json({ items: SAMPLE.packages })),
  http.get(`${API}/pricing`, () => HttpResponse.json({ items: SAMPLE.prices })),
  http.get(`${API}/transactions`, () => HttpResponse.json({ items: SAMPLE.entries, next_cursor: null })),
  http.get(`${API}/purchases`, () => HttpResponse.json({ code: "internal", title: "", detail: "", request_id: "req-9" }, { status: 400 })),
  http.get(`${API}/grants`, () => HttpResponse.json({ message: "Not Found" }, { status: 404 })),
  http.get(`${API}/alerts`, () => HttpResponse.json({ message: "Not Found" }, { status: 404 })),
  http.get(`${API}/usage/analytics`, () => HttpResponse.json({ message: "Not Found" }, { status: 404 })),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  tokens.length = 0;
});
afterAll(() => server.close());

const client = createPrepaid({ baseUrl: "http://api.test", getToken: ({ refresh }) => (refresh ? "new" : "old") });

test("a refused token is asked for again once, and the balance is shown", async () => {
  render(<PrepaidProvider client={client}><CreditBalance variant="compact" /></PrepaidProvider>);
  await screen.findByRole("button", { name: "39.93 Low, credit balance" });
  expect(tokens.slice(0, 2)).toEqual(["Bearer old", "Bearer new"]);
});

test("a section that fails leaves the others, and what the server does not have is not shown", async () => {
  render(<PrepaidProvider client={client}><CreditDashboard urlState={false} /></PrepaidProvider>);
  await screen.findByText("Receipts could not be loaded");
  await screen.findByText("Voice call, 3 min 12 s");
  await screen.findByText("Request req-9");
  expect(await screen.findByText("Purchased credits")).toBeTruthy();
  expect(screen.queryByText("Usage", { selector: "h2" })).toBeNull();
});

test("a search leaves what matches, and can be cleared", async () => {
  render(<PrepaidProvider client={client}><CreditDashboard urlState={false} sections={["transactions"]} /></PrepaidProvider>);
  await screen.findByText("9 messages");
  await userEvent.type(screen.getByRole("searchbox"), "no such thing");
  expect(await screen.findByText("Nothing matches these filters")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByText("9 messages")).toBeTruthy();
});

test("usage is one series for each operation, or one for all, with or without the days before", async () => {
  const asked: (string | undefined)[] = [];
  const mock = createMockPrepaid();
  const following = { ...mock, usage: (query: Parameters<typeof mock.usage>[0]) => (asked.push(query.compare), mock.usage(query)) };
  const { rerender } = render(<PrepaidProvider client={following}><CreditUsageAnalytics range="7d" /></PrepaidProvider>);
  expect(await screen.findByText("Voice calls")).toBeTruthy();
  rerender(<PrepaidProvider client={following}><CreditUsageAnalytics range="7d" groupBy="total" compare="none" /></PrepaidProvider>);
  expect(await screen.findByText("All usage")).toBeTruthy();
  expect(screen.queryByText("Voice calls")).toBeNull();
  expect(asked).toEqual(["previous", undefined]);
});

test("days up to the account's today are asked for, in weeks where there are many, and a zone that the account has is shown", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-25T18:00:00Z"), toFake: ["Date"] });
  const asked: (string | undefined)[][] = [];
  const mock = createMockPrepaid({ usage: { ...SAMPLE.usage, time_zone: "Pacific/Auckland" }, settings: { ...SAMPLE.settings, time_zone: "Pacific/Auckland" } });
  const following = { ...mock, usage: (query: Parameters<typeof mock.usage>[0]) => (asked.push([query.from, query.to, query.group_by]), mock.usage(query)) };
  render(<PrepaidProvider client={following} timeZone="account"><CreditUsageAnalytics range="90d" /><Transactions urlState={false} /></PrepaidProvider>);
  expect(await screen.findByText(/Times in Pacific\/Auckland/)).toBeTruthy();
  await waitFor(() => expect(asked.at(-1)).toEqual(["2026-08-29", "2026-11-26", "week"]));
  vi.useRealTimers();
});

test("more than five operations are five series that add up, and a table of all", async () => {
  const sum = (credits: string) => ({ units: {}, credits, count: 1 });
  const operations = { a: sum("6.00"), b: sum("5.00"), c: sum("4.00"), d: sum("3.00"), e: sum("2.00"), f: sum("1.50") };
  const totals = sum("21.50");
  const usage = { ...SAMPLE.usage, operations, totals, previous: null, buckets: [{ ...totals, key: "2026-11-25", from: "2026-11-25", to: "2026-11-25", partial: true, operations }] };
  expect(folded(usage).operations).toEqual({ a: operations.a, b: operations.b, c: operations.c, d: operations.d, other: { units: {}, credits: "3.50", count: 2 } });
  expect(seriesOf(folded(usage))).toEqual(["a", "b", "c", "d", "other"]);
  const { container } = render(<PrepaidProvider client={createMockPrepaid({ usage })}><CreditUsageAnalytics range="7d" /></PrepaidProvider>);
  expect(await screen.findByText("F")).toBeTruthy();
  await waitFor(() => expect(container.querySelectorAll("g[data-day] > rect[data-series]")).toHaveLength(5));
});

test("a banner that was closed stays closed until the balance falls again, and a payment that failed is said before a low balance", async () => {
  const { balance } = SAMPLE;
  const healthy = { ...balance, level: "healthy" as const };
  const failed = { ...SAMPLE.purchases[0]!, payment_id: "pay_9", status: "failed" as const, credited: false, failure_reason: "The bank refused the debit." };
  const queryClient = new QueryClient();
  const becomes = (what: "balance" | "purchases", data: unknown) => act(async () => (queryClient.setQueryData(["prepaid", what], data), await new Promise((done) => setTimeout(done))));
  render(<PrepaidProvider client={createMockPrepaid()} queryClient={queryClient}><Banner onAdd={() => undefined} /></PrepaidProvider>);
  await screen.findByText("Balance is low.");
  await userEvent.click(screen.getByRole("button", { name: "Close this message" }));
  await becomes("balance", { ...balance, available: "38.00" });
  expect(screen.queryByText("Balance is low.")).toBeNull();
  await becomes("balance", healthy);
  await becomes("balance", balance);
  expect(screen.getByText("Balance is low.")).toBeTruthy();
  await becomes("purchases", [failed, ...SAMPLE.purchases]);
  expect(screen.getByText("Your last payment of $45.00 failed.")).toBeTruthy();
  expect(screen.getByText(/The bank refused the debit. Nothing was charged./)).toBeTruthy();
  await becomes("purchases", [{ ...failed, payment_id: "pay_10", status: "succeeded" }, failed]);
  expect(screen.getByText("Balance is low.")).toBeTruthy();
});

test("soft tones follow a host's colour, and what the host sets itself stays", () => {
  const derived = withDerived({ accent: "#d6336c", bad: "#aa0000", "bad-soft": "#ffeeee" });
  expect(derived).toMatchObject({ accent: "#d6336c", "accent-text": "var(--prepaid-accent)", "accent-soft": "color-mix(in oklab, var(--prepaid-accent) 10%, var(--prepaid-surface))", "bad-soft": "#ffeeee" });
  expect(withDerived({ text: "#111111" })).toEqual({ text: "#111111" });
});

test("Stripe's form speaks the nearest language that it knows", () => {
  expect(["de", "de-AT", "en-GB", "en-US", "fil", "fil-PH", "pt-BR", "pt-PT", "zh-Hant-TW", "sw"].map(stripeLocale)).toEqual(["de", "de", "en-GB", "en", "fil", "fil", "pt-BR", "pt", "zh-TW", "auto"]);
});
