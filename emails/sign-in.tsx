import { Button } from "@react-email/button";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import { style } from "./brand.ts";
import { type Language, signInCopy } from "./copy.ts";
import Layout, { type LayoutProps } from "./layout.tsx";

export type SignInProps = {
  language: Language;
  gym: LayoutProps["gym"];
  homeUrl: string;
  name: string;
  url: string;
  minutes: number;
};

export default function SignIn({ language, gym, homeUrl, name, url, minutes }: SignInProps) {
  const copy = signInCopy[language];
  return (
    <Layout language={language} gym={gym} homeUrl={homeUrl} preview={copy.explanation(minutes)} reason={copy.notYou}>
      <Text style={style.text}>{copy.greeting(name)}</Text>
      <Text style={style.text}>{copy.explanation(minutes)}</Text>
      <Section style={{ padding: "8px 0 20px" }}>
        <Button className="button" href={url} style={style.button}>
          {copy.button}
        </Button>
      </Section>
      <Text style={{ ...style.footerText, wordBreak: "break-all" }}>
        {copy.fallback}
        <br />
        {url}
      </Text>
    </Layout>
  );
}
