import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { claimReturn, PrepaidError, PurchaseFlow, type Purchase, type StartedPurchase } from "../src/client";
import { SAMPLE } from "../src/client/samples";

const started: StartedPurchase = { payment_id: "pay_1", client_secret: "pi_1_secret_1", publishable_key: "pk", amount: 4500, currency: "usd", credits: "500.00", bonus: "50.00", status: "created" };
const found = { ...(SAMPLE.purchases[0] as Purchase), payment_id: "pay_1", package_id: "professional" };

function memory() {
  const kept = new Map<string, string>();
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value), removeItem: (name: string) => void kept.delete(name) };
}

const client = { startPurchase: vi.fn(), purchase: vi.fn(), refreshPurchase: vi.fn() };
let keys = 0;
const flowOf = (storage = memory()) => new PurchaseFlow(client, { storage, newKey: () => `key-${++keys}` });

describe("a purchase", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    keys = 0;
    client.startPurchase.mockReset().mockResolvedValue(started);
    client.purchase.mockReset().mockResolvedValue({ ...found, credited: false, status: "created" });
    client.refreshPurchase.mockReset().mockResolvedValue({ ...found, credited: false, status: "created" });
  });
  afterEach(() => vi.useRealTimers());

  test("pressed twice is started once", async () => {
    const flow = flowOf();
    await Promise.all([flow.start("professional"), flow.start("professional")]);
    expect(client.startPurchase).toHaveBeenCalledTimes(1);
    expect(flow.getState().status).toBe("ready");
  });

  test("declined and tried again stays the same attempt", async () => {
    const flow = flowOf();
    await flow.start("professional");
    await flow.confirm(() => Promise.resolve({ status: "declined", reason: "insufficient_funds" }));
    expect(flow.getState()).toMatchObject({ status: "declined", reason: "insufficient_funds" });
    flow.back();
    await flow.start("professional");
    expect(client.startPurchase.mock.calls.map(([, key]) => key)).toEqual(["key-1", "key-1"]);
  });

  test("of another package has another key", async () => {
    const flow = flowOf();
    await flow.start("professional");
    flow.back();
    await flow.start("starter");
    expect(client.startPurchase).toHaveBeenLastCalledWith("starter", "key-2");
  });

  test("is credited only when the server says so, and then forgotten", async () => {
    const storage = memory();
    const flow = flowOf(storage);
    await flow.start("professional");
    await flow.confirm(() => Promise.resolve({ status: "succeeded" }));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(flow.getState().status).toBe("waiting_for_credit");
    client.purchase.mockResolvedValue({ ...found, credited: true });
    client.refreshPurchase.mockResolvedValue({ ...found, credited: true });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(flow.getState().status).toBe("credited");
    expect(storage.getItem("prepaid.purchase")).toBeNull();
  });

  test("left open is offered again without a second payment", async () => {
    const storage = memory();
    const left = flowOf(storage);
    await left.start("professional");
    left.dispose();
    const next = flowOf(storage);
    await next.open();
    expect(next.getState()).toMatchObject({ status: "choosing", resumable: { payment_id: "pay_1" } });
    await next.start("professional");
    expect(client.startPurchase).toHaveBeenLastCalledWith("professional", "key-1");
    expect(storage.getItem("prepaid.purchase")).not.toContain("secret");
  });

  test("that is late says so and goes on looking", async () => {
    const flow = flowOf();
    await flow.start("professional");
    await flow.confirm(() => Promise.resolve({ status: "succeeded" }));
    await vi.advanceTimersByTimeAsync(61_000);
    expect(flow.getState()).toMatchObject({ status: "waiting_for_credit", late: true });
  });

  test("declined and then paid is not called failed by the decline that the server still has", async () => {
    const flow = flowOf();
    await flow.start("professional");
    await flow.confirm(() => Promise.resolve({ status: "declined", reason: "insufficient_funds" }));
    client.purchase.mockResolvedValue({ ...found, credited: false, status: "failed", failure_reason: "Your card was declined." });
    client.refreshPurchase.mockResolvedValue({ ...found, credited: false, status: "failed" });
    await flow.confirm(() => Promise.resolve({ status: "succeeded" }));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(flow.getState().status).toBe("waiting_for_credit");
    client.purchase.mockResolvedValue({ ...found, credited: true });
    client.refreshPurchase.mockResolvedValue({ ...found, credited: true });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(flow.getState().status).toBe("credited");
  });

  test("by bank debit fails only when Stripe says so, not by what is stored", async () => {
    const flow = flowOf();
    await flow.start("professional");
    client.purchase.mockResolvedValue({ ...found, credited: false, status: "failed" });
    client.refreshPurchase.mockResolvedValue({ ...found, credited: false, status: "processing" });
    await flow.confirm(() => Promise.resolve({ status: "processing" }));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(flow.getState().status).toBe("waiting_for_credit");
    client.refreshPurchase.mockResolvedValue({ ...found, credited: false, status: "failed", failure_reason: "No funds." });
    await vi.advanceTimersByTimeAsync(25_000);
    expect(flow.getState()).toMatchObject({ status: "failed", problem: { code: "payment_failed", detail: "No funds." } });
  });

  test.each(["refunded", "disputed", "under_review"] as const)("that is %s before it was credited does not wait for ever", async (status) => {
    const flow = flowOf();
    await flow.start("professional");
    client.purchase.mockResolvedValue({ ...found, credited: false, status, failure_reason: "What happens next." });
    await flow.confirm(() => Promise.resolve({ status: "succeeded" }));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(flow.getState()).toMatchObject({ status: "failed", problem: { code: `payment_${status}`, detail: "What happens next." } });
  });

  test.each([
    ["succeeded", "waiting_for_credit"],
    ["failed", "failed"],
  ])("whose confirmation was cut off is asked for: %s at Stripe is %s", async (status, becomes) => {
    const flow = flowOf();
    await flow.start("professional");
    client.refreshPurchase.mockResolvedValue({ ...found, credited: false, status });
    await flow.confirm(() => Promise.resolve({ status: "failed", problem: { code: "api_connection_error", status: 0, title: "", detail: "" } }));
    expect(flow.getState().status).toBe(becomes);
  });

  test("of which nobody can say whether it was paid says so, and trying again keeps its key", async () => {
    const flow = flowOf();
    await flow.start("professional");
    client.refreshPurchase.mockRejectedValue(new PrepaidError({ code: "offline", status: 0, title: "", detail: "" }));
    await flow.confirm(() => Promise.resolve({ status: "failed", problem: { code: "offline", status: 0, title: "", detail: "" } }));
    expect(flow.getState()).toMatchObject({ status: "failed", problem: { code: "payment_unknown" } });
    await flow.start("professional");
    expect(client.startPurchase.mock.calls.map(([, key]) => key)).toEqual(["key-1", "key-1"]);
  });

  test("that a bank's page took over goes on by itself, asking Stripe and not the slower webhook", async () => {
    const storage = memory();
    const left = flowOf(storage);
    await left.start("professional");
    left.dispose();
    client.refreshPurchase.mockResolvedValue({ ...found, credited: false, status: "succeeded" });
    const next = flowOf(storage);
    await next.open("succeeded");
    expect(next.getState().status).toBe("waiting_for_credit");
    expect(client.refreshPurchase).toHaveBeenCalledWith("pay_1");
  });

  test("that failed at the bank's page is offered again", async () => {
    const storage = memory();
    await flowOf(storage).start("professional");
    const next = flowOf(storage);
    await next.open("failed");
    expect(next.getState()).toMatchObject({ status: "choosing", resumable: { payment_id: "pay_1" } });
  });

  test("refused by the server is failed, and nothing is kept", async () => {
    client.startPurchase.mockRejectedValue(new PrepaidError({ code: "forbidden", status: 403, title: "", detail: "" }));
    const flow = flowOf();
    await flow.start("professional");
    expect(flow.getState().status).toBe("failed");
  });
});

test("what a bank's page wrote into the address is read once and taken out of it, the secret with it", () => {
  window.history.replaceState(null, "", "/credits?kind=usage&payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_2&redirect_status=succeeded");
  expect([claimReturn(), claimReturn()]).toEqual(["succeeded", null]);
  expect(window.location.search).toBe("?kind=usage");
});
