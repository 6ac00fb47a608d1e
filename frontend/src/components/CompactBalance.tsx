/** The pill: icon, figure, a word where one must look, and a round plus. */
import { CloudOff, Coins, Plus } from "lucide-react";
import { Suspense, lazy, useState } from "react";
import type { Balance } from "../client";
import { usePrepaid } from "../context";
import { levelOf, type Result } from "../hooks";
import type { Equivalent } from "./CreditBalance";
import { LEVELS } from "./level";
import { Icon, Skeleton } from "./ui";

interface CompactProps {
  result: Result<Balance>;
  equivalents: Equivalent[];
  onAdd: (() => void) | undefined;
}

const Popover = lazy(() => import("./BalancePopover"));

export function CompactBalance({ result, equivalents, onAdd }: CompactProps) {
  const { rootProps, t, format } = usePrepaid();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const { data: balance, status, asOf } = result;
  if (!balance) {
    return (
      <span {...rootProps} className="pp-root pp-pill" data-slot="credit-balance" data-state={status} aria-busy={status === "loading"}>
        <span className="pp-pill-main">
          <Icon of={status === "loading" ? Coins : CloudOff} />
          {status === "loading" ? <Skeleton width={52} height={12} /> : "–"}
          <span className="pp-hidden">{status === "loading" ? t("balance.loading") : t("section.failed", { section: t("balance.title") })}</span>
        </span>
        {onAdd && status === "loading" && <AddIcon onAdd={onAdd} />}
      </span>
    );
  }
  const level = levelOf(balance);
  const isOffline = status === "offline";
  const standing = LEVELS[level];
  const word = t(`level.${level}`);
  const shown = level === "unlimited" ? word : format.credits(level === "debt" ? balance.balance : balance.available);
  const open = (next: boolean) => {
    setWasOpened(true);
    setOpen(next);
  };
  return (
    <span {...rootProps} ref={setAnchor} className="pp-root pp-pill" data-slot="credit-balance" data-state={status} data-tone={isOffline ? "offline" : standing.tone}>
      <button
        type="button"
        className="pp-pill-main"
        aria-label={t("balance.details", { amount: shown, level: isOffline ? t("level.offline") : word })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
      >
        <Icon of={isOffline ? CloudOff : level === "healthy" ? Coins : standing.icon} />
        <b key={shown} className="pp-pill-figure">{shown}</b>
        {!isOffline && level !== "healthy" && level !== "unlimited" && <span className="pp-pill-word">{word}</span>}
        {isOffline && asOf && <span className="pp-pill-word">{format.clockShort(asOf)}</span>}
      </button>
      {onAdd && standing.canBuy && !isOffline && <AddIcon onAdd={onAdd} />}
      {wasOpened && (
        <Suspense fallback={null}>
          <Popover open={isOpen} onOpenChange={open} anchor={anchor} result={result} balance={balance} equivalents={equivalents} onAdd={standing.canBuy ? onAdd : undefined} />
        </Suspense>
      )}
    </span>
  );
}

function AddIcon({ onAdd }: { onAdd: () => void }) {
  const { t } = usePrepaid();
  return (
    <button type="button" className="pp-pill-plus" data-slot="add-credits" aria-label={t("balance.addIcon")} onClick={onAdd}>
      <Icon of={Plus} size={14} />
    </button>
  );
}
