/** `@prepaid/react/local`: the card form of the offline stack. Keep it out of production bundles. */
import { FlaskConical } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { PaymentOutcome, StartedPurchase } from "./client";
import type { PaymentFormProps } from "./components/purchase/form";
import { Icon } from "./components/ui";
import { cardTexts, type CardKey } from "./messages/card";
import { useTexts } from "./texts";

interface Answer {
  status: "succeeded" | "processing" | "requires_action" | "declined" | "failed";
  reason?: string;
}

interface Card {
  number: string;
  expires: string;
  code: string;
}

type Field = keyof Card;

export function LocalCardForm({ formId, purchase, declined, onPay, onReady }: PaymentFormProps) {
  const { t, format } = useTexts();
  const say = (key: CardKey) => cardTexts(format.locale)[key];
  const [card, setCard] = useState<Card>({ number: "", expires: "", code: "" });
  const [wrong, setWrong] = useState<Field[]>([]);
  const [isDeclineSeen, setDeclineSeen] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(onReady, []); // eslint-disable-line react-hooks/exhaustive-deps -- ready from the first moment on
  useEffect(() => setDeclineSeen(false), [declined, purchase]);

  const field = (name: Field, shape: (text: string) => string) => ({
    name,
    value: card[name],
    onChange: (event: { target: { value: string } }) => {
      setCard({ ...card, [name]: shape(event.target.value) });
      setWrong(wrong.filter((each) => each !== name));
      setDeclineSeen(true);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = check(card);
    setWrong(found);
    if (found[0]) return (form.current?.elements.namedItem(found[0]) as HTMLElement | null)?.focus();
    onPay((terms, onAction) => pay(terms, card, onAction));
  }

  const declineError = declined && !isDeclineSeen ? t("purchase.cardDeclined") : undefined;
  return (
    <form ref={form} id={formId} onSubmit={submit} noValidate className="pp-fields" data-slot="local-card">
      <TextField label={say("card.number")} error={wrong.includes("number") ? say("card.numberWrong") : declineError} autoComplete="cc-number" wide {...field("number", groupDigits)} />
      <TextField label={say("card.expires")} placeholder={say("card.expiresHint")} error={wrong.includes("expires") ? say("card.expiresWrong") : undefined} autoComplete="cc-exp" {...field("expires", shapeDate)} />
      <TextField label={say("card.code")} error={wrong.includes("code") ? say("card.codeWrong") : undefined} autoComplete="cc-csc" {...field("code", (text) => text.replace(/\D/g, "").slice(0, 4))} />
      <div className="pp-note">
        <Icon of={FlaskConical} />
        <p>
          <b>{say("card.local")}</b> {say("card.localText")}
        </p>
      </div>
    </form>
  );
}

interface TextFieldProps {
  label: string;
  name: string;
  value: string;
  error?: string | undefined;
  wide?: boolean;
  placeholder?: string;
  autoComplete: string;
  onChange: (event: { target: { value: string } }) => void;
}

function TextField({ label, name, error, wide, ...input }: TextFieldProps) {
  const hint = `prepaid-${name}-error`;
  return (
    <label className="pp-field" data-wide={wide || undefined}>
      <span>{label}</span>
      <input className="pp-input" name={name} inputMode="numeric" aria-invalid={error ? true : undefined} aria-describedby={error ? hint : undefined} {...input} />
      {error && <small id={hint} role="alert">{error}</small>}
    </label>
  );
}

const groupDigits = (text: string) => text.replace(/\D/g, "").slice(0, 16).replace(/(\d{4})(?=\d)/g, "$1 ");

function shapeDate(text: string): string {
  const digits = text.replace(/\D/g, "").slice(0, 4);
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
}

function check(card: Card): Field[] {
  const [month = "", year = ""] = card.expires.split(" / ");
  const ends = new Date(2000 + Number(year), Number(month), 1);
  const isDate = /^(0[1-9]|1[0-2])$/.test(month) && year.length === 2 && ends > new Date();
  return (["number", "expires", "code"] as const).filter((name) => {
    if (name === "number") return card.number.replace(/\D/g, "").length < 15;
    return name === "expires" ? !isDate : card.code.length < 3;
  });
}

async function pay(purchase: StartedPurchase, card: Card, onAction: (waiting: boolean) => void): Promise<PaymentOutcome> {
  const { client_secret } = purchase;
  const first = await ask("/_local/pay", { client_secret, number: card.number.replace(/\D/g, "") });
  if (first.status !== "requires_action") return outcomeOf(first);
  onAction(true);
  const isConfirmed = await askBank();
  onAction(false);
  const second = await ask("/_local/pay/finish", { client_secret, outcome: isConfirmed ? "succeed" : "decline" });
  return isConfirmed ? outcomeOf(second) : { status: "canceled" };
}

async function ask(path: string, body: object): Promise<Answer> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Answer) : { status: "failed" };
}

function outcomeOf({ status, reason }: Answer): PaymentOutcome {
  if (status === "succeeded" || status === "processing") return { status };
  if (status === "declined") return { status, reason: reason ?? "other" };
  return { status: "failed", problem: { code: "unavailable", status: 0, title: "", detail: "" } };
}

/** Show the bank's page in a frame at the document's root, as Stripe.js does, until it answers. */
function askBank(): Promise<boolean> {
  return new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = "/_local/bank";
    frame.title = "Example Bank";
    frame.style.cssText = "position:fixed;inset:0;inline-size:100%;block-size:100%;border:0;z-index:2147483647;color-scheme:normal";
    const heard = (event: MessageEvent<{ prepaidBank?: boolean }>) => {
      if (event.source !== frame.contentWindow || event.origin !== window.location.origin) return;
      if (typeof event.data?.prepaidBank !== "boolean") return;
      window.removeEventListener("message", heard);
      frame.remove();
      resolve(event.data.prepaidBank);
    };
    window.addEventListener("message", heard);
    document.body.append(frame);
    frame.focus();
  });
}
