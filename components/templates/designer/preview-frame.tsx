import { useState } from "react";
import { LetterFrame } from "../../ui/letter-frame.tsx";
import classes from "./preview-pane.module.css";

type Asked = { body: string; scheme: "light" | "dark" };

type Props = Asked & { width: "phone" | "desktop" };

/**
 * The email as it would look. The last one stays until the next has come, so that nothing flickers. On a desktop's width
 * it is drawn smaller where there is less room.
 */
export function PreviewFrame({ body, scheme, width }: Props) {
  const [shown, setShown] = useState<Asked | null>(null);
  const asked = { body, scheme };
  const frames = shown && keyOf(shown) !== keyOf(asked) ? [shown, asked] : [asked];
  return (
    <div className={classes.frames} data-width={width}>
      {frames.map((frame) => (
        <Frame
          key={keyOf(frame)}
          {...frame}
          isShown={frame === frames[0]}
          onLoad={() => setShown({ body: frame.body, scheme: frame.scheme })}
        />
      ))}
    </div>
  );
}

const keyOf = ({ body, scheme }: Asked) => `${scheme} ${body}`;

const Frame = ({ body, scheme, isShown, onLoad }: Asked & { isShown: boolean; onLoad: () => void }) => (
  <LetterFrame
    title="The email"
    action="/api/templates/preview/html"
    fields={{ input: body, scheme }}
    className={classes.frame}
    data-scheme={scheme}
    data-waiting={isShown ? undefined : true}
    aria-hidden={isShown ? undefined : true}
    tabIndex={isShown ? undefined : -1}
    onLoad={onLoad}
  />
);
