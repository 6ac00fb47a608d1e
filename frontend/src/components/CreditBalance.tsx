/** The balance: a pill for a header, or the card of a credits page. */
import { Suspense, lazy, useEffect, useRef, useState } from "react";
import { usePrepaid } from "../context";
import { levelOf, useBalance } from "../hooks";
import { useBuying } from "../hooks/buying";
import { CompactBalance } from "./CompactBalance";
import { PurchaseCreditsModal } from "./lazy";

export interface Equivalent {
  operation: string;
  unit: string;
}

export interface CreditBalanceProps {
  variant?: "compact" | "full";
  /** What the credits are enough for, by the price list. */
  equivalents?: Equivalent[];
  /** What "Add credits" does; without it the purchase opens, `false` leaves the button out. */
  onAddCredits?: (() => void) | false;
}

const FullBalance = lazy(() => import("./FullBalance"));

export function CreditBalance({ variant = "full", equivalents = [], onAddCredits }: CreditBalanceProps) {
  const result = useBalance();
  const [isBuying, setBuying, returned] = useBuying(onAddCredits === undefined);
  const onAdd = onAddCredits === false ? undefined : (onAddCredits ?? (() => setBuying(true)));
  return (
    <>
      {variant === "compact" ? (
        <CompactBalance result={result} equivalents={equivalents} onAdd={onAdd} />
      ) : (
        <Suspense fallback={<div className="pp-card pp-balance-room"><div /></div>}>
          <FullBalance result={result} equivalents={equivalents} onAdd={onAdd} />
        </Suspense>
      )}
      <Announcement result={result} />
      <PurchaseCreditsModal open={isBuying} returned={returned} onOpenChange={setBuying} />
    </>
  );
}

/** Tells a screen reader of a changed balance, politely and only when it changed. */
function Announcement({ result }: { result: ReturnType<typeof useBalance> }) {
  const { t, format } = usePrepaid();
  const last = useRef<string>(undefined);
  const [said, setSaid] = useState("");
  const available = result.data?.available;
  const level = result.data && levelOf(result.data);
  useEffect(() => {
    if (available === undefined) return;
    if (last.current !== undefined && last.current !== available && level !== "unlimited") {
      setSaid(t("balance.changed", { amount: format.credits(available) }));
    }
    last.current = available;
  }, [available, level, t, format]);
  return (
    <span className="pp-hidden" role="status" aria-live="polite" data-slot="announcement">
      {said}
    </span>
  );
}
