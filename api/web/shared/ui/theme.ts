import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core';

declare module '@mantine/core' {
  interface ButtonProps {
    variant?: 'default' | 'ink' | 'brand' | 'crit' | 'quiet';
  }
}

const filled: Record<string, { background: string; hover: string; color: string }> = {
  ink: { background: 'var(--action)', hover: 'var(--action-hover)', color: 'var(--on-action)' },
  brand: {
    background: 'var(--u-solid)',
    hover: 'color-mix(in srgb, var(--u-solid) 88%, black)',
    color: 'var(--u-on)',
  },
  crit: {
    background: 'var(--crit-solid)',
    hover: 'color-mix(in srgb, var(--crit-solid) 88%, black)',
    color: 'var(--crit-on)',
  },
  quiet: { background: 'transparent', hover: 'var(--surface-3)', color: 'var(--ink)' },
};

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: 'var(--t-13)', sm: 'var(--t-14)' },
  focusRing: 'auto',
  defaultRadius: 'var(--r-2)',
  headings: { fontFamily: 'var(--font)' },
  variantColorResolver: (input) => {
    const colours = filled[input.variant];
    if (!colours) return defaultVariantColorsResolver(input);
    const border = input.variant === 'quiet' ? 'transparent' : colours.background;
    return { ...colours, border: `1px solid ${border}` };
  },
  components: {
    Button: { defaultProps: { variant: 'default', size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 120 }, withinPortal: true } },
  },
});

const colours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--crit-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-2)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--action)',
  '--mantine-primary-color-contrast': 'var(--on-action)',
  '--mantine-color-anchor': 'var(--ink)',
  '--mantine-color-disabled': 'transparent',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line-strong)',
};

/** The tokens own the colours; the component library reads them through its own variables. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: colours, dark: colours });
