/** Usage as it is shown: a series for each operation, named buckets, and what the days come to. */
import { add, compare, mean, type UsageAnalytics, type UsageBucket, type UsageSum } from "../../client";
import { dayIn } from "../../days";
import type { Format } from "../../format";
import { operationName, type Words } from "../describe";
import { lengthOf, type Granularity } from "./range";

const SERIES = 5;
export const OTHER = "other";

/** A bucket's first day. */
export const dayOf = (bucket: UsageBucket): string => bucket.from.slice(0, 10);
const lastDayOf = (bucket: UsageBucket): string => bucket.to.slice(0, 10);

/** What a bucket is: the server names days, ISO weeks and months each in its way. */
export function granularityOf({ buckets }: Pick<UsageAnalytics, "buckets">): Granularity {
  const key = buckets[0]?.key ?? "";
  return key.includes("W") ? "week" : /^\d{4}-\d{2}$/.test(key) ? "month" : "day";
}

/** "25 Nov" for a day and for the week that begins then, "Nov 2026" for a month. */
export function nameOf(bucket: UsageBucket, { buckets }: Pick<UsageAnalytics, "buckets">, format: Format): string {
  if (granularityOf({ buckets }) !== "month") return format.date(dayOf(bucket));
  return new Intl.DateTimeFormat(format.locale, { timeZone: "UTC", month: "short", year: "numeric" }).format(new Date(dayOf(bucket)));
}

/** Whether today falls into a bucket: more of it is to come. */
export function isRunning(bucket: UsageBucket, usage: UsageAnalytics): boolean {
  const today = usage.as_of ? dayIn(usage.as_of, usage.time_zone) : lastDayOf(bucket);
  return bucket.partial && lastDayOf(bucket) >= today;
}

/** The operations of *usage*, the one that cost most first. */
export const namesOf = ({ operations = {} }: UsageAnalytics): string[] =>
  Object.keys(operations).sort((one, other) => compare(operations[other]?.credits ?? "0", operations[one]?.credits ?? "0"));

/** The same numbers as one series. */
export function together(usage: UsageAnalytics): UsageAnalytics {
  const whole = (found: UsageBucket[]) => found.map((each) => ({ ...each, operations: { total: each } }));
  const { units, credits, count } = usage.totals;
  const previous = usage.previous && { ...usage.previous, buckets: whole(usage.previous.buckets) };
  return { ...usage, operations: { total: { units, credits, count } }, buckets: whole(usage.buckets), previous: previous ?? null };
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
  const head = [`${t(`usage.${granularityOf(usage)}`)} (${usage.time_zone})`, ...names.map((name) => operationName(name, context)), t("usage.credits")];
  const rows = usage.buckets.map((each) => [dayOf(each), ...names.map((name) => each.operations?.[name]?.credits ?? "0.00"), each.credits]);
  return [head, ...rows];
}

/** The mean of a day: of the days that are over where they are known one by one, else of all. */
export function averageOf(usage: UsageAnalytics): { credits: string; days: number; isWhole: boolean } {
  const over = usage.buckets.filter((each) => !each.partial);
  if (granularityOf(usage) === "day" && over.length && over.length < usage.buckets.length) {
    return { credits: mean(over.reduce((sum, each) => add(sum, each.credits), "0.00"), over.length), days: over.length, isWhole: true };
  }
  const days = Math.max(1, lengthOf({ from: usage.from.slice(0, 10), to: usage.to.slice(0, 10) }));
  return { credits: mean(usage.totals.credits, days), days, isWhole: false };
}

/** The bucket that cost most, the earlier of two that cost the same. */
export const busiestOf = ({ buckets }: UsageAnalytics): UsageBucket | undefined =>
  buckets.reduce<UsageBucket | undefined>((most, each) => (compare(each.credits, most?.credits ?? "0.00") > 0 ? each : most), undefined);
