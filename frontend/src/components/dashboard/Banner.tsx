/** At most one sentence above all: what is wrong with the balance or the last payment, and the one thing to do. */
import { CreditCard, X, type LucideIcon } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import type { Balance, Purchase } from "../../client";
import { levelOf, useBalance, usePurchases } from "../../hooks";
import { browserStorage } from "../../storage";
import { runwayOf } from "../facts";
import { LEVELS } from "../level";
import { Button, Icon } from "../ui";
import { useTexts, type WithTexts } from "../../texts";

const CLOSED = "prepaid.banner";

interface News {
  /** What closing it is remembered by: the same news stays closed, other news is shown. */
  id: string;
  icon: LucideIcon;
  tone: string;
  fact: string;
  text: ReactNode;
  action: string | null;
}

export function Banner({ onAdd }: { onAdd: () => void }) {
  const context = useTexts();
  const { rootProps, t } = context;
  const balance = useBalance().data;
  const purchases = usePurchases().data;
  const [closed, setClosed] = useState(() => browserStorage()?.getItem(CLOSED) ?? null);
  const news = balance && newsOf(balance, purchases ?? [], context);
  // A balance that has recovered is news again when it falls the next time.
  const isOver = balance !== undefined && purchases !== undefined && !news;
  useEffect(() => {
    if (!isOver) return;
    browserStorage()?.removeItem(CLOSED);
    setClosed(null);
  }, [isOver]);
  if (!news || news.id === closed) return null;
  const close = () => {
    browserStorage()?.setItem(CLOSED, news.id);
    setClosed(news.id);
  };
  return (
    <div {...rootProps} className="pp-root pp-banner" data-slot="banner" data-tone={news.tone}>
      <Icon of={news.icon} />
      <p><b>{news.fact}</b> {news.text}</p>
      {news.action && <Button size="small" onClick={onAdd}>{news.action}</Button>}
      <button type="button" className="pp-icon-button" aria-label={t("banner.close")} onClick={close}><Icon of={X} /></button>
    </div>
  );
}

/** In this order: frozen, in debt, empty, a payment that failed, low. */
function newsOf(balance: Balance, purchases: Purchase[], context: WithTexts): News | null {
  const { t, format } = context;
  const level = levelOf(balance);
  const failed = level === "low" || level === "healthy" ? failedPayment(purchases, context) : null;
  if (failed || (level !== "low" && level !== "empty" && level !== "debt" && level !== "frozen")) return failed;
  const amount = format.credits(level === "debt" ? balance.balance.replace("-", "") : balance.available);
  const runway = level === "low" && balance.runway ? runwayOf(balance, context) : null;
  const text = runway ? t("banner.lowPace", { amount, days: runway.days.toLocaleLowerCase(format.locale) }) : t(`banner.${level}Text`, { amount });
  const { icon, tone, canBuy } = LEVELS[level];
  return { id: level, icon, tone, fact: t(`banner.${level}`, { amount }), text, action: canBuy ? t("balance.add") : null };
}

/** The newest payment, where it failed and nobody has paid since: a bank debit may fail days later, when nobody looks. */
function failedPayment([last]: Purchase[], { t, format }: WithTexts): News | null {
  if (last?.status !== "failed") return null;
  const fact = t("banner.failed", { price: format.money(last.amount, last.currency) });
  const text = [last.failure_reason, t("purchase.nothingCharged")].filter(Boolean).join(" ");
  return { id: last.payment_id, icon: CreditCard, tone: "bad", fact, text, action: t("section.retry") };
}
