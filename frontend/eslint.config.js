import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "dist-app", "dist-check", "dist-size", "dist-types", ".pack", "src/client/api.ts", "node_modules"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "max-lines": ["error", { max: 250 }],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-explicit-any": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  // A catalogue of texts is one list, however long.
  { files: ["src/messages/en.ts"], rules: { "max-lines": "off" } },
);
