import type { CSSProperties } from 'react';

export interface Brand {
  mark: string;
  shape: string;
  solid: string;
}

const drawn = ['vltava', 'morava', 'wisla', 'balaton'];

/** Attributes that put an element under a utility's identity; an undrawn one derives its tones from its solid colour. */
export function identity(tenant: { key: string; brand: Brand }): { 'data-utility': string; style?: CSSProperties } {
  const { key, brand } = tenant;
  if (drawn.includes(key) || !CSS.supports('color', brand.solid)) return { 'data-utility': key };
  const style = {
    '--u-solid': brand.solid,
    '--u-edge': `light-dark(${brand.solid}, color-mix(in srgb, ${brand.solid} 60%, white))`,
    '--u-tint': `color-mix(in srgb, ${brand.solid} 12%, var(--surface))`,
    '--u-text': 'var(--ink)',
  } as CSSProperties;
  return { 'data-utility': key, style };
}
