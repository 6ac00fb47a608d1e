/** The table as CSV: the same rows, zone and filter, with ASCII signs, safe to open in a spreadsheet. */
import type { Entry, Prepaid, TransactionFilter } from "../../client";
import type { Messages } from "../../messages/en";
import { lookUp } from "../../messages/translate";
import { describe, type Words } from "../describe";

/** Quoted where needed; text that a spreadsheet would run as a formula begins with an apostrophe. */
export function cell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const toCsv = (rows: string[][]): string => rows.map((row) => row.map(cell).join(",") + "\r\n").join("");

export function entriesToRows(entries: Entry[], words: Words): string[][] {
  const { t, format } = words;
  const head = [`${t("transactions.time")} (${format.timeZone})`, t("transactions.what"), t("transactions.type"), t("transactions.credits"), t("transactions.balance"), t("transactions.reference")];
  const rows = entries.map((entry) => [
    format.exact(entry.posted_at),
    describe(entry, words),
    lookUp(t, words.messages as Messages, `kind.${entry.kind}`) ?? entry.kind,
    entry.amount,
    entry.balance_after,
    entry.reference ?? "",
  ]);
  return [head, ...rows];
}

/** Save every page of what *filter* and *fits* leave. */
export async function downloadCsv(client: Prepaid, filter: TransactionFilter, fits: (entry: Entry) => boolean, words: Words): Promise<void> {
  const entries: Entry[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await client.transactions({ ...filter, limit: 100, ...(cursor ? { cursor } : {}) });
    entries.push(...page.items.filter(fits));
    cursor = page.next_cursor;
  }
  save("transactions.csv", toCsv(entriesToRows(entries, words)));
}

export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
