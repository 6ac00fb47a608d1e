/** Texts by key, with values put in and the plural form that the locale asks for. */
import type { core } from "./core";
import type { MessageKey, Messages } from "./en";

export type Values = Record<string, string | number>;
type TranslateOf<Key extends MessageKey> = (key: Key, values?: Values) => string;
export type Translate = TranslateOf<MessageKey>;
export type TranslateCore = TranslateOf<keyof typeof core>;

export function createTranslate<Key extends MessageKey>(messages: Pick<Messages, Key>, locale: string): TranslateOf<Key> {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  return (key, values = {}) => {
    const message = messages[key];
    const text = typeof message === "string" ? message : plurals.select(Number(values.n)) === "one" ? message.one : message.other;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? "");
    });
  };
}

/** A text of the catalogue whose key is put together, null where there is none. */
export const lookUp = (t: Translate, messages: Messages, key: string, values?: Values): string | null =>
  key in messages ? t(key as MessageKey, values) : null;
