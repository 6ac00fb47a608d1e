/** Sample usage of the mock client, and what a server would make of it. */
import { add, fromUnits, toUnits } from "./amounts";
import type { UsageQuery } from "./client";
import type { Entry, UsageAnalytics, UsageBucket, UsageSum } from "./types";

const SHARES: [string, string, bigint][] = [
  ["vapi_call", "minute", 57n],
  ["workflow_execution", "execution", 22n],
  ["message", "message", 12n],
  ["file_upload", "mb", 9n],
];
const DAYS = [2842, 1442, 2214, 1995, 712, 508, 2071, 2641, 2152, 2476, 2298, 455, 742, 1703, 2088, 1799, 2401, 2011, 871, 724, 2004, 2754, 2536, 2446, 1936, 725, 561, 2629, 2147, 1656];

/** What so many hundredths of a credit pay of a unit, by the prices above. */
const unitsOf = (name: string, hundredths: bigint): string =>
  ({ minute: fromUnits(hundredths * 2n), mb: fromUnits(hundredths * 4n), execution: String(hundredths / 200n) })[name] ?? String(hundredths / 10n);

function bucket(credits: number, index: number): UsageBucket {
  const day = new Date(Date.UTC(2026, 9, 27 + index)).toISOString().slice(0, 10);
  const total = BigInt(credits);
  const operations = Object.fromEntries(
    SHARES.map(([operation, name, part], place) => {
      const rest = SHARES.slice(1).reduce((sum, [, , each]) => sum + (total * each) / 100n, 0n);
      const own = place === 0 ? total - rest : (total * part) / 100n;
      return [operation, { units: { [name]: unitsOf(name, own) }, credits: fromUnits(own), count: Number(own / 150n) + 1 }];
    }),
  );
  return { key: day, from: day, to: day, partial: index === DAYS.length - 1, units: {}, credits: fromUnits(total), count: Object.values(operations).reduce((all, each) => all + each.count, 0), operations };
}

const buckets = DAYS.map(bucket);
/** As many days before: the same course, a little lower. */
const before = DAYS.map((credits, index) => ({ ...bucket(Math.floor(credits * 0.93), index), partial: false }));

const nothing = (): UsageSum => ({ units: {}, credits: "0.00", count: 0 });

function sum(one: UsageSum, other: UsageSum): UsageSum {
  const units = Object.entries(other.units).map(([name, count]) => [name, fromUnits(toUnits(one.units[name] ?? "0", 6) + toUnits(count, 6), 6).replace(/\.?0+$/, "")]);
  return { units: { ...one.units, ...Object.fromEntries(units) }, credits: add(one.credits, other.credits), count: one.count + other.count };
}

const byOperation = (found: UsageBucket[]): Record<string, UsageSum> =>
  found.reduce<Record<string, UsageSum>>((all, { operations = {} }) => ({ ...all, ...Object.fromEntries(Object.entries(operations).map(([name, each]) => [name, sum(all[name] ?? nothing(), each)])) }), {});

const merged = (key: string | null, found: UsageBucket[]): UsageBucket => ({
  ...found.reduce<UsageSum>(sum, nothing()),
  key,
  from: found[0]?.from ?? "",
  to: found.at(-1)?.to ?? "",
  partial: found.some((each) => each.partial),
  operations: byOperation(found),
});

/** The ISO week of a day, by its Monday's Thursday. */
function weekOf(day: string): string {
  const thursday = new Date(day);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const days = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000;
  return `${thursday.getUTCFullYear()}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

function spans(found: UsageBucket[], keyOf: (day: string) => string): UsageBucket[] {
  const keys = [...new Set(found.map((each) => keyOf(each.from)))];
  return keys.map((key) => merged(key, found.filter((each) => keyOf(each.from) === key)));
}

/** Some references of each operation, and what has none. */
const references = (found: UsageBucket[]): UsageBucket[] =>
  Object.entries(byOperation(found)).map(([name, each]) => ({ ...merged({ vapi_call: "call_Qm7x2Vd9", workflow_execution: "run_0Kc3", file_upload: "brief.pdf" }[name] ?? null, found), ...each, operations: { [name]: each } }));

export const usage: UsageAnalytics = {
  from: "2026-10-27",
  to: "2026-11-25",
  time_zone: "Europe/Berlin",
  group_by: "day",
  buckets,
  totals: merged(null, buckets),
  operations: byOperation(buckets),
  previous: { buckets: before, totals: merged(null, before) },
  as_of: "2026-11-25T13:03:22Z",
};

/** What the server would answer to *query* with the days of *all*: as many, up to the last, added up as asked. */
export function usageFor(all: UsageAnalytics, query: UsageQuery, entries: Entry[]): UsageAnalytics {
  const days = Math.round((Date.parse(query.to) - Date.parse(query.from)) / 86_400_000) + 1;
  const fits = days >= all.buckets.length;
  const [now, past] = [all.buckets.slice(-days), all.previous?.buckets.slice(-days) ?? []];
  const group = {
    day: (found: UsageBucket[]) => found,
    week: (found: UsageBucket[]) => spans(found, weekOf),
    month: (found: UsageBucket[]) => spans(found, (day) => day.slice(0, 7)),
    operation: (found: UsageBucket[]) => Object.entries(byOperation(found)).map(([name, each]) => ({ ...merged(name, found), ...each, operations: { [name]: each } })),
    variant: (found: UsageBucket[]) => [merged("*", found)],
    reference: references,
  }[query.group_by ?? "day"];
  const cost = (entry: Entry) => toUnits(entry.amount);
  const largest = entries.filter((each) => each.operation && cost(each) < 0n).sort((one, other) => Number(cost(one) - cost(other)));
  return {
    ...all,
    ...(fits ? {} : { from: now[0]?.from ?? all.from, totals: merged(null, now), operations: byOperation(now) }),
    group_by: query.group_by ?? "day",
    buckets: group(now),
    complete: all.complete ?? true,
    previous: query.compare && all.previous ? { totals: fits ? all.previous.totals : merged(null, past), buckets: group(past) } : null,
    largest: query.include ? { items: largest.slice(0, 10), complete: all.complete ?? true } : null,
  };
}
