/** English with accents and a third more length: shows what is not translated and what does not fit. */
import { en, type Messages } from "./en";

const ACCENTED: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú", n: "ñ", c: "ç" };

/** *text* with accents, longer by a third, in brackets. */
export function accent(text: string): string {
  const changed = text.replace(/\{\w+\}|[a-zA-Z]/g, (part) => ACCENTED[part] ?? part);
  return `[${changed}${"~".repeat(Math.ceil(text.length / 3))}]`;
}

export const pseudo: Messages = Object.fromEntries(
  Object.entries(en).map(([key, message]) => [
    key,
    typeof message === "string" ? accent(message) : { one: accent(message.one), other: accent(message.other) },
  ]),
) as Messages;
