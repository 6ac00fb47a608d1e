/** At most one sentence above all: what is wrong with the balance, and the one thing to do. */
import { X } from "lucide-react";
import { useState } from "react";
import { levelOf, useBalance } from "../../hooks";
import { runwayOf } from "../facts";
import { LEVELS } from "../level";
import { Button, Icon } from "../ui";
import { useTexts } from "../../texts";

export function Banner({ onAdd }: { onAdd: () => void }) {
  const context = useTexts();
  const { rootProps, t, format } = context;
  const balance = useBalance().data;
  const [closed, setClosed] = useState<string | null>(null);
  const level = balance && levelOf(balance);
  if (!balance || !level || level === closed) return null;
  if (level !== "low" && level !== "empty" && level !== "debt" && level !== "frozen") return null;
  const amount = format.credits(level === "debt" ? balance.balance.replace("-", "") : balance.available);
  const runway = level === "low" && balance.runway ? runwayOf(balance, context) : null;
  const text = runway ? t("banner.lowPace", { amount, days: runway.days.toLocaleLowerCase(format.locale) }) : t(`banner.${level}Text`, { amount });
  return (
    <div {...rootProps} className="pp-root pp-banner" data-slot="banner" data-tone={LEVELS[level].tone}>
      <Icon of={LEVELS[level].icon} />
      <p><b>{t(`banner.${level}`, { amount })}</b> {text}</p>
      {LEVELS[level].canBuy && <Button size="small" onClick={onAdd}>{t("balance.add")}</Button>}
      <button type="button" className="pp-icon-button" aria-label={t("banner.close")} onClick={() => setClosed(level)}><Icon of={X} /></button>
    </div>
  );
}
