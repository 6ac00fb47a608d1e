import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist-size",
    manifest: true,
    lib: { entry: { compact: "size/compact.tsx" }, formats: ["es"] },
    rolldownOptions: { external: /^(react|react-dom|@tanstack\/react-query)(\/|$)/ },
  },
});
