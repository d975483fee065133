import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

export type MenuTarget = ReactElement<ComponentProps<"button">>;

type Props = {
  target: MenuTarget;
  /** The same button with its menu, which opens by itself. */
  menu: (target: MenuTarget) => ReactNode;
};

/** A button alone until it is first pressed. A page has a hundred of them, and few of their menus are ever opened. */
export function LateMenu({ target, menu }: Props) {
  const [isMade, setMade] = useState(false);
  const button = cloneElement(target, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setMade(true),
  });
  return <Suspense fallback={button}>{isMade ? menu(target) : button}</Suspense>;
}
