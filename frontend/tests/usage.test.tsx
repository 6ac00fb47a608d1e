import { cleanup, configure, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMockPrepaid, CreditDashboard, CreditUsageAnalytics, mean, PrepaidProvider, type CreditUsageAnalyticsProps, type MockData, type TransactionFilter, type UsageQuery } from "../src";
import { SAMPLE } from "../src/client/samples";
import { cell } from "../src/components/dashboard/csv";
import { problemOfDays, readRange, stepOf, stepsFor } from "../src/components/usage/range";
import { averageOf } from "../src/components/usage/series";

configure({ asyncUtilTimeout: 15_000 });
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-25T13:03:22Z"), toFake: ["Date"] });
  window.history.replaceState(null, "", "/credits");
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const asked: UsageQuery[] = [];
function shown(props: CreditUsageAnalyticsProps = {}, data: MockData = {}) {
  asked.length = 0;
  const mock = createMockPrepaid(data);
  const client = { ...mock, usage: (query: UsageQuery) => (asked.push(query), mock.usage(query)) };
  return render(<PrepaidProvider client={client} timeZone="Europe/Berlin"><CreditUsageAnalytics {...props} /></PrepaidProvider>);
}
const last = () => asked.at(-1);
const NOTHING = { ...SAMPLE.usage, buckets: [], operations: {}, totals: { units: {}, credits: "0.00", count: 0 } };

test("four figures say what the days come to, beside as many days before", async () => {
  const { container } = shown();
  await screen.findByText("Credits used");
  const figures = within(container.querySelector("[data-slot=usage-figures]") as HTMLElement);
  expect(figures.getAllByRole("definition").map((each) => each.textContent)).toEqual(["535.397.6% more than before", "420393 before", "17.89mean of 29 days, without today", "28.4227 Oct"]);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("days of one's own are asked for when they are right, and what is wrong is said at the field", async () => {
  const chosen: unknown[] = [];
  shown({ urlState: true, onRangeChange: (range) => chosen.push(range) });
  await userEvent.click(await screen.findByRole("button", { name: "Custom" }));
  const [from, to] = [screen.getByLabelText("From"), screen.getByLabelText("To")] as [HTMLInputElement, HTMLInputElement];
  expect([from.value, to.value, to.max]).toEqual(["2026-10-27", "2026-11-25", "2026-11-25"]);
  expect(document.activeElement).toBe(from);
  await userEvent.clear(to);
  await userEvent.type(to, "2026-10-01");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(screen.getByRole("alert").textContent).toBe("This is before the first day");
  expect(to.getAttribute("aria-describedby")).toBe(screen.getByRole("alert").id);
  expect(document.activeElement).toBe(to);
  expect(chosen).toEqual([]);
  await userEvent.clear(to);
  await userEvent.type(to, "2026-11-20");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(last()).toMatchObject({ from: "2026-10-27", to: "2026-11-20", group_by: "day", compare: "previous" }));
  expect(window.location.search).toBe("?usage=2026-10-27..2026-11-20");
  expect(chosen).toEqual([{ from: "2026-10-27", to: "2026-11-20" }]);
  expect(screen.queryByLabelText("From")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Custom", pressed: true }));
});

test("an address names range, steps, grouping and view, and what is none of them is passed over", async () => {
  window.history.replaceState(null, "", "/credits?usage=2026-09-01..2026-11-20&usage_per=month&usage_by=reference&usage_view=table");
  shown({ urlState: true });
  expect(await screen.findByText("call_Qm7x2Vd9")).toBeTruthy();
  expect(screen.getByText("Without reference")).toBeTruthy();
  expect(asked.map(({ group_by }) => group_by)).toEqual(expect.arrayContaining(["month", "reference"]));
  expect(screen.getByText("Nov 2026")).toBeTruthy();
  expect(readRange("2026-11-20..2026-09-01", "UTC")).toBeNull();
  expect(readRange("2026-01-01..2026-11-20..x", "UTC")).toBeNull();
  expect(readRange("constructor", "UTC")).toBeNull();
});

test("the table is the chart's numbers, marks the day that is not over, and is what the CSV holds", async () => {
  const saved = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:");
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
  const { container } = shown({ range: "7d" });
  await userEvent.click(await screen.findByRole("button", { name: "Table" }));
  const rows = [...container.querySelectorAll("[data-slot=usage-table] tbody tr")].map((row) => [...row.querySelectorAll("td")].map((each) => each.textContent?.trim()));
  expect(rows[0]?.[0]).toBe("25 Nov so far");
  expect(rows.slice(1).some(([day]) => day?.includes("so far"))).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "Export CSV" }));
  const reader = new FileReader();
  reader.readAsText(saved.mock.lastCall?.[0] as Blob);
  await waitFor(() => expect(reader.result).toBeTruthy());
  const text = String(reader.result);
  expect(text.trim().split("\r\n").slice(1).reverse().map((line) => line.split(",").slice(1))).toEqual(rows.map(([, ...amounts]) => amounts.map((each) => cell(each ?? ""))));
  vi.restoreAllMocks();
});

test("a bar opens the transactions of its days, which the address and the list of ranges name", async () => {
  const mock = createMockPrepaid();
  const filters: TransactionFilter[] = [];
  const client = { ...mock, transactions: (filter: TransactionFilter = {}) => (filters.push(filter), mock.transactions(filter)) };
  const { container } = render(<PrepaidProvider client={client} timeZone="Europe/Berlin"><CreditDashboard sections={["usage", "transactions"]} /></PrepaidProvider>);
  const chart = () => container.querySelector<SVGElement>("[data-slot=usage-chart] svg");
  await waitFor(() => expect(chart()?.getAttribute("aria-label")).toMatch(/Enter opens transactions\.$/));
  chart()?.focus();
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{Enter}");
  await waitFor(() => expect(filters.at(-1)).toMatchObject({ from: "2026-11-23T23:00:00.000Z", to: "2026-11-24T23:00:00.000Z" }));
  expect(window.location.search).toBe("?time=2026-11-24..2026-11-24");
  expect((screen.getByLabelText("Time") as HTMLSelectElement).selectedOptions[0]?.text).toBe("24 Nov");
  expect(document.activeElement?.getAttribute("data-area")).toBe("transactions");
});

test("the largest charges are read when they are wanted, and say so where they are of the newest only", async () => {
  shown({}, { usage: { ...SAMPLE.usage, complete: false } });
  const button = await screen.findByRole("button", { name: "Largest charges" });
  expect(asked.some(({ include }) => include)).toBe(false);
  await userEvent.click(button);
  expect(await screen.findByText("File upload, 31.2 MB")).toBeTruthy();
  expect(asked.filter(({ include }) => include === "largest")).toHaveLength(1);
  expect(screen.getByText(/only the newest charges are counted/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Voice call, 3 min 12 s" }));
  expect(await screen.findByText("Why this amount")).toBeTruthy();
});

test.each<[string, CreditUsageAnalyticsProps, MockData, string]>([
  ["empty", {}, { usage: NOTHING }, "No usage yet"],
  ["empty", { range: { from: "2026-11-01", to: "2026-11-03" } }, { usage: NOTHING }, "Nothing was used from 1 Nov to 3 Nov."],
  ["failed", {}, { problems: { usage: { code: "internal", status: 422, title: "", detail: "" } } }, "Usage could not be loaded"],
  ["denied", {}, { problems: { usage: { code: "forbidden", status: 403, title: "", detail: "" } } }, "You cannot see this"],
  ["offline", {}, { problems: { usage: { code: "offline", status: 0, title: "", detail: "" } } }, "You are offline"],
])("usage that is %s says so, and other days can be chosen", async (state, props, data, text) => {
  const { container } = shown(props, data);
  expect(await screen.findByText(text)).toBeTruthy();
  expect(container.querySelector("[data-slot=usage]")?.getAttribute("data-state")).toBe(state);
  expect(screen.getByRole("button", { name: "Custom" })).toBeTruthy();
});

test("days are refused that are missing, to come, the wrong way round, or more than the API adds up", () => {
  const problem = (from: string, to: string) => problemOfDays({ from, to }, "2026-11-25");
  expect(problem("", "2026-11-25")).toEqual({ field: "from", code: "missing" });
  expect(problem("2026-02-30", "2026-11-25")).toEqual({ field: "from", code: "missing" });
  expect(problem("2026-11-20", "2026-11-26")).toEqual({ field: "to", code: "future" });
  expect(problem("2026-11-20", "2026-11-19")).toEqual({ field: "to", code: "order" });
  expect(problem("2025-11-24", "2026-11-25")).toEqual({ field: "from", code: "long" });
  expect(problem("2025-11-25", "2026-11-25")).toBeNull(); // 366 days
});

test("steps suit the number of days, and a mean is exact", () => {
  expect([1, 8, 32, 61, 366].map(stepsFor)).toEqual([["day"], ["day", "week"], ["day", "week", "month"], ["week", "month"], ["week", "month"]]);
  expect([stepOf("month", 7), stepOf("month", 90), stepOf(undefined, 90)]).toEqual(["day", "month", "week"]);
  expect([mean("0.10", 3), mean("0.05", 2), mean("-0.05", 2), mean("900719925474099.31", 2)]).toEqual(["0.03", "0.03", "-0.03", "450359962737049.66"]);
  expect(averageOf({ ...SAMPLE.usage, buckets: SAMPLE.usage.buckets.slice(0, 29) })).toMatchObject({ days: 30, isWhole: false });
});
