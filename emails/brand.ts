/** The look of every email, in the few values that mail programs agree on. */
export const color = {
  page: "#f3f2ee",
  card: "#ffffff",
  text: "#22201d",
  quiet: "#6f6a63",
  line: "#e4e1da",
  late: "#a4262c",
  accent: "#0f6b60",
  onAccent: "#ffffff",
};

const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

export const style = {
  body: { margin: "0", padding: "0", backgroundColor: color.page, fontFamily: font },
  container: { width: "100%", maxWidth: "600px", margin: "0 auto", padding: "24px 12px" },
  brand: { margin: "0 0 16px", padding: "0 8px", fontSize: "18px", fontWeight: "700", lineHeight: "24px" },
  brandLink: { color: color.text, textDecoration: "none" },
  card: {
    backgroundColor: color.card,
    borderTop: `4px solid ${color.accent}`,
    borderRadius: "8px",
    padding: "32px 28px",
    color: color.text,
    fontSize: "16px",
    lineHeight: "26px",
  },
  text: { margin: "0 0 16px", fontSize: "16px", lineHeight: "26px" },
  title: { margin: "0", fontSize: "22px", fontWeight: "700", lineHeight: "30px" },
  date: { margin: "2px 0 0", color: color.quiet, fontSize: "14px", lineHeight: "20px" },
  listTitle: { margin: "28px 0 6px", fontSize: "16px", fontWeight: "700", lineHeight: "24px" },
  row: { borderTop: `1px solid ${color.line}`, padding: "10px 0" },
  rowTitle: { margin: "0", fontSize: "16px", lineHeight: "24px", wordBreak: "break-word" },
  rowDetail: { margin: "0", color: color.quiet, fontSize: "14px", lineHeight: "20px", wordBreak: "break-word" },
  late: { color: color.late, fontWeight: "600" },
  button: {
    display: "inline-block",
    padding: "12px 22px",
    borderRadius: "6px",
    backgroundColor: color.accent,
    color: color.onAccent,
    fontSize: "16px",
    fontWeight: "600",
    lineHeight: "24px",
    textDecoration: "none",
  },
  footer: { padding: "20px 8px 0" },
  footerText: { margin: "0 0 6px", color: color.quiet, fontSize: "13px", lineHeight: "20px" },
  footerLink: { color: color.quiet, textDecoration: "underline" },
} as const;

/** Dark mode where the mail program asks for it; the others invert the colours above by themselves. */
export const darkMode = `
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #141614 !important; }
  .card { background-color: #1f2220 !important; border-top-color: #3fb8a7 !important; }
  .card, .card p, .card li, .card h1, .card h2, .card h3, .brand, .brand a { color: #ecebe7 !important; }
  .card .quiet { color: #a5a199 !important; }
  .card .late { color: #ff9b94 !important; }
  .card .row { border-top-color: #383c39 !important; }
  .card a { color: #6fd3c5 !important; }
  .card a.button { background-color: #3fb8a7 !important; color: #10211e !important; }
  .footer p, .footer a { color: #a5a199 !important; }
}`;

/** Inline styles for the plain elements of a text that somebody else wrote; most mail programs read no others. */
export const elementStyles: Record<string, string> = {
  p: "margin:0 0 16px;font-size:16px;line-height:26px",
  h1: "margin:0 0 16px;font-size:24px;line-height:32px;font-weight:700",
  h2: "margin:24px 0 12px;font-size:20px;line-height:28px;font-weight:700",
  h3: "margin:24px 0 8px;font-size:17px;line-height:26px;font-weight:700",
  ul: "margin:0 0 16px;padding-left:22px",
  ol: "margin:0 0 16px;padding-left:22px",
  li: "margin:0 0 6px;font-size:16px;line-height:26px",
  blockquote: `margin:0 0 16px;padding-left:16px;border-left:3px solid ${color.line};color:${color.quiet}`,
  hr: `margin:24px 0;border:0;border-top:1px solid ${color.line}`,
  a: `color:${color.accent};text-decoration:underline`,
  img: "max-width:100%;height:auto",
};

export const buttonStyle = `display:inline-block;padding:12px 22px;border-radius:6px;background-color:${color.accent};color:${color.onAccent};font-size:16px;line-height:24px;font-weight:600;text-decoration:none`;
