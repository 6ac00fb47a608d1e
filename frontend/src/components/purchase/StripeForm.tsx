/** Stripe's Payment Element, loaded when somebody is about to pay. */
import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import type { StripeError } from "@stripe/stripe-js";
import { useMemo, useRef, useState, type FormEvent } from "react";
import type { PaymentOutcome } from "../../client";
import { stripeAppearance } from "../../theme";
import { stripeLocale } from "./locale";
import type { PaymentFormProps } from "./form";

export default function StripeForm(props: PaymentFormProps) {
  const { publishable_key: key, client_secret: clientSecret } = props.purchase;
  const stripe = useMemo(() => loadStripe(key), [key]);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const appearance = useMemo(() => (place ? stripeAppearance(place) : undefined), [place]);
  return (
    <div ref={setPlace} data-slot="payment-element">
      {appearance && (
        <Elements stripe={stripe} options={{ clientSecret, appearance, locale: stripeLocale(props.locale) }}>
          <Inner {...props} />
        </Elements>
      )}
    </div>
  );
}

function Inner({ formId, purchase, returnUrl, onPay, onReady }: PaymentFormProps) {
  const stripe = useStripe();
  const elements = useElements();
  const isSending = useRef(false);

  async function pay(): Promise<PaymentOutcome> {
    if (!stripe || !elements) return { status: "failed", problem: { code: "not_available", status: 0, title: "", detail: "" } };
    const { error, paymentIntent } = await stripe.confirmPayment({
      elements,
      confirmParams: { return_url: returnUrl ?? window.location.href },
      redirect: "if_required",
    });
    if (error) return outcomeOf(error);
    return { status: paymentIntent.status === "processing" ? "processing" : "succeeded" };
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!elements || isSending.current) return;
    isSending.current = true;
    // The element shows its own messages beside its fields; only what is valid is paid.
    const { error } = await elements.submit();
    isSending.current = false;
    if (!error) onPay((_, onAction) => waitingForBank(pay(), onAction));
  }

  return (
    <form id={formId} onSubmit={(event) => void submit(event)} data-payment={purchase.payment_id}>
      <PaymentElement onReady={onReady} options={{ layout: "tabs" }} />
    </form>
  );
}

/** Stripe.js shows the bank's frame by itself; it is called the bank's turn after a moment. */
async function waitingForBank(outcome: Promise<PaymentOutcome>, onAction: (waiting: boolean) => void): Promise<PaymentOutcome> {
  const timer = setTimeout(() => onAction(document.querySelector("body > div iframe[name^='__privateStripe']") !== null), 2_500);
  try {
    return await outcome;
  } finally {
    clearTimeout(timer);
  }
}

function outcomeOf(error: StripeError): PaymentOutcome {
  if (error.code === "payment_intent_authentication_failure") return { status: "canceled" };
  if (error.type === "card_error" || error.type === "validation_error") {
    return { status: "declined", reason: error.decline_code ?? error.code ?? "other" };
  }
  return { status: "failed", problem: { code: error.code ?? error.type, status: 0, title: "", detail: error.message ?? "" } };
}
