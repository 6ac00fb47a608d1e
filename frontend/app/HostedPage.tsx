/** The page as it is deployed: `/host.js` knows who is signed in. */
import { CircleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { createPrepaid } from "../src/client/client";
import { createMockPrepaid } from "../src/client/mock";
import { Notice } from "../src/components/Notice";
import { PrepaidProvider, usePrepaid } from "../src/context";
import { chosenLocale, Page } from "./Page";
import { loadHost, type Host, type Named } from "./host";
import { text } from "./texts";

type Found = { host: Host; person: Named | undefined };

export function HostedPage() {
  const [found, setFound] = useState<Found | "loading" | "failed">("loading");
  useEffect(() => {
    loadHost()
      .then(async (host) => ({ host, person: await host.person?.() }))
      .then(setFound, () => setFound("failed"));
  }, []);
  const client = useMemo(
    () => (typeof found === "string" ? createMockPrepaid() : createPrepaid({ baseUrl: "", getToken: found.host.getToken })),
    [found],
  );
  if (found === "loading") return null;
  return (
    <PrepaidProvider client={client} {...chosenLocale()}>
      {found === "failed" ? <Failed /> : <Page person={found.person} onLeave={found.host.signOut} />}
    </PrepaidProvider>
  );
}

function Failed() {
  const { rootProps } = usePrepaid();
  return (
    <main {...rootProps} className="app app-sign-in pp-root">
      <section className="pp-card" role="alert">
        <Notice icon={CircleAlert} tone="bad" title={text("host.failed")} text={text("host.failedText")} />
      </section>
    </main>
  );
}
