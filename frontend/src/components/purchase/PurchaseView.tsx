/** The purchase as a function of its state; where it stands and what frames it is not its matter. */
import { ArrowLeft, CircleAlert, Lock, X } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { isAtTheBank, type Balance, type Package, type PurchaseState } from "../../client";
import { lookUp } from "../../messages/translate";
import type { Result } from "../../hooks";
import { Notice } from "../Notice";
import { Button, Icon, Skeleton } from "../ui";
import { Choosing } from "./Choosing";
import type { PaymentFormProps } from "./form";
import { Outcome } from "./Outcome";
import { useStepFocus } from "./stepFocus";
import { Summary } from "./Summary";
import { useTexts } from "../../texts";

export interface PurchaseActions {
  onChoose: (packageId: string) => void;
  onStart: (packageId: string) => void;
  onPay: PaymentFormProps["onPay"];
  onBack: () => void;
  onStartAgain: () => void;
  onClose?: (() => void) | undefined;
}

export interface PurchaseViewProps {
  state: PurchaseState;
  packages: Result<Package[]>;
  balance: Balance | undefined;
  chosenId: string | null;
  required?: string | undefined;
  returnUrl?: string | undefined;
  title: ReactNode;
  actions: PurchaseActions;
  form: (props: PaymentFormProps) => ReactNode;
}

export function PurchaseView(props: PurchaseViewProps) {
  const { state, packages, balance, chosenId, actions } = props;
  const { t } = useTexts();
  const packageId = state.status === "choosing" ? chosenId : state.packageId;
  const chosen = packages.data?.find((each) => each.package_id === packageId);
  const close = actions.onClose && (
    <button type="button" className="pp-icon-button" data-slot="close" aria-label={t("purchase.close")} onClick={actions.onClose}>
      <Icon of={X} />
    </button>
  );
  const isForm = state.status === "ready" || state.status === "declined";
  const atBank = isAtTheBank(state);
  const isChoice = state.status === "choosing" || state.status === "creating";
  const view = useStepFocus(isChoice ? "choosing" : atBank ? "bank" : state.status === "declined" ? "declined" : isForm ? "paying" : "result");
  return (
    <div ref={view} className="pp-purchase" data-slot="purchase" data-state={state.status}>
      {isChoice && <ChoosePane {...props} chosen={chosen} close={close} />}
      {(isForm || atBank) && (
        // The bank's frame belongs to the form: it stays while the payment is on its way.
        <div className="pp-purchase-form" hidden={atBank}>
          <PayPane {...props} chosen={chosen} close={close} />
        </div>
      )}
      {!isChoice && !isForm && (
        <Outcome
          state={state}
          chosen={chosen}
          balance={balance}
          close={close}
          onDone={() => (actions.onClose ?? actions.onStartAgain)()}
          onRetry={() => packageId && actions.onStart(packageId)}
          onAnother={actions.onStartAgain}
        />
      )}
    </div>
  );
}

type PaneProps = PurchaseViewProps & { chosen: Package | undefined; close: ReactNode };

function ChoosePane({ state, packages, balance, chosenId, required, title, actions, chosen, close }: PaneProps) {
  const { t, format } = useTexts();
  const isBusy = state.status === "creating";
  const resumable = state.status === "choosing" ? state.resumable : undefined;
  const have = balance && format.credits(balance.available);
  return (
    <div className="pp-purchase-columns">
      <div className="pp-purchase-main">
        {title}
        {have && (
          <p className="pp-sentence">
            {required ? t("purchase.needs", { required: format.credits(required), available: have }) : t("purchase.have", { amount: have })}
          </p>
        )}
        {resumable && (
          <div className="pp-banner" data-tone="accent" data-slot="resume">
            <p>{t("purchase.inProgress", { price: format.money(resumable.amount, resumable.currency) })}</p>
            <Button size="small" onClick={() => actions.onStart(resumable.package_id)}>{t("purchase.resume")}</Button>
            <Button size="small" tone="quiet" onClick={actions.onStartAgain}>{t("purchase.startAgain")}</Button>
          </div>
        )}
        {packages.data ? (
          <Choosing packages={packages.data} balance={balance} chosen={isBusy ? state.packageId : chosenId} isBusy={isBusy} onChoose={actions.onChoose} />
        ) : packages.status === "loading" ? (
          <div className="pp-packages" aria-busy="true">
            <span className="pp-hidden">{t("purchase.loading")}</span>
            {[1, 2, 3, 4, 5].map((each) => <Skeleton key={each} width="100%" height={62} />)}
          </div>
        ) : (
          <Notice icon={CircleAlert} tone="bad" title={t("purchase.unavailable")} text={t("section.failedText")} requestId={packages.problem?.request_id}>
            <Button size="small" onClick={packages.refetch}>{t("section.retry")}</Button>
          </Notice>
        )}
      </div>
      <Summary
        chosen={chosen}
        balance={balance}
        close={close}
        button={
          <Button tone="primary" size="large" busy={isBusy} disabled={!chosen} data-slot="continue" onClick={() => chosen && actions.onStart(chosen.package_id)}>
            {t(isBusy ? "purchase.creating" : "purchase.continue")}
          </Button>
        }
      />
    </div>
  );
}

function PayPane({ state, balance, title, returnUrl, actions, form, chosen, close }: PaneProps) {
  const { t, format, messages, isDark } = useTexts();
  const formId = useId();
  const [isReady, setReady] = useState(false);
  if (!("purchase" in state) || !("client_secret" in state.purchase)) return null;
  const { purchase } = state;
  const declined = state.status === "declined" ? state.reason : undefined;
  const price = format.money(purchase.amount, purchase.currency);
  return (
    <div className="pp-purchase-columns">
      <div className="pp-purchase-main">
        <div className="pp-pay-head">
          <button type="button" className="pp-icon-button" aria-label={t("purchase.back")} onClick={actions.onBack}>
            <Icon of={ArrowLeft} />
          </button>
          {title}
        </div>
        {declined && (
          <div className="pp-banner" data-tone="bad" role="alert" data-slot="decline">
            <Icon of={CircleAlert} />
            <p>
              <b>{lookUp(t, messages, `decline.${declined}`) ?? t("decline.other")}</b> {t("purchase.nothingCharged")}
            </p>
          </div>
        )}
        {form({ formId, purchase, locale: format.locale, isDark, declined, returnUrl, onPay: actions.onPay, onReady: () => setReady(true) })}
      </div>
      <Summary
        chosen={chosen}
        balance={balance}
        close={close}
        button={
          <Button tone="primary" size="large" type="submit" form={formId} disabled={!isReady} data-slot="pay">
            <Icon of={Lock} /> {t("purchase.pay", { price })}
          </Button>
        }
      />
    </div>
  );
}
