/** The credits page of whoever is signed in, and what every view of the app needs. */
import { LogOut } from "lucide-react";
import { CreditDashboard } from "../src/components/CreditDashboard";
import { usePrepaid } from "../src/context";
import { de } from "../src/messages/de";
import { pseudo } from "../src/messages/pseudo";
import type { Named } from "./host";
import { Logo } from "./Logo";
import { useArrival } from "./arrival";
import { text, wantedLocale } from "./texts";

const EQUIVALENTS = [{ operation: "vapi_call", unit: "minute" }];
const LOCALES = { de, "en-XA": pseudo } as const;

/** `?locale=de` shows the page in German, `en-XA` in the pseudo-locale. */
export function chosenLocale() {
  const locale = wantedLocale();
  return locale in LOCALES ? { locale: locale === "en-XA" ? "en-GB" : locale, messages: LOCALES[locale as keyof typeof LOCALES] } : {};
}

/** The page of *person*, of whichever client is above it. */
export function Page({ person, takesFocus = false, onLeave }: { person: Named | undefined; takesFocus?: boolean; onLeave: (() => void) | undefined }) {
  const { rootProps } = usePrepaid();
  const heading = useArrival(takesFocus);
  return (
    <div {...rootProps} className="app pp-root">
      <header className="app-bar">
        <div className="app-bar-inner">
          <Logo />
          <span className="app-person">
            {person && <span className="app-avatar" aria-hidden>{initials(person.name)}</span>}
            {person && <span className="app-person-name">{person.name}</span>}
            {onLeave && <button type="button" className="pp-icon-button" aria-label={text("credits.signOut")} onClick={onLeave}><LogOut aria-hidden size={16} /></button>}
          </span>
        </div>
      </header>
      <main className="app-main">
        <h1 ref={heading} tabIndex={-1}>{text("credits.title")}</h1>
        <p className="app-sub">{person?.company}</p>
        <CreditDashboard equivalents={EQUIVALENTS} />
      </main>
    </div>
  );
}

export const initials = (name: string): string =>
  name
    .split(" ")
    .map((word) => word.charAt(0))
    .join("")
    .slice(0, 2);
