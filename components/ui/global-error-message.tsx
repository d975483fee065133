"use client";

/** The last resort, when even the layout failed: it can rely on nothing, not on a style sheet either. */
export function GlobalErrorMessage({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      {/* biome-ignore lint/style/noHeadElement: this replaces the whole document */}
      <head>
        <title>That did not work</title>
      </head>
      <body>
        <main>
          <h1>That did not work</h1>
          <p>Something went wrong on our side; nothing was lost. Try again in a minute.</p>
          <button type="button" onClick={() => retry()}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
