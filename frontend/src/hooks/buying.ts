/** Whether the purchase is open; one that a bank's page took over opens again by itself. */
import { useEffect, useState } from "react";
import { claimReturn, type ReturnStatus } from "../client";

/** *isOwn* says that the component opens the purchase itself, not its host. */
export function useBuying(isOwn = true): [boolean, (open: boolean) => void, ReturnStatus | null] {
  const [isOpen, setOpen] = useState(false);
  const [returned, setReturned] = useState<ReturnStatus | null>(null);
  useEffect(() => {
    const status = isOwn ? claimReturn() : null;
    if (!status) return;
    setReturned(status);
    setOpen(true);
  }, [isOwn]);
  const change = (open: boolean) => {
    setOpen(open);
    setReturned(null);
  };
  return [isOpen, change, returned];
}
