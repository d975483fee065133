"use client";

import { MantineProvider } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { cssVariables, theme } from "./theme.ts";

declare global {
  interface Window {
    /** Where the library that keeps the page still behind a dialog looks for the nonce of its style. */
    __webpack_nonce__?: string;
  }
}

type Props = { nonce: string | undefined; children: ReactNode };

/** The look of everything. Styles made in the browser carry the nonce of the document they are added to. */
export function Providers({ nonce, children }: Props) {
  // A refresh renders the layout again with a new nonce, which the document's policy does not know.
  const [documentNonce] = useState(nonce);
  if (typeof window !== "undefined") {
    window.__webpack_nonce__ = documentNonce;
  }
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => documentNonce ?? ""}
    >
      {children}
    </MantineProvider>
  );
}
