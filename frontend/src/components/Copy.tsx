/** Copies a reference or the id of a request, and says so in place. */
import { Check, Copy as CopyIcon } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../texts";
import { Icon } from "./ui";

export function Copyable({ text, shown = text, label, said }: { text: string; shown?: string; label: string; said: string }) {
  const [isCopied, copy] = useCopy();
  return (
    <span className="pp-reference">
      <code>{shown}</code>
      <button type="button" className="pp-icon-button" aria-label={label} onClick={() => copy(text)}><Icon of={isCopied ? Check : CopyIcon} size={14} /></button>
      <span className="pp-hidden" role="status">{isCopied && said}</span>
    </span>
  );
}

/** The id that support asks for. */
export function RequestId({ id }: { id: string }) {
  const { t } = useTexts();
  return <Copyable text={id} shown={t("section.request", { id })} label={t("section.copyRequest")} said={t("section.copied")} />;
}

/** Whether the last copy worked, and how to copy; a browser may refuse. */
export function useCopy(): [boolean, (text: string) => void] {
  const [isCopied, setCopied] = useState(false);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return [isCopied, (text) => void copy(text)];
}
