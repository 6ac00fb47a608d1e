/** The app: what `make run` serves. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist-app", manifest: true, target: "es2022", sourcemap: false, assetsInlineLimit: 0 },
  define: { "import.meta.env.VITE_LOCAL": JSON.stringify(process.env.VITE_LOCAL ?? "") },
});
