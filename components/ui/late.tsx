import { type ReactNode, useState } from "react";

type Props = { isOpen: boolean; children: ReactNode };

/** Nothing until it is first open; from then on it stays, so that it can close as it should. */
export function Late({ isOpen, children }: Props) {
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) {
    setWasOpen(true);
  }
  return wasOpen ? children : null;
}
