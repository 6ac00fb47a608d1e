/** Credits and money as exact decimals: strings on the wire, bigint in sums, never a float. */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
export const MINUS = "\u2212";

/** *amount* in units of 10^-places. Throws RangeError for what is no decimal of that precision. */
export function toUnits(amount: string, places = 2): bigint {
  const parts = DECIMAL.exec(amount);
  const fraction = parts?.[3] ?? "";
  if (!parts || fraction.length > places) throw new RangeError(`not a decimal with ${places} places: ${amount}`);
  const units = BigInt(parts[2] + fraction.padEnd(places, "0"));
  return parts[1] ? -units : units;
}

/** The decimal string of *units* of 10^-places. */
export function fromUnits(units: bigint, places = 2): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0n ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${whole}.${digits.slice(-places)}`;
}

export const add = (...amounts: string[]): string =>
  fromUnits(amounts.reduce((sum, amount) => sum + toUnits(amount), 0n));

export const negate = (amount: string): string => fromUnits(-toUnits(amount));

/** Negative, zero or positive, as *left* is less than, equal to or greater than *right*. */
export function compare(left: string, right: string): number {
  const difference = toUnits(left) - toUnits(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export interface CreditsFormat {
  locale?: string;
  /** Mark what comes in with a plus. */
  signed?: boolean;
}

/** Credits for a person: two decimals, the locale's grouping, U+2212 as minus. */
export function formatCredits(amount: string, { locale = "en-GB", signed = false }: CreditsFormat = {}): string {
  return parts(locale, amount, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: signed ? "exceptZero" : "negative",
  });
}

/** A quantity for a person, with at most the decimals it has. */
export const formatQuantity = (quantity: string, locale = "en-GB"): string =>
  parts(locale, quantity, { maximumFractionDigits: 6 });

/** A percentage for a person, with one decimal and without its sign of percent. */
export const formatPercent = (percentage: string, locale = "en-GB", signed = false): string =>
  parts(locale, percentage, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: signed ? "exceptZero" : "negative" });

/** Digits after the decimal point of *currency*, as `Intl` knows them. */
export function currencyDigits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** *amount*, in the currency's smallest unit, for a person. */
export function formatMoney(amount: number | bigint, currency: string, locale = "en-GB"): string {
  const decimal = fromUnits(BigInt(amount), currencyDigits(currency));
  return parts(locale, decimal, { style: "currency", currency: currency.toUpperCase(), currencyDisplay: "narrowSymbol" });
}

/** What one credit costs, to four decimals, rounded half up; for display only. */
export function formatPricePerCredit(amount: number, currency: string, credits: string, locale = "en-GB"): string | null {
  const hundredths = toUnits(credits);
  if (hundredths <= 0n) return null;
  const scale = 10n ** BigInt(6 - currencyDigits(currency));
  const rounded = (2n * BigInt(amount) * scale + hundredths) / (2n * hundredths);
  return parts(locale, fromUnits(rounded, 4), {
    style: "currency",
    currency: currency.toUpperCase(),
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  });
}

/** *part* of *whole* in percent with *places* decimals, rounded half up; null of nothing. */
export function percent(part: string, whole: string, places = 1): string | null {
  const [top, bottom] = [toUnits(part), toUnits(whole)];
  if (bottom <= 0n) return null;
  const scaled = 2n * top * 100n * 10n ** BigInt(places);
  return fromUnits((scaled + (top < 0n ? -bottom : bottom)) / (2n * bottom), places);
}

/** *amount* divided by *count*, at least 1, rounded half away from zero. */
export function mean(amount: string, count: number): string {
  const [units, parts] = [toUnits(amount), BigInt(count)];
  const half = units < 0n ? -parts : parts;
  return fromUnits((2n * units + half) / (2n * parts));
}

/** For lengths on a screen, where a float is harmless: the share from 0 to 1. */
export function share(part: string, whole: string): number {
  const [top, bottom] = [toUnits(part), toUnits(whole)];
  if (bottom <= 0n || top <= 0n) return 0;
  return Math.min(1, Number((top * 10_000n) / bottom) / 10_000);
}

/** A duration in minutes (at most six decimals) as whole seconds, rounded half up. */
export const minutesToSeconds = (minutes: string): bigint => (toUnits(minutes, 6) * 60n + 500_000n) / 1_000_000n;

function parts(locale: string, amount: string, options: Intl.NumberFormatOptions): string {
  const format = new Intl.NumberFormat(locale, options);
  // `Intl` takes a decimal string exactly; the library's type only lists literals.
  return format
    .formatToParts(amount as unknown as number)
    .map(({ type, value }) => (type === "minusSign" ? MINUS : value))
    .join("");
}
