/** The app's own texts; the components have theirs in `src/messages`. */
import { accent } from "../src/messages/pseudo";

const en = {
  "credits.title": "Credits",
  "credits.signOut": "Sign out",
  "signIn.title": "Who do you want to be?",
  "signIn.text": "Demo people of the local stack. No password, no real money.",
  "signIn.failed": "The local stack does not answer. Start it with `make run` and reload this page.",
  "signIn.loading": "Loading people",
  "signIn.starting": "The stack is starting its functions. The first time takes a few seconds.",
  "signIn.own": "In your own app, sign-in stays yours: pass `getToken`.",
  "host.failed": "This page does not know who you are",
  "host.failedText": "Your credits are not affected. Reload the page; if this stays, tell whoever runs it that /host.js could not be used.",
};
type Key = keyof typeof en;

const de: Record<Key, string> = {
  "credits.title": "Credits",
  "credits.signOut": "Abmelden",
  "signIn.title": "Wer möchtest du sein?",
  "signIn.text": "Demo-Personen des lokalen Stacks. Kein Passwort, kein echtes Geld.",
  "signIn.failed": "Der lokale Stack antwortet nicht. Starte ihn mit `make run` und lade diese Seite neu.",
  "signIn.loading": "Personen werden geladen",
  "signIn.starting": "Der Stack startet seine Funktionen. Das erste Mal dauert ein paar Sekunden.",
  "signIn.own": "In deiner App bleibt die Anmeldung deine Sache: übergib `getToken`.",
  "host.failed": "Diese Seite weiß nicht, wer du bist",
  "host.failedText": "Deine Credits sind nicht betroffen. Lade die Seite neu; wenn das bleibt, sag dem Betreiber, dass /host.js nicht zu gebrauchen war.",
};

/** The locale that `?locale=` asks for: `de`, or `en-XA` for the pseudo-locale. */
export const wantedLocale = (): string => new URLSearchParams(window.location.search).get("locale") ?? "";

export function text(key: Key): string {
  const locale = wantedLocale();
  return locale === "de" ? de[key] : locale === "en-XA" ? accent(en[key]) : en[key];
}
