/** What is bought, what there is afterwards, and the one button. */
import type { ReactNode } from "react";
import { add, toUnits, type Balance, type Package } from "../../client";
import type { Translate } from "../../messages/translate";
import { useTexts } from "../../texts";

interface SummaryProps {
  chosen: Package | undefined;
  balance: Balance | undefined;
  close: ReactNode;
  button: ReactNode;
}

export function Summary({ chosen, balance, close, button }: SummaryProps) {
  const { t, format } = useTexts();
  const price = chosen && format.money(chosen.price.amount, chosen.price.currency);
  return (
    <div className="pp-summary" data-slot="summary">
      <div className="pp-row pp-summary-head">
        <h3>{t("purchase.yours")}</h3>
        {close}
      </div>
      <dl className="pp-list">
        {chosen && <Line label={chosen.name} value={format.credits(chosen.credits)} />}
        {chosen && toUnits(chosen.bonus) > 0n && <Line label={t("purchase.bonus")} value={`+${format.credits(chosen.bonus)}`} tone="ok" />}
        {balance && <Line label={t("purchase.now")} value={format.credits(balance.available)} />}
        {balance && chosen && <Line label={t("purchase.afterwards")} value={format.credits(add(balance.available, chosen.total_credits))} strong />}
      </dl>
      <hr />
      <dl className="pp-list">
        <Line label={t("purchase.total")} value={price ?? "–"} size="large" />
      </dl>
      <div className="pp-summary-foot">
        <p className="pp-terms" data-slot="terms">{chosen && termsOf(chosen, t)}</p>
        <div className="pp-summary-action">
          <span className="pp-summary-total">
            {t("purchase.total")}
            <b>{price}</b>
          </span>
          {button}
        </div>
      </div>
    </div>
  );
}

/** When what is bought expires, as the package itself says. */
function termsOf({ validity_days, bonus, bonus_validity_days }: Package, t: Translate): string {
  const credits = validity_days ? t("purchase.termsDays", { n: validity_days }) : t("purchase.terms");
  const ends = bonus_validity_days ? t("purchase.termsBonusDays", { n: bonus_validity_days }) : validity_days ? t("purchase.termsBonus") : null;
  return [credits, toUnits(bonus) > 0n && ends].filter(Boolean).join(" ");
}

const Line = ({ label, value, tone, strong, size }: { label: string; value: string; tone?: string; strong?: boolean; size?: string }) => (
  <div data-strong={strong || undefined} data-size={size}>
    <dt>{label}</dt>
    <dd data-tone={tone}>{value}</dd>
  </div>
);
