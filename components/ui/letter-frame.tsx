import { type ComponentProps, useEffect, useId, useRef } from "react";

type Props = Omit<ComponentProps<"iframe">, "name" | "src" | "srcDoc" | "sandbox"> & {
  title: string;
  /** Who answers with the letter, and what they are asked. */
  action: string;
  fields: Record<string, string>;
};

/**
 * Somebody's HTML in a frame where nothing can run. Loaded by a form, because what a page writes into a frame is under
 * the page's own policy, which allows an email neither its styles nor its pictures. Each frame is used once: a second
 * load would be a step in the browser's history.
 */
export function LetterFrame({ action, fields, onLoad, ...frame }: Props) {
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
      <iframe {...frame} name={name} sandbox="" onLoad={(event) => isAsked.current && onLoad?.(event)} />
      <form ref={form} method="post" action={action} target={name} hidden>
        {Object.entries(fields).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} readOnly />
        ))}
      </form>
    </>
  );
}
