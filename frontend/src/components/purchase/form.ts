/** What a way to pay gets: the terms, and where to say how it ended. */
import type { Pay, StartedPurchase } from "../../client";

export interface PaymentFormProps {
  /** The form's id: the button that pays stands outside of it. */
  formId: string;
  purchase: StartedPurchase;
  locale: string;
  isDark: boolean;
  /** Why the last attempt was declined. */
  declined?: string | undefined;
  returnUrl?: string | undefined;
  onPay: (pay: Pay) => void;
  /** The form can be sent. */
  onReady: () => void;
}
