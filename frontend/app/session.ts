/** Who is signed in. Only the person's name outlives a reload; a token stays in memory. */

import type { Level } from "../src/client";

export interface Person {
  user: string;
  role: string;
  name: string;
  company: string;
}

export interface PersonWithBalance extends Person {
  available: string | null;
  status: string | null;
  level: Level | null;
}

const CHOSEN = "prepaid.person";

export async function people(): Promise<PersonWithBalance[]> {
  const answer = await fetch("/_local/people");
  if (!answer.ok) throw new Error(`people: ${answer.status}`);
  return ((await answer.json()) as { items: PersonWithBalance[] }).items;
}

/** A fresh token of *user*, from the local stack. */
export async function token(user: string): Promise<string> {
  const answer = await fetch("/_local/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user }),
  });
  if (!answer.ok) throw new Error(`session: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}

export function remembered(): Person | null {
  try {
    return JSON.parse(sessionStorage.getItem(CHOSEN) ?? "null") as Person | null;
  } catch {
    return null;
  }
}

export function remember(person: Person | null): void {
  if (person) sessionStorage.setItem(CHOSEN, JSON.stringify(person));
  else sessionStorage.clear();
}
