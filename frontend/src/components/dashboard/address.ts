/** What is filtered and opened, kept in the page's address so that a link shows the same. */
import { useCallback, useEffect, useState } from "react";

type Values<Name extends string> = Record<Name, string>;

/** Like useState for a few named texts; with *inUrl*, their home is the query of the address. */
export function useAddress<Name extends string>(defaults: Values<Name>, inUrl: boolean): [Values<Name>, (change: Partial<Values<Name>>) => void] {
  const [initial] = useState(defaults);
  const read = useCallback((): Values<Name> => {
    const search = new URLSearchParams(inUrl && typeof window !== "undefined" ? window.location.search : "");
    const found = Object.entries(initial).map(([name, value]) => [name, search.get(name) ?? value]);
    return Object.fromEntries(found) as Values<Name>;
  }, [initial, inUrl]);
  const [values, setValues] = useState(read);

  useEffect(() => {
    if (!inUrl) return;
    const moved = () => setValues(read());
    window.addEventListener("popstate", moved);
    return () => window.removeEventListener("popstate", moved);
  }, [inUrl, read]);

  const change = useCallback(
    (next: Partial<Values<Name>>) => {
      setValues((current) => ({ ...current, ...next }));
      if (!inUrl) return;
      const url = new URL(window.location.href);
      for (const [name, value] of Object.entries(next) as [Name, string][]) {
        if (value === initial[name]) url.searchParams.delete(name);
        else url.searchParams.set(name, value);
      }
      window.history.replaceState(window.history.state, "", url);
    },
    [inUrl, initial],
  );
  return [values, change];
}
