import type { ReactElement } from 'react';
import type { Brand } from './brand';

const outlines: Record<string, ReactElement> = {
  square: <rect x="1.5" y="1.5" width="29" height="29" rx="8" />,
  hexagon: <path d="M16 1 29 8.5v15L16 31 3 23.5v-15z" />,
  circle: <circle cx="16" cy="16" r="15" />,
  drop: <path d="M16 .8c6.4 6.3 11.3 11.4 11.3 18.2a11.3 11.3 0 0 1-22.6 0C4.7 12.2 9.6 7.1 16 .8z" />,
};

const marks: Record<string, ReactElement> = {
  bolt: <path d="M17.6 6 10 17.3h5.2l-1.2 8L21.9 14h-5.3z" fill="var(--logo-fg)" />,
  flame: (
    <path
      d="M16.6 6.5c.8 4.6-6.3 7-6.3 12.7a5.9 5.9 0 0 0 11.8.2c0-3.3-1.6-5-2.4-7-.6 1.3-1.3 2.1-2.3 2.6.8-3 .5-6.1-.8-8.5z"
      fill="var(--logo-fg)"
    />
  ),
  w: (
    <path
      d="M7 10.5 11.5 22 16 12.5 20.5 22 25 10.5"
      fill="none"
      stroke="var(--logo-fg)"
      strokeWidth="2.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  drop: (
    <path
      d="M9 18.2c1.8-1.5 3.4-1.5 5.1 0s3.4 1.5 5.1 0 2.5-1.2 3.8-.6M10 23c1.6-1.2 3-1.2 4.5 0s3 1.2 4.5 0 2-.9 3-.6"
      fill="none"
      stroke="var(--logo-fg)"
      strokeWidth="2.1"
      strokeLinecap="round"
    />
  ),
};

/** Always beside the utility's name, so it is decoration to a screen reader. */
export function Logo({ brand, inverted = false }: { brand: Brand; inverted?: boolean }) {
  return (
    <svg className={inverted ? 'logo inv' : 'logo'} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="var(--logo-bg)">{outlines[brand.shape] ?? outlines.square}</g>
      {marks[brand.mark]}
    </svg>
  );
}
