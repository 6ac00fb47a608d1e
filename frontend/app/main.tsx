/** The app that shows the library: the credits page and the gallery of states. */
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/inter";
import "../src/styles/index.css";
import "./app.css";
import { HostedPage } from "./HostedPage";

// A condition that is a constant: the page that is deployed holds no demo people, no gallery and no offline card form.
const Gallery = import.meta.env.VITE_LOCAL ? lazy(() => import("./Gallery")) : null;
const Local = import.meta.env.VITE_LOCAL ? lazy(() => import("./CreditsPage").then((each) => ({ default: each.CreditsPage }))) : null;
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const isGallery = window.location.pathname.startsWith("/gallery");
const Shown = (isGallery && Gallery) || Local || HostedPage;

createRoot(root).render(<StrictMode><Suspense fallback={null}><Shown /></Suspense></StrictMode>);
