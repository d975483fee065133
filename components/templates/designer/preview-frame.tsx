import { useEffect, useId, useRef, useState } from "react";
import classes from "./preview-pane.module.css";

type Asked = { body: string; scheme: "light" | "dark" };

type Props = Asked & { width: "phone" | "desktop" };

/**
 * The email in a frame where nothing can run. The last one stays until the next has come, so that nothing flickers. On
 * a desktop's width it is drawn smaller where there is less room.
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

/**
 * Loaded by a form, because what a page writes into a frame is under the page's own policy, which allows an email
 * neither its styles nor its pictures. Each frame is used once: a second load would be a step in the browser's history.
 */
function Frame({ body, scheme, isShown, onLoad }: Asked & { isShown: boolean; onLoad: () => void }) {
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isAsked.current) {
      isAsked.current = true;
      form.current?.submit();
    }
  }, []);
  return (
    <>
      <iframe
        name={name}
        title="The email"
        sandbox=""
        className={classes.frame}
        data-scheme={scheme}
        data-waiting={isShown ? undefined : true}
        aria-hidden={isShown ? undefined : true}
        tabIndex={isShown ? undefined : -1}
        onLoad={() => isAsked.current && onLoad()}
      />
      <form ref={form} method="post" action="/api/templates/preview/html" target={name} hidden>
        <input type="hidden" name="input" value={body} readOnly />
        <input type="hidden" name="scheme" value={scheme} readOnly />
      </form>
    </>
  );
}
