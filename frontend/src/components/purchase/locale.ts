/** The locale of Stripe's form: https://docs.stripe.com/js/appendix/supported_locales */
import type { StripeElementLocale } from "@stripe/stripe-js";

const SPOKEN: readonly StripeElementLocale[] = [
  "en-GB", "es-419", "fr-CA", "pt-BR", "zh-HK", "zh-TW",
  "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fil", "fr", "he", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh",
];

/** The nearest that Stripe speaks; `auto`, the browser's own, where it speaks none. */
export function stripeLocale(locale: string): StripeElementLocale {
  const { language, region } = new Intl.Locale(locale);
  const spoken = [`${language}-${region}`, language].map((each) => SPOKEN.find((one) => one === each));
  return spoken.find(Boolean) ?? "auto";
}
