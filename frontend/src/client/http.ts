/** One request to the API: a bearer token, one retry with a fresh one, problems as values. */
import { PrepaidError, type Problem } from "./types";

export interface TokenRequest {
  /** The last token was refused: get a new one. */
  refresh?: boolean;
}

export interface ClientOptions {
  /** Where the API is: an origin, without `/api/credits`. Empty for the page's own. */
  baseUrl: string;
  getToken: (request: TokenRequest) => string | Promise<string>;
  fetch?: typeof fetch;
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<Body> {
  status: number;
  body: Body;
  etag: string | null;
}

export type Send = <Body>(path: string, call?: Call) => Promise<Answer<Body>>;

/** Sends calls below `/api/credits`. Rejects with PrepaidError only. */
export function createSender({ baseUrl, getToken, fetch: custom }: ClientOptions): Send {
  const base = `${baseUrl.replace(/\/+$/, "")}/api/credits/`;

  async function once(path: string, call: Call, refresh: boolean): Promise<Response> {
    const token = await getToken(refresh ? { refresh } : {});
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, ...call.headers };
    if (call.key) headers["Idempotency-Key"] = call.key;
    if (call.body !== undefined) headers["Content-Type"] = "application/json";
    const send = custom ?? fetch;
    return send(base + path + queryOf(call.query), {
      method: call.method ?? "GET",
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal ? { signal: call.signal } : {}),
    });
  }

  return async <Body>(path: string, call: Call = {}) => {
    let answer: Response;
    try {
      answer = await once(path, call, false);
      if (answer.status === 401 || answer.status === 403) answer = await once(path, call, true);
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw new PrepaidError(offline(error));
    }
    if (answer.status === 304) return { status: 304, body: undefined as Body, etag: answer.headers.get("etag") };
    if (!answer.ok) throw new PrepaidError(await problemOf(answer));
    try {
      return { status: answer.status, body: (await answer.json()) as Body, etag: answer.headers.get("etag") };
    } catch {
      throw new PrepaidError(failure("unreadable", answer.status, "The answer could not be read."));
    }
  };
}

function queryOf(query: Call["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

/** The problem of a refused answer; what API Gateway answers itself has no code of its own. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  if (typeof body.code === "string") {
    return { ...body, code: body.code, status: answer.status, title: body.title ?? "", detail: body.detail ?? "" };
  }
  const code = { 401: "unauthorized", 403: "forbidden", 404: "not_available", 429: "rate_limited" }[answer.status];
  const request = answer.headers.get("x-request-id") ?? answer.headers.get("apigw-requestid");
  return { ...failure(code ?? "unavailable", answer.status, ""), ...(request ? { request_id: request } : {}) };
}

const failure = (code: string, status: number, detail: string): Problem => ({ code, status, title: "", detail });

function offline(error: unknown): Problem {
  if (error instanceof PrepaidError) return error.problem;
  const isNetwork = error instanceof TypeError;
  return failure(isNetwork ? "offline" : "unauthorized", 0, error instanceof Error ? error.message : "");
}
