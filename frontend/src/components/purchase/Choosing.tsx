/** The packages as radio rows, the popular one marked where the catalogue marks it. */
import { useId } from "react";
import { compare, toUnits, type Balance, type Package } from "../../client";
import { useTexts } from "../../texts";

interface ChoosingProps {
  packages: Package[];
  balance: Balance | undefined;
  required?: string | undefined;
  chosen: string | null;
  isBusy: boolean;
  onChoose: (packageId: string) => void;
}

export function Choosing({ packages, chosen, isBusy, onChoose }: ChoosingProps) {
  const { t, format } = useTexts();
  const name = useId();
  return (
    <fieldset className="pp-packages" data-slot="packages" disabled={isBusy}>
      <legend className="pp-hidden">{t("purchase.packages")}</legend>
      {packages.map((each) => {
        const perCredit = format.perCredit(each.price.amount, each.price.currency, each.total_credits);
        return (
          <label key={each.package_id} className="pp-package" data-slot="package">
            <input type="radio" name={name} value={each.package_id} checked={each.package_id === chosen} onChange={() => onChoose(each.package_id)} />
            <span className="pp-package-what">
              <b>
                {each.name}
                {each.popular && <span className="pp-badge">{t("purchase.popular")}</span>}
              </b>
              <span>
                {toUnits(each.bonus) > 0n ? (
                  <>
                    {format.credits(each.credits)} <span data-wide="">{t("balance.credits")}</span> <em>{t("purchase.bonusOf", { amount: format.credits(each.bonus) })}</em>
                  </>
                ) : (
                  t("purchase.creditsOf", { amount: format.credits(each.credits) })
                )}
              </span>
            </span>
            <span className="pp-package-price">
              <b>{format.money(each.price.amount, each.price.currency)}</b>
              {perCredit && <span>{t("purchase.perCredit", { price: perCredit })}</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** The package to start with: the smallest that covers the shortfall, else the popular one. */
export function firstChoice(packages: Package[], balance: Balance | undefined, required?: string): string | null {
  if (required && balance) {
    const missing = toUnits(required) - toUnits(balance.available);
    const enough = packages.filter((each) => toUnits(each.total_credits) >= missing);
    const [smallest] = enough.sort((one, other) => compare(one.total_credits, other.total_credits));
    if (smallest) return smallest.package_id;
  }
  return (packages.find((each) => each.popular) ?? packages[0])?.package_id ?? null;
}
