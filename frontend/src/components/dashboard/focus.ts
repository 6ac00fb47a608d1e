/** Where the focus goes when a drawer has closed. */
import { useEffect, useRef } from "react";

/** When the drawer of *entryId* has closed, the focus is on the row that it was about, which has the id as `data-<name>`. */
export function useFocusBack(entryId: string, name: string) {
  const last = useRef("");
  useEffect(() => {
    const closed = entryId ? "" : last.current;
    last.current = entryId;
    if (!closed) return;
    // A page that was inert a moment ago may not take the focus at once.
    const timers = [0, 60, 200].map((delay) =>
      setTimeout(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-${name}="${CSS.escape(closed)}"]`)?.focus();
      }, delay),
    );
    return () => timers.forEach(clearTimeout);
  }, [entryId, name]);
}
