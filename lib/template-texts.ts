/** What the interface calls the channels, languages and classes of templates. */
export const channelNames = { email: "Email", in_app: "In the app", sms: "SMS" } as const;

export type Channel = keyof typeof channelNames;

export const languageNames = { en: "English", de: "German", fr: "French", it: "Italian" } as const;

export type LanguageCode = keyof typeof languageNames;

export const languageCodes = Object.keys(languageNames) as LanguageCode[];

export const classNames = { marketing: "Marketing", service: "Service" } as const;
