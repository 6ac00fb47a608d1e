/** The app that shows the library: the credits page and the gallery of states. */
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/inter";
import "../src/styles/index.css";
import "./app.css";
import { CreditsPage } from "./CreditsPage";

const Gallery = lazy(() => import("./Gallery"));
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const isGallery = window.location.pathname.startsWith("/gallery");

createRoot(root).render(<StrictMode>{isGallery ? <Suspense fallback={null}><Gallery /></Suspense> : <CreditsPage />}</StrictMode>);
