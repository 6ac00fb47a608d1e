/** The contract of a page that is served for real: `/host.js`, a module of the host's own, says who is signed in. */

export interface Host {
  /**
   * A bearer token of who is signed in; with `refresh` a new one, because the last was refused.
   * It may send the browser to a sign-in of its own instead, and never answer.
   */
  getToken: (request: { refresh?: boolean }) => string | Promise<string>;
  /** Whose name stands in the bar; without it, nobody's. */
  person?: () => Named | Promise<Named>;
  /** Without it there is no button to sign out. */
  signOut?: () => void;
}

export interface Named {
  name: string;
  company?: string;
}

/** The host's module. Rejects where there is none, or it has no `getToken`. */
export async function loadHost(): Promise<Host> {
  const address = new URL("/host.js", window.location.origin).href;
  const host = (await import(/* @vite-ignore */ address)) as Partial<Host>;
  if (typeof host.getToken !== "function") throw new Error(`${address} exports no getToken`);
  return host as Host;
}
