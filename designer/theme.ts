import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Paper,
  ScrollArea,
  Table,
  Tooltip,
} from '@mantine/core';

/** Deep water: calm beside the colours that carry meaning (green fine, yellow waiting, red wrong). */
const water: MantineColorsTuple = [
  '#e9f6f8',
  '#d5ecf0',
  '#abd8e0',
  '#7dc2cf',
  '#55aebf',
  '#339cb0',
  '#1f8da2',
  '#127f94',
  '#07718a',
  '#055f73',
];

/** Slate rather than Mantine's neutral grey: text stays above 7:1 on it. */
const dark: MantineColorsTuple = [
  '#d3dae1',
  '#b5bfc9',
  '#94a0ac',
  '#6f7b87',
  '#3f4953',
  '#333c46',
  '#262e37',
  '#1a2027',
  '#151a20',
  '#10141a',
];

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 8, dark: 7 },
  colors: { water, dark },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.35' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { size: 'xs', fw: 500 } }),
    Drawer: Drawer.extend({
      defaultProps: { position: 'right', padding: 'md', closeButtonProps: { 'aria-label': 'Close' } },
    }),
    // The first item has the keyboard at once, and nothing but items is in the menu.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, padding: 'md', closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--sluice-muted)' } },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, bg: 'var(--sluice-surface)' } }),
    ScrollArea: ScrollArea.extend({ defaultProps: { scrollbarSize: 8 } }),
    ScrollAreaAutosize: ScrollArea.Autosize.extend({ defaultProps: { scrollbarSize: 8 } }),
    Table: Table.extend({
      defaultProps: { verticalSpacing: 7, horizontalSpacing: 12, borderColor: 'var(--sluice-line)' },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300 } }),
  },
});

/**
 * In the dark, Mantine's light variant is a solid block of a strong colour: badges shout and alerts burn. A veil of the colour over
 * the surface says the same in a normal voice.
 */
const veiled = ['water', 'blue', 'green', 'yellow', 'orange', 'red', 'violet'];

/** In the light, Mantine's words on the light variant and its dimmed text stay below the contrast of 4.5 that small text needs. */
const darkened = ['green', 'yellow', 'orange', 'red', 'teal'];

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--sluice-muted)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-red-text': 'var(--mantine-color-red-9)',
    ...Object.fromEntries(
      darkened.map((name) => [
        `--mantine-color-${name}-light-color`,
        `color-mix(in srgb, var(--mantine-color-${name}-9) 62%, black)`,
      ]),
    ),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--sluice-muted)',
    '--mantine-color-error': 'var(--mantine-color-red-5)',
    '--mantine-color-gray-light': '#2d3640',
    '--mantine-color-gray-light-hover': '#36404b',
    '--mantine-color-gray-light-color': '#c0cad4',
    ...Object.fromEntries(
      veiled.flatMap((name) => [
        [`--mantine-color-${name}-light`, `color-mix(in srgb, var(--mantine-color-${name}-6) 20%, transparent)`],
        [`--mantine-color-${name}-light-hover`, `color-mix(in srgb, var(--mantine-color-${name}-6) 28%, transparent)`],
        [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-2)`],
      ]),
    ),
    '--mantine-primary-color-light': 'var(--mantine-color-water-light)',
    '--mantine-primary-color-light-hover': 'var(--mantine-color-water-light-hover)',
    '--mantine-primary-color-light-color': 'var(--mantine-color-water-light-color)',
  },
});
