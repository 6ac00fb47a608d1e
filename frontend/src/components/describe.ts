/** An entry in plain words: "Voice call, 3 min 12 s". */
import { Ban, BriefcaseBusiness, CircleDollarSign, Clock, Gift, LockOpen, Lock, MessageSquare, Phone, RotateCcw, ShieldAlert, SlidersHorizontal, Upload, Workflow, Zap, type LucideIcon } from "lucide-react";
import { minutesToSeconds, type Entry, type GrantRecord } from "../client";
import type { Format } from "../format";
import type { Messages } from "../messages/en";
import { lookUp, type Translate } from "../messages/translate";

export interface Words {
  t: Translate;
  format: Format;
  messages: Messages;
}

/** "3 min 12 s", "31.2 MB", "2 runs"; a unit that the catalogue does not know keeps its name. */
export function quantityText(unit: string, quantity: string, { t, format, messages }: Words): string {
  if (unit === "minute") {
    const seconds = minutesToSeconds(quantity);
    const [whole, rest] = [seconds / 60n, seconds % 60n];
    const parts = [whole > 0n && t("unit.minutes", { n: Number(whole) }), rest > 0n && t("unit.seconds", { n: Number(rest) })];
    return parts.filter(Boolean).join(" ") || t("unit.seconds", { n: 0 });
  }
  // The number in the text is the quantity's own digits; a float only chooses the plural.
  const shown = lookUp(t, { ...messages }, `unit.${unit}`, { n: Number(quantity) });
  return shown ?? `${format.quantity(quantity)} ${unit.replaceAll("_", " ")}`;
}

const sentenceCase = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** A grant's own name, or that of its kind; null where neither is known. */
export const grantName = ({ name, kind }: Pick<GrantRecord, "name" | "kind">, { t, messages }: Words): string | null =>
  name ? sentenceCase(name) : lookUp(t, messages, `grantKind.${kind}`);

/** The operation's name for a list: "Voice calls". */
export const operationName = (operation: string, { t, messages }: Words): string =>
  lookUp(t, messages, `operation.${operation}`) ?? sentenceCase(operation);

function work(entry: Entry, words: Words): string {
  const { t, messages } = words;
  const { operation, quantities } = entry;
  if (!operation) return t("kind.usage");
  const units = Object.entries(quantities);
  const counted = quantities.message ?? quantities.execution;
  if (counted !== undefined) return lookUp(t, messages, `what.${operation}`, { n: Number(counted) }) ?? sentenceCase(operation);
  const shown = units.filter(([unit]) => unit !== "call").map(([unit, quantity]) => quantityText(unit, quantity, words));
  return [lookUp(t, messages, `what.${operation}`) ?? sentenceCase(operation), ...shown].join(", ");
}

export function describe(entry: Entry, words: Words): string {
  const { t, format, messages } = words;
  const held = format.credits(entry.held_change.replace("-", ""));
  switch (entry.kind) {
    case "usage":
    case "capture":
      return work(entry, words);
    case "hold":
      return entry.operation ? t("what.hold", { amount: held, what: work(entry, words) }) : t("what.holdPlain", { amount: held });
    case "release":
      return t("what.release", { amount: held });
    case "grant":
    case "adjustment":
      return entry.reason ? sentenceCase(entry.reason) : t(`what.${entry.kind}`);
    default:
      return lookUp(t, messages, `what.${entry.kind}`) ?? sentenceCase(entry.kind);
  }
}

const OPERATIONS: Record<string, LucideIcon> = { vapi_call: Phone, message: MessageSquare, file_upload: Upload, workflow_execution: Workflow };
const KINDS: Record<string, LucideIcon> = {
  hold: Lock,
  release: LockOpen,
  grant: Gift,
  bonus: Gift,
  purchase: CircleDollarSign,
  adjustment: SlidersHorizontal,
  refund: RotateCcw,
  reversal: RotateCcw,
  dispute: ShieldAlert,
  expiry: Clock,
  status: Ban,
};

export const iconOf = (entry: Pick<Entry, "kind" | "operation">): LucideIcon =>
  KINDS[entry.kind] ?? OPERATIONS[entry.operation ?? ""] ?? (entry.operation ? Zap : BriefcaseBusiness);

const TONES: Record<string, string> = { purchase: "accent", bonus: "accent", grant: "ok", refund: "ok", adjustment: "outline", expiry: "warn", dispute: "bad" };
export const toneOf = (kind: string): string => TONES[kind] ?? "plain";
