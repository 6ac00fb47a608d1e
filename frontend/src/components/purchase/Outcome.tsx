/** The states after the button: what happens, and what it means for the credits. */
import { Ban, Check, CircleAlert, CircleCheck, Circle, Lock, ReceiptText } from "lucide-react";
import type { ReactNode } from "react";
import { add, isAtTheBank, toUnits, type Balance, type Package, type PurchaseState } from "../../client";
import { RequestId } from "../Copy";
import { cardName } from "../facts";
import { Button, Icon, Link, Spinner } from "../ui";
import { useTexts } from "../../texts";

interface OutcomeProps {
  state: PurchaseState;
  chosen: Package | undefined;
  balance: Balance | undefined;
  close: ReactNode;
  onDone: () => void;
  onRetry: () => void;
  onAnother: () => void;
}

export function Outcome({ state, chosen, balance, close, onDone, onRetry, onAnother }: OutcomeProps) {
  const { t, format } = useTexts();
  const name = chosen?.name ?? "";
  const price = chosen ? format.money(chosen.price.amount, chosen.price.currency) : "";
  const payment = state.status === "credited" ? state.payment : undefined;
  const card = payment && cardName(payment);
  return (
    <div className="pp-outcome" data-slot="outcome">
      <div className="pp-row pp-outcome-head">
        <span>{[name, price].filter(Boolean).join(" · ")}</span>
        {isAtTheBank(state) ? <span className="pp-stays"><Icon of={Lock} size={14} /> {t("purchase.staysOpen")}</span> : close}
      </div>
      <div className="pp-outcome-body" role="status">
        <Told state={state} price={price} balance={balance} />
      </div>
      <Steps state={state} />
      {state.status === "credited" && (
        <>
          <dl className="pp-list pp-boxed">
            <div><dt>{name}</dt><dd>{format.credits(state.purchase.credits)}</dd></div>
            {toUnits(state.purchase.bonus) > 0n && <div><dt>{t("purchase.bonus")}</dt><dd>{format.credits(state.purchase.bonus)}</dd></div>}
            <div><dt>{card ? t("explain.paidWith", { card }) : t("purchase.total")}</dt><dd>{format.money(state.purchase.amount, state.purchase.currency)}</dd></div>
          </dl>
          <Button tone="primary" size="large" onClick={onDone}>{t("purchase.done")}</Button>
          {payment?.receipt_url && <Link className="pp-link pp-outcome-link" href={payment.receipt_url} target="_blank" rel="noreferrer"><Icon of={ReceiptText} /> {t("purchase.receipt")}</Link>}
        </>
      )}
      {state.status === "failed" && !isChecked(state.problem.code) && <Button tone="primary" size="large" onClick={onRetry}>{t("purchase.retry")}</Button>}
      {state.status === "canceled" && (
        <>
          <Button tone="primary" size="large" onClick={onRetry}>{t("purchase.continueWith", { name })}</Button>
          <Button tone="quiet" size="large" onClick={onAnother}>{t("purchase.another")}</Button>
        </>
      )}
    </div>
  );
}

/** Somebody looks at the payment first: to pay again would pay twice. */
const isChecked = (code: string): boolean => code === "payment_under_review" || code === "payment_disputed";

function Told({ state, price, balance }: { state: PurchaseState; price: string; balance: Balance | undefined }) {
  const { t, format } = useTexts();
  switch (state.status) {
    case "action_required":
      return <Words icon={<Spinner />} tone="accent" title={t("purchase.bank")} text={t("purchase.bankText")} />;
    case "waiting_for_credit": {
      const amount = format.credits(add(state.purchase.credits, state.purchase.bonus));
      if (state.debit) return <Words icon={<Spinner />} tone="accent" title={t("purchase.debit")} text={t("purchase.debitText", { amount })} />;
      return <Words icon={<Spinner />} tone="accent" title={t("purchase.waiting")} text={t(state.late ? "purchase.waitingLate" : "purchase.waitingText")} />;
    }
    case "credited": {
      const amount = format.credits(add(state.purchase.credits, state.purchase.bonus));
      const text = balance && t("purchase.creditedText", { amount: format.credits(balance.available) });
      return <Words icon={<Icon of={Check} size={20} />} tone="ok" title={t("purchase.credited", { amount })} text={text} />;
    }
    case "failed": {
      const code = state.problem.code;
      const { detail } = state.problem;
      const [title, text] =
        code === "payment_unknown"
          ? [t("purchase.unknown"), t("purchase.unknownText")]
          : code === "payment_refunded"
            ? [t("purchase.refunded"), detail || t("purchase.refundedText")]
            : isChecked(code)
              ? [t("purchase.review"), detail || t("purchase.reviewText")]
              : code.startsWith("payment_")
                ? [t("purchase.notPaid"), [detail, t("purchase.nothingCharged")].filter(Boolean).join(" ")]
                : [t("purchase.failed"), t("purchase.failedText")];
      return (
        <Words icon={<Icon of={CircleAlert} size={20} />} tone="bad" title={title} text={text}>
          {state.problem.request_id && <RequestId id={state.problem.request_id} />}
        </Words>
      );
    }
    case "canceled":
      return <Words icon={<Icon of={Ban} size={20} />} tone="neutral" title={t("purchase.canceled")} text={t("purchase.canceledText")} />;
    default:
      return <Words icon={<Spinner />} tone="accent" title={t("purchase.paying", { price })} text={t("purchase.payingText")} />;
  }
}

interface WordsProps {
  icon: ReactNode;
  tone: string;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

const Words = ({ icon, tone, title, text, children }: WordsProps) => (
  <>
    <span className="pp-outcome-icon" data-tone={tone}>{icon}</span>
    <h3 tabIndex={-1}>{title}</h3>
    {text && <p>{text}</p>}
    {children}
  </>
);

function Steps({ state }: { state: PurchaseState }) {
  const { t, format } = useTexts();
  const isWaiting = state.status === "waiting_for_credit";
  if (!isWaiting && !isAtTheBank(state)) return null;
  const terms = "purchase" in state ? state.purchase : null;
  const amount = terms ? format.credits(add(terms.credits, terms.bonus)) : "";
  const isPaid = isWaiting && !state.debit;
  return (
    <ol className="pp-steps" data-slot="steps">
      <Step is={isPaid ? "done" : "now"} text={t(isPaid ? "purchase.stepBankDone" : "purchase.stepBank")} />
      <Step is={isPaid ? "done" : "later"} text={t("purchase.stepPaid")} />
      <Step is={isPaid ? "now" : "later"} text={isPaid ? t("purchase.stepAdding", { amount }) : t("purchase.stepAdded")} />
    </ol>
  );
}

function Step({ is, text }: { is: "done" | "now" | "later"; text: string }) {
  const { t } = useTexts();
  return (
    <li data-state={is}>
      {is === "now" ? <Spinner /> : <Icon of={is === "done" ? CircleCheck : Circle} />}
      <span>{text}</span>
      {is !== "later" && <span className="pp-hidden">{t(is === "done" ? "purchase.stepDone" : "purchase.stepNow")}</span>}
    </li>
  );
}
