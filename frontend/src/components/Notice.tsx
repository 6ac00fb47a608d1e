/** Says in a card's place what is empty, failed or denied. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { RequestId } from "./Copy";
import { Icon } from "./ui";

interface NoticeProps {
  icon: LucideIcon;
  tone?: "accent" | "bad" | "neutral";
  title: string;
  text?: string | undefined;
  requestId?: string | undefined;
  children?: ReactNode;
}

export function Notice({ icon, tone = "neutral", title, text, requestId, children }: NoticeProps) {
  return (
    <div className="pp-notice" data-slot="notice" data-tone={tone}>
      <span className="pp-notice-icon">
        <Icon of={icon} size={18} />
      </span>
      <strong>{title}</strong>
      {text && <span className="pp-notice-text">{text}</span>}
      {requestId && <RequestId id={requestId} />}
      {children}
    </div>
  );
}
