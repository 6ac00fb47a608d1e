/** The whole catalogue, for what a header does not load at first. */
import { usePrepaid, type PrepaidContext } from "./context";
import { en, type Messages } from "./messages/en";
import { createTranslate, type Translate } from "./messages/translate";

export interface WithTexts extends Omit<PrepaidContext, "t"> {
  t: Translate;
  messages: Messages;
}

const known = new WeakMap<PrepaidContext, WithTexts>();

/** What the provider shares, with every text. */
export function useTexts(): WithTexts {
  const context = usePrepaid();
  const found = known.get(context);
  if (found) return found;
  const messages = { ...en, ...context.ownMessages };
  const whole = { ...context, messages, t: createTranslate(messages, context.format.locale) };
  known.set(context, whole);
  return whole;
}
