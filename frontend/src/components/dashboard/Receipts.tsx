/** What was paid, when, and how it ended. */
import { ExternalLink, ReceiptText } from "lucide-react";
import { usePackages, usePurchases } from "../../hooks";
import { cardName } from "../facts";
import { Section } from "../Section";
import { Notice } from "../Notice";
import { Icon, Link, Skeleton } from "../ui";
import { useTexts } from "../../texts";

export function Receipts() {
  const { t, format } = useTexts();
  const all = usePurchases();
  // What was declined or given up has no receipt: the banner says so while it is news.
  const data = all.data?.filter((each) => each.status !== "failed" && each.status !== "canceled");
  const result = { ...all, data, status: all.status === "ready" && !data?.length ? ("empty" as const) : all.status };
  const packages = usePackages().data ?? [];
  return (
    <Section
      slot="receipts"
      title={t("receipts.title")}
      result={result}
      skeleton={<div className="pp-pad pp-stack"><Skeleton width="100%" height={40} /><Skeleton width="100%" height={40} /></div>}
      empty={<Notice icon={ReceiptText} tone="accent" title={t("receipts.empty")} text={t("receipts.emptyText")} />}
    >
      {(purchases) => (
        <ul className="pp-rows">
          {purchases.map((each) => {
            const name = packages.find((one) => one.package_id === each.package_id)?.name ?? each.package_id;
            const date = format.day(each.paid_at ?? each.created_at);
            return (
              <li key={each.payment_id} className="pp-receipt" data-slot="receipt" data-state={each.status}>
                <p><b>{t("receipts.package", { name })}</b><span className="pp-meta">{[date, t(`payment.${each.status}`), cardName(each)].filter(Boolean).join(" · ")}</span></p>
                <span>{format.money(each.amount, each.currency)}</span>
                {each.receipt_url && <Link href={each.receipt_url} target="_blank" rel="noreferrer" aria-label={t("receipts.open", { date })}><Icon of={ExternalLink} /></Link>}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
