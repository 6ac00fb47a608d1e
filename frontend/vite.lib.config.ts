/** The package: ESM entries, everything that the host has too left out. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const HOSTS = /^(react|react-dom|@tanstack\/react-query|@base-ui\/react|@stripe\/[\w-]+|lucide-react)(\/|$)/;

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    lib: {
      entry: { index: "src/index.ts", client: "src/client/index.ts", local: "src/local.tsx", styles: "src/styles/entry.ts" },
      formats: ["es"],
      cssFileName: "styles",
    },
    rolldownOptions: { external: HOSTS },
  },
});
