/** A stranger's HTML: nothing in it may run, load or leave its frame; pictures and inline styles it may have. */
const policy = [
  "default-src 'none'",
  "img-src https: data:",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "sandbox",
].join("; ");

/** A message's HTML for a frame of our own pages. */
export const letterResponse = (html: string) =>
  new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "SAMEORIGIN",
      "referrer-policy": "no-referrer",
    },
  });
