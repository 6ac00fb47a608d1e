/** Days of a calendar, as 2026-11-26, and when they begin in a time zone. */
const DAY_MS = 86_400_000;

/** The day that *zone* has at the moment *at*. */
export const dayIn = (at: string, zone: string): string => new Date(wallClock(Date.parse(at), zone)).toISOString().slice(0, 10);

/** The day that *zone* has now. */
export const todayIn = (zone: string): string => dayIn(new Date().toISOString(), zone);

export const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** The first moment of *day* in *zone*; where midnight is left out as clocks change, the moment at which they do. */
export function startOf(day: string, zone: string): Date {
  const midnight = Date.parse(day);
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((at) => wallClock(at, zone) - at);
  const found = offsets.map((offset) => midnight - offset).sort((one, other) => one - other);
  return new Date(found.find((at) => wallClock(at, zone) >= midnight) ?? midnight);
}

/** What a clock on the wall in *zone* shows at *at*, as milliseconds of a clock in UTC that shows the same. */
function wallClock(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const { year, month, day, hour, minute, second } = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
