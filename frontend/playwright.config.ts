/** The page in a browser, against a local stack that is up on PORT. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "browser",
  timeout: 180_000,
  expect: { timeout: 40_000 },
  workers: 1,
  reporter: "line",
  use: {
    baseURL: `http://localhost:${process.env.PORT ?? "5001"}`,
    locale: "en-GB",
    launchOptions: { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] },
  },
});
