import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { daysBefore, startOf, todayIn } from "../src/days";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each([
  ["Asia/Tokyo", "2026-11-26"],
  ["America/New_York", "2026-11-25"],
])("today in %s is %s", (zone, day) => {
  vi.setSystemTime("2026-11-26T03:00:00Z");
  expect(todayIn(zone)).toBe(day);
});

test("days before are those of the calendar", () => {
  expect(daysBefore("2026-03-01", 1)).toBe("2026-02-28");
});

test.each([
  ["2026-11-26", "UTC", "2026-11-26T00:00:00.000Z"],
  ["2026-11-26", "Europe/Berlin", "2026-11-25T23:00:00.000Z"],
  ["2026-11-26", "Pacific/Kiritimati", "2026-11-25T10:00:00.000Z"],
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"], // the day on which clocks go forward
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"], // and back
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"], // has no midnight: 23:59 is followed by 01:00
])("%s in %s begins at %s", (day, zone, at) => {
  expect(startOf(day, zone).toISOString()).toBe(at);
});
