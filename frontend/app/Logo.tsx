export const Logo = () => (
  <span className="app-logo">
    <svg aria-hidden width="22" height="22" viewBox="0 0 22 22">
      <rect width="22" height="22" rx="6" fill="var(--prepaid-accent)" />
      <path d="M7.5 16.5v-6a4 4 0 1 1 4 4h-1.2" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
    Prepaid
  </span>
);
