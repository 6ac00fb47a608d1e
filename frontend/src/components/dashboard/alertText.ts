/** An alert in plain words: what it says, what it goes by, and what became of it. */
import { CalendarClock, CircleAlert, CircleCheck, Gauge, Hourglass, TrendingUp, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Alert, AlertKind, Settings } from "../../client";
import { lookUp } from "../../messages/translate";
import { operationName, type Words } from "../describe";
import { endOf } from "../facts";

type Tone = "warn" | "bad" | "ok" | "plain";

const LOOKS: Record<AlertKind, [LucideIcon, Tone]> = {
  balance_low: [TriangleAlert, "warn"],
  balance_still_low: [TriangleAlert, "warn"],
  balance_empty: [CircleAlert, "bad"],
  balance_recovered: [CircleCheck, "ok"],
  limit_near: [Gauge, "warn"],
  limit_reached: [Gauge, "bad"],
  runway_low: [Hourglass, "warn"],
  runway_recovered: [CircleCheck, "ok"],
  usage_spike: [TrendingUp, "warn"],
  expiry_near: [CalendarClock, "plain"],
};

/** A kind that this release does not know looks like a plain warning. */
export const lookOf = (kind: string): [LucideIcon, Tone] => LOOKS[kind as AlertKind] ?? [TriangleAlert, "plain"];

/** "60.00, 20.00 and 0.00", in the locale's words. */
export const listed = (texts: string[], { format }: Words): string => new Intl.ListFormat(format.locale, { type: "conjunction" }).format(texts);

const creditsListed = (amounts: string[], words: Words) => listed(amounts.map(words.format.credits), words);

/** "14 and 3 days" */
export function daysListed(days: number[], words: Words): string {
  const numbers = listed(days.map((each) => words.format.quantity(String(each))), words);
  return words.t("alerts.days", { list: numbers, n: days.length === 1 ? (days[0] ?? 0) : 2 });
}

/** The one sentence of an alert. */
export function sentenceOf(alert: Alert, words: Words): string {
  const { t, format } = words;
  const days = alert.runway ? alert.runway.thresholds : [];
  switch (alert.kind) {
    case "balance_low":
    case "balance_still_low":
    case "balance_recovered":
      return t(`alert.${alert.kind}`, { amounts: creditsListed(alert.thresholds, words) });
    case "limit_near":
    case "limit_reached":
      return t(`alert.${alert.kind}`, { amount: format.credits(alert.limit?.amount ?? "0.00"), window: t(`alertWindow.${alert.limit?.window ?? "day"}`) });
    case "runway_low":
      return t("alert.runway_low", { days: daysListed(days.slice(-1), words) });
    case "runway_recovered":
      return t("alert.runway_recovered", { days: daysListed(days.slice(0, 1), words) });
    case "usage_spike":
      return t("alert.usage_spike", { amount: format.credits(alert.spike?.spent ?? "0.00") });
    case "expiry_near":
      return t("alert.expiry_near", { amount: format.credits(alert.expiring[0]?.amount ?? "0.00") });
    default:
      return lookUp(t, words.messages, `alert.${alert.kind}`) ?? t("alert.other");
  }
}

/** When it was, what it goes by, and the balance of that moment. */
export function factsOf(alert: Alert, words: Words): string[] {
  const { t, format } = words;
  const { limit, runway, spike, expiring } = alert;
  return [
    format.moment(alert.raised_at),
    limit && `${limit.operation ? operationName(limit.operation, words) : t("operation.total")}: ${t("alerts.used", { amount: format.credits(limit.used) })}`,
    runway && t("alerts.pace", { days: t("balance.days", { n: runway.days_left }), amount: format.credits(runway.per_day) }),
    spike && t("alerts.usual", { amount: format.credits(spike.usual) }),
    expiring[0] && endOf(expiring[0].expires_at, words),
    t("alerts.balance", { amount: format.credits(alert.balance) }),
  ].filter((each) => each !== null && each !== undefined);
}

/** What became of it by each channel; what failed first. */
export function deliveriesOf(alert: Alert, words: Words): { text: string; failed: boolean }[] {
  const { t, messages } = words;
  if (alert.quiet) return [{ text: t("alerts.quiet"), failed: false }];
  if (!alert.deliveries.length) return [{ text: t(alert.delivered_at ? "alerts.sent" : "alerts.waiting"), failed: false }];
  const ways = [...new Set(alert.deliveries.map(({ channel, state }) => `${channel}.${state}`))].sort((one, other) => Number(other.endsWith("failed")) - Number(one.endsWith("failed")));
  return ways.map((way) => {
    const n = alert.deliveries.filter(({ channel, state }) => `${channel}.${state}` === way).length;
    return { text: lookUp(t, messages, `delivery.${way}`, { n }) ?? way, failed: way.endsWith("failed") };
  });
}

/** At what the account is warned: "You hear from us below 5.00 and 3 days before credits run out." */
export function thresholdsText({ thresholds, runway_thresholds }: Pick<Settings, "thresholds" | "runway_thresholds">, words: Words): string {
  const { t } = words;
  const values = { amounts: creditsListed(thresholds, words), days: daysListed(runway_thresholds, words) };
  const chosen = thresholds.length ? (runway_thresholds.length ? "both" : "amounts") : runway_thresholds.length ? "days" : null;
  return chosen ? `${t(`thresholds.${chosen}`, values)} ${t("thresholds.always")}` : t("thresholds.none");
}
