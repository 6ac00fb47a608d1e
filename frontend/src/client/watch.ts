/** Follows a balance by asking cheaply: an unchanged one is answered 304 without a body. */
import type { Prepaid } from "./client";
import { PrepaidError, type Balance, type Problem } from "./types";

export type BalanceWatch = (news: { balance: Balance } | { problem: Problem }) => void;

export interface WatchOptions {
  /** Milliseconds between two questions while the page is visible. */
  every?: number;
}

export function watchBalance(client: Pick<Prepaid, "balance">, listener: BalanceWatch, { every = 10_000 }: WatchOptions = {}): () => void {
  let etag: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let running = false;

  async function ask(): Promise<void> {
    if (stopped || running) return;
    clearTimeout(timer);
    running = true;
    try {
      const answer = await client.balance(etag ? { etag } : {});
      etag = answer.etag ?? undefined;
      if (answer.balance && !stopped) listener({ balance: answer.balance });
    } catch (error) {
      if (!(error instanceof PrepaidError)) throw error;
      if (!stopped) listener({ problem: error.problem });
    } finally {
      running = false;
      if (!stopped && isVisible()) timer = setTimeout(() => void ask(), every);
    }
  }

  const seen = () => {
    if (isVisible()) void ask();
  };
  const page = typeof document === "undefined" ? undefined : document;
  page?.addEventListener("visibilitychange", seen);
  void ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
    page?.removeEventListener("visibilitychange", seen);
  };
}

const isVisible = (): boolean => typeof document === "undefined" || document.visibilityState !== "hidden";
