import { describe, expect, test } from "vitest";
import { compare, formatCredits, formatMoney, formatPricePerCredit, fromUnits, minutesToSeconds, percent, toUnits } from "../src/client";
import { cell } from "../src/components/dashboard/csv";

describe("amounts", () => {
  test("keep every digit of the largest amount", () => {
    expect(formatCredits("9999999999999.99", { locale: "en-GB" })).toBe("9,999,999,999,999.99");
    expect(fromUnits(toUnits("9999999999999.99") + toUnits("0.01"))).toBe("10000000000000.00");
    expect(formatCredits("123456789012345.10", { locale: "en-GB" })).toBe("123,456,789,012,345.10");
  });
  test("show a minus that is a minus, and a plus only on changes", () => {
    expect(formatCredits("-2.60")).toBe("\u22122.60");
    expect(formatCredits("25.00", { signed: true })).toBe("+25.00");
    expect(formatCredits("0.00", { signed: true })).toBe("0.00");
  });
  test("follow the currency's own digits", () => {
    expect(formatMoney(4500, "usd")).toBe("$45.00");
    expect(formatMoney(4500, "jpy", "en")).toBe("¥4,500");
    expect(formatMoney(4500, "kwd", "en").replace(/\s/g, " ")).toBe("KWD 4.500");
    expect(formatPricePerCredit(4500, "usd", "550.00")).toBe("$0.0818");
  });
  test("compare and share without a float", () => {
    expect(compare("10.00", "9.99")).toBeGreaterThan(0);
    expect(percent("304.10", "534.25")).toBe("56.9");
    expect(minutesToSeconds("3.2")).toBe(192n);
  });
  test("refuse what is no decimal", () => expect(() => toUnits("1e3")).toThrow(RangeError));
  test("a formula in a description stays text", () => {
    expect(cell("=1+1")).toBe("'=1+1");
    expect(cell("-2.60")).toBe("-2.60");
    expect(cell('a,"b"')).toBe('"a,""b"""');
  });
});
