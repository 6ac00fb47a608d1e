/** `/credits` of the local stack: sign in as somebody, then their credits. */
import { useCallback, useMemo, useRef, useState } from "react";
import { createPrepaid } from "../src/client/client";
import { PrepaidProvider } from "../src/context";
import { localPayment } from "./localPayment";
import { chosenLocale, Page } from "./Page";
import { remember, remembered, token, type Person } from "./session";
import { SignIn } from "./SignIn";

export function CreditsPage() {
  const [person, setPerson] = useState(remembered);
  const [hasChosen, setChosen] = useState(false);
  const choose = useCallback((next: Person | null) => {
    remember(next);
    setPerson(next);
    setChosen(true);
  }, []);
  return person ? <Signed key={person.user} person={person} takesFocus={hasChosen} onLeave={() => choose(null)} /> : <SignIn takesFocus={hasChosen} onChoose={choose} />;
}

function Signed({ person, takesFocus, onLeave }: { person: Person; takesFocus: boolean; onLeave: () => void }) {
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
      <Page person={person} takesFocus={takesFocus} onLeave={onLeave} />
    </PrepaidProvider>
  );
}
