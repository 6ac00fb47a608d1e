/** `/credits`: sign in as somebody of the local stack, then their credits. */
import { LogOut } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { CreditDashboard } from "../src/components/CreditDashboard";
import { createPrepaid } from "../src/client/client";
import { PrepaidProvider } from "../src/context";
import { useBalance } from "../src/hooks";
import { de } from "../src/messages/de";
import { pseudo } from "../src/messages/pseudo";
import { localPayment } from "./localPayment";
import { Logo } from "./Logo";
import { remember, remembered, token, type Person } from "./session";
import { SignIn } from "./SignIn";
import { text, wantedLocale } from "./texts";
import { useTexts } from "../src/texts";

const EQUIVALENTS = [{ operation: "vapi_call", unit: "minute" }];
const LOCALES = { de, "en-XA": pseudo } as const;

/** `?locale=de` shows the page in German, `en-XA` in the pseudo-locale. */
export function chosenLocale() {
  const locale = wantedLocale();
  return locale in LOCALES ? { locale: locale === "en-XA" ? "en-GB" : locale, messages: LOCALES[locale as keyof typeof LOCALES] } : {};
}

export function CreditsPage() {
  const [person, setPerson] = useState(remembered);
  const choose = useCallback((next: Person | null) => {
    remember(next);
    setPerson(next);
  }, []);
  return person ? <Signed key={person.user} person={person} onLeave={() => choose(null)} /> : <SignIn onChoose={choose} />;
}

function Signed({ person, onLeave }: { person: Person; onLeave: () => void }) {
  const held = useRef<Promise<string> | null>(null);
  const client = useMemo(
    () =>
      createPrepaid({
        baseUrl: window.location.origin,
        getToken: ({ refresh }) => {
          if (refresh || !held.current) held.current = token(person.user);
          return held.current;
        },
      }),
    [person.user],
  );
  return (
    <PrepaidProvider client={client} {...(localPayment ? { localPayment } : {})} {...chosenLocale()}>
      <Page person={person} onLeave={onLeave} />
    </PrepaidProvider>
  );
}

/** The page of *person*, of whichever client is above it. */
export function Page({ person, onLeave }: { person: Person; onLeave: () => void }) {
  const { rootProps, t, format } = useTexts();
  const { asOf } = useBalance();
  return (
    <div {...rootProps} className="app pp-root">
      <header className="app-bar">
        <div className="app-bar-inner">
          <Logo />
          <span className="app-person">
            <span className="app-avatar" aria-hidden>{initials(person.name)}</span>
            <span className="app-person-name">{person.name}</span>
            <button type="button" className="pp-icon-button" aria-label={text("credits.signOut")} onClick={onLeave}><LogOut aria-hidden size={16} /></button>
          </span>
        </div>
      </header>
      <main className="app-main">
        <h1>{text("credits.title")}</h1>
        <p className="app-sub">{[person.company, asOf && t("balance.asOf", { time: format.clock(asOf) })].filter(Boolean).join(" · ")}</p>
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
