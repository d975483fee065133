import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import dialog from "./ui/dialog.module.css";

/** Petrol: the one colour that asks to be pressed. */
const petrol: MantineColorsTuple = [
  "#eef7f9",
  "#d9ecf0",
  "#b3d9e1",
  "#86c2cf",
  "#58a8ba",
  "#358fa4",
  "#1f788d",
  "#166276",
  "#114e5e",
  "#0b3a47",
];

const stone: MantineColorsTuple = [
  "#fafaf9",
  "#f4f4f2",
  "#eaeae7",
  "#dededa",
  "#c8c8c3",
  "#a3a39d",
  "#696964",
  "#4f4f4a",
  "#33332f",
  "#1c1c1a",
];

const slate: MantineColorsTuple = [
  "#e4e8e9",
  "#c3cacc",
  "#9aa4a7",
  "#727c80",
  "#353d40",
  "#2a3134",
  "#20272a",
  "#171c1e",
  "#121618",
  "#0b0e0f",
];

const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';

const dialogProps = {
  closeButtonProps: { "aria-label": "Close" },
  classNames: { title: dialog.title, body: dialog.body },
  // Else it is taken for a second banner of the page.
  attributes: { header: { role: "presentation" } },
};

export const theme = createTheme({
  colors: { petrol, gray: stone, dark: slate },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  black: "#1c1c1a",
  fontFamily: sans,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: sans,
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { ...dialogProps, centered: true } },
    Menu: {
      defaultProps: {
        // Inside what is the content, so that it is part of a landmark.
        portalProps: { target: "#content" },
        // What is focused first is one of its items.
        withInitialFocusPlaceholder: false,
        // One that is still fading lies beside the next.
        transitionProps: { duration: 0 },
      },
    },
    Drawer: { defaultProps: { ...dialogProps, position: "right" } },
  },
});

/** What the pages' own style sheets build on, beside Mantine's variables. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": stone[6],
    "--mantine-color-placeholder": stone[6],
    "--mantine-color-default-border": stone[3],
    "--mantine-color-error": "#b3261e",
    "--surface-sunken": stone[0],
    "--surface-hover": stone[1],
    "--surface-fresh": petrol[0],
    "--line": stone[2],
    "--tone-good": "#2b8a57",
    "--tone-wait": "#8a8a84",
    "--tone-warn": "#b7791f",
    "--tone-bad": "#c2372e",
    "--tone-unread": "#d1482c",
    "--badge-fill": "#c63f24",
    "--badge-text": "#ffffff",
    "--text-bad": "#b3261e",
    "--text-warn": "#8a5a10",
  },
  dark: {
    "--mantine-color-body": slate[7],
    "--mantine-color-dimmed": slate[2],
    "--mantine-color-placeholder": slate[2],
    "--mantine-color-default-border": slate[4],
    "--mantine-color-error": "#ff9d94",
    "--mantine-color-anchor": petrol[3],
    "--surface-sunken": slate[8],
    "--surface-hover": slate[6],
    "--surface-fresh": "#14282d",
    "--line": slate[5],
    "--tone-good": "#4cb782",
    "--tone-wait": "#7d888c",
    "--tone-warn": "#e0a63d",
    "--tone-bad": "#f0705f",
    "--tone-unread": "#ff7f5c",
    "--badge-fill": "#ff8a6a",
    "--badge-text": "#2b0d05",
    "--text-bad": "#ff9d94",
    "--text-warn": "#eab558",
  },
});
