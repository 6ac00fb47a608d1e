/** Usage as it is asked for and shown: whole days of the account, one series for each operation. */
import { add, compare, type UsageAnalytics, type UsageBucket, type UsageSum } from "../client";
import type { UsageQuery } from "../client/client";
import { daysBefore, todayIn } from "../days";
import { operationName, type Words } from "./describe";

export const RANGES = { "7d": 7, "14d": 14, "30d": 30, "90d": 90 } as const;
export type UsageRange = keyof typeof RANGES;

/** So many bars can be told apart; more become weeks. */
const MOST_BARS = 60;
const SERIES = 5;
export const OTHER = "other";

/** What to ask for: so many days up to today, which is a day of the account's zone. */
export function queryOf(range: UsageRange, zone: string, compared: boolean): UsageQuery {
  const days = RANGES[range];
  const to = todayIn(zone);
  const from = daysBefore(to, days - 1);
  return { from, to, group_by: days > MOST_BARS ? "week" : "day", ...(compared ? { compare: "previous" } : {}) };
}

/** A bucket's first day. */
export const dayOf = (bucket: UsageBucket): string => bucket.from.slice(0, 10);
export const isByWeek = (usage: UsageAnalytics): boolean => usage.buckets.some((each) => each.key?.includes("W"));

/** The operations of *usage*, the one that cost most first. */
export const namesOf = ({ operations = {} }: UsageAnalytics): string[] =>
  Object.keys(operations).sort((one, other) => compare(operations[other]?.credits ?? "0", operations[one]?.credits ?? "0"));

/** The same numbers as one series. */
export function together(usage: UsageAnalytics): UsageAnalytics {
  const { units, credits, count } = usage.totals;
  return { ...usage, operations: { total: { units, credits, count } }, buckets: usage.buckets.map((each) => ({ ...each, operations: { total: each } })) };
}

/** The same numbers in five series at most: what is beyond the largest four is one. */
export function folded(usage: UsageAnalytics): UsageAnalytics {
  const names = namesOf(usage);
  if (names.length <= SERIES) return usage;
  const kept = names.slice(0, SERIES - 1);
  const fold = (operations: Record<string, UsageSum> = {}): Record<string, UsageSum> => {
    const some = Object.entries(operations);
    const rest = some.filter(([name]) => !kept.includes(name)).map(([, sum]) => sum);
    const other = { units: {}, credits: rest.reduce((sum, each) => add(sum, each.credits), "0.00"), count: rest.reduce((sum, each) => sum + each.count, 0) };
    return { ...Object.fromEntries(some.filter(([name]) => kept.includes(name))), [OTHER]: other };
  };
  return { ...usage, operations: fold(usage.operations), buckets: usage.buckets.map((each) => ({ ...each, operations: fold(each.operations) })) };
}

/** The series in their order: the largest first, what is folded last. */
export const seriesOf = (usage: UsageAnalytics): string[] => {
  const names = namesOf(usage);
  return names.includes(OTHER) ? [...names.filter((each) => each !== OTHER), OTHER] : names;
};

/** The table's, the chart's and the CSV's numbers. */
export function rowsOf(usage: UsageAnalytics, context: Words): string[][] {
  const { t } = context;
  const names = seriesOf(usage);
  const head = [`${t(isByWeek(usage) ? "usage.week" : "usage.day")} (${usage.time_zone})`, ...names.map((name) => operationName(name, context)), t("usage.credits")];
  const rows = usage.buckets.map((each) => [dayOf(each), ...names.map((name) => each.operations?.[name]?.credits ?? "0.00"), each.credits]);
  return [head, ...rows];
}
