/** Buying credits: in a dialog, or in the page. */
import { Dialog } from "@base-ui/react/dialog";
import { Suspense, lazy, useEffect, useRef, useState } from "react";
import { claimReturn, isAtTheBank, type Problem, type ReturnStatus } from "../client";
import { usePrepaid } from "../context";
import { useBalance, usePackages, usePurchase } from "../hooks";
import { firstChoice } from "./purchase/Choosing";
import type { PaymentFormProps } from "./purchase/form";
import { PurchaseView } from "./purchase/PurchaseView";
import { Skeleton } from "./ui";
import { useTexts } from "../texts";

export interface PurchaseCreditsModalProps {
  open: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Credits that something needs: the smallest package that is enough is chosen. */
  required?: string;
  packageId?: string;
  /** In the page instead of a dialog. */
  inline?: boolean;
  /** Where a bank that takes over the page sends the person back to; this page by default. */
  returnUrl?: string;
  /** What a bank's page said, where the host has claimed it itself (`claimReturn`). */
  returned?: ReturnStatus | null;
  onCredited?: (paymentId: string) => void;
  onPending?: (paymentId: string) => void;
  onProblem?: (problem: Problem) => void;
}

const StripeForm = lazy(() => import("./purchase/StripeForm"));
const OFFLINE_KEY = "pk_test_local";

export default function PurchaseCreditsModal(props: PurchaseCreditsModalProps) {
  const { open, onOpenChange, inline = false } = props;
  const { rootProps, emit } = usePrepaid();
  const [atBank, setAtBank] = useState(false);
  const popup = useRef<HTMLDivElement>(null);
  const change = (next: boolean) => {
    if (atBank) return;
    emit({ name: next ? "purchase_opened" : "purchase_closed" });
    onOpenChange?.(next);
  };
  if (inline) {
    return (
      <div {...rootProps} className="pp-root pp-card" data-slot="purchase-inline">
        <Purchase {...props} onAtBank={setAtBank} onClose={undefined} />
      </div>
    );
  }
  return (
    // From confirming to the result nothing on the page is inert: the bank's frame lies beside the dialog.
    <Dialog.Root open={open} onOpenChange={change} modal={!atBank} disablePointerDismissal>
      <Dialog.Portal {...rootProps} className="pp-root pp-layer">
        <Dialog.Backdrop className="pp-scrim" />
        <Dialog.Viewport className="pp-dialog-viewport">
          <Dialog.Popup ref={popup} className="pp-dialog" data-slot="purchase-dialog">
            <Purchase {...props} onAtBank={setAtBank} onClose={() => change(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PurchaseProps extends PurchaseCreditsModalProps {
  onAtBank: (atBank: boolean) => void;
  onClose: (() => void) | undefined;
}

function Purchase({ required, packageId, inline, returnUrl, returned, onCredited, onPending, onProblem, onAtBank, onClose }: PurchaseProps) {
  const { t } = useTexts();
  const purchase = usePurchase();
  const packages = usePackages();
  const balance = useBalance().data;
  const { state } = purchase;
  const [picked, setPicked] = useState<string | null>(packageId ?? null);
  const chosenId = picked ?? firstChoice(packages.data ?? [], balance, required);
  const atBank = isAtTheBank(state);
  const { open } = purchase;
  const isOpened = useRef(false);

  useEffect(() => onAtBank(atBank), [atBank, onAtBank]);
  useEffect(() => {
    if (isOpened.current) return;
    isOpened.current = true;
    void open(returned ?? claimReturn());
  }, [open, returned]);
  useEffect(() => {
    if (state.status === "credited") onCredited?.(state.purchase.payment_id);
    if (state.status === "waiting_for_credit" && !state.late) onPending?.(state.purchase.payment_id);
    if (state.status === "failed") onProblem?.(state.problem);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each state, whatever the callbacks are by then
  }, [state]);

  const heading = t(state.status === "choosing" || state.status === "creating" ? "purchase.title" : "purchase.payment");
  const isResult = state.status !== "choosing" && state.status !== "creating" && state.status !== "ready" && state.status !== "declined";
  const title = inline ? <h2 tabIndex={-1} className="pp-dialog-title">{heading}</h2> : <Dialog.Title tabIndex={-1} className="pp-dialog-title">{heading}</Dialog.Title>;
  return (
    <>
      {isResult && !inline && <Dialog.Title className="pp-hidden">{heading}</Dialog.Title>}
      <PurchaseView
        state={state}
        packages={packages}
        balance={balance}
        chosenId={chosenId}
        required={required}
        returnUrl={returnUrl}
        title={isResult ? null : title}
        form={(form) => <PaymentForm {...form} />}
        actions={{
          onChoose: setPicked,
          onStart: (id) => void purchase.start(id),
          onPay: (pay) => void purchase.confirm(pay),
          onBack: purchase.back,
          onStartAgain: purchase.startAgain,
          onClose,
        }}
      />
    </>
  );
}

/** The key that the purchase answers chooses: Stripe's own form, or the offline stack's. */
function PaymentForm(props: PaymentFormProps) {
  const { localPayment: Local } = usePrepaid();
  const Form = props.purchase.publishable_key === OFFLINE_KEY && Local ? Local : StripeForm;
  return (
    <Suspense fallback={<Skeleton width="100%" height={220} />}>
      <Form {...props} />
    </Suspense>
  );
}
