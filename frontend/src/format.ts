/** Dates and amounts for a person, in one locale and one named time zone. */
import { formatCredits, formatMoney, formatPricePerCredit, formatQuantity } from "./client";

export interface Format {
  locale: string;
  timeZone: string;
  credits(amount: string): string;
  /** With plus and minus, for changes. */
  change(amount: string): string;
  money(amount: number, currency: string): string;
  perCredit(amount: number, currency: string, credits: string): string | null;
  quantity(quantity: string): string;
  /** "25 Nov", with the year where it is not this one. */
  day(at: string): string;
  /** The same of a calendar's day, as 2026-11-25, whatever the zone. */
  date(day: string): string;
  /** "25 Nov, 13:31" */
  moment(at: string): string;
  /** "25 Nov 2026, 13:31:09" */
  exact(at: string): string;
  /** "14:03:22" */
  clock(at: string): string;
  clockShort(at: string): string;
  /** Whether *at* is the first moment of a day in this zone. */
  isMidnight(at: string): boolean;
}

export function createFormat(locale: string, timeZone: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: "h23", ...options });
    return (at: string) => format.format(new Date(at));
  };
  const year = dates({ year: "numeric" });
  const day = dates({ day: "numeric", month: "short" });
  const dayOfYear = dates({ day: "numeric", month: "short", year: "numeric" });
  const time = dates({ hour: "2-digit", minute: "2-digit" });
  const clock = dates({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const wall = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const midnight = (at: string) => wall.format(new Date(at));
  const isThisYear = (at: string) => year(at) === year(new Date().toISOString());
  const dayWithYear = (at: string) => (isThisYear(at) ? day(at) : dayOfYear(at));
  return {
    locale,
    timeZone,
    credits: (amount) => formatCredits(amount, { locale }),
    change: (amount) => formatCredits(amount, { locale, signed: true }),
    money: (amount, currency) => formatMoney(amount, currency, locale),
    perCredit: (amount, currency, credits) => formatPricePerCredit(amount, currency, credits, locale),
    quantity: (quantity) => formatQuantity(quantity, locale),
    day: dayWithYear,
    date: (calendar) => {
      const isThis = calendar.slice(0, 4) === String(new Date().getFullYear());
      const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", ...(isThis ? {} : { year: "numeric" }) });
      return format.format(new Date(calendar));
    },
    moment: (at) => `${dayWithYear(at)}, ${time(at)}`,
    exact: (at) => `${dayOfYear(at)}, ${clock(at)}`,
    clock,
    clockShort: time,
    isMidnight: (at) => midnight(at) === "00:00:00",
  };
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
