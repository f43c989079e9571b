// The colours and type of the canvas, read once per theme from the CSS variables, so that page.css is their one home.
const NAMES = [
  "paper",
  "raised",
  "ink",
  "soft",
  "faint",
  "hair",
  "speak",
  "accent",
  "oppose",
  "person",
  "org",
  "state",
  "event",
  "doc",
  "place",
  "concept",
  "fill",
  "sunk",
];

/**
 * {paper, ink, …, sans}: values of the CSS variables as they are now.
 * @param {Element} element
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const theme = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  theme.serif = style.getPropertyValue("--serif").trim();
  theme.sans = style.getPropertyValue("--sans").trim();
  return theme;
}
