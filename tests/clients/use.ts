// What a program does first with the generated client; every `check` is a line of its output.
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Entry = components["schemas"]["Entry"];

const [baseUrl, token, poor] = process.argv.slice(2);
if (!baseUrl || !token || !poor) throw new Error("usage: use.js URL TOKEN TOKEN_WITHOUT_CREDITS");

const clientOf = (bearer: string) =>
  createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${bearer}` } });
const client = clientOf(token);
const check = (name: string, value: unknown) => console.log(`${name}: ${String(value)}`);
const isEntry = (answer: object): answer is Entry => "entry_id" in answer;

const packages = await client.GET("/api/credits/packages");
check("packages", packages.data?.items.length);

const balance = await client.GET("/api/credits/balance");
check("balance", balance.data?.available);

const header = { "Idempotency-Key": randomUUID() };
const use = () =>
  client.POST("/api/credits/usage", {
    params: { header },
    body: { operation: "vapi_call", quantities: { call: 1, minute: "3.2" } },
  });
for (const name of ["usage", "replay"]) {
  const { data, response } = await use();
  const amount = data && isEntry(data) ? data.amount : undefined;
  check(name, `${response.status} ${amount} ${response.headers.get("idempotency-replayed")}`);
}

const batch = await client.POST("/api/credits/usage", {
  body: { events: [{ key: randomUUID(), operation: "message", quantity: 1 }] },
});
check("batch", batch.data && "items" in batch.data ? batch.data.items[0]?.status : undefined);

const page = await client.GET("/api/credits/transactions", { params: { query: { limit: 2 } } });
if (typeof page.data === "object") { // as CSV, which was not asked for, it would be text
  check("transactions", page.data.items.map((entry) => entry.operation).join(" "));
}

const refused = await clientOf(poor).POST("/api/credits/usage", {
  params: { header: { "Idempotency-Key": randomUUID() } },
  body: { operation: "message", quantity: 100 },
});
if (refused.error && "code" in refused.error) {
  check("402", `${refused.response.status} ${refused.error.code} ${refused.error.required}`);
}

const forbidden = await client.POST("/api/credits/admin/adjust", {
  params: { header: { "Idempotency-Key": randomUUID() } },
  body: { account_id: "user-1", amount: "1.00", reason: "not mine to give" },
});
if (forbidden.error && "code" in forbidden.error) {
  check("403", `${forbidden.response.status} ${forbidden.error.code}`);
}

const unknown = await clientOf("a.b.c").GET("/api/credits/balance");
if (unknown.error && "message" in unknown.error) {
  check("token", `${unknown.response.status} ${unknown.error.message}`);
}
