/** Which days usage is asked for, and in what steps it is shown. */
import type { UsageQuery } from "../../client";
import { daysBefore, todayIn } from "../../days";

export const PRESETS = { today: 1, "7d": 7, "14d": 14, "30d": 30, "90d": 90 } as const;
export type UsagePreset = keyof typeof PRESETS;

/** Days of the account, both included. */
export interface UsageDays {
  from: string;
  to: string;
}

export type UsageRange = UsagePreset | UsageDays;
export type Granularity = "day" | "week" | "month";
export type Breakdown = "operation" | "variant" | "reference";

/** The most days that the API adds up at once. */
export const MAX_DAYS = 366;
/** So many bars can be told apart; more become weeks. */
const MOST_BARS = 60;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const isPreset = (range: UsageRange): range is UsagePreset => typeof range === "string";
export const lengthOf = ({ from, to }: UsageDays): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

/** The days of *range* up to today in *zone*. */
export function daysOf(range: UsageRange, zone: string): UsageDays {
  if (!isPreset(range)) return range;
  const to = todayIn(zone);
  return { from: daysBefore(to, PRESETS[range] - 1), to };
}

export interface RangeProblem {
  field: "from" | "to";
  code: "missing" | "future" | "order" | "long";
}

const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** What is wrong with days that somebody chose; null where they can be asked for. */
export function problemOfDays({ from, to }: UsageDays, today: string): RangeProblem | null {
  if (!isDay(from)) return { field: "from", code: "missing" };
  if (!isDay(to)) return { field: "to", code: "missing" };
  if (from > today) return { field: "from", code: "future" };
  if (to > today) return { field: "to", code: "future" };
  if (to < from) return { field: "to", code: "order" };
  return lengthOf({ from, to }) > MAX_DAYS ? { field: "from", code: "long" } : null;
}

/** The range that an address names, as `7d` or `2026-11-01..2026-11-20`; null for anything else. */
export function readRange(text: string, zone: string): UsageRange | null {
  if (Object.hasOwn(PRESETS, text)) return text as UsagePreset;
  const [from = "", to = "", ...rest] = text.split("..");
  return rest.length || problemOfDays({ from, to }, todayIn(zone)) ? null : { from, to };
}

export const writeRange = (range: UsageRange): string => (isPreset(range) ? range : `${range.from}..${range.to}`);

/** The steps in which so many days can be shown. */
export const stepsFor = (days: number): Granularity[] => [
  ...(days <= MOST_BARS ? (["day"] as const) : []),
  ...(days > 7 ? (["week"] as const) : []),
  ...(days > 31 ? (["month"] as const) : []),
];

/** The wanted step where it suits, else the smallest that does. */
export function stepOf(wanted: string | undefined, days: number): Granularity {
  const steps = stepsFor(days);
  return steps.find((each) => each === wanted) ?? steps[0] ?? "day";
}

export const queryOf = (days: UsageDays, group_by: NonNullable<UsageQuery["group_by"]>, compared: boolean): UsageQuery => ({
  ...days,
  group_by,
  ...(compared ? { compare: "previous" } : {}),
});
