/** What the pill opens: the same figures in words, and the one action. */
import { Popover } from "@base-ui/react/popover";
import { Plus } from "lucide-react";
import type { Balance } from "../client";
import { levelOf, usePrices, type Result } from "../hooks";
import type { Equivalent } from "./CreditBalance";
import { equivalentsOf, runwayOf } from "./facts";
import { LEVELS } from "./level";
import { Button, Chip } from "./ui";
import { useTexts } from "../texts";

interface PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  anchor: HTMLElement | null;
  result: Result<Balance>;
  balance: Balance;
  equivalents: Equivalent[];
  onAdd: (() => void) | undefined;
}

export default function BalancePopover({ open, onOpenChange, anchor, result, balance, equivalents, onAdd }: PopoverProps) {
  const context = useTexts();
  const { rootProps, t, format, messages } = context;
  const prices = usePrices().data ?? [];
  const level = levelOf(balance);
  const runway = runwayOf(balance, context);
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange} modal="trap-focus">
      <Popover.Portal {...rootProps} className="pp-root pp-layer">
        <Popover.Positioner anchor={anchor} side="bottom" align="end" sideOffset={8}>
          <Popover.Popup className="pp-popover" data-slot="balance-popover">
            <div className="pp-row">
              <Popover.Title className="pp-label">{t("balance.available")}</Popover.Title>
              <Chip tone={LEVELS[level].tone} icon={LEVELS[level].icon}>{t(`level.${level}`)}</Chip>
            </div>
            <p className="pp-figure" data-size="small">{level === "unlimited" ? t("level.unlimited") : format.credits(balance.available)}</p>
            <dl className="pp-list">
              <div><dt>{t("balance.held")}</dt><dd>{format.credits(balance.held)}</dd></div>
              {runway && <div><dt>{t("balance.lasts")}</dt><dd>{runway.days}</dd></div>}
              {equivalentsOf(balance, equivalents, prices, t, format, messages).map((each) => (
                <div key={each.what}><dt>{each.what}</dt><dd>{each.count}</dd></div>
              ))}
            </dl>
            {onAdd && (
              <Button
                tone="primary"
                onClick={() => {
                  onOpenChange(false);
                  onAdd();
                }}
              >
                <Plus aria-hidden size={16} /> {t("balance.add")}
              </Button>
            )}
            <p className="pp-meta">{result.status === "offline" ? t("balance.offline", { time: format.clock(balance.as_of) }) : t("balance.asOf", { time: format.clock(balance.as_of) })}</p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
