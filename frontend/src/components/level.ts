/** How an account stands, as icon, word and tone. */
import { Ban, CircleAlert, CircleCheck, CircleMinus, Infinity as InfinityIcon, Snowflake, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Level } from "../client";

export type Standing = Level | "closed";

export const LEVELS: Record<Standing, { icon: LucideIcon; tone: string; canBuy: boolean }> = {
  healthy: { icon: CircleCheck, tone: "healthy", canBuy: true },
  low: { icon: TriangleAlert, tone: "warn", canBuy: true },
  empty: { icon: CircleAlert, tone: "bad", canBuy: true },
  debt: { icon: CircleMinus, tone: "bad", canBuy: true },
  frozen: { icon: Snowflake, tone: "neutral", canBuy: false },
  closed: { icon: Ban, tone: "neutral", canBuy: false },
  unlimited: { icon: InfinityIcon, tone: "accent", canBuy: false },
};
