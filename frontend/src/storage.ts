/** The browser's storage of one tab; undefined where a page may not store anything. */
export function browserStorage(): Storage | undefined {
  try {
    return typeof sessionStorage === "undefined" ? undefined : sessionStorage;
  } catch {
    return undefined;
  }
}
