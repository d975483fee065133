/** Somebody comes round again. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M23.2 12.1A8.2 8.2 0 1 0 24 17" />
        <path d="M24.6 6.9v5.6H19" />
      </g>
    </svg>
  );
}
