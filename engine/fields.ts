import { z } from "zod";

/** How the editor draws a parameter. It sits on the zod field, so that a rule and its label cannot drift apart. */
declare module "zod" {
  interface GlobalMeta {
    label?: string;
    help?: string;
    unit?: string;
    options?: Record<string, string>;
    /** A text that may hold the placeholders of templates. */
    holdsPlaceholders?: boolean;
    /** Pick one of the gym's own records instead of typing. */
    pick?: "email_template" | "in_app_template" | "sms_template" | "staff";
  }
}

/** One of a few named options, each with the words that the editor shows for it. */
export const choice = <const Options extends Record<string, string>>(options: Options) =>
  z.enum(Object.keys(options) as [keyof Options & string]).meta({ options });
