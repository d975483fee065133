import { Button, Tabs } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { type LanguageCode, languageCodes, languageNames } from "#lib/template-texts";
import classes from "./designer.module.css";
import { EmailFields } from "./email-fields.tsx";
import { copyTexts, hasTexts } from "./form-fields.ts";
import { NotificationFields } from "./notification-fields.tsx";
import { SmsFields } from "./sms-fields.tsx";
import type { Designer } from "./use-designer.ts";

const fields = { email: EmailFields, in_app: NotificationFields, sms: SmsFields };

/** What the template says, language by language; its own comes first. */
export function LanguageTabs({ designer }: { designer: Designer }) {
  const { form, language, setLanguage, problems } = designer;
  const own = form.content.language;
  const codes = [...languageCodes].sort((a, b) => Number(b === own) - Number(a === own));
  const Fields = fields[form.content.channel];
  return (
    <Tabs value={language} onChange={(value) => value && setLanguage(value)} keepMounted={false}>
      <Tabs.List aria-label="Languages">
        {codes.map((code) => {
          const hasError = problems.some(
            ({ field, severity }) =>
              severity === "error" && (code === own ? !field.startsWith("translations.") : field.includes(`.${code}.`)),
          );
          return (
            <Tabs.Tab key={code} value={code} className={classes.tab}>
              {languageNames[code]}
              <span className={classes.mark} data-error={hasError || undefined}>
                {hasError ? "needs attention" : code === own ? "default" : hasTexts(form.content, code) ? "" : "–"}
              </span>
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
      {codes.map((code) => (
        <Tabs.Panel key={code} value={code} className={classes.panel}>
          {code === own ? null : <Translation designer={designer} code={code} />}
          <Fields designer={designer} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Translation({ designer, code }: { designer: Designer; code: LanguageCode }) {
  const { form, isEditable, replace } = designer;
  const own = languageNames[form.content.language as LanguageCode];
  if (hasTexts(form.content, code)) {
    return <p className={classes.hint}>What is left empty here is sent in {own}.</p>;
  }
  return (
    <div className={classes.start}>
      <p>
        {languageNames[code]} says nothing yet: members who read {languageNames[code]} get it in {own}.
      </p>
      {isEditable ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} stroke={1.75} aria-hidden />}
          onClick={() => replace({ ...form, content: copyTexts(form.content, code) })}
        >
          Begin with the {own} text
        </Button>
      ) : null}
    </div>
  );
}
