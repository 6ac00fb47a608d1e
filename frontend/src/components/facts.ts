/** What a balance means: for how long, until when, and for how much work. */
import { toUnits, type Balance, type Expiring, type Price, type Purchase } from "../client";
import type { Format } from "../format";
import type { Messages } from "../messages/en";
import { lookUp, type Translate } from "../messages/translate";
import type { Equivalent } from "./CreditBalance";

interface Words {
  t: Translate;
  format: Format;
}

const A_YEAR = 365;

/** How long the credits last at the rate of the last days; null where the server does not say. */
export function runwayOf(balance: Balance, { t, format }: Words): { days: string; rate: string } | null {
  if (balance.runway === undefined) return null;
  if (balance.runway === null) return { days: t("balance.runwayUnknown"), rate: t("balance.runwayHint") };
  const { days_left, per_day } = balance.runway;
  const rate = t("balance.perDay", { amount: format.credits(per_day) });
  if (days_left < 1) return { days: t("balance.runwayUnder"), rate };
  return { days: days_left > A_YEAR ? t("balance.runwayOver") : t("balance.days", { n: days_left }), rate };
}

export function nextExpiry(balance: Balance): Expiring | null {
  if (balance.next_expiry !== undefined) return balance.next_expiry;
  return "amount" in balance.expiring ? (balance.expiring as Expiring) : null;
}

/** "Visa 4242", null where no card is known. */
export const cardName = ({ card }: Pick<Purchase, "card">): string | null =>
  card ? `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ${card.last4}` : null;

/** A day for an expiry: midnight is the end of the day before. */
export function endOf(at: string, { t, format }: Words): string {
  if (!format.isMidnight(at)) return format.moment(at);
  return t("date.endOf", { date: format.day(new Date(Date.parse(at) - 1000).toISOString()) });
}

/** How many units of each operation the available credits pay, first units included in the price. */
export function equivalentsOf(balance: Balance, wanted: Equivalent[], prices: Price[], t: Translate, format: Format, messages: Messages) {
  return wanted.flatMap(({ operation, unit }) => {
    const price = prices.find((each) => each.operation === operation && !each.upcoming);
    const rate = price?.units.find((each) => each.unit === unit)?.rate;
    if (!rate || toUnits(rate, 6) <= 0n) return [];
    const once = price.units.filter((each) => each.unit !== unit && each.counted).reduce((sum, each) => sum + toUnits(each.rate, 6), 0n);
    const left = toUnits(balance.available, 6) - once;
    const count = left > 0n ? left / toUnits(rate, 6) : 0n;
    const units = lookUp(t, messages, `unit.${unit}`, { n: Number(count) }) ?? `${format.quantity(String(count))} ${unit}`;
    return [{ what: lookUp(t, messages, `operation.${operation}`) ?? operation, count: units }];
  });
}
